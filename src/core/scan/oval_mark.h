// The two readers of one oval. They share no step after the patch: one measures grey, the other looks at strokes.
#pragma once

#include "core/scan/oval_patch.h"
#include "core/scan/reading.h"

namespace scrutineer {

inline constexpr int kDensityNone = 30;  // density reader, per mille of darkness; below: nothing

// What a blank form has at this place. From the template, or nothing where there is none.
struct OvalBlank {
  std::uint16_t inside_ink = 0;                     // per mille, of the oval's inside
  int line_ink = 0;                                 // of 255: how dark its printed line is
  std::array<std::uint64_t, kPatchHeight> print{};  // a row's bits, the leftmost lowest: printed, with some room
  bool printed(int x, int y) const { return (print[static_cast<std::size_t>(y)] >> x & 1) != 0; }
};
OvalBlank oval_blank(const OvalPatch& blank);

// Per mille of darkness of the inside, more than the blank form has: none, light (or a speck), clean.
ReaderView density_view(const OvalPatch& patch, const OvalBlank& blank);

// Strokes: how far the largest goes across the oval, how many, how dark; none, light, clean, erased, smeared, circled,
// crossed_out, machine_doubt. Score: per mille of the inside that strokes cover.
ReaderView shape_view(const OvalPatch& patch, const OvalBlank& blank);

// Whether the oval's printed line is to be seen, wholly or in part. Where it is not, something hides the place, or the
// paper has a hole there: an empty oval it is not.
bool line_seen(const OvalPatch& patch, const OvalBlank& blank);

// What both agree on.
PlaceReading agree(std::uint16_t place, ReaderView density, ReaderView shape);

// Every limit of the readers, by name, for the batch's list of thresholds.
struct OvalThreshold {
  const char* name;
  int value;
};
const std::vector<OvalThreshold>& oval_mark_thresholds();

}  // namespace scrutineer
