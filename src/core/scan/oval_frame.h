// The frame of an oval ballot: the timing marks of all four sides. First half of registration; the second, independent
// one is oval_anchor.h. Works on the page at about 50 dpi (`small`), where noise has averaged out and 55,000 pixels
// tell all.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/image/image.h"
#include "core/scan/reading.h"

namespace scrutineer {

inline constexpr int kMissingMarksMost = 3;  // on a long side, none of them its first or last; more: rejected
inline constexpr int kMissingTopMost = 3;    // of the marks along the top

struct PagePoint {
  float x = 0, y = 0;
};

// Where the grid lies on the picture. Row 0 is the ballot's top row, wherever on the picture that is.
struct OvalFrame {
  std::vector<PagePoint> left, right;  // middles of the timing marks of each row, pixels of the page
  bool upside_down = false;
  int missing = 0;                // marks that were not there and were put between their neighbours
  std::array<bool, 34> bottom{};  // which marks the bottom row has; from the ballot's left
  float pitch = 0;                // mean distance of rows, pixels
  // Of any point of the grid, in marks: (0, 0) is the middle of the top left mark.
  PagePoint at(float column, float row) const;
};

struct OvalFrameResult {
  SheetDefect defect = SheetDefect::none;
  std::string detail;
  OvalFrame frame;  // valid when defect is none
};

// The factor by which a page of this width is made small: timing marks stand 12.5 pixels apart then.
int frame_factor(int page_width);

// Whether all marks of a top row stand between these two outer ones.
bool is_full_row(GreyView small, PagePoint from, PagePoint to);

// small: reduced(page, factor). rows: timing marks along each long side.
OvalFrameResult find_oval_frame(GreyView small, int factor, int rows);

}  // namespace scrutineer
