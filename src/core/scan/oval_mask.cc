#include "core/scan/oval_mask.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/image/grey.h"

namespace scrutineer {
namespace {

constexpr float kBorder = 0.62F;  // marks beyond the middle of a timing mark that stay
constexpr int kAlikeMost = 26;    // mean difference of 255 of two strokes

// The grid's inverse is not needed: areas are small, and half a pixel is the finest step that leaves no gap.
void whiten(GreyPage& page, const OvalFrame& frame, GridArea area) {
  const float step = 0.5F / frame.pitch;
  const float x1 = static_cast<float>(area.x + area.width) / 100, y1 = static_cast<float>(area.y + area.height) / 100;
  for (float y = static_cast<float>(area.y) / 100; y <= y1; y += step) {
    const float x0 = static_cast<float>(area.x) / 100;
    const PagePoint from = frame.at(x0, y), to = frame.at(x1, y);
    const int steps = static_cast<int>((x1 - x0) / step) + 1;
    for (int i = 0; i <= steps; ++i) {
      const float part = static_cast<float>(i) / static_cast<float>(steps);
      const int px = static_cast<int>(from.x + (to.x - from.x) * part),
                py = static_cast<int>(from.y + (to.y - from.y) * part);
      if (page.view().holds(px, py)) page.at(px, py) = 255;
    }
  }
}

}  // namespace

GreyPage masked_oval_page(GreyView page, const OvalForm& form, const OvalScan& scan) {
  GreyPage masked = copy_of(page);
  const OvalFrame& frame = scan.frame;
  const float rows = static_cast<float>(frame.left.size()) - 1;
  // The border as a chain of lines, clockwise as one reads the ballot: what lies left of a line is outside.
  std::vector<PagePoint> border;
  const auto add = [&](float column, float row) { border.push_back(frame.at(column, row)); };
  add(-kBorder, -kBorder);
  for (float row = rows + kBorder; row > 0; row -= 2) border.insert(border.begin(), frame.at(-kBorder, row));
  for (float row = -kBorder; row < rows; row += 2) add(33 + kBorder, row);
  add(33 + kBorder, rows + kBorder);
  border.push_back(border.front());
  for (int y = 0; y < page.height; ++y) {
    float left = 1e9F, right = -1e9F;
    for (std::size_t i = 0; i + 1 < border.size(); ++i) {
      const PagePoint &a = border[i], &b = border[i + 1];
      const auto line = static_cast<float>(y);
      if ((a.y > line) == (b.y > line)) continue;
      const float x = a.x + (b.x - a.x) * (line - a.y) / (b.y - a.y);
      left = std::min(left, x);
      right = std::max(right, x);
    }
    const int from = std::clamp(static_cast<int>(left), 0, page.width),
              to = std::clamp(static_cast<int>(right) + 1, 0, page.width);
    if (from >= to) {
      std::memset(masked.row(y), 255, static_cast<std::size_t>(page.width));
      continue;
    }
    std::memset(masked.row(y), 255, static_cast<std::size_t>(from));
    std::memset(masked.row(y) + to, 255, static_cast<std::size_t>(page.width - to));
  }
  for (const std::uint16_t index : form.pages[scan.reading.side].places) {
    const OvalPlace& place = form.definition.places[index];
    if (place.writing) whiten(masked, frame, *place.writing);
  }
  return masked;
}

OvalStrokes oval_strokes(GreyView page, const OvalForm& form, const OvalScan& scan) {
  OvalStrokes strokes;
  strokes.side = scan.reading.side;
  const OvalPageForm& blank = form.pages[strokes.side];
  OvalPatch patch;
  for (std::size_t i = 0; i < scan.reading.places.size(); ++i) {
    const PlaceReading& read = scan.reading.places[i];
    if (read.density.mark == MarkClass::none) continue;
    const OvalPlace& place = form.definition.places[read.place];
    if (!cut_patch(page, scan.frame, {255, 0}, {}, static_cast<float>(place.column) / 100,
                   static_cast<float>(place.row) / 100, blank.offsets[i], patch))
      continue;
    strokes.places.push_back(read.place);
    for (int y = 0; y < OvalStrokes::kDown; ++y) {
      for (int x = 0; x < OvalStrokes::kAcross; ++x) {
        int sum = 0;
        for (int dy = 0; dy < 3; ++dy) {
          for (int dx = 0; dx < 3; ++dx)
            sum += patch.ink[static_cast<std::size_t>((3 * y + dy) * kPatchWidth + 3 * x + dx)];
        }
        strokes.ink.push_back(static_cast<std::uint8_t>(sum / 9));
      }
    }
  }
  return strokes;
}

bool alike(const OvalStrokes& a, const OvalStrokes& b) {
  if (a.side != b.side || a.places.empty() || a.places != b.places) return false;
  std::int64_t difference = 0;
  for (std::size_t i = 0; i < a.ink.size(); ++i) difference += std::abs(a.ink[i] - b.ink[i]);
  return difference <= static_cast<std::int64_t>(a.ink.size()) * kAlikeMost;
}

}  // namespace scrutineer
