// What is drawn, as lines and outlines in hundredths of a millimetre; and how it gets onto a picture: by Cairo.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/image/image.h"

namespace scrutineer::foreign {

struct Spot {
  double x = 0, y = 0;
};
struct Line {
  std::vector<Spot> points;
  double width = 0;
  bool closed = false;
};
struct Drawing {
  std::vector<std::vector<Spot>> outlines;  // filled together, by the winding rule
  std::vector<Line> lines;                  // round ends

  void add(const Drawing& other);
  void line(std::vector<Spot> points, double width) { lines.push_back({std::move(points), width, false}); }
  void ring(double x, double y, double radius, double width, double from = 0, double to = 360);  // degrees
  void frame(double x, double y, double w, double h, double width);
};

// (x, y) becomes (xx x + xy y + x0, yx x + yy y + y0).
struct Lens {
  double xx = 1, xy = 0, yx = 0, yy = 1, x0 = 0, y0 = 0;
  Spot at(Spot s) const { return {xx * s.x + xy * s.y + x0, yx * s.x + yy * s.y + y0}; }
  Spot back(Spot s) const;
  double scale() const;  // pixels of a hundredth of a millimetre
};
Lens turned(double degrees, double about_x = 0, double about_y = 0);
Lens moved(double x, double y);
Lens mirrored_x(double about_x);  // left becomes right
Lens mirrored_y(double about_y);
Drawing through(const Lens& lens, const Drawing& drawing);

// Text as outlines by Pango, its middle at (0, 0), ink `height` high and at most `width` wide.
struct Face {
  const char* family = "Noto Sans CJK KR";
  bool bold = false;
  double fat = 0;     // of the height: outlines drawn so much thicker
  double spread = 0;  // of the height, between letters
  double condense = 1;
};
Drawing text(std::string_view utf8, const Face& face, double height, double width = 1e9);

struct Cover {  // 0 to 255, of pixels from (x, y) of a picture
  int x = 0, y = 0;
  GreyPage page;
};
// What the drawing covers of a picture of that size, seen through the lens; every line `more` wider.
Cover cover_of(const Drawing& drawing, const Lens& lens, int width, int height, double more = 0);

}  // namespace scrutineer::foreign
