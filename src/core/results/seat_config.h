// The seat rule of a contest as the definition spells it, and its computation from totals and recorded lots.
#pragma once

#include "core/seats/seats.h"
#include "core/tally/tally.h"

namespace scrutineer {

// {"method": NAME, "seats": N, "parameters"?: {name: text}, "candidates"?: {option: n},
//  "parties"?: [{"list"?: option, "seats_won": n}], "independents"?: n}
struct SeatConfig {
  seats::Spec spec;
  seats::Rules rules;
  std::int64_t seats = 1;
  std::vector<std::pair<OptionId, std::int64_t>> candidates;
  struct Party {
    std::optional<OptionId> list;
    std::int64_t seats_won = 0;
  };
  std::vector<Party> parties;
  std::int64_t independents = 0;
};
SeatConfig read_seat_config(const ObjectReader& in);

struct SeatResult {
  SeatConfig config;
  seats::Outcome outcome;
  bool complete = false;  // every unit has a counted sheet; before that seats are a projection and are not claimed
};

// Seats of one contest from the totals of the whole election.
Result<SeatResult> compute_seats(const Tally& tally, ContestIndex contest);

}  // namespace scrutineer
