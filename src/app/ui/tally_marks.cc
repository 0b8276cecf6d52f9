#include "app/ui/tally_marks.h"

#include <algorithm>
#include <array>

namespace scrutineer::ui {

namespace {

constexpr std::int64_t kStrokes = 5;
// A polling station counts some thousand ballots; above this the oldest full groups are left to the number.
constexpr std::int64_t kGroupsDrawn = 600;

// In the order in which the character is written, in a box of 40 by 40.
constexpr std::array<Markup, kStrokes> kCharacter = {
    "M5 6H35"_h, "M20 6V34"_h, "M20 19H32"_h, "M10 19V34"_h, "M3 34H37"_h,
};
constexpr std::array<Markup, kStrokes> kGate = {
    "M7 5V35"_h, "M15 5V35"_h, "M23 5V35"_h, "M31 5V35"_h, "M2 31L37 9"_h,
};

void group(Html& h, std::int64_t strokes, bool newest) {
  const auto& all = h.lang() == Lang::ko ? kCharacter : kGate;
  h("<svg class=tm viewBox=\"0 0 40 40\" aria-hidden=true><path d=\""_h);
  const std::int64_t old = newest ? strokes - 1 : strokes;
  for (std::int64_t i = 0; i < old; ++i) h(all[static_cast<std::size_t>(i)]);
  if (newest) h("\"/><path class=new d=\""_h, all[static_cast<std::size_t>(old)]);
  h("\"/></svg>"_h);
}

}  // namespace

void tally_marks(Html& h, std::int64_t count, bool newest) {
  const std::int64_t groups = (count + kStrokes - 1) / kStrokes;
  h("<span class=tms>"_h);
  if (groups > kGroupsDrawn) h("<span aria-hidden=true>…</span>"_h);
  for (std::int64_t i = std::max<std::int64_t>(0, groups - kGroupsDrawn); i < groups; ++i) {
    const bool last = i + 1 == groups;
    group(h, last ? count - i * kStrokes : kStrokes, last && newest);
  }
  h("</span>"_h);
}

}  // namespace scrutineer::ui
