// Why a stamp paper was not read, by name: what happened to the paper or to its scan.
#pragma once

#include <optional>
#include <string>

#include "core/scan/reading.h"
#include "core/scan/stamp_compare.h"

namespace scrutineer {

struct NamedDefect {
  SheetDefect what = SheetDefect::none;
  std::string detail;
};

// So bad that nothing is read: cut short, faded, torn, black at an edge.
// `picture`: upright.
std::optional<NamedDefect> defect_of_sheet(const ComparedPage& page, const InkPieces& ink, GreyView picture);

// A reason for people to look that is none of the voter's: a streak, a hole, a fold, a tear, blur. `picture`: upright.
std::optional<NamedDefect> defect_of_recheck(const ComparedPage& page, const InkPieces& ink, GreyView picture);

// No frame was found (`found` says so): streaks, blur or fading may be why.
std::optional<NamedDefect> defect_without_frame(SheetDefect found, GreyView picture);

}  // namespace scrutineer
