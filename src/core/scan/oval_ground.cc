#include "core/scan/oval_ground.h"

#include <algorithm>
#include <array>

namespace scrutineer {
namespace {

float mean_near(GreyView small, int factor, PagePoint p) {
  const int x = std::clamp(static_cast<int>((p.x + 0.5F) / static_cast<float>(factor)), 1, small.width - 2);
  const int y = std::clamp(static_cast<int>((p.y + 0.5F) / static_cast<float>(factor)), 0, small.height - 1);
  return static_cast<float>(small.at(x - 1, y) + small.at(x, y) + small.at(x + 1, y)) / 3;
}

float middle_of_five(const std::vector<float>& values, std::size_t at) {
  std::array<float, 5> near{};
  const std::size_t first = std::min(at < 2 ? 0 : at - 2, values.size() - 5);
  for (std::size_t i = 0; i < 5; ++i) near[i] = values[first + i];
  std::nth_element(near.begin(), near.begin() + 2, near.end());
  return near[2];
}

}  // namespace

OvalGround::OvalGround(GreyView small, int factor, const OvalFrame& frame) {
  const std::size_t rows = frame.left.size();
  for (const bool left : {true, false}) {
    // The inner part of the marks: the outer one may be cut off.
    const float column = left ? 0.14F : 32.86F, inner = left ? 0.27F : 32.73F;
    std::vector<float> paper(rows), ink(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      ink[i] = std::min(mean_near(small, factor, frame.at(column, static_cast<float>(i))),
                        mean_near(small, factor, frame.at(inner, static_cast<float>(i))));
      paper[i] = mean_near(small, factor, frame.at(inner, static_cast<float>(i) + (i + 1 < rows ? 0.5F : -0.5F)));
    }
    std::vector<Ground>& side = left ? left_ : right_;
    side.resize(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      side[i].ink = middle_of_five(ink, i);
      side[i].paper = std::max(middle_of_five(paper, i), side[i].ink + 1);
      least_ = std::min(least_, side[i].paper - side[i].ink);
    }
  }
}

Ground OvalGround::at(float column, float row) const {
  const auto i = static_cast<std::size_t>(std::clamp(row + 0.5F, 0.0F, static_cast<float>(left_.size()) - 1));
  const float part = std::clamp(column / 33, 0.0F, 1.0F);
  return {left_[i].paper + (right_[i].paper - left_[i].paper) * part,
          left_[i].ink + (right_[i].ink - left_[i].ink) * part};
}

}  // namespace scrutineer
