// Images as grey values, for reading codes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

struct GreyImage {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // 0: black
};

// PNG, or PGM/PPM (binary, 8 bits); what is transparent is white. The size is checked before anything is unpacked.
// Errors: unsupported, malformed, limit_exceeded.
Result<GreyImage> read_image(BytesView bytes, std::size_t most_pixels);

}  // namespace scrutineer
