// What stands around the pages of notices, and the pieces of their forms.
#include <algorithm>

#include "app/ui/desk_messages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {

void open_notice(Html& h, const NoticeFrame& frame, std::string_view title, NoticeSection section, bool refreshes,
                 DeskLayout layout) {
  const auto here = [section](NoticeSection one) { return section == one; };
  std::vector<NavLink> links;
  if (!frame.desk.person.empty()) {
    links.push_back({"/desk/"_h, frame.role == NoticeRole::institution ? notice::nav_inbox : notice::nav_notices,
                     here(NoticeSection::list)});
    if (frame.role == NoticeRole::notifier) {
      links.push_back({"/desk/compose"_h, notice::nav_compose, here(NoticeSection::compose)});
      links.push_back({"/desk/board"_h, notice::nav_board, here(NoticeSection::board)});
    }
    if (frame.role != NoticeRole::relay) {
      links.push_back({"/desk/duty"_h, notice::nav_duty, here(NoticeSection::duty)});
      links.push_back({"/desk/statements"_h, notice::nav_statements, here(NoticeSection::statements)});
      links.push_back({"/desk/keys"_h, notice::nav_keys, here(NoticeSection::keys)});
    }
  }
  links.push_back({"/"_h, notice::nav_public, here(NoticeSection::everybody)});
  if (frame.desk.person.empty() && frame.role != NoticeRole::relay)
    links.push_back({"/desk/sign-in"_h, notice::nav_sign_in, false});
  open_desk(h, {frame.desk, title, DeskSection::none, layout, refreshes, links});
}

void notice_address(Html& h, Markup page, std::string_view id) {
  h("<a href=\""_h, page, "?id="_h, id, "\">"_h);
}

void back_link(Html& h, std::string_view id) {
  h("<p class=acts><a class=second href=\"/desk/notice?id="_h, id, "\">"_h, notice::back_to_notice, "</a></p>\n"_h);
}

void notice_line(Html& h, const NoticeRow& row) {
  h("<p class=sub><b>"_h);
  notice_word(h, NoticeWord::kind, row.kind);
  h("</b> · "_h);
  if (row.change != "first") {
    notice_word(h, NoticeWord::change, row.change);
    h(" · "_h);
  }
  h(row.other, " · "_h, row.sent, " · "_h);
  notice_chip(h, row.state);
  if (row.late) h(" <b class=late>"_h, notice::late, "</b>"_h);
  h("</p>\n"_h);
}

void code_select(Html& h, Markup name, const Msg& label, NoticeWord set, std::string_view chosen) {
  h("<p class=f><label>"_h, label, "<select name="_h, name, ">"_h);
  for (const std::string_view code : notice_codes(set)) {
    h("<option value=\""_h, code, code == chosen ? "\" selected>"_h : "\">"_h);
    notice_word(h, set, code);
    h("</option>"_h);
  }
  h("</select></label></p>\n"_h);
}

void form_problems(Html& h, std::span<const FormProblem> problems) {
  if (problems.empty()) return;
  h("<div class=\"msg bad\" role=alert tabindex=-1 id=problems autofocus><p><b>"_h, notice::problems_title,
    "</b></p><ul>"_h);
  for (const FormProblem& one : problems) {
    h("<li><a href=\"#f-"_h, one.field, "\">"_h);
    notice_word(h, NoticeWord::field, one.field);
    h("</a>"_h);
    if (one.line > 0) h(", "_h).say(notice::line_number, static_cast<std::int64_t>(one.line));
    h(": "_h, one.sentence);
  }
  h("</ul></div>\n"_h);
}

void text_input(Html& h, const TextInput& input, std::span<const FormProblem> problems) {
  const bool wrong =
      std::ranges::any_of(problems, [&](const FormProblem& one) { return one.field == input.name.view(); });
  h("<p class=\"f"_h, wrong ? " wrong"_h : ""_h, "\"><label for=\"f-"_h, input.name, "\">"_h, input.label);
  if (!input.required) h(" <span class=opt>"_h, desk::optional_note, "</span>"_h);
  h("</label>"_h);
  if (input.hint != nullptr) h("<span class=sign-hint id=\"h-"_h, input.name, "\">"_h, *input.hint, "</span>"_h);
  if (input.rows > 0)
    h("<textarea rows="_h, Plain{static_cast<std::int64_t>(input.rows)});
  else
    h("<input type=text"_h);
  h(" id=\"f-"_h, input.name, "\" name="_h, input.name, " autocomplete=off spellcheck=false"_h,
    input.required ? " required"_h : ""_h, wrong ? " aria-invalid=true"_h : ""_h);
  if (input.hint != nullptr) h(" aria-describedby=\"h-"_h, input.name, "\""_h);
  if (input.rows > 0)
    h(">\n"_h, input.value, "</textarea></p>\n"_h);
  else
    h(" value=\""_h, input.value, "\"></p>\n"_h);
}

void open_file_form(Html& h, const NoticeFrame& frame, Markup action, std::initializer_list<Hidden> hidden) {
  h("<form method=post enctype=\"multipart/form-data\" action="_h, action, "><input type=hidden name=csrf value=\""_h,
    frame.desk.csrf, "\">"_h);
  for (const Hidden& one : hidden) h("<input type=hidden name="_h, one.name, " value=\""_h, one.value, "\">"_h);
}

}  // namespace scrutineer::ui
