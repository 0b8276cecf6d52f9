// How dark a mark makes the paper at a point. Shapes are drawn exactly; ink has a grain.
#pragma once

#include <vector>

#include "core/ballotmaker/stamp_truth.h"

namespace scrutineer {

struct Box2 {
  double left = 0, top = 0, right = 0, bottom = 0;
};

class MarkInk {
 public:
  // `soft`: half of the width over which edges fade, in hundredths of a millimetre.
  MarkInk(const PaperMark& mark, double soft);
  Box2 reach() const { return reach_; }  // on the paper; no ink outside
  double at(double x, double y) const;   // 0 to 1
  const PaperMark& mark() const { return mark_; }

 private:
  struct Stroke {
    double x1, y1, x2, y2, half;
  };
  struct Ring {
    double radius, half;  // of its middle line
  };
  void official();
  void seal();
  void pen();
  void letters();
  void stroke(double x1, double y1, double x2, double y2, double width) {
    strokes_.push_back({x1, y1, x2, y2, width / 2});
  }
  void reach_of_shapes();
  double shape_at(double x, double y) const;  // in the mark's own coordinates
  double finger_at(double x, double y) const;
  double grain_at(double x, double y) const;

  PaperMark mark_;
  double soft_, cos_, sin_;
  Box2 reach_;
  std::vector<Stroke> strokes_;
  std::vector<Ring> rings_;
  double inner_ = 0;  // radius of what `fill` fills
  double hidden_cos_ = 1, hidden_sin_ = 0;
};

// Of an angle in hundredths of a degree; the same on every machine.
struct Turned {
  double cos, sin;
};
Turned turned(std::int32_t hundredths);

}  // namespace scrutineer
