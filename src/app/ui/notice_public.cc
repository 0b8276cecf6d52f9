// For everybody: counts and clocks without contents, and how to check the logs.
#include "app/ui/desk_messages.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

void open_table(Html& h, const Msg& name) {
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, name, "\"><table class=lines><caption class=vh>"_h, name,
    "</caption><thead><tr>"_h);
}

void tile(Html& h, const Msg& name, std::int64_t count) {
  h("<div><dt>"_h, name, "<dd>"_h, count, "</div>"_h);
}

void clocks(Html& h, const NoticePublic& page) {
  h("<h2>"_h, notice::p_clocks, "</h2><p class=fine>"_h, notice::p_clocks_table, "</p>"_h);
  open_table(h, notice::p_clocks_table);
  h("<th scope=col>"_h, notice::col_step, "<th scope=col>"_h, notice::col_number, "<th scope=col>"_h,
    notice::col_median, "<th scope=col>"_h, notice::col_worst, "<tbody>\n"_h);
  for (const NoticePublic::Clock& one : page.clocks) {
    h("<tr><th scope=row>"_h);
    notice_word(h, NoticeWord::step, one.step);
    h("<td>"_h, one.count, "<td>"_h);
    if (one.median)
      duration(h, *one.median);
    else
      h("—"_h);
    h("<td>"_h);
    if (one.worst)
      duration(h, *one.worst);
    else
      h("—"_h);
    h("\n"_h);
  }
  h("</table></div>\n"_h);
}

void logs(Html& h, const NoticePublic& page) {
  h("<h2>"_h, notice::p_logs, "</h2>"_h);
  open_table(h, notice::p_logs_table);
  h("<th scope=col>"_h, notice::col_log, "<th scope=col>"_h, notice::col_size, "<th scope=col>"_h, notice::col_cosigned,
    "<th scope=col class=l>"_h, notice::col_sent, "<th scope=col class=l>"_h, notice::col_root, "<tbody>\n"_h);
  for (const NoticePublic::Log& one : page.logs) {
    h("<tr><th scope=row><b>"_h, one.name, "</b>"_h);
    if (one.forked) h(" <span class=\"st look\">"_h, notice::log_forked, "</span>"_h);
    h("<td>"_h, static_cast<std::int64_t>(one.size), "<td>"_h);
    if (one.copy)
      h(notice::log_copy);
    else
      h.say(notice::cosigned, static_cast<std::int64_t>(one.cosigned), static_cast<std::int64_t>(one.known));
    h("<td class=l>"_h, one.at, "<td class=l><code>"_h, one.root, "</code>\n"_h);
  }
  h("</table></div><p>"_h, notice::p_check, " <a href=/checkpoint>/checkpoint</a></p>\n"_h);
}

void agreements(Html& h, const NoticePublic& page) {
  if (page.agreements.empty()) return;
  h("<h2>"_h, notice::p_agreements, "</h2>"_h);
  open_table(h, notice::p_agreements_table);
  h("<th scope=col>"_h, notice::role_notifier, "<th scope=col class=l>"_h, notice::role_institution, "<th scope=col>"_h,
    notice::p_notices, "<th scope=col>"_h, notice::p_acknowledged, "<th scope=col>"_h, notice::p_answered,
    "<th scope=col>"_h, notice::p_late, "<th scope=col class=l>"_h, notice::col_agreement, "<tbody>\n"_h);
  for (const NoticePublic::Agreement& one : page.agreements)
    h("<tr><th scope=row>"_h, one.notifier, "<td class=l>"_h, one.institution, "<td>"_h, one.notices, "<td>"_h,
      one.acknowledged, "<td>"_h, one.answered, "<td>"_h, one.late, "<td class=\"l wide\"><code>"_h, one.id,
      "</code>\n"_h);
  h("</table></div>\n"_h);
}

}  // namespace

std::string render_notice_public(const NoticeFrame& frame, const NoticePublic& page) {
  Html h = desk_html(frame.desk, {}, 12 << 10);
  open_notice(h, frame, notice::public_title.in(frame.desk.lang), NoticeSection::everybody);
  h("<h1>"_h, notice::public_title, "</h1><p class=sub>"_h, frame.desk.election, " · "_h, word(frame.role), " · "_h)
      .say(desk::as_of, page.as_of)("</p><p>"_h, notice::public_lead_line, "</p><dl class=tiles>"_h);
  tile(h, notice::p_notices, page.notices);
  tile(h, notice::p_received, page.received);
  tile(h, notice::p_acknowledged, page.acknowledged);
  tile(h, notice::p_answered, page.answered);
  tile(h, notice::p_refused, page.refused);
  tile(h, notice::p_closed, page.closed);
  tile(h, notice::p_late, page.late);
  tile(h, notice::p_silences, page.silences);
  tile(h, notice::p_escalations, page.escalations);
  tile(h, notice::p_calls, page.calls);
  tile(h, notice::p_statements, page.statements);
  h("</dl>\n"_h);
  clocks(h, page);
  agreements(h, page);
  logs(h, page);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
