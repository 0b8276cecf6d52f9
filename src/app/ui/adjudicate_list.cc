// Stacks of papers, and the doubtful papers of one stack as a sheet of small pictures: whoever holds a paper finds it
// by its looks, since nothing else may lead from a paper to its reading.
#include "app/ui/adjudicate_messages.h"
#include "app/ui/adjudicate_pages.h"
#include "app/ui/adjudicate_words.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"

namespace scrutineer::ui {
namespace {

void stack_row(Html& h, const PaperStacks::Row& row) {
  h("<tr><th scope=row><b"_h)
      .name_lang()(">"_h, row.stack.unit.name, "</b><span class=kd>"_h, row.stack.unit_id, " · "_h, row.stack.device,
                   "</span><td>"_h, row.papers, "<td>"_h, row.progress.doubtful, "<td>"_h, row.progress.decided,
                   "<td>"_h, row.progress.for_you, "<td class=l><div class=row><a class=second href=\""_h);
  stack_address(h, "/desk/paper/queue"_h, row.stack.key);
  h("\">"_h, adj::open_stack, "<span class=vh> "_h, row.stack.unit.name, "</span></a><a class=second href=\""_h);
  stack_address(h, "/desk/paper/piles"_h, row.stack.key);
  h("\">"_h, adj::piles, "<span class=vh> "_h, row.stack.unit.name, "</span></a></div>\n"_h);
}

const Msg& act_word(PaperMine mine) {
  if (mine == PaperMine::look) return adj::act_look;
  return mine == PaperMine::vote ? adj::act_vote : adj::act_see;
}

template <class Row>
void small_picture(Html& h, std::string_view batch, const Row& row, std::size_t contest, std::int64_t number) {
  if (row.picture) {
    h("<img loading=lazy width=150 height=300 alt=\""_h).say(adj::paper_number, number)("\" src=\""_h);
    paper_address(h, "/desk/paper/image"_h, batch, row.ballot, contest);
    h("\">"_h);
  } else {
    h("<p class=nopic>"_h, adj::no_picture, "</p>"_h);
  }
}

// Opens a paper: the button of its card.
void open_paper(Html& h, std::string_view batch, std::string_view ballot, std::size_t contest, const Msg& act,
                std::int64_t number) {
  h("<p class=acts><a class=second href=\""_h);
  paper_address(h, "/desk/paper/look"_h, batch, ballot, contest);
  h("\">"_h, act, "<span class=vh> "_h).say(adj::paper_number, number)("</span></a></p></li>\n"_h);
}

void card(Html& h, const PaperQueue& page, const PaperQueue::Row& row) {
  h("<li class=\"pc"_h, row.mine == PaperMine::look || row.mine == PaperMine::vote ? " mine"_h : ""_h, "\">"_h);
  small_picture(h, page.stack.key, row, row.contest, row.number);
  h("<h2>"_h).say(adj::paper_number, row.number)("</h2>"_h);
  if (!row.contest_title.empty()) h("<p class=fine"_h).name_lang()(">"_h, row.contest_title, "</p>"_h);
  h("<p><span class=\""_h, phase_class(row.phase), "\">"_h, word(row.phase), "</span></p>"_h);
  if (row.mine == PaperMine::looked && !is_decided(row.phase)) h("<p class=fine>"_h, adj::you_have_looked, "</p>"_h);
  open_paper(h, page.stack.key, row.ballot, row.contest, act_word(row.mine), row.number);
}

void pile_card(Html& h, const PaperPile& page, const PaperPile::Row& row, std::int64_t number) {
  h("<li class=pc>"_h);
  small_picture(h, page.stack.key, row, page.contest, number);
  if (row.phase != PaperPhase::machine)
    h("<p><span class=\""_h, phase_class(row.phase), "\">"_h, word(row.phase), "</span></p>"_h);
  open_paper(h, page.stack.key, row.ballot, page.contest, adj::act_see, number);
}

void turn_link(Html& h, const PaperPile& page, std::size_t from, const Msg& text) {
  h("<a class=second href=\""_h);
  pile_address(h, page.stack.key, page.contest, page.option, from);
  h("\">"_h, text, "</a> "_h);
}

void pile_turn(Html& h, const PaperPile& page) {
  const std::size_t shown = page.rows.size(), after = page.from + shown;
  if (page.from == 0 && after >= page.papers) return;
  h("<p class=acts>"_h);
  if (page.from > 0) turn_link(h, page, page.from > shown ? page.from - shown : 0, adj::pile_before);
  if (after < page.papers) turn_link(h, page, after, adj::pile_after);
  h("</p>\n"_h);
}

}  // namespace

std::string render_paper_stacks(const DeskFrame& frame, const Site& site, const PaperStacks& page) {
  Html h = desk_html(frame, site.data_lang, 8 << 10);
  open_desk(h, {frame, adj::stacks_title.in(frame.lang), DeskSection::papers});
  h("<h1>"_h, adj::stacks_title, "</h1>"_h);
  message_box(h, page.message);
  h("<p>"_h, adj::stacks_lead, "</p>\n"_h);
  if (page.rows.empty()) {
    h("<p class=empty>"_h, adj::no_stacks, "</p>"_h);
  } else {
    h("<div class=wide tabindex=0 role=region aria-label=\""_h, adj::stacks_table,
      "\"><table class=\"todo stacks\"><caption class=vh>"_h, adj::stacks_table,
      "</caption><thead><tr><th scope=col>"_h, desk::unit, "<th scope=col>"_h, adj::papers_head, "<th scope=col>"_h,
      adj::doubtful_head, "<th scope=col>"_h, adj::decided_head, "<th scope=col>"_h, adj::for_you_head,
      "<th scope=col class=l>"_h, desk::action, "<tbody>\n"_h);
    for (const PaperStacks::Row& row : page.rows) stack_row(h, row);
    h("</table></div>\n"_h);
  }
  h("<p><a href=/desk/paper/machines>"_h, adj::machines, "</a></p>\n"_h);
  close_desk(h, frame);
  return std::move(h).take();
}

std::string render_paper_queue(const DeskFrame& frame, const Site& site, const PaperQueue& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.rows.size() * 900);
  open_desk(h, {frame, adj::queue_title.in(frame.lang), DeskSection::papers});
  h("<h1>"_h, adj::queue_title, "</h1>"_h);
  stack_line(h, page.stack);
  message_box(h, page.message);
  paper_tabs(h, page.stack, PaperTab::queue);
  progress_words(h, page.progress);
  if (!page.next.empty()) {
    h("<p class=acts><a class=go href=\""_h);
    paper_address(h, "/desk/paper/look"_h, page.stack.key, page.next, page.next_contest);
    h("\">"_h, adj::start_next, "</a></p>\n"_h);
  }
  if (page.rows.empty()) {
    h("<p class=empty>"_h, adj::queue_empty, "</p>"_h);
  } else {
    h("<p>"_h, adj::queue_lead, "</p><ul class=pcs>\n"_h);
    for (const PaperQueue::Row& row : page.rows) card(h, page, row);
    h("</ul>\n"_h);
    if (page.more > 0) h("<p>"_h).say(adj::queue_more, page.more)("</p>"_h);
  }
  close_desk(h, frame);
  return std::move(h).take();
}

std::string render_paper_pile(const DeskFrame& frame, const Site& site, const PaperPile& page) {
  Html h = desk_html(frame, site.data_lang, (8 << 10) + page.rows.size() * 700);
  open_desk(h, {frame, adj::pile_title.in(frame.lang), DeskSection::papers});
  h("<h1>"_h, adj::pile_title, "</h1>"_h);
  stack_line(h, page.stack);
  message_box(h, page.message);
  paper_tabs(h, page.stack, PaperTab::none);
  if (!page.contest_title.empty()) h("<p"_h).name_lang()(">"_h, page.contest_title, "</p>"_h);
  h("<h2><span class=no>"_h, page.name.number, "</span> <b"_h).name_lang()(">"_h, page.name.name, "</b></h2>"_h);
  if (page.rows.empty()) {
    h("<p class=empty>"_h, adj::pile_empty, "</p>"_h);
  } else {
    h("<p>"_h).say(adj::pile_lead, page.from + 1, page.from + page.rows.size(), page.papers)("</p><ul class=pcs>\n"_h);
    for (std::size_t i = 0; i < page.rows.size(); ++i)
      pile_card(h, page, page.rows[i], static_cast<std::int64_t>(page.from + i + 1));
    h("</ul>\n"_h);
    pile_turn(h, page);
  }
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
