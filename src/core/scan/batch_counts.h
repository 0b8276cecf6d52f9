// What a batch adds up to: what the machine said, and what holds after people's decisions. One pass, paper by paper.
#pragma once

#include "core/record/ballots.h"
#include "core/scan/batch.h"

namespace scrutineer {

struct BatchCounts {
  std::int64_t sheets = 0, pictures = 0;
  std::int64_t rejected = 0;            // pictures that were not read; after decisions: and that nobody decided
  std::int64_t decided_by_people = 0;   // papers
  std::vector<ContestCounts> contests;  // with votes of every option, in the order of the batch
};

class BatchCounter {
 public:
  // `info` must outlive the counter.
  explicit BatchCounter(const BatchInfo& info);
  // What the machine said. Error malformed: a contest or option that the batch has not, more options than seats.
  Status add(const SheetReading& reading, bool back = false);
  // What holds for this picture: the outcome for the contests that it names, else what the machine said. What nobody
  // decided is in `recheck`; a picture that was not read and has no outcome is there in every contest, since nobody
  // knows which it has.
  Status add_decided(const SheetReading& reading, const BallotOutcome& outcome, bool back = false);
  Status add_undecided(const SheetReading& reading, bool back = false);
  const BatchCounts& counts() const { return counts_; }

 private:
  Status take(std::uint16_t contest, Decision decision, const std::vector<std::uint16_t>& options);
  void begin(const SheetReading& reading, bool back);
  const BatchInfo& info_;
  BatchCounts counts_;
};

// Whether batches of one unit may say how many votes each option has: none of them is small, or there is only one,
// which says no more than the law's sheet (docs/formats/ballot-records.md).
bool may_publish_votes(std::span<const std::int64_t> sheets_of_batches);
// The counts without votes.
std::vector<ContestCounts> without_votes(std::vector<ContestCounts> contests);

}  // namespace scrutineer
