#include <numeric>

#include "core/seats/methods.h"

namespace scrutineer::seats {

std::int64_t valid_votes(const Contest& contest) {
  return contest.valid_votes.value_or(std::accumulate(contest.votes.begin(), contest.votes.end(), std::int64_t{0}));
}

// Without a valid vote nobody has any share of them.
bool reaches(const ShareBar& bar, std::int64_t votes, std::int64_t valid) {
  if (valid == 0) return false;
  Fraction share(votes, valid);
  return bar.comparison == Comparison::at_least ? share >= bar.share : share > bar.share;
}

bool passes(const Threshold& threshold, std::int64_t votes, std::int64_t valid, std::int64_t seats_won) {
  if (!threshold.share && !threshold.seats_won) return true;
  return (threshold.share && reaches(*threshold.share, votes, valid)) ||
         (threshold.seats_won && seats_won >= *threshold.seats_won);
}

Options admitted(Progress& progress) {
  const Contest& contest = progress.contest();
  const Threshold& threshold = contest.rules.threshold;
  std::int64_t valid = valid_votes(contest);
  std::vector<std::int64_t> won(contest.votes.size(), 0);
  for (const Party& party : contest.parties)
    if (party.list) won[*party.list] = party.seats_won;

  Options options;
  std::vector<Row> rows;
  for (OptionIndex option = 0; option < contest.votes.size(); ++option) {
    bool in = passes(threshold, contest.votes[option], valid, won[option]);
    // An option that nobody voted for is never elected, whatever else the rules say.
    if (in && contest.votes[option] > 0) options.push_back(option);
    rows.push_back(
        {.option = option, .figure = valid > 0 ? Fraction(contest.votes[option], valid) : Fraction(), .taken = in});
  }
  if (threshold.share || threshold.seats_won) {
    auto bar = threshold.share ? std::optional(threshold.share->share) : std::nullopt;
    progress.record(StepKind::threshold, "Threshold", bar, std::move(rows));
  }
  return options;
}

}  // namespace scrutineer::seats
