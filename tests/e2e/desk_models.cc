#include "desk_models.h"

#include "sample_model.h"

namespace scrutineer::ui::sample {

namespace {

const std::string kHex = "3f9ac1d27be04586a1c95e02d7f4b8e6019d3c7a52e8fb4160c7d9a3e5128bf4";
constexpr const char* kDongs[] = {"청운효자동", "사직동", "삼청동",          "부암동", "평창동",    "무악동",
                                  "교남동",     "가회동", "종로1.2.3.4가동", "혜화동", "창신제1동", "숭인제2동"};

Site one_contest() {
  Site site = simulated().site;
  site.contests.resize(1);
  return site;
}

std::string record_text(std::string_view type) {
  return "scrutineer/" + std::string(type) + "/1\n{\"election\":\"" + kHex +
         "\",\"at\":\"2031-05-09T22:41:07+09:00\",\"unit\":\"1101-0007\",\"contest\":\"president\",\"votes\":{\"1\":"
         "818,"
         "\"2\":434,\"3\":230,\"4\":122,\"5\":137},\"valid\":1741,\"invalid\":25}\n";
}

NodeRef unit_ref() {
  return {7, "청운효자동 제1투표소"};
}

DeskMessage refused(std::string ko, std::string en, std::string code = "conflict") {
  return {DeskMessage::Kind::refused, {std::move(ko), std::move(en)}, std::move(code)};
}

DeskMessage done(std::string ko, std::string en) {
  return {DeskMessage::Kind::done, {std::move(ko), std::move(en)}, {}};
}

std::string unit_name(std::size_t i) {
  return std::string(kDongs[i % 12]) + " 제" + std::to_string(i / 12 + 1) + "투표소";
}

DeskHome home() {
  using Kind = DeskAction::Kind;
  DeskHome page;
  page.progress = {{317, 500}};
  const DeskState states[] = {DeskState::expected, DeskState::different, DeskState::first_done, DeskState::blocked,
                              DeskState::ready,    DeskState::announced, DeskState::in_effect};
  const Kind kinds[] = {Kind::enter_first, Kind::third_reading, Kind::enter_second, Kind::accept,
                        Kind::announce,    Kind::sign,          Kind::look};
  for (std::size_t i = 0; i < 7; ++i) {
    DeskRow row{{static_cast<NodeNumber>(i + 1), unit_name(i * 5)},
                "1101-000" + std::to_string(i + 1),
                "polling-day",
                0,
                states[i],
                i == 1,
                {{kinds[i], "/desk/entry?unit=1101-0007&contest=president"}}};
    if (i == 0) row.actions.push_back({Kind::live_count, "/desk/live?unit=1101-0001&contest=president"});
    if (i >= 4) row.actions.push_back({Kind::attach, "/desk/sheet?unit=1101-0007&contest=president"});
    row.actions.push_back({Kind::custody, "/desk/custody?unit=1101-0007"});
    page.rows.push_back(std::move(row));
  }
  page.more = 176;
  return page;
}

EntryField field(std::string name, std::string ko, std::string en, std::string value, std::string option = {}) {
  return {std::move(name), {std::move(ko), std::move(en)}, std::move(option), std::move(value), std::nullopt};
}

EntrySection votes_section(bool filled) {
  const char* options[] = {"1 가나다 푸른미래당", "2 라마바 함께나라당", "3 사아자 <새벽> & \"바람\"당", "4 차카타",
                           "5 파하 무소속"};
  const char* values[] = {"818", "434", "230", "122", "137"};
  EntrySection section{{"득표수", "Votes"}, {}};
  for (std::size_t i = 0; i < 5; ++i)
    section.fields.push_back(
        field("votes/" + std::to_string(i + 1), "득표수", "Votes", filled || i < 2 ? values[i] : "", options[i]));
  section.fields.push_back(field("valid", "유효투표수", "Valid votes", filled ? "1741" : ""));
  section.fields.push_back(field("invalid", "무효투표수", "Invalid votes", filled ? "25" : ""));
  return section;
}

EntrySection ballots_section() {
  return {{"선거인과 투표지", "Electors and ballots"},
          {field("electors", "선거인수", "Electors", "2341"),
           field("ballots_issued", "투표용지 교부수", "Ballots issued", "-"),
           field("ballots_cast", "투표수", "Ballots cast", "1766")}};
}

EntrySection times_section() {
  EntrySection section{{"개표 시각", "Times of the count"},
                       {field("count_began", "개표 시작", "Count began", "20:41"),
                        field("count_ended", "개표 끝", "Count ended", "22:10")}};
  for (EntryField& one : section.fields) one.is_text = true;
  return section;
}

EntryPage entry(std::int64_t reading, bool problems) {
  EntryPage page;
  page.unit = unit_ref();
  page.unit_id = "1101-0007";
  page.kind = "polling-day";
  page.reading = reading;
  page.section = 1;
  page.sections = 3;
  page.fields = votes_section(problems);
  page.token = "t0ken";
  page.contest_id = "president";
  if (!problems) return page;
  page.fields.fields[1].value = "4E4";
  page.fields.fields[1].problem = {"숫자만 적을 수 있습니다.", "Only digits can stand here."};
  page.fields.fields[5].value = "";
  page.fields.fields[5].problem = {"비어 있습니다. 종이에 적혀 있지 않으면 - 를 적으십시오.",
                                   "It is empty. Type - where the paper states nothing."};
  page.message = refused("두 칸을 다시 보십시오.", "Please look at two fields again.", "invalid_argument");
  return page;
}

EntryCheck check(bool open) {
  EntryCheck page;
  page.unit = unit_ref();
  page.unit_id = "1101-0007";
  page.contest_id = "president";
  page.sections = {ballots_section(), votes_section(true), times_section()};
  page.token = "t0ken";
  if (open)
    page.notices = {
        {"parts-do-not-add-up",
         {"득표수와 유효투표수의 칸을 종이에서 다시 읽어 보십시오.",
          "Please read the votes and the valid votes on the paper again."},
         true,
         false,
         1},
        {"invalid-share",
         {"무효투표수의 칸을 종이에서 다시 읽어 보십시오.", "Please read the invalid votes on the paper again."},
         false,
         true,
         1}};
  else
    page.text = record_text("entry");
  return page;
}

ThirdReading third(bool signing) {
  ThirdReading page;
  page.unit = unit_ref();
  page.unit_id = "1101-0007";
  page.contest_id = "president";
  page.round = 2;
  page.fields = {field("votes/2", "득표수", "Votes", signing ? "434" : "", "2 라마바 함께나라당"),
                 field("invalid", "무효투표수", "Invalid votes", signing ? "25" : "")};
  page.token = "t0ken";
  if (signing) page.text = record_text("entry");
  return page;
}

SheetPage sheet(DeskState state, SheetPage::Act act) {
  SheetPage page;
  page.unit = unit_ref();
  page.unit_id = "1101-0007";
  page.kind = "polling-day";
  page.contest_id = "president";
  page.state = state;
  page.act = act;
  page.sheet.figures = {2'341, 1'778, 1'766, 1'741, 25, std::nullopt};
  page.sheet.options = {
      {818, 800, 799, 19}, {434, 421, 421, 13}, {230, 226, 226, 4}, {122, 120, 120, 2}, {137, 136, 136, 1}};
  page.sheet.machine = MachineFigures{63, 1, 24};
  page.sheet.how = HowCounted::machine_then_hand;
  page.sheet.counted_at = "2031-05-09 20:41 – 22:10";
  page.entered_by = {"d001/typist-1", "d001/typist-2", "d001/typist-3"};
  if (act == SheetPage::Act::announce || act == SheetPage::Act::sign) page.text = record_text("count-sheet");
  page.attachments = {kHex};
  return page;
}

SheetPage::Finding adding_up() {
  return {"parts-do-not-add-up",
          {"유효투표수 1,741과 무효투표수 25의 합이 투표수 1,767과 다릅니다.",
           "Valid votes 1,741 and invalid votes 25 do not add up to the ballots cast, 1,767."},
          true,
          {},
          {}};
}

SheetPage blocked(bool with_text) {
  SheetPage page = sheet(DeskState::blocked, SheetPage::Act::accept);
  page.findings = {
      adding_up(),
      {"invalid-share", {"무효투표의 비율이 1.4%입니다.", "1.4% of the ballots are invalid."}, false, {}, {}}};
  if (with_text) page.findings[0].accept_text = record_text("acceptance");
  page.may_attach = page.may_correct = true;
  return page;
}

SheetPage to_sign() {
  SheetPage page = sheet(DeskState::announced, SheetPage::Act::sign);
  page.sheet.announced_at = "2031-05-09 22:41";
  page.sheet.signers = {{"jongno/chair", "chair", "e3565f7d", true}};
  page.findings = {adding_up()};
  page.findings[0].accepted = "종이에 그렇게 적혀 있고, 투표지를 다시 세어 확인함";
  page.may_refuse = page.may_remark = page.may_attach = true;
  page.record_id = kHex;
  return page;
}

SheetPage refusing() {
  SheetPage page = to_sign();
  page.refuse_text = record_text("refusal");
  return page;
}

SheetPage in_effect() {
  SheetPage page = sheet(DeskState::in_effect, SheetPage::Act::none);
  page.sheet.signers = {{"jongno/chair", "chair", "e3565f7d", true},
                        {"jongno/member-1", "member", "73665f01", true},
                        {"jongno/member-2", "member", "f7d6c2aa", true}};
  page.sheet.remarks = {{"jongno/observer-1", "재확인대상 가운데 3장에 이의를 냈음", kHex, 1'207}};
  page.may_correct = page.may_attach = true;
  page.record_id = kHex;
  page.message = done("서명했습니다. 필요한 서명이 모두 모여 집계에 들어갔습니다.",
                      "Signed. All signatures needed are there; the sheet is in the totals.");
  return page;
}

CustodyPage custody(bool fresh) {
  CustodyPage page;
  page.unit = unit_ref();
  page.unit_id = "1101-0007";
  page.rows = {{"box",
                "1",
                "sealed",
                {"A-104331", "A-104332"},
                {},
                {},
                {},
                {},
                {},
                "2031-05-09 18:04",
                {"jongno/member-1", "jongno/observer-1"},
                true,
                kHex,
                {}},
               {"box",
                "1",
                "moved",
                {"A-104331", "A-104332"},
                {},
                "청운초등학교",
                "종로구 개표소",
                {},
                {},
                "2031-05-09 18:31",
                {"jongno/member-1"},
                false,
                kHex,
                record_text("custody")}};
  page.may_add = true;
  if (!fresh) return page;
  page.rows.resize(1);
  page.new_text = record_text("custody");
  return page;
}

HandoverReport report() {
  using Outcome = HandoverReport::Line::Outcome;
  HandoverReport report;
  report.from = "jongno/coordinator";
  report.lines = {
      {kHex, "count-sheet", "1101-0007", Outcome::added, {}},
      {kHex, "count-sheet", "1101-0008", Outcome::known, {}},
      {kHex, "attachment", "1101-0008", Outcome::added, {}},
      {kHex,
       "count-sheet",
       "1101-0009",
       Outcome::refused,
       {"서명한 키의 권한이 이미 거두어졌습니다.", "The role of the key that signed it had been revoked."}}};
  report.added = 2;
  report.known = report.refused = 1;
  return report;
}

HandoverPage handover(int step) {
  HandoverPage page;
  page.is_centre = page.may_switch = true;
  page.off = step < 3;
  page.waiting = 12;
  if (step == 1) page.pack_text = record_text("handover");
  if (step == 2) {
    page.file_name = "handover-2031-05-09-2251.scrutineer";
    page.download_path = "/desk/handover/file?name=handover-2031-05-09-2251.scrutineer";
    page.words_ko = "가로등 나침반 다람쥐 라디오 마당 바구니 사과나무 아궁이 자전거 차표";
    page.words_en = "anchor basket candle dolphin engine forest garden harbor island jacket";
  }
  if (step == 3) {
    page.report = report();
    page.report_words_ko = "가로등 나침반 다람쥐 라디오 마당 바구니 사과나무 아궁이 자전거 차표";
    page.report_words_en = "anchor basket candle dolphin engine forest garden harbor island jacket";
  }
  return page;
}

PeoplePage people(bool fresh) {
  PeoplePage page;
  page.rows = {
      {"d001/typist-1", "typist", "/서울특별시/종로구", kHex, true, {}, true},
      {"jongno/chair", "chair", "/서울특별시/종로구", kHex, true, {}, true},
      {"jongno/member-3", "member", "/서울특별시/종로구", kHex, false, {}, false},
      {"jongno/observer-1", "observer", "/서울특별시/종로구", kHex, true, fresh ? record_text("revoke") : "", true}};
  page.refused = {{"22:14:07", "10.3.0.17", "jongno/member-3", "이 키의 권한은 거두어졌습니다."},
                  {"22:13:51", "10.3.0.17", "", "서명이 맞지 않습니다."}};
  return page;
}

ExplorerPage explorer(int hits) {
  ExplorerPage page;
  page.query = hits == 1 ? kHex : "청운효자동";
  for (int i = 0; i < hits; ++i) {
    ExplorerPage::Hit hit{
        kHex,
        i == 0 ? "count-sheet" : "attachment",
        "1101-0007",
        "청운효자동 제1투표소",
        7,
        static_cast<std::uint64_t>(1'204 + i),
        i == 0,
        "2031-05-09T22:41:07+09:00",
        {{"jongno/chair", "chair", "e3565f7d", true}, {"jongno/member-1", "member", "73665f01", true}},
        {},
        i == 0 ? "proof/7.tlog-proof" : ""};
    if (hits == 1) hit.note = record_text("count-sheet") + "\n— jongno/chair q83v7w/q83v7w/q83v7w/q83v7w/q83v7w==\n";
    page.hits.push_back(std::move(hit));
  }
  if (hits > 1) page.more = 41;
  return page;
}

template <class Page>
DeskSample with(std::string name, std::string (*render)(const DeskFrame&, const Site&, const Page&), Page page) {
  return {std::move(name),
          [render, page = std::move(page)](const DeskFrame& f) { return render(f, desk_site(), page); }};
}

std::vector<DeskSample> door_samples() {
  SignInPage door{"scrutineer/sign-in/1\n{\"server\":\"https://desk.example.org\",\"nonce\":\"" + kHex + "\"}\n", {}};
  SignInPage refused_door = door;
  refused_door.message = refused("이 키에는 이 개표소에서 할 수 있는 역할이 없습니다.",
                                 "This key holds no role at this counting centre.", "unauthorised");
  const DeskMessage not_found = refused("그런 개표단위가 없습니다.", "There is no such unit.", "not_found");
  return {{"sign-in", [door](const DeskFrame& f) { return render_sign_in(f, door); }, false},
          {"sign-in-refused", [refused_door](const DeskFrame& f) { return render_sign_in(f, refused_door); }, false},
          {"error", [not_found](const DeskFrame& f) { return render_desk_error(f, 404, not_found); }}};
}

}  // namespace

const Site& desk_site() {
  static const Site site = one_contest();
  return site;
}

DeskFrame desk_frame(Lang lang, const std::string& name, bool signed_in) {
  DeskFrame frame;
  frame.lang = lang;
  frame.path = name.starts_with("explorer") ? "/explore" : "/desk/" + name;
  frame.election = lang == Lang::ko ? "제1회 가상 대통령선거" : "First Invented Presidential Election";
  frame.centre = lang == Lang::ko ? "종로구 개표소" : "Jongno counting centre";
  frame.simulated = true;
  frame.link = DeskFrame::Link::waiting;
  frame.waiting = 12;
  frame.csrf = "c5rf";
  if (!signed_in) return frame;
  frame.person = "d001/coordinator";
  frame.roles = {"coordinator", "typist"};
  return frame;
}

Board desk_board(std::size_t cells, std::size_t step) {
  Board board;
  board.as_of = "22:4" + std::to_string(step % 10);
  board.log_size = 24'117 + step;
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t at = i * 7919 % 100;
    const std::size_t bounds[] = {18, 26, 38, 44, 47, 49, 54, 66, 99, 100};
    std::size_t state = 0;
    while (at >= bounds[state]) ++state;
    if (i < step) state = state == 8 ? 7 : 8;  // every step changes the counts
    const bool late = state < 5 && i % 23 == 3;
    board.cells.push_back({{static_cast<NodeNumber>(i + 1), unit_name(i)},
                           0,
                           static_cast<DeskState>(state),
                           late,
                           state == 0 ? "" : "22:14"});
    ++board.counts[state];
    board.late += late;
  }
  return board;
}

LivePage desk_live(std::int64_t called, std::size_t last, std::int64_t undone) {
  LivePage page;
  page.unit = unit_ref();
  page.unit_id = "1101-0007";
  page.contest_id = "president";
  page.options = {"가나다 푸른미래당", "라마바 함께나라당", "사아자 <새벽> & \"바람\"당", "차카타", "파하 무소속"};
  page.tally = {called * 47 / 100, called * 25 / 100, called * 13 / 100, called * 7 / 100, called * 6 / 100, 0};
  std::int64_t sum = 0;
  for (std::int64_t one : page.tally) sum += one;
  page.tally[5] = called - sum;
  page.called = called;
  page.undone = undone;
  if (called > 0) {
    page.last_option = last;
    page.last = last < page.options.size() ? page.options[last] : "invalid";
  }
  page.recorder = "d001/typist-1";
  page.checker = "d001/typist-2";
  page.token = "t0ken";
  return page;
}

std::vector<DeskSample> desk_samples() {
  std::vector<DeskSample> all = door_samples();
  const auto add = [&all](DeskSample one) { all.push_back(std::move(one)); };
  DeskHome searched = home();
  searched.search = "청운";
  searched.rows.resize(2);
  searched.more = 0;
  searched.message = done("첫째 입력에 서명했습니다.", "The first entry is signed.");
  LivePage not_begun = desk_live(0, 0, 0);
  not_begun.recorder.clear();
  not_begun.token.clear();
  LivePage ended = desk_live(86, 5, 2);
  ended.ended = ended.is_checker = true;
  LivePage confirmed = ended;
  confirmed.confirmed = true;
  add(with("home", render_home, home()));
  add(with("home-found", render_home, searched));
  add(with("home-empty", render_home, DeskHome{}));
  add(with("entry", render_entry, entry(1, false)));
  add(with("entry-problem", render_entry, entry(2, true)));
  add(with("check", render_entry_check, check(false)));
  add(with("check-notices", render_entry_check, check(true)));
  add(with("third", render_third, third(false)));
  add(with("third-sign", render_third, third(true)));
  add(with("sheet-blocked", render_sheet, blocked(false)));
  add(with("sheet-accept", render_sheet, blocked(true)));
  add(with("sheet-announce", render_sheet, sheet(DeskState::ready, SheetPage::Act::announce)));
  add(with("sheet-sign", render_sheet, to_sign()));
  add(with("sheet-refuse", render_sheet, refusing()));
  add(with("sheet-done", render_sheet, in_effect()));
  add(with("live-start", render_live, not_begun));
  add(with("live-confirm", render_live, ended));
  add(with("live-confirmed", render_live, confirmed));
  add(with("live-screen-few", render_live_screen, desk_live(0, 0, 0)));
  add(with("live-screen-many", render_live_screen, desk_live(1'741, 0, 3)));
  add(with("custody", render_custody, custody(false)));
  add(with("custody-new", render_custody, custody(true)));
  add(with("handover", render_handover, handover(0)));
  add(with("handover-sign", render_handover, handover(1)));
  add(with("handover-made", render_handover, handover(2)));
  add(with("handover-report", render_handover, handover(3)));
  add(with("people", render_people, people(false)));
  add(with("people-revoke", render_people, people(true)));
  add({"reconcile", [](const DeskFrame& f) { return render_reconcile_form(f, std::nullopt); }});
  const std::size_t signed_in = all.size();
  add(with("explorer", render_explorer, explorer(3)));
  add(with("explorer-one", render_explorer, explorer(1)));
  add(with("explorer-none", render_explorer, explorer(0)));
  for (std::size_t i = signed_in; i < all.size(); ++i) all[i].signed_in = false;  // for everybody
  return all;
}

}  // namespace scrutineer::ui::sample
