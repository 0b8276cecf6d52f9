#include "core/scan/stamp_beyond.h"

#include <algorithm>
#include <vector>

namespace scrutineer {
namespace {

constexpr Length kBeside = 400;  // hundredths of a millimetre: an edge has a shadow, and paper stretches
constexpr int kStroke = 7;       // pixels at 200 dpi to both sides of a printed stroke: paper again
constexpr int kDarker = 30;      // grey values, than on both sides
constexpr int kPrintLeast = 60;  // pixels of strokes: a letter of 3 mm has about so many
constexpr int kAlongMost = 60;   // per cent of a column: more is a line of the scanner's
constexpr int kRowsLeast = 12;   // pixels: fewer show nothing

struct Part {
  int left, top, right, bottom;  // pixels, the last two not included
};

// Upright strokes are darker than what is left and right of them.
int strokes_in(GreyView page, const Part& part) {
  const int left = std::max(part.left, kStroke), right = std::min(part.right, page.width - kStroke);
  const int rows = (part.bottom - part.top) / 2;
  if (rows < kRowsLeast / 2 || right - left < kRowsLeast) return 0;
  std::vector<int> seen(static_cast<std::size_t>(right - left), 0);
  for (int y = part.top; y + 1 < part.bottom; y += 2) {
    const std::uint8_t *a = page.row(y), *b = page.row(y + 1);
    auto at = [&](int x) { return a[x] + b[x]; };
    for (int x = left; x < right; ++x)
      seen[static_cast<std::size_t>(x - left)] += std::min(at(x - kStroke), at(x + kStroke)) - at(x) >= 2 * kDarker;
  }
  int sum = 0;
  for (int count : seen)
    if (count * 100 <= rows * kAlongMost) sum += 2 * count;
  return sum;
}

}  // namespace

bool print_beyond(const StampForm& form, const StampFrame& frame, GreyView page) {
  const double w = form.geometry.width, h = form.geometry.height;
  const PicturePoint a = frame.at(-kBeside, -kBeside), b = frame.at(w + kBeside, -kBeside),
                     c = frame.at(-kBeside, h + kBeside), d = frame.at(w + kBeside, h + kBeside);
  const int top = std::clamp(static_cast<int>(std::min(a.y, b.y)), 0, page.height);
  const int bottom = std::clamp(static_cast<int>(std::max(c.y, d.y)) + 1, top, page.height);
  const int left = std::clamp(static_cast<int>(std::min(a.x, c.x)), 0, page.width);
  const int right = std::clamp(static_cast<int>(std::max(b.x, d.x)) + 1, left, page.width);
  return strokes_in(page, {0, 0, page.width, top}) >= kPrintLeast ||
         strokes_in(page, {0, bottom, page.width, page.height}) >= kPrintLeast ||
         strokes_in(page, {0, top, left, bottom}) >= kPrintLeast ||
         strokes_in(page, {right, top, page.width, bottom}) >= kPrintLeast;
}

}  // namespace scrutineer
