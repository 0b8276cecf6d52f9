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

// A square of a printed text: how much of it is `printed`, and the blank form's ink there and where it stands a pixel
// off.
inline constexpr std::size_t kPrintShifts = 9;  // by rows: up, none, down; in each left, none, right
struct PrintWindow {
  int x = 0, y = 0;          // pixels of the compared page
  std::uint16_t text = 0;    // title, area, commission's seal, officer's label; from 4 on the options
  std::uint16_t part = 0;    // texts are cut into parts of some 16 mm: a page is stretched more in one than in another
  std::int32_t printed = 0;  // pixels
  std::array<std::int32_t, kPrintShifts> blank{};
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
