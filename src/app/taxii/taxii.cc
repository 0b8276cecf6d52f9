#include "app/taxii/taxii.h"

#include "core/record/body.h"
#include "core/stix/stix_time.h"

namespace scrutineer {

std::string to_string(TaxiiTime time) {
  std::int64_t seconds = time.micros / 1'000'000, micros = time.micros % 1'000'000;
  if (micros < 0) micros += 1'000'000, --seconds;
  std::string digits = std::to_string(1'000'000 + micros);
  digits[0] = '.';
  return to_rfc3339({seconds}).insert(19, digits);
}

std::optional<TaxiiTime> parse_taxii_time(std::string_view text) {
  if (!is_stix_time(text)) return std::nullopt;
  const auto seconds = seconds_of_rfc3339(std::string(text.substr(0, 19)) + "Z");
  if (!seconds) return std::nullopt;
  std::int64_t micros = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    const bool digit = text.size() > 21 + i;  // the Z stands behind the last one
    micros = micros * 10 + (digit ? text[20 + i] - '0' : 0);
  }
  return TaxiiTime{*seconds * 1'000'000 + micros};
}

}  // namespace scrutineer
