// What is under seal, for those who may read it: shown the same in a preview and to whom it was sent.
#include "app/ui/desk_messages.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

void open_table(Html& h, const Msg& name) {
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, name, "\"><table class=lines><caption class=vh>"_h, name,
    "</caption><thead><tr>"_h);
}

void fact(Html& h, const Msg& name, std::string_view value) {
  if (!value.empty()) h("<div><dt>"_h, name, "<dd>"_h, value, "</div>"_h);
}

void facts(Html& h, const NoticeContent& content) {
  h("<dl class=facts><div><dt>"_h, notice::tlp_word, "<dd><b class=tlp>"_h, content.tlp.empty() ? "—" : content.tlp,
    "</b></div>"_h);
  if (!content.attack.empty()) fact(h, notice::attack_word, notice_word(NoticeWord::attack, content.attack, h.lang()));
  if (!content.first.empty() || !content.last.empty())
    h("<div><dt>"_h, notice::seen_word, "<dd>"_h, content.first, " – "_h, content.last, "</div>"_h);
  fact(h, notice::reporter_word, content.reporter);
  h("</dl>"_h);
}

void attribution(Html& h, const NoticeContent& content) {
  h("<h3>"_h, notice::attribution_word, "</h3>"_h);
  if (content.attributions.empty()) h("<p>"_h, notice::attribution_none, "</p>"_h);
  for (const NoticeContent::Attribution& one : content.attributions) {
    h("<p><b>"_h, one.name, "</b>, "_h);
    if (one.confidence)
      h.say(notice::confidence, *one.confidence);
    else
      h(notice::confidence_unsaid);
    if (!one.aliases.empty()) h(" · "_h).say(notice::aliases, one.aliases);
    h("</p>"_h);
  }
}

void list(Html& h, const Msg& name, const std::vector<std::string>& lines, const Msg* none) {
  if (lines.empty() && none == nullptr) return;
  h("<h3>"_h, name, "</h3>"_h);
  if (lines.empty()) {
    h("<p>"_h, *none, "</p>"_h);
    return;
  }
  h("<ul>"_h);
  for (const std::string& line : lines) h("<li>"_h, line, "\n"_h);
  h("</ul>\n"_h);
}

void indicators(Html& h, const NoticeContent& content, std::string_view id) {
  h("<h3>"_h, notice::indicators_word, "</h3>"_h);
  if (content.indicators.empty()) {
    h("<p>"_h, notice::indicators_none, "</p>"_h);
    return;
  }
  open_table(h, notice::indicators_table);
  h("<th scope=col>"_h, notice::col_value, "<th scope=col class=l>"_h, notice::col_kind, "<th scope=col class=l>"_h,
    notice::col_note, "<tbody>\n"_h);
  for (const NoticeContent::Indicator& one : content.indicators) {
    h("<tr><th scope=row><code>"_h, one.value, "</code><td class=l>"_h);
    notice_word(h, NoticeWord::indicator, one.kind);
    h("<td class=\"l wide\">"_h, one.note, "\n"_h);
  }
  h("</table></div>\n"_h);
  if (!id.empty())
    h("<p class=acts><a class=second href=\"/desk/indicators.csv?id="_h, id, "\">"_h, notice::indicators_csv,
      "</a></p>\n"_h);
}

void affected(Html& h, const NoticeContent& content) {
  h("<h3>"_h, notice::affected_word, "</h3>"_h);
  if (content.affected.empty()) {
    h("<p>"_h, notice::affected_none, "</p>"_h);
    return;
  }
  open_table(h, notice::affected_table);
  h("<th scope=col>"_h, notice::col_value, "<th scope=col class=l>"_h, notice::col_kind, "<th scope=col class=l>"_h,
    notice::col_told, "<tbody>\n"_h);
  for (const NoticeContent::Affected& one : content.affected) {
    h("<tr><th scope=row><code>"_h, one.value, "</code><td class=l>"_h);
    notice_word(h, NoticeWord::affected, one.kind);
    h("<td class=\"l wide\">"_h, one.told ? "<span class=\"st ok\">"_h : "<span class=st>"_h,
      one.told ? notice::told : notice::not_told, "</span> "_h, one.told_at, " "_h, one.told_how, "\n"_h);
  }
  h("</table></div>\n"_h);
}

void observations(Html& h, const NoticeContent& content) {
  if (content.observations.empty()) return;
  h("<h3>"_h, notice::observed_word, "</h3>"_h);
  open_table(h, notice::observed_table);
  h("<th scope=col>"_h, notice::col_from_address, "<th scope=col class=l>"_h, notice::col_to_address,
    "<th scope=col class=l>"_h, notice::col_first, "<th scope=col class=l>"_h, notice::col_last, "<th scope=col>"_h,
    notice::col_count, "<tbody>\n"_h);
  for (const NoticeContent::Observation& one : content.observations)
    h("<tr><th scope=row><code>"_h, one.from, "</code><td class=l><code>"_h, one.to, "</code><td class=l>"_h, one.first,
      "<td class=l>"_h, one.last, "<td>"_h, one.count, "\n"_h);
  h("</table></div>\n"_h);
}

void files(Html& h, const std::vector<NoticeContent::File>& files, std::string_view id) {
  if (files.empty()) return;
  h("<h3>"_h, notice::files_word, "</h3><ul>"_h);
  for (std::size_t i = 0; i < files.size(); ++i) {
    h("<li>"_h);
    if (!id.empty())
      h("<a href=\"/desk/file?id="_h, id, "&amp;n="_h, Plain{static_cast<std::int64_t>(i)}, "\">"_h, files[i].name,
        "</a>"_h);
    else
      h(files[i].name);
    h(" <small>"_h, files[i].type, ", "_h).say(notice::bytes, files[i].size)("</small>\n"_h);
  }
  h("</ul>\n"_h);
}

void paragraphs(Html& h, std::string_view text) {
  h("<p class=keep>"_h, text, "</p>"_h);
}

}  // namespace

void notice_content(Html& h, const NoticeContent& content, std::string_view id) {
  h("<article class=\"card sealed\"><h2>"_h, content.title.empty() ? "—" : content.title, "</h2>"_h);
  facts(h, content);
  if (!content.description.empty()) {
    h("<h3>"_h, notice::description_word, "</h3>"_h);
    paragraphs(h, content.description);
  }
  attribution(h, content);
  list(h, notice::actions_word, content.actions, &notice::actions_none);
  indicators(h, content, id);
  affected(h, content);
  observations(h, content);
  list(h, notice::relay_addresses, content.relays, nullptr);
  files(h, content.files, id);
  list(h, notice::not_understood, content.not_understood, nullptr);
  h("</article>\n"_h);
}

void answer_content(Html& h, const AnswerContent& content, std::string_view id) {
  h("<article class=\"card sealed\"><h2>"_h);
  notice_word(h, NoticeWord::outcome, content.outcome);
  h("</h2><p class=sub>"_h);
  notice_word(h, NoticeWord::stage, content.stage);
  h("</p><h3>"_h, notice::f_done, "</h3>"_h);
  paragraphs(h, content.actions);
  h("<h3>"_h, notice::f_results, "</h3>"_h);
  paragraphs(h, content.results);
  files(h, content.files, id);
  h("</article>\n"_h);
}

std::string render_notice_reading(const NoticeFrame& frame, const NoticeReading& page) {
  Html h = desk_html(frame.desk, {}, 16 << 10);
  open_notice(h, frame, page.row.number, NoticeSection::none);
  h("<h1>"_h).say(notice::content_title, page.row.number)("</h1>"_h);
  notice_line(h, page.row);
  message_box(h, page.message);
  h(page.content.whole ? "<p class=\"msg good\">"_h : "<p class=\"msg bad\">"_h,
    page.content.whole ? notice::content_whole : notice::content_part, "</p>\n"_h);
  notice_content(h, page.content, page.row.id);
  if (page.acknowledge) {
    h("<section class=\"card act\"><h2>"_h, notice::ack_title, "</h2>"_h);
    to_sign_form(h, frame, *page.acknowledge);
    h("</section>\n"_h);
  }
  h("<p class=acts>"_h);
  if (page.may.answer) {
    notice_address(h, "/desk/answer"_h, page.row.id);
    h(notice::do_answer, "</a> "_h);
  }
  if (page.may.refuse) {
    notice_address(h, "/desk/refuse"_h, page.row.id);
    h(notice::do_refuse, "</a> "_h);
  }
  h("</p>"_h);
  back_link(h, page.row.id);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_answer_reading(const NoticeFrame& frame, const AnswerReading& page) {
  Html h = desk_html(frame.desk, {}, 8 << 10);
  open_notice(h, frame, page.row.number, NoticeSection::none);
  h("<h1>"_h).say(notice::answer_title, page.row.number)("</h1>"_h);
  notice_line(h, page.row);
  answer_content(h, page.content, page.answer);
  back_link(h, page.row.id);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
