// The whole paper against the blank form: all ink that is not printed, wherever it stands. At 100 dpi, on the form's
// own coordinates.
#pragma once

#include <cstdint>
#include <vector>

#include "core/scan/stamp_form.h"
#include "core/scan/stamp_frame.h"

namespace scrutineer {

struct ComparedPage {
  int width = 0, height = 0;
  GreyPage dark;                     // how much darker than the paper around
  GreyPage extra;                    // the same where it is ink that the blank form has not; else 0
  GreyPage folds;                    // 255 where a fold was taken out
  std::vector<std::uint8_t> levels;  // the paper's grey value by tile of kLevelTile pixels, row by row
  int tiles_x = 0, tiles_y = 0;
  int level = 0;       // of the whole paper
  int contrast = 0;    // of printed ink, grey values
  double outside = 0;  // share of the paper that lies beyond the picture
};
inline constexpr int kLevelTile = 32;

// The picture laid on the form's coordinates; pixels beyond it are 255 and counted in `outside`.
GreyPage laid_on_form(const StampForm& form, const StampFrame& frame, GreyView page, double& outside);
ComparedPage compare_with_form(const StampForm& form, const StampFrame& frame, GreyView page);

// A connected piece of ink, in pixels of the compared page.
struct InkPiece {
  int left = 0, top = 0, right = 0, bottom = 0;  // both included
  int count = 0;                                 // pixels with ink
  std::int64_t dark = 0;                         // their sum
  bool at_edge = false;                          // touches what is ignored at the paper's edge
};
struct InkPieces {
  std::vector<InkPiece> pieces;  // from the top; pieces nearer than half a millimetre to each other are one
  int specks = 0;                // pixels of pieces too small to be anything: dust and noise
  bool too_many = false;
};
inline constexpr std::size_t kInkPiecesMost = 200;
InkPieces ink_pieces(const ComparedPage& page);

// A pale straight line from edge to edge, along or across the paper, is a fold: what is no darker than it is taken out
// of `extra`. How many there were.
int take_out_folds(const StampForm& form, ComparedPage& page);

// How like the blank form an area is, -1000 to 1000 (correlation of ink), the form moved by (dx, dy) pixels.
int likeness(const StampForm& form, const ComparedPage& page, const PaperArea& area, int dx, int dy,
             Length moved_v = 0);

}  // namespace scrutineer
