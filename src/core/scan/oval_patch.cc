#include "core/scan/oval_patch.h"

#include <emmintrin.h>

#include <algorithm>
#include <cmath>

#include "core/image/grey.h"
#include "core/scan/oval_sample.h"

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

// Samples of a line to darkness between paper and print, 0..255.
class Inking {
 public:
  explicit Inking(const Ground& ground)
      : paper_(_mm_set1_epi16(static_cast<std::int16_t>(ground.paper * kSampleScale))),
        gain_(_mm_set1_epi16(static_cast<std::int16_t>(
            std::min(32'767.0F, 255 * (65'536 / kSampleScale) / std::max(1.0F, ground.paper - ground.ink))))) {}
  void put(const std::int16_t* line, std::uint8_t* out) const {
    int x = 0;
    for (; x + 8 <= kPatchWidth; x += 8) _mm_storel_epi64(reinterpret_cast<__m128i*>(out + x), eight(line + x));
    std::array<std::uint8_t, 8> rest{};
    _mm_storel_epi64(reinterpret_cast<__m128i*>(rest.data()), eight(line + x));
    for (int i = 0; x < kPatchWidth; ++x, ++i) out[x] = rest[static_cast<std::size_t>(i)];
  }

 private:
  __m128i eight(const std::int16_t* line) const {
    const __m128i values = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line));
    const __m128i ink = _mm_mulhi_epi16(_mm_subs_epi16(paper_, values), gain_);
    return _mm_packus_epi16(ink, ink);
  }
  const __m128i paper_, gain_;
};

// The page is larger than a processor's nearer caches: what lies `reach_x`, `reach_y` around the middle is asked for at
// once, not row by row. All of it lies on the page.
void fetch(GreyView page, PagePoint middle, float reach_x, float reach_y) {
  constexpr int kCacheLine = 64;
  const int from = static_cast<int>(middle.x - reach_x), to = static_cast<int>(middle.x + reach_x) + 1;
  const int last = static_cast<int>(middle.y + reach_y) + 1;
  for (int y = static_cast<int>(middle.y - reach_y); y <= last; ++y) {
    const std::uint8_t* row = page.row(y);
    for (int x = from; x < to; x += kCacheLine) _mm_prefetch(reinterpret_cast<const char*>(row + x), _MM_HINT_T0);
    _mm_prefetch(reinterpret_cast<const char*>(row + to), _MM_HINT_T0);
  }
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
  struct Cells {
    std::vector<std::uint16_t> line, inside;
  };
  static const Cells cells = [] {
    Cells all;
    for (int y = 0; y < kPatchHeight; ++y) {
      for (int x = 0; x < kPatchWidth; ++x) {
        const float off = distance(x, y);
        const auto at = static_cast<std::uint16_t>(y * kPatchWidth + x);
        if (off > -1.5F && off < 0.5F) all.line.push_back(at);
        if (off < -kInsideMargin) all.inside.push_back(at);
      }
    }
    return all;
  }();
  const auto mean = [&](const std::vector<std::uint16_t>& of) {
    int sum = 0;
    for (const std::uint16_t at : of) sum += patch.ink[at];
    return sum / static_cast<int>(of.size());
  };
  return mean(cells.line) - mean(cells.inside);
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

StreakFinder::StreakFinder(GreyView page)
    : page_(page),
      looked_(page.width >= 64 && page.height / kStreakRowStep >= 50 ? page.height / kStreakRowStep : 0),
      margin_(looked_ / 25) {
  if (looked_ == 0) return;
  few_.resize(static_cast<std::size_t>(page.width));
  for (auto& part : dips_) part.resize(few_.size());
}

StreakFinder::Part StreakFinder::part_of(int row) const {
  return row < margin_ ? Part::top : row < looked_ - margin_ ? Part::middle : Part::bottom;
}

void StreakFinder::look_down_to(int row) {
  for (; next_ < looked_ && next_ * kStreakRowStep + kStreakRowStep / 2 < row; ++next_) {
    if (pending_ == 255 || part_of(next_) != part_) flush();
    part_ = part_of(next_);
    look_at(page_.row(next_ * kStreakRowStep + kStreakRowStep / 2));
    ++pending_;
  }
}

// Darker than both sides: shade and borders are not.
void StreakFinder::look_at(const std::uint8_t* line) {
  const int end = page_.width - kStreakSide;
  const __m128i dip = _mm_set1_epi8(kStreakDip), zero = _mm_setzero_si128(), one = _mm_set1_epi8(1);
  int x = kStreakSide;
  for (; x + 16 <= end; x += 16) {
    const auto load = [&](int at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(line + at)); };
    const __m128i light = _mm_min_epu8(load(x - kStreakSide), load(x + kStreakSide));
    const __m128i level = _mm_cmpeq_epi8(_mm_subs_epu8(light, _mm_adds_epu8(load(x), dip)), zero);
    auto* const count = reinterpret_cast<__m128i*>(few_.data() + x);
    // 255 where it is level: one more, less that.
    _mm_storeu_si128(count, _mm_add_epi8(_mm_loadu_si128(count), _mm_add_epi8(level, one)));
  }
  for (; x < end; ++x) {
    std::uint8_t& count = few_[static_cast<std::size_t>(x)];
    if (line[x] + kStreakDip < std::min(line[x - kStreakSide], line[x + kStreakSide])) ++count;
  }
}

void StreakFinder::flush() {
  std::vector<std::uint16_t>& counts = dips_[static_cast<std::size_t>(part_)];
  for (std::size_t x = 0; x < few_.size(); ++x) counts[x] = static_cast<std::uint16_t>(counts[x] + few_[x]);
  std::fill(few_.begin(), few_.end(), std::uint8_t{0});
  pending_ = 0;
}

StreakColumns StreakFinder::found() {
  check(next_ == looked_, "all rows were looked at");
  flush();
  StreakColumns streaks;
  const std::vector<std::uint16_t>&top = dips_[0], &dips = dips_[1], &bottom = dips_[2];
  for (std::size_t x = 0; x < dips.size(); ++x) {
    // Over nearly the whole length, margins included: printed lines end before. Print beside it hides some of it.
    if (dips[x] * 1000 < (looked_ - 2 * margin_) * kStreakShare ||
        std::max(top[x], bottom[x]) * 1000 < margin_ * kStreakEnds)
      continue;
    if (streaks.empty()) streaks.resize(dips.size());
    for (std::size_t near = x - 1; near <= std::min(dips.size() - 1, x + 1); ++near) streaks[near] = 1;
  }
  return streaks;
}

StreakColumns find_streaks(GreyView page) {
  StreakFinder finder(page);
  finder.look_down_to(page.height);
  return finder.found();
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
  constexpr float kRim = 0.01F;  // more than rounding moves a sample
  for (const float u : {-left, left}) {
    for (const float v : {-top, top}) {
      const float x = middle.x + u * ax + v * bx, y = middle.y + u * ay + v * by;
      if (x < kRim || y < kRim || x >= static_cast<float>(page.width - 1) - kRim ||
          y >= static_cast<float>(page.height - 1) - kRim)
        return false;
    }
  }
  const auto fixed = [](float value) { return static_cast<std::int32_t>(value * 65'536); };
  fetch(page, middle, left * std::abs(ax) + top * std::abs(bx), left * std::abs(ay) + top * std::abs(by));
  const Inking inking(ground);
  std::array<std::int16_t, kPatchWidth + 2> line{};
  patch.streaked = false;
  for (int y = 0; y < kPatchHeight; ++y) {
    const float v = static_cast<float>(y) - top;
    sample_line(page,
                {fixed(middle.x - left * ax + v * bx), fixed(middle.y - left * ay + v * by), fixed(ax), fixed(ay)},
                kPatchWidth, line.data());
    inking.put(line.data(), patch.ink.data() + y * kPatchWidth);
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
