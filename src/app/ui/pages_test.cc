#include "app/ui/pages.h"

#include <doctest/doctest.h>

#include "app/ui/paths.h"

namespace scrutineer::ui {
namespace {

constexpr std::size_t kTypicalUnitPage = 6'000;  // bytes, a five-option sheet with everything on it

const std::string kId(64, 'a');

Site site() {
  Site s;
  s.title = "대통령선거";
  s.date = "2031-05-09";
  s.data_lang = "ko";
  s.verify_command = "scrutineer-verify bundle";
  s.verify_proof_command = "scrutineer-verify --proof";
  s.log = {"example.org/2031", 24'117, "EhLY8UXXGd8axPS/CtI1Rl5elC9I5o5VBB64hDQ1T/A=", 2, 3};
  s.contests = {{"대통령",
                 {{"1", "가나다", "푸른당", ""},
                  {"2", "라마바", "함께당", ""},
                  {"3", "<b>사</b>", "\"바람\"당", "red\" onload=\"x"},
                  {"4", "차카타", "", ""},
                  {"5", "파하", "무소속", ""}}}};
  return s;
}

Sheet sheet() {
  Sheet s;
  s.status = UnitStatus::counted_signed;
  s.figures = {2'341, 1'778, 1'766, 1'741, 25, std::nullopt};
  s.options = {{818, 800, 799, 19}, {434, 421, 421, 13}, {230, 226, 226, 4}, {122, 120, 120, 2}, {137, 136, 136, 1}};
  s.machine = MachineFigures{63, 1, 24};
  s.how = HowCounted::machine_then_hand;
  s.signers = {{"jongno/chair", "chair", "e3565f7d", true},
               {"jongno/member-1", "member", "73665f01", true},
               {"jongno/member-3", "member", "f7d6c2aa", false}};
  s.record_id = kId;
  s.position = 1'204;
  s.has_proof = true;
  s.note = "scrutineer/count-sheet/1\n{\"election\":\"" + kId + "\"}\n\n" + std::string(700, 'x');
  return s;
}

Unit unit() {
  return {{7, "청운효자동 제1투표소"}, {{1, "서울특별시"}, {8, "종로구"}}, "polling-day", "1101-0007", {sheet()}};
}

bool has(const std::string& page, std::string_view text) {
  return page.find(text) != page.npos;
}

TEST_CASE("a unit page shows the sheet, who signed it, and how to check it") {
  const std::string page = render_unit(site(), unit(), Lang::en);
  CHECK(has(page, "<html lang=en>"));
  CHECK(has(page, "Counted, signed"));
  CHECK(has(page, "<td>800<td>799<td class=diff>\u22121<td>19<td class=big>818<td>47.0%"));
  CHECK(has(page, "<td>63<td>–<td>0<td>63"));  // sent to re-check, found in the re-check pile
  CHECK(has(page, "jongno/member-3"));
  CHECK(has(page, "not authorised"));
  CHECK(has(page, "href=../../proof/7.tlog-proof"));
  CHECK(has(page, "href=../area/8.html"));
  CHECK(has(page, "href=../../ko/unit/7.html"));
  CHECK(has(page, kId));
  CHECK(has(page, "1,204"));
}

TEST_CASE("a sheet that does not count says so before its figures") {
  for (UnitStatus status : {UnitStatus::entered, UnitStatus::conflict, UnitStatus::unauthorised}) {
    Unit one = unit();
    one.sheets[0].status = status;
    CHECK(has(render_unit(site(), one, Lang::en), "not in the totals.</b>"));
    CHECK(has(render_unit(site(), one, Lang::ko), "집계에 들어 있지 않습니다.</b>"));
  }
  for (UnitStatus status : {UnitStatus::counted_signed, UnitStatus::replaced, UnitStatus::transcribed}) {
    Unit one = unit();
    one.sheets[0].status = status;
    CHECK_FALSE(has(render_unit(site(), one, Lang::en), "not in the totals.</b>"));
  }
}

TEST_CASE("files that records name are linked from where the page is, and only where they are there") {
  Unit one = unit();
  one.sheets[0].attachments = {{{"blob/aa/bb/" + kId, "image/<jpeg>", 12'345, true}, {"jongno/member-1", "앞", kId, 9}},
                               {{"blob/cc/dd/" + kId, "image/png", 1, false}, {"jongno/member-1", "", kId, 10}}};
  const std::string page = render_unit(site(), one, Lang::en);
  CHECK(has(page, "<a href=../../blob/aa/bb/" + kId + ">Photo 1</a>"));
  CHECK(has(page, "image/&lt;jpeg&gt;, 12,345 bytes"));
  CHECK_FALSE(has(page, "blob/cc/dd"));
  CHECK(has(page, "Photo 2 <span class=\"st half\">file not here"));
  CHECK_FALSE(has(page, "<img"));
}

TEST_CASE("the first page says what only a server has where one serves it, and who has witnessed the log") {
  Overview overview;
  overview.root.state = ResultState::counting;
  Site quiet = site(), live = site();
  live.live = true;
  for (Lang lang : {Lang::ko, Lang::en}) {
    const std::string without = render_overview(quiet, overview, lang), with = render_overview(live, overview, lang);
    for (std::string_view link : {"../bundle.tar.zst", "../explore", "../desk/"}) {
      CHECK(has(with, link));
      CHECK_FALSE(has(without, link));
    }
    // Once at the top, once where the log is described.
    const std::string_view witnessed = lang == Lang::en ? "Witnessed 2 of 3" : "3명 중 2명";
    const std::size_t first = with.find(witnessed);
    CHECK(first < with.find("id=check"));
    CHECK(with.find(witnessed, first + 1) != with.npos);
  }
}

TEST_CASE("a typical unit page stays lean in both languages") {
  CHECK(render_unit(site(), unit(), Lang::ko).size() <= kTypicalUnitPage);
  CHECK(render_unit(site(), unit(), Lang::en).size() <= kTypicalUnitPage);
}

TEST_CASE("nothing from the data becomes markup") {
  for (Lang lang : {Lang::ko, Lang::en}) {
    const std::string page = render_unit(site(), unit(), lang);
    CHECK_FALSE(has(page, "<b>사"));
    CHECK(has(page, "&lt;b&gt;사&lt;/b&gt;"));
    CHECK_FALSE(has(page, "onload"));  // a colour that is not #rrggbb is not used
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "style="));
  }
}

TEST_CASE("missing figures are listed as not stated") {
  Unit u = unit();
  u.sheets[0].figures = {};
  u.sheets[0].machine.reset();
  u.sheets[0].options[1].votes.reset();
  const std::string page = render_unit(site(), u, Lang::en);
  CHECK(has(page, "Not stated: Electors, Ballots issued, Ballots cast, Valid votes, Invalid votes"));
  CHECK(has(page, "<td><i>not stated</i><td><i>not stated</i>"));  // neither votes nor a share of an unknown sum
}

TEST_CASE("simulated and transcribed are said on every page") {
  Site s = site();
  s.simulated = s.transcribed = true;
  Overview overview;
  const Area area{{8, "종로구"}, {}, ResultState::counting, {}, {}};
  for (Lang lang : {Lang::ko, Lang::en}) {
    for (const std::string& page :
         {render_overview(s, overview, lang), render_questions(s, overview, lang), render_glossary(s, lang),
          render_area(s, area, lang), render_unit(s, unit(), lang), render_index(s, overview)}) {
      CHECK(has(page, "class=sim>"));
      CHECK(has(page, "class=tr>"));
      CHECK(has(page, lang == Lang::ko ? "실제 선거 결과가 아닙니다" : "not an election result"));
    }
  }
}

TEST_CASE("a seat that waits for a lot is a state, not an error") {
  Overview overview;
  Seats seats{SeatMethod::dhondt, 3, {1, 1, 0, 0, 0}, true, {}};
  seats.steps.push_back(
      {SeatStepKind::lot, Fraction(1), {{2, Fraction(100, 3), {}, {}}, {3, Fraction(100, 3), {}, {}}}});
  overview.root.results = {{0, {1, 2}, {}, {100, 100, 50, 50, 0}, {}, seats}};
  const std::string page = render_overview(site(), overview, Lang::en);
  CHECK(has(page, "Some seats wait for a lot"));
  CHECK(has(page, "33.333\u2026 <small>(100/3)</small>"));
  CHECK(has(page, "class=open"));
}

TEST_CASE("a threshold just missed does not read as met") {
  Overview overview;
  Seats seats{SeatMethod::dhondt, 1, {1, 0, 0, 0, 0}, false, {}};
  seats.steps.push_back({SeatStepKind::threshold, Fraction(3, 100), {{1, Fraction(29'999, 1'000'000), {}, false}}});
  overview.root.results = {{0, {2, 2}, {}, {1, 1, 1, 1, 1}, {}, seats}};
  CHECK(has(render_overview(site(), overview, Lang::en), "2.999\u2026%"));
}

TEST_CASE("names of files") {
  CHECK(overview_file(Lang::ko) == "ko/index.html");
  CHECK(area_file(Lang::en, 8) == "en/area/8.html");
  CHECK(unit_file(Lang::ko, 18'608) == "ko/unit/18608.html");
  CHECK(proof_file(7, 0) == "proof/7.tlog-proof");
  CHECK(proof_file(7, 1) == "proof/7-2.tlog-proof");
}

}  // namespace
}  // namespace scrutineer::ui
