#include "app/ui/reconcile.h"

#include <algorithm>
#include <span>

#include "app/ui/desk_frame.h"
#include "app/ui/frame.h"
#include "app/ui/messages.h"
#include "app/ui/reconcile_messages.h"
#include "app/ui/reconcile_words.h"
#include "app/ui/words.h"

namespace scrutineer::ui {
namespace {

// Pages of the bundle have their place in it; a page of the counting desk (depth 0) has the bundle at the server's
// root.
void to_public_pages(Html& h) {
  if (h.depth() > 0)
    h.to_language_root();
  else
    h(h.lang() == Lang::ko ? "/ko/"_h : "/en/"_h);
}

void place_cell(Html& h, const ReconcilePlace& place) {
  h("<a href="_h);
  to_public_pages(h);
  if (!place.is_unit && place.node.number == 0) {
    h("index.html>"_h, msg::rec_whole, "</a>"_h);
    return;
  }
  h(place.is_unit ? "unit/"_h : "area/"_h, Plain{place.node.number}, ".html"_h).name_lang();
  h(">"_h, place.node.name, "</a> <small><code>"_h, place.id, "</code></small>"_h);
}

void item_cell(Html& h, const ReconcileItem& item) {
  if (item.figure != Figure::votes)
    h(word(item.figure));
  else
    h.say(msg::rec_votes_of, item.option);
}

void summary(Html& h, const ReconcileModel& model) {
  h("<section class=qs aria-labelledby=sum><h2 id=sum>"_h,
    model.with.empty() ? msg::rec_concurrent_heading : msg::rec_heading, "</h2>"_h);
  for (const ReconcileAgreement& a : model.agreements) {
    h("<p><b"_h).name_lang()(">"_h, a.contest, "</b><br>"_h);
    h.say(msg::rec_units_agree, a.agreeing, a.units);
    if (a.areas > 0) h("<br>"_h).say(msg::rec_areas_agree, a.areas_agreeing, a.areas);
    h("</p>"_h);
  }
  h("<p class=big>"_h);
  if (model.differences_in_all > 0 || model.missing_in_all > 0) {
    h.say(msg::rec_differences_n, model.differences_in_all)(" · "_h).say(msg::rec_missing_n, model.missing_in_all);
  } else {
    h(compared_nothing(model) ? msg::rec_nothing : msg::rec_same);
  }
  h("</p><p class=fine>"_h, msg::rec_lead, "</p>"_h);
  if (!model.csv_file.empty() || !model.json_file.empty()) {
    h("<p>"_h, msg::rec_files, ":"_h);
    if (!model.csv_file.empty()) h(" <a href=\""_h).to_root()(model.csv_file, "\">CSV</a>"_h);
    if (!model.json_file.empty()) h(" <a href=\""_h).to_root()(model.json_file, "\">JSON</a>"_h);
    h("</p>"_h);
  }
  h("</section>\n"_h);
}

void more(Html& h, std::int64_t all, std::size_t shown) {
  const std::int64_t rest = all - static_cast<std::int64_t>(shown);
  if (rest > 0) h("<p class=fine>"_h).say(msg::rec_more, rest)("</p>"_h);
}

void difference_row(Html& h, const ReconcileDifference& d) {
  h("<tr><th scope=row>"_h);
  place_cell(h, d.place);
  h("<td class=l>"_h, word(d.kind), "<td class=l><span"_h).name_lang()(">"_h, d.contest);
  if (!d.other_contest.empty()) h(" / "_h, d.other_contest);
  h("</span><td class=l>"_h);
  item_cell(h, d.item);
  h("<td>"_h, d.ours, "<td>"_h, d.theirs, "<td class=diff>"_h);
  if (d.ours && d.theirs)
    h(Signed{subtract(d.theirs, d.ours)});
  else
    h(msg::not_stated);
  h("\n"_h);
}

void difference_table(Html& h, const ReconcileModel& model) {
  if (model.differences.empty()) return;
  h("<section class=qs><h2 id=dif>"_h, msg::rec_differences, "</h2><p class=fine>"_h, msg::rec_order, " "_h,
    msg::rec_note, "</p><div class=scroll tabindex=0 role=region aria-labelledby=dif><table class=list><caption "_h,
    "class=vh>"_h, msg::rec_differences, "</caption><thead><tr><th scope=col class=l>"_h, msg::rec_where,
    "<th scope=col class=l>"_h, msg::rec_kind, "<th scope=col class=l>"_h, msg::rec_contest, "<th scope=col class=l>"_h,
    msg::rec_item, "<th scope=col>"_h, msg::rec_ours, "<th scope=col>"_h, msg::rec_theirs, "<th scope=col>"_h,
    msg::rec_difference, "<tbody>\n"_h);
  const std::size_t shown = std::min(model.differences.size(), kReconcileRowsOnPage);
  for (std::size_t i = 0; i < shown; ++i) difference_row(h, model.differences[i]);
  h("</table></div>"_h);
  more(h, model.differences_in_all, shown);
  h("</section>\n"_h);
}

void missing_list(Html& h, const ReconcileModel& model) {
  if (model.missing.empty()) return;
  h("<section class=ql><h2>"_h, msg::rec_missing, "</h2><ul>\n"_h);
  const std::size_t shown = std::min(model.missing.size(), kReconcileRowsOnPage);
  for (std::size_t i = 0; i < shown; ++i) {
    const ReconcileMissing& m = model.missing[i];
    h("<li>"_h);
    place_cell(h, m.place);
    if (m.units > 1) h(" ("_h).say(msg::rec_units_n, m.units)(")"_h);
    h(" · <span"_h)
        .name_lang()(">"_h, m.contest, "</span>: "_h, m.here ? msg::rec_missing_here : msg::rec_missing_there, "\n"_h);
  }
  h("</ul>"_h);
  more(h, model.missing_in_all, shown);
  h("</section>\n"_h);
}

void not_compared_list(Html& h, const ReconcileModel& model) {
  if (model.not_compared.empty()) return;
  h("<section class=ql><h2>"_h, msg::rec_not_compared, "</h2><p class=fine>"_h, msg::rec_not_compared_why,
    "</p><ul>\n"_h);
  for (const ReconcileNotCompared& n : model.not_compared) {
    h("<li>"_h);
    item_cell(h, n.item);
    h(" · <span"_h)
        .name_lang()(">"_h, n.contest, "</span>: "_h, n.here ? msg::rec_not_here : msg::rec_not_there, "\n"_h);
  }
  h("</ul></section>\n"_h);
}

// The program's own sentences about a file: they are in English.
void remark_list(Html& h, const Msg& title, std::span<const ReconcileRemark> remarks) {
  if (remarks.empty()) return;
  h("<section class=ql><h2>"_h, title, "</h2><ul lang=en>\n"_h);
  for (const ReconcileRemark& remark : remarks) h("<li><code>"_h, remark.where, "</code> "_h, remark.message, "\n"_h);
  h("</ul></section>\n"_h);
}

void body(Html& h, const ReconcileModel& model) {
  h("<h1>"_h, reconciliation_title(model, h.lang()), "</h1>\n"_h);
  summary(h, model);
  difference_table(h, model);
  missing_list(h, model);
  not_compared_list(h, model);
  remark_list(h, msg::rec_unknown, model.unknown);
  remark_list(h, msg::rec_remarks, model.remarks);
}

}  // namespace

std::string reconciliation_file(const ReconcileModel& model, Lang lang) {
  return (lang == Lang::ko ? "ko/" : "en/") + model.file_stem + ".html";
}

std::string render_reconciliation(const Site& site, const ReconcileModel& model, Lang lang) {
  Html h(lang, 1, site.data_lang, 16 << 10);
  const std::string title = reconciliation_title(model, lang);
  const std::string other_file = reconciliation_file(model, other(lang));
  open_page(h, {site, title, other_file, Section::questions});
  breadcrumb(h, site, model.with.empty() ? msg::rec_concurrent_heading : msg::rec_heading);
  body(h, model);
  close_page(h, site);
  return std::move(h).take();
}

std::string render_desk_reconciliation(const DeskFrame& frame, std::string_view data_lang,
                                       const ReconcileModel& model) {
  Html h = desk_html(frame, data_lang, 16 << 10);
  const std::string title = reconciliation_title(model, frame.lang);
  open_desk(h, {frame, title});
  body(h, model);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
