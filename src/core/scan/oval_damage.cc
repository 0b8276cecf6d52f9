#include "core/scan/oval_damage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "core/image/grey.h"
#include "core/scan/oval_chain.h"
#include "core/scan/oval_sample.h"

namespace scrutineer {
namespace {

// In pixels of the small picture, where marks stand 12.5 apart.
constexpr int kBorderLeast = 9;                  // a black edge that broad reaches the timing marks
constexpr int kHoleLeast = 13, kHoleMost = 200;  // across: more than a mark's distance, that no print is
constexpr int kStreakBroadest = 40;
constexpr int kFoldReach = 3;                      // rows above and below a fold that are light
constexpr int kDarkShare = 850, kFoldShare = 930;  // per mille of a column, of a row
constexpr int kHoleFill = 560;    // per mille of a hole's square: a disc has 785, less where it joins a timing mark
constexpr int kSharpLeast = 520;  // per mille of the contrast over four pixels, at the sharpest edges
constexpr std::size_t kCandidatesMost = 300;  // of marks along one side; more: noise

struct Tones {
  int paper = 255, print = 0;
  bool dark(int value) const { return 2 * value < paper + print; }
};

Tones tones_of(GreyView small) {
  const Histogram values = histogram(small, 0, 0, small.width, small.height);
  return {percentile(values, 900), percentile(values, 5)};
}

int dark_of_column(GreyView small, const Tones& tones, int x) {
  int dark = 0;
  for (int y = 0; y < small.height; ++y) dark += tones.dark(small.at(x, y)) ? 1 : 0;
  return dark * 1000 / small.height;
}

int dark_of_row(GreyView small, const Tones& tones, int y) {
  int dark = 0;
  for (int x = 0; x < small.width; ++x) dark += tones.dark(small.at(x, y)) ? 1 : 0;
  return dark * 1000 / small.width;
}

template <class Dark>
int border(int size, Dark&& dark) {
  int broad = 0;
  while (broad < size && dark(broad) >= kDarkShare) ++broad;
  return broad;
}

struct Borders {
  int left = 0, right = 0, top = 0, bottom = 0;
  int broadest() const { return std::max({left, right, top, bottom}); }
};

Borders borders_of(GreyView small, const Tones& tones) {
  const int w = small.width, h = small.height;
  return {border(w, [&](int i) { return dark_of_column(small, tones, i); }),
          border(w, [&](int i) { return dark_of_column(small, tones, w - 1 - i); }),
          border(h, [&](int i) { return dark_of_row(small, tones, i); }),
          border(h, [&](int i) { return dark_of_row(small, tones, h - 1 - i); })};
}

// 34 marks with light between them.
bool is_top_row(GreyView small, const Tones& tones, PagePoint from, PagePoint to) {
  if (!is_full_row(small, from, to)) return false;
  int light = 0;
  for (int i = 0; i < 33; ++i) {
    const float part = (static_cast<float>(i) + 0.5F) / 33;
    const auto x = static_cast<int>(from.x + (to.x - from.x) * part);
    const auto y = static_cast<int>(from.y + (to.y - from.y) * part);
    bool gap = small.holds(x, y - 2) && small.holds(x, y + 2);
    for (int at = y - 2; gap && at <= y + 2; ++at) gap = !tones.dark(small.at(x, at));
    light += gap ? 1 : 0;
  }
  return light >= 29;
}

// A sheet has one full row of timing marks, at its top.
bool two_top_rows(GreyView small, const Tones& tones) {
  const int strip = small.width / 5;
  const auto left = mark_candidates(small, 0, strip), right = mark_candidates(small, small.width - strip, small.width);
  if (left.size() > kCandidatesMost || right.size() > kCandidatesMost) return false;
  const float pitch = static_cast<float>(small.width) / 34, tilt = 0.07F * static_cast<float>(small.width);
  const auto middle = [](const MarkCandidate& mark) {
    return PagePoint{static_cast<float>(mark.left + mark.right) / 2, mark.y};
  };
  float first = -1;
  for (const MarkCandidate& a : left) {
    if (first >= 0 && a.y < first + 3 * pitch) continue;
    for (const MarkCandidate& b : right) {
      if (std::abs(a.y - b.y) > tilt || !is_top_row(small, tones, middle(a), middle(b))) continue;
      if (first >= 0) return true;
      first = a.y;
      break;
    }
  }
  return false;
}

// The first column of a dark line from edge to edge, beside the borders; -1: none.
int broad_streak(GreyView small, const Tones& tones, const Borders& borders) {
  int broad = 0;
  for (int x = borders.left; x < small.width - borders.right; ++x) {
    if (dark_of_column(small, tones, x) >= kDarkShare) {
      ++broad;
      continue;
    }
    if (broad > 0 && broad <= kStreakBroadest) return x - broad;
    broad = 0;
  }
  return -1;
}

struct Blob {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0, cells = 0;
  int width() const { return x1 - x0 + 1; }
  int height() const { return y1 - y0 + 1; }
};

// The dark area that begins here; its cells are taken out.
Blob taken_blob(std::vector<std::uint8_t>& dark, int width, std::size_t start) {
  const int column = static_cast<int>(start) % width, line = static_cast<int>(start) / width;
  Blob blob{column, line, column, line, 0};
  std::vector<std::size_t> stack{start};
  dark[start] = 0;
  while (!stack.empty()) {
    const std::size_t at = stack.back();
    stack.pop_back();
    const int x = static_cast<int>(at) % width, y = static_cast<int>(at) / width;
    blob = {std::min(blob.x0, x), std::min(blob.y0, y), std::max(blob.x1, x), std::max(blob.y1, y), blob.cells + 1};
    const auto step = static_cast<std::size_t>(width);
    const std::array<std::size_t, 4> next{x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at, at >= step ? at - step : at,
                                          at + step < dark.size() ? at + step : at};
    for (const std::size_t to : next) {
      if (dark[to] == 0) continue;
      dark[to] = 0;
      stack.push_back(to);
    }
  }
  return blob;
}

// Something round and black that no print is: what lies behind the paper.
std::optional<Blob> black_disc(GreyView small, const Tones& tones) {
  std::vector<std::uint8_t> dark(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height));
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x)
      dark[static_cast<std::size_t>(y * small.width + x)] = tones.dark(small.at(x, y)) ? 1 : 0;
  }
  for (std::size_t start = 0; start < dark.size(); ++start) {
    if (dark[start] == 0) continue;
    const Blob blob = taken_blob(dark, small.width, start);
    const int small_side = std::min(blob.width(), blob.height()), large_side = std::max(blob.width(), blob.height());
    // What reaches the picture's edge is a border, or a corner that is gone.
    if (blob.x0 == 0 || blob.y0 == 0 || blob.x1 + 1 == small.width || blob.y1 + 1 == small.height) continue;
    if (small_side < kHoleLeast || large_side > kHoleMost || large_side * 2 > small_side * 3) continue;
    if (blob.cells * 1000 >= blob.width() * blob.height() * kHoleFill) return blob;
  }
  return std::nullopt;
}

// How much of a slanted line across the picture is darker than what lies above and below: per mille.
int fold_share(GreyView small, const Tones& tones, int y, int slope) {  // slope: rows per 256 columns
  int dips = 0, columns = 0;
  const int least = (tones.paper - tones.print) / 8;
  for (int x = 0; x < small.width; x += 2) {
    const int at = y + slope * x / 256;
    if (at - kFoldReach < 0 || at + kFoldReach >= small.height) return 0;
    const int light = std::min(small.at(x, at - kFoldReach), small.at(x, at + kFoldReach));
    const int dark = std::min({small.at(x, at - 1), small.at(x, at), small.at(x, at + 1)});
    ++columns;
    dips += dark + least < light ? 1 : 0;
  }
  return dips * 1000 / std::max(1, columns);
}

// The row at which a fold begins at the left edge; -1: none.
int fold_row(GreyView small, const Tones& tones) {
  constexpr int kSteepest = 18;  // 4 degrees
  for (int slope = -kSteepest; slope <= kSteepest; ++slope) {
    for (int y = 0; y < small.height; ++y) {
      if (fold_share(small, tones, y, slope) >= kFoldShare) return y;
    }
  }
  return -1;
}

// Of the sharpest edges: how much of the contrast they pass within four pixels, per mille.
int sharpness(GreyView page) {
  const Histogram values = histogram(page, 0, 0, page.width, page.height, 3);
  const int contrast = percentile(values, 900) - percentile(values, 5);
  Histogram steps{};
  for (int y = 0; y + 4 < page.height; y += 5) {
    const std::uint8_t *line = page.row(y), *below = page.row(y + 4);
    for (int x = 0; x + 4 < page.width; ++x)
      ++steps[static_cast<std::size_t>(std::max(std::abs(line[x] - line[x + 4]), std::abs(line[x] - below[x])))];
  }
  return percentile(steps, 995) * 1000 / std::max(1, contrast);
}

std::string at_edge(const Borders& borders, GreyView small) {
  const int broad = borders.broadest();
  const char* side = broad == borders.left    ? "left"
                     : broad == borders.right ? "right"
                     : broad == borders.top   ? "upper"
                                              : "lower";
  return fmt::format("a black border at the {} edge, {} per mille of the breadth", side, broad * 1000 / small.width);
}

}  // namespace

std::optional<OvalDamage> find_oval_damage(GreyView page, GreyView small, const StreakColumns& streaks) {
  const Tones tones = tones_of(small);
  if (two_top_rows(small, tones))
    return OvalDamage{SheetDefect::double_feed, "two upper borders of timing marks: one sheet lies over another"};
  const Borders borders = borders_of(small, tones);
  if (borders.broadest() >= kBorderLeast) return OvalDamage{SheetDefect::dark_border, at_edge(borders, small)};
  const auto thin = std::find(streaks.begin(), streaks.end(), 1);
  const int streak = thin != streaks.end() ? static_cast<int>(thin - streaks.begin()) * small.width / page.width
                                           : broad_streak(small, tones, borders);
  if (streak >= 0)
    return OvalDamage{SheetDefect::streak, fmt::format("a line along the feed, at {} per mille of the breadth",
                                                       streak * 1000 / small.width)};
  if (const auto hole = black_disc(small, tones)) {
    return OvalDamage{SheetDefect::hole, fmt::format("a hole at {} per mille of the breadth and {} of the height",
                                                     (hole->x0 + hole->x1) * 500 / small.width,
                                                     (hole->y0 + hole->y1) * 500 / small.height)};
  }
  if (const int row = fold_row(small, tones); row >= 0)
    return OvalDamage{SheetDefect::fold, fmt::format("a dark line across the paper, at {} per mille of the height",
                                                     row * 1000 / small.height)};
  if (const int sharp = sharpness(page); sharp < kSharpLeast)
    return OvalDamage{SheetDefect::blur, fmt::format("the sharpest edges are {} per mille sharp", sharp)};
  return std::nullopt;
}

bool line_across(GreyView page, const OvalFrame& frame, const OvalGround& ground, float row) {
  constexpr int kHeights = 19, kPoints = 124;  // over two thirds of a row's distance; four points from mark to mark
  constexpr int kInk = 60;                     // of 255
  constexpr int kShare = 900;                  // per mille of the points
  std::array<std::array<std::int16_t, kPoints>, kHeights> inked{};
  for (int h = 0; h < kHeights; ++h) {
    const float y = row + (static_cast<float>(h) - (kHeights - 1) / 2.0F) * 0.036F;
    const PagePoint from = frame.at(1, y), to = frame.at(32, y);
    const auto fixed = [](float value) { return static_cast<std::int32_t>(value * 65'536); };
    const SampleLine line{fixed(from.x), fixed(from.y), (fixed(to.x) - fixed(from.x)) / (kPoints - 1),
                          (fixed(to.y) - fixed(from.y)) / (kPoints - 1)};
    for (const PagePoint& end : {from, to}) {
      if (end.x < 1 || end.y < 1 || end.x > static_cast<float>(page.width - 3) ||
          end.y > static_cast<float>(page.height - 3))
        return false;
    }
    sample_line(page, line, kPoints, inked[static_cast<std::size_t>(h)].data());
  }
  const Ground left = ground.at(0, row), right = ground.at(33, row);
  std::array<int, kHeights> counts{};
  for (std::size_t i = 0; i < kPoints; ++i) {
    const float part = static_cast<float>(i) / (kPoints - 1);
    const float paper = left.paper + (right.paper - left.paper) * part, ink = left.ink + (right.ink - left.ink) * part;
    const auto limit = static_cast<std::int16_t>((paper - (paper - ink) * kInk / 255) * kSampleScale);
    for (std::size_t h = 1; h + 1 < kHeights; ++h)  // uneven by one height
      counts[h] += std::min({inked[h - 1][i], inked[h][i], inked[h + 1][i]}) < limit ? 1 : 0;
  }
  return *std::max_element(counts.begin(), counts.end()) * 1000 >= kPoints * kShare;
}

}  // namespace scrutineer
