#include "core/scan/oval_chain.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace scrutineer {
namespace {

constexpr int kReach = 6;  // rows above and below a mark's middle where it must be light
constexpr std::size_t kCandidatesMost = 4'000;
constexpr int kMarkLongest = 13;  // columns; longer: a printed line, or marks of the first or last row joined by blur
constexpr int kMissingInARow = 2;

// Sums of two columns, so that noise of single pixels counts less, and gaps between marks of a row stay. Row by row.
std::vector<std::uint16_t> column_sums(GreyView small, int from, int to) {
  const int width = to - from;
  std::vector<std::uint16_t> sums(static_cast<std::size_t>(width) * static_cast<std::size_t>(small.height));
  for (int y = 0; y < small.height; ++y) {
    const std::uint8_t* line = small.row(y);
    std::uint16_t* out = sums.data() + static_cast<std::ptrdiff_t>(y) * width;
    for (int x = 0; x < width; ++x) {
      const int c = from + x;
      out[x] = static_cast<std::uint16_t>(line[c] + line[std::min(c + 1, small.width - 1)]);
    }
  }
  return sums;
}

// Whether (x, y) is the middle row of something dark between two light rows: at least a sixth darker, and darkest
// there.
void mark_middles(const std::vector<std::uint16_t>& sums, int width, int height, int y,
                  std::vector<std::uint8_t>& out) {
  const auto row = [&](int at) {
    return sums.data() + static_cast<std::ptrdiff_t>(std::clamp(at, 0, height - 1)) * width;
  };
  const std::uint16_t *m2 = row(y - 2), *m1 = row(y - 1), *c = row(y), *p1 = row(y + 1), *p2 = row(y + 2);
  const std::uint16_t *a5 = row(y - 5), *a6 = row(y - kReach), *b5 = row(y + 5), *b6 = row(y + kReach);
  for (int x = 0; x < width; ++x) {
    const int core = m1[x] + 2 * c[x] + p1[x];
    const int above = 2 * (a5[x] + a6[x]), below = 2 * (b5[x] + b6[x]);
    const int light = std::min(above, below);
    const int before = m2[x] + 2 * m1[x] + c[x], after = c[x] + 2 * p1[x] + p2[x];
    out[static_cast<std::size_t>(x)] =
        static_cast<std::uint8_t>(static_cast<int>((light - core) * 6 > light) & static_cast<int>(core <= before) &
                                  static_cast<int>(core < after));
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
  const std::vector<std::uint16_t> sums = column_sums(small, from, to);
  std::vector<std::uint8_t> middles(static_cast<std::size_t>(width));
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
    mark_middles(sums, width, small.height, y, middles);
    for (std::size_t i = 0; i < open.size();) {
      if (open[i].last_y + 2 < y) {
        close(open[i]);
        open[i] = open.back();
        open.pop_back();
      } else {
        ++i;
      }
    }
    for (int x = 0; x < width; ++x) {
      if (middles[static_cast<std::size_t>(x)] == 0) continue;
      bool found = false;
      for (Open& group : open) {
        if (x < group.left - 1 || x > group.right + 1) continue;
        group.left = std::min(group.left, x);
        group.right = std::max(group.right, x);
        group.last_y = y;
        group.sum += y;
        ++group.count;
        found = true;
        break;
      }
      if (!found) open.push_back({x, x, y, 1, y});
    }
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
