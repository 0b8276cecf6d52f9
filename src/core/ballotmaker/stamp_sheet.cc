#include "core/ballotmaker/stamp_sheet.h"

#include <algorithm>
#include <cmath>

#include "core/ballotmaker/dice.h"
#include "core/ballotmaker/stamp_ink.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr int kInkDpi = 200;
constexpr double kToInk = kInkDpi / 2'540.0;
constexpr Length kBehind = 700;  // by which what shows through lies lower
constexpr int kPad = 8;          // pixels around a mark in which blur and compression may change

StampGeometry geometry_of(const StampPaper& paper) {
  auto geometry = stamp_geometry(paper.date, paper.options.size());
  check(geometry.has_value(), "a paper that was read has a geometry");
  return *geometry;
}

// Between four pixels of ink; none outside.
double sampled(const GreyPage& ink, double x, double y) {
  x -= 0.5, y -= 0.5;
  const int ix = static_cast<int>(std::floor(x)), iy = static_cast<int>(std::floor(y));
  if (ix < 0 || iy < 0 || ix + 1 >= ink.width() || iy + 1 >= ink.height()) return 0;
  const double fx = x - ix, fy = y - iy;
  const std::uint8_t *a = ink.row(iy) + ix, *b = ink.row(iy + 1) + ix;
  return ((a[0] * (1 - fx) + a[1] * fx) * (1 - fy) + (b[0] * (1 - fx) + b[1] * fx) * fy) / 255;
}

std::uint8_t darkened(std::uint8_t value, double ink) {
  return static_cast<std::uint8_t>(value * (1 - ink) + 0.5);
}

}  // namespace

StampPress::StampPress(const StampPaper& paper, const StampScan& scan, std::uint64_t seed, bool officer_seal,
                       bool serial, const PrintStyle& style)
    : geometry_(geometry_of(paper)), scan_(scan) {
  const Turned t = turned(scan.turn + (scan.upside_down ? 18'000 : 0));
  const double k = scan.dpi / 2'540.0, kx = k * (1 + scan.stretch_x / 100'000.0),
               ky = k * (1 + scan.stretch_y / 100'000.0);
  // The feed stretches what it sees, whichever way the paper lies.
  ax_ = kx * t.cos, bx_ = kx * t.sin, ay_ = ky * t.sin, by_ = ky * t.cos;
  det_ = ax_ * by_ + bx_ * ay_;
  const double width = std::abs(ax_) * geometry_.width + std::abs(bx_) * geometry_.height;
  const double height = std::abs(ay_) * geometry_.width + std::abs(by_) * geometry_.height;
  clean_ =
      GreyPage(static_cast<int>(width) + 2 * scan.margin, static_cast<int>(height) + 2 * scan.margin, scan.background);
  middle_x_ = clean_.width() / 2.0, middle_y_ = clean_.height() / 2.0;
  Dice dice(seed);
  print(blank_stamp_paper(paper, kInkDpi, style), serial);
  for (const PaperFold& f : scan.folds) fold(f);
  dust(dice.next());
  press_officer_seal(dice, officer_seal);
  if (serial) print_serial(dice, style);
  page_ = clean_;
  finish({0, 0, page_.width(), page_.height()}, dice.next());
  base_ = page_;
}

// Where the stub was cut off, the scanner's ground is seen.
void StampPress::print(const GreyPage& ink, bool stub) {
  for (int y = 0; y < clean_.height(); ++y)
    for (int x = 0; x < clean_.width(); ++x) {
      double px, py;
      to_paper(x + 0.5, y + 0.5, px, py);
      if (px < 0 || py < 0 || px >= geometry_.width || py >= geometry_.height) continue;
      if (!stub && px < geometry_.stub.right() && py >= geometry_.stub.y) continue;
      double value = scan_.paper * (1 - scan_.shade / 1'000.0 * px / geometry_.width);
      value *= 1 - scan_.print / 1'000.0 * sampled(ink, px * kToInk, py * kToInk);
      if (scan_.show_through)
        value *=
            1 - scan_.show_through / 1'000.0 * sampled(ink, (geometry_.width - px) * kToInk, (py + kBehind) * kToInk);
      clean_.at(x, y) = static_cast<std::uint8_t>(value + 0.5);
    }
}

void StampPress::press_officer_seal(Dice& dice, bool present) {
  PaperMark mark;
  mark.tool = MarkTool::officer;
  mark.size = dice.between(1'100, 1'600);
  mark.x = geometry_.officer_seal.x + geometry_.officer_seal.width / 2 + dice.between(-250, 250);
  mark.y = geometry_.officer_seal.y + geometry_.officer_seal.height / 2 + dice.between(-100, 100);
  mark.turn = dice.between(-1'500, 1'500);
  mark.shape = dice.bits() | 7;
  mark.grain = dice.bits();
  if (present) ink(mark, clean_);
}

void StampPress::print_serial(Dice& dice, const PrintStyle& style) {
  const PaperArea& stub = geometry_.stub;
  InkPage number(geometry_.width, geometry_.height, kInkDpi);
  print_text(number, {stub.x + 400, stub.y + 200, stub.width - 600, 500},
             std::to_string(1'000'000 + dice.below(9'000'000)), 450, false, style);
  for (int y = 0; y < clean_.height(); ++y)
    for (int x = 0; x < clean_.width(); ++x) {
      double px, py;
      to_paper(x + 0.5, y + 0.5, px, py);
      if (px < stub.right() && py >= stub.y && px >= 0 && py < geometry_.height)
        clean_.at(x, y) = darkened(clean_.at(x, y), 0.8 * sampled(number.ink(), px * kToInk, py * kToInk));
    }
}

void StampPress::to_paper(double px, double py, double& x, double& y) const {
  const double dx = px - middle_x_, dy = py - middle_y_;
  x = (by_ * dx + bx_ * dy) / det_ + geometry_.width / 2.0;
  y = (ax_ * dy - ay_ * dx) / det_ + geometry_.height / 2.0;
}
void StampPress::to_pixel(double x, double y, double& px, double& py) const {
  const double dx = x - geometry_.width / 2.0, dy = y - geometry_.height / 2.0;
  px = ax_ * dx - bx_ * dy + middle_x_;
  py = ay_ * dx + by_ * dy + middle_y_;
}

void StampPress::fold(const PaperFold& fold) {
  for (int y = 0; y < clean_.height(); ++y)
    for (int x = 0; x < clean_.width(); ++x) {
      double px, py;
      to_paper(x + 0.5, y + 0.5, px, py);
      if (px < 0 || py < 0 || px >= geometry_.width || py >= geometry_.height) continue;
      const double along = fold.across ? px - geometry_.width / 2.0 : py - geometry_.height / 2.0;
      const double away = std::abs((fold.across ? py : px) - fold.at - along * fold.lean / 1'000.0);
      if (away < fold.width) clean_.at(x, y) = darkened(clean_.at(x, y), fold.dark / 1'000.0 * (1 - away / fold.width));
    }
}

void StampPress::dust(std::uint64_t seed) {
  Dice dice(seed);
  for (std::int32_t i = 0; i < scan_.specks; ++i) {
    const int x = dice.between(4, clean_.width() - 5), y = dice.between(4, clean_.height() - 5);
    const double dark = dice.between(200, 800) / 1'000.0;
    clean_.at(x, y) = darkened(clean_.at(x, y), dark);
    if (dice.one_in(2)) clean_.at(x + 1, y) = darkened(clean_.at(x + 1, y), dark);
  }
}

PixelArea StampPress::ink(const PaperMark& mark, GreyPage& page) const {
  const MarkInk ink(mark, 0.55 * 2'540.0 / scan_.dpi);
  const Box2 reach = ink.reach();
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (auto [x, y] : {std::pair{reach.left, reach.top},
                      {reach.right, reach.top},
                      {reach.left, reach.bottom},
                      {reach.right, reach.bottom}}) {
    double px, py;
    to_pixel(x, y, px, py);
    left = std::min(left, px), right = std::max(right, px), top = std::min(top, py), bottom = std::max(bottom, py);
  }
  PixelArea a;
  a.x = std::max(0, static_cast<int>(left)), a.y = std::max(0, static_cast<int>(top));
  a.width = std::min(page.width(), static_cast<int>(right) + 2) - a.x;
  a.height = std::min(page.height(), static_cast<int>(bottom) + 2) - a.y;
  if (a.width <= 0 || a.height <= 0) return {};
  for (int y = a.y; y < a.y + a.height; ++y)
    for (int x = a.x; x < a.x + a.width; ++x) {
      double px, py;
      to_paper(x + 0.5, y + 0.5, px, py);
      if (px < 0 || py < 0 || px >= geometry_.width || py >= geometry_.height) continue;
      const double dark = ink.at(px, py);
      if (dark > 0) page.at(x, y) = darkened(page.at(x, y), dark);
    }
  return a;
}

// What the scanner does, over page_ in that area.
void StampPress::finish(PixelArea a, std::uint64_t seed) {
  blur_area(page_, a, scan_.blur);
  noise_area(page_, a, scan_.noise, seed);
  compress_area(page_, a, scan_.quality);
}

const GreyPage& StampPress::press(const std::vector<PaperMark>& marks, std::uint64_t seed) {
  auto copy = [&](const GreyPage& from, GreyPage& to, PixelArea a) {
    for (int y = a.y; y < a.y + a.height; ++y) std::copy_n(from.row(y) + a.x, a.width, to.row(y) + a.x);
  };
  for (const PixelArea& a : touched_) copy(base_, page_, a);
  touched_.clear();
  // One area for all marks that come near each other would be exact; one for all marks is, and simpler.
  int left = page_.width(), top = page_.height(), right = 0, bottom = 0;
  std::vector<PixelArea> areas;
  for (const PaperMark& mark : marks) {
    const MarkInk ink(mark, 1);
    double x, y;
    to_pixel(mark.x, mark.y, x, y);
    const Box2 r = ink.reach();
    const double reach =
        std::max({mark.x - r.left, r.right - mark.x, mark.y - r.top, r.bottom - mark.y}) * 1.1 * scan_.dpi / 2'540.0 +
        kPad;
    PixelArea a;
    a.x = std::clamp(static_cast<int>(x - reach), 0, page_.width()) / 8 * 8;
    a.y = std::clamp(static_cast<int>(y - reach), 0, page_.height()) / 8 * 8;
    a.width = std::min(page_.width(), (static_cast<int>(x + reach) + 8) / 8 * 8) - a.x;
    a.height = std::min(page_.height(), (static_cast<int>(y + reach) + 8) / 8 * 8) - a.y;
    if (a.width <= 0 || a.height <= 0) continue;
    areas.push_back(a);
    left = std::min(left, a.x), top = std::min(top, a.y);
    right = std::max(right, a.x + a.width), bottom = std::max(bottom, a.y + a.height);
  }
  if (areas.empty()) return page_;
  bool apart = areas.size() == 1;
  if (areas.size() == 2) {
    const PixelArea &a = areas[0], &b = areas[1];
    apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  }
  if (!apart) areas = {{left, top, right - left, bottom - top}};
  for (const PixelArea& a : areas) copy(clean_, page_, a);
  for (const PaperMark& mark : marks) ink(mark, page_);
  for (const PixelArea& a : areas) finish(a, seed++);
  touched_ = std::move(areas);
  return page_;
}

GreyPage draw_stamp_paper(const StampPaper& paper, const StampTruth& truth, const StampScan& scan, std::uint64_t seed,
                          const PrintStyle& style) {
  StampPress press(paper, scan, seed, truth.officer_seal, truth.serial, style);
  return press.press(truth.marks, seed + 1);
}

GreyPage draw_stamp_paper(const StampPaper& paper, const StampTruth& truth, std::uint64_t seed,
                          const PrintStyle& style) {
  return draw_stamp_paper(paper, truth, usual_scan(geometry_of(paper), seed), seed, style);
}

StampStack make_stack(const StampPaper& paper, std::span<const StampShare> shares, std::size_t papers,
                      std::uint64_t seed) {
  check(papers <= kStackMost, "a stack of papers");
  StampStack stack{paper, seed, {}};
  Dice dice(seed);
  for (std::size_t i = 0; i < papers; ++i) {
    auto at = static_cast<std::int32_t>(dice.below(1'000));
    StampCase what = StampCase::clean;
    for (const StampShare& share : shares) {
      if (at >= 0 && at < share.per_mille) what = share.what;
      at -= share.per_mille;
    }
    stack.truths.push_back(make_stamp_truth(paper, what, dice.next()));
  }
  return stack;
}

GreyPage StampStack::draw(std::size_t i) const {
  return draw_stamp_paper(paper, truths.at(i), seed * 1'000'003u + i);
}

}  // namespace scrutineer
