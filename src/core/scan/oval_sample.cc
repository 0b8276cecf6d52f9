#include "core/scan/oval_sample.h"

#include <emmintrin.h>

#include <cstring>

namespace scrutineer {
namespace {

constexpr int kBits = 7;  // twice 7 bits of weight and 8 of grey: all products fit

// Two neighbours, as they lie in memory.
int pair_at(const std::uint8_t* p) {
  std::uint16_t pair = 0;
  std::memcpy(&pair, p, sizeof pair);
  return pair;
}

// [whole - part, part] in each lane of 32 bits, from positions in 1/65536.
__m128i weights(__m128i positions) {
  const __m128i part = _mm_and_si128(_mm_srli_epi32(positions, 16 - kBits), _mm_set1_epi32((1 << kBits) - 1));
  return _mm_or_si128(_mm_sub_epi32(_mm_set1_epi32(1 << kBits), part), _mm_slli_epi32(part, 16));
}

// Four samples' pixels: the two of each in the upper row, and in the lower.
struct Pixels {
  __m128i upper, lower;
};

// Side by side: each of the first four bytes with the one behind it. Eight bytes are read.
__m128i neighbours(const std::uint8_t* p) {
  const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(p));
  return _mm_unpacklo_epi8(eight, _mm_srli_si128(eight, 1));
}

Pixels pixels_of_four(GreyView page, const SampleLine& at) {
  const std::int32_t x3 = at.x + 3 * at.step_x, y3 = at.y + 3 * at.step_y;
  const std::uint8_t* p0 = page.row(at.y >> 16) + (at.x >> 16);
  // A page that lies straight, of the patch's own scale. Steps are even, so the two between lie between.
  if ((x3 >> 16) == (at.x >> 16) + 3 && (y3 >> 16) == (at.y >> 16) && (at.x >> 16) + 8 <= page.width)
    return {neighbours(p0), neighbours(p0 + page.stride)};
  const std::int32_t x1 = at.x + at.step_x, x2 = x1 + at.step_x, y1 = at.y + at.step_y, y2 = y1 + at.step_y;
  const std::uint8_t *p1 = page.row(y1 >> 16) + (x1 >> 16), *p2 = page.row(y2 >> 16) + (x2 >> 16),
                     *p3 = page.row(y3 >> 16) + (x3 >> 16);
  __m128i upper = _mm_cvtsi32_si128(pair_at(p0)), lower = _mm_cvtsi32_si128(pair_at(p0 + page.stride));
  upper = _mm_insert_epi16(upper, pair_at(p1), 1), lower = _mm_insert_epi16(lower, pair_at(p1 + page.stride), 1);
  upper = _mm_insert_epi16(upper, pair_at(p2), 2), lower = _mm_insert_epi16(lower, pair_at(p2 + page.stride), 2);
  upper = _mm_insert_epi16(upper, pair_at(p3), 3), lower = _mm_insert_epi16(lower, pair_at(p3 + page.stride), 3);
  return {upper, lower};
}

// The same arithmetic as sample_one.
__m128i mixed(const Pixels& four, __m128i across, __m128i down) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i upper = _mm_madd_epi16(_mm_unpacklo_epi8(four.upper, zero), across);
  const __m128i lower = _mm_madd_epi16(_mm_unpacklo_epi8(four.lower, zero), across);
  return _mm_srli_epi32(_mm_madd_epi16(_mm_or_si128(upper, _mm_slli_epi32(lower, 16)), down), kBits);
}

// Where four samples lie.
__m128i positions(std::int32_t first, std::int32_t step) {
  return _mm_setr_epi32(first, first + step, first + 2 * step, first + 3 * step);
}

std::int16_t sample_one(GreyView page, std::int32_t x, std::int32_t y) {
  const std::uint8_t *a = page.row(y >> 16) + (x >> 16), *b = a + page.stride;
  constexpr int kWhole = 1 << kBits;
  const int fx = (x >> (16 - kBits)) & (kWhole - 1), fy = (y >> (16 - kBits)) & (kWhole - 1);
  const int upper = a[0] * (kWhole - fx) + a[1] * fx, lower = b[0] * (kWhole - fx) + b[1] * fx;
  return static_cast<std::int16_t>((upper * (kWhole - fy) + lower * fy) >> kBits);
}

}  // namespace

void sample_line(GreyView page, SampleLine line, int count, std::int16_t* out) {
  __m128i xs = positions(line.x, line.step_x), ys = positions(line.y, line.step_y);
  const __m128i next_x = _mm_set1_epi32(4 * line.step_x), next_y = _mm_set1_epi32(4 * line.step_y);
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    const __m128i four = mixed(pixels_of_four(page, line), weights(xs), weights(ys));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + i), _mm_packs_epi32(four, four));
    xs = _mm_add_epi32(xs, next_x), ys = _mm_add_epi32(ys, next_y);
    line.x += 4 * line.step_x;
    line.y += 4 * line.step_y;
  }
  for (; i < count; ++i, line.x += line.step_x, line.y += line.step_y) out[i] = sample_one(page, line.x, line.y);
}

}  // namespace scrutineer
