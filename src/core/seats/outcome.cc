#include "core/seats/outcome.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer::seats {
namespace {

bool drawn_from(const Tie& tie, std::vector<OptionIndex> drawn) {
  std::sort(drawn.begin(), drawn.end());
  bool different = std::adjacent_find(drawn.begin(), drawn.end()) == drawn.end();
  return different && std::includes(tie.options.begin(), tie.options.end(), drawn.begin(), drawn.end());
}

std::string sentence(const Tie& tie) {
  return fmt::format("step {}, {} for {} of options {}", tie.step, tie_kind_name(tie.kind), tie.places,
                     fmt::join(tie.options, ", "));
}

}  // namespace

std::string_view step_kind_name(StepKind kind) {
  switch (kind) {
    case StepKind::threshold: return "threshold";
    case StepKind::quota: return "quota";
    case StepKind::full_quotas: return "full-quotas";
    case StepKind::highest_average: return "highest-average";
    case StepKind::remainder: return "remainder";
    case StepKind::votes: return "votes";
    case StepKind::majority: return "majority";
    case StepKind::withdrawn: return "withdrawn";
    case StepKind::reassigned: return "reassigned";
    case StepKind::exhausted: return "exhausted";
    case StepKind::entitlement: return "entitlement";
    case StepKind::linked: return "linked";
    case StepKind::shared: return "shared";
    case StepKind::lot_needed: return "lot-needed";
    case StepKind::lot: return "lot";
  }
  panic("a step of no kind");
}

std::string_view tie_kind_name(TieKind kind) {
  switch (kind) {
    case TieKind::seat: return "seat";
    case TieKind::withdrawal: return "withdrawal";
    case TieKind::runner: return "runner";
  }
  panic("a tie of no kind");
}

std::string_view outcome_kind_name(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::decided: return "decided";
    case Outcome::Kind::lots_needed: return "lots-needed";
    case Outcome::Kind::second_round_needed: return "second-round-needed";
  }
  panic("an outcome of no kind");
}

Status check_lot(const Outcome& outcome, const Lot& lot) {
  if (!outcome.tie)
    return fail(ErrorCode::conflict, "No tie waits for a lot; this one was drawn for " + sentence(lot.tie) + ".");
  if (!(lot.tie == *outcome.tie))
    return fail(ErrorCode::conflict,
                fmt::format("The lot was drawn for {}; the tie is at {}.", sentence(lot.tie), sentence(*outcome.tie)));
  if (static_cast<std::int64_t>(lot.drawn.size()) != lot.tie.places || !drawn_from(lot.tie, lot.drawn))
    return fail(ErrorCode::invalid_argument,
                fmt::format("A lot for {} names {} different ones of them.", sentence(lot.tie), lot.tie.places));
  return {};
}

}  // namespace scrutineer::seats
