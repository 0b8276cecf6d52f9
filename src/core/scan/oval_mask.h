// What of a hand-marked paper may be shown: by a rule of the definition, the same on every machine.
#pragma once

#include <vector>

#include "core/scan/oval_reader.h"

namespace scrutineer {

// White: everything beyond the border of timing marks, and the areas where names are written in (a hand is known by its
// writing). scan must be of this page and registered.
GreyPage masked_oval_page(GreyView page, const OvalForm& form, const OvalScan& scan);

// The voter's strokes at all marked places, small: for finding the same paper among others.
struct OvalStrokes {
  std::uint16_t side = 0;
  std::vector<std::uint16_t> places;  // marked, ascending
  std::vector<std::uint8_t> ink;      // kStrokeCells of each
  static constexpr int kAcross = 18, kDown = 13, kCells = kAcross * kDown;
};
OvalStrokes oval_strokes(GreyView page, const OvalForm& form, const OvalScan& scan);

// Marked at the same places by what look like the same strokes: the same paper twice, or a stamp. Not for papers
// without marks.
bool alike(const OvalStrokes& a, const OvalStrokes& b);

}  // namespace scrutineer
