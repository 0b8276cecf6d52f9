// The rules of docs/formats/hunt.md once more, indicator by indicator and place by place, without tables, filters or
// haste: what the matcher must agree with.
#pragma once

#include <arpa/inet.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/hunt/matcher.h"
#include "core/hunt/unicode.h"

namespace scrutineer::hunt {

class Reference {
 public:
  explicit Reference(const IndicatorSet& set) : set_(set) {}

  std::vector<Hit> search(std::string_view line) const {
    Normalised text, scratch;
    normalise(line, text, scratch);
    std::set<Hit> hits;
    for (std::uint32_t n = 0; n < set_.size(); ++n) {
      const Indicator& indicator = set_[n];
      auto put = [&](std::size_t at) { hits.insert({text.from[at], n}); };
      switch (indicator.kind) {
        case IndicatorKind::string:
          for (std::size_t i = 0; i + indicator.value.size() <= line.size(); ++i)
            if (line.substr(i, indicator.value.size()) == indicator.value)
              hits.insert({static_cast<std::uint32_t>(i), n});
          break;
        case IndicatorKind::ipv4: ipv4(text.text, indicator, put); break;
        case IndicatorKind::ipv6: ipv6(text.text, indicator, put); break;
        case IndicatorKind::domain: domain(text.text, indicator.value, put); break;
        case IndicatorKind::mail: mail(text.text, indicator.value, put); break;
        case IndicatorKind::url: url(text.text, indicator.value, put); break;
        default: hash(text.text, indicator.value, put);
      }
    }
    return {hits.begin(), hits.end()};
  }

 private:
  static unsigned char at(std::string_view t, std::size_t i) {  // 0 outside
    return i < t.size() ? static_cast<unsigned char>(t[i]) : 0;
  }
  static bool alnum(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  static bool letter(unsigned char c) { return c >= 0x80 && c < 0xf7; }
  static bool hex(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
  static bool in_name(unsigned char c) { return alnum(c) || c == '-' || c == '_' || letter(c); }
  static std::string lower(std::string_view t) {
    std::string out(t);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
  }
  // What stands behind a name does not make it a longer one.
  static bool name_may_end(std::string_view t, std::size_t end) {
    unsigned char next = at(t, end);
    if (alnum(next) || next == '-' || next == '_') return false;
    return next != '.' || !in_name(at(t, end + 1));
  }
  // The labels of `name` (ASCII), read at `i`, in any spelling; where they end, or npos.
  static std::size_t read_name(std::string_view t, std::size_t i, const std::string& name) {
    std::string_view rest = name;
    for (;;) {
      std::string_view want = rest.substr(0, rest.find('.'));
      std::size_t end = i;
      const bool foreign = want.starts_with("xn--") && lower(t.substr(i, 4)) != "xn--";
      if (foreign) {
        while (in_name(at(t, end))) ++end;
        std::string ascii;
        if (!append_ascii_label(t.substr(i, end - i), ascii) || ascii != want) return t.npos;
      } else {
        end = i + want.size();
        if (end > t.size() || lower(t.substr(i, want.size())) != want) return t.npos;
      }
      i = end;
      if (rest.size() == want.size()) return i;
      if (at(t, i) != '.') return t.npos;
      rest.remove_prefix(want.size() + 1);
      ++i;
    }
  }

  template <class Put>
  static void domain(std::string_view t, const std::string& name, Put put) {
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (i > 0 && in_name(at(t, i - 1))) continue;
      std::size_t end = read_name(t, i, name);
      if (end != t.npos && name_may_end(t, end)) put(i);
    }
  }

  template <class Put>
  static void mail(std::string_view t, const std::string& address, Put put) {
    const std::size_t size = address.rfind('@');
    auto tight = [](unsigned char c) {
      return alnum(c) || (c != 0 && std::string_view("_+%.-~").find(static_cast<char>(c)) != std::string_view::npos);
    };
    for (std::size_t i = 0; i + size < t.size(); ++i) {
      if (lower(t.substr(i, size + 1)) != address.substr(0, size + 1)) continue;
      if (i > 0 && tight(at(t, i - 1)) && !(at(t, i - 1) == '.' && (i == 1 || !tight(at(t, i - 2))))) continue;
      std::size_t end = read_name(t, i + size + 1, address.substr(size + 1));
      if (end != t.npos && name_may_end(t, end)) put(i);
    }
  }

  template <class Put>
  static void hash(std::string_view t, const std::string& value, Put put) {
    for (std::size_t i = 0; i + value.size() <= t.size(); ++i)
      if (lower(t.substr(i, value.size())) == value && !(i > 0 && alnum(at(t, i - 1))) &&
          !alnum(at(t, i + value.size())))
        put(i);
  }

  static bool holds(const Indicator& indicator, std::string_view bytes, int family) {
    const bool four = indicator.kind == IndicatorKind::ipv4;
    if ((family == AF_INET) != four) return false;
    Network network = network_of(indicator);
    unsigned char want[16];
    if (inet_pton(family, std::string(network.address).c_str(), want) != 1) return false;
    for (int bit = 0; bit < network.prefix; ++bit) {
      int mask = 0x80 >> bit % 8;
      auto byte = static_cast<std::size_t>(bit / 8);
      if ((want[byte] & mask) != (static_cast<unsigned char>(bytes[byte]) & mask)) return false;
    }
    return true;
  }

  template <class Put>
  static void ipv4(std::string_view t, const Indicator& indicator, Put put) {
    auto word = [](unsigned char c) { return alnum(c) || c == '_'; };
    for (std::size_t i = 0; i < t.size(); ++i)
      for (std::size_t size = 7; size <= 15 && i + size <= t.size(); ++size) {
        std::string text;
        for (std::size_t k = i; k < i + size; ++k) {  // zeros in front, which inet_pton does not take
          bool skip =
              t[k] == '0' && (k == i || t[k - 1] == '.') && k + 1 < i + size && t[k + 1] >= '0' && t[k + 1] <= '9';
          bool third = skip && k + 2 < i + size && t[k + 1] == '0' && t[k + 2] >= '0' && t[k + 2] <= '9';
          if (third) ++k;
          if (!skip) text += t[k];
        }
        char bytes[4];
        if (t[i] == '.' || inet_pton(AF_INET, text.c_str(), bytes) != 1) continue;
        if (!holds(indicator, {bytes, 4}, AF_INET)) continue;
        bool left = i == 0 || !(word(at(t, i - 1)) || (at(t, i - 1) == '.' && i > 1 && word(at(t, i - 2))));
        bool right = !word(at(t, i + size)) && !(at(t, i + size) == '.' && word(at(t, i + size + 1)));
        if (left && right) put(i);
      }
    six(t, indicator, put);
  }

  template <class Put>
  static void ipv6(std::string_view t, const Indicator& indicator, Put put) {
    six(t, indicator, put);
  }

  // Words of [A-Za-z0-9_:.], cut at colons; neighbours that may be groups are one address together.
  template <class Put>
  static void six(std::string_view t, const Indicator& indicator, Put put) {
    auto in = [](unsigned char c) { return alnum(c) || c == '_' || c == ':' || c == '.'; };
    for (std::size_t b = 0; b < t.size(); ++b) {
      if (!in(at(t, b)) || (b > 0 && in(at(t, b - 1)))) continue;
      std::size_t e = b;
      while (in(at(t, e))) ++e;
      std::size_t first = b, last = e;
      while (first < last && t[first] == '.') ++first;
      while (first < last && t[last - 1] == '.') --last;
      std::vector<std::pair<std::size_t, std::size_t>> tokens(1, {first, first});
      for (std::size_t i = first; i < last; ++i) {
        if (t[i] == ':')
          tokens.emplace_back(i + 1, i + 1);
        else
          tokens.back().second = i + 1;
      }
      std::vector<std::pair<std::size_t, std::size_t>> runs;
      bool open = false;
      for (auto [from, to] : tokens) {
        std::string_view token = t.substr(from, to - from);
        bool group = token.size() <= 4 &&
                     std::all_of(token.begin(), token.end(), [](char c) { return hex(static_cast<unsigned char>(c)); });
        bool quad = !group && parse_ipv4(token).has_value();
        if (!group && !quad) {
          open = false;
          continue;
        }
        if (!open) runs.emplace_back(from, to);
        runs.back().second = to;
        open = group;
      }
      for (auto [from, to] : runs) {
        std::string text(t.substr(from, to - from));
        if (text.starts_with(":::") || (text.starts_with(":") && !text.starts_with("::"))) text.erase(0, 1), ++from;
        if (text.ends_with(":::") || (text.ends_with(":") && !text.ends_with("::"))) text.pop_back();
        // "::" for no group at all, and zeros in front of a quad's numbers, are where inet_pton and the RFC differ.
        char bytes[16];
        auto parsed = parse_ipv6(text);
        bool quad = text.find('.') != text.npos;
        if (!quad && parsed.has_value() != (inet_pton(AF_INET6, text.c_str(), bytes) == 1)) std::abort();
        if (!parsed) continue;
        std::string_view found(reinterpret_cast<const char*>(parsed->data()), 16);
        if (holds(indicator, found, AF_INET6)) put(from);
        if (!quad && found.starts_with(std::string_view("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12)) &&
            holds(indicator, found.substr(12), AF_INET))
          put(from);
      }
    }
  }

  template <class Put>
  static void url(std::string_view t, const std::string& value, Put put) {
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (t.substr(i, 3) != "://") continue;
      UrlStart start;
      if (!read_url_start(t, i, start) || !value.starts_with(start.authority)) continue;
      std::string rest = value.substr(start.authority.size());
      if (!rest.empty() && std::string_view("/?#").find(rest[0]) == std::string_view::npos) continue;
      if (rest_matches(t.substr(start.end), rest)) put(start.begin);
    }
  }

  const IndicatorSet& set_;
};

}  // namespace scrutineer::hunt
