#include "core/ballotmaker/stamp_truth.h"

#include <algorithm>

#include "core/ballotmaker/dice.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr Length kInside = 60;  // between a stamp and the line that it does not touch

struct Maker {
  const StampGeometry g;
  Dice dice;
  std::uint32_t tool;  // of this polling station
  StampTruth truth;

  PaperMark stamp() {
    PaperMark mark;
    mark.size = g.stamp * dice.between(920, 1'080) / 1'000;
    mark.turn = dice.one_in(3) ? dice.between(0, 35'999) : dice.between(-3'000, 3'000);
    mark.ink = dice.between(450, 900);
    mark.shape = tool;
    mark.grain = dice.bits();
    return mark;
  }
  void put_in(PaperMark& mark, const PaperArea& cell) {
    const Length reach = mark.size / 2 + kInside;
    mark.x = dice.between(cell.x + reach, cell.right() - reach);
    mark.y = dice.between(cell.y + reach, cell.bottom() - reach);
  }
  std::uint32_t any_option() { return dice.below(static_cast<std::uint32_t>(g.boxes)); }
  std::uint32_t other_option(std::uint32_t than) {
    return (than + 1 + dice.below(static_cast<std::uint32_t>(g.boxes) - 1)) % static_cast<std::uint32_t>(g.boxes);
  }
  void add(const PaperMark& mark) { truth.marks.push_back(mark); }
  PaperMark& vote(std::uint32_t option) {
    PaperMark mark = stamp();
    put_in(mark, g.stamp_cell(option));
    add(mark);
    return truth.marks.back();
  }
  void for_option(std::uint32_t option) { truth.option = static_cast<std::uint16_t>(option); }

  void repeated(std::uint32_t option) {
    vote(option);
    const std::uint32_t more = 1 + dice.below(2);
    for (std::uint32_t i = 0; i < more; ++i) vote(option);
  }

  // Over a line of the column's cell: up or down into the gap, left over the name's edge, right over the frame.
  void touching(std::uint32_t option) {
    PaperMark& mark = vote(option);
    const PaperArea cell = g.stamp_cell(option);
    const Length half = mark.size / 2, gap = g.pitch - cell.height;
    const Length most = std::min<Length>(gap - 90, half - 60);
    const Length over = dice.between(20, std::max<Length>(20, most));
    switch (dice.below(4)) {
      case 0: mark.y = cell.y + half - over; break;
      case 1: mark.y = cell.bottom() - half + over; break;
      case 2: mark.x = cell.x + half - dice.between(20, half / 2); break;
      default: mark.x = cell.right() - half + dice.between(20, half - 60); break;
    }
  }

  void straddling(std::uint32_t option) {
    const Length gap = g.pitch - g.first_box.height;
    PaperMark mark = stamp();
    if (g.boxes < 2 || mark.size < gap + 100) {
      truth.what = StampCase::two_boxes;
      return two_boxes(option);
    }
    const std::uint32_t upper = std::min<std::uint32_t>(option, static_cast<std::uint32_t>(g.boxes) - 2);
    const PaperArea cell = g.stamp_cell(upper);
    const Length slack = (mark.size - gap) / 2 - 45;
    mark.x = dice.between(cell.x + mark.size / 2, cell.right() - mark.size / 2);
    mark.y = cell.bottom() + gap / 2 + dice.between(-slack, slack);
    add(mark);
  }
  void two_boxes(std::uint32_t option) {
    vote(option);
    if (g.boxes > 1) {
      vote(other_option(option));
      if (dice.one_in(3)) truth.marks.back().ink = dice.between(200, 400);
    }
  }

  // The paper was folded along a line while the ink was wet: horizontally between two boxes, or once lengthwise.
  void transfer(std::uint32_t option) {
    PaperMark& mark = vote(option);
    mark.ink = dice.between(600, 900);
    PaperMark ghost = mark;
    ghost.ink = mark.ink * dice.between(250, 550) / 1'000;
    ghost.hidden = dice.one_in(3) ? dice.between(50, 300) : 0;
    if (g.boxes > 1 && !dice.one_in(3)) {
      ghost.flip_y = true;
      const PaperArea there = g.box(other_option(option));
      ghost.y = there.y + there.height / 2 + dice.between(-300, 300);
    } else {
      ghost.flip_x = true;
      ghost.x = g.width - mark.x + dice.between(-300, 300);
    }
    add(ghost);
  }

  PaperMark pen() {
    PaperMark mark;
    constexpr MarkTool kTools[] = {MarkTool::tick,   MarkTool::cross,      MarkTool::circle,    MarkTool::scribble,
                                   MarkTool::finger, MarkTool::other_seal, MarkTool::other_seal};
    mark.tool = kTools[dice.below(7)];
    mark.size = mark.tool == MarkTool::finger ? dice.between(900, 1'300) : dice.between(500, 1'000);
    if (mark.tool == MarkTool::other_seal && dice.one_in(2)) mark.size = dice.between(650, 760);
    mark.turn = dice.between(-2'500, 2'500);
    mark.ink = dice.between(450, 900);
    mark.shape = dice.bits();
    mark.grain = dice.bits();
    return mark;
  }
  void writing(std::uint32_t option) {
    vote(option);
    PaperMark mark;
    constexpr MarkTool kTools[] = {MarkTool::writing, MarkTool::writing, MarkTool::tick, MarkTool::cross,
                                   MarkTool::circle};
    mark.tool = kTools[dice.below(5)];
    mark.size = dice.between(380, 900);
    mark.ink = dice.between(400, 900);
    mark.shape = dice.bits();
    mark.turn = dice.between(-2'000, 2'000);
    // Anywhere but where seal and serial are masked.
    mark.x = dice.between(900, g.width - 900);
    mark.y = dice.between(900, g.officer_seal.y - 900);
    if (dice.one_in(4)) {  // over or beside the stamp
      mark.x = truth.marks[0].x + dice.between(-400, 400);
      mark.y = truth.marks[0].y + dice.between(-400, 400);
    }
    add(mark);
  }
  void outside(PaperMark mark) {
    switch (dice.below(3)) {
      case 0:
        mark.x = dice.between(600, g.width - 600);
        mark.y = dice.between(600, g.first_box.y - 500);
        break;
      case 1:
        mark.x = dice.between(1'000, g.officer_label.x - 500);
        mark.y = dice.between(g.officer_seal.y, g.stub.y - 500);
        break;
      default:
        mark.x = dice.one_in(2) ? dice.between(380, 400) : g.width - dice.between(380, 400);
        mark.size = std::min<Length>(mark.size, 720);
        mark.y = dice.between(g.first_box.y, g.officer_seal.y);
        break;
    }
    add(mark);
  }

  void make(StampCase what, std::uint32_t option);
};

void Maker::make(StampCase what, std::uint32_t option) {
  switch (what) {
    case StampCase::clean:
    case StampCase::publicly_shown:
    case StampCase::unofficial_paper:
    case StampCase::seal_missing:
    case StampCase::serial_left: vote(option); break;
    case StampCase::light: vote(option).ink = dice.between(200, 350); break;
    case StampCase::partial: vote(option).hidden = dice.between(120, 500); break;
    case StampCase::filled: {
      PaperMark& mark = vote(option);
      mark.fill = dice.between(350, 1'000);
      break;
    }
    case StampCase::repeated: repeated(option); break;
    case StampCase::smeared: {
      PaperMark& mark = vote(option);
      mark.smear_x = dice.between(-400, 400);
      mark.smear_y = dice.between(150, 400) * (dice.one_in(2) ? 1 : -1);
      break;
    }
    case StampCase::fold_transfer: transfer(option); break;
    case StampCase::touching_line: touching(option); break;
    case StampCase::extra_outside:
      vote(option);
      outside(stamp());
      break;
    case StampCase::beside_column: {
      PaperMark mark = stamp();
      put_in(mark, dice.one_in(4) ? g.number_cell(option) : g.name_cell(option));
      add(mark);
      break;
    }
    case StampCase::two_boxes: two_boxes(option); break;
    case StampCase::straddling: straddling(option); break;
    case StampCase::outside_only: outside(stamp()); break;
    case StampCase::no_stamp: break;
    case StampCase::other_tool: {
      PaperMark mark = pen();
      const PaperArea cell = g.stamp_cell(option);
      mark.x = cell.x + cell.width / 2 + dice.between(-250, 250);
      mark.y = cell.y + cell.height / 2 + dice.between(-150, 150);
      add(mark);
      break;
    }
    case StampCase::added_writing: writing(option); break;
    case StampCase::mirror_only: {
      PaperMark& mark = vote(option);
      mark.flip_y = true;
      mark.ink = dice.between(200, 600);
      break;
    }
  }
}

void press_publicly_shown(Maker& maker) {
  PaperMark mark;
  mark.tool = MarkTool::other_seal;
  mark.size = maker.dice.between(1'500, 2'500);
  mark.shape = maker.dice.bits();
  mark.ink = maker.dice.between(500, 900);
  mark.x = maker.dice.between(2'500, maker.g.width - 2'500);
  mark.y = maker.dice.between(2'000, maker.g.officer_seal.y - 1'500);
  maker.add(mark);
}

}  // namespace

StampTruth make_stamp_truth(const StampPaper& paper, StampCase what, std::uint64_t seed) {
  auto geometry = stamp_geometry(paper.date, paper.options.size());
  check(geometry.has_value(), "a paper that was read has a geometry");
  Maker maker{*geometry, Dice(seed), 0, {}};
  maker.tool = maker.dice.bits();
  maker.truth.what = what;
  maker.truth.officer_seal = what != StampCase::seal_missing;
  maker.truth.serial = what == StampCase::serial_left;
  const std::uint32_t option = maker.any_option();
  maker.make(what, option);
  if (what == StampCase::publicly_shown) press_publicly_shown(maker);
  const StampRule* rule = stamp_rule(maker.truth.what, paper.date);
  maker.truth.law = rule ? rule->law : StampVerdict::people;
  if (maker.truth.law == StampVerdict::valid) maker.for_option(option);
  return std::move(maker.truth);
}

}  // namespace scrutineer
