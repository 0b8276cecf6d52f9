// Records carried as a file: made, read out over the telephone, read in.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"
#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kLinesShown = 200;

// Each word with its place, so that both ends of a bad telephone line can say which one.
void word_row(Html& h, std::string_view words, Markup lang, const Msg& label) {
  if (words.empty()) return;
  h("<h4>"_h, label, "</h4><ol class=words lang="_h, lang, ">"_h);
  while (!words.empty()) {
    const std::string_view one = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), one.size() + 1));
    if (!one.empty()) h("<li>"_h, one);
  }
  h("</ol>\n"_h);
}

void both_words(Html& h, std::string_view ko, std::string_view en) {
  if (ko.empty() && en.empty()) return;
  h("<h3>"_h, desk::ho_words, "</h3><p class=fine>"_h, desk::ho_words_lead, "</p>"_h);
  word_row(h, ko, "ko"_h, desk::ho_words_ko);
  word_row(h, en, "en"_h, desk::ho_words_en);
}

void connection(Html& h, const DeskFrame& frame, const HandoverPage& page) {
  if (!page.is_centre) return;
  h("<section class=card><h2>"_h, desk::ho_connection, "</h2><p>"_h, page.off ? desk::ho_off : desk::ho_on, " <b>"_h)
      .say(desk::ho_waiting, page.waiting)("</b></p>"_h);
  if (page.may_switch) {
    open_form(h, frame, "/desk/handover/link"_h, {{"off"_h, page.off ? "0" : "1"}});
    h("<p class=acts><button class=second>"_h, page.off ? desk::ho_switch_on : desk::ho_switch_off,
      "</button></p></form>"_h);
  }
  h("</section>\n"_h);
}

void sending(Html& h, const DeskFrame& frame, const HandoverPage& page) {
  h("<section class=card><h2>"_h, desk::ho_make_title, "</h2>"_h);
  if (!page.pack_text.empty()) {
    sign_form(h, frame, "/desk/handover/sign"_h, page.pack_text, {desk::ho_meaning, desk::ho_sign}, {});
  } else if (!page.file_name.empty()) {
    h("<p><b>"_h, desk::ho_made, "</b> <code>"_h, page.file_name,
      "</code></p><p class=acts><a class=go download href=\""_h, page.download_path, "\">"_h, desk::ho_download,
      "</a></p>"_h);
    both_words(h, page.words_ko, page.words_en);
  } else {
    h("<p>"_h, desk::ho_make_lead, "</p>"_h);
    open_form(h, frame, "/desk/handover/make"_h, {});
    h("<p class=acts><button class="_h, page.report ? "second>"_h : "go>"_h, desk::ho_make, "</button></p></form>"_h);
  }
  h("</section>\n"_h);
}

void outcome(Html& h, const HandoverReport::Line& line) {
  using Outcome = HandoverReport::Line::Outcome;
  switch (line.outcome) {
    case Outcome::added: h("<span class=\"st ok\">"_h, desk::ho_added, "</span>"_h); return;
    case Outcome::known: h("<span class=\"st half\">"_h, desk::ho_known, "</span>"_h); return;
    case Outcome::refused: h("<span class=\"st look\">"_h, desk::ho_refused, "</span> "_h, line.reason); return;
  }
}

void report(Html& h, const HandoverPage& page) {
  if (!page.report) return;
  const HandoverReport& report = *page.report;
  h("<section class=card><h2>"_h, desk::ho_report, "</h2><p>"_h).say(desk::ho_from, report.from);
  h("</p><dl class=tiles><div><dt>"_h, desk::ho_added, "<dd>"_h, report.added, "</div><div><dt>"_h, desk::ho_known,
    "<dd>"_h, report.known, "</div><div><dt>"_h, desk::ho_refused, "<dd>"_h, report.refused, "</div></dl>"_h);
  both_words(h, page.report_words_ko, page.report_words_en);
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, desk::ho_lines,
    "\"><table class=lines><caption class=vh>"_h, desk::ho_lines, "</caption><thead><tr><th scope=col>"_h, desk::record,
    "<th scope=col class=l>"_h, desk::unit, "<th scope=col class=l>"_h, desk::outcome, "<tbody>\n"_h);
  std::size_t shown = 0;
  for (const HandoverReport::Line& line : report.lines) {
    if (shown++ == kLinesShown) break;
    h("<tr><th scope=row>"_h);
    record_type(h, line.type);
    h(" <code>"_h, std::string_view(line.record_id).substr(0, 12), "</code><td class=l>"_h, line.unit,
      "<td class=l>"_h);
    outcome(h, line);
    h("\n"_h);
  }
  h("</table></div>"_h);
  if (report.lines.size() > kLinesShown)
    h("<p class=fine>"_h).say(desk::lines_more, report.lines.size() - kLinesShown)("</p>"_h);
  h("</section>\n"_h);
}

void receiving(Html& h, const DeskFrame& frame) {
  h("<section class=card><h2>"_h, desk::ho_read_title,
    "</h2><form method=post enctype=multipart/form-data action=/desk/handover/read><input type=hidden name=csrf value=\""_h,
    frame.csrf, "\"><p class=f><label>"_h, desk::ho_file,
    "<input type=file name=file required></label></p><p class=acts><button class=second>"_h, desk::ho_read,
    "</button></p></form></section>\n"_h);
}

}  // namespace

std::string render_handover(const DeskFrame& frame, const Site& site, const HandoverPage& page) {
  Html h = desk_html(frame, site.data_lang, 24 << 10);
  open_desk(h, {frame, desk::handover_title.in(frame.lang), DeskSection::handover});
  h("<h1>"_h, desk::handover_title, "</h1>"_h);
  message_box(h, page.message);
  report(h, page);
  connection(h, frame, page);
  sending(h, frame, page);
  receiving(h, frame);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
