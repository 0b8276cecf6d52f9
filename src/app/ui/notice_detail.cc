// One notice: how far it is, what was said about it, and what is next.
#include "app/ui/desk_messages.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

void clocks(Html& h, const NoticePage& page) {
  if (page.clocks.empty()) return;
  h("<h2>"_h, notice::clocks_title, "</h2><div class=scroll tabindex=0 role=group aria-label=\""_h,
    notice::clocks_table, "\"><table class=lines><caption class=vh>"_h, notice::clocks_table,
    "</caption><thead><tr><th scope=col>"_h, notice::col_step, "<th scope=col class=l>"_h, notice::col_due,
    "<th scope=col class=l>"_h, notice::col_state, "<th scope=col class=l>"_h, notice::col_met,
    "<th scope=col class=l>"_h, notice::col_then, "<th scope=col class=l>"_h, notice::col_law, "<tbody>\n"_h);
  for (const NoticeClock& clock : page.clocks) {
    h("<tr"_h, clock.state == NoticeClock::State::late ? " class=hurry>"_h : ">"_h, "<th scope=row><b>"_h);
    notice_word(h, NoticeWord::step, clock.step);
    h("</b> <span>"_h, clock.code, "</span><td class=l>"_h, clock.due, "<td class=l>"_h);
    clock_chip(h, clock);
    h("<td class=l>"_h, clock.met, "<td class=l>"_h);
    notice_word(h, NoticeWord::escalate, clock.then);
    if (clock.escalated) h(" <span class=\"st ok\">"_h, notice::happened, "</span>"_h);
    h("<td class=\"l wide\">"_h);
    if (clock.law.empty())
      h(notice::by_agreement);
    else
      h(clock.law);
    h("\n"_h);
  }
  h("</table></div>\n"_h);
}

// What a code means depends on what kind of record has it.
NoticeWord code_set(std::string_view type) {
  if (type == "receipt") return NoticeWord::channel;
  if (type == "answer") return NoticeWord::stage;
  if (type == "notice-refusal") return NoticeWord::refusal;
  if (type == "escalation") return NoticeWord::escalate;
  if (type == "closing") return NoticeWord::closing;
  if (type == "statement") return NoticeWord::claim;
  return NoticeWord::change;
}

void step_row(Html& h, const NoticeStepRow& step) {
  h("<tr><th scope=row><b>"_h);
  notice_word(h, NoticeWord::type, step.type);
  h("</b>"_h);
  if (!step.code.empty() && step.code != "first") {
    h(" <span>"_h);
    notice_word(h, code_set(step.type), step.code);
    h("</span>"_h);
  }
  if (!step.detail.empty()) {
    h("<br><span>"_h);
    notice_word(h, NoticeWord::trouble, step.detail);
    h("</span>"_h);
  }
  if (!step.words.empty()) h("<br><q>"_h, step.words, "</q>"_h);
  if (!step.counts) h("<br><span class=\"st look\">"_h, notice::does_not_count, "</span>"_h);
  h("<td class=\"l wide\">"_h, step.party);
  for (const std::string& name : step.signers) h("<br><small>"_h, name, "</small>"_h);
  h("<td class=l>"_h, step.known, "<td class=l>"_h, step.by.empty() ? notice::not_witnessed.in(h.lang()) : step.by,
    "<td class=l>"_h, step.claimed, "<td class=\"l wide\"><details><summary>"_h, notice::record_id,
    "</summary><code>"_h, step.record, "</code></details>\n"_h);
}

void timeline(Html& h, const NoticePage& page) {
  h("<h2>"_h, notice::timeline, "</h2><div class=scroll tabindex=0 role=group aria-label=\""_h, notice::timeline_table,
    "\"><table class=lines><caption class=vh>"_h, notice::timeline_table, "</caption><thead><tr><th scope=col>"_h,
    notice::col_what, "<th scope=col class=l>"_h, notice::col_who, "<th scope=col class=l>"_h, notice::col_known,
    "<th scope=col class=l>"_h, notice::col_witnessed, "<th scope=col class=l>"_h, notice::col_claimed,
    "<th scope=col class=l>"_h, notice::record_id, "<tbody>\n"_h);
  for (const NoticeStepRow& step : page.steps) step_row(h, step);
  h("</table></div><p class=fine>"_h, notice::own_clock, "</p>\n"_h);
}

void relays(Html& h, const NoticePage& page) {
  h("<h2>"_h, notice::relays, "</h2><p>"_h)
      .say(notice::relays_line, static_cast<std::int64_t>(page.row.relays_holding),
           static_cast<std::int64_t>(page.row.relays), static_cast<std::int64_t>(page.row.quorum))("</p><ul>"_h);
  for (const NoticePage::Relay& relay : page.relays)
    h("<li>"_h, relay.title, " "_h, relay.holds ? "<span class=\"st ok\">"_h : "<span class=st>"_h,
      relay.holds ? notice::holds : notice::holds_not, "</span> "_h, relay.since, "\n"_h);
  h("</ul>\n"_h);
}

void versions(Html& h, const NoticePage& page) {
  if (page.versions.size() < 2) return;
  h("<h2>"_h, notice::versions, "</h2><ol class=hist>"_h);
  for (const NoticeVersionRow& one : page.versions) {
    h("<li>"_h);
    notice_address(h, "/desk/notice"_h, one.id);
    notice_word(h, NoticeWord::change, one.change);
    h(" "_h, one.number, "</a> "_h, one.sent);
    if (one.shown) h(" <span class=\"st half\">"_h, notice::this_version, "</span>"_h);
    h("\n"_h);
  }
  h("</ol>\n"_h);
}

void act_link(Html& h, bool may, Markup page, std::string_view id, Markup rest, const Msg& text, bool& first) {
  if (!may) return;
  h("<a class="_h, first ? "go"_h : "second"_h, " href=\""_h, page, "?"_h, rest, "id="_h, id, "\">"_h, text, "</a> "_h);
  first = false;
}

void actions(Html& h, const NoticeFrame& frame, const NoticePage& page) {
  const NoticeActions& may = page.may;
  bool first = true;
  h("<section class=\"card act\"><h2>"_h, notice::what_now, "</h2><p class=acts>"_h);
  act_link(h, may.read, "/desk/content"_h, page.row.id, ""_h, notice::open_content, first);
  for (const std::string& answer : page.answers)
    act_link(h, may.read, "/desk/answer/content"_h, answer, ""_h, notice::open_answer, first);
  act_link(h, may.answer, "/desk/answer"_h, page.row.id, ""_h, notice::do_answer, first);
  act_link(h, may.update, "/desk/compose"_h, page.row.id, "change=update&amp;"_h, notice::do_update, first);
  act_link(h, may.update, "/desk/compose"_h, page.row.id, "change=attribution&amp;"_h, notice::do_attribution, first);
  act_link(h, may.update, "/desk/compose"_h, page.row.id, "change=withdrawal&amp;"_h, notice::do_withdraw, first);
  act_link(h, may.call, "/desk/call"_h, page.row.id, ""_h, notice::do_call, first);
  act_link(h, may.refuse, "/desk/refuse"_h, page.row.id, ""_h, notice::do_refuse, first);
  h("</p>"_h);
  if (may.close) {
    open_form(h, frame.desk, "/desk/close"_h, {{"id"_h, page.row.id}, {"outcome"_h, may.closing}});
    h("<p class=acts><button class=second>"_h, notice::do_close, " ("_h);
    notice_word(h, NoticeWord::closing, may.closing);
    h(")</button></p></form>"_h);
  }
  h("<details class=away><summary>"_h, notice::evidence, "</summary>"_h);
  open_form(h, frame.desk, "/desk/evidence"_h, {{"id"_h, page.row.id}});
  h("<p>"_h, notice::evidence_lead, "</p>"_h);
  if (may.read)
    h("<p><label class=sign-way><input type=checkbox name=open value=1> "_h, notice::evidence_open, "</label></p>"_h);
  h("<p class=acts><button class=second>"_h, notice::evidence, "</button></p></form></details></section>\n"_h);
}

}  // namespace

std::string render_notice(const NoticeFrame& frame, const NoticePage& page) {
  Html h = desk_html(frame.desk, {}, (16 << 10) + page.steps.size() * 700);
  std::string title;
  {
    Html words = desk_html(frame.desk, {}, 64);
    words.say(notice::notice_title, page.row.number);
    title = std::move(words).take();
  }
  open_notice(h, frame, title, NoticeSection::none);
  h("<h1>"_h).say(notice::notice_title, page.row.number)("</h1>"_h);
  notice_line(h, page.row);
  message_box(h, page.message);
  actions(h, frame, page);
  clocks(h, page);
  timeline(h, page);
  relays(h, page);
  versions(h, page);
  h("<p class=id>"_h, notice::record_id, " <code>"_h, page.row.id, "</code></p>\n"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
