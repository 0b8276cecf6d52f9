#include "core/scan/oval_frame.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "core/scan/oval_chain.h"

namespace scrutineer {
namespace {

constexpr int kColumns = 34;
constexpr float kHalfMark = 0.38F;     // half a mark's width, in marks
constexpr float kTurnMost = 0.085F;    // tangent: 4.9 degrees
constexpr float kShearMost = 0.05F;    // between the side's and the row's turn
constexpr float kStretchMost = 1.15F;  // rows to columns, or the reverse
constexpr float kDriftMost = 1.6F;     // of a row's distance: how far the two sides may drift apart
constexpr float kJumpMost = 0.45F;     // and from one row to the next
constexpr float kLeastMark = 0.13F;    // how much darker a timing mark is than the paper, of it
constexpr int kExtraMost = 3;          // dark things in line with the marks beyond the ends

float value_at(GreyView small, float x, float y) {
  x = std::clamp(x, 0.0F, static_cast<float>(small.width) - 1.001F);
  y = std::clamp(y, 0.0F, static_cast<float>(small.height) - 1.001F);
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const float dx = x - static_cast<float>(left), dy = y - static_cast<float>(top);
  const std::uint8_t *a = small.row(top) + left, *b = small.row(top + 1) + left;
  return (static_cast<float>(a[0]) * (1 - dx) + static_cast<float>(a[1]) * dx) * (1 - dy) +
         (static_cast<float>(b[0]) * (1 - dx) + static_cast<float>(b[1]) * dx) * dy;
}

bool inside(GreyView small, float x, float y) {
  return x > -0.5F && y > -0.5F && x < static_cast<float>(small.width) - 0.5F &&
         y < static_cast<float>(small.height) - 0.5F;
}

// The exact middle of a candidate. Sides that a scanner cut off still have their inner edge, so x is told from that.
PagePoint refined(GreyView small, const MarkCandidate& mark, float pitch, bool left_side) {
  const int middle = static_cast<int>(std::lround(mark.y));
  const int from = std::min(mark.left + 1, mark.right), to = std::max(mark.right - 1, mark.left);
  float light = 0, dark = 255, weight = 0, sum = 0;
  std::array<float, 9> rows{};
  for (int i = 0; i < 9; ++i) {
    const int y = std::clamp(middle + i - 4, 0, small.height - 1);
    float line = 0;
    for (int x = from; x <= to; ++x) line += static_cast<float>(small.at(std::clamp(x, 0, small.width - 1), y));
    rows[static_cast<std::size_t>(i)] = line / static_cast<float>(to - from + 1);
    light = std::max(light, rows[static_cast<std::size_t>(i)]);
    dark = std::min(dark, rows[static_cast<std::size_t>(i)]);
  }
  for (int i = 0; i < 9; ++i) {
    const float ink = std::max(0.0F, light - rows[static_cast<std::size_t>(i)] - (light - dark) * 0.25F);
    weight += ink;
    sum += ink * static_cast<float>(middle + i - 4);
  }
  PagePoint point{0, weight > 0 ? sum / weight : mark.y};
  // Inwards from the mark's middle until half of its darkness is gone.
  const float half = (light + dark) / 2;
  const int step = left_side ? 1 : -1;
  const float start = static_cast<float>(mark.left + mark.right) / 2;
  float x = std::round(start), before = value_at(small, x, point.y);
  float edge = static_cast<float>(left_side ? mark.right : mark.left);
  for (int i = 0; i < 14; ++i) {
    const float next = x + static_cast<float>(step);
    if (!inside(small, next, point.y)) break;
    const float value = value_at(small, next, point.y);
    if (value > half && before <= half) {
      edge = x + static_cast<float>(step) * (half - before) / std::max(1.0F, value - before);
      break;
    }
    x = next;
    before = value;
  }
  point.x = edge - static_cast<float>(step) * kHalfMark * pitch;
  return point;
}

using Side = std::vector<PagePoint>;

// The chain's marks in pixels of the small picture; missing ones between their neighbours.
Side side_of(GreyView small, const std::vector<MarkCandidate>& candidates, const std::vector<ChainLink>& chain,
             float pitch, bool left_side) {
  Side side(chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].candidate >= 0)
      side[i] = refined(small, candidates[static_cast<std::size_t>(chain[i].candidate)], pitch, left_side);
  }
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].candidate >= 0) continue;
    std::size_t before = i, after = i;  // the ends of a chain are never missing
    while (chain[before].candidate < 0) --before;
    while (chain[after].candidate < 0) ++after;
    const float part = static_cast<float>(i - before) / static_cast<float>(after - before);
    side[i] = {side[before].x + (side[after].x - side[before].x) * part,
               side[before].y + (side[after].y - side[before].y) * part};
  }
  // A line of writing that touches a mark moves its edge: the middle of five neighbours does not follow it.
  Side smooth = side;
  for (std::size_t i = 0; i < side.size(); ++i) {
    const std::size_t first = std::min(i < 2 ? 0 : i - 2, side.size() - std::min<std::size_t>(5, side.size()));
    std::array<float, 5> aside{};
    for (std::size_t k = 0; k < 5; ++k) {
      const PagePoint& other = side[first + k];
      const float slope = (side.back().x - side.front().x) / (side.back().y - side.front().y);
      aside[k] = other.x + (side[i].y - other.y) * slope;
    }
    std::nth_element(aside.begin(), aside.begin() + 2, aside.end());
    smooth[i].x = aside[2];
  }
  return smooth;
}

// Which of the 34 marks between two ends are there. `unclear` counts those that are neither there nor not.
struct RowMarks {
  std::array<bool, 34> present{};
  int count = 0, unclear = 0;
};

RowMarks row_marks(GreyView small, PagePoint from, PagePoint to) {
  RowMarks row;
  const auto sample = [&](float column) {
    const float part = column / static_cast<float>(kColumns - 1);
    const float x = from.x + (to.x - from.x) * part, y = from.y + (to.y - from.y) * part;
    return PagePoint{x, y};
  };
  // The middle one of five columns: a streak through a mark or through the gap where none is does not count.
  const auto middle = [&](float column, float step) {
    const PagePoint p = sample(column);
    std::array<float, 5> columns{};
    for (std::size_t i = 0; i < 5; ++i) {
      const float x = p.x + (static_cast<float>(i) - 2) * step;
      columns[i] = (value_at(small, x, p.y - 0.7F) + value_at(small, x, p.y + 0.7F)) / 2;
    }
    std::nth_element(columns.begin(), columns.begin() + 2, columns.end());
    return columns[2];
  };
  std::array<float, kColumns + 1> gaps{};  // gaps[k]: left of mark k
  for (int k = 0; k <= kColumns; ++k) {
    const PagePoint p = sample(static_cast<float>(k) - 0.5F);
    gaps[static_cast<std::size_t>(k)] = inside(small, p.x, p.y) ? value_at(small, p.x, p.y) : 0;
  }
  std::array<float, kColumns> contrasts{};
  for (int k = 0; k < kColumns; ++k) {
    const auto at = static_cast<std::size_t>(k);
    float light = std::max(gaps[at], gaps[at + 1]);
    if (k >= 1) light = std::max(light, gaps[at - 1]);
    if (k + 2 <= kColumns) light = std::max(light, gaps[at + 2]);
    // The outermost marks may be cut off outside: their inner half counts.
    const float inwards = k == 0 ? 0.2F : k == kColumns - 1 ? -0.2F : 0.0F;
    const float mark = middle(static_cast<float>(k) + inwards, inwards != 0 ? 0.5F : 1.2F);
    contrasts[at] = light > 0 ? (light - mark) / light : 0;
  }
  // Measured against the row's own marks, of which the two outer ones are always there: pale print is print.
  std::array<float, kColumns> sorted = contrasts;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const float full = std::max(sorted[2], kLeastMark);
  for (std::size_t at = 0; at < kColumns; ++at) {
    row.present[at] = contrasts[at] > 0.5F * full;
    row.count += row.present[at] ? 1 : 0;
    if (contrasts[at] > 0.33F * full && contrasts[at] < 0.6F * full) ++row.unclear;
  }
  return row;
}

int missing_of(const std::vector<ChainLink>& chain, std::size_t first, int rows) {
  int missing = 0;
  for (std::size_t i = first; i < first + static_cast<std::size_t>(rows); ++i)
    missing += chain[i].candidate < 0 ? 1 : 0;
  return missing;
}

bool full(const RowMarks& row) {
  return row.count >= kColumns - kMissingTopMost && row.present[0] && row.present[33];
}

struct Found {
  Side left, right;
  RowMarks top, bottom;
  int missing = 0;
};

OvalFrameResult rejected(SheetDefect defect, std::string detail) {
  return {defect, std::move(detail), {}};
}

// Whether the found grid is one that a scanner can make of a sheet.
OvalFrameResult judged(const Found& found, int rows) {
  const PagePoint &tl = found.left.front(), &tr = found.right.front(), &bl = found.left.back();
  const float width = tr.x - tl.x, height = bl.y - tl.y;
  const float turn = (tr.y - tl.y) / width, lean = (bl.x - tl.x) / height;
  if (std::abs(turn) > kTurnMost || std::abs(lean) > kTurnMost) {
    return rejected(SheetDefect::skew, fmt::format("turned by {} per mille",
                                                   std::lround(1000 * std::max(std::abs(turn), std::abs(lean)))));
  }
  if (std::abs(turn + lean) > kShearMost) {
    return rejected(SheetDefect::skew,
                    fmt::format("sheared by {} per mille", std::lround(1000 * std::abs(turn + lean))));
  }
  const float across = width / static_cast<float>(kColumns - 1), down = height / static_cast<float>(rows - 1);
  if (down > across * kStretchMost || across > down * kStretchMost) {
    return rejected(SheetDefect::stretch,
                    fmt::format("{} per mille of the breadth", std::lround(1000 * down / across)));
  }
  // Rollers that pull unevenly turn the sheet while it is read: the two sides then drift apart slowly, and never by a
  // jump.
  float before = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) {
    const float off = (found.right[i].y - found.left[i].y) - turn * width;
    if (std::abs(off) > kDriftMost * down || std::abs(off - before) > kJumpMost * down) {
      return rejected(SheetDefect::stretch, fmt::format("the two sides' marks of row {} do not face each other", i));
    }
    before = off;
  }
  return {};
}

}  // namespace

PagePoint OvalFrame::at(float column, float row) const {
  const float last = static_cast<float>(left.size()) - 1;
  const float base = std::clamp(std::floor(row), 0.0F, last - 1);
  const auto i = static_cast<std::size_t>(base);
  const float down = row - base, part = column / static_cast<float>(kColumns - 1);
  const PagePoint a{left[i].x + (left[i + 1].x - left[i].x) * down, left[i].y + (left[i + 1].y - left[i].y) * down};
  const PagePoint b{right[i].x + (right[i + 1].x - right[i].x) * down,
                    right[i].y + (right[i + 1].y - right[i].y) * down};
  return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

bool is_full_row(GreyView small, PagePoint from, PagePoint to) {
  return full(row_marks(small, from, to));
}

int frame_factor(int page_width) {
  return std::clamp((page_width + 212) / 425, 1, 16);
}

OvalFrameResult find_oval_frame(GreyView small, int factor, int rows) {
  const float pitch = static_cast<float>(small.width) / static_cast<float>(kColumns);
  const int strip = small.width / 5;
  const auto left_candidates = mark_candidates(small, 0, strip),
             right_candidates = mark_candidates(small, small.width - strip, small.width);
  const auto left_chain = longest_chain(left_candidates, pitch, true),
             right_chain = longest_chain(right_candidates, pitch, false);
  if (left_chain.empty() && right_chain.empty())
    return rejected(SheetDefect::not_this_ballot, "no timing marks along either side");
  if (left_chain.empty() || right_chain.empty())
    return rejected(SheetDefect::registration_frame, "timing marks along one side only");
  const int on_left = static_cast<int>(left_chain.size()), on_right = static_cast<int>(right_chain.size());
  const std::string counts =
      fmt::format("{} and {} timing marks along the sides, {} expected", on_left, on_right, rows);
  if (on_left < rows || on_right < rows) {
    if (on_left == on_right)
      return rejected(on_left < rows - 6 ? SheetDefect::wrong_election : SheetDefect::registration_frame, counts);
    return rejected(std::max(on_left, on_right) == rows ? SheetDefect::torn : SheetDefect::registration_frame, counts);
  }
  if (on_left > rows + kExtraMost || on_right > rows + kExtraMost) {
    return rejected(on_left == on_right ? SheetDefect::wrong_election : SheetDefect::registration_frame, counts);
  }
  const float down = (left_candidates[static_cast<std::size_t>(left_chain.back().candidate)].y -
                      left_candidates[static_cast<std::size_t>(left_chain.front().candidate)].y) /
                     static_cast<float>(on_left - 1);
  const Side left = side_of(small, left_candidates, left_chain, down, true),
             right = side_of(small, right_candidates, right_chain, down, false);
  // Where there are more marks than rows, dirt or another print stands in line with them: one choice of ends must fit,
  // and only one.
  std::vector<Found> fitting;
  for (int a = 0; a + rows <= on_left; ++a) {
    for (int b = 0; b + rows <= on_right; ++b) {
      Found found;
      found.left.assign(left.begin() + a, left.begin() + a + rows);
      found.right.assign(right.begin() + b, right.begin() + b + rows);
      found.missing = std::max(missing_of(left_chain, static_cast<std::size_t>(a), rows),
                               missing_of(right_chain, static_cast<std::size_t>(b), rows));
      found.top = row_marks(small, found.left.front(), found.right.front());
      found.bottom = row_marks(small, found.left.back(), found.right.back());
      if (full(found.top) || full(found.bottom)) fitting.push_back(std::move(found));
    }
  }
  if (fitting.empty())
    return rejected(SheetDefect::registration_frame, "no full row of timing marks joins the two sides' ends");
  if (fitting.size() > 1)
    return rejected(SheetDefect::registration_frame, "more than one row of timing marks joins the two sides");
  Found& found = fitting.front();
  if (found.missing > kMissingMarksMost)
    return rejected(SheetDefect::registration_frame,
                    fmt::format("{} timing marks of one side are missing", found.missing));
  if (full(found.top) && full(found.bottom))
    return rejected(SheetDefect::registration_frame,
                    "timing marks along top and bottom are both complete: which is which?");
  OvalFrameResult result = judged(found, rows);
  if (result.defect != SheetDefect::none) return result;
  OvalFrame& frame = result.frame;
  frame.upside_down = !full(found.top);
  if (frame.upside_down) {
    std::swap(found.top, found.bottom);
    std::swap(found.left, found.right);
    std::reverse(found.left.begin(), found.left.end());
    std::reverse(found.right.begin(), found.right.end());
    std::reverse(found.bottom.present.begin(), found.bottom.present.end());
  }
  if (found.bottom.unclear > 0)
    return rejected(SheetDefect::registration_frame, "a timing mark of the bottom row is neither there nor missing");
  frame.bottom = found.bottom.present;
  frame.missing = found.missing + kColumns - found.top.count;
  const auto to_page = [&](Side& side) {
    for (PagePoint& p : side)
      p = {(p.x + 0.5F) * static_cast<float>(factor) - 0.5F, (p.y + 0.5F) * static_cast<float>(factor) - 0.5F};
  };
  to_page(found.left);
  to_page(found.right);
  frame.pitch = down * static_cast<float>(factor);
  frame.left = std::move(found.left);
  frame.right = std::move(found.right);
  return result;
}

}  // namespace scrutineer
