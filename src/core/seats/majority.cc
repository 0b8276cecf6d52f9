#include <algorithm>

#include "core/seats/choose.h"
#include "core/seats/methods.h"

namespace scrutineer::seats {
namespace {

std::vector<Ranked> by_votes(const Progress& progress, const Options& options) {
  std::vector<Ranked> ranking;
  for (OptionIndex option : options) ranking.push_back({option, Fraction(progress.votes(option))});
  return ranking;
}

}  // namespace

bool plurality(Progress& progress, const Options& options) {
  return choose(progress, by_votes(progress, options), progress.left(),
                {TieKind::seat, StepKind::votes, "Plurality: the most votes"})
      .has_value();
}

// A share below one half can be reached by two options with equal votes: then a lot decides, since both are elected by
// the words of such laws and only one seat is there.
bool two_round(Progress& progress, const TwoRound& rule, const Options& options) {
  std::int64_t valid = valid_votes(progress.contest());
  Options outright;
  std::vector<Row> rows;
  for (OptionIndex option : options) {
    bool enough = reaches(rule.needed, progress.votes(option), valid);
    rows.push_back({.option = option, .figure = Fraction(progress.votes(option), valid), .taken = enough});
    if (enough) outright.push_back(option);
  }
  progress.record(StepKind::majority, "First round: the majority needed", rule.needed.share, std::move(rows));
  if (!outright.empty()) return plurality(progress, outright);
  if (options.empty()) return true;

  auto runners = choose(progress, by_votes(progress, options), rule.runners,
                        {TieKind::runner, StepKind::votes, "Second round: between the most votes"});
  if (!runners) return false;
  progress.send_to_second_round(*runners);
  return true;
}

}  // namespace scrutineer::seats
