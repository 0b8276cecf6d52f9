// Grey values along a straight line across the page, between pixels: patches and the map are cut out with it.
#pragma once

#include <cstdint>

#include "core/image/image.h"

namespace scrutineer {

// In 1/65536 of a pixel.
struct SampleLine {
  std::int32_t x = 0, y = 0, step_x = 0, step_y = 0;
};

inline constexpr int kSampleScale = 128;  // of a grey value: samples are 0..32,640

// Bilinear, with 7 bits between two pixels. Every sample and the pixels to its right and below must lie on the page.
void sample_line(GreyView page, SampleLine line, int count, std::int16_t* out);

}  // namespace scrutineer
