#include "core/scan/stamp_glyph.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace scrutineer {
namespace {

constexpr int kDirections = 48;      // of a stem, over half a turn
constexpr double kStemLeast = 0.62;  // of the radius: its length
constexpr double kStemMost = 1.75;
constexpr double kBranchOutLeast = 0.16, kBranchOutMost = 0.75;  // how far its tip is from the stem's middle line
constexpr double kStartLow = 0.16, kStartHigh = 0.84;            // where on the stem it begins
constexpr double kOtherSideMost = 0.12;  // of the branch's ink that may lie on the stem's other side
constexpr double kOffCentre = 0.52;      // of the radius: the stem's middle
constexpr std::size_t kPixelsLeast = 60;
constexpr double kStemFilled = 0.75;  // of its length that is inked

// cos and sin of i * 180 / 48 degrees, by adding angles: no library's last bit decides.
struct Directions {
  std::array<double, kDirections> x, y;
  Directions() {
    const double c = 0.997858923238603, s = 0.065403129230143;
    double a = 1, b = 0;
    for (std::size_t i = 0; i < kDirections; ++i) {
      x[i] = a, y[i] = b;
      const double t = a * c - b * s;
      b = a * s + b * c, a = t;
    }
  }
};

struct Stem {
  double x = 0, y = 0;      // direction
  double off = 0;           // of its middle line from the ring's middle
  double half = 0;          // of its width
  double from = 0, to = 0;  // along its direction
};

// The direction and place in which a narrow band holds most ink.
Stem densest_band(const std::vector<GlyphPixel>& ink, double radius) {
  static const Directions kAll;
  const int bins = 2 * static_cast<int>(radius) + 5, middle = bins / 2;
  std::vector<int> count(static_cast<std::size_t>(bins));
  Stem best;
  double most = -1;
  for (std::size_t d = 0; d < kDirections; ++d) {
    std::fill(count.begin(), count.end(), 0);
    const double nx = -kAll.y[d], ny = kAll.x[d];
    for (const GlyphPixel& p : ink) {
      const int bin = static_cast<int>(p.x * nx + p.y * ny + middle + 0.5);
      if (bin >= 0 && bin < bins) ++count[static_cast<std::size_t>(bin)];
    }
    // Long and narrow: the square of what a line of pixels holds, summed over a pen's width.
    for (int b = 2; b + 2 < bins; ++b) {
      const auto i = static_cast<std::size_t>(b);
      const double value = count[i - 1] + count[i] * 1.2 + count[i + 1];
      if (value > most) most = value, best = {kAll.x[d], kAll.y[d], static_cast<double>(b - middle), 0, 0, 0};
    }
  }
  return best;
}

double percentile(std::vector<double>& values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

// The band's width, from how ink falls off to both sides near its middle line; then direction and place once more,
// fitted.
bool refine(const std::vector<GlyphPixel>& ink, double radius, Stem& stem) {
  for (int round = 0; round < 3; ++round) {
    const double nx = -stem.y, ny = stem.x;
    std::array<int, 64> count{}, across{};
    int middle = 32;
    for (const GlyphPixel& p : ink) {
      const int bin = static_cast<int>(p.x * nx + p.y * ny - stem.off + middle + 0.5);
      if (bin >= 0 && bin < 64) ++count[static_cast<std::size_t>(bin)];
    }
    // Smoothed: at 45 degrees every other bin has more pixels.
    for (std::size_t i = 1; i + 1 < 64; ++i) across[i] = count[i - 1] + 2 * count[i] + count[i + 1];
    const int centre = middle;
    for (int i = centre - 2; i <= centre + 2; ++i)
      if (across[static_cast<std::size_t>(i)] > across[static_cast<std::size_t>(middle)]) middle = i;
    const int most = across[static_cast<std::size_t>(middle)];
    int left = middle, right = middle;
    while (left > 2 && across[static_cast<std::size_t>(left - 1)] * 100 > most * 58) --left;
    while (right < 61 && across[static_cast<std::size_t>(right + 1)] * 100 > most * 58) ++right;
    stem.half = std::max(1.5, (right - left) / 2.0);
    stem.off += (left + right) / 2.0 - centre;
    double n = 0, sx = 0, sy = 0, xx = 0, xy = 0, yy = 0;
    for (const GlyphPixel& p : ink) {
      if (std::abs(p.x * nx + p.y * ny - stem.off) > stem.half + 0.6) continue;
      ++n, sx += p.x, sy += p.y, xx += p.x * p.x, xy += p.x * p.y, yy += p.y * p.y;
    }
    if (n < 20) return false;
    const double cxx = xx / n - sx / n * (sx / n), cxy = xy / n - sx / n * (sy / n), cyy = yy / n - sy / n * (sy / n);
    // The longer axis of the ink in the band.
    const double difference = (cxx - cyy) / 2, root = std::sqrt(difference * difference + cxy * cxy);
    double dx = cxy, dy = root - difference;
    if (difference > 0) dx = root + difference, dy = cxy;
    const double length = std::sqrt(dx * dx + dy * dy);
    if (length <= 0) return false;
    dx /= length, dy /= length;
    if (dx * stem.x + dy * stem.y < 0.9 && dx * stem.x + dy * stem.y > -0.9) return true;  // the band as it was
    if (dx * stem.x + dy * stem.y < 0) dx = -dx, dy = -dy;
    stem.x = dx, stem.y = dy;
    stem.off = -dy * sx / n + dx * sy / n;
  }
  return stem.half < radius * 0.35;
}

bool find_ends(const std::vector<GlyphPixel>& ink, double radius, Stem& stem) {
  std::vector<double> along;
  for (const GlyphPixel& p : ink)
    if (std::abs(-p.x * stem.y + p.y * stem.x - stem.off) <= stem.half + 0.6)
      along.push_back(p.x * stem.x + p.y * stem.y);
  if (along.size() < 20) return false;
  stem.from = percentile(along, 0.01), stem.to = percentile(along, 0.99);
  const double length = stem.to - stem.from;
  if (length < kStemLeast * radius || length > kStemMost * radius) return false;
  // Inked over its whole length, not two dots.
  const int steps = static_cast<int>(length) + 1;
  std::vector<char> seen(static_cast<std::size_t>(steps) + 1, 0);
  for (double s : along) {
    const int i = static_cast<int>(s - stem.from);
    if (i >= 0 && i <= steps) seen[static_cast<std::size_t>(i)] = 1;
  }
  const auto filled = std::count(seen.begin(), seen.end(), 1);
  return static_cast<double>(filled) >= kStemFilled * steps;
}

struct Branch {
  double start = 0, slope = 0;  // along the stem at its middle line; for each pixel away from it
  double out = 0;
  int side = 0;
  std::size_t stray = 0;  // pixels that are neither stem nor branch
  std::size_t pixels = 0;
};

bool find_branch(const std::vector<GlyphPixel>& ink, double radius, const Stem& stem, Branch& branch) {
  std::vector<GlyphPixel> rest;  // x: away from the stem (signed), y: along it
  for (const GlyphPixel& p : ink) {
    // n = (dy, -dx): to the right of a stem that runs down.
    const double away = p.x * stem.y - p.y * stem.x + stem.off, along = p.x * stem.x + p.y * stem.y;
    const bool beside = along > stem.from - 2.5 && along < stem.to + 2.5;
    if (std::abs(away) > stem.half + 1.1 || !beside) rest.push_back({away, along});
  }
  double right = 0;
  for (const GlyphPixel& p : rest) right += p.x > 0;
  branch.side = right * 2 > static_cast<double>(rest.size()) ? 1 : -1;
  std::vector<GlyphPixel> mine;
  for (const GlyphPixel& p : rest)
    if (p.x * branch.side > 0) mine.push_back({p.x * branch.side, p.y});
  const double other = static_cast<double>(rest.size() - mine.size());
  if (mine.size() < std::max<std::size_t>(14, ink.size() / 16)) return false;
  if (other > kOtherSideMost * static_cast<double>(ink.size())) return false;
  // along = start + slope * away, fitted twice: once without what is far off.
  double reach = 1e9;
  for (int round = 0; round < 3; ++round) {
    double n = 0, sx = 0, sy = 0, xx = 0, xy = 0;
    for (const GlyphPixel& p : mine) {
      if (std::abs(p.y - branch.start - branch.slope * p.x) > reach) continue;
      ++n, sx += p.x, sy += p.y, xx += p.x * p.x, xy += p.x * p.y;
    }
    const double spread = xx - sx * sx / std::max(n, 1.0);
    if (n < 12 || spread <= 0) return false;
    branch.slope = (xy - sx * sy / n) / spread;
    branch.start = sy / n - branch.slope * sx / n;
    branch.pixels = static_cast<std::size_t>(n);
    reach = std::max(3.5, radius * 0.16) * std::sqrt(1 + branch.slope * branch.slope);
  }
  std::vector<double> out;
  branch.stray = rest.size() - mine.size();
  for (const GlyphPixel& p : mine) {
    const bool on = std::abs(p.y - branch.start - branch.slope * p.x) <= reach;
    branch.stray += !on;
    if (on) out.push_back(p.x);
  }
  if (out.size() < 12) return false;
  branch.out = percentile(out, 0.96);
  return true;
}

}  // namespace

Glyph read_glyph(const std::vector<GlyphPixel>& ink, double radius) {
  Glyph out;
  if (ink.size() < kPixelsLeast) return out;
  Stem stem = densest_band(ink, radius);
  if (!refine(ink, radius, stem) || !find_ends(ink, radius, stem)) return out;
  const double middle = (stem.from + stem.to) / 2;
  if (std::abs(stem.off) > kOffCentre * radius || std::abs(middle) > kOffCentre * radius) return out;
  Branch branch;
  if (!find_branch(ink, radius, stem, branch)) return out;
  const double at = (branch.start - stem.from) / (stem.to - stem.from);
  if (at < kStartLow || at > kStartHigh) return out;
  if (branch.out < kBranchOutLeast * radius || branch.out > kBranchOutMost * radius) return out;
  if (std::abs(branch.slope) > 2.2) return out;
  out.explained = static_cast<int>(1'000 - 1'000 * branch.stray / ink.size());
  out.slope = static_cast<int>(1'000 * branch.slope * branch.side);
  out.stem_x = stem.x, out.stem_y = stem.y;
  const double along = branch.start + branch.slope * branch.out, away = branch.out * branch.side - stem.off;
  out.tip = {along * stem.x + away * stem.y, along * stem.y - away * stem.x};
  out.length = static_cast<int>(1'000 * (stem.to - stem.from) / radius);
  return out;
}

}  // namespace scrutineer
