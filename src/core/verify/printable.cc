#include "core/verify/printable.h"

#include <algorithm>
#include <cstdint>

#include "core/base/bytes.h"

namespace scrutineer {
namespace {

// C1 controls, soft hyphen, zero width and direction marks, line and paragraph separators, byte order mark.
bool is_hidden(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

// The first character of a text that is not empty: its bytes, or its first byte where that begins no character.
std::string_view first_character(std::string_view text) {
  auto lead = static_cast<unsigned char>(text[0]);
  std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::string_view character = text.substr(0, size);
  return is_utf8(character) ? character : text.substr(0, 1);
}

std::uint32_t code_point(std::string_view character) {
  auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(character[i])); };
  if (character.size() == 1) return byte(0);
  std::uint32_t code = byte(0) & (0x7fu >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i) code = code << 6 | (byte(i) & 0x3fu);
  return code;
}

template <class Shown>
std::string each_character(std::string_view text, Shown shown) {
  std::string out;
  while (!text.empty()) {
    std::string_view character = first_character(text);
    if (!is_utf8(character))
      out.append("\\x").append(to_hex(character));
    else
      shown(out, character);
    text.remove_prefix(character.size());
  }
  return out;
}

}  // namespace

std::string well_formed(std::string_view text, std::size_t limit) {
  bool cut = text.size() > limit;
  if (cut) {
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
    text = text.substr(0, limit);
  }
  std::string out =
      is_utf8(text) ? std::string(text) : each_character(text, [](std::string& o, std::string_view c) { o.append(c); });
  return cut ? out + "..." : out;
}

std::string printable(std::string_view text) {
  return each_character(text, [](std::string& out, std::string_view character) {
    std::uint32_t code = code_point(character);
    Bytes number;
    append_be16(number, static_cast<std::uint16_t>(code));
    if (!is_hidden(code))
      out.append(character);
    else if (code < 0x80)
      out.append("\\x").append(to_hex(character));
    else
      out.append("\\u").append(to_hex(number));
  });
}

}  // namespace scrutineer
