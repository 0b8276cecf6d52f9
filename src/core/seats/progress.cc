#include "core/seats/progress.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer::seats {
namespace {

std::int64_t change_of(TieKind kind) {
  switch (kind) {
    case TieKind::seat: return 1;
    case TieKind::withdrawal: return -1;
    case TieKind::runner: return 0;
  }
  panic("a tie of no kind");
}

}  // namespace

Progress::Progress(const Contest& contest)
    : contest_(contest), left_(contest.seats), lot_used_(contest.lots.size(), false) {
  outcome_.seats.assign(contest.votes.size(), 0);
}

bool Progress::has_room(OptionIndex option) const {
  return !candidates_bind_ || contest_.candidates.empty() || seats(option) < contest_.candidates[option];
}

Options Progress::with_room(const Options& options) const {
  Options out;
  std::copy_if(options.begin(), options.end(), std::back_inserter(out), [&](OptionIndex o) { return has_room(o); });
  return out;
}

Row Progress::change(OptionIndex option, const Fraction& figure, std::int64_t by, StepKind kind) {
  outcome_.seats[option] += by;
  left_ -= by;
  check(outcome_.seats[option] >= 0, "an option gave up a seat that it does not have");
  if (by == 1) awards_.push_back({option, figure, kind});
  return {.option = option, .figure = figure, .change = by, .seats = outcome_.seats[option]};
}

void Progress::record(StepKind kind, std::string_view clause, std::optional<Fraction> figure, std::vector<Row> rows) {
  outcome_.steps.push_back({kind, std::string(clause), figure, std::move(rows)});
}

std::optional<std::size_t> Progress::lot_for(const Tie& tie) {
  for (std::size_t i = 0; i < contest_.lots.size(); ++i) {
    Outcome waiting;
    waiting.tie = tie;
    if (!lot_used_[i] && check_lot(waiting, contest_.lots[i])) return i;
  }
  return std::nullopt;
}

std::optional<Options> Progress::draw(const Draw& what, Options tied, std::int64_t places, const Fraction& figure) {
  std::sort(tied.begin(), tied.end());
  Tie tie{outcome_.steps.size(), what.kind, std::move(tied), places};
  auto lot = lot_for(tie);
  std::vector<Row> rows;
  if (!lot) {
    for (OptionIndex option : tie.options) rows.push_back({.option = option, .figure = figure, .seats = seats(option)});
    record(StepKind::lot_needed, what.clause, figure, std::move(rows));
    outcome_.kind = Outcome::Kind::lots_needed;
    outcome_.tie = std::move(tie);
    return std::nullopt;
  }
  lot_used_[*lot] = true;
  const Options& drawn = contest_.lots[*lot].drawn;
  for (OptionIndex option : drawn) rows.push_back(change(option, figure, change_of(what.kind), what.by));
  record(StepKind::lot, what.clause, figure, std::move(rows));
  ties_drawn_.push_back(std::move(tie));
  return drawn;
}

std::int64_t Progress::take_back_excess(std::string_view clause) {
  candidates_bind_ = true;
  std::int64_t taken = 0;
  std::vector<Row> rows;
  for (OptionIndex option = 0; option < contest_.candidates.size(); ++option) {
    std::int64_t excess = seats(option) - contest_.candidates[option];
    if (excess <= 0) continue;
    rows.push_back(change(option, Fraction(contest_.candidates[option]), -excess, StepKind::exhausted));
    taken += excess;
  }
  if (taken > 0) record(StepKind::exhausted, clause, std::nullopt, std::move(rows));
  return taken;
}

void Progress::send_to_second_round(Options runners) {
  std::sort(runners.begin(), runners.end());
  outcome_.kind = Outcome::Kind::second_round_needed;
  outcome_.second_round = std::move(runners);
}

void Progress::refuse_unused_lots() {
  for (std::size_t i = 0; i < contest_.lots.size(); ++i) {
    if (lot_used_[i]) continue;
    const Lot& lot = contest_.lots[i];
    if (std::find(ties_drawn_.begin(), ties_drawn_.end(), lot.tie) != ties_drawn_.end()) {
      outcome_.refused.push_back({i, {ErrorCode::conflict, "This tie is already settled by an earlier lot.", {}}});
    } else if (auto status = check_lot(outcome_, lot); !status) {
      outcome_.refused.push_back({i, status.error()});
    } else {
      panic("a lot that fits was not used");
    }
  }
}

Outcome Progress::finish() && {
  if (outcome_.kind == Outcome::Kind::decided) {
    check(left_ >= 0, "more seats were given than there are");
    outcome_.vacant = left_;
  }
  refuse_unused_lots();
  return std::move(outcome_);
}

std::int64_t votes_of(const Progress& progress, const Options& options) {
  std::int64_t sum = 0;  // within kVotesPerContest
  for (OptionIndex option : options) sum += progress.votes(option);
  return sum;
}

}  // namespace scrutineer::seats
