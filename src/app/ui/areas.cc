// The first page and the area pages.
#include <span>

#include "app/ui/check_box.h"
#include "app/ui/children.h"
#include "app/ui/frame.h"
#include "app/ui/messages.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"
#include "app/ui/questions.h"
#include "app/ui/result_block.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kBytesPerChild = 600;

// The ways into a page with several contests.
void contest_links(Html& h, const Site& site, std::span<const ContestResult> results) {
  if (results.size() < 2) return;
  h("<nav class=jump aria-label=\""_h, msg::contests, "\"><ul>"_h);
  for (const ContestResult& result : results) {
    h("<li><a href=#c"_h, Plain(result.contest)).name_lang();
    h(">"_h, site.contests[result.contest].title, "</a>"_h);
  }
  h("</ul></nav>\n"_h);
}

// What is open, and how to check: said at the top, next to the state.
void open_line(Html& h, const Site& site, std::span<const Question> questions) {
  std::int64_t open = 0;
  for (const Question& question : questions) open += question.count;
  h("<p><a href=#qs>"_h).say(msg::questions_n, open)("</a> · <a href=#check>"_h, msg::check_title, "</a>"_h);
  if (site.log.witnesses > 0) h(" · "_h).say(msg::witnessed, site.log.witnessed, site.log.witnesses);
  h("</p>"_h);
}

// Only where records speak of machines: not every election has them.
void machines_line(Html& h, const MachineCount& count) {
  if (count.machines == 0) return;
  h("<section class=qs aria-labelledby=dv><h2 id=dv>"_h, msg::machines, "</h2><p>"_h)
      .say(msg::machines_lead, count.machines, count.to_look_at)("</p><p><a href="_h)
      .to_language_root()("machines.html>"_h, msg::machines_all, "</a></p></section>\n"_h);
}

void title_line(Html& h, const Site& site, ResultState state) {
  h("<div class=lead><h1"_h)
      .name_lang()(">"_h, site.title, "</h1><p><time datetime=\""_h, site.date, "\">"_h, site.date, "</time> "_h);
  chip(h, state);
  h("</p>"_h);
}

}  // namespace

std::string render_overview(const Site& site, const Overview& overview, Lang lang) {
  const Area& root = overview.root;
  Html h(lang, 1, site.data_lang, (16 << 10) + root.children.size() * kBytesPerChild);
  const std::string other_file = overview_file(other(lang));
  open_page(h, {site, {}, other_file, Section::results});
  title_line(h, site, root.state);
  open_line(h, site, overview.questions);
  h("</div>\n"_h);
  contest_links(h, site, root.results);
  for (const ContestResult& result : root.results) {
    h("<section class=contest>"_h);
    result_block(h, site, result, root.state);
    lead_table(h, site, result.contest, root.children);
    h("</section>\n"_h);
  }
  question_table(h, overview.questions);
  independent_tallies(h, overview.independent_tallies);
  machines_line(h, overview.machines);
  check_box(h, site);
  close_page(h, site);
  return std::move(h).take();
}

std::string render_area(const Site& site, const Area& area, Lang lang) {
  Html h(lang, 2, site.data_lang, (16 << 10) + area.children.size() * kBytesPerChild);
  const std::string other_file = area_file(other(lang), area.node.number);
  open_page(h, {site, area.node.name, other_file, Section::results});
  breadcrumb(h, site, area.above, area.node.name);
  h("<h1"_h).name_lang()(">"_h, area.node.name, "</h1>\n"_h);
  contest_links(h, site, area.results);
  for (const ContestResult& result : area.results) {
    h("<section class=contest>"_h);
    result_block(h, site, result, area.state);
    full_table(h, site, result.contest, area.children);
    h("</section>\n"_h);
  }
  close_page(h, site);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
