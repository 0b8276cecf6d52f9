#include "app/ui/chart.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kPalette = 8;  // classes c0 to c7 of the style sheet; c8 is the grey for all further options

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' && text.substr(1).find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

// Presentation attributes, never style="": the content security policy forbids inline styles.
void fill(Html& h, const Contest& contest, std::size_t option) {
  const std::string& colour = contest.options[option].colour;
  if (is_colour(colour))
    h(" fill=\""_h, colour, "\""_h);
  else
    h(" class=c"_h, Plain{static_cast<std::int64_t>(std::min(option, kPalette))});
}

void tenths(Html& h, std::int64_t value) {
  h(Plain{value / 10});
  if (value % 10 != 0) h("."_h, Plain{value % 10});
}

struct Dot {
  double angle;  // 0 at the left end of the half circle
  double radius;
};

// As many rings as make the gaps between seats even; each ring holds seats in proportion to its length.
std::vector<Dot> seat_places(std::int64_t seats) {
  const int rings = static_cast<int>(std::clamp(std::sqrt(static_cast<double>(seats) / 3.2), 1.0, 14.0));
  double length = 0;
  for (int ring = 0; ring < rings; ++ring) length += 40 + 60.0 * (ring + 1) / rings;
  std::vector<Dot> places;
  std::int64_t left = seats;
  for (int ring = rings; ring-- > 0;) {
    const double radius = 40 + 60.0 * (ring + 1) / rings;
    const auto here =
        ring == 0 ? left : std::min<std::int64_t>(left, std::llround(static_cast<double>(left) * radius / length));
    length -= radius;
    left -= here;
    for (std::int64_t i = 0; i < here; ++i) {
      const double step = here == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(here - 1);
      places.push_back({step * std::numbers::pi, radius});
    }
  }
  std::stable_sort(places.begin(), places.end(), [](const Dot& a, const Dot& b) { return a.angle < b.angle; });
  return places;
}

void dot(Html& h, const Dot& place) {
  h(" cx="_h);
  tenths(h, std::llround((105 - place.radius * std::cos(place.angle)) * 10));
  h(" cy="_h);
  tenths(h, std::llround((105 - place.radius * std::sin(place.angle)) * 10));
  h(" />"_h);
}

}  // namespace

void swatch(Html& h, const Contest& contest, std::size_t option) {
  h("<svg class=k aria-hidden=true><rect width=100% height=100%"_h);
  fill(h, contest, option);
  h(" /></svg>"_h);
}

void share_bar(Html& h, const Contest& contest, std::size_t option, Percent share) {
  const std::optional<std::int64_t> width = per_mille(share);
  if (!width) return;
  h("<svg class=b aria-hidden=true><rect height=9 width="_h);
  tenths(h, std::min<std::int64_t>(*width, 1000));
  h("%"_h);
  fill(h, contest, option);
  h(" /></svg>"_h);
}

void share_strip(Html& h, const Contest& contest, std::span<const Count> votes, std::span<const std::size_t> order,
                 const Count& base, ChartLabel label) {
  h("<svg class=s "_h);
  if (label == ChartLabel::labelled)
    h("role=img aria-label=\""_h, msg::shares_chart, "\">"_h);
  else
    h("aria-hidden=true>"_h);
  std::int64_t at = 0;  // of the votes, not of rounded widths, so that the pieces meet
  for (std::size_t option : order) {
    const Count end = add(Count{at}, votes[option]);
    const auto from = per_mille({at, base}), to = per_mille({end, base});
    if (!from || !to) continue;
    at = *end;
    if (*to <= *from || *to > 1000) continue;
    h("<rect height=99 x="_h);
    tenths(h, *from);
    h("% width="_h);
    tenths(h, *to - *from);
    h("%"_h);
    fill(h, contest, option);
    h(" />"_h);
  }
  h("</svg>"_h);
}

void progress_bar(Html& h, Progress progress) {
  const std::optional<std::int64_t> width = per_mille({progress.counted, progress.total});
  if (!width) return;
  h("<svg class=\"b p\" aria-hidden=true><rect height=9 width="_h);
  tenths(h, std::min<std::int64_t>(*width, 1000));
  h("% /></svg>"_h);
}

void hemicycle(Html& h, const Contest& contest, const Seats& seats, std::span<const std::size_t> order) {
  const std::vector<Dot> places = seat_places(seats.total);
  const double size =
      std::min(6.0, 100.0 / std::sqrt(static_cast<double>(std::max<std::int64_t>(seats.total, 1)) * 2.6));
  h("<svg class=hemi viewBox=\"-2 -2 214 116\" role=img aria-label=\""_h).say(msg::seats_chart, seats.total)("\">"_h);
  std::size_t next = 0;
  const auto group = [&](std::int64_t count, auto paint) {
    if (count <= 0 || next >= places.size()) return;
    h("<g"_h);
    paint();
    h(">"_h);
    for (; count > 0 && next < places.size(); --count) {
      h("<circle r="_h);
      tenths(h, std::llround(size * 10));
      dot(h, places[next++]);
    }
    h("</g>"_h);
  };
  for (std::size_t option : order) {
    if (option < seats.by_option.size()) group(seats.by_option[option], [&] { fill(h, contest, option); });
  }
  group(seats.total, [&] { h(" class=open"_h); });
  h("<text x=105 y=106 text-anchor=middle>"_h, seats.total, "</text></svg>"_h);
}

}  // namespace scrutineer::ui
