// Blocks one below the other, page after page, with the same head and foot on each.
#pragma once

#include <functional>
#include <vector>

#include "app/paper/canvas.h"
#include "app/paper/forms.h"

namespace scrutineer::paper {

inline constexpr double kTop = 47;      // below the head
inline constexpr double kBottom = 282;  // above the foot

using Paint = std::function<void(Canvas& canvas, double y)>;

class Flow {
 public:
  // Moves to the next page where `height` is not left on this one.
  void add(double height, Paint paint);
  void space(double height) { y_ += height; }
  // Painted now and at the top of every page that begins until end_table().
  void begin_table(double height, Paint head);
  void end_table() { head_height_ = 0; }
  double left() const { return kBottom - y_; }

  // `title`: of the form. `foot`: a line at the bottom of each page.
  Status render(Canvas& canvas, const Head& head, const Bilingual& title, const std::string& foot) const;

 private:
  struct Block {
    double y;
    Paint paint;
  };
  std::vector<std::vector<Block>> pages_{1};
  double y_ = kTop;
  double head_height_ = 0;
  Paint head_;
};

// "1,234"; empty for what was not stated.
std::string figure(const Count& count);
// Korean above, English below, or both in one line where the box is low.
void label(Canvas& canvas, const Box& box, const Bilingual& text, double size = 9, Align align = Align::centre);
// A framed, shaded cell with a label, and one with a value.
void head_cell(Canvas& canvas, const Box& box, const Bilingual& text, double size = 8);
void cell(Canvas& canvas, const Box& box, std::string_view text, const Style& style = {});
void figure_cell(Canvas& canvas, const Box& box, const Count& count, bool bold = false);
void empty_cell(Canvas& canvas, const Box& box);  // nothing is to be written here

}  // namespace scrutineer::paper
