#include "app/demo/centre.h"

#include <algorithm>

namespace scrutineer::demo {
namespace {

constexpr std::size_t kUntouched = 12;    // the first ones are left to whoever tries the demonstration
constexpr std::size_t kStillMissing = 3;  // of the early voters' papers, which are due first: late ones
constexpr std::int64_t kMiscounted = 10;  // papers that stand among the invalid ones and are not there
constexpr std::size_t kShare = 3;         // at most every third polling station has been worked on

// Of polling stations, spread over the district.
constexpr CentreWork kWork[] = {CentreWork::entered_once, CentreWork::two_differ, CentreWork::contradicts_itself,
                                CentreWork::announced,    CentreWork::in_effect,  CentreWork::agreed,
                                CentreWork::entered_once, CentreWork::two_differ, CentreWork::entered_once,
                                CentreWork::in_effect,    CentreWork::announced,  CentreWork::entered_once};

// The order in which papers come in: early voters' first, all of them but a few.
std::vector<CentreWork> work_of(const Night& night, const std::vector<std::uint32_t>& units) {
  std::vector<CentreWork> work(units.size(), CentreWork::none);
  std::vector<std::size_t> early, stations;
  for (std::size_t i = kUntouched; i < units.size(); ++i) {
    Kind kind = night.country.units[units[i]].kind;
    if (kind == Kind::early_in) early.push_back(i);
    if (kind == Kind::polling_day) stations.push_back(i);
  }
  for (std::size_t i = 0; i + kStillMissing < early.size(); ++i) work[early[i]] = CentreWork::in_effect;
  std::size_t touched = std::min(std::size(kWork), stations.size() / kShare);
  for (std::size_t i = 0; i < touched; ++i) work[stations[i * stations.size() / touched]] = kWork[i];
  return work;
}

CountSheet paper_of(const Night& night, std::uint32_t unit, CentreWork work) {
  Figures figures = true_figures(night, unit);
  CountSheet sheet = sheet_of(night.country, unit, figures, {});
  Times times = hurried(times_of(night.country, night.seed, unit, figures, Oddity::none));
  sheet.count_began = local_time(times.began);
  sheet.count_ended = local_time(times.ended);
  if (work == CentreWork::contradicts_itself) *sheet.invalid += kMiscounted;
  return sheet;
}

}  // namespace

std::vector<CentreUnit> centre_units(const Night& night) {
  std::vector<std::uint32_t> units;
  for (const auto& [unit, trouble] : night.plan)
    if (trouble.kind == IncidentKind::never_arrived && night.country.units[unit].district == 0) units.push_back(unit);
  if (!night.plan.centre) units.clear();
  std::vector<CentreWork> work = work_of(night, units);
  std::vector<CentreUnit> out;
  for (std::size_t i = 0; i < units.size(); ++i) out.push_back({paper_of(night, units[i], work[i]), work[i]});
  return out;
}

}  // namespace scrutineer::demo
