#include "core/ballotmaker/defects.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

#include "core/ballotmaker/dice.h"
#include "core/image/grey.h"

namespace scrutineer {

namespace {

// About normal with sigma 256: eight bytes, each uniform on 0..255, have mean 1020 and variance 8 * (65536 - 1) / 12.
int gauss_256(Dice& dice) {
  std::uint64_t bits = dice.next();
  int sum = 0;
  for (int i = 0; i < 8; ++i, bits >>= 8) sum += static_cast<int>(bits & 255);
  return (sum - 1020) * 256 / 209;
}

std::uint8_t clamped(int value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

void set_row(GreyPage& page, int y, int from, int to, std::uint8_t value) {
  from = std::max(from, 0);
  to = std::min(to, page.width());
  if (y >= 0 && y < page.height() && from < to)
    std::memset(page.row(y) + from, value, static_cast<std::size_t>(to - from));
}

// One pass of a box of 2 * radius + 1 pixels along a line with the given step; what lies outside is as its edge.
void box_line(std::uint8_t* line, int length, std::ptrdiff_t step, int radius, std::vector<std::uint8_t>& copy) {
  copy.resize(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) copy[static_cast<std::size_t>(i)] = line[i * step];
  const auto at = [&](int i) { return static_cast<int>(copy[static_cast<std::size_t>(std::clamp(i, 0, length - 1))]); };
  const int size = 2 * radius + 1;
  int sum = 0;
  for (int i = -radius; i <= radius; ++i) sum += at(i);
  for (int i = 0; i < length; ++i) {
    line[i * step] = static_cast<std::uint8_t>((sum + radius) / size);
    sum += at(i + radius + 1) - at(i - radius);
  }
}

}  // namespace

GreyPage rotated(GreyView page, int millidegrees, std::uint8_t fill) {
  const double angle = millidegrees * std::numbers::pi / 180'000;
  const double sine = std::sin(angle), cosine = std::cos(angle);
  const double x = (page.width - 1) / 2.0, y = (page.height - 1) / 2.0;
  const Affine back{cosine, sine, x - cosine * x - sine * y, -sine, cosine, y + sine * x - cosine * y};
  return warped(page, back, page.width, page.height, fill);
}

GreyPage skewed(GreyView page, int per_mille, std::uint8_t fill) {
  const double shear = per_mille / 1000.0;
  return warped(page, {1, -shear, shear * page.height / 2.0, 0, 1, 0}, page.width, page.height, fill);
}

GreyPage rescaled(GreyView page, int from_dpi, int to_dpi) {
  check(from_dpi > 0 && to_dpi > 0, "resolutions are positive");
  return resized(page, page.width * to_dpi / from_dpi, page.height * to_dpi / from_dpi);
}

GreyPage feed_stretched(GreyView page, int row, int rows) {
  GreyPage longer(page.width, page.height + rows);
  for (int y = 0; y < longer.height(); ++y) {
    const int from = y <= row ? y : std::max(row, y - rows);
    std::memcpy(longer.row(y), page.row(from), static_cast<std::size_t>(page.width));
  }
  return longer;
}

GreyPage feed_slipped(GreyView page, int row, int rows) {
  GreyPage shorter(page.width, page.height - rows);
  for (int y = 0; y < shorter.height(); ++y) {
    std::memcpy(shorter.row(y), page.row(y < row ? y : y + rows), static_cast<std::size_t>(page.width));
  }
  return shorter;
}

GreyPage with_border(GreyView page, int left, int top, int right, int bottom, std::uint8_t value) {
  GreyPage larger(page.width + left + right, page.height + top + bottom, value);
  for (int y = 0; y < page.height; ++y)
    std::memcpy(larger.row(y + top) + left, page.row(y), static_cast<std::size_t>(page.width));
  return larger;
}

GreyPage cropped(GreyView page, int left, int top, int right, int bottom) {
  return copy_of(part_of(page, left, top, page.width - left - right, page.height - top - bottom));
}

void add_noise(GreyPage& page, int sigma, std::uint64_t seed) {
  Dice dice(seed);
  for (int y = 0; y < page.height(); ++y) {
    std::uint8_t* line = page.row(y);
    for (int x = 0; x < page.width(); ++x) line[x] = clamped(line[x] + ((gauss_256(dice) * sigma + 128) >> 8));
  }
}

void add_salt_and_pepper(GreyPage& page, int per_mille, std::uint64_t seed) {
  Dice dice(seed);
  for (int y = 0; y < page.height(); ++y) {
    std::uint8_t* line = page.row(y);
    for (int x = 0; x < page.width(); ++x) {
      const std::uint64_t roll = dice.next();
      if (((roll & 0xFFFFFFFFU) * 1000 >> 32) < static_cast<std::uint64_t>(per_mille))
        line[x] = (roll >> 63) != 0 ? 255 : 0;
    }
  }
}

GreyPage blurred(GreyView page, int sigma_tenths) {
  GreyPage result = copy_of(page);
  if (page.width == 0 || page.height == 0) return result;
  // Three boxes of width w have the variance 3 * (w^2 - 1) / 12; the nearest odd widths that give sigma^2 together.
  const int wanted = sigma_tenths * sigma_tenths * 4;  // the sum of w^2 - 1, times 100 / 3
  int radii[3] = {0, 0, 0};
  for (int sum = 0, i = 0; i < 300; ++i) {
    int& radius = radii[i % 3];
    const int more = ((2 * radius + 3) * (2 * radius + 3) - (2 * radius + 1) * (2 * radius + 1)) * 100 / 3;
    if (sum + more / 2 > wanted) break;
    sum += more;
    ++radius;
  }
  std::vector<std::uint8_t> copy;
  for (const int radius : radii) {
    if (radius == 0) continue;
    for (int y = 0; y < result.height(); ++y) box_line(result.row(y), result.width(), 1, radius, copy);
    for (int x = 0; x < result.width(); ++x) box_line(result.row(0) + x, result.height(), result.width(), radius, copy);
  }
  return result;
}

void fade(GreyPage& page, int percent) {
  for (int y = 0; y < page.height(); ++y) {
    for (int x = 0; x < page.width(); ++x) page.at(x, y) = clamped(255 - (255 - page.at(x, y)) * (100 - percent) / 100);
  }
}

void shade(GreyPage& page, int percent, bool down) {
  const int length = std::max(1, (down ? page.height() : page.width()) - 1);
  for (int y = 0; y < page.height(); ++y) {
    for (int x = 0; x < page.width(); ++x) {
      const int light = 100 * length - percent * (down ? y : x);
      page.at(x, y) = clamped(page.at(x, y) * (light / 100) / length);
    }
  }
}

void brighten(GreyPage& page, int by) {
  for (int y = 0; y < page.height(); ++y) {
    for (int x = 0; x < page.width(); ++x) page.at(x, y) = clamped(page.at(x, y) + by);
  }
}

void add_streak(GreyPage& page, int x, int width, std::uint8_t value) {
  for (int y = 0; y < page.height(); ++y) set_row(page, y, x, x + width, value);
}

void add_streaks(GreyPage& page, int count, int width, std::uint8_t value, std::uint64_t seed) {
  Dice dice(seed);
  for (int i = 0; i < count; ++i)
    add_streak(page, dice.between(0, std::max(0, page.width() - width - 1)), width, value);
}

void tear_corner(GreyPage& page, Corner corner, int width, int height, std::uint8_t fill, std::uint64_t seed) {
  Dice dice(seed);
  const bool right = corner == Corner::top_right || corner == Corner::bottom_right;
  const bool bottom = corner == Corner::bottom_left || corner == Corner::bottom_right;
  int ragged = 0;
  for (int i = 0; i < height; ++i) {
    ragged = std::clamp(ragged + dice.between(-1, 1), -4, 4);
    const int gone = width - width * i / height + ragged;
    const int y = bottom ? page.height() - 1 - i : i;
    if (right) {
      set_row(page, y, page.width() - gone, page.width(), fill);
    } else {
      set_row(page, y, 0, gone, fill);
    }
  }
}

void punch_hole(GreyPage& page, int x, int y, int radius, std::uint8_t fill) {
  for (int dy = -radius; dy <= radius; ++dy) {
    int half = 0;
    while ((half + 1) * (half + 1) + dy * dy <= radius * radius) ++half;
    set_row(page, y + dy, x - half, x + half + 1, fill);
  }
}

void add_fold(GreyPage& page, int y, int width, int darkness, std::uint64_t seed) {
  Dice dice(seed);
  int drift = 0;
  for (int x = 0; x < page.width(); ++x) {
    if (dice.one_in(50)) drift = std::clamp(drift + dice.between(-1, 1), -2, 2);
    for (int i = 0; i < width; ++i) {
      const int row = y + drift + i;
      if (row >= 0 && row < page.height())
        page.at(x, row) = clamped(page.at(x, row) - darkness + dice.between(-12, 12));
    }
  }
}

void add_dirt(GreyPage& page, int specks, int radius, std::uint64_t seed) {
  Dice dice(seed);
  if (page.empty()) return;
  for (int i = 0; i < specks; ++i) {
    punch_hole(page, dice.between(0, page.width() - 1), dice.between(0, page.height() - 1), dice.between(0, radius),
               static_cast<std::uint8_t>(dice.between(0, 120)));
  }
}

void fill_rectangle(GreyPage& page, int x, int y, int width, int height, std::uint8_t value) {
  for (int row = y; row < y + height; ++row) set_row(page, row, x, x + width, value);
}

}  // namespace scrutineer
