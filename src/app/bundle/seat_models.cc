#include <map>

#include "app/bundle/pages.h"

namespace scrutineer {
namespace {

ui::SeatMethod method_of(std::string_view name) {
  static const std::map<std::string_view, ui::SeatMethod> kMethods = {
      {"plurality", ui::SeatMethod::plurality},
      {"two-round", ui::SeatMethod::two_round},
      {"dhondt", ui::SeatMethod::dhondt},
      {"sainte-lague", ui::SeatMethod::sainte_lague},
      {"sainte-lague-modified", ui::SeatMethod::sainte_lague_modified},
      {"highest-averages", ui::SeatMethod::dhondt},
      {"largest-remainder-hare", ui::SeatMethod::remainder_hare},
      {"largest-remainder-droop", ui::SeatMethod::remainder_droop},
      {"largest-remainder-hagenbach-bischoff", ui::SeatMethod::remainder_hagenbach_bischoff},
      {"largest-remainder-imperiali", ui::SeatMethod::remainder_imperiali},
      {"nl-house", ui::SeatMethod::nl_lower_house},
      {"nl-council", ui::SeatMethod::nl_lower_house},
  };
  auto found = kMethods.find(name);
  return found == kMethods.end() ? ui::SeatMethod::kr_linked : found->second;
}

ui::SeatStepKind kind_of(seats::StepKind kind) {
  switch (kind) {
    case seats::StepKind::threshold: return ui::SeatStepKind::threshold;
    case seats::StepKind::quota: return ui::SeatStepKind::quota;
    case seats::StepKind::full_quotas: return ui::SeatStepKind::full_seats;
    case seats::StepKind::highest_average: return ui::SeatStepKind::highest_averages;
    case seats::StepKind::remainder: return ui::SeatStepKind::largest_remainders;
    case seats::StepKind::votes:
    case seats::StepKind::majority: return ui::SeatStepKind::most_votes;
    case seats::StepKind::withdrawn:
    case seats::StepKind::reassigned:
    case seats::StepKind::exhausted: return ui::SeatStepKind::vacant;
    case seats::StepKind::entitlement: return ui::SeatStepKind::deduction;
    case seats::StepKind::linked: return ui::SeatStepKind::linked;
    case seats::StepKind::shared: return ui::SeatStepKind::parallel;
    case seats::StepKind::lot_needed:
    case seats::StepKind::lot: return ui::SeatStepKind::lot;
  }
  __builtin_unreachable();
}

}  // namespace

ui::Seats to_seats(const SeatResult& result, std::int64_t seats) {
  ui::Seats out;
  out.method = method_of(result.config.spec.name);
  out.total = seats;
  out.by_option = result.outcome.seats;
  out.lots_needed = result.outcome.kind == seats::Outcome::Kind::lots_needed;
  for (const seats::Step& step : result.outcome.steps) {
    ui::SeatStep shown{kind_of(step.kind), step.figure, {}};
    for (const seats::Row& row : step.rows) {
      ui::SeatRow line{row.option, row.figure, std::nullopt, std::nullopt};
      if (step.kind == seats::StepKind::threshold || step.kind == seats::StepKind::majority)
        line.passed = row.taken;
      else
        line.seats = step.kind == seats::StepKind::linked ? row.linked : row.change;
      shown.rows.push_back(line);
    }
    out.steps.push_back(std::move(shown));
  }
  return out;
}

}  // namespace scrutineer
