#include "core/hunt/marks.h"

#include <bit>
#include <cstring>

#include "core/hunt/chars.h"
#include "core/hunt/normalise.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kStep = 16;

struct Step {
  std::uint32_t dot, colon, at, special;
  bool all_hex;
};

#ifdef __SSE2__

// Every x86-64 has SSE2. AVX2 would halve this part, which is less than a fifth of the whole.
[[gnu::always_inline]] inline Step look(const char* p) {
  const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  auto equal = [&](__m128i what, char c) { return _mm_cmpeq_epi8(what, _mm_set1_epi8(c)); };
  auto bits = [](__m128i what) { return static_cast<std::uint32_t>(_mm_movemask_epi8(what)); };
  auto at_most = [](__m128i what, char most) {  // unsigned
    return _mm_cmpeq_epi8(_mm_min_epu8(what, _mm_set1_epi8(most)), what);
  };
  const __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
  const __m128i digits = at_most(_mm_sub_epi8(v, _mm_set1_epi8('0')), 9);
  const __m128i letters = at_most(_mm_sub_epi8(lower, _mm_set1_epi8('a')), 5);
  // '[' | 0x20 is '{'; '\' | 0x20 is '|', which changes_at() sorts out.
  __m128i special = _mm_or_si128(equal(lower, '{'), equal(lower, '|'));
  special = _mm_or_si128(special, _mm_or_si128(equal(v, '('), equal(v, '%')));
  return {bits(equal(v, '.')), bits(equal(v, ':')), bits(equal(v, '@')), bits(_mm_or_si128(special, v)),
          bits(_mm_or_si128(digits, letters)) == 0xffff};
}

#else

Step look(const char* p) {
  Step out{0, 0, 0, 0, true};
  for (std::size_t i = 0; i < kStep; ++i) {
    const std::uint32_t bit = std::uint32_t{1} << i;
    if (p[i] == '.') out.dot |= bit;
    if (p[i] == ':') out.colon |= bit;
    if (p[i] == '@') out.at |= bit;
    if (std::string_view("%[({\\").find(p[i]) != std::string_view::npos || !is_ascii(p[i])) out.special |= bit;
    out.all_hex &= is(p[i], kHex);
  }
  return out;
}

#endif

}  // namespace

bool mark(std::string_view line, bool normalised, Marks& out) {
  out.blocks.resize((line.size() + Marks::kBlock - 1) / Marks::kBlock);
  for (std::size_t b = 0; b < out.blocks.size(); ++b) {
    Marks::Block block{0, 0, 0, 0};
    for (std::size_t k = 0; k < Marks::kBlock / kStep; ++k) {
      const std::size_t i = b * Marks::kBlock + k * kStep;
      if (i >= line.size()) break;
      Step step;
      if (i + kStep <= line.size()) {
        step = look(line.data() + i);
      } else {
        char last[kStep] = {};
        std::memcpy(last, line.data() + i, line.size() - i);
        step = look(last);
      }
      if (!normalised)
        for (std::uint32_t rest = step.special; rest != 0; rest &= rest - 1) {
          std::size_t at = i + static_cast<std::size_t>(std::countr_zero(rest));
          if (line[at] != '|' && changes_at(line, at)) return false;
        }
      block.dot |= static_cast<std::uint64_t>(step.dot) << (k * kStep);
      block.colon |= static_cast<std::uint64_t>(step.colon) << (k * kStep);
      block.at |= static_cast<std::uint64_t>(step.at) << (k * kStep);
      if (step.all_hex) block.hex = static_cast<std::uint8_t>(block.hex | 1u << k);
    }
    out.blocks[b] = block;
  }
  return true;
}

}  // namespace scrutineer::hunt
