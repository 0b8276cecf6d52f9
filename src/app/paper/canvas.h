// Pages to draw on (A4, if nothing else is said), in millimetres from the top left corner. Nothing is ever cut off:
// what does not fit, or has no font, makes the whole document an error.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/paper/qr.h"
#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::paper {

inline constexpr double kPageWidth = 210, kPageHeight = 297;
inline constexpr double kMargin = 14;
inline constexpr double kWidth = kPageWidth - 2 * kMargin;  // of what is printed

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

enum class Align : std::uint8_t { left, centre, right };

struct Style {
  double size = 9;  // points; smaller where the text would not fit, down to 4.5
  bool bold = false;
  Align align = Align::left;
  double grey = 0;       // 0: black
  bool top = false;      // at the top of its box, not in the middle
  double padding = 1.2;  // left and right
};

class Canvas {
 public:
  // `title` and `date` ("2025-06-03") become the document's title and its date of creation: the same drawing gives the
  // same bytes on any day.
  Canvas(std::string_view title, std::string_view date, double page_width = kPageWidth,
         double page_height = kPageHeight);
  ~Canvas();

  void next_page();  // call before each page

  // How high the text stands in that width, in millimetres, at its full size.
  double height_of(double width, std::string_view utf8, const Style& style = {});

  void text(const Box& box, std::string_view utf8, const Style& style = {});
  void line(double x1, double y1, double x2, double y2, double width = 0.2);
  void frame(const Box& box, double width = 0.2);
  void fill(const Box& box, double grey);
  void tick_box(double x, double y, double side, bool ticked);
  void qr(double x, double y, double side, const QrCode& code);  // without its quiet zone
  void watermark(std::string_view utf8);                         // across the page, light grey

  // Errors: not_found (no font has these characters), limit_exceeded (a text does not fit its box), io_error.
  Result<Bytes> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer::paper
