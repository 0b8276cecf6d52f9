// Ink on paper, before any scanner saw it: strokes and areas drawn with soft edges, as shares of covered paper.
#pragma once

#include <cstdint>

#include "core/ballot/stamp_paper.h"
#include "core/image/image.h"

namespace scrutineer {

// A picture of ink: 0 none, 255 full. Lengths become pixels by `dpi`.
class InkPage {
 public:
  InkPage(Length width, Length height, int dpi);
  double pixels_of(double length) const { return length * scale_; }
  // A line with round ends.
  void stroke(double x1, double y1, double x2, double y2, double width);
  void fill(const PaperArea& area);
  void frame(const PaperArea& area, double line);  // `line` thick, its middle on the area's edge
  const GreyPage& ink() const { return ink_; }
  int dpi() const { return dpi_; }

 private:
  int dpi_;
  double scale_;  // pixels of a hundredth of a millimetre
  GreyPage ink_;
};

// How a printer writes: other values are other fonts.
struct PrintStyle {
  std::int32_t weight = 100;  // per mille of the letters' height
  std::int32_t line = 1'000;  // per mille of the geometry's line thickness
  std::int32_t size = 1'000;  // per mille of the usual height of letters
  std::uint32_t face = 0;     // 0: plain strokes; else they lean and differ
};

// Text of strokes in `area`, in its middle or at its left; smaller where it would not fit. Hangul syllables from their
// letters, digits; any other character is a sign of its own strokes, the same every time.
void print_text(InkPage& page, const PaperArea& area, std::string_view utf8, Length height, bool centred,
                const PrintStyle& style);

// The paper as it is handed out, before officer's seal and with the stub cut off: 255 is full ink.
// `paper` must have a geometry (stamp_geometry).
GreyPage blank_stamp_paper(const StampPaper& paper, int dpi, const PrintStyle& style = {});

}  // namespace scrutineer
