// What follows from all decided cases of a batch: outcomes, people's counts, and the root over salted decisions.
#pragma once

#include <span>

#include "core/adjudicate/case.h"
#include "core/scan/batch_counts.h"
#include "core/scan/opening.h"

namespace scrutineer {

struct DecidedCase {
  BallotId ballot;
  std::uint16_t contest = 0;
  PaperCase::Outcome outcome;
};

// Sorted by ballot, contests ascending: the lines of outcome.jsonl.
std::vector<BallotOutcome> outcomes_of(std::vector<DecidedCase> cases);

// What people counted, option by option: the re-check column of the count sheet.
struct PeopleCounts {
  std::vector<std::int64_t> votes;
  std::int64_t papers = 0, invalid = 0, blank = 0;
  std::int64_t by_reason[kInvalidReasons] = {};
};
std::vector<PeopleCounts> people_counts(const BatchInfo& info, std::span<const DecidedCase> cases);

Hash256 decision_salt(const BatchSecret& secret, const BallotId& ballot, std::uint16_t contest);
std::string decision_line(const DecidedCase& decided, const Hash256& salt);  // canonical JSON, no LF
// RFC 6962 root; of no decision that of the empty tree.
NodeHash decisions_root(std::span<const DecidedCase> cases, const BatchSecret& secret);

}  // namespace scrutineer
