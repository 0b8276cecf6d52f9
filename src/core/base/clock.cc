#include "core/base/clock.h"

#include <cstdio>

namespace scrutineer {

// Civil-from-days as in H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", section civil_from_days.
std::string to_rfc3339(UnixSeconds time) {
  std::int64_t days = time.value / 86'400;
  std::int64_t second = time.value % 86'400;
  if (second < 0) second += 86'400, --days;
  days += 719'468;
  std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  std::int64_t doe = days - era * 146'097;
  std::int64_t yoe = (doe - doe / 1'460 + doe / 36'524 - doe / 146'096) / 365;
  std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  std::int64_t mp = (5 * doy + 2) / 153;
  std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
  std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
  std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  char out[64];
  std::snprintf(out, sizeof out, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lldZ", static_cast<long long>(year),
                static_cast<long long>(month), static_cast<long long>(day), static_cast<long long>(second / 3'600),
                static_cast<long long>(second / 60 % 60), static_cast<long long>(second % 60));
  return out;
}

}  // namespace scrutineer
