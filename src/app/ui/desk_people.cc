// For coordinators: who may do what, and whom the door turned away.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"

namespace scrutineer::ui {

namespace {

bool may_revoke_any(const PeoplePage& page) {
  for (const PeoplePage::Row& row : page.rows)
    if (row.may_revoke) return true;
  return false;
}

void revoke_cell(Html& h, const DeskFrame& frame, const PeoplePage::Row& row) {
  h("<td class=l>"_h);
  if (!row.may_revoke || !row.revoke_text.empty()) return;
  h("<details><summary aria-label=\""_h).say(desk::revoke_of, row.name)("\">"_h, desk::revoke, "</summary>"_h);
  open_form(h, frame, "/desk/people/revoke"_h, {{"grant"_h, row.grant_id}});
  area_field(h, "reason"_h, desk::revoke_reason, nullptr, FieldNeed::required);
  h("<button class=second>"_h, desk::proceed, "</button></form></details>"_h);
}

void one_row(Html& h, const DeskFrame& frame, const PeoplePage::Row& row, bool revocable) {
  h("<tr><th scope=row><b>"_h, row.name, "</b><td class=l>"_h);
  desk_role(h, row.role);
  h("<td class=l"_h)
      .name_lang()(">"_h, row.scope,
                   row.live ? "<td class=l><span class=\"st ok\">"_h : "<td class=l><span class=st>"_h,
                   row.live ? desk::live_grant : desk::dead_grant, "</span>"_h);
  if (revocable) revoke_cell(h, frame, row);
  h("\n"_h);
}

void people(Html& h, const DeskFrame& frame, const PeoplePage& page) {
  const bool revocable = may_revoke_any(page);
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, desk::people_table,
    "\"><table class=lines><caption class=vh>"_h, desk::people_table, "</caption><thead><tr><th scope=col>"_h,
    desk::person, "<th scope=col class=l>"_h, desk::role_word, "<th scope=col class=l>"_h, desk::scope,
    "<th scope=col class=l>"_h, desk::state);
  if (revocable) h("<th scope=col class=l>"_h, desk::action);
  h("<tbody>\n"_h);
  for (const PeoplePage::Row& row : page.rows) one_row(h, frame, row, revocable);
  h("</table></div>\n"_h);
}

// What was made from a form and waits for this person's signature.
void to_sign(Html& h, const DeskFrame& frame, const PeoplePage& page) {
  if (!page.new_text.empty()) {
    h("<section class=\"card act\"><h2>"_h, desk::people_new, "</h2>"_h);
    sign_form(h, frame, "/desk/people/sign"_h, page.new_text, {desk::grant_meaning, desk::grant_sign}, {});
    h("</section>\n"_h);
  }
  for (const PeoplePage::Row& row : page.rows) {
    if (row.revoke_text.empty()) continue;
    h("<section class=\"card act\"><h2>"_h).say(desk::revoke_of, row.name)("</h2>"_h);
    sign_form(h, frame, "/desk/people/sign"_h, row.revoke_text, {desk::revoke_meaning, desk::revoke_sign}, {},
              page.new_text.empty() ? Weight::primary : Weight::secondary);
    h("</section>\n"_h);
  }
}

void role_choice(Html& h, Markup code, std::string_view name) {
  h("<option value="_h, code, ">"_h);
  desk_role(h, name);
  h("</option>"_h);
}

void new_form(Html& h, const DeskFrame& frame) {
  h("<details class=away><summary>"_h, desk::people_new, "</summary>"_h);
  open_form(h, frame, "/desk/people/new"_h, {});
  area_field(h, "vkey"_h, desk::vkey, &desk::vkey_hint, FieldNeed::required);
  h("<p class=f><label>"_h, desk::role_word, "<select name=role>"_h);
  role_choice(h, "typist"_h, "typist");
  role_choice(h, "member"_h, "member");
  role_choice(h, "observer"_h, "observer");
  role_choice(h, "chair"_h, "chair");
  h("</select></label></p>"_h);
  area_field(h, "units"_h, desk::units, &desk::units_hint, FieldNeed::required);
  h("<p class=acts><button class=second>"_h, desk::people_make, "</button></p></form></details>\n"_h);
}

void attempts(Html& h, const PeoplePage& page) {
  h("<h2>"_h, desk::attempts, "</h2>"_h);
  if (page.refused.empty()) {
    h("<p class=empty>"_h, desk::attempts_none, "</p>"_h);
    return;
  }
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, desk::attempts,
    "\"><table class=lines><caption class=vh>"_h, desk::attempts, "</caption><thead><tr><th scope=col>"_h, desk::at,
    "<th scope=col class=l>"_h, desk::client, "<th scope=col class=l>"_h, desk::claimed_name,
    "<th scope=col class=l>"_h, desk::reason, "<tbody>\n"_h);
  for (const PeoplePage::Attempt& attempt : page.refused)
    h("<tr><th scope=row>"_h, attempt.at, "<td class=l>"_h, attempt.client, "<td class=l>"_h, attempt.name,
      "<td class=\"l wide\">"_h, attempt.reason, "\n"_h);
  h("</table></div>\n"_h);
}

}  // namespace

std::string render_people(const DeskFrame& frame, const Site& site, const PeoplePage& page) {
  Html h = desk_html(frame, site.data_lang, 32 << 10);
  open_desk(h, {frame, desk::people_title.in(frame.lang), DeskSection::people});
  h("<h1>"_h, desk::people_title, "</h1>"_h);
  message_box(h, page.message);
  to_sign(h, frame, page);
  people(h, frame, page);
  new_form(h, frame);
  attempts(h, page);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
