// Which units have what trouble. Everything else about the night follows from this and the seed.
#pragma once

#include <map>

#include "app/demo/figures.h"
#include "app/demo/simulation.h"

namespace scrutineer::demo {

struct Trouble {
  IncidentKind kind = IncidentKind::recount;
  Oddity oddity = Oddity::none;  // of an implausible sheet
  std::uint32_t figures_of = 0;  // whose figures the sheet has: its own unit's but for like_another_unit
};

// By unit. Only units that are counted in their own district (polling day, early voting in the district) have any.
struct Plan : std::map<std::uint32_t, Trouble> {
  bool centre = false;  // the first district has a counting centre with a committee of its own
};
Plan make_plan(const Country& country, const SimulationOptions& options);

// These units have a third member.
bool has_third_member(IncidentKind kind);

}  // namespace scrutineer::demo
