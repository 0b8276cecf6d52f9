// Votes to seats: a pure function of counts, rules and recorded lots. Exact integers and fractions only.
// Thread-safe: nothing is shared.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/seats/method.h"
#include "core/seats/outcome.h"

namespace scrutineer::seats {

// All votes of one contest. With kSeats it keeps every product of the methods inside 63 bits.
inline constexpr std::int64_t kVotesPerContest = static_cast<std::int64_t>(limits::kUnits) * limits::kVotesPerSheet;

// A party with seats won elsewhere, and its list in this contest if it ran one.
struct Party {
  std::optional<OptionIndex> list;
  std::int64_t seats_won = 0;
  friend bool operator==(const Party&, const Party&) = default;
};

struct Contest {
  std::vector<std::int64_t> votes;  // per option, in the ballot's order
  std::int64_t seats = 1;
  Rules rules;
  // What shares of the vote are taken of, where that is more than the sum of `votes` (blank votes that count).
  std::optional<std::int64_t> valid_votes;
  std::vector<std::int64_t> candidates;  // per option; empty: enough everywhere. Plurality and two-round: not used
  std::vector<Party> parties;            // at most one for each list; an option without one won nothing elsewhere
  std::int64_t independents = 0;         // constituency winners whom no party nominated (Korea)
  std::vector<Lot> lots;                 // in any order
};

// invalid_argument: no options, negative numbers, seats or lists that do not fit the rules; limit_exceeded: more than
// kSeats, kOptionsPerContest, kVotesPerContest. A tie is an outcome, and so is a lot that does not fit (`refused`).
Result<Outcome> allot(const Contest& contest);

}  // namespace scrutineer::seats
