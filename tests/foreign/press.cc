#include "tests/foreign/press.h"

#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace scrutineer::foreign {
namespace {

double lattice(std::uint32_t seed, int x, int y) {
  std::uint32_t h = seed * 0x9e3779b1u + static_cast<std::uint32_t>(x) * 0x85ebca77u;
  h = (h ^ (h >> 13)) * 0xc2b2ae3du + static_cast<std::uint32_t>(y) * 0x27d4eb2fu;
  h = (h ^ (h >> 15)) * 0x165667b1u;
  return (h >> 8) / 16'777'216.0;
}

// Between 0 and 1, changing over `grain`.
double roughness(std::uint32_t seed, double x, double y) {
  const double fx = std::floor(x), fy = std::floor(y);
  const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
  const double tx = x - fx, ty = y - fy;
  const double a = lattice(seed, ix, iy) * (1 - tx) + lattice(seed, ix + 1, iy) * tx;
  const double b = lattice(seed, ix, iy + 1) * (1 - tx) + lattice(seed, ix + 1, iy + 1) * tx;
  return a * (1 - ty) + b * ty;
}

struct Middle {
  double x = 0, y = 0, reach = 1;
};
Middle middle_of(const Cover& cover, const Lens& lens) {
  const Spot middle = lens.back({cover.x + cover.page.width() / 2.0, cover.y + cover.page.height() / 2.0});
  return {middle.x, middle.y, std::max(cover.page.width(), cover.page.height()) / 2.0 / lens.scale()};
}

}  // namespace

void press(GreyPage& page, const Lens& lens, const Drawing& drawing, const Ink& ink, double smear_x, double smear_y) {
  const double length = std::hypot(smear_x, smear_y);
  const bool even = ink.dry <= 0 && ink.lean <= 0 && ink.cut <= 0;
  const int steps = length > 0 ? static_cast<int>(length / 15) + 1 : 0;
  for (int k = steps; k >= 0; --k) {
    Lens here = lens;
    const double share = steps ? static_cast<double>(k) / steps : 0;
    here.x0 += lens.xx * smear_x * share + lens.xy * smear_y * share;
    here.y0 += lens.yx * smear_x * share + lens.yy * smear_y * share;
    const double dark = k == 0 ? ink.dark : ink.dark * 0.10 * (1 - share * 0.7);
    const Cover cover = cover_of(drawing, here, page.width(), page.height(), ink.wet);
    if (cover.page.empty()) continue;
    const Middle m = middle_of(cover, here);
    const double lx = std::cos(ink.lean_to * std::numbers::pi / 180),
                 ly = std::sin(ink.lean_to * std::numbers::pi / 180);
    for (int y = 0; y < cover.page.height(); ++y)
      for (int x = 0; x < cover.page.width(); ++x) {
        if (!cover.page.at(x, y)) continue;
        double weight = dark * cover.page.at(x, y) / 255.0;
        std::uint8_t& pixel = page.at(cover.x + x, cover.y + y);
        if (even) {
          pixel = static_cast<std::uint8_t>(pixel * (1 - weight) + 0.5);
          continue;
        }
        const Spot s = here.back({cover.x + x + 0.5, cover.y + y + 0.5});
        if (ink.dry > 0) {
          const double n = 0.7 * roughness(ink.seed, s.x / ink.grain, s.y / ink.grain) +
                           0.3 * roughness(ink.seed + 1, s.x / ink.grain * 2.7, s.y / ink.grain * 2.7);
          weight *= std::clamp((n + 0.3 - ink.dry) / 0.25, 0.0, 1.0);
        }
        const double side = ((s.x - m.x) * lx + (s.y - m.y) * ly) / m.reach;  // -1 to 1
        if (ink.lean > 0) weight *= std::clamp(1 - ink.lean * (0.5 + 0.7 * side), 0.0, 1.0);
        if (ink.cut > 0) weight *= std::clamp((1 - 2 * ink.cut - side) * 6 + 0.5, 0.0, 1.0);
        pixel = static_cast<std::uint8_t>(pixel * (1 - weight) + 0.5);
      }
  }
}

Scan usual_scan(Luck& luck, double width, double height) {
  Scan s;
  s.turn = luck.once_in(4) ? luck.real(-3, 3) : luck.real(-1, 1);
  s.stretch_x = luck.real(-0.008, 0.008), s.stretch_y = luck.real(-0.015, 0.015);
  s.shear = luck.once_in(4) ? luck.real(-0.006, 0.006) : 0;
  s.upside_down = luck.once_in(12);
  s.margin = luck.whole(0, 30);
  s.background = luck.once_in(3) ? luck.real(0, 50) : luck.real(215, 255);
  s.paper = luck.real(200, 252);
  s.print = luck.real(0.6, 0.95);
  if (luck.once_in(2)) s.tint_x = luck.real(-0.1, 0.1), s.tint_y = luck.real(-0.1, 0.1);
  s.vignette = luck.once_in(3) ? luck.real(0, 0.12) : 0;
  s.through = luck.once_in(3) ? luck.real(0.01, 0.05) : 0;
  const int creases = luck.whole(0, 3);
  for (int i = 0; i < creases; ++i) {
    Crease c;
    c.across = !luck.once_in(3);
    c.at = luck.real(0.15, 0.85) * (c.across ? height : width);
    c.lean = luck.real(-0.015, 0.015);
    c.dark = luck.real(0.02, 0.13), c.width = luck.real(25, 70);
    c.step = luck.once_in(2) ? luck.real(-0.03, 0.03) : 0;
    s.creases.push_back(c);
  }
  s.blur = luck.once_in(2) ? luck.real(0.3, 0.9) : 0;
  s.noise = luck.real(0, 6);
  s.quality = luck.once_in(3) ? 0 : luck.whole(60, 90);
  s.dust = luck.whole(0, 4);
  return s;
}

Lens lens_of(const Scan& scan, double width, double height, int& pixels_x, int& pixels_y) {
  const double k = scan.dpi / 2'540.0, a = (scan.turn + (scan.upside_down ? 180 : 0)) * std::numbers::pi / 180;
  const double kx = k * (1 + scan.stretch_x), ky = k * (1 + scan.stretch_y);
  // The feed stretches and shears what it sees, whichever way the paper lies.
  Lens lens{kx * std::cos(a), -kx * std::sin(a), ky * std::sin(a), ky * std::cos(a), 0, 0};
  lens.xx += scan.shear * lens.yx, lens.xy += scan.shear * lens.yy;
  pixels_x = static_cast<int>(std::abs(lens.xx) * width + std::abs(lens.xy) * height) + 2 * scan.margin;
  pixels_y = static_cast<int>(std::abs(lens.yx) * width + std::abs(lens.yy) * height) + 2 * scan.margin;
  const Spot middle = lens.at({width / 2, height / 2});
  lens.x0 = pixels_x / 2.0 - middle.x, lens.y0 = pixels_y / 2.0 - middle.y;
  return lens;
}

void blur(GreyPage& page, double sigma) {
  if (sigma <= 0 || page.empty()) return;
  const int reach = std::max(1, static_cast<int>(sigma * 2.5));
  std::vector<int> weight;
  int sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weight.push_back(static_cast<int>(1'024 * std::exp(-i * i / (2 * sigma * sigma))));
    sum += weight.back();
  }
  const int width = page.width(), height = page.height();
  std::vector<int> line(static_cast<std::size_t>(width + 2 * reach)), all(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    std::uint8_t* row = page.row(y);
    for (int i = -reach; i < width + reach; ++i)
      line[static_cast<std::size_t>(i + reach)] = row[std::clamp(i, 0, width - 1)];
    std::fill(all.begin(), all.end(), sum / 2);
    for (int k = 0; k <= 2 * reach; ++k)
      for (int x = 0; x < width; ++x)
        all[static_cast<std::size_t>(x)] += weight[static_cast<std::size_t>(k)] * line[static_cast<std::size_t>(x + k)];
    for (int x = 0; x < width; ++x) row[x] = static_cast<std::uint8_t>(all[static_cast<std::size_t>(x)] / sum);
  }
  const GreyPage across = std::move(page);
  page = GreyPage(width, height);
  for (int y = 0; y < height; ++y) {
    std::fill(all.begin(), all.end(), sum / 2);
    for (int k = -reach; k <= reach; ++k) {
      const std::uint8_t* row = across.row(std::clamp(y + k, 0, height - 1));
      const int w = weight[static_cast<std::size_t>(k + reach)];
      for (int x = 0; x < width; ++x) all[static_cast<std::size_t>(x)] += w * row[x];
    }
    for (int x = 0; x < width; ++x) page.at(x, y) = static_cast<std::uint8_t>(all[static_cast<std::size_t>(x)] / sum);
  }
}

void add_noise(GreyPage& page, double sigma, Luck& luck) {
  if (sigma <= 0) return;
  constexpr std::size_t kMany = 1u << 16;
  static const std::vector<std::int16_t> kNormal = [] {  // 256 is one standard deviation
    Luck some(7);
    std::vector<std::int16_t> out;
    for (std::size_t i = 0; i < kMany; ++i) {
      double sum = -6;
      for (int k = 0; k < 12; ++k) sum += some.real(0, 1);
      out.push_back(static_cast<std::int16_t>(sum * 256));
    }
    return out;
  }();
  const int factor = static_cast<int>(sigma * 256);
  for (int y = 0; y < page.height(); ++y) {
    std::size_t at = luck.bits() % kMany;
    std::uint8_t* row = page.row(y);
    for (int x = 0; x < page.width(); ++x, at = (at + 1) % kMany)
      row[x] = static_cast<std::uint8_t>(std::clamp(row[x] + ((kNormal[at] * factor + 32'768) >> 16), 0, 255));
  }
}

GreyPage through_jpeg(const GreyPage& page, int quality) {
  const tjhandle packer = tjInitCompress(), opener = tjInitDecompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  GreyPage out(page.width(), page.height());
  const bool packed = tjCompress2(packer, page.row(0), page.width(), page.width(), page.height(), TJPF_GRAY, &bytes,
                                  &size, TJSAMP_GRAY, quality, 0) == 0;
  const bool opened = packed && tjDecompress2(opener, bytes, size, out.row(0), page.width(), page.width(),
                                              page.height(), TJPF_GRAY, 0) == 0;
  tjFree(bytes);
  tjDestroy(packer);
  tjDestroy(opener);
  check(opened, "a picture goes through JPEG");
  return out;
}

}  // namespace scrutineer::foreign
