#include "core/image/grey.h"

#include <emmintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace scrutineer {

Histogram histogram(GreyView page, int x, int y, int width, int height, int step) {
  Histogram values{};
  const GreyView part = part_of(page, x, y, width, height);
  for (int row = 0; row < part.height; row += step) {
    const std::uint8_t* line = part.row(row);
    for (int column = 0; column < part.width; column += step) ++values[line[column]];
  }
  return values;
}

std::uint8_t percentile(const Histogram& values, int per_mille) {
  std::uint64_t all = 0;
  for (const std::uint32_t count : values) all += count;
  std::uint64_t sum = 0;
  for (std::size_t value = 0; value < values.size(); ++value) {
    sum += values[value];
    if (sum * 1000 > all * static_cast<std::uint64_t>(per_mille)) return static_cast<std::uint8_t>(value);
  }
  return 255;
}

std::uint8_t otsu(const Histogram& values) {
  std::uint64_t all = 0, sum = 0;
  for (std::size_t value = 0; value < values.size(); ++value) {
    all += values[value];
    sum += values[value] * value;
  }
  std::uint64_t below = 0, sum_below = 0;
  double best = -1;
  std::uint8_t threshold = 0;
  for (std::size_t value = 0; value < values.size(); ++value) {
    below += values[value];
    sum_below += values[value] * value;
    if (below == 0 || values[value] == 0) continue;
    const std::uint64_t above = all - below;
    double between = 0;
    if (above > 0) {
      const double low = static_cast<double>(sum_below) / static_cast<double>(below);
      const double high = static_cast<double>(sum - sum_below) / static_cast<double>(above);
      between = static_cast<double>(below) * static_cast<double>(above) * (high - low) * (high - low);
    }
    if (between > best) {
      best = between;
      threshold = static_cast<std::uint8_t>(value);
    }
  }
  return threshold;
}

GreyView part_of(GreyView page, int x, int y, int width, int height) {
  const int left = std::clamp(x, 0, page.width), top = std::clamp(y, 0, page.height);
  const int right = std::clamp(x + width, left, page.width), bottom = std::clamp(y + height, top, page.height);
  return {page.pixels + top * page.stride + left, right - left, bottom - top, page.stride};
}

GreyPage copy_of(GreyView page) {
  GreyPage copy(page.width, page.height);
  for (int y = 0; y < page.height && page.width > 0; ++y) {
    std::memcpy(copy.row(y), page.row(y), static_cast<std::size_t>(page.width));
  }
  return copy;
}

GreyPage turned_round(GreyView page) {
  GreyPage turned(page.width, page.height);
  for (int y = 0; y < page.height; ++y) {
    std::reverse_copy(page.row(y), page.row(y) + page.width, turned.row(page.height - 1 - y));
  }
  return turned;
}

namespace {

// Between four pixels, in 1/256; pixels outside are `fill`.
std::uint8_t between(GreyView page, double x, double y, std::uint8_t fill) {
  const double floor_x = std::floor(x), floor_y = std::floor(y);
  const int left = static_cast<int>(floor_x), top = static_cast<int>(floor_y);
  const int part_x = static_cast<int>((x - floor_x) * 256), part_y = static_cast<int>((y - floor_y) * 256);
  const auto value = [&](int column, int row) { return page.holds(column, row) ? page.at(column, row) : fill; };
  const int upper = value(left, top) * (256 - part_x) + value(left + 1, top) * part_x;
  const int lower = value(left, top + 1) * (256 - part_x) + value(left + 1, top + 1) * part_x;
  return static_cast<std::uint8_t>((upper * (256 - part_y) + lower * part_y + 32'768) >> 16);
}

// Sums over [from, to) of a line, in 1/256 of a pixel, for every target pixel: the weights of one axis.
struct Span {
  int first = 0, last = 0;                // source pixels, inclusive
  int first_weight = 0, last_weight = 0;  // of 256; those between weigh 256
};

Span span_of(int target, int target_size, int source_size) {
  const std::int64_t from = static_cast<std::int64_t>(target) * source_size * 256 / target_size;
  const std::int64_t to = static_cast<std::int64_t>(target + 1) * source_size * 256 / target_size;
  Span span;
  span.first = static_cast<int>(from >> 8);
  span.last = static_cast<int>((to - 1) >> 8);
  if (span.first == span.last) {
    span.first_weight = static_cast<int>(to - from);
  } else {
    span.first_weight = 256 - static_cast<int>(from & 255);
    span.last_weight = static_cast<int>(to - (static_cast<std::int64_t>(span.last) << 8));
  }
  return span;
}

GreyPage shrunk(GreyView page, int width, int height) {
  GreyPage small(width, height);
  std::vector<Span> columns(static_cast<std::size_t>(width));
  for (int x = 0; x < width; ++x) columns[static_cast<std::size_t>(x)] = span_of(x, width, page.width);
  for (int y = 0; y < height; ++y) {
    const Span rows = span_of(y, height, page.height);
    for (int x = 0; x < width; ++x) {
      const Span& span = columns[static_cast<std::size_t>(x)];
      std::uint64_t sum = 0, weights = 0;
      for (int row = rows.first; row <= rows.last; ++row) {
        const int down = row == rows.first ? rows.first_weight : row == rows.last ? rows.last_weight : 256;
        const std::uint8_t* line = page.row(row);
        for (int column = span.first; column <= span.last; ++column) {
          const int across = column == span.first ? span.first_weight : column == span.last ? span.last_weight : 256;
          const auto weight = static_cast<std::uint64_t>(down) * static_cast<std::uint64_t>(across);
          sum += weight * line[column];
          weights += weight;
        }
      }
      small.at(x, y) = static_cast<std::uint8_t>((sum + weights / 2) / weights);
    }
  }
  return small;
}

}  // namespace

GreyPage warped(GreyView page, const Affine& to_source, int width, int height, std::uint8_t fill) {
  GreyPage target(width, height, fill);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double source_x = to_source.xx * x + to_source.xy * y + to_source.x0;
      const double source_y = to_source.yx * x + to_source.yy * y + to_source.y0;
      if (source_x <= -1 || source_y <= -1 || source_x >= page.width || source_y >= page.height) continue;
      target.at(x, y) = between(page, source_x, source_y, fill);
    }
  }
  return target;
}

namespace {

// Four rows of `width` * 4 pixels to one: the factor of letter paper at 200 dpi, which every page there goes through.
void reduce_by_four(GreyView page, int y, int width, std::uint8_t* out) {
  const std::uint8_t* rows[4] = {page.row(y), page.row(y + 1), page.row(y + 2), page.row(y + 3)};
  const __m128i low = _mm_set1_epi16(255), ones = _mm_set1_epi16(1), half = _mm_set1_epi32(8);
  const std::ptrdiff_t ahead = y + 8 <= page.height ? 4 * page.stride : 0;  // the next four rows, from memory
  int x = 0;
  for (; x + 4 <= width; x += 4) {
    if (x % 16 == 0)
      for (const std::uint8_t* row : rows)
        _mm_prefetch(reinterpret_cast<const char*>(row + ahead + 4 * x), _MM_HINT_T0);
    __m128i pairs = _mm_setzero_si128();  // sums of two columns
    for (const std::uint8_t* row : rows) {
      const __m128i pixels = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + 4 * x));
      pairs = _mm_add_epi16(pairs, _mm_add_epi16(_mm_and_si128(pixels, low), _mm_srli_epi16(pixels, 8)));
    }
    const __m128i means = _mm_srli_epi32(_mm_add_epi32(_mm_madd_epi16(pairs, ones), half), 4);
    const int four = _mm_cvtsi128_si32(_mm_packus_epi16(_mm_packs_epi32(means, means), means));
    std::memcpy(out + x, &four, 4);
  }
  for (; x < width; ++x) {
    int sum = 8;
    for (const std::uint8_t* row : rows) sum += row[4 * x] + row[4 * x + 1] + row[4 * x + 2] + row[4 * x + 3];
    out[x] = static_cast<std::uint8_t>(sum >> 4);
  }
}

}  // namespace

void reduce_rows(GreyView page, int factor, int from, int to, GreyPage& small) {
  check(factor >= 1 && factor <= 16, "a factor to shrink by");
  const int width = page.width / factor;
  check(small.width() == width && small.height() == page.height / factor && to <= small.height(), "the small picture");
  if (factor == 4) {
    for (int y = from; y < to; ++y) reduce_by_four(page, 4 * y, width, small.row(y));
    return;
  }
  const std::uint32_t area = static_cast<std::uint32_t>(factor * factor);
  const std::uint32_t multiplier = (65'536 + area / 2) / area;
  std::vector<std::uint16_t> sums(static_cast<std::size_t>(width * factor) + 8);
  for (int y = from; y < to; ++y) {
    // Columns first: the compiler turns these loops into vector instructions.
    const std::size_t used = static_cast<std::size_t>(width * factor);
    const std::uint8_t* first = page.row(y * factor);
    for (std::size_t x = 0; x < used; ++x) sums[x] = first[x];
    for (int i = 1; i < factor; ++i) {
      const std::uint8_t* line = page.row(y * factor + i);
      for (std::size_t x = 0; x < used; ++x) sums[x] = static_cast<std::uint16_t>(sums[x] + line[x]);
    }
    std::uint8_t* out = small.row(y);
    const std::uint16_t* sum = sums.data();
    for (int x = 0; x < width; ++x, sum += factor) {
      std::uint32_t all = 0;
      for (int i = 0; i < factor; ++i) all += sum[i];
      out[x] = static_cast<std::uint8_t>(std::min<std::uint32_t>(255, (all * multiplier + 32'768) >> 16));
    }
  }
}

GreyPage reduced(GreyView page, int factor) {
  check(factor >= 1 && factor <= 16, "a factor to shrink by");
  if (factor == 1) return copy_of(page);
  GreyPage small(page.width / factor, page.height / factor);
  reduce_rows(page, factor, 0, small.height(), small);
  return small;
}

GreyPage resized(GreyView page, int width, int height) {
  if (page.width == 0 || page.height == 0 || width == 0 || height == 0) return GreyPage(width, height);
  if (width == page.width && height == page.height) return copy_of(page);
  if (width <= page.width && height <= page.height) return shrunk(page, width, height);
  const double across = static_cast<double>(page.width) / width, down = static_cast<double>(page.height) / height;
  // Pixel centres fall on pixel centres; the outermost pixels are carried on over the edge.
  GreyPage target(width, height);
  for (int y = 0; y < height; ++y) {
    const double source_y = std::clamp((y + 0.5) * down - 0.5, 0.0, page.height - 1.0);
    for (int x = 0; x < width; ++x) {
      const double source_x = std::clamp((x + 0.5) * across - 0.5, 0.0, page.width - 1.0);
      target.at(x, y) = between(page, source_x, source_y, 255);
    }
  }
  return target;
}

}  // namespace scrutineer
