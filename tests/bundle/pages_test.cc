// What the published pages say about what a counting centre records.
#include "tests/bundle/publishing.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr std::string_view kGrants = R"(
  G-pub: grant pub publisher / * by root-1 root-2
  G-co: grant coord coordinator / * by root-1 root-2
  G-chair: grant chair chair / * by root-1 root-2
  G-m1: grant m1 member / * by root-1 root-2
  G-m2: grant m2 member / * by root-1 root-2
  G-m3: grant m3 member / * by root-1 root-2
  G-o: grant watch observer / * by root-1 root-2
)";

Country centre() {
  Country country;
  country.counting_centre = true;
  country.rules = R"({"rules":[{"code":"nobody-voted","kinds":["*"],"contests":["*"]}]})";
  return country;
}

bool has(const std::string& page, std::string_view text) {
  return page.find(text) != page.npos;
}

CountSheet sheet_of(const char* unit) {
  CountSheet sheet;
  sheet.unit = UnitId(unit);
  sheet.contest = ContestId("mayor");
  sheet.ballots_cast = 0;
  sheet.votes = {{OptionId("A"), 0}, {OptionId("B"), 0}, {OptionId("C"), 0}};
  return sheet;
}

Publishing& publish(Publishing& p) {
  REQUIRE(p.publisher->publish().has_value());
  return p;
}

bool says(const Report& report, CheckId check, std::string_view words) {
  return std::any_of(report.findings().begin(), report.findings().end(), [&](const Finding& finding) {
    return finding.check == check && finding.severity == Severity::notice && has(finding.message, words);
  });
}

}  // namespace

TEST_CASE("pages: a sheet that lacks signatures is entered and not counted; one by nobody who may is unauthorised") {
  Publishing p(centre());
  p.run(kGrants);
  p.start();
  p.run("A1: sheet a1 mayor A=777 B=5 C=1 by chair m1");
  p.run("B1: sheet b1 mayor A=888 B=5 C=1 by watch");
  publish(p);
  std::string entered = p.unit_page("a1"), stranger = p.unit_page("b1");
  CHECK(has(entered, "Entered, not signed"));
  CHECK(has(entered, "777"));
  CHECK(has(entered, "not in the totals"));
  CHECK_FALSE(has(entered, "Unauthorised"));
  CHECK(has(stranger, "Unauthorised record"));
  CHECK_FALSE(has(p.file("en/index.html"), "777"));
  CHECK_FALSE(has(p.file("en/questions.html"), "A one"));  // missing signatures are no open question
  CHECK(has(p.file("en/questions.html"), "B one"));
  p.run("again A1 by m2");
  publish(p);
  CHECK(has(p.unit_page("a1"), "Counted, signed"));
  CHECK(has(p.file("en/index.html"), "777"));
}

TEST_CASE("pages: acceptances, remarks, readings, boxes, orders and live counts stand with their unit") {
  Publishing p(centre());
  p.run(kGrants);
  p.start();
  CountSheet sheet = sheet_of("a1");
  sheet.live = LiveCount{12, 2, {}};
  RecordId first = p.say(sheet, {"chair", "m1", "m2"});
  publish(p);
  CHECK(has(p.unit_page("a1"), "12 called, 2 undone"));
  CHECK_FALSE(has(p.unit_page("a1"), "Accepted with a reason"));

  p.say(Acceptance{sheet.unit, sheet.contest, sha256("other figures"), "nobody-voted", "wrong sheet"}, {"coord"});
  p.say(Acceptance{sheet.unit, sheet.contest, figures_hash(sheet), "nobody-voted", "the station stayed empty"},
        {"coord"});
  p.say(Remark{first, "the hall was <cold>"}, {"m3"});
  Entry entry{sheet.unit, sheet.contest, 1, 1, {std::string(43, 'A')}};
  p.say(entry, {"m1"});
  entry.reading = 2;
  p.say(entry, {"m2"});
  Custody custody;
  custody.unit = sheet.unit;
  custody.name = "7";
  custody.seals = {"S-0041", "S-0042"};
  RecordId box = p.say(custody, {"m1"});
  p.say(Remark{box, "the lid was loose"}, {"m3"});
  publish(p);
  std::string page = p.unit_page("a1");
  CHECK(has(page, "the station stayed empty"));
  CHECK_FALSE(has(page, "wrong sheet"));
  CHECK(has(page, "the hall was &lt;cold&gt;"));
  CHECK(has(page, "First entry <b>m1"));
  CHECK(has(page, "Second entry <b>m2"));
  CHECK(has(page, "S-0041, S-0042"));
  CHECK(has(page, "the lid was loose"));
  CHECK_FALSE(has(page, std::string(43, 'A')));
  CHECK_FALSE(has(p.unit_page("a2"), "S-0041"));

  sheet.live.reset();
  sheet.replaces = first;
  sheet.reason = "counted again";
  sheet.order = "Commission, 2025-06-04, no. 3";
  p.say(sheet, {"chair", "m1", "m2"});
  publish(p);
  CHECK(has(p.unit_page("a1"), "Commission, 2025-06-04, no. 3"));
  CHECK(has(p.unit_page("a1"), "the station stayed empty"));  // the same figures
  publish(p);
  CHECK(p.verify().good());
  p.publish_all("whole");
  for (const std::string& path : p.files()) CHECK_MESSAGE(p.file(path) == p.file(path, "whole"), path);
}

TEST_CASE("pages: files that records name are linked when they are there, and a verifier says when they are not") {
  Publishing p(centre());
  p.run(kGrants);
  p.start();
  p.run("A1: sheet a1 mayor A=1 B=5 C=1 by chair m1 m2");
  const Bytes photograph = "not really a photograph", count = "unit,A,B,C\na1,1,5,1\n";
  p.say(Attachment{UnitId("a1"), ContestId("mayor"), blob_of(photograph, "image/jpeg"), "front"}, {"m1"});
  p.say(IndependentTally{"/north", blob_of(count, "text/csv"), "our own"}, {"watch"});
  p.say(Attachment{UnitId("a2"), ContestId("mayor"), blob_of("x", "image/jpeg"), "by nobody who may"}, {"watch"});
  publish(publish(p));
  const std::string at = blob_path(blob_hash(photograph));
  CHECK(has(p.unit_page("a1"), "file not here"));
  CHECK_FALSE(has(p.unit_page("a1"), at));
  CHECK(p.publisher->last().missing.size() == 2);
  Report report = p.verify();
  CHECK(report.good());
  CHECK(report[CheckId::files].notices == 2);
  CHECK(says(report, CheckId::files, "names it"));

  // Whoever keeps blobs has spoilt one: it is as good as missing.
  const std::string kept = blob_file(Publishing::kLog, blob_hash(count));
  REQUIRE(keep_blob(p.disk, Publishing::kLog, photograph).has_value());
  REQUIRE(keep_blob(p.disk, Publishing::kLog, count).has_value());
  p.disk.flip(kept, 3, 1);
  publish(p);
  CHECK(has(p.unit_page("a1"), "href=../../" + at));
  CHECK(p.file(at) == photograph);
  CHECK(p.publisher->last().missing == std::vector{blob_hash(count)});
  report = p.verify();
  CHECK(report.good());
  CHECK(report[CheckId::files].notices == 1);
  std::uint64_t writes = p.disk.operations();
  p.disk.flip(kept, 3, 1);
  publish(p);
  CHECK(p.disk.operations() > writes);
  CHECK(has(p.file("en/questions.html"), "our own"));
  CHECK(has(p.file("en/questions.html"), blob_path(blob_hash(count))));
  report = p.verify();
  CHECK(report.good());
  CHECK(report[CheckId::files].notices == 0);
  p.publish_all("whole");
  CHECK(p.files() == p.files("whole"));
}

TEST_CASE("pages: what only a server has is linked only where one serves the pages") {
  for (bool live : {false, true}) {
    CAPTURE(live);
    Publishing p(centre());
    p.run(kGrants);
    p.start(live);
    for (const char* page : {"ko/index.html", "en/index.html"})
      for (const char* link : {"href=\"../bundle.tar.zst\"", "href=\"../explore\"", "href=\"../desk/\""})
        CHECK(has(p.file(page), link) == live);
    CHECK(p.verify().good());
  }
}
