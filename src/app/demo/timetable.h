// When the night's counts begin, end, are announced and reach the log. Claims, as on real sheets: the log has its
// order.
#pragma once

#include "app/demo/figures.h"

namespace scrutineer::demo {

inline constexpr std::string_view kDate = "2031-05-21";
inline constexpr std::string_view kPollsClose = "2031-05-21T18:00:00+09:00";
std::int64_t polls_close();                    // seconds since 1970
std::string local_time(std::int64_t seconds);  // "2031-05-21T18:00:00+09:00"

struct Times {
  std::int64_t began = 0, ended = 0, announced = 0;  // as the sheet says
  std::int64_t signed_at = 0;                        // the record's `at`
  std::int64_t arrived = 0;                          // orders the script
};

// Districts count in parallel, each its units one after the other on a few tables.
Times times_of(const Country& country, std::string_view seed, std::uint32_t unit, const Figures& figures,
               Oddity oddity);

// The same some minutes later: a recount.
Times later(Times times, std::int64_t minutes);

// The same earlier in the evening, the later ones more so: a centre with many tables has counted everything in time.
Times hurried(Times times);

void write_times(CountSheet& sheet, const Times& times);

}  // namespace scrutineer::demo
