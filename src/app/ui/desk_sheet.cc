// One sheet once its entries agree: its figures in full, what stands in its way, and what this person can sign.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"
#include "app/ui/message.h"
#include "app/ui/messages.h"
#include "app/ui/result_block.h"
#include "app/ui/sheet.h"

namespace scrutineer::ui {

namespace {

using Finding = SheetPage::Finding;

// Every form of this page says which sheet it is about.
struct Acts {
  Html& h;
  const DeskFrame& frame;
  const SheetPage& page;

  void sign(Markup act, std::string_view text, const SignWords& words, Weight weight = Weight::primary) const {
    sign_form(h, frame, "/desk/sheet/sign"_h, text, words,
              {{"unit"_h, page.unit_id}, {"contest"_h, page.contest_id}, {"act"_h, act.view()}}, weight);
  }
  void ask_reason(Markup act, std::string_view code, const Msg& label, const Msg& button,
                  Weight weight = Weight::secondary) const {
    open_form(h, frame, "/desk/sheet/reason"_h,
              {{"unit"_h, page.unit_id}, {"contest"_h, page.contest_id}, {"act"_h, act.view()}, {"code"_h, code}});
    area_field(h, "reason"_h, label, nullptr, FieldNeed::required);
    h("<p class=acts><button class="_h, weight == Weight::primary ? "go>"_h : "second>"_h, button,
      "</button></p></form>\n"_h);
  }
};

// A record that was made from a reason or a photo stands before everything else until it is signed.
bool something_made(const SheetPage& page) {
  for (const Finding& finding : page.findings)
    if (!finding.accept_text.empty()) return true;
  return !page.refuse_text.empty() || !page.remark_text.empty() || !page.attach_text.empty();
}

void one_finding(Html& h, const Acts& acts, const Finding& finding, Weight weight) {
  h("<li><p><span class=\"st "_h, finding.error ? "look\">"_h : "half\">"_h, finding.error ? msg::error : msg::warning,
    "</span> <code>"_h, finding.code, "</code> "_h, finding.sentence, "</p>"_h);
  if (!finding.accepted.empty()) {
    h("<p>"_h, msg::accepted, " <q"_h).name_lang()(">"_h, finding.accepted, "</q></p>"_h);
  } else if (!finding.accept_text.empty()) {
    acts.sign("accept"_h, finding.accept_text, {desk::accept_meaning, desk::accept_button});
  } else if (finding.error && acts.page.act == SheetPage::Act::accept) {
    acts.ask_reason("accept"_h, finding.code, desk::accept_reason, desk::accept_make, weight);
  } else if (finding.error) {
    h("<p class=fine>"_h, desk::accept_needed, "</p>"_h);
  }
}

void findings(Html& h, const Acts& acts) {
  if (acts.page.findings.empty()) return;
  h("<section class=\"card again\" aria-labelledby=findings><h2 id=findings>"_h, msg::findings, "</h2><ul>\n"_h);
  Weight weight = something_made(acts.page) ? Weight::secondary : Weight::primary;
  for (const Finding& finding : acts.page.findings) {
    one_finding(h, acts, finding, weight);
    if (finding.error && finding.accepted.empty()) weight = Weight::secondary;
  }
  h("</ul></section>\n"_h);
}

void main_act(Html& h, const Acts& acts) {
  const SheetPage& page = acts.page;
  const Weight weight = something_made(page) ? Weight::secondary : Weight::primary;
  if (page.text.empty()) {
    if (page.act != SheetPage::Act::accept) h("<p class=fine>"_h, desk::nothing_to_sign, "</p>"_h);
    return;
  }
  h("<section class=\"card act\">"_h);
  if (page.act == SheetPage::Act::announce)
    acts.sign("announce"_h, page.text, {desk::announce_meaning, desk::announce_button}, weight);
  else if (page.act == SheetPage::Act::sign)
    acts.sign("sign"_h, page.text, {desk::sign_meaning, desk::sign_button}, weight);
  h("</section>\n"_h);
}

// What was made from a reason or a photo, to be signed now.
void made_acts(Html& h, const Acts& acts) {
  const SheetPage& page = acts.page;
  const auto card = [&](const Msg& title, Markup act, std::string_view text, const SignWords& words) {
    if (text.empty()) return;
    h("<section class=\"card act\"><h2>"_h, title, "</h2>"_h);
    acts.sign(act, text, words);
    h("</section>\n"_h);
  };
  card(desk::refuse_title, "refuse"_h, page.refuse_text, {desk::refuse_meaning, desk::refuse_button});
  card(desk::remark_title, "remark"_h, page.remark_text, {desk::remark_meaning, desk::remark_button});
  card(desk::attach_title, "attach"_h, page.attach_text, {desk::attach_meaning, desk::attach_button});
}

void attach_form(Html& h, const Acts& acts) {
  const SheetPage& page = acts.page;
  h("<details class=away><summary>"_h, desk::attach_title, "</summary><form method=post enctype=multipart/form-data "_h,
    "action=/desk/sheet/attach><input type=hidden name=csrf value=\""_h, acts.frame.csrf,
    "\"><input type=hidden name=unit value=\""_h, page.unit_id, "\"><input type=hidden name=contest value=\""_h,
    page.contest_id, "\"><p class=fine>"_h, desk::attach_lead, "</p><p class=f><label>"_h, desk::attach_file,
    "<input type=file name=file required accept=\"image/jpeg,image/png,application/pdf\"></label></p>"_h);
  text_field(h, "note"_h, desk::attach_note, FieldNeed::optional);
  h("<p class=acts><button class=second>"_h, desk::attach_send, "</button></p></form></details>\n"_h);
}

void reason_box(Html& h, const Acts& acts, Markup act, const Msg& title, const Msg& label) {
  h("<details class=away><summary>"_h, title, "</summary>"_h);
  acts.ask_reason(act, {}, label, desk::proceed);
  h("</details>\n"_h);
}

void correct_form(Html& h, const Acts& acts) {
  h("<details class=away><summary>"_h, desk::correct_title, "</summary>"_h);
  open_form(h, acts.frame, "/desk/sheet/correct"_h,
            {{"unit"_h, acts.page.unit_id}, {"contest"_h, acts.page.contest_id}});
  h("<p class=fine>"_h, desk::correct_lead, "</p>"_h);
  area_field(h, "reason"_h, desk::correct_reason, nullptr, FieldNeed::required);
  text_field(h, "order"_h, desk::correct_order, FieldNeed::optional);
  h("<p class=acts><button class=second>"_h, desk::correct_button, "</button></p></form></details>\n"_h);
}

void other_acts(Html& h, const Acts& acts) {
  const SheetPage& page = acts.page;
  if (!page.may_refuse && !page.may_remark && !page.may_attach && !page.may_correct) return;
  h("<section class=others><h2>"_h, desk::other_acts, "</h2>"_h);
  if (page.may_remark) reason_box(h, acts, "remark"_h, desk::remark_title, desk::remark_reason);
  if (page.may_refuse) reason_box(h, acts, "refuse"_h, desk::refuse_title, desk::refuse_reason);
  if (page.may_attach) attach_form(h, acts);
  if (page.may_correct) correct_form(h, acts);
  h("</section>\n"_h);
}

void attachments(Html& h, const SheetPage& page) {
  h("<h3>"_h, desk::attachments, "</h3>"_h);
  if (page.attachments.empty()) {
    h("<p class=fine>"_h, desk::attachments_none, "</p>"_h);
    return;
  }
  h("<ul>"_h);
  std::int64_t number = 0;
  for (const std::string& hash : page.attachments) {
    const std::string_view all = hash;
    h("<li><a href=\"/blob/"_h, all.substr(0, 2), "/"_h, all.substr(all.size() < 2 ? all.size() : 2, 2), "/"_h, all,
      "\">"_h)
        .say(desk::attachment_n, ++number)("</a> <code>"_h, all.substr(0, 16), "…</code>"_h);
  }
  h("</ul>"_h);
}

void entered_by(Html& h, const SheetPage& page) {
  if (page.entered_by.empty()) return;
  static constexpr const Msg* kReadings[] = {&desk::first_reading, &desk::second_reading, &desk::third_reading};
  h("<h3>"_h, desk::entered_by, "</h3><ul>"_h);
  for (std::size_t i = 0; i < page.entered_by.size(); ++i)
    h("<li>"_h, *kReadings[i < 2 ? i : 2], ": <b>"_h, page.entered_by[i], "</b>"_h);
  h("</ul>"_h);
}

constexpr Msg kNoFiguresYet{"두 입력이 같아질 때까지 수치는 아무에게도 보이지 않습니다.",
                            "Figures are shown to nobody until the two entries agree."};

bool has_figures(const SheetPage& page) {
  return page.state > DeskState::different || !page.sheet.record_id.empty();
}

void figures(Html& h, const Site& site, const SheetPage& page) {
  if (!has_figures(page)) {
    h("<p class=notyet>"_h, kNoFiguresYet, "</p>"_h);
    return;
  }
  h("<section class=sheet><h2>"_h, msg::sheet, "</h2><p>"_h, word(page.sheet.how));
  if (!page.sheet.counted_at.empty()) h(" · "_h, msg::counted_at, " "_h, page.sheet.counted_at);
  if (!page.sheet.announced_at.empty()) h(" · "_h, msg::announced_at, " "_h, page.sheet.announced_at);
  h("</p>"_h);
  if (page.state != DeskState::in_effect) h("<p class=notyet>"_h, desk::not_signed_yet, "</p>"_h);
  figure_tiles(h, page.sheet.figures);
  sheet_table(h, site.contests[page.sheet.contest], page.sheet);
  h("</section>\n"_h);
}

void record_line(Html& h, const SheetPage& page) {
  if (page.record_id.empty()) return;
  h("<p class=id>"_h, msg::record_id, " <a href=\"/explore?q="_h);
  h(query_encoded(page.record_id));
  h("\"><code>"_h, page.record_id, "</code></a></p>"_h);
}

}  // namespace

std::string render_sheet(const DeskFrame& frame, const Site& site, const SheetPage& page) {
  Html h = desk_html(frame, site.data_lang, 24 << 10);
  open_desk(h, {frame, page.unit.name, DeskSection::home});
  h("<h1"_h).name_lang()(">"_h, page.unit.name, "</h1>"_h);
  unit_line(h, site, page.unit_id, page.kind, page.sheet.contest);
  h("<p>"_h);
  chip(h, page.state);
  h("</p>"_h);
  message_box(h, page.message);
  const Acts acts{h, frame, page};
  made_acts(h, acts);
  findings(h, acts);
  figures(h, site, page);
  main_act(h, acts);
  h("<div class=cols><div>"_h);
  Sheet people = page.sheet;
  people.findings.clear();  // said above, where something can be done about them
  sheet_people(h, people);
  h("</div><div>"_h);
  entered_by(h, page);
  attachments(h, page);
  record_line(h, page);
  h("</div></div>"_h);
  other_acts(h, acts);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
