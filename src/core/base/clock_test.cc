#include "core/base/clock.h"

#include <doctest/doctest.h>

using namespace scrutineer;

TEST_CASE("RFC 3339: seconds to text") {
  struct {
    std::int64_t seconds;
    const char* text;
  } cases[] = {
      {0, "1970-01-01T00:00:00Z"},
      {-1, "1969-12-31T23:59:59Z"},
      {86'399, "1970-01-01T23:59:59Z"},
      {951'782'400, "2000-02-29T00:00:00Z"},
      {951'868'800, "2000-03-01T00:00:00Z"},
      {1'748'980'800, "2025-06-03T20:00:00Z"},
      {1'709'164'800, "2024-02-29T00:00:00Z"},
      {2'147'483'648, "2038-01-19T03:14:08Z"},
      {4'107'542'400, "2100-03-01T00:00:00Z"},  // 2100 is no leap year
      {4'107'542'399, "2100-02-28T23:59:59Z"},
      {253'402'300'799, "9999-12-31T23:59:59Z"},
      {-2'208'988'800, "1900-01-01T00:00:00Z"},
  };
  for (const auto& c : cases) CHECK(to_rfc3339(UnixSeconds{c.seconds}) == c.text);
}

TEST_CASE("RFC 3339: every day of four centuries follows the day before") {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int year = 1900, month = 1, day = 1;
  for (std::int64_t at = -2'208'988'800; year < 2'300; at += 86'400) {
    char expected[64];
    std::snprintf(expected, sizeof expected, "%04d-%02d-%02dT00:00:00Z", year, month, day);
    REQUIRE(to_rfc3339(UnixSeconds{at}) == expected);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int last = kDays[month - 1] + (month == 2 && leap ? 1 : 0);
    if (++day > last) day = 1, ++month;
    if (month > 12) month = 1, ++year;
  }
}
