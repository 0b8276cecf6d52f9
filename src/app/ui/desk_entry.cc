// Typing a sheet: one page a section, from the paper, never computing. Also the third reading of what differs.
#include "app/ui/desk_fields.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"

namespace scrutineer::ui {

namespace {

const Msg& reading_word(std::int64_t reading) {
  return reading == 1 ? desk::first_reading : reading == 2 ? desk::second_reading : desk::third_reading;
}

// Plain text inputs: arrow keys and wheels change nothing, and what was typed stays as it was typed.
void one_input(Html& h, const EntryField& field, bool focus) {
  h("<input type=text id=\"f-"_h, field.name, "\" name=\""_h, field.name, "\" value=\""_h, field.value,
    field.is_text ? "\" class=word"_h : "\" inputmode=numeric pattern=\"[0-9 ,]*|-\" maxlength=16"_h,
    " autocomplete=off spellcheck=false"_h);
  if (field.problem) h(" aria-invalid=true aria-describedby=\"p-"_h, field.name, "\""_h);
  h(focus ? " autofocus>"_h : ">"_h);
}

void steps_line(Html& h, const EntryPage& page) {
  const auto sections = static_cast<std::int64_t>(page.sections);
  h("<p class=steps-line><span>"_h).say(desk::page_of, page.section + 1, sections)("</span>"_h);
  h("<span class=dots aria-hidden=true>"_h);
  for (std::size_t i = 0; i < page.sections; ++i)
    h(i < page.section ? "<i class=was></i>"_h : i == page.section ? "<i class=is></i>"_h : "<i></i>"_h);
  h("</span></p>"_h);
}

// Where Enter is pressed without JavaScript, browsers take the first button: the one that goes on.
void go_buttons(Html& h, const EntryPage& page) {
  h("<p class=acts><button class=go name=go value=next>"_h, desk::next, "</button>"_h);
  if (page.section > 0) h("<button class=second name=go value=back formnovalidate>"_h, desk::back, "</button>"_h);
  h("</p><p class=fine>"_h, desk::enter_hint, ". "_h, desk::kept, "</p>"_h);
}

void discard_form(Html& h, const DeskFrame& frame, std::string_view token) {
  h("<details class=away><summary>"_h, desk::discard, "</summary>"_h);
  open_form(h, frame, "/desk/entry/discard"_h, {{"entry"_h, token}});
  h("<p>"_h, desk::discard_sure, "</p><p class=acts><button class=second>"_h, desk::discard_yes,
    "</button></p></form></details>\n"_h);
}

// Its inputs are the sheet's fields and nothing else, so the address says which sheet a refusal leads back to.
void open_inputs(Html& h, const DeskFrame& frame, Markup action, std::string_view unit, std::string_view contest,
                 std::string_view token) {
  h("<form method=post data-entry novalidate autocomplete=off action=\""_h);
  if (contest.empty())
    h(action);
  else
    unit_address(h, action, unit, contest);
  h("\"><input type=hidden name=csrf value=\""_h, frame.csrf, "\"><input type=hidden name=entry value=\""_h, token,
    "\">"_h);
}

void head_of(Html& h, const Site& site, const NodeRef& unit, std::string_view id, std::string_view kind,
             std::size_t contest) {
  h("<h1"_h).name_lang()(">"_h, unit.name, "</h1>"_h);
  unit_line(h, site, id, kind, contest);
}

bool any_empty(std::span<const EntryField> fields) {
  for (const EntryField& field : fields)
    if (field.value.empty()) return true;
  return false;
}

}  // namespace

void field_label(Html& h, const EntryField& field) {
  if (field.option_name.empty()) {
    h("<b>"_h, field.label, "</b>"_h);
    return;
  }
  h("<b"_h).name_lang()(">"_h, field.option_name, "</b> <span>"_h, field.label, "</span>"_h);
}

void entry_fields(Html& h, std::span<const EntryField> fields, FocusRule focus) {
  bool wanted = focus == FocusRule::first_empty;
  const bool nothing_empty = !any_empty(fields);
  h("<div class=fields>\n"_h);
  for (const EntryField& field : fields) {
    const bool here = wanted && (field.value.empty() || nothing_empty);
    h(field.problem ? "<div class=\"fd wrong\">"_h : "<div class=fd>"_h, "<label for=\"f-"_h, field.name, "\">"_h);
    field_label(h, field);
    h("</label>"_h);
    one_input(h, field, here);
    if (field.problem) h("<p class=why id=\"p-"_h, field.name, "\">"_h, *field.problem, "</p>"_h);
    h("</div>\n"_h);
    if (here) wanted = false;
  }
  h("</div>\n"_h);
}

void reading_name(Html& h, std::int64_t round, std::int64_t reading) {
  h("<b class=rd>"_h, reading_word(reading));
  if (round > 1) h(" · "_h).say(desk::round_n, round);
  h("</b>"_h);
}

std::string render_entry(const DeskFrame& frame, const Site& site, const EntryPage& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.fields.fields.size() * 400);
  open_desk(h, {frame, page.unit.name, DeskSection::home});
  head_of(h, site, page.unit, page.unit_id, page.kind, page.contest);
  h("<p class=mode>"_h);
  reading_name(h, page.round, page.reading);
  h(" "_h, page.reading == 2 ? desk::second_lead : desk::entry_lead, "</p>"_h);
  const std::span<const EntryField> fields = page.fields.fields;
  message_box(h, page.message, fields);
  bool problems = takes_focus(page.message);
  for (const EntryField& field : fields) problems |= field.problem.has_value();
  h("<section class=\"card entry\">"_h);
  const std::string section = std::to_string(page.section);
  open_inputs(h, frame, "/desk/entry"_h, page.unit_id, page.contest_id, page.token);
  h("<input type=hidden name=section value="_h, section, "><div class=ehead><h2>"_h, page.fields.title, "</h2>"_h);
  steps_line(h, page);
  h("</div>"_h);
  if (page.machine_filled) h("<p class=fine>"_h, desk::machine_filled, "</p>"_h);
  entry_fields(h, fields, problems ? FocusRule::none : FocusRule::first_empty);
  go_buttons(h, page);
  h("</form></section>"_h);
  discard_form(h, frame, page.token);
  close_desk(h, frame);
  return std::move(h).take();
}

std::string render_third(const DeskFrame& frame, const Site& site, const ThirdReading& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.fields.size() * 400);
  open_desk(h, {frame, page.unit.name, DeskSection::home});
  head_of(h, site, page.unit, page.unit_id, {}, page.contest);
  h("<p class=mode>"_h);
  reading_name(h, page.round, 3);
  h(" "_h, desk::third_lead, "</p>"_h);
  message_box(h, page.message, page.fields);
  bool problems = takes_focus(page.message);
  for (const EntryField& field : page.fields) problems |= field.problem.has_value();
  const bool signing = !page.text.empty();
  h("<section class=\"card entry\">"_h);
  open_inputs(h, frame, "/desk/third"_h, page.unit_id, page.contest_id, page.token);
  h("<div class=ehead><h2>"_h).say(desk::third_count, page.fields.size())("</h2></div>"_h);
  entry_fields(h, page.fields, problems || signing ? FocusRule::none : FocusRule::first_empty);
  h("<p class=acts><button class="_h, signing ? "second"_h : "go"_h, " name=go value=next>"_h,
    signing ? desk::change : desk::next, "</button></p></form></section>\n"_h);
  if (signing) {
    h("<section class=card>"_h);
    sign_form(h, frame, "/desk/third/sign"_h, page.text, {desk::third_meaning, desk::third_sign},
              {{"entry"_h, page.token}});
    h("</section>\n"_h);
  }
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
