// What the log says about scanned ballot papers, by unit: batches, what people decided about them, votes on objections,
// orders to show and what was shown. A part of the tally's fold (docs/formats/ballot-records.md). No figure of a result
// comes from here: the sheet counts, and this is what it is compared with.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/authority/book.h"

namespace scrutineer {

// A batch in effect.
struct BatchState {
  RecordIndex record = 0;
  RecordId id;
  UnitIndex unit = 0;
  std::int64_t sheets = 0, rejected = 0;
  std::vector<ContestCounts> contests;
  std::optional<RecordId> replaces;
  bool replaced = false;  // by a batch in effect, of the same unit
};

struct AdjudicationState {
  RecordIndex record = 0;
  RecordId id;
  RecordId batch;
  std::vector<ContestCounts> contests;
  std::optional<RecordId> replaces;
  bool replaced = false;
};

// Sums over the standing batches of one unit, for one contest.
struct PaperSums {
  std::vector<std::int64_t> votes;  // by option; empty: not published
  std::int64_t decided = 0, recheck = 0, blank = 0, invalid = 0, rejected = 0;
  // What a sorter puts into the stacker for people.
  std::int64_t to_recheck() const { return recheck + blank + invalid + rejected; }
};

class Papers {
 public:
  explicit Papers(const Election& election) : election_(election) {}
  void apply(const RecordBook& book, const Effect& effect);

  // All in log order.
  const std::vector<BatchState>& batches() const { return batches_; }
  const std::vector<AdjudicationState>& adjudications() const { return adjudications_; }
  const std::vector<RecordIndex>& committee_votes() const { return committee_votes_; }
  const std::vector<RecordIndex>& orders() const { return orders_; }
  const std::vector<RecordIndex>& releases() const { return releases_; }

  // Batches of a unit that nobody has replaced, as indexes into batches().
  std::vector<std::size_t> standing(UnitIndex unit) const;
  // What the machines said; nullopt: no batch of that unit has the contest.
  std::optional<PaperSums> machine(ContestIndex contest, UnitIndex unit) const;
  // What holds after people's decisions; nullopt: something is undecided, or decided twice over.
  std::optional<PaperSums> decided(ContestIndex contest, UnitIndex unit) const;
  // Whether a batch gives votes by option for fewer papers than the policy's minimum beside others of its unit.
  bool says_too_much(const BatchState& batch) const;

 private:
  void add_batch(const RecordBook& book, RecordIndex record, const BallotBatch& batch);
  void add_adjudication(const RecordBook& book, RecordIndex record, const Adjudication& adjudication);
  bool add(PaperSums& sums, const std::vector<ContestCounts>& contests, ContestIndex contest) const;
  std::optional<std::size_t> only_adjudication(const RecordId& batch) const;

  const Election& election_;
  std::vector<BatchState> batches_;
  std::vector<AdjudicationState> adjudications_;
  std::unordered_map<UnitIndex, std::vector<std::size_t>> of_unit_;          // batches
  std::unordered_map<RecordId, std::vector<std::size_t>> adjudications_of_;  // by batch
  std::vector<RecordIndex> committee_votes_, orders_, releases_;
};

}  // namespace scrutineer
