#include "core/notice/times.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer {
namespace {

// The k-th smallest (k from 1), where there are at least k.
std::int64_t kth_smallest(std::vector<std::int64_t>& values, std::size_t k) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(k - 1), values.end());
  return values[k - 1];
}

// A witness's clock may say anything up to the largest number.
std::int64_t shift(std::int64_t time, std::int64_t by) {
  if (time == kNoLower || time == kNoUpper) return time;
  std::int64_t shifted = 0;
  return __builtin_add_overflow(time, by, &shifted) ? (by < 0 ? kNoLower : kNoUpper) : shifted;
}

}  // namespace

WitnessedTimes::WitnessedTimes(std::vector<std::vector<Sighted>> by_witness, std::size_t quorum) : quorum_(quorum) {
  check(quorum >= 1 && quorum <= by_witness.size(), "a quorum of witnesses is 1 to their number");
  for (std::vector<Sighted>& seen : by_witness) {
    std::sort(seen.begin(), seen.end(), [](const Sighted& a, const Sighted& b) { return a.size < b.size; });
    std::vector<Mark> marks;
    for (const Sighted& one : seen) marks.push_back({one.size, one.time, one.time});
    for (std::size_t i = 1; i < marks.size(); ++i) marks[i].until = std::max(marks[i].until, marks[i - 1].until);
    for (std::size_t i = marks.size(); i-- > 1;) marks[i - 1].time = std::min(marks[i - 1].time, marks[i].time);
    marks_.push_back(std::move(marks));
  }
}

TimeBounds WitnessedTimes::entry(std::uint64_t index) const {
  thread_local std::vector<std::int64_t> lowers, uppers;  // asked a million times: their memory stays
  lowers.clear();
  uppers.clear();
  for (const std::vector<Mark>& marks : marks_) {
    // The first size that covers the entry; all before it do not.
    const auto covering =
        std::partition_point(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.size <= index; });
    uppers.push_back(covering == marks.end() ? kNoUpper : covering->time);
    lowers.push_back(covering == marks.begin() ? kNoLower : std::prev(covering)->until);
  }
  // The q-th largest is the (w-q+1)-th smallest.
  return {kth_smallest(lowers, lowers.size() - quorum_ + 1), kth_smallest(uppers, quorum_)};
}

std::int64_t WitnessedTimes::nothing_beyond(std::uint64_t size) const {
  return entry(size).lower;
}

TimeBounds kth(std::span<const TimeBounds> bounds, std::size_t k) {
  if (k == 0 || k > bounds.size()) return {};
  std::vector<std::int64_t> lowers, uppers;
  for (const TimeBounds& one : bounds) {
    lowers.push_back(one.lower);
    uppers.push_back(one.upper);
  }
  return {kth_smallest(lowers, k), kth_smallest(uppers, k)};
}

TimeBounds earlier(const TimeBounds& a, const TimeBounds& b) {
  return {std::min(a.lower, b.lower), std::min(a.upper, b.upper)};
}

Before before(const TimeBounds& a, const TimeBounds& b) {
  if (a.shown() && b.lower != kNoLower && a.upper <= b.lower) return Before::yes;
  if (b.shown() && a.lower != kNoLower && b.upper <= a.lower) return Before::no;
  return Before::unclear;
}

Before before(const TimeBounds& a, std::int64_t moment) {
  return before(a, TimeBounds{moment, moment});
}

TimeBounds shifted(const TimeBounds& base, std::int64_t after) {
  return {shift(base.lower, after), shift(base.upper, after)};
}

DeadlineVerdict judge_deadline(const TimeBounds& base, std::int64_t after, const TimeBounds& response) {
  if (!base.shown()) return DeadlineVerdict::undetermined;  // nobody shows that the clock ever began
  const TimeBounds due = shifted(base, after);
  if (response.shown() && due.lower != kNoLower && response.upper <= due.lower) return DeadlineVerdict::met;
  if (response.lower == kNoLower) return DeadlineVerdict::undetermined;
  if (response.lower > due.upper) return response.shown() ? DeadlineVerdict::missed : DeadlineVerdict::silent;
  if (!response.shown() && due.lower != kNoLower && response.lower <= due.lower) return DeadlineVerdict::running;
  return DeadlineVerdict::undetermined;
}

}  // namespace scrutineer
