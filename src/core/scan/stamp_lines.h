// Long horizontal lines of a picture: in strips across it, so that a line may lean. Inside of stamp_frame.
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/image.h"

namespace scrutineer {

inline constexpr int kStripWidth = 32;

// How much darker each row of a strip is than the rows kLineReach above and below it.
struct LineStrips {
  int count = 0, height = 0;
  std::vector<double> middle;           // x of each strip's middle
  std::vector<std::uint16_t> strength;  // count * height
  double mean_dark = 0;                 // of all strips, grey values: how much ink the picture has at all
  const std::uint16_t* strip(int s) const { return strength.data() + static_cast<std::ptrdiff_t>(s) * height; }
};
LineStrips line_strips(GreyView page);

// The slope (per mille, y for x) in which lines are sharpest; within +-kSlopeMost.
inline constexpr int kSlopeMost = 64;  // 3.7 degrees
int line_slope(const LineStrips& strips);

struct LinePeak {
  double y = 0;      // at the picture's middle
  int strength = 0;  // mean over strips
  int coverage = 0;  // per mille of strips that see it
};
// Rows that look like lines through most of the width, from the top.
std::vector<LinePeak> line_peaks(const LineStrips& strips, int slope);

}  // namespace scrutineer
