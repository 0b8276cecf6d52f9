#include "core/scan/oval_code.h"

#include <cstddef>
#include <cstdint>

namespace scrutineer {
namespace {

constexpr std::uint32_t kEnder = 0b011'1101'1110;  // eleven bits that end a back side

// Bit 0 is the mark next to the last one, from the right.
std::uint32_t word_of(const OvalBits& bits) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 32; ++i) word |= static_cast<std::uint32_t>(bits[32 - i]) << i;
  return word;
}

OvalBits bits_of(std::uint32_t word) {
  OvalBits bits{};
  bits[0] = bits[33] = true;
  for (std::size_t i = 0; i < 32; ++i) bits[32 - i] = ((word >> i) & 1) != 0;
  return bits;
}

int field(std::uint32_t word, int from, int size) {
  return static_cast<int>((word >> from) & ((1U << size) - 1));
}

std::uint32_t checksum(std::uint32_t word) {
  std::uint32_t sum = 0;
  for (int i = 2; i < 32; ++i) sum += (word >> i) & 1;
  return sum % 4;
}

}  // namespace

// From the right: 2 bits check (sum of the others, modulo 4), 13 bits precinct, 13 bits card, 3 bits sequence, a start
// bit.
std::optional<OvalFrontCode> front_code(const OvalBits& bits) {
  if (!bits[0] || !bits[33]) return std::nullopt;
  const std::uint32_t word = word_of(bits);
  if (word >> 31 != 1 || (word & 3) != checksum(word)) return std::nullopt;
  return OvalFrontCode{field(word, 2, 13), field(word, 15, 13), field(word, 28, 3)};
}

// From the right: 5 bits day, 4 bits month, 7 bits year, 5 bits kind, eleven bits that are always the same.
std::optional<OvalBackCode> back_code(const OvalBits& bits) {
  if (!bits[0] || !bits[33]) return std::nullopt;
  const std::uint32_t word = word_of(bits);
  if (word >> 21 != kEnder) return std::nullopt;
  const OvalBackCode code{field(word, 0, 5), field(word, 5, 4), field(word, 9, 7), field(word, 16, 5)};
  if (code.day < 1 || code.day > 31 || code.month < 1 || code.month > 12) return std::nullopt;
  return code;
}

OvalBits front_bits(const OvalFrontCode& code) {
  std::uint32_t word = 1U << 31 | static_cast<std::uint32_t>(code.sequence & 7) << 28 |
                       static_cast<std::uint32_t>(code.card & 0x1FFF) << 15 |
                       static_cast<std::uint32_t>(code.precinct & 0x1FFF) << 2;
  word |= checksum(word);
  return bits_of(word);
}

OvalBits back_bits(const OvalBackCode& code) {
  return bits_of(kEnder << 21 | static_cast<std::uint32_t>(code.kind & 31) << 16 |
                 static_cast<std::uint32_t>(code.year & 127) << 9 | static_cast<std::uint32_t>(code.month & 15) << 5 |
                 static_cast<std::uint32_t>(code.day & 31));
}

}  // namespace scrutineer
