#include "core/ballotmaker/oval_sheet.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/ballotmaker/defects.h"
#include "core/ballotmaker/dice.h"

namespace scrutineer {
namespace {

// Inches, as papers of this kind have them.
constexpr double kFirstX = 0.1225, kFirstY = 0.5, kPitch = 0.25, kMarkWidth = 0.1875, kMarkHeight = 0.0625;
constexpr double kOvalHalfWidth = 0.39, kOvalHalfHeight = 0.25;  // of the pitch

void darken(GreyPage& page, int x, int y, double cover, double dark) {
  if (!page.view().holds(x, y) || cover <= 0) return;
  const double left = 1 - std::min(cover, 1.0) * dark;
  page.at(x, y) = static_cast<std::uint8_t>(std::lround(page.at(x, y) * left));
}

// A stroke of a pen: round ends, soft edge of one pixel.
void draw_stroke(GreyPage& page, SheetPoint a, SheetPoint b, double width, double dark) {
  const double reach = width / 2 + 1;
  const int x0 = static_cast<int>(std::min(a.x, b.x) - reach), x1 = static_cast<int>(std::max(a.x, b.x) + reach);
  const int y0 = static_cast<int>(std::min(a.y, b.y) - reach), y1 = static_cast<int>(std::max(a.y, b.y) + reach);
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const double part = length > 0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / length, 0.0, 1.0) : 0;
      darken(page, x, y, width / 2 + 0.5 - std::hypot(x - a.x - part * dx, y - a.y - part * dy), dark);
    }
  }
}

// The printed oval, or one drawn around it: two half circles and straight lines; `width` of the line, or filled where
// it is 0.
void draw_oval(GreyPage& page, SheetPoint middle, double half_width, double half_height, double width, double dark) {
  for (int y = static_cast<int>(middle.y - half_height - 3); y <= middle.y + half_height + 3; ++y) {
    for (int x = static_cast<int>(middle.x - half_width - 3); x <= middle.x + half_width + 3; ++x) {
      const double dx = std::max(0.0, std::abs(x - middle.x) - (half_width - half_height));
      const double off = std::hypot(dx, y - middle.y) - half_height;
      darken(page, x, y, width > 0 ? width / 2 + 0.5 - std::abs(off) : 0.5 - off, dark);
    }
  }
}

void fill(GreyPage& page, double x, double y, double width, double height, double dark = 1) {
  const int x0 = static_cast<int>(std::lround(x)), x1 = static_cast<int>(std::lround(x + width));
  const int y0 = static_cast<int>(std::lround(y)), y1 = static_cast<int>(std::lround(y + height));
  fill_rectangle(page, x0, y0, x1 - x0, y1 - y0, static_cast<std::uint8_t>(std::lround(255 * (1 - dark))));
}

// Something like a word: upright and level strokes of letters, from its right end to the left.
void draw_word(GreyPage& page, double right, double middle, double height, int letters, Dice& dice) {
  const double width = height * 0.55, stroke = std::max(1.0, height * 0.16);
  for (int i = 0; i < letters; ++i) {
    const double x = right - (i + 1) * width * 1.25, y = middle - height / 2;
    const int shape = dice.between(0, 15);
    if ((shape & 1) != 0) fill(page, x, y, stroke, height);
    if ((shape & 2) != 0) fill(page, x + width - stroke, y, stroke, height);
    if ((shape & 4) != 0) fill(page, x, y, width, stroke);
    if ((shape & 8) != 0 || shape == 0) fill(page, x, middle - stroke / 2, width, stroke);
  }
}

void draw_border(GreyPage& page, const OvalDefinition& definition, const std::array<bool, 34>& bottom, int dpi) {
  const auto mark = [&](int column, int row) {
    const SheetPoint p = oval_point(dpi, column * 100, row * 100);
    fill(page, p.x - kMarkWidth * dpi / 2, p.y - kMarkHeight * dpi / 2, kMarkWidth * dpi, kMarkHeight * dpi);
  };
  for (int row = 0; row < definition.rows; ++row) mark(0, row), mark(33, row);
  for (int column = 1; column < 33; ++column) {
    mark(column, 0);
    if (bottom[static_cast<std::size_t>(column)]) mark(column, definition.rows - 1);
  }
}

void to_and_fro(GreyPage& page, SheetPoint middle, double unit, double width, int strokes, double dark, Dice& dice) {
  SheetPoint from{middle.x - 0.33 * unit, middle.y + 0.1 * unit};
  for (int i = 1; i <= strokes; ++i) {
    const double along = -0.33 + 0.66 * i / strokes;
    const SheetPoint to{middle.x + along * unit + dice.between(-2, 2),
                        middle.y + (i % 2 != 0 ? -0.19 : 0.19) * unit + dice.between(-2, 2)};
    draw_stroke(page, from, to, width, dark);
    from = to;
  }
}

}  // namespace

SheetPoint oval_point(int dpi, GridUnits column, GridUnits row) {
  return {(kFirstX + kPitch * column / 100) * dpi - 0.5, (kFirstY + kPitch * row / 100) * dpi - 0.5};
}

GreyPage draw_oval_page(const OvalDefinition& definition, std::size_t number, const std::array<bool, 34>& bottom,
                        int dpi, std::uint64_t seed) {
  GreyPage page(dpi * 17 / 2, dpi * (definition.rows + 3) / 4);
  Dice dice(seed);
  draw_border(page, definition, bottom, dpi);
  const double unit = kPitch * dpi;
  const SheetPoint first = oval_point(dpi, 100, 200), last = oval_point(dpi, 3200, definition.rows * 100 - 300);
  fill(page, first.x, first.y, last.x - first.x, unit * 0.9);  // a heading, white on black is left out
  for (const double part : {0.18, 0.43, 0.7})
    fill(page, first.x + (last.x - first.x) * part, first.y, std::max(1.0, unit * 0.05), last.y - first.y);
  for (int line = 0; line < 4; ++line) {
    draw_word(page, oval_point(dpi, 3000, 0).x, last.y - line * unit * 0.6, unit * 0.4, 20 + dice.between(0, 30), dice);
  }
  for (const OvalPlace& place : definition.places) {
    if (place.page != number) continue;
    const SheetPoint p = oval_point(dpi, place.column, place.row);
    draw_oval(page, p, kOvalHalfWidth * unit, kOvalHalfHeight * unit, std::max(1.0, unit * 0.03), 0.9);
    draw_word(page, p.x - 0.5 * unit, p.y, unit * 0.36, 6 + dice.between(0, 8), dice);
  }
  return page;
}

void draw_oval_ink(GreyPage& page, SheetPoint middle, double unit, OvalInk ink, std::uint64_t seed) {
  Dice dice(seed);
  const double pen = unit * 0.05;
  SheetPoint m{middle.x + dice.between(-2, 2) * unit / 50, middle.y + dice.between(-2, 2) * unit / 50};
  const auto at = [&](double x, double y) { return SheetPoint{m.x + x * unit, m.y + y * unit}; };
  const auto oval = [&](double part, double dark) {
    draw_oval(page, m, kOvalHalfWidth * unit * part, kOvalHalfHeight * unit * part, 0, dark);
  };
  switch (ink) {
    case OvalInk::filled: oval(1.0, 0.92); break;
    case OvalInk::scribble: to_and_fro(page, m, unit, pen, 9, 0.9, dice); break;
    case OvalInk::tick:
      draw_stroke(page, at(-0.2, -0.02), at(-0.05, 0.18), pen, 0.9);
      draw_stroke(page, at(-0.05, 0.18), at(0.45, -0.4), pen, 0.9);
      break;
    case OvalInk::cross:
      draw_stroke(page, at(-0.35, -0.3), at(0.35, 0.3), pen, 0.9);
      draw_stroke(page, at(-0.35, 0.3), at(0.35, -0.3), pen, 0.9);
      break;
    case OvalInk::line: draw_stroke(page, at(-0.5, 0.05), at(0.5, -0.05), pen, 0.9); break;
    case OvalInk::pale: oval(0.95, 0.35); break;
    case OvalInk::erased:
      oval(1.0, 0.16);
      to_and_fro(page, m, unit, pen * 1.5, 6, 0.06, dice);
      break;
    case OvalInk::crossed_out:
      oval(1.0, 0.9);
      draw_stroke(page, at(-0.7, -0.5), at(0.7, 0.5), pen * 1.4, 0.95);
      draw_stroke(page, at(-0.7, 0.5), at(0.7, -0.5), pen * 1.4, 0.95);
      draw_stroke(page, at(-0.75, 0), at(0.75, 0), pen * 1.4, 0.95);
      break;
    case OvalInk::circled: draw_oval(page, m, 0.52 * unit, 0.38 * unit, pen, 0.9); break;
    case OvalInk::smeared:
      oval(1.0, 0.9);
      for (int i = 0; i < 5; ++i)
        draw_stroke(page, at(-0.3 + 0.1 * i, -0.1), at(0.5 + 0.1 * i, -0.45 + 0.02 * i), pen * 3, 0.5);
      break;
    case OvalInk::dot: draw_stroke(page, at(0.05, 0), at(0.06, 0.02), pen * 1.3, 0.9); break;
    case OvalInk::end_: break;
  }
}

OvalDefinition sample_oval_definition() {
  OvalDefinition definition;
  definition.election = "Sample election";
  definition.year = 2026, definition.month = 5, definition.day = 6;
  definition.style = "card-number-7";
  definition.card = 7;
  definition.rows = 41;
  constexpr int kOptions[] = {2, 3, 5, 8, 2, 4};
  constexpr GridUnits kColumns[] = {1200, 1900, 2600};
  for (std::size_t i = 0; i < std::size(kOptions); ++i) {
    OvalContest contest;
    contest.id = fmt::format("contest-{}", i + 1);
    contest.title = fmt::format("Contest {}", i + 1);
    contest.seats = kOptions[i] >= 5 ? 2 : 1;
    const auto page = static_cast<std::uint16_t>(i < 3 ? 0 : 1);
    const GridUnits top = 500 + static_cast<GridUnits>(i % 3) * 1000;
    for (int k = 0; k < kOptions[i]; ++k) {
      contest.options.push_back({fmt::format("option-{}-{}", i + 1, k + 1), fmt::format("Option {}", k + 1), false});
      definition.places.push_back({static_cast<std::uint16_t>(i),
                                   static_cast<std::uint16_t>(k),
                                   page,
                                   kColumns[k % 3],
                                   top + (k / 3) * 200 + (k % 3 == 1 ? 100 : 0),
                                   {}});
    }
    contest.options.push_back({"write-in-0", "write-in 1", true});
    definition.places.push_back({static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(kOptions[i]), page, 3100,
                                 top, GridArea{2700, top - 65, 350, 85}});
    definition.contests.push_back(std::move(contest));
  }
  return definition;
}

}  // namespace scrutineer
