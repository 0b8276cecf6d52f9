#include "core/ballotmaker/stamp_sheet.h"

#include <doctest/doctest.h>

#include "core/ballotmaker/stamp_ink.h"
#include "tests/support/stamp_shares.h"

using namespace scrutineer;

namespace {

bool same(const GreyPage& a, const GreyPage& b) {
  if (a.width() != b.width() || a.height() != b.height()) return false;
  for (int y = 0; y < a.height(); ++y)
    if (!std::equal(a.row(y), a.row(y) + a.width(), b.row(y))) return false;
  return true;
}

}  // namespace

TEST_CASE("stamp sheets: the same seed gives the same pixels, another one does not") {
  const StampPaper paper = stamp_test_paper(2);
  const StampTruth truth = make_stamp_truth(paper, StampCase::clean, 3);
  const GreyPage first = draw_stamp_paper(paper, truth, 5);
  CHECK(same(first, draw_stamp_paper(paper, truth, 5)));
  CHECK_FALSE(same(first, draw_stamp_paper(paper, truth, 6)));
}

TEST_CASE("stamp sheets: many marks on one scan are what each alone would be") {
  const StampPaper paper = stamp_test_paper(2);
  StampScan scan;
  scan.noise = 40, scan.blur = 200, scan.quality = 80, scan.turn = 70;
  StampPress press(paper, scan, 1), again(paper, scan, 1);
  const StampTruth one = make_stamp_truth(paper, StampCase::two_boxes, 1),
                   other = make_stamp_truth(paper, StampCase::clean, 2);
  press.press(one.marks, 1);
  press.press(other.marks, 2);
  CHECK(same(press.press(one.marks, 3), again.press(one.marks, 3)));
  CHECK_FALSE(same(press.press({}, 1), again.press(one.marks, 3)));
}

TEST_CASE("stamp sheets: what a case draws is what it says") {
  const StampPaper paper = stamp_test_paper(12);
  auto g = stamp_geometry(paper.date, 12);
  auto boxes_under = [&](const PaperMark& mark) {
    const MarkInk ink(mark, 5);
    std::size_t touched = 0;
    for (std::size_t i = 0; i < g->boxes; ++i) {
      bool here = false;
      const PaperArea box = g->box(i);
      for (Length y = box.y + 20; y < box.bottom() - 20 && !here; y += 15)
        for (Length x = mark.x - 500; x < mark.x + 500 && !here; x += 15)
          here = x > box.x && x < box.right() && ink.at(x, y) > 0.05;
      touched += here;
    }
    return touched;
  };
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    CAPTURE(seed);
    const StampTruth clean = make_stamp_truth(paper, StampCase::clean, seed);
    REQUIRE(clean.marks.size() == 1);
    REQUIRE(clean.option.has_value());
    CHECK(g->stamp_cell(*clean.option).holds(clean.marks[0].x, clean.marks[0].y));
    CHECK(boxes_under(clean.marks[0]) == 1);
    CHECK(boxes_under(make_stamp_truth(paper, StampCase::touching_line, seed).marks[0]) == 1);
    CHECK(boxes_under(make_stamp_truth(paper, StampCase::outside_only, seed).marks[0]) == 0);
    const StampTruth straddling = make_stamp_truth(paper, StampCase::straddling, seed);
    CHECK(straddling.what == StampCase::straddling);
    CHECK(boxes_under(straddling.marks[0]) == 2);
    CHECK_FALSE(straddling.option.has_value());
    CHECK(straddling.law == StampVerdict::invalid);
    const StampTruth folded = make_stamp_truth(paper, StampCase::fold_transfer, seed);
    REQUIRE(folded.marks.size() == 2);
    CHECK((folded.marks[1].flip_x != folded.marks[1].flip_y));
    CHECK(folded.marks[1].ink < folded.marks[0].ink);
    CHECK(folded.option.has_value());
  }
}

TEST_CASE("stamp sheets: no stamp lies across two boxes that are 1 cm apart") {
  const StampTruth truth = make_stamp_truth(stamp_test_paper(5), StampCase::straddling, 1);
  CHECK(truth.what == StampCase::two_boxes);
  CHECK(truth.marks.size() == 2);
}

TEST_CASE("stamp sheets: a stack has the shares that were asked for") {
  const StampShare shares[] = {{StampCase::light, 200}, {StampCase::two_boxes, 100}};
  const StampStack stack = make_stack(stamp_test_paper(7), shares, 2'000, 9);
  int light = 0, two = 0, clean = 0;
  for (const StampTruth& truth : stack.truths)
    light += truth.what == StampCase::light, two += truth.what == StampCase::two_boxes,
        clean += truth.what == StampCase::clean;
  CHECK(light + two + clean == 2'000);
  CHECK(std::abs(light - 400) < 60);
  CHECK(std::abs(two - 200) < 50);
  CHECK(make_stack(stamp_test_paper(7), shares, 10, 9).truths[3].marks[0].x == stack.truths[3].marks[0].x);
}
