#include "core/ballotmaker/stamp_scan.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/ballotmaker/dice.h"

namespace scrutineer {
namespace {

// ISO/IEC 10918-1 table K.1, luminance.
constexpr int kQuant[64] = {16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
                            14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
                            18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
                            49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

struct Cosines {
  float c[8][8];
  Cosines() {
    // cos(k pi / 16), written down: the same on every machine.
    constexpr double kCos[9] = {1,
                                0.980785280403230449,
                                0.923879532511286756,
                                0.831469612302545237,
                                0.707106781186547524,
                                0.555570233019602225,
                                0.382683432365089772,
                                0.195090322016128268,
                                0};
    auto cosine = [&](int k) {
      k %= 32;
      if (k > 16) k = 32 - k;
      return k <= 8 ? kCos[k] : -kCos[16 - k];
    };
    for (int u = 0; u < 8; ++u)
      for (int x = 0; x < 8; ++x)
        c[u][x] = static_cast<float>(cosine((2 * x + 1) * u) * (u ? 0.5 : 0.353553390593273762));
  }
};

void compress_block(const Cosines& k, const float (&step)[64], float (&b)[64]) {
  float t[64];
  for (int y = 0; y < 8; ++y)
    for (int u = 0; u < 8; ++u) {
      float sum = 0;
      for (int x = 0; x < 8; ++x) sum += b[y * 8 + x] * k.c[u][x];
      t[y * 8 + u] = sum;
    }
  for (int v = 0; v < 8; ++v)
    for (int u = 0; u < 8; ++u) {
      float sum = 0;
      for (int y = 0; y < 8; ++y) sum += t[y * 8 + u] * k.c[v][y];
      const float q = sum / step[v * 8 + u];
      b[v * 8 + u] = static_cast<float>(static_cast<int>(q + (q < 0 ? -0.5f : 0.5f))) * step[v * 8 + u];
    }
  for (int v = 0; v < 8; ++v)
    for (int x = 0; x < 8; ++x) {
      float sum = 0;
      for (int u = 0; u < 8; ++u) sum += b[v * 8 + u] * k.c[u][x];
      t[v * 8 + x] = sum;
    }
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x) {
      float sum = 0;
      for (int v = 0; v < 8; ++v) sum += t[v * 8 + x] * k.c[v][y];
      b[y * 8 + x] = sum;
    }
}

}  // namespace

StampScan usual_scan(const StampGeometry& g, std::uint64_t seed) {
  Dice dice(seed);
  StampScan s;
  s.turn = dice.between(-150, 150);
  s.upside_down = dice.one_in(20);
  s.stretch_x = dice.between(-800, 800);
  s.stretch_y = dice.between(-1'500, 1'500);
  s.margin = dice.between(0, 24);
  s.background = static_cast<std::uint8_t>(dice.one_in(3) ? dice.between(0, 40) : dice.between(225, 255));
  s.paper = static_cast<std::uint8_t>(dice.between(205, 252));
  s.print = dice.between(600, 930);
  s.shade = dice.one_in(3) ? dice.between(0, 150) : 0;
  s.show_through = dice.one_in(3) ? dice.between(10, 50) : 0;
  const std::uint32_t folds = dice.below(4);
  for (std::uint32_t i = 0; i < folds; ++i) {
    PaperFold fold;
    fold.across = i != 1;
    const Length size = fold.across ? g.height : g.width;
    fold.at = dice.between(size / 5, size * 4 / 5);
    fold.lean = dice.between(-12, 12);
    fold.dark = dice.between(20, 130);
    fold.width = dice.between(25, 70);
    s.folds.push_back(fold);
  }
  s.blur = dice.one_in(2) ? dice.between(0, 300) : 0;
  s.noise = dice.between(0, 80);
  s.quality = dice.one_in(2) ? dice.between(55, 95) : 0;
  s.specks = dice.between(0, 3);
  return s;
}

void blur_area(GreyPage& page, PixelArea a, std::int32_t per_mille) {
  if (per_mille == 0) return;
  const int side = per_mille, middle = 1'000 - 2 * per_mille;
  std::vector<std::uint8_t> line(static_cast<std::size_t>(std::max(a.width, a.height)));
  auto pass = [&](int count, auto&& pixel) {
    for (int i = 0; i < count; ++i) line[static_cast<std::size_t>(i)] = pixel(i);
    for (int i = 0; i < count; ++i) {
      const int before = line[static_cast<std::size_t>(std::max(i - 1, 0))];
      const int after = line[static_cast<std::size_t>(std::min(i + 1, count - 1))];
      pixel(i) = static_cast<std::uint8_t>(
          (side * (before + after) + middle * line[static_cast<std::size_t>(i)] + 500) / 1'000);
    }
  };
  for (int y = a.y; y < a.y + a.height; ++y) pass(a.width, [&](int i) -> std::uint8_t& { return page.at(a.x + i, y); });
  for (int x = a.x; x < a.x + a.width; ++x) pass(a.height, [&](int i) -> std::uint8_t& { return page.at(x, a.y + i); });
}

void noise_area(GreyPage& page, PixelArea a, std::int32_t tenths, std::uint64_t seed) {
  if (tenths == 0) return;
  // Four uniform bytes have a standard deviation of 147.8.
  const int factor = static_cast<int>(tenths * 65'536.0 / 1'478.0 + 0.5);
  for (int y = a.y; y < a.y + a.height; ++y) {
    Dice dice(seed + static_cast<std::uint64_t>(y) * 0x51ed270b27u);
    std::uint64_t bits = 0;
    for (int x = a.x; x < a.x + a.width; ++x) {
      if (((x - a.x) & 1) == 0) bits = dice.next();
      const auto b = static_cast<std::uint32_t>(bits >> ((x - a.x) & 1 ? 32 : 0));
      const int sum = static_cast<int>((b & 255) + (b >> 8 & 255) + (b >> 16 & 255) + (b >> 24)) - 510;
      page.at(x, y) = static_cast<std::uint8_t>(std::clamp(page.at(x, y) + ((sum * factor + 32'768) >> 16), 0, 255));
    }
  }
}

void compress_area(GreyPage& page, PixelArea a, std::int32_t quality) {
  if (quality == 0) return;
  static const Cosines kCosines;
  float step[64];
  const int scale = quality < 50 ? 5'000 / quality : 200 - 2 * quality;
  for (int i = 0; i < 64; ++i) step[i] = static_cast<float>(std::clamp((kQuant[i] * scale + 50) / 100, 1, 255));
  for (int top = a.y; top < a.y + a.height; top += 8)
    for (int left = a.x; left < a.x + a.width; left += 8) {
      float block[64];
      for (int i = 0; i < 64; ++i)
        block[i] = static_cast<float>(
                       page.at(std::min(left + i % 8, page.width() - 1), std::min(top + i / 8, page.height() - 1))) -
                   128;
      compress_block(kCosines, step, block);
      for (int y = top; y < std::min({top + 8, a.y + a.height, page.height()}); ++y)
        for (int x = left; x < std::min({left + 8, a.x + a.width, page.width()}); ++x)
          page.at(x, y) =
              static_cast<std::uint8_t>(std::clamp(static_cast<int>(block[(y - top) * 8 + x - left] + 128.5f), 0, 255));
    }
}

}  // namespace scrutineer
