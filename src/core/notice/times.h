// When something was there, as bounds that witnesses give and nobody claims. docs/formats/notice-verdicts.md.
//
// A witness that cosigned a checkpoint of size n at t had then seen entries [0, n) and, of this log, nothing beyond. No
// single clock is believed: of w witnesses, a quorum q must say it. So an entry was there at the latest when the q-th
// of them had covered it, and was not there yet when the q-th last of them still saw a smaller log.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/clock.h"
#include "core/merkle/checkpoint.h"

namespace scrutineer {

inline constexpr std::int64_t kNoLower = INT64_MIN;  // nothing says that it was not there before
inline constexpr std::int64_t kNoUpper = INT64_MAX;  // nothing says that it was there by then

// Unix seconds. Something happened after `lower` (or at it) and not after `upper`.
struct TimeBounds {
  std::int64_t lower = kNoLower;
  std::int64_t upper = kNoUpper;
  friend bool operator==(const TimeBounds&, const TimeBounds&) = default;
};

// What one witness saw of one log.
struct Sighted {
  std::uint64_t size = 0;
  std::int64_t time = 0;
};

// Of one log: for each witness, what it cosigned, in any order.
class WitnessedTimes {
 public:
  WitnessedTimes(std::size_t witnesses, std::size_t quorum);
  void add(std::size_t witness, const Sighted& sighted);

  TimeBounds entry(std::uint64_t index) const;
  // Until when a quorum says that the log had no more than `size` entries; kNoLower: nothing says so. Silence up to
  // that size is shown until then.
  std::int64_t nothing_beyond(std::uint64_t size) const;

 private:
  std::size_t quorum_;
  std::vector<std::vector<Sighted>> sighted_;  // by witness, sorted by size, then time
};

// When the k-th of n events had happened: the k-th smallest of the bounds; missing ones count as never.
TimeBounds kth(std::span<const TimeBounds> bounds, std::size_t k);

enum class DeadlineVerdict : std::uint8_t { met, missed, silent, running, undetermined };
inline constexpr std::string_view kDeadlineVerdictNames[] = {"met", "missed", "silent", "running", "undetermined"};
// `base`: when the clock began. `response`: when it was met; nullopt: it was not, and nothing was there until
// `silent_until` (kNoLower: nothing says so).
DeadlineVerdict judge_deadline(const TimeBounds& base, std::int64_t after, const std::optional<TimeBounds>& response,
                               std::int64_t silent_until);

}  // namespace scrutineer
