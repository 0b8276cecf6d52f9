// The evidence explorer: any record of the log, for anybody. Works without JavaScript.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"
#include "app/ui/messages.h"
#include "app/ui/paths.h"

namespace scrutineer::ui {

namespace {

using Hit = ExplorerPage::Hit;

void search_form(Html& h, const ExplorerPage& page) {
  const bool asks = page.hits.empty() && !takes_focus(page.message);
  h("<form class=find method=get action=/explore role=search><label for=q>"_h, desk::explorer_query,
    "</label><div><input id=q type=text name=q autocomplete=off spellcheck=false aria-describedby=q-hint value=\""_h,
    page.query, asks ? "\" autofocus>"_h : "\">"_h, "<button class=go>"_h, desk::search_button,
    "</button></div><p class=fine id=q-hint>"_h, desk::explorer_lead, "</p></form>\n"_h);
}

void signers(Html& h, const Hit& hit) {
  if (hit.signers.empty()) return;
  h("<h3>"_h, msg::signers, "</h3><ul>"_h);
  for (const Signer& signer : hit.signers) {
    h("<li><b>"_h, signer.name, "</b> "_h);
    desk_role(h, signer.role);
    h(" <small>"_h, msg::key, " <code>"_h, signer.key_id,
      signer.authorised ? "</code></small> <span class=\"st ok\">"_h : "</code></small> <span class=\"st look\">"_h,
      signer.authorised ? msg::authorised : msg::not_authorised, "</span>"_h);
  }
  h("</ul>"_h);
}

void facts(Html& h, const Hit& hit) {
  h("<dl class=facts>"_h);
  if (!hit.unit_id.empty()) {
    h("<div><dt>"_h, desk::unit, "<dd><span"_h).name_lang()(">"_h, hit.unit_name, "</span> · "_h, hit.unit_id);
    if (hit.page != 0) h(" <a href=/"_h, unit_file(h.lang(), hit.page), ">"_h, desk::unit_page, "</a>"_h);
    h("</div>"_h);
  }
  h("<div><dt>"_h, msg::position, "<dd>"_h, hit.position, "</div>"_h);
  if (!hit.at.empty()) h("<div><dt>"_h, desk::claimed_at, "<dd>"_h, hit.at, "</div>"_h);
  h("<div><dt>"_h, msg::record_id, "<dd><code>"_h, hit.record_id, "</code></div></dl>"_h);
}

void one_hit(Html& h, const Hit& hit, bool alone) {
  h("<li class=card><div class=ehead><h2>"_h);
  record_type(h, hit.type);
  h("</h2><span class=\"st "_h, hit.in_effect ? "ok\">"_h : "half\">"_h,
    hit.in_effect ? desk::effect_yes : desk::effect_no, "</span></div>"_h);
  facts(h, hit);
  signers(h, hit);
  if (!hit.proof_path.empty())
    h("<p><a href=\"/"_h, hit.proof_path, "\">"_h, msg::proof, "</a></p><p class=fine>"_h, msg::check_record, "</p>"_h);
  if (!hit.note.empty())
    h("<h3>"_h, msg::note, "</h3><pre class=notetext tabindex=0 role=group aria-label=\""_h, msg::note, "\">\n"_h,
      hit.note, "</pre><p><a href=\"/api/v1/records/"_h, hit.record_id, "\">/api/v1/records/"_h,
      std::string_view(hit.record_id).substr(0, 12), "…</a></p>"_h);
  if (!alone) {
    h("<p><a href=\"/explore?q="_h);
    h(query_encoded(hit.record_id));
    h("\" aria-label=\""_h, desk::explorer_open, " "_h, std::string_view(hit.record_id).substr(0, 12), "\">"_h,
      desk::explorer_open, "</a></p>"_h);
  }
  h("\n"_h);
}

}  // namespace

std::string render_explorer(const DeskFrame& frame, const Site& site, const ExplorerPage& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.hits.size() * 2048);
  DeskFrame here = frame;  // the other language is the same search
  if (!page.query.empty()) here.path = "/explore?q=" + query_encoded(page.query);
  open_desk(h, {here, desk::explorer_title.in(frame.lang), DeskSection::explore});
  h("<h1>"_h, desk::explorer_title, "</h1>"_h);
  message_box(h, page.message);
  search_form(h, page);
  if (page.hits.empty()) {
    if (!page.query.empty() && !page.message) h("<p class=empty role=status>"_h, desk::explorer_none, "</p>"_h);
  } else {
    h("<p role=status>"_h)
        .say(desk::explorer_found, static_cast<std::int64_t>(page.hits.size()) + page.more)("</p><ol class=plain>\n"_h);
    for (const Hit& hit : page.hits) one_hit(h, hit, page.hits.size() == 1);
    h("</ol>"_h);
    if (page.more > 0) h("<p>"_h).say(desk::explorer_more, page.more)("</p>"_h);
  }
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
