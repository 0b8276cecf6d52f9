// A machine's reading of one sheet as canonical JSON: equal readings are equal bytes (docs/formats/batch.md).
#pragma once

#include <string>
#include <string_view>

#include "core/codec/json.h"
#include "core/codec/object_reader.h"
#include "core/scan/reading.h"

namespace scrutineer {

inline constexpr std::size_t kReadingPlaces = 4'096;
inline constexpr std::size_t kReadingContests = 256;
inline constexpr std::size_t kReadingDetail = 1'000;  // bytes
inline constexpr std::uint16_t kPerMille = 1'000;

std::string reading_json(const SheetReading& reading);
void write_reading(JsonWriter& out, const SheetReading& reading);  // the value alone

// Everything that contradicts the grammar or itself goes into the problems of `in`.
SheetReading read_reading(const ObjectReader& in);

// Errors: malformed (the grammar, a contradiction, or bytes that are not canonical), limit_exceeded.
Result<SheetReading> parse_reading(std::string_view json);

// What keeps a reading from being written so that it can be read back; empty: nothing. For readers' own tests.
std::string reading_contradiction(const SheetReading& reading);

}  // namespace scrutineer
