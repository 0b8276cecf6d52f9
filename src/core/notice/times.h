// When something was there, as bounds that witnesses give and nobody claims. docs/formats/notice-verdicts.md.
//
// A witness that cosigned a checkpoint of size n at t had then seen entries [0, n) and, of this log, nothing beyond. No
// single clock is believed: of w witnesses, a quorum q must say it. So an entry was there at the latest when the q-th
// of them had covered it, and was not there yet when the q-th last of them still saw a smaller log. Fewer than q lying
// witnesses move no bound beyond what honest ones say.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace scrutineer {

inline constexpr std::int64_t kNoLower = INT64_MIN;  // nothing says that it was not there before
inline constexpr std::int64_t kNoUpper = INT64_MAX;  // nothing says that it was there by then

// Unix seconds. Something happened after `lower` (or at it) and not after `upper`.
struct TimeBounds {
  std::int64_t lower = kNoLower;
  std::int64_t upper = kNoUpper;
  bool shown() const { return upper != kNoUpper; }  // that it happened at all
  friend bool operator==(const TimeBounds&, const TimeBounds&) = default;
};

// What one witness saw of one log.
struct Sighted {
  std::uint64_t size = 0;
  std::int64_t time = 0;
};

// Of one log. Does not change once made: may be read by many threads.
class WitnessedTimes {
 public:
  // For each witness what it cosigned, in any order. `quorum`: 1 to the number of witnesses.
  WitnessedTimes(std::vector<std::vector<Sighted>> by_witness, std::size_t quorum);

  TimeBounds entry(std::uint64_t index) const;
  // Until when a quorum says that the log had no more than `size` entries; kNoLower: nothing says so. Silence up to
  // that size is shown until then.
  std::int64_t nothing_beyond(std::uint64_t size) const;

 private:
  // Sorted by size; `time` is the earliest time of this size or a larger one, `until` the latest of this or a smaller.
  struct Mark {
    std::uint64_t size;
    std::int64_t time, until;
  };
  std::size_t quorum_;
  std::vector<std::vector<Mark>> marks_;  // by witness
};

// When the k-th of n things had happened, where `bounds` has one for each of the n: of those of which nothing is known
// {kNoLower, kNoUpper}, of those that had not happened yet {until when, kNoUpper}. So the lower bound is also until
// when fewer than k had. Unknown if k is 0 or above n.
TimeBounds kth(std::span<const TimeBounds> bounds, std::size_t k);

// When the earlier of two things happened.
TimeBounds earlier(const TimeBounds& a, const TimeBounds& b);

// Whether the one was before the other, where bounds can overlap. At the same second: yes.
enum class Before : std::uint8_t { yes, no, unclear };
Before before(const TimeBounds& a, const TimeBounds& b);
Before before(const TimeBounds& a, std::int64_t moment);

enum class DeadlineVerdict : std::uint8_t { met, missed, silent, running, undetermined };
inline constexpr std::string_view kDeadlineVerdictNames[] = {"met", "missed", "silent", "running", "undetermined"};
// `base`: when the clock began. `response`: when it was met; where it was not, upper is kNoUpper and lower says until
// when nothing was there.
//   met           it was there before the deadline can have passed
//   missed        it came, after the deadline had passed for certain
//   silent        nothing came, and the deadline had passed for certain
//   running       nothing came, and the deadline had not passed yet when the evidence ends
//   undetermined  the bounds overlap, or there are none
DeadlineVerdict judge_deadline(const TimeBounds& base, std::int64_t after, const TimeBounds& response);

// base + after, where either end may be open.
TimeBounds shifted(const TimeBounds& base, std::int64_t after);

}  // namespace scrutineer
