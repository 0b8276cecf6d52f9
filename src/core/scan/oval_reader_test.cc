#include "core/scan/oval_reader.h"

#include <algorithm>
#include <cstring>
#include <string>

#include <doctest/doctest.h>

#include "core/ballotmaker/defects.h"
#include "core/ballotmaker/dice.h"
#include "core/image/grey.h"
#include "core/scan/oval_for_test.h"
#include "core/scan/oval_mask.h"
#include "core/scan/reading_json.h"

using namespace scrutineer;

namespace {

std::string defect(GreyView page) {
  return std::string(sheet_defect_name(read_oval_page(page, oval_sample().form).defect));
}

bool marked(MarkClass mark) {
  return mark == MarkClass::clean || mark == MarkClass::light;
}

// A place that was read as the opposite of the truth.
int wrong_places(const SheetReading& reading, const std::vector<std::uint16_t>& truth) {
  int wrong = 0;
  for (const PlaceReading& place : reading.places) {
    const bool is = std::binary_search(truth.begin(), truth.end(), place.place);
    if (marked(place.mark) ? !is : place.mark == MarkClass::none && is) ++wrong;
  }
  return wrong;
}

// The print inside the border moved by so many pixels; the timing marks stay where they are.
GreyPage moved_inside(GreyView page, int dx, int dy) {
  GreyPage moved = copy_of(page);
  const SheetPoint first = oval_point(200, 60, 60), last = oval_point(200, 3240, 3940);
  for (int y = static_cast<int>(first.y); y < static_cast<int>(last.y); ++y) {
    for (int x = static_cast<int>(first.x); x < static_cast<int>(last.x); ++x) {
      const int sx = x - dx, sy = y - dy;
      const bool inside = sx >= static_cast<int>(first.x) && sx < static_cast<int>(last.x) &&
                          sy >= static_cast<int>(first.y) && sy < static_cast<int>(last.y);
      moved.at(x, y) = inside ? page.at(sx, sy) : 255;
    }
  }
  return moved;
}

// A timing mark painted over, or added, at a point of the grid.
void paint_mark(GreyPage& page, GridUnits column, GridUnits row, std::uint8_t value) {
  const SheetPoint p = oval_point(200, column, row);
  fill_rectangle(page, static_cast<int>(p.x) - 20, static_cast<int>(p.y) - 7, 41, 15, value);
}

}  // namespace

TEST_CASE("what was marked is what is read, on both sides, at every resolution, either way up") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    for (const std::size_t number : {0, 1}) {
      const MarkedPage page = oval_sample().marked(number, seed);
      const SheetReading reading = read_oval_page(page.page.view(), oval_sample().form);
      CHECK(reading.defect == SheetDefect::none);
      CHECK(reading.side == number);
      CHECK(!reading.upside_down);
      CHECK(wrong_places(reading, page.truth) == 0);
      CHECK(reading_contradiction(reading).empty());
      for (const ContestReading& contest : reading.contests) CHECK(contest.decision == Decision::counted);
      const SheetReading turned = read_oval_page(turned_round(page.page.view()).view(), oval_sample().form);
      CHECK(turned.upside_down);
      CHECK(wrong_places(turned, page.truth) == 0);
      CHECK(read_oval_page(page.page.view(), oval_sample().form) == reading);
    }
  }
}

TEST_CASE("a sheet whose print lies one row or one column off its timing marks is never accepted") {
  struct Case {
    int dx, dy;
    const char* defect;
  };
  const Case cases[] = {{0, 0, "none"},
                        {0, 50, "registration_anchor"},
                        {0, -50, "registration_anchor"},
                        {50, 0, "registration_anchor"},
                        {-50, 0, "registration_anchor"},
                        {0, 100, "registration_anchor"},
                        {50, 50, "registration_anchor"},
                        {0, 25, "registration_anchor"}};
  for (const std::size_t number : {0, 1}) {
    const MarkedPage page = oval_sample().marked(number, 3);
    for (const Case& c : cases) {
      CAPTURE(c.dx);
      CAPTURE(c.dy);
      CHECK(defect(moved_inside(page.page.view(), c.dx, c.dy).view()) == c.defect);
    }
  }
}

TEST_CASE(
    "only the lower part of the print one row off: a second sheet over the first, or a slip that the marks do not "
    "show") {
  const MarkedPage page = oval_sample().marked(0, 4);
  const GreyPage moved = moved_inside(page.page.view(), 0, 50);
  GreyPage mixed = copy_of(page.page.view());
  for (int y = 1000; y < 2000; ++y) std::memcpy(mixed.row(y), moved.row(y), 1700);
  CHECK(defect(mixed.view()) == "registration_anchor");
}

TEST_CASE("a timing mark that is gone, a false one more, or both at once: read as it is, or rejected") {
  const MarkedPage page = oval_sample().marked(0, 5);
  const auto read = [&](auto change) {
    GreyPage copy = copy_of(page.page.view());
    change(copy);
    return read_oval_page(copy.view(), oval_sample().form);
  };
  int accepted = 0, rejected = 0;
  const auto judge = [&](const SheetReading& reading) {
    (reading.defect == SheetDefect::none ? accepted : rejected) += 1;
    if (reading.defect == SheetDefect::none) CHECK(wrong_places(reading, page.truth) == 0);
  };
  for (int row = 0; row < 41; row += 4) {
    judge(read([&](GreyPage& p) { paint_mark(p, 0, row * 100, 255); }));
    judge(read([&](GreyPage& p) { paint_mark(p, 3300, row * 100, 255); }));
    // Half a row further: one more, then one more instead of another.
    judge(read([&](GreyPage& p) { paint_mark(p, 0, row * 100 + 50, 0); }));
    judge(read([&](GreyPage& p) {
      paint_mark(p, 0, row * 100, 255);
      paint_mark(p, 0, ((row + 20) % 41) * 100 + 50, 0);
    }));
  }
  // Beyond the ends of both sides, in line with the rest: the chain is one longer and must not slide.
  judge(read([&](GreyPage& p) { paint_mark(p, 0, 4100, 0), paint_mark(p, 3300, 4100, 0); }));
  judge(read([&](GreyPage& p) { paint_mark(p, 0, -100, 0), paint_mark(p, 3300, -100, 0); }));
  judge(read([&](GreyPage& p) {
    paint_mark(p, 0, 0, 255), paint_mark(p, 3300, 0, 255), paint_mark(p, 0, 4100, 0), paint_mark(p, 3300, 4100, 0);
  }));
  CHECK(accepted >= 15);
  CHECK(rejected >= 1);
}

TEST_CASE("papers that are not of this election, and pictures of no paper: a reason each") {
  const OvalSample& sample = oval_sample();
  CHECK(defect(GreyPage(1700, 2200).view()) == "blank_page");
  CHECK(defect(GreyPage(1700, 2200, 0).view()) == "blank_page");
  CHECK(defect(GreyPage(20, 20).view()) == "not_this_ballot");
  CHECK(defect(draw_oval_page(sample.definition, 0, front_bits({3, 8, 0}), 200, 1).view()) == "wrong_election");
  CHECK(defect(draw_oval_page(sample.definition, 0, front_bits({4, 7, 0}), 200, 1).view()) == "wrong_election");
  CHECK(defect(draw_oval_page(sample.definition, 1, back_bits({7, 5, 26, 6}), 200, 2).view()) == "wrong_election");
  OvalDefinition legal = sample.definition;
  legal.rows = 53;
  CHECK(defect(draw_oval_page(legal, 0, front_bits({3, 7, 0}), 200, 1).view()) == "wrong_election");
  // The same marks around another print: only the anchor knows.
  OvalDefinition other = sample.definition;
  for (OvalPlace& place : other.places) place.row += 100;
  CHECK(defect(draw_oval_page(other, 0, front_bits({3, 7, 0}), 200, 99).view()) == "registration_anchor");
  // Soft blotches, as a photograph has.
  GreyPage cat(1700, 2200, 180);
  add_dirt(cat, 400, 60, 1);
  CHECK(defect(blurred(cat.view(), 80).view()) != "none");
  GreyPage noise(1700, 2200, 128);
  add_noise(noise, 80, 2);
  CHECK(defect(noise.view()) != "none");
}

TEST_CASE("torn, cut, skewed and half pages are named") {
  const MarkedPage page = oval_sample().marked(0, 6);
  const auto changed = [&](auto change) {
    GreyPage copy = copy_of(page.page.view());
    change(copy);
    return defect(copy.view());
  };
  CHECK(changed([](GreyPage& p) { tear_corner(p, Corner::bottom_left, 300, 300, 0, 1); }) == "torn");
  CHECK(changed([](GreyPage& p) { tear_corner(p, Corner::bottom_right, 300, 300, 255, 1); }) == "torn");
  CHECK(defect(rotated(with_border(page.page.view(), 200, 200, 200, 200, 255).view(), 7'000).view()) != "none");
  CHECK(defect(cropped(page.page.view(), 0, 0, 0, 900).view()) != "none");
  CHECK(defect(resized(page.page.view(), 1700, 1700).view()) != "none");
  CHECK(defect(with_border(page.page.view(), 30, 20, 40, 60, 0).view()) == "none");
}

TEST_CASE("damage is named: what hides the marks or the print, not only that they are not found") {
  const OvalSample& sample = oval_sample();
  const MarkedPage page = sample.marked(0, 6);
  const SheetPoint corner = oval_point(200, 0, 0);
  const auto cx = static_cast<int>(corner.x), cy = static_cast<int>(corner.y);
  const auto changed = [&](auto change) {
    GreyPage copy = copy_of(page.page.view());
    change(copy);
    return read_oval_page(copy.view(), sample.form);
  };
  constexpr int kRoom = 60;
  const auto with_room = [&](auto change) {
    GreyPage copy = with_border(page.page.view(), kRoom, kRoom, kRoom, kRoom, 255);
    change(copy);
    return read_oval_page(copy.view(), sample.form);
  };
  const auto second = [&](int from) {  // another sheet over the lower part
    return changed([&](GreyPage& p) {
      const MarkedPage other = sample.marked(0, 7);
      for (int y = from; y < p.height(); ++y) std::memcpy(p.row(y), other.page.row(y - from), 1'700);
    });
  };
  struct Case {
    std::string what;
    SheetReading reading;
    SheetDefect defect;
  };
  const Case cases[] = {
      {"black at the left edge", changed([](GreyPage& p) { fill_rectangle(p, 0, 0, 70, 2'200, 0); }),
       SheetDefect::dark_border},
      {"black at the right edge", changed([](GreyPage& p) { fill_rectangle(p, 1'630, 0, 70, 2'200, 0); }),
       SheetDefect::dark_border},
      {"black at the top", changed([](GreyPage& p) { fill_rectangle(p, 0, 0, 1'700, 120, 0); }),
       SheetDefect::dark_border},
      {"black at the bottom", changed([](GreyPage& p) { fill_rectangle(p, 0, 2'050, 1'700, 150, 0); }),
       SheetDefect::dark_border},
      {"a broad streak through the left marks", with_room([&](GreyPage& p) { add_streak(p, kRoom + cx - 22, 44, 20); }),
       SheetDefect::streak},
      {"a hole where the first mark is", with_room([&](GreyPage& p) { punch_hole(p, kRoom + cx, kRoom + cy, 44, 0); }),
       SheetDefect::hole},
      {"a dark fold through the lowest marks", changed([&](GreyPage& p) { add_fold(p, cy + 40 * 50 - 8, 16, 255, 3); }),
       SheetDefect::fold},
      {"out of focus", read_oval_page(blurred(page.page.view(), 220).view(), sample.form), SheetDefect::blur},
      {"a second sheet from the middle on", second(1'013), SheetDefect::double_feed},
      {"a second sheet, its rows in line with the first one's", second(900), SheetDefect::double_feed},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CAPTURE(c.reading.detail);
    CHECK(std::string(sheet_defect_name(c.reading.defect)) == std::string(sheet_defect_name(c.defect)));
    CHECK(c.reading.contests.empty());
  }
}

TEST_CASE("damage does not hide that print stands elsewhere: one row off stays the reason") {
  const MarkedPage page = oval_sample().marked(0, 3);
  GreyPage off = moved_inside(page.page.view(), 0, 50);
  add_streak(off, 700, 2, 40);
  punch_hole(off, 900, 1'200, 60, 0);
  CHECK(defect(off.view()) == "registration_anchor");
}

TEST_CASE("a hole, a flap or a fold at a place: people look, whatever it makes of the oval") {
  const OvalSample& sample = oval_sample();
  struct Case {
    const char* what;
    bool marked;  // before
    void (*change)(GreyPage& page, int x, int y);
  };
  const Case cases[] = {
      {"a hole that shows white", true, [](GreyPage& p, int x, int y) { punch_hole(p, x, y, 26, 255); }},
      {"a hole that shows black", false, [](GreyPage& p, int x, int y) { punch_hole(p, x, y, 26, 0); }},
      {"a white label", true, [](GreyPage& p, int x, int y) { fill_rectangle(p, x - 60, y - 24, 120, 48, 255); }},
      {"a dark fold", false, [](GreyPage& p, int, int y) { add_fold(p, y - 3, 6, 220, 1); }},
      {"a pale fold", false, [](GreyPage& p, int, int y) { add_fold(p, y - 2, 4, 110, 2); }}};
  for (const Case& c : cases) {
    CAPTURE(c.what);
    for (std::size_t index = 0; index < sample.definition.places.size(); index += 3) {
      CAPTURE(index);
      const OvalPlace& place = sample.definition.places[index];
      const SheetPoint p = oval_point(200, place.column, place.row);
      GreyPage page = copy_of(sample.page(place.page).view());
      if (c.marked) draw_oval_ink(page, p, 50, OvalInk::filled, index);
      c.change(page, static_cast<int>(p.x), static_cast<int>(p.y));
      const SheetReading reading = read_oval_page(page.view(), sample.form);
      REQUIRE(reading.defect == SheetDefect::none);
      for (const PlaceReading& read : reading.places) {
        if (read.place == index) CHECK((!marked(read.mark) && read.mark != MarkClass::none));
      }
      for (const ContestReading& contest : reading.contests)
        if (contest.contest == place.contest) CHECK(contest.decision == Decision::recheck);
    }
  }
}

TEST_CASE("every kind of ink: a machine's decision where it is one, else people with a reason") {
  struct Case {
    OvalInk ink;
    const char* reading;  // "marked", "none" or "people"
  };
  const Case cases[] = {{OvalInk::filled, "marked"},  {OvalInk::scribble, "marked"}, {OvalInk::cross, "marked"},
                        {OvalInk::line, "marked"},    {OvalInk::tick, "marked"},     {OvalInk::erased, "people"},
                        {OvalInk::circled, "people"}, {OvalInk::dot, "none"}};
  const OvalSample& sample = oval_sample();
  for (const Case& c : cases) {
    CAPTURE(static_cast<int>(c.ink));
    for (std::size_t index = 0; index < sample.definition.places.size(); index += 5) {
      const OvalPlace& place = sample.definition.places[index];
      GreyPage page = copy_of(sample.page(place.page).view());
      draw_oval_ink(page, oval_point(200, place.column, place.row), 50, c.ink, index);
      const SheetReading reading = read_oval_page(page.view(), sample.form);
      REQUIRE(reading.defect == SheetDefect::none);
      for (const PlaceReading& read : reading.places) {
        if (read.place != index) {
          CHECK(read.mark == MarkClass::none);
          continue;
        }
        const std::string is = marked(read.mark) ? "marked" : read.mark == MarkClass::none ? "none" : "people";
        CHECK(is == c.reading);
      }
    }
  }
}

TEST_CASE("contests: too many marks, doubts and names to be read go to people") {
  const OvalDefinition& definition = oval_sample().definition;
  const auto decide = [&](std::vector<std::pair<std::uint16_t, MarkClass>> marks) {
    std::vector<PlaceReading> places;
    for (std::uint16_t i = 0; i < definition.places.size(); ++i) {
      if (definition.places[i].page == 0) places.push_back({i, {}, {}, MarkClass::none});
    }
    for (const auto& [index, mark] : marks)
      places[index] = {index, {MarkClass::clean, 500}, {MarkClass::clean, 500}, mark};
    return oval_contests(definition, 0, places).front();  // two options and a write-in, one seat
  };
  CHECK(decide({}).decision == Decision::counted);
  CHECK(decide({}).options.empty());
  CHECK(decide({{1, MarkClass::clean}}).options == std::vector<std::uint16_t>{1});
  CHECK(decide({{1, MarkClass::light}}).decision == Decision::counted);
  CHECK(decide({{0, MarkClass::clean}, {1, MarkClass::clean}}).reasons == std::vector{MarkClass::overvote});
  CHECK(decide({{0, MarkClass::clean}, {1, MarkClass::erased}}).reasons == std::vector{MarkClass::erased});
  CHECK(decide({{0, MarkClass::clean}, {1, MarkClass::erased}}).options.empty());
  CHECK(decide({{2, MarkClass::clean}}).reasons == std::vector{MarkClass::added_writing});
}

TEST_CASE("the noise suite, a little of it: no wrong position in any row") {
  for (const NoiseRow& row : noise_rows()) {
    CAPTURE(row.name);
    int rejected = 0;
    for (std::uint64_t i = 0; i < 6; ++i) {
      const MarkedPage page = oval_sample().marked(i % 2, 170 + i);
      const SheetReading reading = read_oval_page(row.apply(page.page.view(), 310 + i).view(), oval_sample().form);
      if (reading.defect != SheetDefect::none) ++rejected;
      CHECK(wrong_places(reading, page.truth) == 0);
    }
    CHECK((rejected == 0 || row.rejected_most > 20));
  }
}

TEST_CASE("masked pages show neither margins nor written names; the same paper twice is recognised, another is not") {
  const OvalSample& sample = oval_sample();
  const MarkedPage page = sample.marked(0, 8);
  GreyPage scan = copy_of(page.page.view());
  fill_rectangle(scan, 2, 2, 40, 30, 0);  // something in the corner
  const OvalScan read = scan_oval_page(scan.view(), sample.form);
  REQUIRE(read.reading.defect == SheetDefect::none);
  const GreyPage masked = masked_oval_page(scan.view(), sample.form, read);
  CHECK(masked.row(10)[10] == 255);
  CHECK(masked.row(2150)[800] == 255);
  const SheetPoint mark = oval_point(200, 100, 0);
  CHECK(masked.row(static_cast<int>(mark.y))[static_cast<int>(mark.x)] == 0);
  const GreyPage again = rotated(scan.view(), 700);
  const OvalScan second = scan_oval_page(again.view(), sample.form);
  const OvalStrokes strokes = oval_strokes(scan.view(), sample.form, read);
  REQUIRE(!strokes.places.empty());
  CHECK(alike(strokes, oval_strokes(again.view(), sample.form, second)));
  const MarkedPage other = sample.marked(0, 9);
  CHECK(!alike(strokes, oval_strokes(other.page.view(), sample.form, scan_oval_page(other.page.view(), sample.form))));
}
