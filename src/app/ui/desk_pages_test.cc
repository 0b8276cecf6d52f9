#include "app/ui/desk_pages.h"

#include <doctest/doctest.h>

namespace scrutineer::ui {
namespace {

const std::string kText = "scrutineer/count-sheet/1\n{\"unit\":\"7\"}\n";

DeskFrame frame(Lang lang = Lang::ko) {
  DeskFrame f;
  f.lang = lang;
  f.path = "/desk/sheet?unit=7&lang=ko&contest=a";
  f.election = "가상 선거";
  f.centre = "종로구 개표소";
  f.simulated = true;
  f.person = "d001/<b>typist</b>";
  f.roles = {"typist"};
  f.csrf = "c5rf";
  return f;
}

Site site() {
  Site s;
  s.title = "가상 선거";
  s.data_lang = "ko";
  s.contests = {{"대통령", {{"1", "가나다", "푸른당", ""}, {"2", "<b>라</b>", "", ""}}}};
  return s;
}

bool has(std::string_view page, std::string_view text) {
  return page.find(text) != page.npos;
}

std::size_t times(std::string_view page, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = page.find(text); at != page.npos; at = page.find(text, at + 1)) ++count;
  return count;
}

SheetPage sheet() {
  SheetPage page;
  page.unit = {7, "제1투표소 <b>"};
  page.unit_id = "11&01/7";
  page.contest_id = "a b";
  page.sheet.figures = {100, 90, 80, 70, 10, std::nullopt};
  page.sheet.options = {{40, 38, 37, 3}, {30, 30, 30, 0}};
  page.sheet.machine = MachineFigures{3, 0, 0};
  return page;
}

EntryPage entry() {
  EntryPage page;
  page.unit = {7, "제1투표소"};
  page.sections = 2;
  page.section = 1;
  page.token = "t0ken\"";
  page.fields.title = {"득표수", "Votes"};
  page.fields.fields = {{"votes/1", {"득표수", "Votes"}, "1 가나다", "12", {}, false},
                        {"votes/2", {"득표수", "Votes"}, "2 <b>라</b>", "", {}, false},
                        {"count_ended", {"끝", "End"}, "", "", {}, true}};
  return page;
}

LivePage live() {
  LivePage page;
  page.unit = {7, "제1투표소"};
  page.unit_id = "7";
  page.contest_id = "a";
  page.options = {"가나다", "라"};
  page.tally = {7, 0, 1};
  page.called = 8;
  page.recorder = "d001/typist-1";
  page.last_option = 0;
  page.token = "t";
  return page;
}

std::vector<std::string> every_page(const DeskFrame& f) {
  const DeskMessage no{DeskMessage::Kind::refused, {"<i>안 됨", "<i>no"}, "conflict"};
  SheetPage signing = sheet();
  signing.act = SheetPage::Act::sign;
  signing.text = kText;
  signing.message = no;
  LivePage recorder = live();
  recorder.is_recorder = true;
  Board board;
  board.cells = {{{7, "<b>"}, 0, DeskState::different, true, "22:14"}};
  ExplorerPage found;
  found.query = "\"><script>";
  return {render_sign_in(f, {kText, no}),        render_home(f, site(), {{}, 0, "\"><script>", {{1, 2}}, no}),
          render_board(f, site(), board),        render_entry(f, site(), entry()),
          render_entry_check(f, site(), {}),     render_third(f, site(), {}),
          render_sheet(f, site(), signing),      render_live(f, site(), recorder),
          render_live_screen(f, site(), live()), render_custody(f, site(), {}),
          render_handover(f, site(), {}),        render_people(f, site(), {}),
          render_explorer(f, site(), found),     render_desk_error(f, 404, no)};
}

TEST_CASE(
    "every restricted page says that it is simulated, escapes what it is given, and takes scripts from /web/ alone") {
  for (Lang lang : {Lang::ko, Lang::en}) {
    for (const std::string& page : every_page(frame(lang))) {
      CHECK(has(page, "class=sim>"));
      CHECK(has(page, lang == Lang::ko ? "<title>[모의]" : "<title>[Simulated]"));
      CHECK_FALSE(has(page, "<b>typist"));
      CHECK_FALSE(has(page, "<i>안"));
      CHECK_FALSE(has(page, "\"><script>"));
      CHECK(times(page, "<script") == times(page, "<script type=module src=/web/"));
      CHECK_FALSE(has(page, " style="));
      CHECK(times(page, "<h1") == 1);
    }
  }
}

TEST_CASE("every form that posts carries the token against forged requests") {
  for (const std::string& page : every_page(frame()))
    CHECK(times(page, "method=post") == times(page, "name=csrf value=\"c5rf\""));
}

TEST_CASE("the other language is the same address") {
  CHECK(has(render_board(frame(), site(), {}), "href=\"/desk/sheet?unit=7&amp;contest=a&amp;lang=en\""));
}

TEST_CASE("a refusal is an alert that takes the focus; nothing else asks for it") {
  DeskHome page;
  CHECK(has(render_home(frame(), site(), page),
            "name=q data-find autocomplete=off spellcheck=false value=\"\" autofocus"));
  page.message = {DeskMessage::Kind::refused, {"안 됩니다", "No"}, "conflict"};
  const std::string refused = render_home(frame(), site(), page);
  CHECK(has(refused, "role=alert tabindex=-1 id=message autofocus"));
  CHECK(times(refused, "autofocus") == 1);
}

TEST_CASE("entry: the first empty field has the focus, numbers are plain text, the button that goes on comes first") {
  const std::string page = render_entry(frame(), site(), entry());
  CHECK(has(page,
            "name=\"votes/2\" value=\"\" inputmode=numeric pattern=\"[0-9 ,]*|-\" maxlength=16 autocomplete=off "
            "spellcheck=false autofocus>"));
  CHECK(times(page, "autofocus") == 1);
  CHECK(times(page, "inputmode=numeric") == 2);  // not for a time
  CHECK_FALSE(has(page, "type=number"));
  CHECK(page.find("name=go value=next") < page.find("name=go value=back"));
  CHECK(has(page, "name=entry value=\"t0ken&quot;\""));
  CHECK(has(page, "name=section value=1>"));
}

TEST_CASE("entry: a problem is tied to its field, and the summary leads there") {
  EntryPage page = entry();
  page.fields.fields[1].problem = {"숫자만", "Digits only"};
  const std::string html = render_entry(frame(), site(), page);
  CHECK(has(html, "href=\"#f-votes/2\""));
  CHECK(has(html, "aria-invalid=true aria-describedby=\"p-votes/2\""));
  CHECK(has(html, "id=\"p-votes/2\">숫자만"));
}

TEST_CASE("a sheet is signed with its text, its act and its ids") {
  SheetPage page = sheet();
  page.act = SheetPage::Act::announce;
  page.text = kText;
  const std::string html = render_sheet(frame(Lang::en), site(), page);
  CHECK(has(html, "data-sign method=post action=/desk/sheet/sign>"));
  CHECK(has(html, "name=unit value=\"11&amp;01/7\""));
  CHECK(has(html, "name=act value=\"announce\""));
  CHECK(has(
      html,
      "<textarea name=text readonly rows=8>\nscrutineer/count-sheet/1\n{&quot;unit&quot;:&quot;7&quot;}\n</textarea>"));
  CHECK(has(html, "<td>38<td>37<td class=diff>\u22121"));  // machine, people, difference
}

TEST_CASE("only a coordinator is asked for a reason, and one button is the thing to do") {
  SheetPage page = sheet();
  page.findings = {{"parts-do-not-add-up", {"합이 다름", "Do not add up"}, true, {}, {}}};
  CHECK_FALSE(has(render_sheet(frame(), site(), page), "name=code"));
  page.act = SheetPage::Act::accept;
  CHECK(has(render_sheet(frame(), site(), page), "name=code value=\"parts-do-not-add-up\""));
  page.findings[0].accept_text = kText;
  const std::string html = render_sheet(frame(), site(), page);
  CHECK(has(html, "name=act value=\"accept\""));
  CHECK(times(html, "<button class=go") == 1);
}

TEST_CASE("addresses carry ids percent-encoded") {
  LivePage page = live();
  page.unit_id = "a&b=c 가";
  CHECK(has(render_live(frame(), site(), page), "/desk/live/screen?unit=a%26b%3Dc%20%EA%B0%80&amp;contest=a\""));
}

TEST_CASE("marks: five strokes a character, the newest stroke drawn apart, the number beside") {
  const std::string page = render_live_screen(frame(), site(), live());
  const std::string full = "<path d=\"M5 6H35M20 6V34M20 19H32M10 19V34M3 34H37\"/></svg>";
  CHECK(has(page, full + "<svg class=tm viewBox=\"0 0 40 40\" aria-hidden=true><path d=\"M5 6H35\"/>"
                         "<path class=new d=\"M20 6V34\"/></svg></span><td class=big>7"));  // 5 + 2
  CHECK(times(page, "class=new") == 1);
  CHECK(has(render_live_screen(frame(Lang::en), site(), live()), "M2 31L37 9"));
}

TEST_CASE("only the recorder has buttons, and only while the count runs") {
  LivePage page = live();
  CHECK_FALSE(has(render_live(frame(), site(), page), "/desk/live/call"));
  page.is_recorder = true;
  const std::string html = render_live(frame(), site(), page);
  CHECK(has(html, "name=option value=1 data-key=2"));
  CHECK(has(html, "name=option value=invalid data-key=0"));
  page.ended = true;
  CHECK_FALSE(has(render_live(frame(), site(), page), "/desk/live/call"));
  CHECK_FALSE(has(render_live(frame(), site(), page), "/desk/live/confirm"));  // it takes another person
  page.is_recorder = false;
  page.is_checker = true;
  CHECK(has(render_live(frame(), site(), page), "/desk/live/confirm?unit=7&amp;contest=a"));
}

TEST_CASE("the board: every state has its own sign and word, and no figure of the count is there") {
  Board board;
  for (int i = 0; i < 10; ++i) board.cells.push_back({{1, "곳"}, 0, static_cast<DeskState>(i), false, ""});
  const std::string page = render_board(frame(Lang::en), site(), board);
  for (const char* word :
       {"Not entered", "First entry begun", "First entry done", "Second entry begun", "Entries differ",
        "Needs a coordinator", "Ready to announce", "Announced, being signed", "Signed and counted", "In conflict"})
    CHECK(times(page, word) == 2);  // in the legend and in its cell
  for (const char* sign : {"·</i>", "1</i>", "①</i>", "2</i>", "≠</i>", "!</i>", "▶</i>", "◆</i>", "✓</i>", "×</i>"})
    CHECK(times(page, sign) == 1);
}

TEST_CASE("the ten words stand one by one in both languages") {
  HandoverPage page;
  page.file_name = "a.scrutineer";
  page.words_ko = "가로등 나침반";
  page.words_en = "anchor basket";
  const std::string html = render_handover(frame(), site(), page);
  CHECK(has(html, "<ol class=words lang=ko><li>가로등<li>나침반</ol>"));
  CHECK(has(html, "<ol class=words lang=en><li>anchor<li>basket</ol>"));
}

TEST_CASE("the explorer is for everybody: no session, nothing to post") {
  DeskFrame f = frame();
  f.person.clear();
  f.csrf.clear();
  f.path = "/explore?q=7";
  ExplorerPage page;
  page.query = "7";
  page.hits.resize(2);
  const std::string html = render_explorer(f, site(), page);
  CHECK_FALSE(has(html, "method=post"));
  CHECK_FALSE(has(html, "/web/sign.js"));
  CHECK_FALSE(has(html, "/desk/\""));
  CHECK(has(html, "method=get action=/explore"));
}

}  // namespace
}  // namespace scrutineer::ui
