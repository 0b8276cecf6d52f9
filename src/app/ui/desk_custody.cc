// What happened to the ballot boxes and envelopes of a unit, and who saw it.
#include <span>

#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"
#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

void numbers(Html& h, const Msg& label, std::span<const std::string> all) {
  if (all.empty()) return;
  h("<div><dt>"_h, label, "<dd>"_h);
  for (std::size_t i = 0; i < all.size(); ++i) h(i == 0 ? ""_h : ", "_h, all[i]);
  h("</div>"_h);
}

void fact(Html& h, const Msg& label, std::string_view value) {
  if (!value.empty()) h("<div><dt>"_h, label, "<dd"_h).name_lang()(">"_h, value, "</div>"_h);
}

void one_row(Html& h, const DeskFrame& frame, const CustodyPage& page, const CustodyRow& row, Weight weight) {
  h("<li class=card><div class=ehead><h2>"_h);
  custody_object(h, row.object);
  h(" "_h, row.name, ": "_h);
  custody_event(h, row.event);
  h(row.in_effect ? "</h2><span class=\"st ok\">"_h : "</h2><span class=\"st half\">"_h,
    row.in_effect ? desk::in_effect : desk::more_signatures, "</span></div><dl class=facts>"_h);
  fact(h, desk::at, row.at);
  numbers(h, desk::seals, row.seals);
  numbers(h, desk::broken, row.broken);
  fact(h, desk::from, row.from);
  fact(h, desk::to, row.to);
  fact(h, desk::order, row.order);
  fact(h, desk::note, row.note);
  numbers(h, msg::signers, row.signers);
  h("</dl>"_h);
  if (!row.text.empty())
    sign_form(h, frame, "/desk/custody/sign"_h, row.text, {desk::custody_meaning, desk::custody_sign},
              {{"unit"_h, page.unit_id}}, weight);
  if (!row.record_id.empty()) {
    h("<p class=id>"_h, msg::record_id, " <a href=\"/explore?q="_h);
    h(query_encoded(row.record_id));
    h("\"><code>"_h, row.record_id, "</code></a></p>"_h);
  }
  h("\n"_h);
}

void rows(Html& h, const DeskFrame& frame, const CustodyPage& page) {
  if (page.rows.empty()) {
    h("<p class=empty>"_h, desk::custody_none, "</p>"_h);
    return;
  }
  h("<ol class=plain aria-label=\""_h, desk::custody_table, "\">\n"_h);
  Weight weight = page.new_text.empty() ? Weight::primary : Weight::secondary;
  for (const CustodyRow& row : page.rows) {
    one_row(h, frame, page, row, weight);
    if (!row.text.empty()) weight = Weight::secondary;
  }
  h("</ol>\n"_h);
}

void choice(Html& h, Markup value, const Msg& text) {
  h("<option value="_h, value, ">"_h, text, "</option>"_h);
}

void new_form(Html& h, const DeskFrame& frame, const CustodyPage& page) {
  h("<details class=away><summary>"_h, desk::custody_new, "</summary>"_h);
  open_form(h, frame, "/desk/custody/new"_h, {{"unit"_h, page.unit_id}});
  h("<div class=two><p class=f><label>"_h, desk::object, "<select name=object>"_h);
  choice(h, "box"_h, desk::object_box);
  choice(h, "envelope"_h, desk::object_envelope);
  h("</select></label></p>"_h);
  text_field(h, "name"_h, desk::object_name, FieldNeed::required);
  h("<p class=f><label>"_h, desk::event, "<select name=event>"_h);
  choice(h, "sealed"_h, desk::ev_sealed);
  choice(h, "moved"_h, desk::ev_moved);
  choice(h, "stored"_h, desk::ev_stored);
  choice(h, "opened"_h, desk::ev_opened);
  choice(h, "recounted"_h, desk::ev_recounted);
  h("</select></label></p>"_h);
  area_field(h, "seals"_h, desk::seals, &desk::one_a_line, FieldNeed::optional);
  area_field(h, "broken"_h, desk::broken, &desk::one_a_line, FieldNeed::optional);
  text_field(h, "from"_h, desk::from, FieldNeed::optional);
  text_field(h, "to"_h, desk::to, FieldNeed::optional);
  text_field(h, "order"_h, desk::order, FieldNeed::optional);
  text_field(h, "note"_h, desk::note, FieldNeed::optional);
  h("</div><p class=acts><button class=second>"_h, desk::custody_make, "</button></p></form></details>\n"_h);
}

}  // namespace

std::string render_custody(const DeskFrame& frame, const Site& site, const CustodyPage& page) {
  Html h = desk_html(frame, site.data_lang, 24 << 10);
  open_desk(h, {frame, desk::custody_title.in(frame.lang), DeskSection::home});
  h("<h1>"_h, desk::custody_title, ": <span"_h).name_lang()(">"_h, page.unit.name, "</span></h1>"_h);
  unit_line(h, site, page.unit_id, {}, site.contests.size());
  message_box(h, page.message);
  h("<p>"_h, desk::custody_lead, "</p>"_h);
  if (!page.new_text.empty()) {
    h("<section class=\"card act\"><h2>"_h, desk::custody_new, "</h2>"_h);
    sign_form(h, frame, "/desk/custody/sign"_h, page.new_text, {desk::custody_meaning, desk::custody_sign},
              {{"unit"_h, page.unit_id}});
    h("</section>\n"_h);
  }
  rows(h, frame, page);
  if (page.may_add) new_form(h, frame, page);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
