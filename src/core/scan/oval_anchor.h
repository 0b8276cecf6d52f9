// The second half of registration: what is printed inside the border must lie where the blank form has it, block by
// block, and better there than one row or one column off. Independent of the timing marks' positions along their sides.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/scan/oval_frame.h"
#include "core/scan/oval_ground.h"

namespace scrutineer {

// A page in marks: five samples from one timing mark to the next, darkness 0..255 of ink.
struct OvalMap {
  static constexpr int kSteps = 5;
  int width = 0, height = 0;  // columns -1..34 and rows -1..rows, at sample (c + 1) * 5
  std::vector<std::int16_t> ink;
  const std::int16_t* row(int y) const { return ink.data() + static_cast<std::ptrdiff_t>(y) * width; }
};

OvalMap oval_map(GreyView small, int factor, const OvalFrame& frame, const OvalGround& ground);

// The blank form's part of it.
struct AnchorBlock {
  int x = 0, y = 0, width = 0, height = 0;  // in samples
  std::vector<std::int16_t> pattern;        // ink less its mean
  std::int64_t energy = 0;
  // Enough print, and unlike itself one column, or one row, further.
  bool tells_column = false, tells_row = false;
  bool telling() const { return tells_column || tells_row; }
};
struct OvalAnchor {
  int blocks_across = 0, blocks_down = 0;
  std::vector<AnchorBlock> blocks;
};
OvalAnchor oval_anchor(const OvalMap& blank);

struct AnchorResult {
  SheetDefect defect = SheetDefect::none;
  std::string detail;
  bool elsewhere = false;         // some print lies one row or column off: not only hidden or gone
  int likeness = 0;               // per mille, of the whole page
  std::vector<PagePoint> shifts;  // of each block: where its print really lies, in marks
};
AnchorResult check_anchor(const OvalAnchor& anchor, const OvalMap& page);

}  // namespace scrutineer
