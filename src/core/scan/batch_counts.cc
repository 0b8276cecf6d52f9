#include "core/scan/batch_counts.h"

#include <algorithm>

namespace scrutineer {

BatchCounter::BatchCounter(const BatchInfo& info) : info_(info) {
  for (const BatchContest& contest : info.contests) {
    ContestCounts counts;
    counts.contest = contest.id;
    counts.votes.emplace();
    for (const OptionId& option : contest.options) counts.votes->emplace_back(option, 0);
    counts_.contests.push_back(std::move(counts));
  }
}

void BatchCounter::begin(const SheetReading& reading, bool back) {
  ++counts_.pictures;
  if (!back) ++counts_.sheets;
  if (reading.defect != SheetDefect::none) ++counts_.rejected;
}

Status BatchCounter::take(std::uint16_t contest, Decision decision, const std::vector<std::uint16_t>& options) {
  if (contest >= info_.contests.size())
    return fail(ErrorCode::malformed, "the batch has no contest " + std::to_string(contest));
  const BatchContest& known = info_.contests[contest];
  ContestCounts& counts = counts_.contests[contest];
  switch (decision) {
    case Decision::blank: ++counts.blank; return {};
    case Decision::invalid: ++counts.invalid; return {};
    case Decision::recheck:
    case Decision::rejected: ++counts.recheck; return {};
    case Decision::counted: break;
  }
  if (static_cast<std::int64_t>(options.size()) > known.seats)
    return fail(ErrorCode::malformed, "more options are counted than a voter may mark");
  for (std::uint16_t option : options)
    if (option >= known.options.size())
      return fail(ErrorCode::malformed, "contest " + known.id.value() + " has no option " + std::to_string(option));
  ++counts.decided;
  for (std::uint16_t option : options) ++(*counts.votes)[option].second;
  return {};
}

Status BatchCounter::add(const SheetReading& reading, bool back) {
  begin(reading, back);
  if (reading.defect != SheetDefect::none) return {};
  for (const ContestReading& contest : reading.contests)
    SCRUTINEER_CHECKED(take(contest.contest, contest.decision, contest.options));
  return {};
}

Status BatchCounter::add_decided(const SheetReading& reading, const BallotOutcome& outcome, bool back) {
  begin(reading, back);
  ++counts_.decided_by_people;
  if (reading.defect != SheetDefect::none) --counts_.rejected;
  for (const ContestReading& contest : reading.contests) {
    const bool decided = std::any_of(outcome.contests.begin(), outcome.contests.end(),
                                     [&](const ContestOutcome& o) { return o.contest == contest.contest; });
    if (!decided) SCRUTINEER_CHECKED(take(contest.contest, contest.decision, contest.options));
  }
  for (const ContestOutcome& contest : outcome.contests)
    SCRUTINEER_CHECKED(take(contest.contest, contest.decision, contest.options));
  return {};
}

Status BatchCounter::add_undecided(const SheetReading& reading, bool back) {
  if (reading.defect == SheetDefect::none) return add(reading, back);
  begin(reading, back);
  for (ContestCounts& counts : counts_.contests) ++counts.recheck;
  return {};
}

bool may_publish_votes(std::span<const std::int64_t> sheets_of_batches) {
  return sheets_of_batches.size() < 2 || std::all_of(sheets_of_batches.begin(), sheets_of_batches.end(),
                                                     [](std::int64_t sheets) { return sheets >= kPolicyMinimum; });
}

std::vector<ContestCounts> without_votes(std::vector<ContestCounts> contests) {
  for (ContestCounts& counts : contests) counts.votes.reset();
  return contests;
}

}  // namespace scrutineer
