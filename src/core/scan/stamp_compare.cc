#include "core/scan/stamp_compare.h"

#include <emmintrin.h>

#include <algorithm>
#include <cmath>

namespace scrutineer {
namespace {

constexpr int kBlock = 8;      // compared pixels laid at once: 16 of the picture
constexpr int kInkLeast = 28;  // of 256: 11 per cent of the paper's level
constexpr int kTileSeen = 40;  // of a tile's 256 pixels that are looked at: not printed, not ignored
constexpr int kFar = 1 << 20;  // so that rounding is always down
constexpr int kInkFloor = 14;  // grey values

// 16 x 2 pixels to 8, each the mean of four.
inline void lay_block(const std::uint8_t* upper, const std::uint8_t* lower, std::uint8_t* to) {
  const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(upper));
  const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(lower));
  const __m128i mean = _mm_avg_epu8(a, b);
  const __m128i even = _mm_and_si128(mean, _mm_set1_epi16(0xff)), odd = _mm_srli_epi16(mean, 8);
  const __m128i out = _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(even, odd), _mm_set1_epi16(1)), 1);
  _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(out, out));
}

// The paper's grey value in a tile: what its lighter half has in the middle. Printed tiles take their neighbours'.
void find_levels(const StampForm& form, const GreyPage& laid, ComparedPage& out) {
  out.tiles_x = (out.width + kLevelTile - 1) / kLevelTile, out.tiles_y = (out.height + kLevelTile - 1) / kLevelTile;
  out.levels.assign(static_cast<std::size_t>(out.tiles_x) * static_cast<std::size_t>(out.tiles_y), 0);
  std::vector<int> all;
  for (int ty = 0; ty < out.tiles_y; ++ty)
    for (int tx = 0; tx < out.tiles_x; ++tx) {
      int histogram[64] = {};
      int count = 0;
      for (int y = ty * kLevelTile; y < std::min(out.height, (ty + 1) * kLevelTile); y += 2) {
        const std::uint8_t *row = laid.row(y), *masked = form.masked.row(y);
        for (int x = tx * kLevelTile + (y / 2 & 1); x < std::min(out.width, (tx + 1) * kLevelTile); x += 2)
          if (!masked[x]) ++histogram[row[x] >> 2], ++count;
      }
      if (count < kTileSeen) continue;  // mend_levels gives it its neighbours'
      int level = 63, seen = 0;
      while (level > 0 && (seen += histogram[level]) * 5 < count * 2) --level;
      out.levels[static_cast<std::size_t>(ty * out.tiles_x + tx)] = static_cast<std::uint8_t>(level * 4 + 2);
      all.push_back(level * 4 + 2);
    }
  if (all.empty()) all.push_back(255);
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
  out.level = all[all.size() / 2];
}

// A tile much darker than its surroundings is covered with something, and no darker paper; a much lighter one is a
// scanner's ground where paper is missing. Both take their neighbours' level.
void mend_levels(ComparedPage& out) {
  constexpr int kPasses = 64;
  std::vector<bool> good(out.levels.size());
  for (std::size_t i = 0; i < good.size(); ++i)
    good[i] = out.levels[i] >= out.level * 6 / 10 && out.levels[i] <= out.level * 11 / 10;
  auto around = [&](int tx, int ty, auto&& take) {
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx)
        if (ty + dy >= 0 && ty + dy < out.tiles_y && tx + dx >= 0 && tx + dx < out.tiles_x)
          take(static_cast<std::size_t>((ty + dy) * out.tiles_x + tx + dx));
  };
  const std::vector<std::uint8_t> before = out.levels;
  for (int ty = 0; ty < out.tiles_y; ++ty)
    for (int tx = 0; tx < out.tiles_x; ++tx) {
      int lightest = 0;
      around(tx, ty, [&](std::size_t i) {
        if (good[i]) lightest = std::max<int>(lightest, before[i]);
      });
      const auto here = static_cast<std::size_t>(ty * out.tiles_x + tx);
      if (before[here] < lightest * 90 / 100) good[here] = false;
    }
  for (int pass = 0; pass < kPasses; ++pass) {
    std::vector<std::size_t> mended;
    for (int ty = 0; ty < out.tiles_y; ++ty)
      for (int tx = 0; tx < out.tiles_x; ++tx) {
        const auto here = static_cast<std::size_t>(ty * out.tiles_x + tx);
        if (good[here]) continue;
        int sum = 0, count = 0;
        around(tx, ty, [&](std::size_t i) {
          if (good[i]) sum += out.levels[i], ++count;
        });
        if (count) out.levels[here] = static_cast<std::uint8_t>(sum / count), mended.push_back(here);
      }
    if (mended.empty()) return;
    for (std::size_t i : mended) good[i] = true;
  }
}

// The level of one row of pixels: between tiles in a straight line.
void level_row(const ComparedPage& page, int y, std::vector<int>& mixed, std::uint8_t* out) {
  const int fy = y * 2 - kLevelTile + 1;  // in halves of a pixel, from the first tile's middle
  const int ty = std::clamp(fy < 0 ? 0 : fy / (2 * kLevelTile), 0, page.tiles_y - 1);
  const int ty1 = std::min(ty + 1, page.tiles_y - 1);
  const int wy = std::clamp(fy - ty * 2 * kLevelTile, 0, 2 * kLevelTile);
  const std::uint8_t* a = page.levels.data() + ty * page.tiles_x;
  const std::uint8_t* b = page.levels.data() + ty1 * page.tiles_x;
  mixed.resize(static_cast<std::size_t>(page.tiles_x) + 1);
  for (int t = 0; t < page.tiles_x; ++t)
    mixed[static_cast<std::size_t>(t)] = (a[t] * (2 * kLevelTile - wy) + b[t] * wy) * 64 / (2 * kLevelTile);
  mixed.back() = page.tiles_x > 0 ? mixed[mixed.size() - 2] : 0;
  for (int x = 0; x < std::min(kLevelTile / 2, page.width); ++x) out[x] = static_cast<std::uint8_t>(mixed[0] / 64);
  for (int t = 0; t < page.tiles_x; ++t) {
    const int step = (mixed[static_cast<std::size_t>(t) + 1] - mixed[static_cast<std::size_t>(t)]) / kLevelTile;
    int value = mixed[static_cast<std::size_t>(t)];
    const int end = std::min(page.width, t * kLevelTile + kLevelTile / 2 + kLevelTile);
    for (int x = t * kLevelTile + kLevelTile / 2; x < end; ++x, value += step)
      out[x] = static_cast<std::uint8_t>(value / 64);
  }
}

void find_extra(const StampForm& form, const GreyPage& laid, ComparedPage& out) {
  constexpr int kRowsAlike = 4;  // the paper's level changes slowly
  out.dark = GreyPage(out.width, out.height, 0);
  out.extra = GreyPage(out.width, out.height, 0);
  out.folds = GreyPage(out.width, out.height, 0);
  std::vector<std::uint8_t> level(static_cast<std::size_t>(out.width) + 2 * kLevelTile), least(level.size());
  std::vector<int> mixed;
  for (int y = 0; y < out.height; ++y) {
    if (y % kRowsAlike == 0) {
      level_row(out, y, mixed, level.data());
      for (std::size_t x = 0; x < level.size(); ++x)
        least[x] = std::max<std::uint8_t>(kInkFloor, static_cast<std::uint8_t>(level[x] * kInkLeast >> 8));
    }
    const std::uint8_t *p = laid.row(y), *l = level.data(), *m = form.masked.row(y);
    std::uint8_t *dark = out.dark.row(y), *extra = out.extra.row(y);
    int x = 0;
    for (; x + 16 <= out.width; x += 16) {
      auto load = [x](const std::uint8_t* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + x)); };
      const __m128i d = _mm_subs_epu8(load(l), load(p));
      const __m128i ink = _mm_cmpeq_epi8(_mm_max_epu8(d, load(least.data())), d);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(dark + x), d);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(extra + x), _mm_andnot_si128(load(m), _mm_and_si128(ink, d)));
    }
    for (; x < out.width; ++x) {
      const int d = l[x] > p[x] ? l[x] - p[x] : 0;
      dark[x] = static_cast<std::uint8_t>(d);
      extra[x] = static_cast<std::uint8_t>(d >= least[static_cast<std::size_t>(x)] && !m[x] ? d : 0);
    }
  }
}

int contrast_of(const StampForm& form, const ComparedPage& page) {
  std::uint64_t sum = 0;
  for (std::uint32_t index : form.full) sum += page.dark.row(0)[index];
  return form.full.empty() ? 0 : static_cast<int>(sum / form.full.size());
}

}  // namespace

GreyPage laid_on_form(const StampForm& form, const StampFrame& frame, GreyView page, double& outside) {
  GreyPage out(form.width, form.height, 255);
  std::size_t beyond = 0, blocks = 0;
  for (int y = 0; y < form.height; ++y) {
    const double v = (y + 0.5) * kStampPixel;
    const PicturePoint left = frame.at(0, v), right = frame.at(form.width * kStampPixel, v);
    const double px = (right.x - left.x) / form.width, py = (right.y - left.y) / form.width;
    for (int x = 0; x < form.width; x += kBlock) {
      const bool matters = !form.ignored.at(std::min(x + kBlock / 2, form.width - 1), y);
      blocks += matters;
      // 16 pixels around the block's middle: compared pixels are two of the picture's, but for the stretch.
      const double mid = std::min(x + kBlock / 2.0, form.width - kBlock / 2.0);
      const int ix = static_cast<int>(left.x + px * mid - 7.0 + kFar) - kFar,
                iy = static_cast<int>(left.y + py * mid + kFar) - kFar;
      if (ix < 0 || iy < 0 || ix + 16 > page.width || iy + 2 > page.height) {
        beyond += matters;
        continue;
      }
      const int to = std::min(x, form.width - kBlock);
      lay_block(page.row(iy) + ix, page.row(iy + 1) + ix, out.row(y) + to);
    }
  }
  outside = static_cast<double>(beyond) / static_cast<double>(blocks);
  return out;
}

ComparedPage compare_with_form(const StampForm& form, const StampFrame& frame, GreyView page) {
  ComparedPage out;
  out.width = form.width, out.height = form.height;
  const GreyPage laid = laid_on_form(form, frame, page, out.outside);
  find_levels(form, laid, out);
  mend_levels(out);
  find_extra(form, laid, out);
  out.contrast = contrast_of(form, out);
  return out;
}

int likeness(const StampForm& form, const ComparedPage& page, const PaperArea& area, int dx, int dy, Length moved_v) {
  auto pixel = [](Length at) { return static_cast<int>(at / kStampPixel + 0.5); };
  const int left = std::max(pixel(area.x), 0), right = std::min(pixel(area.right()), form.width);
  const int top = pixel(area.y), bottom = pixel(area.bottom()), down = pixel(moved_v);
  std::int64_t n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (int y = top; y < bottom; ++y) {
    const int from = y + dy + down;
    if (y < 0 || y >= form.height || from < 0 || from >= form.height) continue;
    const std::uint8_t *a = page.dark.row(y), *b = form.blank.row(from) + dx;
    std::int32_t ra = 0, rb = 0, raa = 0, rbb = 0, rab = 0;
    const int begin = std::max(left, -dx), end = std::min(right, form.width - dx);
    for (int x = begin; x < end; ++x) {
      const std::int32_t va = a[x], vb = b[x];
      ra += va, rb += vb, raa += va * va, rbb += vb * vb, rab += va * vb;
    }
    n += end - begin, sa += ra, sb += rb, saa += raa, sbb += rbb, sab += rab;
  }
  if (n == 0) return 0;
  const double va =
      static_cast<double>(saa) - static_cast<double>(sa) * static_cast<double>(sa) / static_cast<double>(n);
  const double vb =
      static_cast<double>(sbb) - static_cast<double>(sb) * static_cast<double>(sb) / static_cast<double>(n);
  const double c =
      static_cast<double>(sab) - static_cast<double>(sa) * static_cast<double>(sb) / static_cast<double>(n);
  if (va <= 0 || vb <= 0) return 0;
  return static_cast<int>(1'000 * c / std::sqrt(va * vb));
}

}  // namespace scrutineer
