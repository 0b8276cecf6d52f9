#include "core/scan/stamp_lines.h"

#include <emmintrin.h>

#include <algorithm>

namespace scrutineer {
namespace {

constexpr int kLineReach = 6;         // rows: printed lines are 2 to 4 thick at 200 dpi, and lean in their strip
constexpr int kStrengthMost = 3'600;  // so that black areas count no more than lines
constexpr int kStrengthLeast = 500;   // of a strip's row: 16 grey values
constexpr int kCoverageLeast = 700;   // per mille

std::uint32_t dark_of(const std::uint8_t* p) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i a = _mm_sad_epu8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), zero);
  const __m128i b = _mm_sad_epu8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16)), zero);
  const __m128i sum = _mm_add_epi64(a, b);
  return static_cast<std::uint32_t>(kStripWidth * 255 - _mm_cvtsi128_si32(sum) - _mm_extract_epi16(sum, 4));
}

std::vector<std::uint16_t> summed(const LineStrips& strips, int slope) {
  std::vector<std::uint16_t> out(static_cast<std::size_t>(strips.height), 0);
  const double middle = (strips.middle.front() + strips.middle.back()) / 2;
  for (int s = 0; s < strips.count; ++s) {
    const double lean = slope * (strips.middle[static_cast<std::size_t>(s)] - middle) / 1'000;
    const int shift = static_cast<int>(lean + (lean < 0 ? -0.5 : 0.5));
    const std::uint16_t* from = strips.strip(s) + shift;
    std::uint16_t* to = out.data();
    const int begin = std::max(0, -shift), end = std::min(strips.height, strips.height - shift);
    for (int y = begin; y < end; ++y) to[y] = static_cast<std::uint16_t>(to[y] + from[y]);
  }
  return out;
}

std::uint64_t sharpness(const LineStrips& strips, int slope) {
  std::uint64_t sum = 0;
  for (std::uint16_t v : summed(strips, slope)) {
    const std::uint32_t w = v >> 4;
    sum += w * w;
  }
  return sum;
}

}  // namespace

LineStrips line_strips(GreyView page) {
  LineStrips out;
  out.height = page.height;
  // 18 strips at most, so that their sum stays within sixteen bits.
  const int room = page.width * 8 / 10;
  out.count = std::clamp(room / kStripWidth, 1, 18);
  const int first = std::max(0, (page.width - out.count * kStripWidth) / 2);
  out.strength.assign(static_cast<std::size_t>(out.count) * static_cast<std::size_t>(out.height), 0);
  std::vector<std::int32_t> dark(static_cast<std::size_t>(out.height));
  std::uint64_t all = 0;
  for (int s = 0; s < out.count; ++s) {
    const int left = first + s * kStripWidth;
    out.middle.push_back(left + (kStripWidth - 1) / 2.0);
    for (int y = 0; y < page.height; ++y) {
      dark[static_cast<std::size_t>(y)] = static_cast<std::int32_t>(dark_of(page.row(y) + left));
      all += static_cast<std::uint64_t>(dark[static_cast<std::size_t>(y)]);
    }
    std::uint16_t* to = out.strength.data() + static_cast<std::ptrdiff_t>(s) * out.height;
    const std::int32_t* d = dark.data();
    for (int y = kLineReach; y < page.height - kLineReach; ++y)
      to[y] = static_cast<std::uint16_t>(
          std::clamp((2 * d[y] - d[y - kLineReach] - d[y + kLineReach]) / 2, 0, kStrengthMost));
  }
  out.mean_dark = static_cast<double>(all) / (static_cast<double>(out.count) * kStripWidth * std::max(1, out.height));
  return out;
}

int line_slope(const LineStrips& strips) {
  int best = 0;
  std::uint64_t most = 0;
  auto take = [&](int slope) {
    const std::uint64_t value = sharpness(strips, slope);
    if (value > most) most = value, best = slope;
  };
  for (int slope = -kSlopeMost; slope <= kSlopeMost; slope += 4) take(slope);
  const int coarse = best;
  for (int slope = coarse - 3; slope <= coarse + 3; ++slope) take(slope);
  return best;
}

std::vector<LinePeak> line_peaks(const LineStrips& strips, int slope) {
  const std::vector<std::uint16_t> sum = summed(strips, slope);
  const double middle = (strips.middle.front() + strips.middle.back()) / 2;
  std::vector<LinePeak> out;
  for (int y = kLineReach + 2; y < strips.height - kLineReach - 2; ++y) {
    const int here = sum[static_cast<std::size_t>(y)];
    if (here < strips.count * kStrengthLeast / 2) continue;
    bool highest = true;
    for (int k = -3; k <= 3; ++k)
      highest &= k < 0 ? sum[static_cast<std::size_t>(y + k)] < here : sum[static_cast<std::size_t>(y + k)] <= here;
    if (!highest) continue;
    int seen = 0;
    for (int s = 0; s < strips.count; ++s) {
      const double lean = slope * (strips.middle[static_cast<std::size_t>(s)] - middle) / 1'000;
      const int at = y + static_cast<int>(lean + (lean < 0 ? -0.5 : 0.5));
      int most = 0;
      for (int k = -2; k <= 2; ++k)
        if (at + k >= 0 && at + k < strips.height) most = std::max<int>(most, strips.strip(s)[at + k]);
      seen += most >= kStrengthLeast;
    }
    const int coverage = seen * 1'000 / strips.count;
    if (coverage < kCoverageLeast) continue;
    double weight = 0, moment = 0;
    for (int k = -3; k <= 3; ++k) {
      weight += sum[static_cast<std::size_t>(y + k)];
      moment += k * static_cast<double>(sum[static_cast<std::size_t>(y + k)]);
    }
    out.push_back({y + moment / weight, here / strips.count, coverage});
  }
  return out;
}

}  // namespace scrutineer
