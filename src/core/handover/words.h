// Words to read out over the telephone: the first 80 bits of a file's SHA-256, eight bits a word. Who made the file
// reads them out, who received it compares (docs/formats/handover.md).
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace scrutineer {

inline constexpr std::size_t kTelephoneWords = 10;

struct TelephoneWords {
  std::array<std::string_view, kTelephoneWords> ko, en;
};
TelephoneWords telephone_words(BytesView file);

// "가방 나비 ... / ...": two groups of five, as one reads them.
std::string spoken(std::span<const std::string_view> words);

// The lists: word i stands for the byte i.
std::span<const std::string_view, 256> korean_words();
std::span<const std::string_view, 256> english_words();

}  // namespace scrutineer
