// What a scanner makes of a stamp paper: how it lay, its light, blur, noise, compression. Everything from a seed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ballot/stamp_paper.h"
#include "core/image/image.h"

namespace scrutineer {

struct PaperFold {
  bool across = true;      // from the left edge to the right one; else lengthwise
  Length at = 0;           // of its middle, from the top (or left) edge
  std::int32_t lean = 0;   // per mille
  std::int32_t dark = 60;  // per mille
  Length width = 40;
};

struct StampScan {
  int dpi = 200;
  std::int32_t turn = 0;  // hundredths of a degree
  bool upside_down = false;
  std::int32_t stretch_x = 0, stretch_y = 0;  // per 100,000
  std::int32_t margin = 6;                    // pixels of background around the paper
  std::uint8_t background = 250, paper = 240;
  std::int32_t print = 850;       // per mille: how dark printing ink is
  std::int32_t shade = 0;         // per mille darker from one side to the other
  std::int32_t show_through = 0;  // per mille, of something like this paper's print, mirrored
  std::vector<PaperFold> folds;
  std::int32_t blur = 0;     // per mille of each neighbour's weight, at most 333
  std::int32_t noise = 0;    // tenths of a grey value, standard deviation
  std::int32_t quality = 0;  // of a JPEG; 0: not compressed
  std::int32_t specks = 0;   // of dust
};

// A scanner on a usual day, with a paper that was folded once or twice.
StampScan usual_scan(const StampGeometry& geometry, std::uint64_t seed);

struct PixelArea {
  int x = 0, y = 0, width = 0, height = 0;
};

// Each works on a part of the picture, as if it had been done to the whole.
void blur_area(GreyPage& page, PixelArea area, std::int32_t per_mille);
void noise_area(GreyPage& page, PixelArea area, std::int32_t tenths, std::uint64_t seed);
// `area` on multiples of 8, or to the picture's edge.
void compress_area(GreyPage& page, PixelArea area, std::int32_t quality);

}  // namespace scrutineer
