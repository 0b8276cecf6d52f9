#include "app/demo/timetable.h"

#include <algorithm>

#include "app/demo/dice.h"
#include "core/base/clock.h"

namespace scrutineer::demo {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kOffset = 9 * 60 * kMinute;  // +09:00

// When the unit's papers come onto a table: 40 minutes to bring the boxes in, then seven hours of one unit after the
// other.
std::int64_t turn(const Country& country, std::uint32_t unit, Dice& dice) {
  std::uint32_t district = country.units[unit].district;
  auto same = [&](std::uint32_t other) { return country.units[other].district == district; };
  std::uint32_t first = unit, end = unit + 1;
  while (first > 0 && same(first - 1)) --first;
  while (end < country.units.size() && same(end)) ++end;
  return (40 + dice.between(0, 10) + 420 * (unit - first) / (end - first)) * kMinute;
}

}  // namespace

std::int64_t polls_close() {
  static const std::int64_t close = *seconds_of_rfc3339(kPollsClose);
  return close;
}

std::string local_time(std::int64_t seconds) {
  std::string text = to_rfc3339(UnixSeconds{seconds + kOffset});
  text.pop_back();  // Z
  return text += "+09:00";
}

Times times_of(const Country& country, std::string_view seed, std::uint32_t unit, const Figures& figures,
               Oddity oddity) {
  Dice dice(seed, "times", unit);
  // A sorter runs 350 papers a minute at best; with feeding and jams it is less. By hand it is a tenth.
  std::int64_t papers_a_minute =
      is_sorted_by_machine(country.units[unit].kind) ? dice.between(130, 220) : dice.between(25, 40);
  Times times;
  times.began = polls_close() + turn(country, unit, dice);
  times.ended = times.began + figures.cast * kMinute / papers_a_minute + dice.between(15, 35) * kMinute;
  times.announced = times.ended + dice.between(5, 20) * kMinute;
  times.signed_at = times.announced + dice.between(30, 300);
  times.arrived = times.signed_at + dice.between(5, 120);
  if (oddity == Oddity::counted_too_fast) times.ended = times.began + kMinute;
  if (oddity == Oddity::announced_early) times.announced = polls_close() - 2 * 60 * kMinute;
  return times;
}

Times later(Times times, std::int64_t minutes) {
  for (std::int64_t* time : {&times.began, &times.ended, &times.announced, &times.signed_at, &times.arrived})
    *time += minutes * kMinute;
  return times;
}

Times hurried(Times times) {
  std::int64_t turn = times.began - polls_close() - 40 * kMinute;
  return later(times, -turn * 7 / 10 / kMinute);
}

void write_times(CountSheet& sheet, const Times& times) {
  sheet.count_began = local_time(times.began);
  sheet.count_ended = local_time(times.ended);
  sheet.announced = local_time(times.announced);
}

}  // namespace scrutineer::demo
