// All notices of a node, the board of institutions, and what everybody may see.
#include <algorithm>

#include "app/ui/desk_messages.h"
#include "app/ui/notice_pages.h"
#include "app/ui/notice_words.h"

namespace scrutineer::ui {
namespace {

constexpr std::size_t kBytesPerRow = 900;

// "/desk/?state=late&sort=name": every link that changes one thing keeps the others.
struct View {
  Markup page;
  std::string_view group;
  std::optional<NoticeState> only;
  bool late = false;
  NoticeSort sort = NoticeSort::urgency;
};

void address(Html& h, const View& view) {
  h(view.page, "?sort="_h, kNoticeSorts[static_cast<std::size_t>(view.sort)]);
  if (view.late) h("&amp;state=late"_h);
  if (view.only) h("&amp;state="_h, notice_state_code(*view.only));
  if (!view.group.empty()) h("&amp;group="_h, view.group);
}

View view_of(const NoticeList& list, Markup page, std::string_view group) {
  return {page, group, list.only, list.only_late, list.sort};
}

void filter_link(Html& h, const View& to, bool current, std::int64_t count, const Msg& text) {
  h("<li><a href=\""_h);
  address(h, to);
  h(current ? "\" aria-current=true>"_h : "\">"_h, text, " <b>"_h, count, "</b></a>"_h);
}

void filters(Html& h, const NoticeList& list, const View& view) {
  h("<nav class=pick aria-label=\""_h, notice::list_filter, "\"><ul>"_h);
  View to = view;
  to.only = std::nullopt;
  to.late = false;
  filter_link(h, to, !view.only && !view.late, list.all, notice::filter_all);
  to.late = true;
  filter_link(h, to, view.late, list.late, notice::filter_late);
  to.late = false;
  for (std::size_t i = 0; i < kNoticeStates; ++i) {
    to.only = static_cast<NoticeState>(i);
    if (list.counts[i] > 0 || view.only == to.only)
      filter_link(h, to, view.only == to.only, list.counts[i], word(*to.only));
  }
  h("</ul></nav>\n"_h);
}

void sort_head(Html& h, const View& view, NoticeSort sort, const Msg& text, bool left) {
  const bool current = view.sort == sort;
  // The order of the table belongs to its head (WAI-ARIA "aria-sort"); the link is how it is changed.
  h("<th scope=col"_h, left ? " class=l"_h : ""_h, current ? " aria-sort=ascending><a href=\""_h : "><a href=\""_h);
  View to = view;
  to.sort = sort;
  address(h, to);
  h("\">"_h, text, current ? " ▾"_h : ""_h, "</a>"_h);
}

void troubles(Html& h, const NoticeList& list) {
  for (const NoticeLink& one : list.troubles)
    h("<p class=\"msg bad\">"_h)
        .say(notice::link_trouble, one.name, one.waiting)(" "_h)
        .say(notice::since, one.since)("</p>\n"_h);
}

void next_cell(Html& h, const NoticeRow& row) {
  if (!row.next) {
    h("<td class=l>"_h, notice::no_deadline);
    return;
  }
  h("<td class=l>"_h);
  notice_word(h, NoticeWord::step, row.next->step);
  h("<br>"_h);
  if (!row.next->due.empty()) h("<time>"_h, row.next->due, "</time> "_h);
  clock_chip(h, *row.next);
  if (!row.escalated.empty())
    h("<br><small>"_h)
        .say(notice::escalated_to, notice_word(NoticeWord::escalate, row.escalated, h.lang()))("</small>"_h);
}

void one_row(Html& h, const NoticeRow& row, bool board) {
  h("<tr"_h, row.late ? " class=hurry>"_h : ">"_h, "<th scope=row>"_h);
  if (board) {
    h("<b>"_h, row.other, "</b><br>"_h);
    notice_address(h, "/desk/notice"_h, row.id);
    h(row.number, "</a>"_h);
  } else {
    notice_address(h, "/desk/notice"_h, row.id);
    h("<b>"_h);
    notice_word(h, NoticeWord::kind, row.kind);
    h("</b> "_h, row.number, "</a>"_h);
    if (row.change != "first") {
      h(" <span>"_h);
      notice_word(h, NoticeWord::change, row.change);
      h("</span>"_h);
    }
    h("<td class=l>"_h, row.other);
  }
  h("<td class=l>"_h, row.sent, "<td class=l>"_h);
  notice_chip(h, row.state);
  if (!row.stage.empty()) {
    h(" "_h);
    notice_word(h, NoticeWord::stage, row.stage);
  }
  if (row.unreachable) h(" <span class=\"st look\">"_h, notice::unreachable, "</span>"_h);
  next_cell(h, row);
  h("<td>"_h).say(notice::of_relays, static_cast<std::int64_t>(row.relays_holding),
                  static_cast<std::int64_t>(row.relays));
  if (board) h("<td class=l>"_h, row.received, "<td class=l>"_h, row.acknowledged, "<td class=l>"_h, row.answered);
  h("\n"_h);
}

void table(Html& h, const NoticeList& list, const View& view, bool board, bool mine) {
  const Msg& name = board ? notice::board_table : notice::list_table;
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, name, "\"><table class=lines><caption class=vh>"_h, name,
    "</caption><thead><tr>"_h);
  if (!board) h("<th scope=col>"_h, notice::col_notice);
  sort_head(h, view, NoticeSort::name, mine ? notice::col_other : notice::col_from, true);
  sort_head(h, view, NoticeSort::time, notice::col_sent, true);
  sort_head(h, view, NoticeSort::state, notice::col_state, true);
  sort_head(h, view, NoticeSort::urgency, notice::col_next, true);
  h("<th scope=col>"_h, notice::col_relays);
  if (board)
    h("<th scope=col class=l>"_h, notice::col_received, "<th scope=col class=l>"_h, notice::col_acknowledged,
      "<th scope=col class=l>"_h, notice::col_answered);
  h("<tbody>\n"_h);
  for (const NoticeRow& row : list.rows) one_row(h, row, board);
  h("</table></div>\n"_h);
}

void said(Html& h, const NoticeList& list) {
  h("<p class=vh data-say>"_h).say(notice::list_said, list.all, list.late, list.unread)("</p>\n"_h);
}

// One bar, in the order of the states; the words and numbers stand in the links above it.
void state_bar(Html& h, const NoticeList& list) {
  if (list.all == 0) return;
  h("<svg class=\"s states\" viewBox=\"0 0 1000 14\" preserveAspectRatio=none aria-hidden=true>"_h);
  std::int64_t at = 0;
  for (std::size_t i = 0; i < kNoticeStates; ++i) {
    const std::int64_t end = at + list.counts[i];
    const std::int64_t from = at * 1000 / list.all, to = end * 1000 / list.all;
    if (to > from)
      h("<rect class=n"_h, Plain{static_cast<std::int64_t>(i)}, " x="_h, Plain{from}, " y=0 width="_h, Plain{to - from},
        " height=14 />"_h);
    at = end;
  }
  h("</svg>\n"_h);
}

void state_table(Html& h, const NoticeList& list) {
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, notice::board_chart,
    "\"><table class=\"lines narrow\"><caption class=vh>"_h, notice::board_chart,
    "</caption><thead><tr><th scope=col>"_h, notice::col_state, "<th scope=col>"_h, notice::col_number,
    "<th scope=col class=l>"_h, notice::board_chart, "<tbody>\n"_h);
  for (std::size_t i = 0; i < kNoticeStates; ++i) {
    if (list.counts[i] == 0) continue;
    h("<tr><th scope=row>"_h);
    notice_chip(h, static_cast<NoticeState>(i));
    h("<td><b>"_h, list.counts[i],
      "</b><td class=barcell><svg class=s viewBox=\"0 0 1000 14\" preserveAspectRatio=none aria-hidden=true><rect class=n"_h,
      Plain{static_cast<std::int64_t>(i)}, " x=0 y=0 width="_h,
      Plain{list.counts[i] * 1000 / std::max<std::int64_t>(1, list.all)}, " height=14 /></svg>\n"_h);
  }
  h("</table></div>\n"_h);
}

void rows_or_nothing(Html& h, const NoticeList& list, const View& view, bool board, bool mine) {
  if (list.rows.empty())
    h("<p class=empty>"_h, list.all == 0 ? notice::list_empty : notice::list_none_such, "</p>\n"_h);
  else
    table(h, list, view, board, mine);
  if (list.more > 0) h("<p>"_h).say(notice::list_more, list.more)("</p>\n"_h);
}

}  // namespace

std::string render_notice_list(const NoticeFrame& frame, const NoticeList& page) {
  Html h = desk_html(frame.desk, {}, (8 << 10) + page.rows.size() * kBytesPerRow);
  const bool inbox = frame.role == NoticeRole::institution;
  const Msg& title = inbox ? notice::inbox_title : notice::list_title;
  open_notice(h, frame, title.in(frame.desk.lang), NoticeSection::list, true);
  h("<h1>"_h, title, "</h1>"_h);
  message_box(h, page.message);
  if (inbox) h("<p>"_h, notice::inbox_lead, "</p>"_h);
  h("<p class=sub>"_h)
      .say(desk::as_of, page.as_of)(" · "_h)
      .say(notice::list_said, page.all, page.late, page.unread)("</p>\n"_h);
  if (page.may_compose) h("<p class=acts><a class=go href=/desk/compose>"_h, notice::nav_compose, "</a></p>\n"_h);
  troubles(h, page);
  const View view = view_of(page, "/desk/"_h, {});
  filters(h, page, view);
  rows_or_nothing(h, page, view, false, frame.role == NoticeRole::notifier);
  said(h, page);
  h("<p class=fine>"_h, notice::own_clock, "</p>"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

std::string render_notice_board(const NoticeFrame& frame, const NoticeBoard& page) {
  Html h = desk_html(frame.desk, {}, (12 << 10) + page.list.rows.size() * kBytesPerRow);
  open_notice(h, frame, notice::board_title.in(frame.desk.lang), NoticeSection::board, true, DeskLayout::wall);
  h("<h1>"_h, notice::board_title, "</h1><p class=sub>"_h, notice::board_lead, " "_h)
      .say(desk::as_of, page.list.as_of)("</p>\n"_h);
  if (!page.groups.empty()) {
    h("<nav class=pick aria-label=\""_h, notice::board_groups, "\"><ul><li><a href=/desk/board"_h,
      page.group.empty() ? " aria-current=true>"_h : ">"_h, notice::board_all, "</a>"_h);
    for (const NoticeBoard::Group& one : page.groups) {
      h("<li><a href=\"/desk/board?group="_h, one.id, one.id == page.group ? "\" aria-current=true>"_h : "\">"_h);
      notice_word(h, NoticeWord::kind, one.kind);
      h(" "_h, one.at, " <b>"_h).say(notice::of_many, one.count)("</b></a>"_h);
    }
    h("</ul></nav>\n"_h);
    for (const NoticeBoard::Group& one : page.groups)
      if (one.id == page.group) h("<p class=sub>"_h).say(notice::sent_by, one.by)("</p>\n"_h);
  }
  troubles(h, page.list);
  const View view = view_of(page.list, "/desk/board"_h, page.group);
  filters(h, page.list, view);
  state_bar(h, page.list);
  state_table(h, page.list);
  rows_or_nothing(h, page.list, view, true, true);
  said(h, page.list);
  for (const Markup format : {"csv"_h, "pdf"_h}) {
    h(format.view() == "csv" ? "<p class=acts>"_h : " "_h, "<a class=second href=\"/desk/board."_h, format, "?sort="_h,
      kNoticeSorts[static_cast<std::size_t>(page.list.sort)]);
    if (!page.group.empty()) h("&amp;group="_h, page.group);
    h("\">"_h, format.view() == "csv" ? notice::board_csv : notice::board_pdf, "</a>"_h);
  }
  h("</p><p class=fine>"_h, notice::own_clock, "</p>"_h);
  close_desk(h, frame.desk);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
