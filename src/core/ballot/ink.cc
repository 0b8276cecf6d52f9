#include "core/ballot/ink.h"

#include <algorithm>
#include <cmath>

namespace scrutineer {

InkPage::InkPage(Length width, Length height, int dpi)
    : dpi_(dpi),
      scale_(dpi / 2'540.0),
      ink_(static_cast<int>(width * scale_ + 0.5), static_cast<int>(height * scale_ + 0.5), 0) {}

void InkPage::stroke(double x1, double y1, double x2, double y2, double width) {
  x1 *= scale_, y1 *= scale_, x2 *= scale_, y2 *= scale_;
  const double radius = width * scale_ / 2, reach = radius + 1;
  const int left = std::max(0, static_cast<int>(std::min(x1, x2) - reach));
  const int right = std::min(ink_.width() - 1, static_cast<int>(std::max(x1, x2) + reach));
  const int top = std::max(0, static_cast<int>(std::min(y1, y2) - reach));
  const int bottom = std::min(ink_.height() - 1, static_cast<int>(std::max(y1, y2) + reach));
  const double dx = x2 - x1, dy = y2 - y1, square = dx * dx + dy * dy;
  for (int y = top; y <= bottom; ++y)
    for (int x = left; x <= right; ++x) {
      const double px = x + 0.5 - x1, py = y + 0.5 - y1;
      const double along = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0;
      const double ox = px - along * dx, oy = py - along * dy;
      const double cover = std::clamp(radius - std::sqrt(ox * ox + oy * oy) + 0.5, 0.0, 1.0);
      auto value = static_cast<std::uint8_t>(cover * 255 + 0.5);
      if (value > ink_.at(x, y)) ink_.at(x, y) = value;
    }
}

void InkPage::fill(const PaperArea& area) {
  const double left = area.x * scale_, right = area.right() * scale_;
  const double top = area.y * scale_, bottom = area.bottom() * scale_;
  auto share = [](double low, double high, int pixel) {
    return std::clamp(std::min(high, pixel + 1.0) - std::max(low, static_cast<double>(pixel)), 0.0, 1.0);
  };
  for (int y = std::max(0, static_cast<int>(top)); y < std::min(ink_.height(), static_cast<int>(bottom) + 1); ++y)
    for (int x = std::max(0, static_cast<int>(left)); x < std::min(ink_.width(), static_cast<int>(right) + 1); ++x) {
      auto value = static_cast<std::uint8_t>(share(left, right, x) * share(top, bottom, y) * 255 + 0.5);
      if (value > ink_.at(x, y)) ink_.at(x, y) = value;
    }
}

void InkPage::frame(const PaperArea& area, double line) {
  const auto thick = static_cast<Length>(line), half = static_cast<Length>(line / 2);
  fill({area.x - half, area.y - half, area.width + thick, thick});
  fill({area.x - half, area.bottom() - half, area.width + thick, thick});
  fill({area.x - half, area.y - half, thick, area.height + thick});
  fill({area.right() - half, area.y - half, thick, area.height + thick});
}

}  // namespace scrutineer
