// What the authority claims, as files below claims/. Each is a pure function of the tally, so that a verifier writes
// the same bytes and compares (docs/formats/claims.md).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/results/seat_config.h"

namespace scrutineer {

// One line an area and one a unit: figures, status, votes of each option. CSV for spreadsheets.
std::string write_results_csv(const Tally& tally, ContestIndex contest);

// NIST SP 1500-100 v2 JSON. `generated`: RFC 3339, the claim's own time; `as_of`: the tree size.
std::string write_results_nist(const Tally& tally, std::string_view generated, std::int64_t as_of);

// Seats of every contest with the steps of their computation.
Result<std::string> write_seats_json(const Tally& tally);

// All of them, in a fixed order, as tasks that the caller may run on its own threads. They borrow the tally.
struct ClaimTask {
  std::string path;  // "claims/results-1.csv"
  std::string type;  // media type
  std::function<Result<std::string>()> write;
};
std::vector<ClaimTask> claim_tasks(const Tally& tally, std::string_view generated, std::int64_t as_of);

}  // namespace scrutineer
