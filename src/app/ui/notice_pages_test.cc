#include "app/ui/notice_pages.h"

#include <doctest/doctest.h>

#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

const std::string kId(64, 'c');
const std::string kText = "scrutineer/closing/1\n{\"notice\":\"7\"}\n";

NoticeFrame frame(NoticeRole role = NoticeRole::institution, Lang lang = Lang::ko) {
  NoticeFrame f;
  f.role = role;
  f.desk.lang = lang;
  f.desk.path = "/desk/";
  f.desk.election = "<b>기관";
  f.desk.simulated = true;
  f.desk.person = "nec/<b>officer";
  f.desk.roles = {"officer"};
  f.desk.csrf = "c5rf";
  return f;
}

bool has(std::string_view page, std::string_view text) {
  return page.find(text) != page.npos;
}

std::size_t times(std::string_view page, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = page.find(text); at != page.npos; at = page.find(text, at + 1)) ++count;
  return count;
}

NoticeRow row() {
  NoticeRow made;
  made.id = kId;
  made.number = "cccc cccc";
  made.kind = "attack";
  made.change = "first";
  made.other = {"<b>상대", "<b>other"};
  return made;
}

NoticeContent content() {
  NoticeContent made;
  made.title = "<b>제목";
  made.description = "<script>alert(1)</script>";
  made.tlp = "TLP:RED";
  made.indicators = {{"domain", "<b>evil.example", "<b>note"}};
  made.affected = {{"email", "<b>victim@example", "", "<b>how", true}};
  made.attributions = {{"<b>actor", "<b>alias", std::nullopt}};
  made.actions = {"<b>act"};
  made.files = {{"<b>file", "<b>type", 1}};
  return made;
}

NoticeToSign to_sign(std::string type) {
  NoticeToSign made;
  made.draft = "d";
  made.type = std::move(type);
  made.text = kText;
  made.lines = {{"reason", "<b>words"}};
  made.content = content();
  return made;
}

std::vector<std::string> every_page(const NoticeFrame& f) {
  const DeskMessage no{DeskMessage::Kind::refused, {"<b>안 됨", "<b>no"}, "conflict"};
  NoticeList list;
  list.rows = {row()};
  list.all = 1;
  list.message = no;
  NoticeBoard board;
  board.list = list;
  NoticePage one;
  one.row = row();
  one.steps = {
      {"notice-refusal", kId, {"<b>key"}, {"<b>", "<b>"}, "other", "<b>detail", "<b>words", "", "", "", false}};
  one.may = {true, true, true, true, true, true, true, true, "answered"};
  NoticeReading reading;
  reading.row = row();
  reading.content = content();
  reading.acknowledge = to_sign("acknowledgement");
  ComposePage compose;
  compose.agreements = {{kId, {"<b>기관", "<b>institution"}}};
  compose.form.title = "\"><script>";
  compose.problems = {{"indicators", 2, {"<b>안 됨", "<b>no"}}};
  AnswerForm answer;
  answer.row = row();
  answer.results = "</textarea><script>";
  return {render_notice_sign_in(f, {kText, no}),
          render_notice_error(f, 404, no),
          render_notice_list(f, list),
          render_notice_board(f, board),
          render_notice(f, one),
          render_notice_reading(f, reading),
          render_answer_reading(f, {row(), kId, {"full", "found", "<b>did", "<b>saw", {}}}),
          render_compose(f, compose),
          render_to_sign(f, to_sign("notice")),
          render_answer_form(f, answer),
          render_refuse(f, {row(), no}),
          render_call(f, {row(), "12345678", {{"<b>who", "", true}}, false, {"<b>02"}, no}),
          render_duty(f, {{{kId, "", "", {"<b>", "<b>"}, {"<b>a"}, {"<b>b"}, true, true}}, {}, {"<b>p"}, true, no}),
          render_statements(f, {{{"statement", kId, {"<b>"}, {}, "not-notified", "<b>", "<b>words", "", "", "", true}},
                                {""},
                                {},
                                {row()},
                                {"not-notified"},
                                true,
                                no}),
          render_keys(f, {{}, true, no}),
          render_notice_public(f, {})};
}

TEST_CASE("every page of notices says that it is simulated, escapes what it is given, and has one heading") {
  for (const NoticeRole role :
       {NoticeRole::notifier, NoticeRole::institution, NoticeRole::oversight, NoticeRole::relay})
    for (const Lang lang : {Lang::ko, Lang::en})
      for (const std::string& page : every_page(frame(role, lang))) {
        CHECK(has(page, "class=sim>"));
        CHECK(times(page, "<script") == times(page, "<script type=module src=/web/"));
        for (std::string_view given : {"<b>안", "<b>no", "<b>상대", "<b>other", "<b>제목", "<b>evil", "<b>victim",
                                       "<b>actor", "<b>words", "<b>key", "<b>officer", "<b>기관", "<b>who", "<b>02"})
          CHECK_FALSE(has(page, given));
        CHECK_FALSE(has(page, " style="));
        CHECK(times(page, "<h1") == 1);
        CHECK(times(page, "method=post") == times(page, "name=csrf value=\"c5rf\""));
      }
}

TEST_CASE("every code has words of its own in both languages") {
  for (int i = 0; i <= static_cast<int>(NoticeWord::party); ++i)
    for (const std::string_view code : notice_codes(static_cast<NoticeWord>(i))) {
      CAPTURE(code);
      const auto ko = notice_word(static_cast<NoticeWord>(i), code, Lang::ko);
      CHECK(ko != code);
      CHECK_FALSE(notice_word(static_cast<NoticeWord>(i), code, Lang::en).empty());
    }
  CHECK(notice_word(NoticeWord::kind, "of-tomorrow", Lang::ko) == "of-tomorrow");
  for (std::size_t i = 0; i < kNoticeStates; ++i)
    CHECK(notice_state_of(notice_state_code(static_cast<NoticeState>(i))) == static_cast<NoticeState>(i));
}

TEST_CASE("a notice that is late says so in words, with the time and what happened by itself") {
  NoticeList list;
  NoticeRow late = row();
  late.late = true;
  late.escalated = "deputy";
  late.next =
      NoticeClock{NoticeClock::State::late, "person-15m", "acknowledgement", "", "19:35 KST", "", 300, "deputy", true};
  list.rows = {late};
  list.all = list.late = 1;
  const std::string page = render_notice_list(frame(NoticeRole::institution, Lang::en), list);
  CHECK(has(page, "<time>19:35 KST</time>"));
  CHECK(has(page, "5 min late"));
  CHECK(has(page, "Passed on by itself: To the deputy"));
  CHECK(has(page, "data-say>1 notices, 1 late, 0 not acknowledged"));
}

TEST_CASE("orders are links that keep the filter; nothing needs a script") {
  NoticeList list;
  list.rows = {row()};
  list.all = 1;
  list.only_late = true;
  const std::string page = render_notice_list(frame(), list);
  CHECK(has(page, "href=\"/desk/?sort=name&amp;state=late\""));
  CHECK(has(page, "aria-sort=ascending><a href=\"/desk/?sort=urgency&amp;state=late\""));
}

TEST_CASE("contents stand on the page that opens them and in the preview, and nowhere else") {
  const NoticeFrame f = frame(NoticeRole::institution, Lang::en);
  NoticeReading reading;
  reading.row = row();
  reading.content = content();
  CHECK(has(render_notice_reading(f, reading), "TLP:RED"));
  reading.content.attributions.clear();
  CHECK(has(render_notice_reading(f, reading), "This notice names nobody."));
  reading.content.whole = false;
  CHECK(has(render_notice_reading(f, reading), "could not be opened"));
  NoticeToSign refusal = to_sign("notice-refusal");
  refusal.content.reset();
  CHECK(has(render_to_sign(f, refusal), "This is not sealed."));
  CHECK_FALSE(has(render_to_sign(f, to_sign("notice")), "This is not sealed."));
}

TEST_CASE("to many: nothing to sign by hand, and the button says to how many") {
  NoticeToSign many = to_sign("notice");
  many.text.clear();
  many.recipients.assign(61, "x");
  const std::string page = render_to_sign(frame(NoticeRole::notifier, Lang::en), many);
  CHECK(has(page, "Send to 61 institutions"));
  CHECK_FALSE(has(page, "data-sign "));
}

TEST_CASE("a code for the telephone can be seen and heard digit by digit") {
  const std::string page = render_call(frame(), {row(), "12345678", {}, false, {}, {}});
  CHECK(has(page, "<b aria-hidden=true>1234 5678</b><span class=vh>1 2 3 4 5 6 7 8 </span>"));
}

TEST_CASE("a stranger at a relay is offered no door, at a party's node one") {
  NoticeFrame stranger = frame(NoticeRole::relay);
  stranger.desk.person.clear();
  stranger.desk.path = "/";
  CHECK_FALSE(has(render_notice_public(stranger, {}), "/desk/"));
  stranger.role = NoticeRole::institution;
  CHECK(has(render_notice_public(stranger, {}), "href=/desk/sign-in"));
  CHECK_FALSE(has(render_notice_public(stranger, {}), "href=/desk/>"));
}

}  // namespace
}  // namespace scrutineer::ui
