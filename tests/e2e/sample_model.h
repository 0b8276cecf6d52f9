// An invented election for looking at the pages: nothing here is a real result. The hard cases are on purpose: very
// long names, 40 options, zero votes, conflicts, lots, missing figures, refusals, markup in names.
#pragma once

#include <vector>

#include "app/ui/model.h"

namespace scrutineer::ui::sample {

struct Sample {
  Site site;
  Overview overview;
  std::vector<Area> areas;
  std::vector<Unit> units;
};

Sample simulated();    // two contests, every state a unit can be in
Sample transcribed();  // votes only, in a third language, nothing signed

}  // namespace scrutineer::ui::sample
