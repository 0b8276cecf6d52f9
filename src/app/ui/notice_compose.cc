// The forms in which notices are written and answered.
#include <algorithm>

#include "app/ui/desk_messages.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

void recipients(Html& h, const ComposePage& page) {
  if (!page.of.empty()) return;  // a version goes where the first went
  const auto chosen = [&](std::string_view id) {
    return std::ranges::find(page.form.agreements, id) != page.form.agreements.end();
  };
  h("<fieldset class=sign-with id=f-institution><legend>"_h, notice::f_to, "</legend><p class=sign-hint>"_h,
    notice::f_to_hint, "</p>"_h);
  if (page.agreements.size() > 1)
    h("<p class=sign-way><input type=checkbox id=to-all name=all value=1"_h, chosen("all") ? " checked>"_h : ">"_h,
      "<label for=to-all>"_h, notice::f_all, "</label></p>"_h);
  h("<div class=tick>"_h);
  std::int64_t number = 0;
  for (const ComposePage::Agreement& one : page.agreements) {
    h("<p class=sign-way><input type=checkbox name=agreement id=to-"_h, Plain{number}, " value=\""_h, one.id,
      chosen(one.id) || page.agreements.size() == 1 ? "\" checked>"_h : "\">"_h, "<label for=to-"_h, Plain{number},
      ">"_h, one.institution, "</label></p>\n"_h);
    ++number;
  }
  h("</div></fieldset>\n"_h);
}

void option(Html& h, Markup value, std::string_view chosen, std::string_view text) {
  h("<option value=\""_h, value, value.view() == chosen ? "\" selected>"_h : "\">"_h, text, "</option>"_h);
}

void attribution(Html& h, const ComposePage& page) {
  const NoticeForm& form = page.form;
  h("<fieldset class=sign-with id=f-attribution><legend>"_h, notice::f_attribution, "</legend>"_h);
  for (const bool stated : {false, true}) {
    const Markup code = stated ? "stated"_h : "none"_h;
    h("<p class=sign-way><input type=radio name=attribution id=attribution-"_h, code, " value="_h, code,
      form.attribution == code.view() ? " checked>"_h : ">"_h, "<label for=attribution-"_h, code, ">"_h,
      stated ? notice::f_attribution_stated : notice::f_attribution_none, "</label></p>"_h);
  }
  h("<div class=two>"_h);
  text_input(h, {"actor"_h, notice::f_actor, form.actor}, page.problems);
  text_input(h, {"aliases"_h, notice::f_aliases, form.aliases}, page.problems);
  text_input(h, {"confidence"_h, notice::f_confidence, form.confidence}, page.problems);
  h("</div></fieldset>\n"_h);
}

void what_and_when(Html& h, const ComposePage& page) {
  const NoticeForm& form = page.form;
  text_input(h, {.name = "title"_h, .label = notice::f_title, .value = form.title, .required = true}, page.problems);
  text_input(h, {.name = "description"_h, .label = notice::f_description, .value = form.description, .rows = 5},
             page.problems);
  h("<div class=two>"_h);
  code_select(h, "attack"_h, notice::f_attack, NoticeWord::attack, form.attack);
  h("<p class=f><label>"_h, notice::f_tlp, "<select name=tlp>"_h);
  option(h, "clear"_h, form.tlp, "TLP:CLEAR");
  option(h, "green"_h, form.tlp, "TLP:GREEN");
  option(h, "amber"_h, form.tlp, "TLP:AMBER");
  option(h, "amber+strict"_h, form.tlp, "TLP:AMBER+STRICT");
  option(h, "red"_h, form.tlp, "TLP:RED");
  h("</select></label></p>"_h);
  text_input(h, {.name = "first"_h, .label = notice::f_first, .value = form.first, .hint = &notice::f_when_hint},
             page.problems);
  text_input(h, {.name = "last"_h, .label = notice::f_last, .value = form.last, .hint = &notice::f_when_hint},
             page.problems);
  h("</div>"_h);
}

void lines(Html& h, const ComposePage& page) {
  const NoticeForm& form = page.form;
  text_input(h, {"indicators"_h, notice::f_indicators, form.indicators, &notice::f_indicators_hint, false, 5},
             page.problems);
  text_input(h, {"affected"_h, notice::f_affected, form.affected, &notice::f_affected_hint, false, 3}, page.problems);
  text_input(h, {"told"_h, notice::f_told, form.told, &notice::f_told_hint, false, 3}, page.problems);
  text_input(h, {"observations"_h, notice::f_observed, form.observations, &notice::f_observed_hint, false, 3},
             page.problems);
  text_input(h, {"relays"_h, notice::f_relays, form.relays, &notice::f_one_a_line, false, 2}, page.problems);
  text_input(h, {"actions"_h, notice::f_actions, form.actions, &notice::f_one_a_line, false, 3}, page.problems);
}

void files(Html& h, const Msg& label, Markup name, const std::vector<NoticeContent::File>& kept, bool several) {
  h("<p class=f><label for=f-"_h, name, ">"_h, label, " <span class=opt>"_h, desk::optional_note,
    "</span></label><input type=file id=f-"_h, name, " name="_h, name, several ? " multiple></p>"_h : "></p>"_h);
  if (kept.empty()) return;
  h("<p class=sign-hint>"_h, notice::f_files_kept, "</p><ul>"_h);
  for (const NoticeContent::File& file : kept) h("<li>"_h, file.name, " "_h).say(notice::bytes, file.size)("\n"_h);
  h("</ul>"_h);
}

}  // namespace

std::string render_compose(const NoticeFrame& frame, const ComposePage& page) {
  Html h = desk_html(frame.desk, {}, 24 << 10);
  const NoticeForm& form = page.form;
  open_notice(h, frame, notice::compose_title.in(frame.desk.lang), NoticeSection::compose);
  if (page.of.empty())
    h("<h1>"_h, notice::compose_title, "</h1>"_h);
  else
    h("<h1>"_h).say(notice::compose_version, page.of)("</h1>"_h);
  message_box(h, page.message);
  form_problems(h, page.problems);
  h("<p>"_h, notice::compose_lead, "</p>"_h);
  if (page.of.empty() && page.agreements.empty()) {
    h("<p class=empty>"_h, notice::no_agreements, "</p>"_h);
    close_desk(h, frame.desk);
    return std::move(h).take();
  }
  open_file_form(h, frame, "/desk/compose"_h,
                 {{"draft"_h, form.draft}, {"change"_h, form.change}, {"replaces"_h, form.replaces}});
  if (page.of.empty())
    code_select(h, "kind"_h, notice::f_kind, NoticeWord::kind, form.kind);
  else
    h("<input type=hidden name=kind value=\""_h, form.kind, "\">"_h);
  recipients(h, page);
  what_and_when(h, page);
  attribution(h, page);
  lines(h, page);
  files(h, notice::f_files, "file"_h, form.files, true);
  h("<p class=f><label>"_h, notice::f_language, "<select name=language>"_h);
  option(h, "ko"_h, form.language, "한국어");
  option(h, "en"_h, form.language, "English");
  h("</select></label></p><p class=acts><button class=go>"_h, notice::to_preview, "</button></p></form>\n"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_answer_form(const NoticeFrame& frame, const AnswerForm& page) {
  Html h = desk_html(frame.desk, {}, 12 << 10);
  open_notice(h, frame, page.row.number, NoticeSection::none);
  h("<h1>"_h).say(notice::answer_form_title, page.row.number)("</h1>"_h);
  notice_line(h, page.row);
  message_box(h, page.message);
  form_problems(h, page.problems);
  h("<p>"_h, notice::answer_sealed, "</p>"_h);
  open_file_form(h, frame, "/desk/answer"_h, {{"id"_h, page.row.id}});
  h("<div class=two>"_h);
  code_select(h, "stage"_h, notice::f_stage, NoticeWord::stage, page.stage);
  code_select(h, "outcome"_h, notice::f_outcome, NoticeWord::outcome, page.outcome);
  h("</div>"_h);
  text_input(h, {.name = "actions"_h, .label = notice::f_done, .value = page.actions, .rows = 4}, page.problems);
  text_input(h, {"results"_h, notice::f_results, page.results, &notice::f_results_hint, false, 4}, page.problems);
  files(h, notice::f_hunt, "hunt"_h, {}, false);
  files(h, notice::f_files, "file"_h, {}, true);
  h("<p class=acts><button class=go>"_h, notice::to_preview, "</button></p></form>\n"_h);
  back_link(h, page.row.id);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_refuse(const NoticeFrame& frame, const RefuseForm& page) {
  Html h = desk_html(frame.desk, {}, 8 << 10);
  open_notice(h, frame, page.row.number, NoticeSection::none);
  h("<h1>"_h).say(notice::refuse_title, page.row.number)("</h1>"_h);
  notice_line(h, page.row);
  message_box(h, page.message);
  h("<p class=\"msg bad\">"_h, notice::refuse_warning, "</p>"_h);
  open_form(h, frame.desk, "/desk/refuse"_h, {{"id"_h, page.row.id}});
  code_select(h, "code"_h, notice::f_code, NoticeWord::refusal, {});
  text_input(h, {.name = "reason"_h, .label = notice::f_reason, .value = {}, .rows = 3});
  h("<p class=acts><button class=go>"_h, notice::proceed, "</button></p></form>\n"_h);
  back_link(h, page.row.id);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_call(const NoticeFrame& frame, const CallPage& page) {
  Html h = desk_html(frame.desk, {}, 8 << 10);
  open_notice(h, frame, page.row.number, NoticeSection::none);
  h("<h1>"_h).say(notice::call_title, page.row.number)("</h1>"_h);
  notice_line(h, page.row);
  message_box(h, page.message);
  h("<p>"_h, notice::call_lead, "</p>"_h);
  for (const std::string& one : page.telephones) h("<p>"_h, notice::call_number, ": <b>"_h, one, "</b></p>"_h);
  // Digit by digit for a screen reader, in two groups for the eye.
  h("<p>"_h, notice::call_code, "</p><p class=code><b aria-hidden=true>"_h, page.code.substr(0, 4), " "_h,
    page.code.size() > 4 ? page.code.substr(4) : std::string(), "</b><span class=vh>"_h);
  for (const char digit : page.code) h(std::string_view(&digit, 1), " "_h);
  h("</span></p>\n"_h);
  open_form(h, frame.desk, "/desk/call"_h, {{"id"_h, page.row.id}, {"shown"_h, page.code}});
  h("<p class=f><label for=f-heard>"_h, notice::call_heard,
    "</label><input type=text id=f-heard name=heard inputmode=numeric pattern=\"[0-9 ]*\" maxlength=16 "
    "autocomplete=off "
    "required></p><p class=acts><button class=go>"_h,
    notice::proceed, "</button></p></form>\n<h2>"_h, notice::call_recorded, "</h2>"_h);
  if (page.recorded.empty()) h("<p>"_h, notice::call_none, "</p>"_h);
  h("<ul>"_h);
  for (const CallPage::Side& side : page.recorded)
    h("<li><b>"_h, side.ours ? notice::call_ours : notice::call_theirs, "</b> "_h, side.who, ", "_h, side.at, "\n"_h);
  h("</ul>"_h);
  if (!page.recorded.empty())
    h(page.proven ? "<p class=\"msg good\">"_h : "<p class=\"msg bad\">"_h,
      page.proven ? notice::call_proven : notice::call_claimed, "</p>"_h);
  back_link(h, page.row.id);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
