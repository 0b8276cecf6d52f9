// What there is to do: the first page after signing in.
#include "app/ui/chart.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"
#include "app/ui/messages.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kBytesPerRow = 700;

void search_form(Html& h, const DeskHome& page) {
  const bool asks = !takes_focus(page.message);
  h("<form class=find method=get action=/desk/ role=search><label for=q>"_h, desk::search,
    "</label><div><input id=q type=text name=q data-find autocomplete=off spellcheck=false value=\""_h, page.search,
    asks ? "\" autofocus"_h : "\""_h, " aria-describedby=find-hint><button class=second>"_h, desk::search_button,
    "</button></div><p class=fine id=find-hint>"_h, desk::search_hint, "</p></form>\n"_h);
}

void progress_lines(Html& h, const Site& site, const DeskHome& page) {
  if (page.progress.empty()) return;
  h("<div class=prog>"_h);
  for (std::size_t i = 0; i < page.progress.size() && i < site.contests.size(); ++i) {
    h("<p><b"_h)
        .name_lang()(">"_h, site.contests[i].title, "</b> "_h)
        .say(msg::counted_of, page.progress[i].counted, page.progress[i].total);
    h("</p>"_h);
    progress_bar(h, page.progress[i]);
  }
  h("</div>\n"_h);
}

// The first action of the first row is what Enter takes: the only one drawn as the thing to do.
void actions(Html& h, const DeskRow& row, bool first_row) {
  bool first = first_row;
  h("<div class=row>"_h);
  for (const DeskAction& action : row.actions) {
    h("<a class="_h, first ? "go data-first"_h : "second"_h, " href=\""_h, action.path, "\">"_h, word(action.kind),
      "<span class=vh> "_h, row.unit.name, "</span></a>"_h);
    first = false;
  }
  h("</div>"_h);
}

void one_row(Html& h, const Site& site, const DeskRow& row, bool first_row) {
  h("<tr><th scope=row><b"_h).name_lang()(">"_h, row.unit.name, "</b><span class=kd>"_h);
  unit_kind(h, row.kind);
  h(" · "_h, row.unit_id, "</span>"_h);
  if (site.contests.size() > 1 && row.contest < site.contests.size())
    h("<span class=kd"_h).name_lang()(">"_h, site.contests[row.contest].title, "</span>"_h);
  h("<td class=l>"_h);
  chip(h, row.state);
  if (row.late) h(" <span class=late>"_h, desk::late, "</span>"_h);
  h("<td class=l>"_h);
  actions(h, row, first_row);
  h("\n"_h);
}

void rows(Html& h, const Site& site, const DeskHome& page) {
  if (page.rows.empty()) {
    h("<p class=empty>"_h, page.search.empty() ? desk::home_none : desk::home_not_found, "</p>"_h);
    return;
  }
  h("<table class=todo><caption class=vh>"_h, desk::home_table, "</caption><thead><tr><th scope=col>"_h, desk::unit,
    "<th scope=col class=l>"_h, desk::state, "<th scope=col class=l>"_h, desk::action, "<tbody>\n"_h);
  bool first = true;
  for (const DeskRow& row : page.rows) {
    one_row(h, site, row, first);
    first = false;
  }
  h("</table>\n"_h);
  if (page.more > 0) h("<p>"_h).say(desk::home_more, page.more)("</p>"_h);
}

}  // namespace

std::string render_home(const DeskFrame& frame, const Site& site, const DeskHome& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.rows.size() * kBytesPerRow);
  open_desk(h, {frame, desk::home_title.in(frame.lang), DeskSection::home});
  h("<h1>"_h, desk::home_title, "</h1>"_h);
  message_box(h, page.message);
  search_form(h, page);
  progress_lines(h, site, page);
  rows(h, site, page);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
