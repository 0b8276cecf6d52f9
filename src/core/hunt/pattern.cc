// STIX 2.1 part 9, as far as it names values to look for: observation expressions joined by OR, of comparisons joined
// by OR, each "path = 'value'", "path IN ('value', ...)" or, for networks, "path ISSUBSET 'network'".
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/hunt/chars.h"
#include "core/hunt/source.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kPatternBytes = 256u << 10;

struct Token {
  enum class Kind : std::uint8_t { word, string, sign, end, bad } kind = Kind::end;
  std::string text;
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) { next(); }
  const Token& now() const { return now_; }
  bool is_sign(std::string_view sign) const { return now_.kind == Token::Kind::sign && now_.text == sign; }
  bool is_word(std::string_view word) const { return now_.kind == Token::Kind::word && now_.text == word; }
  void next() {
    while (!text_.empty() && static_cast<unsigned char>(text_.front()) <= ' ') text_.remove_prefix(1);
    now_ = {};
    if (text_.empty()) return;
    if (text_.front() == '\'') return string();
    std::size_t n = 0;
    while (n < text_.size() && in_word(n)) n += text_[n] == '\'' ? quoted_size(n) : 1;
    now_.kind = n > 0 ? Token::Kind::word : Token::Kind::sign;
    if (n == 0) n = 1;
    now_.text = text_.substr(0, std::min(n, text_.size()));
    text_.remove_prefix(now_.text.size());
  }

 private:
  // Of an object path: file:hashes.'SHA-256', network-traffic:dst_ref.value, x:list[*].y is not taken.
  bool in_word(std::size_t n) const {
    char c = text_[n];
    return is(c, kAlnum) || c == '-' || c == '_' || c == ':' || c == '.' || (c == '\'' && n > 0 && text_[n - 1] == '.');
  }
  std::size_t quoted_size(std::size_t n) const {
    std::size_t end = text_.find('\'', n + 1);
    return end == text_.npos ? text_.size() - n : end + 1 - n;
  }
  void string() {
    for (std::size_t i = 1; i < text_.size(); ++i) {
      if (text_[i] == '\\' && i + 1 < text_.size())
        ++i;
      else if (text_[i] == '\'') {
        text_.remove_prefix(i + 1);
        now_.kind = Token::Kind::string;
        return;
      }
      now_.text += text_[i];
    }
    now_.kind = Token::Kind::bad;
    text_ = {};
  }

  std::string_view text_;
  Token now_;
};

struct PathKind {
  std::string_view path;
  IndicatorKind kind;
};
constexpr PathKind kPaths[] = {
    {"ipv4-addr:value", IndicatorKind::ipv4},
    {"ipv6-addr:value", IndicatorKind::ipv6},
    {"domain-name:value", IndicatorKind::domain},
    {"url:value", IndicatorKind::url},
    {"email-addr:value", IndicatorKind::mail},
    {"email-message:from_ref.value", IndicatorKind::mail},
    {"email-message:sender_ref.value", IndicatorKind::mail},
};

// "file:hashes.'SHA-256'", hashes.SHA256, artifact:hashes.MD5
std::optional<IndicatorKind> hash_of(std::string_view path) {
  std::size_t at = path.find(":hashes.");
  if (at == path.npos || (path.substr(0, at) != "file" && path.substr(0, at) != "artifact")) return std::nullopt;
  std::string name;
  for (char c : path.substr(at + 8))
    if (c != '\'' && c != '-') name += folded(c);
  for (auto kind : {IndicatorKind::md5, IndicatorKind::sha1, IndicatorKind::sha256, IndicatorKind::sha512})
    if (name == kind_name(kind)) return kind;
  return std::nullopt;
}

std::optional<IndicatorKind> kind_of(std::string_view path) {
  for (const PathKind& known : kPaths)
    if (known.path == path) return known.kind;
  return hash_of(path);
}

class PatternParser {
 public:
  explicit PatternParser(std::string_view text) : tokens_(text) {}

  PatternReading read() {
    bool whole = false;
    do {
      if (!tokens_.is_sign("[")) return give_up("it is not written as [comparison] OR [comparison]");
      tokens_.next();
      if (!comparisons()) return std::move(out_);
      tokens_.next();
      whole = tokens_.now().kind == Token::Kind::end;
    } while (!whole && take_or());
    if (!whole) return give_up(fmt::format("it has \"{}\" between or behind its observations", said()));
    return std::move(out_);
  }

 private:
  std::string said() const { return tokens_.now().text.substr(0, 64); }
  bool take_or() {
    bool found = tokens_.is_word("OR");
    if (found) tokens_.next();
    return found;
  }
  // Nothing of a pattern whose parts only hold together is looked for.
  PatternReading give_up(std::string why) {
    out_.values.clear();
    out_.refused.assign(1, std::move(why));
    return std::move(out_);
  }
  bool stop(std::string why) {
    out_ = give_up(std::move(why));
    return false;
  }

  bool comparisons() {
    do
      if (!comparison()) return false;
    while (take_or());
    if (tokens_.is_sign("]")) return true;
    return stop(tokens_.is_word("AND") ? "it asks for several things at once (AND)"
                                       : fmt::format("\"{}\" is not understood", said()));
  }

  bool comparison() {
    if (tokens_.now().kind != Token::Kind::word) return stop(fmt::format("\"{}\" is not understood", said()));
    const std::string path = tokens_.now().text;
    tokens_.next();
    const std::string how = tokens_.now().text;
    if (how != "=" && how != "IN" && how != "ISSUBSET")
      return stop(fmt::format("it compares with \"{}\", not with =, IN or ISSUBSET", said()));
    tokens_.next();
    if (how != "IN") return value(path, how);
    if (!tokens_.is_sign("(")) return stop("the list behind IN is not understood");
    do {
      tokens_.next();
      if (!value(path, how)) return false;
    } while (tokens_.is_sign(","));
    if (!tokens_.is_sign(")")) return stop("the list behind IN is not understood");
    tokens_.next();
    return true;
  }

  bool value(const std::string& path, const std::string& how) {
    if (tokens_.now().kind != Token::Kind::string) return stop("it compares with what is no string");
    const std::string text = tokens_.now().text;
    tokens_.next();
    auto kind = kind_of(path);
    bool network = kind == IndicatorKind::ipv4 || kind == IndicatorKind::ipv6;
    if (!kind || (how == "ISSUBSET" && !network)) {
      out_.refused.push_back(fmt::format("{} is nothing that can be looked for", path.substr(0, 128)));
      return true;
    }
    auto made = make_indicator(*kind, text);
    if (made)
      out_.values.push_back(std::move(*made));
    else
      out_.refused.push_back(made.error().message);
    return true;
  }

  Tokens tokens_;
  PatternReading out_;
};

}  // namespace

PatternReading read_pattern(std::string_view pattern) {
  if (pattern.empty()) return {{}, {"it has no pattern"}};
  if (pattern.size() > kPatternBytes) return {{}, {fmt::format("its pattern is longer than {} bytes", kPatternBytes)}};
  return PatternParser(pattern).read();
}

}  // namespace scrutineer::hunt
