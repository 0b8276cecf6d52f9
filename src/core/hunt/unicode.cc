#include "core/hunt/unicode.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/hunt/chars.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kLabelBytes = 63;  // RFC 1035 section 2.3.4

// RFC 3492 section 5.
constexpr std::uint32_t kBase = 36, kTmin = 1, kTmax = 26, kSkew = 38, kDamp = 700, kInitialBias = 72;

char punycode_digit(std::uint32_t d) {
  return static_cast<char>(d < 26 ? 'a' + d : '0' + (d - 26));
}

// RFC 3492 section 6.1.
std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / kDamp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > ((kBase - kTmin) * kTmax) / 2; k += kBase) delta /= kBase - kTmin;
  return k + (kBase - kTmin + 1) * delta / (delta + kSkew);
}

// RFC 3492 section 6.3. At most 63 code points of at most 21 bits: nothing overflows.
void append_punycode(const std::u32string& label, std::string& out) {
  std::uint32_t n = 0x80, delta = 0, bias = kInitialBias, handled = 0;
  for (char32_t c : label)
    if (c < 0x80) out += static_cast<char>(c), ++handled;
  const std::uint32_t basic = handled;
  if (basic > 0) out += '-';
  while (handled < label.size()) {
    char32_t next = 0x110000;
    for (char32_t c : label)
      if (c >= n && c < next) next = c;
    delta += (static_cast<std::uint32_t>(next) - n) * (handled + 1);
    n = static_cast<std::uint32_t>(next);
    for (char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = kBase;; k += kBase) {
        std::uint32_t t = k <= bias ? kTmin : k >= bias + kTmax ? kTmax : k - bias;
        if (q < t) break;
        out += punycode_digit(t + (q - t) % (kBase - t));
        q = (q - t) / (kBase - t);
      }
      out += punycode_digit(q);
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
}

bool between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

// Capital letters whose small one is a fixed step away (UnicodeData.txt): Latin-1, Greek, Cyrillic; Latin Extended-A
// and Additional, Coptic-free Greek and Cyrillic extensions come in pairs.
char32_t small_letter(char32_t c) {
  if (between(c, 0xc0, 0xde) && c != 0xd7) return c + 0x20;
  if (between(c, 0x391, 0x3a9)) return c + 0x20;
  if (between(c, 0x410, 0x42f)) return c + 0x20;
  if (between(c, 0x400, 0x40f)) return c + 0x50;
  if (between(c, 0x100, 0x137) && c != 0x130) return c | 1;
  if (between(c, 0x14a, 0x177)) return c | 1;
  if (between(c, 0x460, 0x481) || between(c, 0x48a, 0x4bf) || between(c, 0x4d0, 0x52f)) return c | 1;
  if (between(c, 0x1e00, 0x1e95) || between(c, 0x1ea0, 0x1eff)) return c | 1;
  if ((between(c, 0x139, 0x147) || between(c, 0x179, 0x17d)) && c % 2 == 1) return c + 1;
  return c;
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t i) {
  auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
  unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (i + size > text.size() || utf8_prefix(text.substr(i, size)) != size) return {};
  char32_t value = lead & (0x7f >> size);
  for (std::size_t k = 1; k < size; ++k) value = value << 6 | (byte(k) & 0x3f);
  return {value, size};
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

Folding fold_code_point(char32_t c) {
  if (between(c, 0xff01, 0xff5e)) return {Fold::ascii, c - 0xfee0};
  // UTS 46 section 4: the dots that separate labels; and the one-dot leader, which looks like one.
  if (c == 0x3002 || c == 0xff61 || c == 0x2024) return {Fold::ascii, U'.'};
  if (c == 0xad || between(c, 0x200b, 0x200d) || c == 0x2060 || c == 0xfeff) return {Fold::remove, 0};
  if (c < 0xc0 && c != 0xaa && c != 0xb5 && c != 0xba) return {Fold::stop, 0};
  if (c == 0xd7 || c == 0xf7 || between(c, 0x2000, 0x206f) || between(c, 0x2190, 0x2bff)) return {Fold::stop, 0};
  if ((between(c, 0x3000, 0x303f) && !between(c, 0x3005, 0x3007)) || c == 0x30fb) return {Fold::stop, 0};
  if (between(c, 0xff00, 0xff65) || between(c, 0xffe0, 0xffff) || between(c, 0xe000, 0xf8ff)) return {Fold::stop, 0};
  return {Fold::keep, small_letter(c)};
}

void Utf16::feed(std::string_view bytes, std::string& out) {
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    if (odd_)
      unit(static_cast<char32_t>(big_ ? first_ << 8 | byte : byte << 8 | first_), out);
    else
      first_ = byte;
    odd_ = !odd_;
  }
}

// RFC 2781 section 2.2.
void Utf16::unit(char32_t value, std::string& out) {
  constexpr char32_t kBad = 0xfffd;
  const bool high = between(value, 0xd800, 0xdbff), low = between(value, 0xdc00, 0xdfff);
  if (high_ != 0 && low)
    append_utf8(out, 0x10000 + ((high_ - 0xd800) << 10) + (value - 0xdc00));
  else if (high_ != 0 || low)
    append_utf8(out, kBad);
  if (!high && !low && value != 0xfeff) append_utf8(out, value);
  high_ = high ? value : 0;
}

void Utf16::finish(std::string& out) {
  if (odd_ || high_ != 0) append_utf8(out, 0xfffd);
  odd_ = false;
  high_ = 0;
}

bool append_ascii_label(std::string_view label, std::string& out) {
  if (std::all_of(label.begin(), label.end(), is_ascii)) {
    for (char c : label) out += folded(c);
    return !label.empty() && label.size() <= kLabelBytes;
  }
  std::u32string points;
  for (std::size_t i = 0; i < label.size();) {
    CodePoint point = code_point_at(label, i);
    if (point.size == 0 || points.size() == kLabelBytes) return false;
    points += point.value < 0x80 ? static_cast<char32_t>(folded(static_cast<char>(point.value))) : point.value;
    i += point.size;
  }
  const std::size_t start = out.size();
  out += "xn--";
  append_punycode(points, out);
  return out.size() - start <= kLabelBytes;
}

}  // namespace scrutineer::hunt
