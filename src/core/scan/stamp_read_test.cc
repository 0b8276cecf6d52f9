#include "core/scan/stamp_read.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>

#include "core/ballotmaker/defects.h"
#include "core/ballotmaker/dice.h"
#include "core/ballotmaker/stamp_sheet.h"
#include "core/image/grey.h"
#include "core/scan/stamp_frame.h"
#include "tests/support/stamp_shares.h"

using namespace scrutineer;

namespace {

const StampForm& form_of(int options) {
  static std::map<int, StampForm> forms;
  auto it = forms.find(options);
  if (it == forms.end()) it = forms.emplace(options, *prepare(stamp_test_paper(options))).first;
  return it->second;
}

StampScan flat_scan() {
  StampScan scan;
  scan.noise = 30;
  return scan;
}

GreyPage clean_paper(int options, std::uint64_t seed, const StampScan& scan = flat_scan()) {
  const StampPaper paper = stamp_test_paper(options);
  return draw_stamp_paper(paper, make_stamp_truth(paper, StampCase::clean, seed), scan, seed);
}

std::uint16_t option_of(int options, std::uint64_t seed) {
  return *make_stamp_truth(stamp_test_paper(options), StampCase::clean, seed).option;
}

std::string said(const SheetReading& reading) {
  std::string out = std::string(sheet_defect_name(reading.defect)) + " " + reading.detail + ";";
  for (const ContestReading& contest : reading.contests) {
    out += std::string(" ") + std::string(decision_name(contest.decision));
    for (std::uint16_t option : contest.options) out += " " + std::to_string(option);
    for (MarkClass reason : contest.reasons) out += " " + std::string(mark_class_name(reason));
  }
  return out;
}

}  // namespace

TEST_CASE("stamp papers: no wrong option and no invalid paper counted, and the machine decides its share") {
  // The small version of bench/stamp_bench.cc. SCRUTINEER_FULL=1: more of it.
  const int scans = std::getenv("SCRUTINEER_FULL") ? 40 : 3, marks = std::getenv("SCRUTINEER_FULL") ? 3 : 1;
  std::map<StampCase, std::pair<int, int>> seen;  // papers, counted
  for (int s = 0; s < scans; ++s) {
    const int options = s % 2 ? 12 : 7;
    const StampForm& form = form_of(options);
    StampScan scan = usual_scan(form.geometry, 40 + static_cast<std::uint64_t>(s));
    scan.upside_down = s == 1;
    StampPress press(form.paper, scan, static_cast<std::uint64_t>(s));
    std::uint64_t seed = 1'000 * static_cast<std::uint64_t>(s);
    for (const StampLeast& least : kStampShares)
      for (int i = 0; i < marks; ++i) {
        const StampTruth truth = make_stamp_truth(form.paper, least.what, ++seed);
        const SheetReading reading = read_stamp_paper(form, press.press(truth.marks, seed).view());
        CAPTURE(seed);
        CAPTURE(stamp_case_name(truth.what));
        CAPTURE(said(reading));
        REQUIRE(reading.contests.size() == 1);
        CHECK_FALSE(is_wrong(truth, reading.contests[0]));
        CHECK(reading.upside_down == scan.upside_down);
        auto& [papers, counted] = seen[truth.what];
        ++papers, counted += reading.contests[0].decision == Decision::counted;
        CHECK((reading.contests[0].decision != Decision::recheck || !reading.contests[0].reasons.empty()));
      }
  }
  for (const StampLeast& least : kStampShares) {
    CAPTURE(stamp_case_name(least.what));
    const auto& [papers, counted] = seen[least.what];
    // Few papers: two of them may always be doubtful.
    CHECK((counted + 2) * 1'000 >= papers * least.per_mille);
    if (least.what == StampCase::clean) CHECK(counted == papers);
  }
}

TEST_CASE("stamp papers: every length of paper, either way up, turned and stretched") {
  for (int options : {1, 2, 10, 34}) {
    CAPTURE(options);
    StampScan scan = flat_scan();
    scan.turn = options * 7 - 100, scan.stretch_y = options * 60 - 1'000, scan.upside_down = options % 4 == 2;
    const SheetReading reading =
        read_stamp_paper(form_of(options), clean_paper(options, static_cast<std::uint64_t>(options), scan).view());
    CAPTURE(said(reading));
    CHECK(reading.contests[0].decision == Decision::counted);
    CHECK(reading.contests[0].options ==
          std::vector<std::uint16_t>{option_of(options, static_cast<std::uint64_t>(options))});
    CHECK(reading.places.size() == static_cast<std::size_t>(options));
  }
}

TEST_CASE("stamp papers: other resolutions, and the same picture gives the same reading") {
  const GreyPage page = clean_paper(7, 4);
  const SheetReading first = read_stamp_paper(form_of(7), page.view());
  CHECK(first == read_stamp_paper(form_of(7), page.view()));
  for (int dpi : {150, 300}) {
    CAPTURE(dpi);
    const GreyPage other = resized(page.view(), page.width() * dpi / 200, page.height() * dpi / 200);
    const SheetReading reading = read_stamp_paper(form_of(7), other.view());
    CAPTURE(said(reading));
    CHECK_FALSE((reading.contests[0].decision == Decision::counted &&
                 reading.contests[0].options != first.contests[0].options));
    if (dpi >= 300) CHECK(reading.contests[0].options == first.contests[0].options);
  }
}

TEST_CASE("stamp papers: what is no paper of this election is named") {
  const StampForm& form = form_of(7);
  auto defect = [&](const GreyPage& page) {
    const SheetReading reading = read_stamp_paper(form, page.view());
    CAPTURE(said(reading));
    CHECK(reading.contests[0].decision == Decision::rejected);
    CHECK_FALSE(reading.detail.empty());
    return reading.defect;
  };
  const GreyPage page = clean_paper(7, 4);
  GreyPage blank(787, 1'449, 240);
  add_noise(blank, 4, 1);
  CHECK(defect(blank) == SheetDefect::blank_page);
  CHECK(defect(clean_paper(8, 1)) == SheetDefect::wrong_election);
  CHECK(defect(clean_paper(6, 1)) == SheetDefect::wrong_election);
  CHECK(defect(cropped(page.view(), 0, 0, 0, page.height() / 2)) == SheetDefect::cut_short);
  GreyPage torn = copy_of(page.view());
  tear_corner(torn, Corner::top_left, 160, 200, 10, 1);
  CHECK(defect(torn) == SheetDefect::torn);

  // What happened to the paper or to the scan, where it is why people must look.
  GreyPage spoilt = copy_of(page.view());
  punch_hole(spoilt, page.width() / 2, page.height() / 2, 22, 10);
  CHECK(defect(spoilt) == SheetDefect::hole);
  spoilt = copy_of(page.view());
  add_streak(spoilt, 660, 3, 60);
  CHECK(defect(spoilt) == SheetDefect::streak);
  spoilt = copy_of(page.view());
  fill_rectangle(spoilt, 0, 0, 50, page.height(), 5);
  CHECK(defect(spoilt) == SheetDefect::dark_border);
  CHECK(defect(blurred(page.view(), 40)) == SheetDefect::blur);
  spoilt = copy_of(page.view());
  fade(spoilt, 92);
  CHECK(defect(spoilt) == SheetDefect::faded);
  spoilt = copy_of(page.view());
  add_fold(spoilt, 800, 5, 130, 1);
  CHECK(defect(spoilt) == SheetDefect::fold);

  // A second sheet looks out below this one: its head with the title.
  GreyPage longer(page.width(), page.height() + 300, 240);
  for (int y = 0; y < longer.height(); ++y)
    for (int x = 0; x < page.width(); ++x)
      longer.at(x, y) = y < page.height() ? page.at(x, y) : page.at(x, y - page.height());
  CHECK(defect(longer) == SheetDefect::double_feed);

  // Other names in the same boxes.
  const StampPaper others = stamp_test_paper(7, 3);
  CHECK(defect(draw_stamp_paper(others, make_stamp_truth(others, StampCase::clean, 1), flat_scan(), 1)) ==
        SheetDefect::wrong_election);

  // Two sheets, one over the other: the lower one is seen below the upper one's edge.
  GreyPage two(page.width(), page.height(), 240);
  for (int y = 0; y < page.height(); ++y)
    for (int x = 0; x < page.width(); ++x)
      two.at(x, y) = std::min(page.at(x, y), y >= 60 ? page.at(x, y - 60) : std::uint8_t{240});
  CHECK(defect(two) == SheetDefect::double_feed);

  // Fur, eyes and whiskers: soft blobs in every grey.
  GreyPage cat(787, 1'449, 120);
  Dice dice(3);
  for (int i = 0; i < 400; ++i) {
    const int x = dice.between(0, 780), y = dice.between(0, 1'400);
    fill_rectangle(cat, x, y, dice.between(10, 130), dice.between(10, 130), static_cast<std::uint8_t>(dice.below(256)));
  }
  cat = blurred(cat.view(), 60);
  CHECK(defect(cat) == SheetDefect::not_this_ballot);
  CHECK(defect(GreyPage(3, 3)) == SheetDefect::not_this_ballot);
  CHECK(defect(GreyPage(6'000, 300)) != SheetDefect::none);
}

TEST_CASE("stamp papers: one box off cannot be accepted") {
  // A paper whose boxes stand one pitch lower than they must: the frame alone fits.
  const StampForm& form = form_of(7);
  const GreyPage page = clean_paper(7, 4);
  const int pitch = static_cast<int>(form.geometry.pitch * 200 / 2'540.0 + 0.5);
  const int box = static_cast<int>(form.geometry.first_box.y * 200 / 2'540.0);
  for (int direction : {-1, 1}) {
    GreyPage moved(page.width(), page.height(), 240);
    for (int y = 0; y < page.height(); ++y)
      for (int x = 0; x < page.width(); ++x) {
        // Texts and stamps move by one box, lines stay.
        const int from = y - direction * pitch;
        const bool inside = from > box - 20 && from < page.height();
        moved.at(x, y) = inside ? page.at(x, from) : page.at(x, y);
      }
    const SheetReading reading = read_stamp_paper(form, moved.view());
    CAPTURE(direction);
    CAPTURE(said(reading));
    CHECK(reading.contests[0].decision != Decision::counted);
  }
}

TEST_CASE(
    "stamp papers: a missing seal, an uncut stub, papers for other tools, and what an election leaves to people") {
  const StampPaper paper = stamp_test_paper(7);
  auto reasons = [&](const StampForm& form, StampCase what) {
    const StampTruth truth = make_stamp_truth(paper, what, 2);
    const SheetReading reading = read_stamp_paper(form, draw_stamp_paper(paper, truth, flat_scan(), 2).view());
    CAPTURE(said(reading));
    CHECK(reading.contests[0].decision == Decision::recheck);
    return reading.contests[0].reasons;
  };
  CHECK(reasons(form_of(7), StampCase::seal_missing) == std::vector{MarkClass::seal_missing});
  CHECK(reasons(form_of(7), StampCase::serial_left) == std::vector{MarkClass::serial_left});
  CHECK(reasons(form_of(7), StampCase::no_stamp) == std::vector{MarkClass::none});
  CHECK(reasons(form_of(7), StampCase::two_boxes) == std::vector{MarkClass::straddling});
  StampPaper other = paper;
  other.marking = StampMarking::any_tool;
  CHECK(reasons(*prepare(other), StampCase::clean).front() == MarkClass::clean);
  other = paper;
  other.people = {"clean"};
  CHECK(reasons(*prepare(other), StampCase::clean) == std::vector{MarkClass::clean});
}

TEST_CASE("stamp papers: a form is prepared from a specimen in another face, and only from a blank one") {
  const StampPaper paper = stamp_test_paper(7);
  PrintStyle style;
  style.face = 12'345, style.weight = 70, style.size = 900;
  StampPress specimen(paper, StampScan{}, 1, false, false, style);
  auto form = prepare(paper, specimen.press({}, 1).view());
  REQUIRE(form.has_value());
  const StampTruth truth = make_stamp_truth(paper, StampCase::clean, 8);
  const GreyPage page = draw_stamp_paper(paper, truth, flat_scan(), 8, style);
  const SheetReading reading = read_stamp_paper(*form, page.view());
  CAPTURE(said(reading));
  CHECK(reading.contests[0].options == std::vector<std::uint16_t>{*truth.option});

  CHECK(prepare(paper, page.view()).error().message.find("not blank") != std::string::npos);
  CHECK(prepare(paper, GreyPage(787, 1'449, 240).view()).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("stamp papers: sheared by the feed, and a long paper in another resolution that lies turned") {
  const GreyPage page = clean_paper(12, 4);
  const SheetReading sheared = read_stamp_paper(form_of(12), skewed(page.view(), 6, 250).view());
  CAPTURE(said(sheared));
  CHECK(sheared.contests[0].options == std::vector<std::uint16_t>{option_of(12, 4)});
  StampScan scan = flat_scan();
  scan.dpi = 300, scan.turn = 250;
  const SheetReading turned = read_stamp_paper(form_of(34), clean_paper(34, 4, scan).view());
  CAPTURE(said(turned));
  CHECK(turned.contests[0].options == std::vector<std::uint16_t>{option_of(34, 4)});
}

TEST_CASE("stamp frame: measured to a quarter of a pixel") {
  const StampPaper paper = stamp_test_paper(7);
  StampScan scan = flat_scan();
  scan.turn = 120, scan.stretch_x = 300, scan.stretch_y = -700;
  const GreyPage page = draw_stamp_paper(paper, make_stamp_truth(paper, StampCase::no_stamp, 1), scan, 1);
  const StampFrameResult found = find_stamp_frame(form_of(7).geometry, page.view());
  REQUIRE(found.defect == SheetDefect::none);
  // The middle of the paper is the middle of the picture, whatever was done to it.
  const PicturePoint middle = found.frame.at(5'000, form_of(7).geometry.height / 2.0);
  CHECK(std::abs(middle.x + 0.5 - page.width() / 2.0) < 0.25);
  CHECK(std::abs(middle.y + 0.5 - page.height() / 2.0) < 0.25);
}
