// The bilingual page at the root of the bundle: it leads to both trees.
#include "app/ui/frame.h"
#include "app/ui/messages.h"
#include "app/ui/pages.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

constexpr Msg kEnter{"한국어로 보기", "Read in English"};
constexpr std::size_t kCardBytes = 1024;

// What one language says: title, state, and the way into its tree. Marked with that language.
Html card(const Site& site, const Overview& overview, Lang lang) {
  Html h(lang, 0, site.data_lang, kCardBytes);
  h("<section class=card lang="_h, lang == Lang::ko ? "ko>"_h : "en>"_h, "<h2>"_h, msg::results, "</h2><p>"_h);
  chip(h, overview.root.state);
  if (!overview.root.results.empty()) {
    const Progress& progress = overview.root.results.front().progress;
    h("</p><p>"_h).say(msg::counted_of, progress.counted, progress.total);
  }
  h("</p><p><a class=go href="_h, lang == Lang::ko ? "ko/index.html>"_h : "en/index.html>"_h, kEnter, "</a></p>"_h);
  h("</section>\n"_h);
  return h;
}

Html notices_in(const Site& site, Lang lang) {
  Html h(lang, 0, site.data_lang, kCardBytes);
  h(lang == Lang::ko ? "<div lang=ko>"_h : "<div lang=en>"_h);
  notices(h, site);
  h("</div>"_h);
  return h;
}

}  // namespace

std::string render_index(const Site& site, const Overview& overview) {
  Html h(Lang::ko, 0, site.data_lang, 4096);
  h("<!DOCTYPE html>\n<html lang=ko><meta charset=utf-8><meta name=viewport "
    "content=\"width=device-width,initial-scale=1\">"
    "<title>"_h);
  if (site.simulated) h("["_h, msg::simulated, " · Simulated] "_h);
  h(site.title, "</title><link rel=icon href=data:,><link rel=stylesheet href=style.css>\n<body"_h,
    site.simulated ? " class=simulated>"_h : ">"_h);
  if (site.simulated || site.transcribed)
    h("<header>"_h, notices_in(site, Lang::ko), notices_in(site, Lang::en), "</header>"_h);
  h("<main id=main class=index><h1"_h)
      .name_lang()(">"_h, site.title, "</h1><p><time datetime=\""_h, site.date, "\">"_h, site.date,
                   "</time></p><div class=cards>\n"_h);
  h(card(site, overview, Lang::ko), card(site, overview, Lang::en), "</div></main>\n"_h);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
