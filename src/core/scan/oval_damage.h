// What is wrong with a picture that could not be registered, where that can be seen in it: said instead of what
// followed from it. And lines across the paper that go through an oval. Nothing here makes a page accepted.
#pragma once

#include <optional>
#include <string>

#include "core/scan/oval_frame.h"
#include "core/scan/oval_ground.h"
#include "core/scan/oval_patch.h"

namespace scrutineer {

struct OvalDamage {
  SheetDefect defect = SheetDefect::none;
  std::string detail;
};

// double_feed, dark_border, streak, hole, fold, blur: the first that is seen, in this order. small: reduced(page,
// factor). Slow, for pages that are rejected.
std::optional<OvalDamage> find_oval_damage(GreyView page, GreyView small, const StreakColumns& streaks);

// Whether a dark line goes all the way across the paper through the ovals of this row: a fold. Neither reader can tell
// it from a stroke of a pen.
bool line_across(GreyView page, const OvalFrame& frame, const OvalGround& ground, float row);

}  // namespace scrutineer
