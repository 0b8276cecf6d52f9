// Who is on duty, what was said in public, and with which keys.
#include "app/ui/desk_messages.h"
#include "app/ui/desk_words.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

void open_table(Html& h, const Msg& name) {
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, name, "\"><table class=lines><caption class=vh>"_h, name,
    "</caption><thead><tr>"_h);
}

void agreement_select(Html& h, const std::vector<ComposePage::Agreement>& agreements) {
  h("<p class=f><label>"_h, notice::f_agreement, "<select name=agreement>"_h);
  for (const ComposePage::Agreement& one : agreements)
    h("<option value=\""_h, one.id, "\">"_h, one.institution, "</option>"_h);
  h("</select></label></p>\n"_h);
}

void names(Html& h, const std::vector<std::string>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) h(i == 0 ? ""_h : "<br>"_h, list[i]);
}

void name_boxes(Html& h, Markup name, const Msg& label, const std::vector<std::string>& people) {
  h("<fieldset class=sign-with><legend>"_h, label, "</legend>"_h);
  for (std::size_t i = 0; i < people.size(); ++i)
    h("<p class=sign-way><input type=checkbox name="_h, name, " id="_h, name, "-"_h,
      Plain{static_cast<std::int64_t>(i)}, " value=\""_h, people[i], "\"><label for="_h, name, "-"_h,
      Plain{static_cast<std::int64_t>(i)}, ">"_h, people[i], "</label></p>"_h);
  h("</fieldset>\n"_h);
}

void not_a_representative(Html& h) {
  h("<p class=fine>"_h, notice::only_representatives, "</p>"_h);
}

}  // namespace

std::string render_duty(const NoticeFrame& frame, const DutyPage& page) {
  Html h = desk_html(frame.desk, {}, 12 << 10);
  open_notice(h, frame, notice::duty_title.in(frame.desk.lang), NoticeSection::duty);
  h("<h1>"_h, notice::duty_title, "</h1>"_h);
  message_box(h, page.message);
  h("<p>"_h, notice::duty_lead, "</p>"_h);
  if (page.rotas.empty()) {
    h("<p class=empty>"_h, notice::duty_none, "</p>"_h);
  } else {
    open_table(h, notice::duty_table);
    h("<th scope=col>"_h, notice::f_from, "<th scope=col class=l>"_h, notice::f_until, "<th scope=col class=l>"_h,
      notice::col_party, "<th scope=col class=l>"_h, notice::f_officers, "<th scope=col class=l>"_h, notice::f_deputies,
      "<th scope=col class=l>"_h, notice::col_state, "<tbody>\n"_h);
    for (const DutyPage::Rota& one : page.rotas) {
      h("<tr><th scope=row>"_h, one.from, "<td class=l>"_h, one.until, "<td class=l>"_h, one.party, "<td class=l>"_h);
      names(h, one.officers);
      h("<td class=l>"_h);
      names(h, one.deputies);
      h("<td class=l>"_h);
      if (one.now) h("<span class=\"st ok\">"_h, notice::duty_now, "</span>"_h);
      if (one.afterwards) h("<span class=\"st look\">"_h, notice::duty_afterwards, "</span>"_h);
      h("\n"_h);
    }
    h("</table></div>\n"_h);
  }
  h("<h2>"_h, notice::duty_new, "</h2>"_h);
  if (page.may_sign) {
    open_form(h, frame.desk, "/desk/duty"_h, {});
    agreement_select(h, page.agreements);
    h("<div class=two>"_h);
    text_input(
        h, {.name = "from"_h, .label = notice::f_from, .value = {}, .hint = &notice::f_when_hint, .required = true});
    text_input(
        h, {.name = "until"_h, .label = notice::f_until, .value = {}, .hint = &notice::f_when_hint, .required = true});
    h("</div>"_h);
    name_boxes(h, "officer"_h, notice::f_officers, page.people);
    name_boxes(h, "deputy"_h, notice::f_deputies, page.people);
    h("<p class=acts><button class=go>"_h, notice::proceed, "</button></p></form>\n"_h);
  } else {
    not_a_representative(h);
  }
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_statements(const NoticeFrame& frame, const StatementsPage& page) {
  Html h = desk_html(frame.desk, {}, 12 << 10);
  open_notice(h, frame, notice::statements_title.in(frame.desk.lang), NoticeSection::statements);
  h("<h1>"_h, notice::statements_title, "</h1>"_h);
  message_box(h, page.message);
  h("<p>"_h, notice::statements_lead, "</p>"_h);
  if (page.statements.empty()) {
    h("<p class=empty>"_h, notice::statements_none, "</p>"_h);
  } else {
    open_table(h, notice::statements_table);
    h("<th scope=col>"_h, notice::f_claim, "<th scope=col class=l>"_h, notice::col_who, "<th scope=col class=l>"_h,
      notice::f_about, "<th scope=col class=l>"_h, notice::col_known, "<th scope=col class=l>"_h, notice::f_words,
      "<tbody>\n"_h);
    for (std::size_t i = 0; i < page.statements.size(); ++i) {
      const NoticeStepRow& one = page.statements[i];
      h("<tr><th scope=row><b>"_h);
      notice_word(h, NoticeWord::claim, one.code);
      h("</b><td class=\"l wide\">"_h, one.party, "<br><small>"_h);
      names(h, one.signers);
      h("</small><td class=l>"_h);
      if (page.about[i].empty())
        h(notice::about_all);
      else
        h(page.about[i]);
      h("<td class=l>"_h, one.known, "<td class=\"l wide\">"_h);
      if (!one.words.empty()) h("<q>"_h, one.words, "</q>"_h);
      if (!one.detail.empty()) h(" <small>"_h, one.detail, "</small>"_h);
      h("\n"_h);
    }
    h("</table></div>\n"_h);
  }
  if (page.may_sign) {
    h("<h2>"_h, notice::statement_new, "</h2>"_h);
    open_form(h, frame.desk, "/desk/statements"_h, {});
    agreement_select(h, page.agreements);
    h("<p class=f><label>"_h, notice::f_claim, "<select name=claim>"_h);
    for (const std::string& code : page.claims) {
      h("<option value=\""_h, code, "\">"_h);
      notice_word(h, NoticeWord::claim, code);
      h("</option>"_h);
    }
    h("</select></label></p><p class=f><label>"_h, notice::f_about, "<select name=notice><option value=\"\">"_h,
      notice::about_all, "</option>"_h);
    for (const NoticeRow& row : page.notices)
      h("<option value=\""_h, row.id, "\">"_h, row.number, " · "_h, row.other, " · "_h, row.sent, "</option>"_h);
    h("</select></label></p>"_h);
    text_input(h, {.name = "time"_h, .label = notice::f_time, .value = {}, .hint = &notice::f_when_hint});
    text_input(h, {.name = "words"_h, .label = notice::f_words, .value = {}, .rows = 2});
    text_input(h, {"source"_h, notice::f_source, {}});
    h("<p class=acts><button class=go>"_h, notice::proceed, "</button></p></form>\n"_h);
  }
  close_desk(h, frame.desk);
  return std::move(h).take();
}

namespace {

void agreed_keys(Html& h, const KeysPage::Agreement& agreement) {
  open_table(h, notice::keys_table);
  h("<th scope=col>"_h, notice::col_key, "<th scope=col class=l>"_h, notice::col_party, "<th scope=col class=l>"_h,
    notice::col_part, "<th scope=col class=l>"_h, notice::col_duty, "<th scope=col class=l>"_h, notice::col_live,
    "<tbody>\n"_h);
  for (const KeysPage::Party& party : agreement.parties)
    for (const KeysPage::Key& key : party.keys) {
      h("<tr><th scope=row><b>"_h, key.name, "</b> <span>"_h, key.id, "</span><td class=l>"_h, party.title,
        "<td class=l>"_h);
      notice_word(h, NoticeWord::part, key.part);
      h("<td class=l>"_h);
      if (!key.duty.empty()) desk_role(h, key.duty);
      h(key.removed ? "<td class=l><span class=st>"_h : "<td class=l><span class=\"st ok\">"_h,
        key.removed ? notice::key_removed : notice::key_live, "</span><details><summary>"_h, notice::col_value,
        "</summary><code>"_h, key.key, "</code></details>\n"_h);
    }
  h("</table></div>\n"_h);
}

void agreed_terms(Html& h, const KeysPage::Agreement& one) {
  h("<h3>"_h, notice::terms, "</h3><p>"_h)
      .say(notice::terms_line, one.quorum, one.witness_quorum, one.heartbeat)(
          "</p><p>"_h, one.received == "available" ? notice::received_available : notice::received_receipt,
          "</p><ul>"_h);
  for (const NoticeClock& clock : one.deadlines) {
    h("<li><b>"_h);
    notice_word(h, NoticeWord::step, clock.step);
    h("</b> "_h);
    duration(h, clock.seconds);
    h(" → "_h);
    notice_word(h, NoticeWord::escalate, clock.then);
    if (!clock.law.empty()) h(" <small>"_h, clock.law, "</small>"_h);
    h("\n"_h);
  }
  h("</ul>"_h);
}

void key_change(Html& h, const NoticeFrame& frame, const KeysPage& page) {
  h("<h2>"_h, notice::key_change, "</h2>"_h);
  if (!page.may_sign) return not_a_representative(h);
  open_form(h, frame.desk, "/desk/keys"_h, {});
  h("<p class=f><label>"_h, notice::f_agreement, "<select name=agreement>"_h);
  for (const KeysPage::Agreement& one : page.agreements)
    h("<option value=\""_h, one.id, "\">"_h, one.title, "</option>"_h);
  h("</select></label></p><p class=f><label>"_h, notice::f_part, "<select name=part>"_h);
  for (const Markup part : {"person"_h, "machine"_h, "box"_h}) {
    h("<option value="_h, part, ">"_h);
    notice_word(h, NoticeWord::part, part.view());
    h("</option>"_h);
  }
  h("</select></label></p><p class=f><label>"_h, notice::col_duty, "<select name=duty>"_h);
  for (const Markup duty : {"officer"_h, "deputy"_h, "telephone"_h, "representative"_h}) {
    h("<option value="_h, duty, ">"_h);
    desk_role(h, duty.view());
    h("</option>"_h);
  }
  h("</select></label></p>"_h);
  text_input(h, {"add"_h, notice::f_add, {}});
  text_input(h, {"remove"_h, notice::f_remove, {}});
  text_input(h, {.name = "reason"_h, .label = notice::f_key_reason, .value = {}, .required = true});
  h("<p class=acts><button class=second>"_h, notice::proceed, "</button></p></form>\n"_h);
}

}  // namespace

std::string render_keys(const NoticeFrame& frame, const KeysPage& page) {
  Html h = desk_html(frame.desk, {}, 16 << 10);
  open_notice(h, frame, notice::keys_title.in(frame.desk.lang), NoticeSection::keys);
  h("<h1>"_h, notice::keys_title, "</h1>"_h);
  message_box(h, page.message);
  for (const KeysPage::Agreement& one : page.agreements) {
    h("<section class=card><h2>"_h, one.title, " "_h,
      one.in_effect ? "<span class=\"st ok\">"_h : "<span class=\"st look\">"_h,
      one.in_effect ? notice::agreement_in_effect : notice::agreement_waiting, "</span></h2><p class=id><code>"_h,
      one.id, "</code></p>"_h);
    if (one.sign) to_sign_form(h, frame, *one.sign);
    agreed_terms(h, one);
    h("<details><summary>"_h, notice::keys_table, "</summary>"_h);
    agreed_keys(h, one);
    h("</details></section>\n"_h);
  }
  key_change(h, frame, page);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
