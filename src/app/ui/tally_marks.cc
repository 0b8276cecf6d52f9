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

const std::array<Markup, kStrokes>& strokes_of(Lang lang) {
  return lang == Lang::ko ? kCharacter : kGate;
}

void partial(Html& h, std::int64_t strokes, bool newest) {
  h("<svg class=tm viewBox=\"0 0 40 40\" aria-hidden=true>"_h);
  for (std::int64_t i = 0; i < strokes; ++i) {
    h("<path d=\""_h, strokes_of(h.lang())[static_cast<std::size_t>(i)],
      newest && i + 1 == strokes ? "\" class=new />"_h : "\"/>"_h);
  }
  h("</svg>"_h);
}

}  // namespace

void tally_shapes(Html& h) {
  h("<svg class=defs aria-hidden=true><symbol id=five viewBox=\"0 0 40 40\">"_h);
  for (const Markup& stroke : strokes_of(h.lang())) h("<path d=\""_h, stroke, "\"/>"_h);
  h("</symbol></svg>"_h);
}

void tally_marks(Html& h, std::int64_t count, bool newest) {
  // The group that the newest stroke is in is drawn stroke by stroke, a full one too.
  const std::int64_t last = count == 0 ? 0 : (count - 1) % kStrokes + 1;
  const std::int64_t full = (count - last) / kStrokes;
  h("<span class=tms>"_h);
  if (full > kGroupsDrawn) h("<span class=more aria-hidden=true>…</span>"_h);
  for (std::int64_t i = std::max<std::int64_t>(0, full - kGroupsDrawn); i < full; ++i)
    h("<svg class=tm aria-hidden=true><use href=#five /></svg>"_h);
  if (last > 0) partial(h, last, newest);
  h("</span>"_h);
}

}  // namespace scrutineer::ui
