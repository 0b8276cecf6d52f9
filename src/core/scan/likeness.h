// What tells one paper's picture from another's, so that a paper that was fed twice is noticed: numbers that a second
// feed of the same paper gives again, nearly. Flagged for people, never dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/image/image.h"
#include "core/scan/oval_mask.h"
#include "core/scan/stamp_page.h"

namespace scrutineer {

inline constexpr std::size_t kLikenessValues = 4'096;

struct Likeness {
  std::vector<std::int32_t> values;
  std::vector<std::int32_t> within;    // by how much each may differ
  std::optional<OvalStrokes> strokes;  // of an oval ballot: must be alike, too
};
bool alike(const Likeness& a, const Likeness& b);

// Indices of pictures that look the same, each pair once, first < second, ascending. Pictures without a likeness are
// like none. At most `most` pairs. Time: n log n, and the pairs that share their first value.
std::vector<std::pair<std::size_t, std::size_t>> find_alike(const std::vector<std::optional<Likeness>>& pictures,
                                                            std::size_t most);

// Where the hand pressed: the stamps and the officer's seal, to a quarter of a millimetre, and how much ink they have.
// nullopt: no frame, or nothing pressed.
std::optional<Likeness> stamp_likeness(const StampForm& form, const StampPage& upright);

// The strokes at the marked places. nullopt: nothing is marked.
std::optional<Likeness> oval_likeness(OvalStrokes strokes);

}  // namespace scrutineer
