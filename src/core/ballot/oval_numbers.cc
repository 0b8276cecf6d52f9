#include "core/ballot/oval_numbers.h"

namespace scrutineer {
namespace {

constexpr std::int64_t kMost = 1'000'000'000'000;

}  // namespace

std::optional<std::int64_t> decimal_of(const std::optional<JsonValue>& value, int digits) {
  if (!value) return std::nullopt;
  std::int64_t factor = 1;
  for (int i = 0; i < digits; ++i) factor *= 10;
  if (const auto whole = value->as_integer()) {
    if (*whole > kMost / factor || *whole < -kMost / factor) return std::nullopt;
    return *whole * factor;
  }
  const auto text = value->as_number_text();
  if (!text) return std::nullopt;
  const bool negative = text->starts_with('-');
  std::int64_t number = 0;
  int behind = -1;  // digits behind the point; -1: none yet
  for (std::size_t i = negative ? 1 : 0; i < text->size(); ++i) {
    const char c = (*text)[i];
    if (c == '.') {
      behind = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (behind >= digits) {
      if (behind == digits && c >= '5') ++number;
      behind = digits + 1;
      continue;
    }
    number = number * 10 + (c - '0');
    if (number > kMost) return std::nullopt;
    if (behind >= 0) ++behind;
  }
  for (int i = behind < 0 ? 0 : behind; i < digits; ++i) number *= 10;
  if (number > kMost) return std::nullopt;
  return negative ? -number : number;
}

}  // namespace scrutineer
