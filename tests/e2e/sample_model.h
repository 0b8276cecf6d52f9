// An invented election for looking at the pages: nothing here is a real result. The hard cases are on purpose: very
// long names, 40 options, zero votes, conflicts, lots, missing figures, refusals, markup in names.
#pragma once

#include <vector>

#include "app/ui/model.h"

namespace scrutineer::ui::sample {

inline constexpr const char* kSampleBlob =
    "blob/3f/9a/3f9ac1d27be04586a1c95e02d7f4b8e6019d3c7a52e8fb4160c7d9a3e5128bf4";

struct Sample {
  Site site;
  Overview overview;
  std::vector<Area> areas;
  std::vector<Unit> units;
};

Sample simulated();    // two contests, every state a unit can be in
Sample transcribed();  // votes only, in a third language, nothing signed

}  // namespace scrutineer::ui::sample
