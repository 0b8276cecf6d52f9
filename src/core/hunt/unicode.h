// The little of Unicode that looking for indicators needs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scrutineer::hunt {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // in bytes; 0: not UTF-8 here
};
CodePoint code_point_at(std::string_view text, std::size_t i);
void append_utf8(std::string& out, char32_t value);

enum class Fold : std::uint8_t {
  keep,    // a letter: `to`
  ascii,   // stands for the ASCII character `to`
  remove,  // has no width
  stop,    // punctuation, spaces: ends every word
};
struct Folding {
  Fold what;
  char32_t to;
};
// Of a code point beyond ASCII.
Folding fold_code_point(char32_t value);

// UTF-16 as UTF-8, a piece at a time. What is no character becomes U+FFFD; a byte order mark goes.
class Utf16 {
 public:
  explicit Utf16(bool big_endian) : big_(big_endian) {}
  void feed(std::string_view bytes, std::string& out);
  void finish(std::string& out);

 private:
  void unit(char32_t value, std::string& out);
  bool big_, odd_ = false;
  unsigned char first_ = 0;  // of a unit, where odd_
  char32_t high_ = 0;        // a surrogate that waits for the other; 0: none
};

// A label of a host name, normalised, as the DNS has it: lower case, "xn--" and Punycode (RFC 3492) where it is not
// ASCII. False where it is too long (63 bytes) or no UTF-8.
bool append_ascii_label(std::string_view label, std::string& out);

}  // namespace scrutineer::hunt
