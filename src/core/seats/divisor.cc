#include "core/seats/methods.h"

namespace scrutineer::seats {
namespace {

constexpr std::string_view kClause = "Highest averages: votes / the divisor for one seat more";
constexpr std::string_view kExhausted = "More seats than candidates";

// The average that decides about an option's next seat. Decreases strictly with each seat.
Fraction next_average(const Progress& progress, const HighestAverages& rule, OptionIndex option) {
  std::int64_t held = progress.seats(option);
  Fraction divisor = held == 0 ? rule.first : Fraction(rule.second + (held - 1) * rule.step);
  return Fraction(progress.votes(option)) / divisor;
}

struct Best {
  Fraction average;
  Options options;
};

Best best_of(const Progress& progress, const HighestAverages& rule, const Options& lists) {
  Best best;
  for (OptionIndex option : lists) {
    if (!progress.has_room(option)) continue;
    Fraction average = next_average(progress, rule, option);
    if (best.options.empty() || average > best.average) best = {average, {}};
    if (average == best.average) best.options.push_back(option);
  }
  return best;
}

}  // namespace

// Equal averages need a lot only where there are fewer seats than lists that have them: the winner of one seat falls
// behind the others, so all of them come before any smaller average.
bool highest_averages(Progress& progress, const HighestAverages& rule, const Options& lists, std::int64_t places,
                      std::string_view clause) {
  std::vector<Row> rows;
  Best tied;
  while (places > 0) {
    Best best = best_of(progress, rule, lists);
    if (best.options.empty()) break;
    if (static_cast<std::int64_t>(best.options.size()) > places) {
      tied = std::move(best);
      break;
    }
    for (OptionIndex option : best.options)
      rows.push_back(progress.change(option, best.average, 1, StepKind::highest_average));
    places -= static_cast<std::int64_t>(best.options.size());
  }
  if (!rows.empty()) progress.record(StepKind::highest_average, clause, std::nullopt, std::move(rows));
  if (tied.options.empty()) return true;
  Draw what{TieKind::seat, StepKind::highest_average, clause};
  return progress.draw(what, tied.options, places, tied.average).has_value();
}

bool divisors(Progress& progress, const HighestAverages& rule, const Options& lists) {
  if (!highest_averages(progress, rule, lists, progress.left(), kClause)) return false;
  std::int64_t taken = progress.take_back_excess(kExhausted);
  if (progress.contest().rules.exhausted == Exhausted::vacant) return true;
  return highest_averages(progress, rule, lists, taken, kClause);
}

}  // namespace scrutineer::seats
