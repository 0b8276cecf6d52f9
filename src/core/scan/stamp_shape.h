// The second reader of stamps: by shape alone. A ring of the official size around a 卜 that is not mirrored. It looks
// at the picture itself at its full resolution, with a threshold of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "core/scan/stamp_compare.h"
#include "core/scan/stamp_form.h"
#include "core/scan/stamp_frame.h"

namespace scrutineer {

inline constexpr double kShapePixel = 2'540.0 / 200;  // of a patch, in hundredths of a millimetre

// A part of the paper straightened at 200 dpi.
struct StampPatch {
  Length x = 0, y = 0;  // of its top left corner, on the paper
  int width = 0, height = 0;
  int level = 255;                   // the paper's grey value
  std::vector<std::uint8_t> dark;    // how much darker than the paper
  std::vector<std::uint8_t> folded;  // 1 where a fold's shadow lies
  std::vector<std::uint8_t> known;   // 0 where printing hides what the voter did
  std::uint8_t at(int px, int py) const { return dark[static_cast<std::size_t>(py * width + px)]; }
};
inline constexpr int kPatchMost = 260;  // pixels to a side: 3.3 cm
StampPatch stamp_patch(const StampForm& form, const StampFrame& frame, GreyView page, const ComparedPage& compared,
                       const InkPiece& piece);

enum class Chirality : std::uint8_t { unknown, normal, mirrored };

// A round thing of the stamp's size. Shares in per mille.
struct StampShape {
  double x = 0, y = 0;  // of its middle, on the paper (hundredths of a millimetre)
  double radius = 0;
  int ring = 0;                   // of its circle that is inked
  int thick = 0;                  // of the ring, pixels at 200 dpi
  int glyph = 0;                  // of the ink inside that is a stem with one branch; 0: no such thing
  int branch = 0;                 // slope of the branch: positive as in 卜, negative mirrored
  int stem = 0;                   // its length, of the radius
  double stem_x = 0, stem_y = 0;  // direction of the stem, of length 1
  double tip_x = 0, tip_y = 0;    // where the branch ends, from the middle, pixels at 200 dpi
  int inside = 0;                 // of its inside that is inked
  int beyond = 0;                 // ink just outside the circle, of the circle's own
  int bulge = 0;                  // of its circle where the ring stands out or is thicker than elsewhere
  int over = 0;                   // by how much the ring is darker than the sign, of the sign
  int doubt = 0;  // how near beyond, bulge and over come to their limits, and half of the sign; added up
  int dark = 0;   // mean darkness of its ink, grey values
  Chirality chirality = Chirality::unknown;
  bool whole = false;  // ring, stem and branch are all there
  bool part = false;   // enough of them to know the stamp
};
struct StampShapes {
  std::vector<StampShape> stamps;  // at most kShapesMost, the clearest first
  int ink = 0, unexplained = 0;    // pixels; outside all of their circles
  int faint = 0;                   // pixels too pale to be the stamp's ink, and away from it
};
inline constexpr std::size_t kShapesMost = 4;
StampShapes find_stamps(const StampPatch& patch);

}  // namespace scrutineer
