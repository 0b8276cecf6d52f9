// The live count: ballot by ballot. One page for whoever marks and confirms, one screen for the hall.
#include <algorithm>

#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"
#include "app/ui/tally_marks.h"

namespace scrutineer::ui {

namespace {

const std::string kInvalid = "invalid";  // as LivePage::last names it
constexpr std::size_t kKeys = 9;         // options that have a number key

std::int64_t marks_of(const LivePage& page, std::size_t option) {
  return option < page.tally.size() ? page.tally[option] : 0;
}

// Marks as large as they can be with all of them on one screen of 1920x1080, in pixels there; the style sheet has the
// same sizes as z0, z1, ...
constexpr std::int64_t kMarkSizes[] = {104, 84, 68, 54, 44, 36, 28, 20};
constexpr std::int64_t kMarksWidth = 1'220, kMarksHeight = 780;
constexpr std::int64_t kFewRows = 7, kSomeRows = 13;

std::int64_t rows_of(const LivePage& page) {
  return static_cast<std::int64_t>(page.options.size()) + 1;
}

std::int64_t lines_of(const LivePage& page, std::size_t option, std::int64_t size) {
  const std::int64_t a_line = kMarksWidth * 8 / (size * 9);  // groups, an eighth apart
  return ((marks_of(page, option) + 4) / 5 + a_line - 1) / a_line;
}

std::int64_t height_of(const LivePage& page, std::int64_t size) {
  const std::int64_t rows = rows_of(page);
  const std::int64_t least = rows <= kFewRows ? 92 : rows <= kSomeRows ? 54 : 32;  // of a row, for its name and number
  std::int64_t height = 0;
  for (std::size_t option = 0; option <= page.options.size(); ++option)
    height += std::max(least, lines_of(page, option, size) * size * 9 / 8 + 16);
  return height;
}

bool one_line_each(const LivePage& page, std::int64_t size) {
  for (std::size_t option = 0; option <= page.options.size(); ++option)
    if (lines_of(page, option, size) > 1) return false;
  return true;
}

// Rows that need one line each share the screen evenly. Their height is said beforehand, so that nothing moves while
// they arrive.
void table_classes(Html& h, const LivePage& page) {
  constexpr Markup kClasses[] = {"z0"_h, "z1"_h, "z2"_h, "z3"_h, "z4"_h, "z5"_h, "z6"_h, "z7"_h};
  std::size_t size = 0;
  while (size + 1 < std::size(kMarkSizes) && height_of(page, kMarkSizes[size]) > kMarksHeight) ++size;
  const std::int64_t rows = rows_of(page);
  h("marks "_h, rows <= kFewRows ? "few "_h : rows <= kSomeRows ? "some "_h : "many "_h, kClasses[size]);
  if (rows <= kSomeRows && one_line_each(page, kMarkSizes[size])) h(" even r"_h, Plain{rows});
}

void called_name(Html& h, const LivePage& page) {
  if (page.last_option ? *page.last_option >= page.options.size() : page.last == kInvalid)
    h(desk::invalid);
  else if (page.last_option)
    h("<span"_h).name_lang()(">"_h, page.options[*page.last_option], "</span>"_h);
  else if (!page.last.empty())
    h("<span"_h).name_lang()(">"_h, page.last, "</span>"_h);
  else
    h(desk::nothing_called);
}

void facts(Html& h, const LivePage& page) {
  h("<dl class=lfacts><div class=last><dt>"_h, desk::last_called, "<dd>"_h);
  called_name(h, page);
  h("</div><div><dt>"_h, desk::called, "<dd>"_h, page.called, "</div><div><dt>"_h, desk::undone, "<dd>"_h, page.undone,
    "</div></dl>\n"_h);
}

void people(Html& h, const LivePage& page) {
  h("<p class=fine>"_h, desk::recorder, " <b>"_h, page.recorder, "</b> · "_h, desk::checker, " <b>"_h);
  if (page.checker.empty())
    h(desk::checker_absent);
  else
    h(page.checker);
  h("</b></p>\n"_h);
}

void said(Html& h, const LivePage& page) {
  h("<p class=vh data-say>"_h, desk::last_called, " "_h);
  called_name(h, page);
  h(", "_h, desk::called, " "_h, page.called, "</p>\n"_h);
}

void option_title(Html& h, const LivePage& page, std::size_t option) {
  if (option == page.options.size())
    h("<b>"_h, desk::invalid, "</b>"_h);
  else
    h("<b"_h).name_lang()(">"_h, page.options[option], "</b>"_h);
}

bool is_last(const LivePage& page, std::size_t option) {
  if (page.last_option) return *page.last_option == option;
  return !page.last.empty() && page.last == (option < page.options.size() ? page.options[option] : kInvalid);
}

void marks_row(Html& h, const LivePage& page, std::size_t option) {
  const bool newest = is_last(page, option);
  h(newest ? "<tr class=now><th scope=row>"_h : "<tr><th scope=row>"_h);
  if (option < page.options.size()) h("<span class=no>"_h, option + 1, "</span>"_h);
  option_title(h, page, option);
  h("<td class=l>"_h);
  tally_marks(h, marks_of(page, option), newest);
  h("<td class=big>"_h, marks_of(page, option), "\n"_h);
}

void marks_table(Html& h, const LivePage& page) {
  h("<table class=\""_h);
  table_classes(h, page);
  h("\"><caption class=vh>"_h, desk::live_table,
    "</caption><colgroup><col class=cn><col><col class=cv></colgroup><thead class=vh><tr><th scope=col>"_h,
    desk::contest, "<th scope=col>"_h, desk::tally, "<th scope=col>"_h, desk::votes, "<tbody>\n"_h);
  for (std::size_t option = 0; option <= page.options.size(); ++option) marks_row(h, page, option);
  h("</table>\n"_h);
}

// One big button an option. The number key is on the button, and desk.js reads it from there.
void call_button(Html& h, const LivePage& page, std::size_t option) {
  const bool invalid = option == page.options.size();
  const auto number = static_cast<std::int64_t>(option);
  h(invalid ? "<button class=\"call inv\" name=option value=invalid data-key=0"_h
            : "<button class=call name=option value="_h);
  if (!invalid) h(Plain{number});
  if (!invalid && option < kKeys) h(" data-key="_h, Plain{number + 1});
  if (invalid || option < kKeys) h(" aria-keyshortcuts="_h, Plain{invalid ? 0 : number + 1});
  h(" id=call"_h, Plain{number}, "><span class=no aria-hidden=true>"_h, Plain{invalid ? 0 : number + 1},
    "</span> <span class=nm>"_h);
  option_title(h, page, option);
  h("</span> <span class=sum>"_h, marks_of(page, option), "</span></button>\n"_h);
}

// A form about this count; the address says which, so that a refusal leads back to it.
void open_count_form(Html& h, const DeskFrame& frame, const LivePage& page, Markup action, Markup attributes) {
  h("<form method=post"_h, attributes, " action=\""_h);
  unit_address(h, action, page.unit_id, page.contest_id);
  h("\"><input type=hidden name=csrf value=\""_h, frame.csrf, "\"><input type=hidden name=entry value=\""_h, page.token,
    "\">"_h);
}

void call_forms(Html& h, const DeskFrame& frame, const LivePage& page) {
  h("<section aria-labelledby=call><h2 id=call class=vh>"_h, desk::live_marks, "</h2>"_h);
  open_count_form(h, frame, page, "/desk/live/call"_h, " class=calls data-live"_h);
  for (std::size_t option = 0; option <= page.options.size(); ++option) call_button(h, page, option);
  h("</form>"_h);
  open_count_form(h, frame, page, "/desk/live/undo"_h, " class=undo data-live"_h);
  h("<button class=second data-key=u aria-keyshortcuts=u id=undo>"_h, desk::undo,
    " <kbd aria-hidden=true>U</kbd></button></form>"_h);
  // WCAG 2.1.4: single keys can be turned off. They are desk.js's doing: without JavaScript the style sheet hides this.
  h("<p class=keys id=keys-line><label><input type=checkbox id=keys checked> "_h, desk::live_use_keys,
    "</label></p><p class=\"msg bad\" role=alert id=unmarked hidden>"_h, desk::live_not_marked, "</p></section>\n"_h);
}

void end_form(Html& h, const DeskFrame& frame, const LivePage& page) {
  h("<details class=away><summary>"_h, desk::live_end, "</summary>"_h);
  open_count_form(h, frame, page, "/desk/live/end"_h, ""_h);
  h("<p>"_h, desk::live_end_lead, "</p><p class=acts><button class=second>"_h, desk::live_end_yes,
    "</button></p></form></details>\n"_h);
}

void start_form(Html& h, const DeskFrame& frame, const LivePage& page) {
  h("<section class=card><p>"_h, desk::live_start_lead, "</p>"_h);
  open_form(h, frame, "/desk/live/start"_h, {{"unit"_h, page.unit_id}, {"contest"_h, page.contest_id}});
  h("<p class=acts><button class=go>"_h, desk::live_start, "</button></p></form></section>\n"_h);
}

// After the recorder has ended it: what is still to be done, and by whom.
void after_end(Html& h, const DeskFrame& frame, const LivePage& page) {
  h("<section class=card><p><b>"_h, desk::live_ended, "</b> "_h);
  if (page.confirmed) {
    h(desk::live_confirmed, "</p><p class=acts><a class=go href=\""_h);
    unit_address(h, "/desk/entry"_h, page.unit_id, page.contest_id);
    h("\">"_h, desk::proceed, "</a></p>"_h);
  } else if (!page.is_checker) {
    h(desk::live_wait_checker, "</p>"_h);
  } else {
    h(desk::live_confirm_lead, "</p>"_h);
    open_count_form(h, frame, page, "/desk/live/confirm"_h, ""_h);
    h("<p class=acts><button class=go>"_h, desk::live_confirm, "</button></p></form>"_h);
  }
  h("</section>\n"_h);
}

bool begun(const LivePage& page) {
  return !page.recorder.empty();
}

}  // namespace

std::string render_live(const DeskFrame& frame, const Site& site, const LivePage& page) {
  Html h = desk_html(frame, site.data_lang, 24 << 10);
  const bool marks = begun(page) && page.is_recorder && !page.ended;
  open_desk(h, {frame, desk::live_title.in(frame.lang), DeskSection::home, DeskLayout::page, begun(page) && !marks});
  h("<h1>"_h, desk::live_title, ": <span"_h).name_lang()(">"_h, page.unit.name, "</span></h1>"_h);
  unit_line(h, site, page.unit_id, {}, page.contest);
  message_box(h, page.message);
  h("<p>"_h, desk::live_lead, " <a href=\""_h);
  unit_address(h, "/desk/live/screen"_h, page.unit_id, page.contest_id);
  h("\">"_h, desk::live_screen, "</a></p>\n"_h);
  if (!begun(page)) {
    start_form(h, frame, page);
  } else {
    facts(h, page);
    if (marks) call_forms(h, frame, page);
    if (page.ended) after_end(h, frame, page);
    if (!marks) marks_table(h, page);
    people(h, page);
    if (marks) end_form(h, frame, page);
    said(h, page);
  }
  close_desk(h, frame);
  return std::move(h).take();
}

std::string render_live_screen(const DeskFrame& frame, const Site& site, const LivePage& page) {
  Html h = desk_html(frame, site.data_lang, 64 << 10);
  open_desk(h, {frame, desk::live_title.in(frame.lang), DeskSection::none, DeskLayout::wall, true});
  h("<div class=bhead><h1"_h).name_lang()(">"_h, page.unit.name, "</h1>"_h);
  unit_line(h, site, page.unit_id, {}, page.contest);
  h("<noscript><p><a href=\""_h, frame.path, "\">"_h, desk::reload, "</a></p></noscript></div>"_h);
  facts(h, page);
  if (page.ended)
    h("<p class=\"msg good\">"_h, desk::live_ended, " "_h,
      page.confirmed ? desk::live_confirmed : desk::live_wait_checker, "</p>"_h);
  marks_table(h, page);
  people(h, page);
  said(h, page);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
