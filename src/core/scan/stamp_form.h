// A stamp paper's definition, made ready for reading many papers: what the blank paper looks like, where ink belongs.
// Read-only afterwards: any number of threads may read papers with one form.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/ballot/stamp_paper.h"
#include "core/ballot/stamp_rules.h"
#include "core/base/result.h"
#include "core/image/image.h"

namespace scrutineer {

// Papers are compared at 100 dpi: a pixel is a quarter of a millimetre, finer than any pen.
inline constexpr int kStampCompareDpi = 100;
inline constexpr double kStampPixel = 2'540.0 / kStampCompareDpi;  // hundredths of a millimetre

// A square of a printed text, and the most ink that the blank form has there, to a pixel.
struct PrintWindow {
  int x = 0, y = 0;  // pixels of the compared page
  std::int32_t blank = 0;
};
inline constexpr int kPrintWindow = 12;  // pixels: 3 mm

struct StampForm {
  StampPaper paper;
  StampGeometry geometry;
  int width = 0, height = 0;                // of the compared page, in pixels
  GreyPage blank;                           // the blank paper's ink: 255 full
  GreyPage printed;                         // 255 where printing may be, with what registration may be off; else 0
  GreyPage ignored;                         // 255: the officer's seal, the stub, the paper's edges
  GreyPage masked;                          // printed or ignored
  std::vector<PrintWindow> windows;         // of printed texts, row by row
  std::vector<std::uint32_t> full;          // pixels of full ink, by their place in `blank`: some hundreds
  std::array<bool, kStampCases> machine{};  // what a machine may count by itself
};

// With the paper printed in this program's own strokes: rehearsals and tests.
// Errors: those of stamp_geometry.
Result<StampForm> prepare(const StampPaper& paper);

// With a scan of a specimen: a blank paper of this election, unmarked, with or without stub and seal.
// Errors: those of stamp_geometry; invalid_argument: it is not a blank paper of that form (says what is wrong with it).
Result<StampForm> prepare(const StampPaper& paper, GreyView specimen);

}  // namespace scrutineer
