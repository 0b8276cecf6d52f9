// The sign inside the ring: one straight stem and one branch that leaves it on one side, sloping. Inside of
// stamp_shape.
#pragma once

#include <vector>

namespace scrutineer {

struct GlyphPixel {
  double x = 0, y = 0;  // from the ring's middle, in pixels
};

struct Glyph {
  int explained = 0;  // per mille of the ink; 0: this is no 卜 and no mirrored one
  int slope = 0;      // per mille: of the branch against the stem's normal; positive: as in 卜
  int length = 0;     // per mille of the radius: of the stem
  double stem_x = 0, stem_y = 0;
  GlyphPixel tip;  // where the branch ends
};

// `radius`: of the ring's outer edge, in pixels.
Glyph read_glyph(const std::vector<GlyphPixel>& ink, double radius);

}  // namespace scrutineer
