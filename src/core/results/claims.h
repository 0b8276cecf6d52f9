// What the authority claims, as files below claims/. Each is a pure function of the tally, so that a verifier writes
// the same bytes and compares (docs/formats/claims.md).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/results/pieces.h"
#include "core/results/seat_config.h"

namespace scrutineer {

// One line an area and one a unit: figures, status, votes of each option. CSV for spreadsheets.
std::string write_results_csv(const Tally& tally, ContestIndex contest);
Status write_results_csv(const Tally& tally, ContestIndex contest, const ByteSink& sink);

// NIST SP 1500-100 v2 JSON. `generated`: RFC 3339, the claim's own time; `as_of`: the tree size.
std::string write_results_nist(const Tally& tally, std::string_view generated, std::int64_t as_of);
Status write_results_nist(const Tally& tally, std::string_view generated, std::int64_t as_of, const ByteSink& sink);

// Seats of every contest with the steps of their computation.
Result<std::string> write_seats_json(const Tally& tally);

// All of them, in a fixed order, as tasks that the caller may run on its own threads. They borrow the tally. The
// largest elections have a results.json of 700 MB: whoever has to be lean streams.
struct ClaimTask {
  std::string path;  // "claims/results-1.csv"
  std::string type;  // media type
  std::function<Status(const ByteSink&)> stream;
  Result<std::string> write() const;  // the whole file
};
std::vector<ClaimTask> claim_tasks(const Tally& tally, std::string_view generated, std::int64_t as_of);

}  // namespace scrutineer
