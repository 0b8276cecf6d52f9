// Decimal numbers of ballot definitions as exact integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/codec/json.h"

namespace scrutineer {

// A JSON number times 10^digits, rounded half away from zero; nothing for anything else, an exponent, or |n| > 10^12.
std::optional<std::int64_t> decimal_of(const std::optional<JsonValue>& value, int digits);

}  // namespace scrutineer
