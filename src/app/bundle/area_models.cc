#include <algorithm>

#include "app/bundle/pages.h"

namespace scrutineer {

std::vector<ui::NodeRef> PageModels::above(AreaIndex area) const {
  std::vector<ui::NodeRef> path;
  for (AreaIndex a = area; a != 0; a = tree().areas()[a].parent) path.push_back({a, tree().areas()[a].name});
  std::reverse(path.begin(), path.end());
  return path;
}

ui::ResultState PageModels::state() const {
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest)
    if (fold_.tally().totals(contest, 0).sheets < static_cast<std::int64_t>(tree().units().size()))
      return ui::ResultState::counting;
  return ui::ResultState::all_counted;
}

// "Elected" only where the rule says so over the whole election, and only once everything is counted.
void PageModels::mark_outcomes(ContestIndex contest, const Totals& totals, ui::ContestResult& result) const {
  const SeatResult& seats = seats_[contest];
  std::size_t options = election().contests()[contest].options.size();
  result.outcomes.assign(options, ui::OptionOutcome::none);
  std::int64_t most = 0;
  for (std::size_t i = 0; i < options; ++i) most = std::max(most, totals.votes(static_cast<OptionIndex>(i)));
  for (std::size_t i = 0; i < options; ++i) {
    if (most > 0 && totals.votes(static_cast<OptionIndex>(i)) == most) result.outcomes[i] = ui::OptionOutcome::leading;
    if (!result.seats || !seats.complete) continue;
    if (seats.config.seats == 1 && seats.outcome.seats[i] > 0) result.outcomes[i] = ui::OptionOutcome::elected;
    if (seats.outcome.tie && std::find(seats.outcome.tie->options.begin(), seats.outcome.tie->options.end(), i) !=
                                 seats.outcome.tie->options.end())
      result.outcomes[i] = ui::OptionOutcome::lot;
  }
}

ui::ContestResult PageModels::result(ContestIndex contest, AreaIndex area) const {
  Totals totals = fold_.tally().totals(contest, area);
  const UnitRange& units = tree().areas()[area].units;
  ui::ContestResult out;
  out.contest = contest;
  out.progress = {totals.sheets, units.end - units.first};
  out.figures = to_figures(totals);
  for (std::size_t i = 0; i < election().contests()[contest].options.size(); ++i)
    out.votes.push_back(totals.sheets > 0 ? std::optional(totals.votes(static_cast<OptionIndex>(i))) : std::nullopt);
  if (area == 0) out.seats = to_seats(seats_[contest], seats_[contest].config.seats);
  mark_outcomes(contest, totals, out);
  return out;
}

ui::Child PageModels::child_area(AreaIndex area) const {
  const Area& a = tree().areas()[area];
  ui::Child child;
  child.node = {area, a.name};
  child.progress.total = a.units.end - a.units.first;
  child.progress.counted = child.progress.total;
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest) {
    Totals totals = fold_.tally().totals(contest, area);
    child.progress.counted = std::min(child.progress.counted, totals.sheets);
    ui::ChildCounts counts{to_figures(totals), {}};
    for (std::size_t i = 0; i < election().contests()[contest].options.size(); ++i)
      counts.votes.push_back(totals.sheets > 0 ? std::optional(totals.votes(static_cast<OptionIndex>(i)))
                                               : std::nullopt);
    child.contests.push_back(std::move(counts));
  }
  for (UnitIndex unit = a.units.first; unit < a.units.end; ++unit) child.open_questions += open_questions(unit);
  return child;
}

ui::Child PageModels::child_unit(UnitIndex unit) const {
  const Unit& u = tree().units()[unit];
  ui::Child child;
  child.node = {u.row, u.name};
  child.is_unit = true;
  child.kind = u.kind;
  child.status = status(0, unit);
  child.open_questions = open_questions(unit);
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest) {
    const Matrix& matrix = fold_.tally().matrix(contest);
    bool counted = matrix.has(unit);
    Row row = matrix.row(unit);
    ui::ChildCounts counts{to_figures(row), {}};
    for (std::size_t i = kFigures; i < row.columns.size(); ++i)
      counts.votes.push_back(counted ? std::optional<std::int64_t>(row.columns[i]) : std::nullopt);
    child.contests.push_back(std::move(counts));
    // What is least far along says where the unit stands.
    if (status(contest, unit) != child.status && child.status == ui::UnitStatus::counted_signed)
      child.status = status(contest, unit);
  }
  return child;
}

ui::Area PageModels::area(AreaIndex area) const {
  const Area& a = tree().areas()[area];
  ui::Area out;
  out.node = {area, a.name};
  out.above = above(a.parent);
  out.state = state();
  for (ContestIndex contest = 0; contest < election().contests().size(); ++contest)
    out.results.push_back(result(contest, area));
  UnitIndex direct_end = a.children.empty() ? a.units.end : tree().areas()[a.children[0]].units.first;
  for (AreaIndex child : a.children) out.children.push_back(child_area(child));
  for (UnitIndex unit = a.units.first; unit < direct_end; ++unit) out.children.push_back(child_unit(unit));
  return out;
}

Result<ui::Overview> PageModels::overview() const {
  ui::Overview out;
  out.root = area(0);
  out.questions = questions_;
  out.machines = machines_;
  SCRUTINEER_TRY(out.independent_tallies, independent_tallies());
  return out;
}

}  // namespace scrutineer
