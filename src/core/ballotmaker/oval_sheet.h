// Hand-marked papers drawn from their definition, with marks of known truth: for tests, rehearsals and
// logic-and-accuracy decks.
#pragma once

#include <array>
#include <cstdint>

#include "core/ballot/oval_definition.h"
#include "core/image/image.h"

namespace scrutineer {

// How somebody marks an oval, or nearly.
enum class OvalInk : std::uint8_t {
  filled,    // as the instructions ask
  scribble,  // a few strokes to and fro
  tick,
  cross,
  line,         // one stroke through it
  pale,         // filled in pencil
  erased,       // was filled in pencil and rubbed out
  crossed_out,  // filled, then struck through far beyond the oval
  circled,      // a circle around the oval
  smeared,      // filled and drawn along
  dot,          // a resting pen
  end_,
};

struct SheetPoint {
  double x = 0, y = 0;
};

// The middle of a point of the grid on a sheet drawn at this resolution; hundredths of a mark.
SheetPoint oval_point(int dpi, GridUnits column, GridUnits row);

// A blank page: timing marks on all four sides (`bottom`: which of the lowest row are there), ovals, lines, and
// something like names and headings, the same for the same seed. 100 to 600 dpi.
GreyPage draw_oval_page(const OvalDefinition& definition, std::size_t page, const std::array<bool, 34>& bottom, int dpi,
                        std::uint64_t seed);

// One mark at a place, on such a page or on a real form whose grid begins at `origin` (pixels of point (0, 0)).
void draw_oval_ink(GreyPage& page, SheetPoint middle, double pixels_per_mark, OvalInk ink, std::uint64_t seed);

// A made-up definition for tests: contests of 2 to 8 options and write-ins over both sides of a letter sheet.
OvalDefinition sample_oval_definition();

}  // namespace scrutineer
