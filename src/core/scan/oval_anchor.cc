#include "core/scan/oval_anchor.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/scan/oval_sample.h"

namespace scrutineer {
namespace {

constexpr int kBlockWidth = 8 * OvalMap::kSteps, kBlockHeight = 8 * OvalMap::kSteps;
constexpr int kStep = OvalMap::kSteps;
constexpr std::int64_t kTellingEnergy = 1'500'000;  // of a block's pattern: some words of print
constexpr int kBlockLikeness = 350;                 // per mille: a telling block must reach it
constexpr int kPageLikeness = 500;
constexpr int kLead = 120;  // per mille that the right place must lead before one row or column off

// How much of the pattern is found `dx`, `dy` samples off: per mille.
int likeness(const AnchorBlock& block, const OvalMap& page, int dx, int dy) {
  std::int64_t sum = 0;
  for (int y = 0; y < block.height; ++y) {
    const std::int16_t* pattern = block.pattern.data() + static_cast<std::ptrdiff_t>(y) * block.width;
    const std::int16_t* seen = page.row(block.y + y + dy) + block.x + dx;
    std::int32_t line = 0;
    for (int x = 0; x < block.width; ++x) line += pattern[x] * seen[x];
    sum += line;
  }
  return static_cast<int>(sum * 1000 / std::max<std::int64_t>(1, block.energy));
}

// The top of a parabola through three values, at most one step away.
float peak(int before, int here, int after) {
  const int bend = 2 * here - before - after;
  if (bend <= 0) return 0;
  return std::clamp(static_cast<float>(after - before) / static_cast<float>(2 * bend), -1.0F, 1.0F);
}

}  // namespace

namespace {

// The samples [first, last) of a line that lie on the small picture with their neighbours; what lies beside it is as
// paper.
std::pair<int, int> on_page(GreyView small, const SampleLine& line, int count) {
  const auto lies = [&](int i) {
    const std::int32_t x = line.x + i * line.step_x, y = line.y + i * line.step_y;
    return x >= 0 && y >= 0 && (x >> 16) + 1 < small.width && (y >> 16) + 1 < small.height;
  };
  int first = 0, last = count;
  while (first < last && !lies(first)) ++first;
  while (last > first && !lies(last - 1)) --last;
  return {first, last};
}

}  // namespace

OvalMap oval_map(GreyView small, int factor, const OvalFrame& frame, const OvalGround& ground) {
  const int rows = static_cast<int>(frame.left.size());
  OvalMap map;
  map.width = 35 * kStep + 1;
  map.height = (rows + 1) * kStep + 1;
  map.ink.resize(static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height));
  const float scale = 1 / static_cast<float>(factor);
  const auto fixed = [&](float value) { return static_cast<std::int32_t>(((value + 0.5F) * scale - 0.5F) * 65'536); };
  // In 1/256 of a sample's unit; they change evenly from the left side to the right.
  const auto paper_of = [](const Ground& at) { return static_cast<std::int32_t>(at.paper * kSampleScale * 256); };
  const auto gain_of = [](const Ground& at) {
    return static_cast<std::int32_t>(256 * std::min(32'000.0F, 255 * (65'536 / kSampleScale) / (at.paper - at.ink)));
  };
  std::vector<std::int16_t> samples(static_cast<std::size_t>(map.width));
  for (int y = 0; y < map.height; ++y) {
    const float row = static_cast<float>(y) / kStep - 1;
    const PagePoint from = frame.at(-1, row), to = frame.at(34, row);
    SampleLine line{fixed(from.x), fixed(from.y), (fixed(to.x) - fixed(from.x)) / (map.width - 1),
                    (fixed(to.y) - fixed(from.y)) / (map.width - 1)};
    const auto [first, last] = on_page(small, line, map.width);
    line.x += first * line.step_x;
    line.y += first * line.step_y;
    sample_line(small, line, last - first, samples.data());
    const Ground left = ground.at(0, row), right = ground.at(33, row);
    const std::int32_t paper = paper_of(left), paper_step = (paper_of(right) - paper) / map.width;
    const std::int32_t gain = gain_of(left), gain_step = (gain_of(right) - gain) / map.width;
    std::int16_t* out = map.ink.data() + static_cast<std::ptrdiff_t>(y) * map.width;
    const std::int16_t* in = samples.data() - first;
    for (int x = first; x < last; ++x) {
      const std::int32_t ink = (((paper + x * paper_step) >> 8) - in[x]) * ((gain + x * gain_step) >> 8) >> 16;
      out[x] = static_cast<std::int16_t>(std::clamp(ink, -64, 320));
    }
  }
  return map;
}

OvalAnchor oval_anchor(const OvalMap& blank) {
  // From column 1 to 32 and from row 1 to the last but one: the border's own marks must not vouch for themselves.
  const int left = 2 * kStep - 2, top = 2 * kStep - 2;
  const int width = blank.width - 2 * left, height = blank.height - 2 * top;
  OvalAnchor anchor;
  anchor.blocks_across = std::max(1, width / kBlockWidth);
  anchor.blocks_down = std::max(1, height / kBlockHeight);
  for (int j = 0; j < anchor.blocks_down; ++j) {
    for (int i = 0; i < anchor.blocks_across; ++i) {
      AnchorBlock block;
      block.x = left + width * i / anchor.blocks_across;
      block.y = top + height * j / anchor.blocks_down;
      block.width = left + width * (i + 1) / anchor.blocks_across - block.x;
      block.height = top + height * (j + 1) / anchor.blocks_down - block.y;
      std::int64_t sum = 0;
      for (int y = 0; y < block.height; ++y) {
        for (int x = 0; x < block.width; ++x) sum += blank.row(block.y + y)[block.x + x];
      }
      const auto mean = static_cast<std::int16_t>(sum / (block.width * block.height));
      for (int y = 0; y < block.height; ++y) {
        for (int x = 0; x < block.width; ++x) {
          const auto value = static_cast<std::int16_t>(blank.row(block.y + y)[block.x + x] - mean);
          block.pattern.push_back(value);
          block.energy += value * value;
        }
      }
      const auto unlike = [&](int dx, int dy) {
        return likeness(block, blank, dx, dy) < 1000 - 2 * kLead && likeness(block, blank, -dx, -dy) < 1000 - 2 * kLead;
      };
      block.tells_column = block.energy >= kTellingEnergy && unlike(kStep, 0);
      block.tells_row = block.energy >= kTellingEnergy && unlike(0, kStep);
      anchor.blocks.push_back(std::move(block));
    }
  }
  return anchor;
}

AnchorResult check_anchor(const OvalAnchor& anchor, const OvalMap& page) {
  AnchorResult result;
  result.shifts.resize(anchor.blocks.size());
  std::int64_t all = 0, energy = 0;
  int telling = 0;
  for (std::size_t i = 0; i < anchor.blocks.size(); ++i) {
    const AnchorBlock& block = anchor.blocks[i];
    if (!block.telling()) continue;
    ++telling;
    const int here = likeness(block, page, 0, 0);
    const int left = likeness(block, page, -1, 0), right = likeness(block, page, 1, 0);
    const int up = likeness(block, page, 0, -1), down = likeness(block, page, 0, 1);
    result.shifts[i] = {block.tells_column ? peak(left, here, right) / kStep : 0,
                        block.tells_row ? peak(up, here, down) / kStep : 0};
    const int best = std::max({here, left, right, up, down});
    all += best * block.energy;
    energy += block.energy;
    int off = 0;
    if (block.tells_column) off = std::max({off, likeness(block, page, kStep, 0), likeness(block, page, -kStep, 0)});
    if (block.tells_row) off = std::max({off, likeness(block, page, 0, kStep), likeness(block, page, 0, -kStep)});
    const auto where = [&] {
      return fmt::format("part {} of {}: {} per mille in place, {} one mark off", i + 1, anchor.blocks.size(), best,
                         off);
    };
    if (best < kBlockLikeness || best < off + kLead) {
      result.defect = SheetDefect::registration_anchor;
      result.elsewhere |= off > best;
      if (result.detail.empty()) result.detail = where();
    }
  }
  result.likeness = static_cast<int>(all / std::max<std::int64_t>(1, energy));
  if (telling == 0) {
    result.defect = SheetDefect::registration_anchor;
    result.detail = "the form has no print that could be compared";
  } else if (result.likeness < kPageLikeness) {
    result.defect = SheetDefect::registration_anchor;
    result.detail = fmt::format("the print is not that of the form: {} per mille alike", result.likeness);
  }
  return result;
}

}  // namespace scrutineer
