// Which bytes may stand in what: one table look-up a byte. Bytes from 0x80 to 0xf6 are parts of letters: text that has
// any has been normalised (normalise.h), which leaves letters only and kBreak for everything else.
#pragma once

#include <array>
#include <cstdint>

namespace scrutineer::hunt {

inline constexpr std::uint8_t kAlnum = 1;    // [A-Za-z0-9]
inline constexpr std::uint8_t kHost = 2;     // of a host name: alnum . - _ and letters beyond ASCII
inline constexpr std::uint8_t kHex = 4;      // [0-9A-Fa-f]
inline constexpr std::uint8_t kAtext = 8;    // of a mail address before its @: RFC 5322 atext and '.', ASCII only
inline constexpr std::uint8_t kTight = 16;   // the part of kAtext that is never taken for something around an address
inline constexpr std::uint8_t kColons = 32;  // of a word with an IPv6 address in it: alnum _ : .
inline constexpr std::uint8_t kUrlEnd = 64;  // ends every URL: control characters, space, "<>\^`{|} and kBreak
inline constexpr std::uint8_t kAfter = 128;  // punctuation that may follow a URL without being part of it

inline constexpr char kBreak = '\xf7';           // no letter: see normalise.h
inline constexpr unsigned char kEscaped = 0xf8;  // and up to 0xff, three in a row: percent-encoded, and to stay so

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> out{};
  for (int i = 0; i < 256; ++i) {
    auto u = static_cast<unsigned char>(i);
    bool digit = u >= '0' && u <= '9';
    bool lower = u >= 'a' && u <= 'z', upper = u >= 'A' && u <= 'Z';
    std::uint8_t c = 0;
    if (digit || lower || upper) c |= kAlnum | kHost | kAtext | kTight | kColons;
    if (digit || (u >= 'a' && u <= 'f') || (u >= 'A' && u <= 'F')) c |= kHex;
    if (u == '.' || u == '-' || u == '_' || (u >= 0x80 && u < 0xf7)) c |= kHost;
    for (char a : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '/', '=', '?', '^', '_', '`', '{', '|', '}', '~', '.'})
      if (u == static_cast<unsigned char>(a)) c |= kAtext;
    for (char a : {'_', '+', '%', '.', '-', '~'})
      if (u == static_cast<unsigned char>(a)) c |= kTight;
    if (u == '_' || u == ':' || u == '.') c |= kColons;
    if (u <= ' ' || u == 0x7f || u == 0xf7) c |= kUrlEnd;
    for (char a : {'"', '<', '>', '\\', '^', '`', '{', '|', '}'})
      if (u == static_cast<unsigned char>(a)) c |= kUrlEnd;
    for (char a : {'.', ',', ';', ':', '!', '?', ')', ']', '\''})
      if (u == static_cast<unsigned char>(a)) c |= kAfter;
    out[u] = c;
  }
  return out;
}

inline constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

inline bool is(char c, std::uint8_t classes) {
  return (kClasses[static_cast<unsigned char>(c)] & classes) != 0;
}
inline bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
inline char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
inline int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char f = folded(c);
  return f >= 'a' && f <= 'f' ? f - 'a' + 10 : -1;
}

}  // namespace scrutineer::hunt
