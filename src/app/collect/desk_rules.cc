// Which plausibility rules fire for a sheet that is not announced yet, and what stands in its way.
#include <algorithm>

#include "app/collect/desk_state.h"

namespace scrutineer {

std::vector<RuleCode> Desk::State::findings(const Collector::View& view, const DeskSheet& sheet,
                                            const CountSheet& figures) const {
  return check_sheet(view.fold.tally().rules(), election, sheet.contest, unit(sheet), figures,
                     make_row(figures, contest(sheet)));
}

bool Desk::State::blocked(const Collector::View& view, const DeskSheet& sheet, const CellCount& count) const {
  CountSheet figures = agreed_sheet(sheet, count);
  for (RuleCode code : findings(view, sheet, figures)) {
    if (!rule_text(code).error) continue;
    bool accepted = std::any_of(count.accepted().begin(), count.accepted().end(), [&](const AcceptedError& one) {
      return one.code == rule_text(code).code &&
             roles_over(view, one.by.key, sheet.target()).has(DeskRole::coordinator);
    });
    if (!accepted) return true;
  }
  return false;
}

CountSheet Desk::State::agreed_sheet(const DeskSheet& sheet, const CellCount& count) const {
  CountSheet out = make_sheet(count.form(), *count.agreed(), unit(sheet).id, contest(sheet));
  if (count.live()) out.live = commit_to(count.live()->tally, count.live()->salt);
  if (count.reopened() && count.reopened()->replaces) {
    out.replaces = count.reopened()->replaces;
    out.reason = count.reopened()->reason;
    if (!count.reopened()->order.empty()) out.order = count.reopened()->order;
  }
  return out;
}

bool Desk::State::is_late(const DeskSheet& sheet, ui::DeskState state) const {
  if (state == ui::DeskState::announced || state == ui::DeskState::in_effect || state == ui::DeskState::conflict)
    return false;
  auto minutes = policy.minutes_after_close(unit(sheet).kind);
  if (!minutes || !election.definition().polls_close) return false;
  const CellCount* count = cell(sheet);
  if (count && count->reopened() && count->reopened()->replaces) return false;  // it was there in time
  return now() > day.from + *minutes * 60;
}

}  // namespace scrutineer
