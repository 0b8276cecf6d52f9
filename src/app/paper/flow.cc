#include "app/paper/flow.h"

#include <algorithm>

#include "app/ui/number.h"

namespace scrutineer::paper {
namespace {

constexpr double kQrSide = 29;
constexpr double kShade = 0.92;
constexpr double kNearly = 0.01;  // rows that fill a page exactly do so in floating point

void paint_head(Canvas& canvas, const Head& head, const Bilingual& title, const QrCode& code) {
  if (head.simulated) canvas.watermark("모의 SIMULATED");
  double left = kWidth - kQrSide - 6;
  canvas.text({kMargin, 11, left, 5.5}, head.election.ko + "  " + head.election.en + "  " + head.date,
              {.size = 9, .padding = 0});
  canvas.text({kMargin, 17, left, 11}, title.ko, {.size = 22, .bold = true, .padding = 0});
  canvas.text({kMargin, 28, left, 5.5}, title.en, {.size = 10, .grey = 0.25, .padding = 0});
  canvas.text({kMargin, 34.5, left, 7.5}, head.contest.ko + " " + head.contest.en + "  ·  " + head.place,
              {.size = 11, .bold = true, .padding = 0});
  canvas.qr(kPageWidth - kMargin - kQrSide, 11, kQrSide, code);
  if (head.simulated) {
    Box box{kMargin + left - 42, 17.5, 40, 10};
    canvas.frame(box, 0.5);
    label(canvas, box, {"모의 선거", "SIMULATED, no real election"}, 9);
  }
  canvas.line(kMargin, kTop - 3, kPageWidth - kMargin, kTop - 3, 0.5);
}

void paint_foot(Canvas& canvas, const std::string& foot, std::size_t page, std::size_t pages) {
  canvas.line(kMargin, kBottom + 2, kPageWidth - kMargin, kBottom + 2, 0.2);
  canvas.text({kMargin, kBottom + 2.5, kWidth - 22, 7}, foot, {.size = 6.5, .grey = 0.2, .top = true, .padding = 0});
  canvas.text({kPageWidth - kMargin - 20, kBottom + 2.5, 20, 5}, std::to_string(page) + " / " + std::to_string(pages),
              {.size = 9, .align = Align::right, .padding = 0});
}

}  // namespace

void Flow::add(double height, Paint paint) {
  if (y_ + height > kBottom + kNearly && !pages_.back().empty()) {
    pages_.emplace_back();
    y_ = kTop;
    if (head_height_ > 0) {
      pages_.back().push_back({y_, head_});
      y_ += head_height_;
    }
  }
  pages_.back().push_back({y_, std::move(paint)});
  y_ += height;
}

void Flow::begin_table(double height, Paint head) {
  add(height, head);
  head_ = std::move(head);
  head_height_ = height;
}

Status Flow::render(Canvas& canvas, const Head& head, const Bilingual& title, const std::string& foot) const {
  SCRUTINEER_TRY(QrCode code, encode_qr(to_text(head.code)));
  for (std::size_t page = 0; page < pages_.size(); ++page) {
    canvas.next_page();
    paint_head(canvas, head, title, code);
    for (const Block& block : pages_[page]) block.paint(canvas, block.y);
    paint_foot(canvas, foot, page + 1, pages_.size());
  }
  return {};
}

std::string figure(const Count& count) {
  std::string out;
  if (count) ui::append_grouped(out, *count);
  return out;
}

void label(Canvas& canvas, const Box& box, const Bilingual& text, double size, Align align) {
  constexpr double kTwoLines = 7;
  if (text.en.empty()) return canvas.text(box, text.ko, {.size = size, .bold = true, .align = align, .padding = 0.8});
  if (box.height < kTwoLines) return canvas.text(box, text.ko + " " + text.en, {.size = size * 0.9, .align = align});
  // The two lines stay together in the middle of a high box.
  double height = std::min(box.height, 2.1 * size * 0.45), top = box.y + (box.height - height) / 2;
  double upper = height * 0.55;
  canvas.text({box.x, top + 0.2, box.width, upper}, text.ko,
              {.size = size, .bold = true, .align = align, .padding = 0.8});
  canvas.text({box.x, top + upper, box.width, height - upper - 0.2}, text.en,
              {.size = size * 0.75, .align = align, .grey = 0.2, .padding = 0.8});
}

void head_cell(Canvas& canvas, const Box& box, const Bilingual& text, double size) {
  canvas.fill(box, kShade);
  canvas.frame(box);
  label(canvas, box, text, size);
}

void cell(Canvas& canvas, const Box& box, std::string_view text, const Style& style) {
  canvas.frame(box);
  canvas.text(box, text, style);
}

void figure_cell(Canvas& canvas, const Box& box, const Count& count, bool bold) {
  cell(canvas, box, figure(count), {.size = 11, .bold = bold, .align = Align::right, .padding = 2});
}

void empty_cell(Canvas& canvas, const Box& box) {
  canvas.fill(box, 0.85);
  canvas.frame(box);
}

}  // namespace scrutineer::paper
