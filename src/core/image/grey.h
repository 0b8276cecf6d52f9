// The few things that readers and ballot makers do with whole grey pictures. Pure; the same result on every machine.
#pragma once

#include <array>
#include <cstdint>

#include "core/image/image.h"

namespace scrutineer {

using Histogram = std::array<std::uint32_t, 256>;

// Grey values of a rectangle, clipped to the picture. Every `step`th row and column.
Histogram histogram(GreyView page, int x, int y, int width, int height, int step = 1);

// The grey value below which `per_mille` of the pixels lie; 255 for an empty histogram.
std::uint8_t percentile(const Histogram& values, int per_mille);

// Otsu's threshold: the value that best parts dark (<= it) from light. Of one value only, that value.
std::uint8_t otsu(const Histogram& values);

// A view of a part, clipped to the picture. Borrows.
GreyView part_of(GreyView page, int x, int y, int width, int height);

GreyPage copy_of(GreyView page);
GreyPage turned_round(GreyView page);  // by 180 degrees

// target(x, y) = source(xx*x + xy*y + x0, yx*x + yy*y + y0): bilinear; `fill` where the source has nothing.
struct Affine {
  double xx = 1, xy = 0, x0 = 0;
  double yx = 0, yy = 1, y0 = 0;
};
GreyPage warped(GreyView page, const Affine& to_source, int width, int height, std::uint8_t fill = 255);

// Means over squares of `factor` pixels; what does not fill a square at the right and lower edge is left out. Fast:
// readers look at every page so. factor 1..16.
GreyPage reduced(GreyView page, int factor);
// Its rows [from, to) alone: for who looks at the same pixels while they are near. small: as large as reduced() makes
// it.
void reduce_rows(GreyView page, int factor, int from, int to, GreyPage& small);

// Another size: by areas where it shrinks, bilinear where it grows.
GreyPage resized(GreyView page, int width, int height);

}  // namespace scrutineer
