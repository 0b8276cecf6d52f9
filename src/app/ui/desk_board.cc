// The observers' screen: where every sheet stands, for a projector. No figures at all.
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"
#include "app/ui/desk_pages.h"
#include "app/ui/desk_words.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kBytesPerCell = 220;
constexpr std::int64_t kLateNamed = 10;

// Cells as large as they can be with all of them on one screen of 1920x1080. The style sheet has the same columns (d0,
// d1, ...), and rows as high as the class r1 ... r28 says, so that nothing moves while a long list arrives.
struct Density {
  Markup name;
  std::size_t columns, rows;
};
constexpr Density kDensities[] = {{"d0"_h, 6, 8}, {"d1"_h, 9, 12}, {"d2"_h, 14, 17}, {"d3"_h, 20, 28}};

void density(Html& h, std::size_t cells) {
  for (const Density& one : kDensities) {
    const std::size_t rows = (cells + one.columns - 1) / one.columns;
    if (rows > one.rows) continue;
    h(one.name, " r"_h, Plain(static_cast<std::int64_t>(rows)));
    return;
  }
  h("d4"_h);  // more than fit: scrolled
}

void counts(Html& h, const Board& page) {
  h("<ul class=legend aria-label=\""_h, desk::board_counts, "\" id=counts>"_h);
  for (std::size_t i = 0; i < kDeskStates; ++i) {
    const auto state = static_cast<DeskState>(i);
    h("<li class=\""_h, state_class(state), page.counts[i] == 0 ? " nil"_h : ""_h, "\"><b>"_h, page.counts[i],
      "</b> <span class=w><span aria-hidden=true>"_h, sign_of(state), "</span> "_h, word(state), "</span>"_h);
  }
  h("<li class=\"lt"_h, page.late == 0 ? " nil"_h : ""_h, "\"><b>"_h, page.late, "</b> <span class=w>"_h, desk::late,
    "</span></ul>\n"_h);
}

void late_ones(Html& h, const Board& page) {
  if (page.late == 0) return;
  h("<p class=lates><b>"_h, desk::board_late, "</b> "_h);
  std::int64_t named = 0;
  for (const BoardCell& cell : page.cells) {
    if (!cell.late || named == kLateNamed) continue;
    h("<span"_h).name_lang()(">"_h, cell.unit.name, "</span> "_h);
    ++named;
  }
  if (page.late > named) h("<em>"_h).say(desk::board_late_more, page.late - named)("</em>"_h);
  h("</p>\n"_h);
}

void one_cell(Html& h, const Site& site, const BoardCell& cell) {
  h("<li class=\""_h, state_class(cell.state), cell.late ? " od\"><i aria-hidden=true>"_h : "\"><i aria-hidden=true>"_h,
    sign_of(cell.state), "</i><span class=nm"_h)
      .name_lang()(">"_h, cell.unit.name);
  if (site.contests.size() > 1) h(" <small>"_h, cell.contest + 1, "</small>"_h);
  h("</span><span class=w>"_h, word(cell.state));
  if (!cell.since.empty()) h(" "_h).say(desk::since, cell.since);
  h("</span>"_h);
  if (cell.late) h("<b class=l8>"_h, desk::late, "</b>"_h);
  h("\n"_h);
}

// What a screen reader hears when the page was refreshed: the counts, no more.
void said(Html& h, const Board& page) {
  h("<p class=vh data-say>"_h);
  for (std::size_t i = 0; i < kDeskStates; ++i)
    if (page.counts[i] > 0) h(word(static_cast<DeskState>(i)), " "_h, page.counts[i], ", "_h);
  h(desk::late, " "_h, page.late, "</p>\n"_h);
}

}  // namespace

std::string render_board(const DeskFrame& frame, const Site& site, const Board& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.cells.size() * kBytesPerCell);
  open_desk(h, {frame, desk::board_title.in(frame.lang), DeskSection::board, DeskLayout::wall, true});
  h("<div class=bhead><h1>"_h, desk::board_title, "</h1><p class=sub>"_h)
      .say(desk::as_of, page.as_of)(" · "_h)
      .say(desk::log_size, page.log_size)("</p><noscript><p><a href=\""_h, frame.path, "\">"_h, desk::reload,
                                          "</a></p></noscript></div>"_h);
  counts(h, page);
  late_ones(h, page);
  h("<ul class=\"cells "_h);
  density(h, page.cells.size());
  h("\" aria-label=\""_h, desk::board_cells, "\">\n"_h);
  for (const BoardCell& cell : page.cells) one_cell(h, site, cell);
  h("</ul>\n"_h);
  if (site.contests.size() > 1) {
    h("<p class=fine>"_h);
    for (std::size_t i = 0; i < site.contests.size(); ++i)
      h("<small>"_h, i + 1, "</small> <span"_h).name_lang()(">"_h, site.contests[i].title, "</span> "_h);
    h("</p>"_h);
  }
  said(h, page);
  h("<p class=fine>"_h, desk::board_no_figures, "</p>"_h);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
