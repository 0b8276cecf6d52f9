#include "app/ui/reconcile.h"

#include <doctest/doctest.h>

#include "app/ui/desk_model.h"

namespace scrutineer::ui {
namespace {

Site site() {
  Site s;
  s.title = "대통령선거";
  s.date = "2031-05-09";
  s.data_lang = "ko";
  s.simulated = true;
  return s;
}

ReconcileModel model() {
  ReconcileModel m;
  m.with = "observer <b>.csv";
  m.file_stem = "compare";
  m.csv_file = "compare/1.csv";
  m.agreements = {{"대통령", 18'600, 18'590, 250, 249}};
  m.differences = {
      {ReconcileKind::area_sum, {{0, ""}, false, "/"}, "대통령", {Figure::votes, "가나다"}, 1'000, 1'003, ""},
      {ReconcileKind::unit,
       {{7, "청운효자동 제1투표소"}, true, "1101-0007"},
       "대통령",
       {Figure::valid, ""},
       16,
       13,
       ""},
      {ReconcileKind::concurrent, {{7, "청운효자동"}, true, "1101-0007"}, "시장", {Figure::cast, ""}, 16, 13, "대통령"},
      {ReconcileKind::unit, {{8, "사직동"}, true, "1101-0008"}, "대통령", {Figure::blank, ""}, {}, 13, ""}};
  m.differences_in_all = 12;
  m.missing = {{false, {{3, "종로구"}, false, "/서울/종로구"}, "대통령", 40},
               {true, {{9, "무악동"}, true, "9"}, "대통령", 1}};
  m.missing_in_all = 2;
  m.not_compared = {{"대통령", {Figure::issued, ""}, false}};
  m.unknown = {{"f.csv:9:1", "this election has no unit <x>"}};
  return m;
}

bool has(const std::string& page, std::string_view text) {
  return page.find(text) != page.npos;
}

TEST_CASE("the page says how much agrees, then every difference with its unit") {
  const std::string page = render_reconciliation(site(), model(), Lang::en);
  CHECK(has(page, "18,590 of 18,600 units agree in every figure."));
  CHECK(has(page, "249 of 250 area totals agree in every figure."));
  CHECK(has(page, "Comparison with observer &lt;b&gt;.csv"));
  CHECK_FALSE(has(page, "<b>.csv"));
  CHECK(has(page, "<td>16<td>13<td class=diff>\u22123"));
  CHECK(has(page, "<td>1,000<td>1,003<td class=diff>+3"));
  CHECK(has(page, "8 more are in the CSV file."));
  CHECK(has(page, "40 units"));
  CHECK(has(page, "not on the other side"));
  CHECK(has(page, "no unit &lt;x&gt;"));
  CHECK(has(page, "href=../ko/compare.html"));
  CHECK(has(page, "../compare/1.csv"));
  CHECK(has(page, "Simulated"));
  CHECK(has(render_reconciliation(site(), model(), Lang::ko), "개표단위 18,600곳 중 18,590곳은 모든 수치가 같습니다."));
}

TEST_CASE("on the counting desk links lead to the public pages, and nothing is offered in the other language") {
  DeskFrame frame;
  frame.lang = Lang::en;
  frame.simulated = true;
  const std::string page = render_desk_reconciliation(frame, "ko", model());
  CHECK(has(page, "<a href=/en/unit/7.html lang=\"ko\">청운효자동 제1투표소</a>"));
  CHECK(has(page, "<a href=/en/index.html>Everything</a>"));
  CHECK_FALSE(has(page, "compare.html"));
  CHECK(has(render_reconciliation(site(), model(), Lang::en), "<a href=unit/7.html lang=\"ko\">"));
}

TEST_CASE("agreement is said only where something was compared") {
  ReconcileModel m;
  m.with = "f";
  m.file_stem = "compare";
  CHECK(has(render_reconciliation(site(), m, Lang::en), "There was no figure that could be compared."));
  m.agreements = {{"대통령", 2, 2, 0, 0}};
  CHECK(has(render_reconciliation(site(), m, Lang::en), "Every figure that was compared is the same."));
  CHECK_FALSE(has(render_reconciliation(site(), m, Lang::en), "area totals"));
}

TEST_CASE("the same for a terminal, in both languages, cut where it is long") {
  const std::string en = reconciliation_text(model(), Lang::en, 2), ko = reconciliation_text(model(), Lang::ko, 100);
  CHECK(
      has(en, "Comparison with observer <b>.csv\n  대통령: 18,590 of 18,600 units agree in every figure. 249 of 250"));
  CHECK(has(en, "  Everything · 대통령 · Votes: 가나다: Our records 1,000, The other side 1,003 (+3)"));
  CHECK(has(en, "10 more are in the CSV file."));
  CHECK_FALSE(has(en, "사직동"));
  CHECK(has(ko, "사직동 [1101-0008] · 대통령 · 기표 없는 표: 우리 기록 기재 없음, 다른 쪽 13"));
  CHECK(has(ko, "시장 / 대통령"));
}

}  // namespace
}  // namespace scrutineer::ui
