// Pictures of paper in memory, as grey values: what scanners give and readers look at. No files and no formats here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/check.h"

namespace scrutineer {

inline constexpr int kImageSide = 20'000;               // pixels; more is no sheet of paper at any scanner's resolution
inline constexpr std::size_t kImageArea = 100'000'000;  // pixels of one picture

// A borrowed rectangle of grey values, row by row. 0: black, 255: white.
struct GreyView {
  const std::uint8_t* pixels = nullptr;
  int width = 0, height = 0;
  std::ptrdiff_t stride = 0;  // bytes from one row to the next

  const std::uint8_t* row(int y) const { return pixels + y * stride; }
  std::uint8_t at(int x, int y) const { return row(y)[x]; }
  bool holds(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
};

// The owner. Rows lie side by side: stride == width.
class GreyPage {
 public:
  GreyPage() = default;
  // Within kImageSide and kImageArea: whoever reads files has refused larger ones before.
  GreyPage(int width, int height, std::uint8_t value = 255)
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), value) {
    check(width >= 0 && height >= 0 && width <= kImageSide && height <= kImageSide, "the size of a picture");
  }
  int width() const { return width_; }
  int height() const { return height_; }
  bool empty() const { return pixels_.empty(); }
  std::uint8_t* row(int y) { return pixels_.data() + static_cast<std::ptrdiff_t>(y) * width_; }
  const std::uint8_t* row(int y) const { return pixels_.data() + static_cast<std::ptrdiff_t>(y) * width_; }
  std::uint8_t& at(int x, int y) { return row(y)[x]; }
  std::uint8_t at(int x, int y) const { return row(y)[x]; }
  GreyView view() const { return {pixels_.data(), width_, height_, width_}; }

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace scrutineer
