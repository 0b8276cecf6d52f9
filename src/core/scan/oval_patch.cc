#include "core/scan/oval_patch.h"

#include <algorithm>
#include <cmath>

#include "core/image/grey.h"

namespace scrutineer {
namespace {

constexpr float kOvalHalfWidth = 19.5F, kOvalHalfHeight = 12.5F;  // two half circles and straight lines between them
constexpr float kInsideMargin = 4, kLineMargin = 3;               // from the printed line, inwards and outwards
constexpr int kStreakRowStep = 8, kStreakSide = 6, kStreakDip = 28;
constexpr int kStreakShare = 780,
              kStreakEnds = 700;  // per mille of the looked-at rows, and of those of the upper or lower margin

// From the oval's line, in patch pixels; negative inside.
float distance(int x, int y) {
  const float dx =
      std::max(0.0F, std::abs(static_cast<float>(x) - (kPatchWidth - 1) / 2.0F) - (kOvalHalfWidth - kOvalHalfHeight));
  const float dy = static_cast<float>(y) - (kPatchHeight - 1) / 2.0F;
  return std::sqrt(dx * dx + dy * dy) - kOvalHalfHeight;
}

PatchMask make_mask() {
  PatchMask mask{};
  for (int y = 0; y < kPatchHeight; ++y) {
    for (int x = 0; x < kPatchWidth; ++x) {
      const float off = distance(x, y);
      mask[static_cast<std::size_t>(y * kPatchWidth + x)] = off < -kInsideMargin ? PatchPart::inside
                                                            : off < kLineMargin  ? PatchPart::line
                                                                                 : PatchPart::around;
    }
  }
  return mask;
}

}  // namespace

const PatchMask& patch_mask() {
  static const PatchMask mask = make_mask();
  return mask;
}

int line_ink(const OvalPatch& patch) {
  int line = 0, line_cells = 0, inside = 0, inside_cells = 0;
  for (int y = 0; y < kPatchHeight; ++y) {
    for (int x = 0; x < kPatchWidth; ++x) {
      const int ink = patch.ink[static_cast<std::size_t>(y * kPatchWidth + x)];
      const float off = distance(x, y);
      if (off > -1.5F && off < 0.5F) line += ink, ++line_cells;
      if (off < -kInsideMargin) inside += ink, ++inside_cells;
    }
  }
  return line / line_cells - inside / inside_cells;
}

PagePoint line_offset(const OvalPatch& patch) {
  constexpr int kReach = 5, kLineLeast = 25, kBetterBy = 10;
  static const std::vector<std::pair<int, int>> line = [] {
    std::vector<std::pair<int, int>> cells;
    for (int y = kReach; y < kPatchHeight - kReach; ++y) {
      for (int x = kReach; x < kPatchWidth - kReach; ++x) {
        if (distance(x, y) > -1.5F && distance(x, y) < 0.5F) cells.emplace_back(x, y);
      }
    }
    return cells;
  }();
  int best = 0, here = 0;
  PagePoint offset;
  for (int dy = -kReach; dy <= kReach; ++dy) {
    for (int dx = -kReach; dx <= kReach; ++dx) {
      int sum = 0;
      for (const auto& [x, y] : line) sum += patch.ink[static_cast<std::size_t>((y + dy) * kPatchWidth + x + dx)];
      const int mean = sum / static_cast<int>(line.size());
      if (dx == 0 && dy == 0) here = mean;
      if (mean <= best) continue;
      best = mean;
      offset = {static_cast<float>(dx) / kPatchPitch, static_cast<float>(dy) / kPatchPitch};
    }
  }
  return best >= kLineLeast && best >= here + kBetterBy ? offset : PagePoint{};
}

StreakColumns find_streaks(GreyView page) {
  const int looked = page.height / kStreakRowStep;
  if (page.width < 64 || looked < 50) return {};
  const auto width = static_cast<std::size_t>(page.width);
  const int margin = looked / 25;
  std::vector<std::uint16_t> dips(width), top(width), bottom(width);
  for (int i = 0; i < looked; ++i) {
    const std::uint8_t* line = page.row(i * kStreakRowStep + kStreakRowStep / 2);
    std::uint16_t* count = (i < margin ? top : i >= looked - margin ? bottom : dips).data();
    for (int x = kStreakSide; x < page.width - kStreakSide; ++x) {
      // Darker than both sides: shade and borders are not.
      const int light = std::min(line[x - kStreakSide], line[x + kStreakSide]);
      count[x] = static_cast<std::uint16_t>(count[x] + static_cast<int>(line[x] + kStreakDip < light));
    }
  }
  StreakColumns streaks;
  for (std::size_t x = 0; x < width; ++x) {
    // Over nearly the whole length, margins included: printed lines end before. Print beside it hides some of it.
    if (dips[x] * 1000 < (looked - 2 * margin) * kStreakShare ||
        std::max(top[x], bottom[x]) * 1000 < margin * kStreakEnds)
      continue;
    if (streaks.empty()) streaks.resize(width);
    for (std::size_t near = x - 1; near <= std::min(width - 1, x + 1); ++near) streaks[near] = 1;
  }
  return streaks;
}

GreyPage without_streaks(GreyView page, const StreakColumns& streaks) {
  GreyPage repaired = copy_of(page);
  const auto width = static_cast<std::size_t>(page.width);
  for (std::size_t x = 0; x < width; ++x) {
    if (streaks[x] == 0) continue;
    std::size_t end = x;
    while (end < width && streaks[end] != 0) ++end;
    const std::size_t before = x > 0 ? x - 1 : end, after = end < width ? end : x - 1;
    for (int y = 0; y < page.height; ++y) {
      const int a = page.row(y)[std::min(before, width - 1)], b = page.row(y)[std::min(after, width - 1)];
      for (std::size_t i = x; i < end; ++i)
        repaired.row(y)[i] =
            static_cast<std::uint8_t>(a + (b - a) * static_cast<int>(i - x + 1) / static_cast<int>(end - x + 1));
    }
    x = end;
  }
  return repaired;
}

bool cut_patch(GreyView page, const OvalFrame& frame, const Ground& ground, const StreakColumns& streaks, float column,
               float row, PagePoint shift, OvalPatch& patch) {
  const PagePoint middle = frame.at(column + shift.x, row + shift.y);
  const PagePoint right = frame.at(column + shift.x + 1, row + shift.y);
  const PagePoint above = frame.at(column + shift.x, row + shift.y - 0.5F),
                  below = frame.at(column + shift.x, row + shift.y + 0.5F);
  const float ax = (right.x - middle.x) / kPatchPitch, ay = (right.y - middle.y) / kPatchPitch;
  const float bx = (below.x - above.x) / kPatchPitch, by = (below.y - above.y) / kPatchPitch;
  const float left = (kPatchWidth - 1) / 2.0F, top = (kPatchHeight - 1) / 2.0F;
  for (const float u : {-left, left}) {
    for (const float v : {-top, top}) {
      const float x = middle.x + u * ax + v * bx, y = middle.y + u * ay + v * by;
      if (x < 0 || y < 0 || x >= static_cast<float>(page.width) - 1.01F || y >= static_cast<float>(page.height) - 1.01F)
        return false;
    }
  }
  const auto fixed = [](float value) { return static_cast<std::int32_t>(value * 65'536); };
  const std::int32_t step_x = fixed(ax), step_y = fixed(ay);
  const auto gain = static_cast<std::int32_t>(255 * 256 / (ground.paper - ground.ink));
  const auto paper = static_cast<std::int32_t>(ground.paper * 256);
  patch.streaked = false;
  std::uint8_t* out = patch.ink.data();
  for (int y = 0; y < kPatchHeight; ++y) {
    const float v = static_cast<float>(y) - top;
    std::int32_t sx = fixed(middle.x - left * ax + v * bx), sy = fixed(middle.y - left * ay + v * by);
    for (int x = 0; x < kPatchWidth; ++x, sx += step_x, sy += step_y) {
      const std::uint8_t *a = page.row(sy >> 16) + (sx >> 16), *b = a + page.stride;
      const std::int32_t fx = (sx >> 8) & 255, fy = (sy >> 8) & 255;
      const std::int32_t value =
          ((a[0] * (256 - fx) + a[1] * fx) * (256 - fy) + (b[0] * (256 - fx) + b[1] * fx) * fy) >> 8;
      *out++ = static_cast<std::uint8_t>(std::clamp(((paper - value) * gain) >> 16, 0, 255));
    }
  }
  if (streaks.empty()) return true;
  std::uint8_t* used = patch.used.data();
  for (int y = 0; y < kPatchHeight; ++y) {
    const float v = static_cast<float>(y) - top;
    for (int x = 0; x < kPatchWidth; ++x) {
      const auto at = static_cast<std::size_t>(middle.x + (static_cast<float>(x) - left) * ax + v * bx);
      const bool clear = streaks[at] == 0 && streaks[at + 1] == 0;
      *used++ = clear ? 1 : 0;
      if (!clear) {
        patch.ink[static_cast<std::size_t>(y * kPatchWidth + x)] = 0;
        patch.streaked = true;
      }
    }
  }
  return true;
}

}  // namespace scrutineer
