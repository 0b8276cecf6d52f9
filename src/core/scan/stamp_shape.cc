#include "core/scan/stamp_shape.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/scan/stamp_glyph.h"

namespace scrutineer {
namespace {

constexpr int kMargin = 10;                            // pixels around a piece
constexpr double kRadiusLeast = 25, kRadiusMost = 31;  // 6.4 to 7.9 mm
constexpr int kAngles = 64;
constexpr int kThicknessMost = 10;     // of a ring, pixels: 1.3 mm
constexpr double kOtherRing = 7;       // pixels from another stamp's outer edge inwards that may be its ring
constexpr double kCircleLeast = 0.35;  // of 2: ink on the circle, less what is beyond
constexpr int kFaint = 19;             // of 256 of the paper's level
constexpr int kFloor = 11;             // grey values: less is paper

// Per mille; docs/formats/reading-stamps.md has the reasons.
constexpr int kRingWhole = 800, kRingPart = 550;
constexpr int kGlyphLeast = 940;
constexpr int kBranchLeast = 150;  // slope that shows which way round it is
constexpr int kBranchLeastOfPart = 250, kStemLeastOfPart = 850;
constexpr int kBeyondMost = 8;
constexpr int kBulgeMost = 24;  // three rays of 128
constexpr int kOverMost = 400;  // thin signs are much paler than their ring where a scan is soft
constexpr int kInsideMost = 500;
constexpr int kThickMost = 8;                        // pixels: a ring of 1 mm; a pen drawn along it makes it thicker
constexpr double kSizeLeast = 316, kSizeMost = 386;  // hundredths of a millimetre: radius of 3.5 mm, +-8%, blurred

struct Circle {
  std::array<double, kAngles> x, y;
  Circle() {
    const double c = 0.995184726672197, s = 0.098017140329561;  // 360 / 64 degrees
    double a = 1, b = 0;
    for (std::size_t i = 0; i < kAngles; ++i) {
      x[i] = a, y[i] = b;
      const double t = a * c - b * s;
      b = a * s + b * c, a = t;
    }
  }
};
const Circle& circle() {
  static const Circle kCircle;
  return kCircle;
}

// Ink, paper or hidden by printing.
enum : std::uint8_t { kPaper = 0, kInk = 1, kHidden = 2 };

struct Ink {
  int width, height;
  std::vector<std::uint8_t> what;
  std::uint8_t at(double x, double y) const {
    const int ix = static_cast<int>(x + 0.5), iy = static_cast<int>(y + 0.5);
    if (ix < 0 || iy < 0 || ix >= width || iy >= height) return kPaper;
    return what[static_cast<std::size_t>(iy * width + ix)];
  }
};

// A threshold of the patch's own: between its paper and its ink.
int ink_threshold(const StampPatch& patch) {
  std::array<int, 256> histogram{};
  int count = 0;
  for (std::size_t i = 0; i < patch.dark.size(); ++i)
    if (patch.known[i]) ++histogram[patch.dark[i]], ++count;
  // Otsu
  double sum = 0;
  for (int v = 0; v < 256; ++v) sum += static_cast<double>(v) * histogram[static_cast<std::size_t>(v)];
  double low_sum = 0, best = -1;
  int low = 0, threshold = 255;
  for (int v = 0; v < 255; ++v) {
    low += histogram[static_cast<std::size_t>(v)],
        low_sum += static_cast<double>(v) * histogram[static_cast<std::size_t>(v)];
    if (low == 0 || low == count) continue;
    const double a = low_sum / low, b = (sum - low_sum) / (count - low);
    const double between = static_cast<double>(low) * (count - low) * (b - a) * (b - a);
    if (between > best) best = between, threshold = v + 1;
  }
  return std::max(kFloor, threshold * 7 / 10);
}

struct Fit {
  double x = 0, y = 0, radius = 0, score = -1e9;
};

// Ink along the circle, and none just outside it.
double circle_score(const Ink& ink, double x, double y, double radius, int step) {
  const Circle& c = circle();
  int on = 0, outside = 0, known = 0;
  for (std::size_t i = 0; i < kAngles; i += static_cast<std::size_t>(step)) {
    const std::uint8_t edge = ink.at(x + c.x[i] * (radius - 1.2), y + c.y[i] * (radius - 1.2));
    if (edge == kHidden) continue;
    ++known;
    on += edge == kInk || ink.at(x + c.x[i] * (radius - 2.6), y + c.y[i] * (radius - 2.6)) == kInk;
    on += edge == kInk;
    outside += ink.at(x + c.x[i] * (radius + 1.6), y + c.y[i] * (radius + 1.6)) == kInk;
  }
  if (known * step * 3 < kAngles) return -1e9;
  return (on - 1.6 * outside) / known;
}

Fit best_circle(const Ink& ink, int left, int top, int right, int bottom) {
  Fit best;
  auto take = [&](double x, double y, double radius, int step) {
    const double score = circle_score(ink, x, y, radius, step);
    if (score > best.score) best = {x, y, radius, score};
  };
  // A piece cut by printing or by a partial stamp shows less than the whole circle: its middle may lie anywhere near.
  for (int y = top; y <= bottom; y += 3)
    for (int x = left; x <= right; x += 3)
      for (double r : {26.0, 28.0, 30.0}) take(x, y, r, 2);
  if (best.score < -1e8) return best;
  const Fit coarse = best;
  best.score = -1e9;
  for (int dy = -3; dy <= 3; ++dy)
    for (int dx = -3; dx <= 3; ++dx)
      for (double r = std::max(kRadiusLeast, coarse.radius - 2.5); r <= std::min(kRadiusMost, coarse.radius + 2.5);
           r += 0.5)
        take(coarse.x + dx, coarse.y + dy, r, 1);
  const Fit middle = best;
  for (double dy : {-0.5, 0.0, 0.5})
    for (double dx : {-0.5, 0.0, 0.5})
      for (double dr : {-0.25, 0.0, 0.25}) take(middle.x + dx, middle.y + dy, middle.radius + dr, 1);
  return best;
}

// How thick the ring is, and how much of it is there.
int ring_thickness(const Ink& ink, const Fit& fit, StampShape& shape) {
  const Circle& c = circle();
  std::vector<int> thick;
  int known = 0, seen = 0;
  for (std::size_t i = 0; i < kAngles; ++i) {
    int hidden = 0, first = -1, run = 0;
    for (int k = -2; k <= kThicknessMost; ++k) {
      const std::uint8_t v = ink.at(fit.x + c.x[i] * (fit.radius - k), fit.y + c.y[i] * (fit.radius - k));
      hidden += v == kHidden && k <= 3;
      if (first < 0 && v == kInk && k <= 3) first = k;
      if (first >= 0 && v != kInk) break;
      if (first >= 0) ++run;
    }
    if (first < 0 && hidden >= 3) continue;
    ++known;
    if (first < 0 || run < 2) continue;
    ++seen;
    thick.push_back(run + first);  // from the outer edge inwards
  }
  shape.ring = known * 3 < kAngles ? 0 : seen * 1'000 / known;
  if (thick.empty()) return kThicknessMost;
  std::nth_element(thick.begin(), thick.begin() + static_cast<std::ptrdiff_t>(thick.size() / 2), thick.end());
  return thick[thick.size() / 2];
}

constexpr int kRays = 128;
constexpr double kRayStep = 0.5;                  // pixels
constexpr double kRayOut = 5, kRayIn = 14;        // pixels beyond the circle and within it
constexpr double kAtStem = 0.85;                  // cosine of the angle to the stem
constexpr double kAtTip = 0.92;                   // the same to the branch's end
constexpr double kTipNear = 6;                    // pixels between the branch's end and the ring's inner edge
constexpr double kStandsOut = 1.5, kThicker = 2;  // pixels

// Where the ring's ink begins and ends on each ray, from outside. A stamp's ring is as thick everywhere, or thinner
// where ink is missing; a pen drawn along it stands out somewhere.
// The ends of stem and branch may touch it: there only its outer edge counts.
int ring_bulge(const Ink& ink, const Fit& fit, const StampShape& shape) {
  const Circle& c = circle();
  const double tip = std::sqrt(shape.tip_x * shape.tip_x + shape.tip_y * shape.tip_y);
  const bool tip_touches = tip > fit.radius - shape.thick - kTipNear;
  std::vector<double> begins, thick;
  int known = 0;
  for (std::size_t i = 0; i < kRays; ++i) {
    // Between two directions of the circle lies a ray, too.
    const std::size_t a = i / 2, b = (a + i % 2) % kAngles;
    const double dx = (c.x[a] + c.x[b]) / 2, dy = (c.y[a] + c.y[b]) / 2;
    double begin = -1, end = -1;
    bool hidden = false;
    for (double r = fit.radius + kRayOut; r > fit.radius - kRayIn && end < 0 && !hidden; r -= kRayStep) {
      const std::uint8_t what = ink.at(fit.x + dx * r, fit.y + dy * r);
      hidden = what == kHidden;
      if (what == kInk && begin < 0) begin = r;
      if (what == kPaper && begin >= 0) end = r;
    }
    if (hidden) continue;
    ++known;
    if (begin < fit.radius - 4) continue;
    const bool at_sign = std::abs(dx * shape.stem_x + dy * shape.stem_y) > kAtStem ||
                         (tip_touches && dx * shape.tip_x + dy * shape.tip_y > kAtTip * tip);
    begins.push_back(begin - fit.radius), thick.push_back(at_sign ? 0 : end < 0 ? kRayIn : begin - end);
  }
  if (thick.size() < kRays / 8) return 1'000;
  std::vector<double> sorted = thick;
  std::erase(sorted, 0.0);
  if (sorted.empty()) return 1'000;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 4), sorted.end());
  const double usual = sorted[sorted.size() / 4];
  int bulges = 0;
  for (std::size_t i = 0; i < thick.size(); ++i) bulges += begins[i] > kStandsOut || thick[i] > usual + kThicker;
  return bulges * 1'000 / known;
}

// How dark the darker quarter of some ink is.
int darker_quarter(std::vector<std::uint8_t>& values) {
  if (values.size() < 20) return 0;
  const auto at = static_cast<std::ptrdiff_t>(values.size() * 3 / 4);
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

// One stamp has one ink: where a pen went over the ring, the ring is darker than the sign.
int ring_over_sign(const Ink& ink, const StampPatch& patch, const Fit& fit, int thickness) {
  std::vector<std::uint8_t> ring, sign;
  const double inner = fit.radius - thickness - 1.3;
  const int reach = static_cast<int>(fit.radius) + 3;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      const int px = static_cast<int>(fit.x + 0.5) + dx, py = static_cast<int>(fit.y + 0.5) + dy;
      if (ink.at(px, py) != kInk) continue;
      const double square = (px - fit.x) * (px - fit.x) + (py - fit.y) * (py - fit.y);
      if (square <= (fit.radius + 2) * (fit.radius + 2))
        (square <= inner * inner ? sign : ring).push_back(patch.at(px, py));
    }
  const int dark = darker_quarter(sign);
  return dark > 0 ? (darker_quarter(ring) - dark) * 1'000 / dark : 0;
}

// The ink inside the ring. Touching the ring's inner edge is the ring's own roughness.
void read_inside(const Ink& ink, const Fit& fit, int thickness, StampShape& shape) {
  const double inner = fit.radius - thickness - 1.3;
  std::vector<GlyphPixel> pixels;
  int all = 0;
  const int reach = static_cast<int>(inner) + 1;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      if (dx * dx + dy * dy > inner * inner) continue;
      ++all;
      const int px = static_cast<int>(fit.x + 0.5) + dx, py = static_cast<int>(fit.y + 0.5) + dy;
      if (ink.at(px, py) == kInk) pixels.push_back({px - fit.x, py - fit.y});
    }
  shape.inside = all > 0 ? static_cast<int>(pixels.size()) * 1'000 / all : 1'000;
  if (shape.inside > kInsideMost) return;
  const Glyph glyph = read_glyph(pixels, fit.radius);
  shape.glyph = glyph.explained, shape.branch = glyph.slope, shape.stem = glyph.length;
  shape.stem_x = glyph.stem_x, shape.stem_y = glyph.stem_y;
  shape.tip_x = glyph.tip.x, shape.tip_y = glyph.tip.y;
}

void read_ink(const Ink& ink, const StampPatch& patch, const Fit& fit, StampShape& shape) {
  int own = 0, beyond = 0;
  std::int64_t dark = 0;
  const double near = (fit.radius + 1.6) * (fit.radius + 1.6), far = (fit.radius + 7) * (fit.radius + 7);
  const int reach = static_cast<int>(fit.radius) + 8;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      const int px = static_cast<int>(fit.x + 0.5) + dx, py = static_cast<int>(fit.y + 0.5) + dy;
      if (ink.at(px, py) != kInk) continue;
      const double square = (px - fit.x) * (px - fit.x) + (py - fit.y) * (py - fit.y);
      if (square <= near)
        ++own, dark += patch.at(px, py);
      else
        beyond += square <= far;
    }
  shape.dark = own ? static_cast<int>(dark / own) : 0;
  shape.beyond = own ? beyond * 1'000 / own : 1'000;
}

void judge(StampShape& shape) {
  shape.doubt = (1'000 - shape.glyph) * 500 / (1'000 - kGlyphLeast) + shape.bulge * 1'000 / kBulgeMost +
                shape.beyond * 1'000 / kBeyondMost + std::max(0, shape.over) * 1'000 / kOverMost;
  const bool sign = shape.glyph >= kGlyphLeast && shape.beyond <= kBeyondMost && shape.thick <= kThickMost &&
                    shape.bulge <= kBulgeMost && shape.over <= kOverMost && shape.radius >= kSizeLeast &&
                    shape.radius <= kSizeMost;
  shape.whole = sign && shape.ring >= kRingWhole;
  // Of a part only what shows the whole sign: a cut branch may seem to lean the other way.
  shape.part = shape.whole || (sign && shape.ring >= kRingPart && shape.stem >= kStemLeastOfPart &&
                               std::abs(shape.branch) >= kBranchLeastOfPart);
  if (!shape.part) return;
  if (shape.branch >= kBranchLeast) shape.chirality = Chirality::normal;
  if (shape.branch <= -kBranchLeast) shape.chirality = Chirality::mirrored;
}

void take_out(Ink& ink, const Fit& fit) {
  const double reach = fit.radius + 1.8;
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x)
      if ((x - fit.x) * (x - fit.x) + (y - fit.y) * (y - fit.y) <= reach * reach) {
        std::uint8_t& what = ink.what[static_cast<std::size_t>(y * ink.width + x)];
        if (what == kInk) what = kHidden;
      }
}

// Where another stamp's ring runs through this one, nothing is known.
Ink without_others(const Ink& ink, const std::vector<Fit>& fits, const Fit& mine) {
  Ink out = ink;
  for (const Fit& fit : fits) {
    if (&fit == &mine) continue;
    const double inner = fit.radius - kOtherRing, outer = fit.radius + 2;
    for (int y = 0; y < out.height; ++y)
      for (int x = 0; x < out.width; ++x) {
        const double square = (x - fit.x) * (x - fit.x) + (y - fit.y) * (y - fit.y);
        std::uint8_t& what = out.what[static_cast<std::size_t>(y * out.width + x)];
        if (what == kInk && square > inner * inner && square < outer * outer) what = kHidden;
      }
  }
  return out;
}

// Something pale beside what is dark: pencil on a stamp, say. Edges of the ink itself are left out.
int faint_pixels(const Ink& ink, const StampPatch& patch, int least) {
  constexpr int kAway = 3;
  int faint = 0;
  for (int y = kAway; y + kAway < patch.height; ++y)
    for (int x = kAway; x + kAway < patch.width; ++x) {
      const auto index = static_cast<std::size_t>(y * patch.width + x);
      if (ink.what[index] != kPaper || patch.folded[index]) continue;
      // The mean of nine, since a pixel alone is noise.
      int sum = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) sum += patch.at(x + dx, y + dy);
      if (sum < 9 * least) continue;
      bool alone = true;
      for (int dy = -kAway; dy <= kAway && alone; ++dy)
        for (int dx = -kAway; dx <= kAway && alone; ++dx)
          alone = ink.what[index + static_cast<std::size_t>(dy * patch.width + dx)] == kPaper;
      faint += alone;
    }
  return faint;
}

StampShape read_stamp(const Ink& ink, const StampPatch& patch, const Fit& fit) {
  StampShape shape;
  shape.x = patch.x + (fit.x + 0.5) * kShapePixel, shape.y = patch.y + (fit.y + 0.5) * kShapePixel;
  shape.radius = fit.radius * kShapePixel;
  const int thickness = ring_thickness(ink, fit, shape);
  shape.thick = thickness;
  read_inside(ink, fit, thickness, shape);
  read_ink(ink, patch, fit, shape);
  shape.bulge = ring_bulge(ink, fit, shape);
  shape.over = ring_over_sign(ink, patch, fit, thickness);
  judge(shape);
  return shape;
}

}  // namespace

StampPatch stamp_patch(const StampForm& form, const StampFrame& frame, GreyView page, const ComparedPage& compared,
                       const InkPiece& piece) {
  const int tile =
      (piece.top + piece.bottom) / 2 / kLevelTile * compared.tiles_x + (piece.left + piece.right) / 2 / kLevelTile;
  const int level = compared.levels[static_cast<std::size_t>(tile)];
  StampPatch out;
  out.x = static_cast<Length>(piece.left * kStampPixel) - static_cast<Length>(kMargin * kShapePixel);
  out.y = static_cast<Length>(piece.top * kStampPixel) - static_cast<Length>(kMargin * kShapePixel);
  out.width = std::min(kPatchMost, (piece.right - piece.left + 1) * 2 + 2 * kMargin);
  out.height = std::min(kPatchMost, (piece.bottom - piece.top + 1) * 2 + 2 * kMargin);
  std::array<int, 256> light{};
  int known = 0;
  out.dark.assign(static_cast<std::size_t>(out.width * out.height), 0);
  out.known.assign(out.dark.size(), 1);
  out.folded.assign(out.dark.size(), 0);
  for (int py = 0; py < out.height; ++py) {
    const double v = out.y + (py + 0.5) * kShapePixel;
    const PicturePoint a = frame.at(out.x + 0.5 * kShapePixel, v);
    const PicturePoint b = frame.at(out.x + (out.width - 0.5) * kShapePixel, v);
    const double sx = (b.x - a.x) / (out.width - 1), sy = (b.y - a.y) / (out.width - 1);
    for (int px = 0; px < out.width; ++px) {
      const auto index = static_cast<std::size_t>(py * out.width + px);
      const int cx = static_cast<int>((out.x + (px + 0.5) * kShapePixel) / kStampPixel),
                cy = static_cast<int>(v / kStampPixel);
      const bool on = cx >= 0 && cy >= 0 && cx < form.width && cy < form.height;
      if (!on || form.masked.at(cx, cy)) out.known[index] = 0;
      if (on && compared.folds.at(cx, cy)) out.folded[index] = 1;
      const double x = a.x + sx * px, y = a.y + sy * px;
      const int ix = static_cast<int>(x), iy = static_cast<int>(y);
      out.dark[index] = 255;
      if (ix < 0 || iy < 0 || ix + 1 >= page.width || iy + 1 >= page.height) continue;
      const double fx = x - ix, fy = y - iy;
      const std::uint8_t *r0 = page.row(iy) + ix, *r1 = page.row(iy + 1) + ix;
      const double value = (r0[0] * (1 - fx) + r0[1] * fx) * (1 - fy) + (r1[0] * (1 - fx) + r1[1] * fx) * fy;
      out.dark[index] = static_cast<std::uint8_t>(value + 0.5);
      if (out.known[index]) ++light[out.dark[index]], ++known;
    }
  }
  // The paper's own grey value here: what two fifths of the patch are lighter than. Never lighter than it was around.
  int here = 255, seen = 0;
  while (here > 0 && (seen += light[static_cast<std::size_t>(here)]) * 5 < known * 2) --here;
  out.level = std::clamp(here, level * 9 / 10, level * 21 / 20);
  for (std::uint8_t& value : out.dark) value = static_cast<std::uint8_t>(std::max(0, out.level - value));
  return out;
}

StampShapes find_stamps(const StampPatch& patch) {
  StampShapes out;
  Ink ink{patch.width, patch.height, std::vector<std::uint8_t>(patch.dark.size(), kPaper)};
  const int threshold = ink_threshold(patch);
  for (std::size_t i = 0; i < patch.dark.size(); ++i) {
    if (!patch.known[i])
      ink.what[i] = kHidden;
    else if (patch.dark[i] >= threshold)
      ink.what[i] = kInk, ++out.ink;
  }
  out.faint = faint_pixels(ink, patch, patch.level * kFaint >> 8);
  out.unexplained = out.ink;
  const Ink original = ink;
  std::vector<Fit> fits;
  while (fits.size() < kShapesMost && out.unexplained * 6 > out.ink) {
    const int half = static_cast<int>(kRadiusLeast) - 4;
    const int left = std::min(patch.width / 2, half), right = std::max(patch.width / 2, patch.width - half);
    const int top = std::min(patch.height / 2, half), bottom = std::max(patch.height / 2, patch.height - half);
    const Fit fit = best_circle(ink, left, top, right, bottom);
    if (fit.score < kCircleLeast) break;
    take_out(ink, fit);
    const int before = out.unexplained;
    out.unexplained = static_cast<int>(std::count(ink.what.begin(), ink.what.end(), std::uint8_t{kInk}));
    if (before - out.unexplained < out.ink / 20) break;
    fits.push_back(fit);
  }
  for (const Fit& fit : fits) out.stamps.push_back(read_stamp(without_others(original, fits, fit), patch, fit));
  return out;
}

}  // namespace scrutineer
