// What one polling station has: papers printed in real fonts, its stamp, its officer's seal. And blank scans of them.
#pragma once

#include "core/ballot/stamp_paper.h"
#include "tests/foreign/press.h"

namespace scrutineer::foreign {

struct Station {
  StampPaper paper;
  StampGeometry geometry;
  Face face;
  double line = 40;
  Drawing print, commission;  // black; red, which a scanner sees paler
  double commission_dark = 0.6;
  Drawing stamp;  // around (0, 0)
  double radius = 350;
  Drawing officer;  // around (0, 0)
};
// `face` picks the font and weight: 0 to kFaces - 1.
inline constexpr int kFaces = 8;
Station make_station(int options, int face, std::uint64_t seed);

// A stamp's signs: 卜 of several fonts and of strokes.
Drawing official_stamp(Luck& luck, double radius, double gap = 0);  // degrees of the ring that are missing

// The paper on the scanner's glass, before noise.
GreyPage lay(const Station& station, const Scan& scan, bool stub);
// What a machine's form is prepared from: blank, scanned straight.
GreyPage specimen(const Station& station, std::uint64_t seed);

}  // namespace scrutineer::foreign
