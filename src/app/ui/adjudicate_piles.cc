// How a stack lies sorted: what the machine put where, and what people made of the rest.
#include "app/ui/adjudicate_messages.h"
#include "app/ui/adjudicate_pages.h"
#include "app/ui/adjudicate_words.h"
#include "app/ui/desk_frame.h"
#include "app/ui/desk_messages.h"

namespace scrutineer::ui {
namespace {

void rate(Html& h, std::int64_t people, std::int64_t together) {
  h("<td>"_h);
  if (together > 0)
    h(Percent{people, together});
  else
    h("–"_h);
}

// Not a figure: nothing of that kind can be here.
constexpr Markup kNothing = "<td>–"_h;

void option_rows(Html& h, const PaperPiles::Contest& contest, std::string_view batch, std::size_t number) {
  std::int64_t machine = 0, people = 0;
  for (std::size_t i = 0; i < contest.options.size(); ++i) {
    const std::int64_t sorted = contest.machine[i], seen = contest.people[i];
    machine += sorted;
    people += seen;
    h("<tr><th scope=row><span class=no>"_h, contest.options[i].number, "</span> <b"_h)
        .name_lang()(">"_h, contest.options[i].name, "</b><td>"_h);
    if (sorted > 0) {
      h("<a href=\""_h);
      pile_address(h, batch, number, i, 0);
      h("\" aria-label=\""_h, adj::pile_look, " "_h, contest.options[i].name, ", "_h, sorted, "\">"_h, sorted,
        "</a>"_h);
    } else {
      h(sorted);
    }
    h("<td>"_h, seen, "<td><b>"_h, sorted + seen, "</b>"_h);
    rate(h, seen, sorted + seen);
  }
  h("<tr><th scope=row>"_h, adj::invalid_word, "<td>"_h, contest.machine_invalid, "<td>"_h, contest.people_invalid,
    "<td><b>"_h, contest.machine_invalid + contest.people_invalid, "</b>"_h, kNothing);
  if (contest.blank_apart)
    h("<tr><th scope=row>"_h, adj::blank, "<td>"_h, contest.machine_blank, "<td>"_h, contest.people_blank, "<td><b>"_h,
      contest.machine_blank + contest.people_blank, "</b>"_h, kNothing);
  h("<tr><th scope=row>"_h, adj::undecided, kNothing, "<td>"_h, contest.undecided, "<td>"_h, contest.undecided,
    kNothing);
  machine += contest.machine_invalid + contest.machine_blank;
  people += contest.people_invalid + contest.people_blank + contest.undecided;
  h("<tr class=sum><th scope=row>"_h, adj::all_papers, "<td>"_h, machine, "<td>"_h, people, "<td><b>"_h,
    machine + people, "</b>"_h);
  rate(h, people, machine + people);
}

void reasons_table(Html& h, const PaperPiles::Reasons& rows, const Msg& title, const Msg& caption, bool marks) {
  if (rows.empty()) return;
  h("<h3>"_h, title, "</h3><table class=\"lines narrow\"><caption class=vh>"_h, caption,
    "</caption><thead><tr><th scope=col>"_h, adj::reason, "<th scope=col>"_h, adj::papers_head, "<tbody>"_h);
  for (const auto& [code, papers] : rows) {
    h("<tr><th scope=row>"_h);
    const Msg* text = marks ? mark_word(code) : nullptr;
    if (marks && text == nullptr) text = defect_word(code);
    if (!marks)
      for (const InvalidWord& one : invalid_words())
        if (one.code == code) text = &one.text;
    if (text != nullptr) h(*text);
    h("<td>"_h, papers);
  }
  h("</table>\n"_h);
}

// Alarms in sight, the rest on demand: each with its test and its interval.
void rates_part(Html& h, const PaperPiles::Contest& contest) {
  if (contest.rates.empty()) return;
  h("<h3>"_h, adj::rates_title, "</h3>"_h);
  for (const PaperPiles::Contest::Rate& rate : contest.rates)
    if (rate.alarm) h("<p class=\"msg bad\"><b>"_h, adj::rates_alarm, "</b> "_h, rate.sentence, "</p>"_h);
  h("<details><summary>"_h, adj::rates_show, "</summary><ul>"_h);
  for (const PaperPiles::Contest::Rate& rate : contest.rates) h("<li>"_h, rate.sentence);
  h("</ul></details>\n"_h);
}

void contest_part(Html& h, const PaperPiles::Contest& contest, std::string_view batch, std::size_t number) {
  h("<section class=card><h2"_h)
      .name_lang()(">"_h, contest.title, "</h2><div class=wide tabindex=0 role=region aria-label=\""_h, contest.title,
                   ": "_h, adj::piles_table, "\"><table class=lines><caption class=vh>"_h, adj::piles_table,
                   "</caption><thead><tr><th scope=col>"_h, adj::pile, "<th scope=col>"_h, adj::by_machine,
                   "<th scope=col>"_h, adj::by_people, "<th scope=col>"_h, adj::together, "<th scope=col>"_h,
                   adj::recheck_rate, "<tbody>\n"_h);
  option_rows(h, contest, batch, number);
  h("</table></div><p class=fine>"_h, adj::rate_note, "</p><div class=two><div>"_h);
  reasons_table(h, contest.reasons, adj::reasons_title, adj::reasons_table, true);
  h("</div><div>"_h);
  reasons_table(h, contest.invalid, adj::invalid_title, adj::invalid_table, false);
  h("</div></div>"_h);
  rates_part(h, contest);
  h("</section>\n"_h);
}

void record_part(Html& h, const DeskFrame& frame, const PaperPiles& page) {
  using Record = PaperPiles::Record;
  if (page.record == Record::none) return;
  h("<section class=\"card act\" aria-labelledby=record><h2 id=record>"_h, adj::record_title, "</h2>"_h);
  switch (page.record) {
    case Record::none: break;
    case Record::no_batch: h("<p>"_h, adj::record_no_batch, "</p>"_h); break;
    case Record::undecided: h("<p>"_h, adj::record_undecided, "</p>"_h); break;
    case Record::vote:
      sign_form(h, frame, "/desk/paper/sign"_h, page.text, {adj::record_vote_means, adj::sign_vote},
                {{"batch"_h, page.stack.key}, {"what"_h, "vote"}});
      break;
    case Record::adjudication:
      sign_form(h, frame, "/desk/paper/sign"_h, page.text, {adj::record_means, adj::sign_record},
                {{"batch"_h, page.stack.key}, {"what"_h, "adjudication"}});
      break;
    case Record::done: h("<p>"_h, adj::record_done, " <code>"_h, page.record_id, "</code></p>"_h); break;
  }
  h("</section>\n"_h);
}

}  // namespace

std::string render_paper_piles(const DeskFrame& frame, const Site& site, const PaperPiles& page) {
  Html h = desk_html(frame, site.data_lang, 16 << 10);
  open_desk(h, {frame, adj::piles_title.in(frame.lang), DeskSection::papers});
  h("<h1>"_h, adj::piles_title, "</h1>"_h);
  stack_line(h, page.stack);
  message_box(h, page.message);
  paper_tabs(h, page.stack, PaperTab::piles);
  progress_words(h, page.progress);
  h("<p>"_h, adj::piles_lead, "</p>\n"_h);
  for (std::size_t i = 0; i < page.contests.size(); ++i) contest_part(h, page.contests[i], page.stack.key, i);
  record_part(h, frame, page);
  close_desk(h, frame);
  return std::move(h).take();
}

}  // namespace scrutineer::ui
