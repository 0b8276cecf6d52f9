#include "core/scan/oval_chain.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace scrutineer {
namespace {

constexpr int kReach = 6;  // rows above and below a mark's middle where it must be light
constexpr std::size_t kCandidatesMost = 4'000;
constexpr int kMarkLongest = 13;  // columns; longer: a printed line, or marks of the first or last row joined by blur
constexpr int kMissingInARow = 2;

// Sums of two columns, so that noise of single pixels counts less, and gaps between marks of a row stay. Row by row;
// each is filled up to whole vectors with what is no mark.
struct ColumnSums {
  int stride = 0, height = 0;
  std::vector<std::int16_t> sums;
  const std::int16_t* row(int y) const { return sums.data() + std::clamp(y, 0, height - 1) * stride; }
};

ColumnSums column_sums(GreyView small, int from, int to) {
  ColumnSums all;
  all.stride = (to - from + 7) / 8 * 8;
  all.height = small.height;
  all.sums.resize(static_cast<std::size_t>(all.stride) * static_cast<std::size_t>(small.height));
  const int whole = std::min(to, small.width - 1) - from;
  for (int y = 0; y < small.height; ++y) {
    const std::uint8_t* line = small.row(y) + from;
    std::int16_t* out = all.sums.data() + static_cast<std::ptrdiff_t>(y) * all.stride;
    for (int x = 0; x < whole; ++x) out[x] = static_cast<std::int16_t>(line[x] + line[x + 1]);
    for (int x = whole; x < to - from; ++x) out[x] = static_cast<std::int16_t>(2 * line[x]);
  }
  return all;
}

// Calls `found` for each x where (x, y) is the middle row of something dark between two light rows: at least a sixth
// darker, and darkest there.
template <class Found>
void each_middle(const ColumnSums& all, int y, Found&& found) {
  const auto row = [&](int at) { return all.row(at); };
  const std::int16_t *m2 = row(y - 2), *m1 = row(y - 1), *c = row(y), *p1 = row(y + 1), *p2 = row(y + 2);
  const std::int16_t *a5 = row(y - 5), *a6 = row(y - kReach), *b5 = row(y + 5), *b6 = row(y + kReach);
  for (int x = 0; x < all.stride; x += 8) {
    // Sums of four values of at most 510 each, six times that: within 16 bits.
    const auto at = [x](const std::int16_t* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + x)); };
    const auto twice = [](__m128i v) { return _mm_add_epi16(v, v); };
    const __m128i middle = at(c), up = at(m1), down = at(p1);
    const __m128i core = _mm_add_epi16(_mm_add_epi16(up, down), twice(middle));
    const __m128i light = twice(_mm_min_epi16(_mm_add_epi16(at(a5), at(a6)), _mm_add_epi16(at(b5), at(b6))));
    const __m128i before = _mm_add_epi16(_mm_add_epi16(at(m2), middle), twice(up));
    const __m128i after = _mm_add_epi16(_mm_add_epi16(at(p2), middle), twice(down));
    const __m128i dark = _mm_cmpgt_epi16(_mm_mullo_epi16(_mm_sub_epi16(light, core), _mm_set1_epi16(6)), light);
    const __m128i here =
        _mm_and_si128(_mm_andnot_si128(_mm_cmpgt_epi16(core, before), dark), _mm_cmpgt_epi16(after, core));
    auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(here, _mm_setzero_si128())));
    for (; bits != 0; bits &= bits - 1) found(x + std::countr_zero(bits));
  }
}

}  // namespace

std::vector<MarkCandidate> mark_candidates(GreyView small, int from, int to) {
  struct Open {
    int left, right, last_y, count, sum;
  };
  std::vector<MarkCandidate> done;
  const int width = to - from;
  if (width < 4 || small.height < 20) return done;
  const ColumnSums sums = column_sums(small, from, to);
  std::vector<Open> open;
  const auto close = [&](const Open& group) {
    if (group.right - group.left < 1 || done.size() >= kCandidatesMost) return;
    const float middle = static_cast<float>(group.sum) / static_cast<float>(group.count);
    if (group.right - group.left + 1 <= kMarkLongest) {
      done.push_back({middle, from + group.left, from + group.right});
      return;
    }
    done.push_back({middle, from + group.left, from + group.left + 9});
    done.push_back({middle, from + group.right - 9, from + group.right});
  };
  for (int y = 1; y < small.height - 1; ++y) {
    for (std::size_t i = 0; i < open.size();) {
      if (open[i].last_y + 2 < y) {
        close(open[i]);
        open[i] = open.back();
        open.pop_back();
      } else {
        ++i;
      }
    }
    each_middle(sums, y, [&](int x) {
      for (Open& group : open) {
        if (x < group.left - 1 || x > group.right + 1) continue;
        group.left = std::min(group.left, x);
        group.right = std::max(group.right, x);
        group.last_y = y;
        group.sum += y;
        ++group.count;
        return;
      }
      open.push_back({x, x, y, 1, y});
    });
  }
  for (const Open& group : open) close(group);
  std::sort(done.begin(), done.end(),
            [](const MarkCandidate& a, const MarkCandidate& b) { return a.y != b.y ? a.y < b.y : a.left < b.left; });
  return done;
}

std::vector<ChainLink> longest_chain(const std::vector<MarkCandidate>& candidates, float pitch, bool left_side) {
  struct Best {
    float score = 1;
    int from = -1, step = 1, marks = 1;
  };
  std::vector<Best> best(candidates.size());
  const auto edge = [&](const MarkCandidate& mark) { return static_cast<float>(left_side ? mark.right : mark.left); };
  std::size_t winner = 0;
  for (std::size_t j = 0; j < candidates.size(); ++j) {
    for (std::size_t i = j; i-- > 0;) {
      const float down = candidates[j].y - candidates[i].y;
      if (down > (static_cast<float>(kMissingInARow) + 1.4F) * pitch) break;
      if (down < 0.65F * pitch) continue;
      const int step = down < 1.5F * pitch ? 1 : static_cast<int>(std::lround(down / pitch));
      const float aside = std::abs(edge(candidates[j]) - edge(candidates[i]));
      if (aside > 2.5F + 0.5F * static_cast<float>(step)) continue;
      const float uneven = std::abs(down / pitch - static_cast<float>(step));
      const float score = best[i].score + 1 - 0.7F * static_cast<float>(step - 1) - 0.2F * uneven - 0.03F * aside;
      if (score > best[j].score) best[j] = {score, static_cast<int>(i), step, best[i].marks + 1};
    }
    if (best[j].score > best[winner].score) winner = j;
  }
  std::vector<ChainLink> chain;
  if (candidates.empty() || best[winner].marks < 10) return chain;
  for (int at = static_cast<int>(winner); at >= 0;) {
    chain.push_back({at});
    const Best& link = best[static_cast<std::size_t>(at)];
    if (link.from >= 0) chain.insert(chain.end(), static_cast<std::size_t>(link.step - 1), ChainLink{-1});
    at = link.from;
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

}  // namespace scrutineer
