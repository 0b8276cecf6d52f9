// The two readers of one oval. They share no step after the patch: one measures grey, the other looks at strokes.
#pragma once

#include "core/scan/oval_patch.h"
#include "core/scan/reading.h"

namespace scrutineer {

inline constexpr int kDensityNone = 30;  // density reader, per mille of darkness; below: nothing

// What a blank form has at this place. From the template, or nothing where there is none.
struct OvalBlank {
  std::uint16_t inside_ink = 0;                                  // per mille, of the oval's inside
  std::array<std::uint8_t, kPatchWidth * kPatchHeight> print{};  // 1: printed on the form, with some room
};
OvalBlank oval_blank(const OvalPatch& blank);

// Per mille of darkness of the inside, more than the blank form has: none, light (or a speck), clean.
ReaderView density_view(const OvalPatch& patch, const OvalBlank& blank);

// Strokes: how far the largest goes across the oval, how many, how dark; none, light, clean, erased, smeared, circled,
// crossed_out, machine_doubt. Score: per mille of the inside that strokes cover.
ReaderView shape_view(const OvalPatch& patch, const OvalBlank& blank);

// What both agree on.
PlaceReading agree(std::uint16_t place, ReaderView density, ReaderView shape);

// Every limit of the readers, by name, for the batch's list of thresholds.
struct OvalThreshold {
  const char* name;
  int value;
};
const std::vector<OvalThreshold>& oval_mark_thresholds();

}  // namespace scrutineer
