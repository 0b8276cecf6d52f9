#include "app/demo/plan.h"

#include <algorithm>

#include "app/demo/dice.h"

namespace scrutineer::demo {
namespace {

// How many in a country of so many units; at least one from kSimulatedIncidentsFrom on.
std::size_t how_many(IncidentKind kind, const SimulationOptions& options) {
  if (kind == IncidentKind::never_arrived) return options.one_never_arrives ? 1 : 0;
  if (options.units < kSimulatedIncidentsFrom) return 0;
  std::size_t one_in = kind == IncidentKind::one_by_one ? 100 : kind == IncidentKind::implausible ? 1'000 : 6'000;
  if (kind == IncidentKind::conflict_open) return options.one_conflict_open ? 1 : 0;
  return std::max<std::size_t>(1, options.units / one_in);
}

constexpr Oddity kOddities[] = {Oddity::many_invalid,     Oddity::like_another_unit,          Oddity::announced_early,
                                Oddity::counted_too_fast, Oddity::more_ballots_than_electors, Oddity::papers_missing};

// Units of one kind in random order, given out from the front, and from the back where nothing may be wrong with them.
class Pool {
 public:
  Pool(const Country& country, std::string_view seed, Kind kind, bool without_first_district) {
    for (std::uint32_t unit = 0; unit < country.units.size(); ++unit)
      if (country.units[unit].kind == kind && !(without_first_district && country.units[unit].district == 0))
        units_.push_back(unit);
    Dice(seed, "trouble", static_cast<std::uint64_t>(kind)).shuffle(units_);
  }
  bool few() const { return units_.size() < 2; }
  std::uint32_t take() {
    std::uint32_t unit = units_.back();
    units_.pop_back();
    return unit;
  }
  std::uint32_t untroubled() {
    std::uint32_t unit = units_.front();
    units_.erase(units_.begin());
    return unit;
  }

 private:
  std::vector<std::uint32_t> units_;
};

}  // namespace

bool has_third_member(IncidentKind kind) {
  return kind == IncidentKind::refusal || kind == IncidentKind::revoked_left;
}

Plan make_plan(const Country& country, const SimulationOptions& options) {
  const bool centre = options.centre_units > 0;  // its district has nothing but what its people do
  Pool stations(country, options.seed, Kind::polling_day, centre),
      groups(country, options.seed, Kind::early_in, centre);
  Plan plan;
  for (std::size_t k = 0; k < kIncidentKinds; ++k) {
    auto kind = static_cast<IncidentKind>(k);
    for (std::size_t i = 0; i < how_many(kind, options); ++i) {
      Trouble trouble{kind, Oddity::none, 0};
      if (kind == IncidentKind::implausible) trouble.oddity = kOddities[i % std::size(kOddities)];
      // Only early voters come onto their roll as they vote: it may be shorter than the pile.
      bool early = trouble.oddity == Oddity::more_ballots_than_electors;
      if (stations.few() || groups.few()) continue;  // the centre's district is nearly all there is
      std::uint32_t unit = (early ? groups : stations).take();
      trouble.figures_of = trouble.oddity == Oddity::like_another_unit ? stations.untroubled() : unit;
      plan.emplace(unit, trouble);
    }
  }
  plan.centre = centre;
  std::size_t left = options.centre_units;
  for (std::uint32_t unit = 0; left > 0 && unit < country.units.size() && country.units[unit].district == 0; ++unit)
    if (plan.emplace(unit, Trouble{IncidentKind::never_arrived, Oddity::none, unit}).second) --left;
  return plan;
}

}  // namespace scrutineer::demo
