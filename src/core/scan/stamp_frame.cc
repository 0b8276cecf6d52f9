// In passes: slope, horizontal lines, the ladder of boxes among them, each line measured, vertical lines, which way up.
#include "core/scan/stamp_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/scan/stamp_lines.h"

namespace scrutineer {
namespace {

constexpr double kPixels = 200 / 2'540.0;                  // of a hundredth of a millimetre, nominally
constexpr double kScaleOff = 0.08;                         // by which paper and feed may stretch
constexpr double kLadderOff = 0.012, kLadderPixels = 2.5;  // each line, from where the ones before it lead
constexpr double kBlankDark = 6, kBlankTexture = 3;
constexpr int kSideReach = 6;            // columns beside a vertical line
constexpr double kWeakestOfLines = 0.4;  // of the middle one of the four vertical lines
constexpr double kOfStrongest = 0.6;
constexpr std::size_t kPeaksMost = 400;
constexpr int kShearSteps = 10;
constexpr double kShearStep = 0.0015;  // 1.5 per cent at most: five pixels over a box's width

struct Ladder {
  std::vector<double> y;  // of each line, at the picture's middle
  int weakest = 1 << 30;  // strength of its weakest line
  double scale = 0;       // pixels of a hundredth of a millimetre
};

std::vector<double> lines_of(const StampGeometry& g) {
  std::vector<double> out;
  for (std::size_t i = 0; i < g.boxes; ++i) {
    out.push_back(g.box(i).y);
    out.push_back(g.box(i).bottom());
  }
  return out;
}

const LinePeak* nearest(const std::vector<LinePeak>& peaks, double y, double tolerance) {
  const LinePeak* best = nullptr;
  auto it = std::lower_bound(peaks.begin(), peaks.end(), y - tolerance,
                             [](const LinePeak& peak, double value) { return peak.y < value; });
  for (; it != peaks.end() && it->y <= y + tolerance; ++it)
    if (!best || std::abs(it->y - y) < std::abs(best->y - y)) best = &*it;
  return best;
}

// As many lines as follow from `first` and `second`, each where the ones before it lead.
Ladder climb(const std::vector<double>& lines, const std::vector<LinePeak>& peaks, const LinePeak& first,
             const LinePeak& second) {
  Ladder ladder{
      {first.y, second.y}, std::min(first.strength, second.strength), (second.y - first.y) / (lines[1] - lines[0])};
  while (ladder.y.size() < lines.size()) {
    const std::size_t i = ladder.y.size();
    const double step = (lines[i] - lines[i - 1]) * ladder.scale;
    const double expected = ladder.y.back() + step;
    const LinePeak* peak = nearest(peaks, expected, std::max(kLadderPixels, step * kLadderOff));
    if (!peak) break;
    ladder.y.push_back(peak->y);
    ladder.scale = (peak->y - first.y) / (lines[i] - lines[0]);
    ladder.weakest = std::min(ladder.weakest, peak->strength);
  }
  return ladder;
}

// Ladders with all lines; in `longest` the one that came furthest.
std::vector<Ladder> ladders(const std::vector<double>& lines, const std::vector<LinePeak>& peaks, double off,
                            Ladder& longest) {
  std::vector<Ladder> out;
  const double box = lines[1] - lines[0];
  for (std::size_t a = 0; a < peaks.size(); ++a)
    for (std::size_t b = a + 1; b < peaks.size(); ++b) {
      const double scale = (peaks[b].y - peaks[a].y) / box;
      if (scale > kPixels * (1 + off)) break;
      if (scale < kPixels * (1 - off)) continue;
      Ladder ladder = climb(lines, peaks, peaks[a], peaks[b]);
      if (ladder.y.size() > longest.y.size()) longest = ladder;
      if (ladder.y.size() == lines.size()) out.push_back(std::move(ladder));
    }
  return out;
}

struct StraightLine {
  double at = 0, slope = 0;  // y = at + slope * x
};
// Through points of which some may be wrong: fitted, what is far off left out, fitted again.
std::optional<StraightLine> straight_line(std::vector<PicturePoint> points, double far) {
  StraightLine line;
  for (int round = 0; round < 3; ++round) {
    if (points.size() < 3) return std::nullopt;
    double n = static_cast<double>(points.size()), sx = 0, sy = 0;
    for (const PicturePoint& p : points) sx += p.x, sy += p.y;
    double xx = 0, xy = 0;
    for (const PicturePoint& p : points) xx += (p.x - sx / n) * (p.x - sx / n), xy += (p.x - sx / n) * (p.y - sy / n);
    line.slope = xx > 0 ? xy / xx : 0;
    line.at = sy / n - line.slope * sx / n;
    std::vector<double> off;
    for (const PicturePoint& p : points) off.push_back(std::abs(p.y - line.at - line.slope * p.x));
    std::vector<double> sorted = off;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
    const double limit = std::max(far, 3 * sorted[sorted.size() / 2]);
    std::vector<PicturePoint> kept;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (off[i] <= limit) kept.push_back(points[i]);
    if (kept.size() == points.size()) break;
    points = std::move(kept);
  }
  return line;
}

// Where a line of the ladder runs, from the strips.
std::optional<StraightLine> measured(const LineStrips& strips, double y, int slope) {
  const double middle = (strips.middle.front() + strips.middle.back()) / 2;
  std::vector<PicturePoint> points;
  for (int s = 0; s < strips.count; ++s) {
    const double x = strips.middle[static_cast<std::size_t>(s)];
    const int at = static_cast<int>(y + slope * (x - middle) / 1'000 + 0.5);
    double weight = 0, moment = 0;
    for (int k = -4; k <= 4; ++k) {
      if (at + k < 0 || at + k >= strips.height) continue;
      const double v = strips.strip(s)[at + k];
      weight += v, moment += v * (at + k);
    }
    if (weight > 1'500) points.push_back({x, moment / weight});
  }
  if (points.size() * 10 < static_cast<std::size_t>(strips.count) * 6) return std::nullopt;
  return straight_line(std::move(points), 0.7);
}

// Sum of each column's darkness between two lines that lean.
std::vector<std::int32_t> columns(GreyView page, double top, double bottom, double slope) {
  std::vector<std::int32_t> out(static_cast<std::size_t>(page.width), 0);
  std::vector<std::uint16_t> sum(static_cast<std::size_t>(page.width), 0);
  const int first = std::max(0, static_cast<int>(top) + 1), last = std::min(page.height - 1, static_cast<int>(bottom));
  const double middle = (first + last) / 2.0;
  for (int y = first; y <= last; ++y) {
    // Vertical lines lean the other way.
    const double lean = -slope * (y - middle);
    const int shift = static_cast<int>(lean + (lean < 0 ? -0.5 : 0.5));
    const std::uint8_t* from = page.row(y) + shift;
    std::uint16_t* to = sum.data();
    const int begin = std::max(0, -shift), end = std::min(page.width, page.width - shift);
    for (int x = begin; x < end; ++x) to[x] = static_cast<std::uint16_t>(to[x] + (255 - from[x]));
  }
  for (std::size_t x = 0; x < out.size(); ++x) out[x] = sum[x];
  return out;
}

struct Columns {                   // of one box
  double y = 0;                    // its middle
  std::vector<std::int32_t> line;  // how much darker than beside it
};

std::vector<Columns> columns_of_boxes(GreyView page, const Ladder& ladder, double slope, double lean_x) {
  std::vector<Columns> out;
  for (std::size_t i = 0; i + 1 < ladder.y.size(); i += 2) {
    // Lines lean: what is at the middle of the picture is not at its sides. Rows near a line are left out.
    const double margin = 5 + std::abs(slope) * lean_x;
    double top = ladder.y[i] + margin, bottom = ladder.y[i + 1] - margin;
    if (bottom - top < 24) top = (ladder.y[i] + ladder.y[i + 1]) / 2 - 12, bottom = top + 24;
    const std::vector<std::int32_t> dark = columns(page, top, bottom, slope);
    Columns box{(top + bottom) / 2, std::vector<std::int32_t>(dark.size(), 0)};
    const auto rows = static_cast<std::int32_t>(bottom - top);
    for (std::size_t x = kSideReach; x + kSideReach < dark.size(); ++x)
      box.line[x] =
          std::clamp<std::int32_t>((2 * dark[x] - dark[x - kSideReach] - dark[x + kSideReach]) / 2, 0, rows * 110);
    out.push_back(std::move(box));
  }
  return out;
}

// Columns of all boxes, each moved back by how far a vertical line leans at its height.
std::vector<std::int32_t> columns_together(const std::vector<Columns>& boxes, double lean, double y_reference) {
  const int width = static_cast<int>(boxes.front().line.size());
  std::vector<std::int32_t> sum(boxes.front().line.size(), 0);
  for (const Columns& box : boxes) {
    const double shift = -lean * (box.y - y_reference);
    const int by = static_cast<int>(shift + (shift < 0 ? -0.5 : 0.5));
    for (int x = std::max(0, -by); x < std::min(width, width - by); ++x)
      sum[static_cast<std::size_t>(x)] += box.line[static_cast<std::size_t>(x + by)];
  }
  return sum;
}

// How vertical lines lean: as the horizontal ones, but for what the feed sheared. Where they are sharpest.
double vertical_lean(const std::vector<Columns>& boxes, double lean, double y_reference) {
  double best = lean, most = -1;
  for (int step = -kShearSteps; step <= kShearSteps; ++step) {
    const double candidate = lean + step * kShearStep;
    double sharp = 0;
    for (std::int32_t v : columns_together(boxes, candidate, y_reference)) sharp += static_cast<double>(v) * v;
    // Few boxes say little: the straight one unless another is clearly sharper.
    if (step == 0) sharp *= 1.02;
    if (sharp > most) most = sharp, best = candidate;
  }
  return best;
}

struct Sides {
  double x0 = 0, scale = 0;  // left line at y_reference; pixels of a hundredth of a millimetre
  double strength = 0;       // of its weakest line
  double total = 0;
};

// The four vertical lines, at `offsets` from the left one.
Sides best_sides(const std::vector<std::int32_t>& sum, const std::vector<double>& offsets) {
  std::vector<std::int32_t> wide(sum.size(), 0);
  for (std::size_t x = 1; x + 1 < sum.size(); ++x) wide[x] = std::max({sum[x - 1], sum[x], sum[x + 1]});
  Sides best;
  for (int step = -40; step <= 40; ++step) {
    const double scale = kPixels * (1 + step * 0.002);
    const int reach = static_cast<int>(offsets.back() * scale + 0.5);
    for (int x = 0; x + reach < static_cast<int>(wide.size()); ++x) {
      double total = 0, weakest = 1e18;
      for (double offset : offsets) {
        const double v = wide[static_cast<std::size_t>(x + static_cast<int>(offset * scale + 0.5))];
        total += v, weakest = std::min(weakest, v);
      }
      if (total > best.total) best = {static_cast<double>(x), scale, weakest, total};
    }
  }
  return best;
}

std::optional<double> line_near(const Columns& box, double x) {
  const int at = static_cast<int>(x + 0.5);
  double weight = 0, moment = 0;
  for (int k = -4; k <= 4; ++k) {
    if (at + k < 0 || at + k >= static_cast<int>(box.line.size())) continue;
    const double v = box.line[static_cast<std::size_t>(at + k)];
    weight += v, moment += v * (at + k);
  }
  if (weight < 2'000) return std::nullopt;
  return moment / weight;
}

// x of a vertical line as a straight line over y, from all boxes.
std::optional<StraightLine> side_line(const std::vector<Columns>& boxes, double x, double slope, double y_reference) {
  std::vector<PicturePoint> points;
  for (const Columns& box : boxes)
    if (auto found = line_near(box, x - slope * (box.y - y_reference))) points.push_back({box.y, *found});
  if (points.size() * 10 < boxes.size() * 7) return std::nullopt;
  if (points.size() < 3) {  // one or two boxes: as the other lines lean
    double at = 0;
    for (const PicturePoint& p : points) at += p.y + slope * p.x;
    return StraightLine{at / static_cast<double>(points.size()), -slope};
  }
  return straight_line(std::move(points), 0.8);
}

PicturePoint crossing(const StraightLine& across, const StraightLine& down) {
  // y = a + b x and x = c + d y
  const double y = (across.at + across.slope * down.at) / (1 - across.slope * down.slope);
  return {down.at + down.slope * y, y};
}

StampFrameResult refused(SheetDefect defect, std::string detail) {
  return {defect, std::move(detail), {}};
}

// Why no ladder of this form was found.
StampFrameResult no_ladder(const StampGeometry& g, GreyView page, const LineStrips& strips,
                           const std::vector<LinePeak>& peaks, const Ladder& longest, int slope) {
  if (std::abs(slope) >= kSlopeMost - 1 && peaks.size() >= 4)
    return refused(SheetDefect::skew, "the paper lies turned by more than 3.5 degrees");
  if (peaks.empty() && strips.mean_dark < 60) {
    std::uint64_t texture = 0;
    for (std::uint16_t v : strips.strength) texture += v;
    const double mean = static_cast<double>(texture) / static_cast<double>(strips.strength.size() * kStripWidth);
    if (mean < kBlankTexture) return refused(SheetDefect::blank_page, "nothing is printed on this page");
  }
  const std::vector<double> lines = lines_of(g);
  const std::size_t found = longest.y.size();
  if (found >= 4 && found < lines.size()) {
    const double next = longest.y.back() + (lines[found] - lines[found - 1]) * longest.scale;
    if (next > page.height - 8)
      return refused(SheetDefect::cut_short,
                     fmt::format("the picture ends behind line {} of {} of the boxes", found, lines.size()));
  }
  std::vector<std::size_t> seen;
  for (std::size_t options = 1; options <= kStampOptionsMost; ++options) {
    if (options == g.boxes) continue;
    auto other = stamp_geometry("2025-06-03", options);
    Ladder ignored;
    if (other && !ladders(lines_of(*other), peaks, kScaleOff, ignored).empty()) seen.push_back(options);
  }
  if (!seen.empty() && seen.back() >= 2)
    return refused(SheetDefect::wrong_election,
                   fmt::format("a stamp paper with {} boxes; this election has {}", seen.back(), g.boxes));
  Ladder stretched;
  if (!ladders(lines, peaks, 0.16, stretched).empty())
    return refused(SheetDefect::stretch, "the picture is stretched by more than 8 per cent");
  if (found >= 2 && peaks.size() >= 3)
    return refused(SheetDefect::registration_frame,
                   fmt::format("{} of {} lines of the boxes were found", found, lines.size()));
  return refused(SheetDefect::not_this_ballot, "no boxes of a stamp paper were found");
}

// One more box above or below: the paper has more of them than the form.
bool goes_on(const StampGeometry& g, const Ladder& ladder, const std::vector<LinePeak>& peaks) {
  const double box = g.first_box.height * ladder.scale, pitch = g.pitch * ladder.scale;
  auto both = [&](double top) {
    return nearest(peaks, top, kLadderPixels) && nearest(peaks, top + box, kLadderPixels);
  };
  return both(ladder.y.front() - pitch) || both(ladder.y[ladder.y.size() - 2] + pitch);
}

std::string fill_frame(const StampGeometry& g, const LineStrips& strips, const Ladder& ladder, int slope,
                       const StraightLine& left, const StraightLine& right, StampFrame& out) {
  const std::vector<double> lines = lines_of(g);
  const double line_mid = 0;
  out.u_left = g.first_box.x + line_mid, out.u_right = g.first_box.right();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto line = measured(strips, ladder.y[i], slope);
    if (!line) return fmt::format("line {} of the boxes is not straight or not whole", i + 1);
    out.knots.push_back({lines[i], crossing(*line, left), crossing(*line, right)});
  }
  const StampFrame::Knot &first = out.knots.front(), &last = out.knots.back();
  const double span = last.v - first.v;
  out.per_v_left = {(last.left.x - first.left.x) / span, (last.left.y - first.left.y) / span};
  out.per_v_right = {(last.right.x - first.right.x) / span, (last.right.y - first.right.y) / span};
  out.slope = slope / 1'000.0;
  out.scale_y = ladder.scale;
  const double dx = first.right.x - first.left.x, dy = first.right.y - first.left.y;
  out.scale_x = std::sqrt(dx * dx + dy * dy) / (out.u_right - out.u_left);
  return {};
}

}  // namespace

PicturePoint StampFrame::at(double u, double v) const {
  PicturePoint l, r;
  if (v <= knots.front().v || v >= knots.back().v) {
    const Knot& k = v <= knots.front().v ? knots.front() : knots.back();
    const double d = v - k.v;
    l = {k.left.x + per_v_left.x * d, k.left.y + per_v_left.y * d};
    r = {k.right.x + per_v_right.x * d, k.right.y + per_v_right.y * d};
  } else {
    auto it = std::upper_bound(knots.begin(), knots.end(), v, [](double value, const Knot& k) { return value < k.v; });
    const Knot &a = *(it - 1), &b = *it;
    const double t = (v - a.v) / (b.v - a.v);
    l = {a.left.x + (b.left.x - a.left.x) * t, a.left.y + (b.left.y - a.left.y) * t};
    r = {a.right.x + (b.right.x - a.right.x) * t, a.right.y + (b.right.y - a.right.y) * t};
  }
  const double s = (u - u_left) / (u_right - u_left);
  return {l.x + (r.x - l.x) * s, l.y + (r.y - l.y) * s};
}

StampFrameResult find_stamp_frame(const StampGeometry& g, GreyView page) {
  if (page.width < 400 || page.height < 200)
    return refused(SheetDefect::not_this_ballot, "the picture is too small for a stamp paper");
  const LineStrips strips = line_strips(page);
  const int slope = line_slope(strips);
  const std::vector<LinePeak> peaks = line_peaks(strips, slope);
  if (peaks.size() > kPeaksMost) return refused(SheetDefect::not_this_ballot, "the picture is full of lines");
  Ladder longest;
  std::vector<Ladder> found = ladders(lines_of(g), peaks, kScaleOff, longest);
  // Few boxes are also seen where a title and a fold happen to stand; the frame's lines are much stronger.
  int strongest = 0;
  for (const Ladder& ladder : found) strongest = std::max(strongest, ladder.weakest);
  std::erase_if(found, [&](const Ladder& ladder) { return ladder.weakest < kOfStrongest * strongest; });
  if (found.empty()) return no_ladder(g, page, strips, peaks, longest, slope);
  if (std::any_of(found.begin(), found.end(), [&](const Ladder& ladder) { return goes_on(g, ladder, peaks); }))
    return refused(SheetDefect::wrong_election,
                   fmt::format("the paper has more boxes than this election's {}", g.boxes));
  if (found.size() > 1)
    return refused(SheetDefect::double_feed, "the boxes are seen twice: two sheets, or a ghost of one");
  const Ladder& ladder = found.front();
  std::size_t strays = 0;  // lines across the paper that are none of the ladder's
  for (const LinePeak& peak : peaks)
    strays += std::none_of(ladder.y.begin(), ladder.y.end(), [&](double y) { return std::abs(y - peak.y) < 5; }) &&
              peak.coverage > 900 && peak.strength > 1'200;
  if (strays >= 4)
    return refused(SheetDefect::double_feed, "more lines than one paper has: two sheets, one over the other");

  const double lean = slope / 1'000.0, y_reference = page.height / 2.0;
  const std::vector<Columns> boxes = columns_of_boxes(page, ladder, lean, 290);
  const double lean_down = vertical_lean(boxes, lean, y_reference);
  if (std::abs(lean_down - lean) > (kShearSteps - 0.5) * kShearStep)
    return refused(SheetDefect::skew, "lines down the paper do not stand upright on lines across it");
  const std::vector<std::int32_t> sum = columns_together(boxes, lean_down, y_reference);
  const double w = g.first_box.width;
  const Sides normal = best_sides(sum, {0, static_cast<double>(g.number_width), w - g.stamp_width, w});
  const Sides turned = best_sides(sum, {0, static_cast<double>(g.stamp_width), w - g.number_width, w});
  const Sides& sides = normal.total >= turned.total ? normal : turned;
  const Sides& other = normal.total >= turned.total ? turned : normal;
  if (sides.strength < kWeakestOfLines * sides.total / 4 || sides.strength < 2 * other.strength)
    return refused(SheetDefect::registration_frame, "the columns of the boxes were not found");
  const auto left = side_line(boxes, sides.x0, lean_down, y_reference);
  const auto right = side_line(boxes, sides.x0 + w * sides.scale, lean_down, y_reference);
  if (!left || !right) return refused(SheetDefect::registration_frame, "the sides of the boxes were not found");

  StampFrameResult out;
  out.frame.upside_down = &sides == &turned;
  if (out.frame.upside_down) return out;  // the caller turns the picture and asks again
  std::string wrong = fill_frame(g, strips, ladder, slope, *left, *right, out.frame);
  if (!wrong.empty()) return refused(SheetDefect::registration_frame, std::move(wrong));
  const double ratio = out.frame.scale_x / out.frame.scale_y;
  if (std::abs(ratio - 1) > 0.06 || std::abs(out.frame.scale_x / kPixels - 1) > kScaleOff)
    return refused(SheetDefect::stretch, fmt::format("{:.1f} per cent longer than wide", (1 / ratio - 1) * 100));
  return out;
}

}  // namespace scrutineer
