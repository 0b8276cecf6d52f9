#include "app/ui/frame.h"

#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

void head(Html& h, const Frame& frame) {
  h("<!DOCTYPE html>\n<html lang="_h, h.lang() == Lang::ko ? "ko"_h : "en"_h);
  h("><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\"><title>"_h);
  if (frame.site.simulated) h("["_h, msg::simulated, "] "_h);
  if (!frame.title.empty()) h(frame.title, " · "_h);
  h(frame.site.title, "</title><link rel=icon href=data:,><link rel=stylesheet href="_h).to_root()("style.css>\n"_h);
}

void nav_link(Html& h, Markup file, const Msg& text, bool current) {
  h("<a href="_h).to_language_root()(file, current ? " aria-current=true>"_h : ">"_h, text, "</a>"_h);
}

void crumb_start(Html& h, const Site& site) {
  h("<nav class=crumb aria-label=\""_h, msg::breadcrumb, "\"><ol><li><a href="_h).to_language_root();
  h("index.html"_h).name_lang()(">"_h, site.title, "</a>"_h);
}

}  // namespace

Lang other(Lang lang) {
  return lang == Lang::ko ? Lang::en : Lang::ko;
}

void notices(Html& h, const Site& site) {
  if (!site.simulated && !site.transcribed) return;
  h("<div class=notes role=group aria-label=\""_h, msg::notices, "\">"_h);
  if (site.simulated) h("<p class=sim><b>"_h, msg::simulated, "</b> "_h, msg::simulated_long, "</p>"_h);
  if (site.transcribed) {
    h("<p class=tr><b>"_h, msg::transcribed_short, "</b> "_h, msg::transcribed_long);
    if (!site.source.empty()) h(" "_h, msg::source, " <span"_h).name_lang()(">"_h, site.source, "</span>"_h);
    h("</p>"_h);
  }
  h("</div>\n"_h);
}

void open_page(Html& h, const Frame& frame) {
  head(h, frame);
  h("<body"_h, frame.site.simulated ? " class=simulated>"_h : ">"_h, "<a class=skip href=#main>"_h, msg::skip,
    "</a><header>"_h);
  notices(h, frame.site);
  h("<div class=top><nav aria-label=\""_h, msg::site_nav, "\">"_h);
  nav_link(h, "index.html"_h, msg::results, frame.section == Section::results);
  nav_link(h, "questions.html"_h, msg::questions, frame.section == Section::questions);
  nav_link(h, "glossary.html"_h, msg::glossary, frame.section == Section::glossary);
  const Markup tongue = h.lang() == Lang::ko ? "en"_h : "ko"_h;
  h("</nav><a class=lang lang="_h, tongue, " hreflang="_h, tongue, " href="_h).to_root();
  h(frame.other_file, ">"_h, msg::other_language, "</a></div></header>\n<main id=main>"_h);
}

void breadcrumb(Html& h, const Site& site, std::span<const NodeRef> above, std::string_view here) {
  crumb_start(h, site);
  for (const NodeRef& node : above) {
    h("<li><a href="_h).to_language_root()("area/"_h, Plain{node.number}, ".html"_h).name_lang();
    h(">"_h, node.name, "</a>"_h);
  }
  h("<li aria-current=page"_h).name_lang()(">"_h, here, "</ol></nav>\n"_h);
}

void breadcrumb(Html& h, const Site& site, const Msg& here) {
  crumb_start(h, site);
  h("<li aria-current=page>"_h, here, "</ol></nav>\n"_h);
}

void close_page(Html& h, const Site& site) {
  h("</main>\n<footer><p><b"_h).name_lang()(">"_h, site.title, "</b> <time>"_h, site.date, "</time>"_h);
  if (!site.published_at.empty()) h(" · "_h, msg::published, " "_h, site.published_at);
  h("<p>"_h, msg::rounding, "<p>"_h, msg::footer, "</footer>\n"_h);
}

}  // namespace scrutineer::ui
