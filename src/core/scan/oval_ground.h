// How light paper and how dark print are at every place of a page: from the timing marks and the gaps between them, so
// that shade, fading and scanner settings do not matter.
#pragma once

#include <vector>

#include "core/scan/oval_frame.h"

namespace scrutineer {

struct Ground {
  float paper = 255, ink = 0;  // grey values; paper > ink
};

class OvalGround {
 public:
  OvalGround(GreyView small, int factor, const OvalFrame& frame);
  Ground at(float column, float row) const;
  float least_contrast() const { return least_; }  // paper - ink, where it is least

 private:
  std::vector<Ground> left_, right_;
  float least_ = 255;
};

}  // namespace scrutineer
