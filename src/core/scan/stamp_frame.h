// Where the boxes of a stamp paper stand in a picture: every line of every box, found and measured. Nothing is assumed
// that was not seen; a line that is missing is a reason to refuse the sheet.
#pragma once

#include <string>
#include <vector>

#include "core/ballot/stamp_paper.h"
#include "core/image/image.h"
#include "core/scan/reading.h"

namespace scrutineer {

struct PicturePoint {
  double x = 0, y = 0;  // pixels; the middle of the first pixel is (0, 0)
};

// From the paper's hundredths of a millimetre to pixels. Between the lines of boxes exact, beyond them straight on.
class StampFrame {
 public:
  struct Knot {    // one horizontal line of the frame
    double v = 0;  // on the paper
    PicturePoint left, right;
  };
  PicturePoint at(double u, double v) const;

  std::vector<Knot> knots;  // 2 a box, from the top
  double u_left = 0, u_right = 0;
  PicturePoint per_v_left, per_v_right;  // pixels for a hundredth of a millimetre down, for what lies beyond
  bool upside_down = false;              // the picture must be turned round before `at` fits
  double slope = 0;                      // of the lines
  double scale_x = 0, scale_y = 0;       // pixels of a hundredth of a millimetre
};

struct StampFrameResult {
  SheetDefect defect = SheetDefect::none;
  std::string detail;
  StampFrame frame;  // where defect is none
};

// `page`: about 200 dpi (170 to 235).
StampFrameResult find_stamp_frame(const StampGeometry& geometry, GreyView page);

}  // namespace scrutineer
