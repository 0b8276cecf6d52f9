#include <algorithm>

#include "app/ui/messages.h"
#include "app/ui/result_block.h"
#include "app/ui/seat_words.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kRowsShownOpen = 12;

// "62,829.473… (9,424,421/150)": readable first, then exact.
void exact(Html& h, const Fraction& value) {
  std::string decimal;
  append_decimal(decimal, value);
  h("<span class=fr>"_h, decimal);
  if (value.denominator() != 1) h(" <small>("_h, value.numerator(), "/"_h, value.denominator(), ")</small>"_h);
  h("</span>"_h);
}

// A threshold is a share of the votes where it is not a number of seats. Three decimals: 2.990% is not 3%.
void figure(Html& h, SeatStepKind kind, const Fraction& value) {
  if (kind != SeatStepKind::threshold || value.denominator() == 1) return exact(h, value);
  std::string decimal;
  append_decimal(decimal, value * Fraction(100));
  h("<span class=fr>"_h, decimal, "% <small>("_h, value.numerator(), "/"_h, value.denominator(), ")</small></span>"_h);
}

struct Columns {
  bool figure = false, seats = false, passed = false;
};

Columns columns_of(const SeatStep& step) {
  Columns columns;
  for (const SeatRow& row : step.rows) {
    columns.figure |= row.figure.has_value();
    columns.seats |= row.seats.has_value();
    columns.passed |= row.passed.has_value();
  }
  return columns;
}

void row_cells(Html& h, const Contest& contest, SeatStepKind kind, const SeatRow& row, Columns columns) {
  h("<tr><th scope=row>"_h);
  option_name(h, contest, row.option);
  if (columns.figure) {
    h("<td>"_h);
    if (row.figure) figure(h, kind, *row.figure);
  }
  if (columns.passed) h("<td>"_h, row.passed.value_or(false) ? msg::met : msg::not_met);
  if (columns.seats) h("<td class=big>"_h, row.seats.value_or(0));
  h("\n"_h);
}

void rows_table(Html& h, const Contest& contest, const SeatStep& step) {
  const SeatStepWords& said = words(step.kind);
  const Columns columns = columns_of(step);
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, said.title, "\"><table><caption class=vh>"_h, said.title,
    "</caption><thead><tr><th scope=col>"_h, msg::option);
  if (columns.figure) h("<th scope=col>"_h, said.figure);
  if (columns.passed) h("<th scope=col>"_h, msg::outcome);
  if (columns.seats) h("<th scope=col>"_h, msg::seats_given);
  h("<tbody>\n"_h);
  for (const SeatRow& row : step.rows) row_cells(h, contest, step.kind, row, columns);
  h("</table></div>"_h);
}

void one_step(Html& h, const Contest& contest, const SeatStep& step) {
  const SeatStepWords& said = words(step.kind);
  h("<li><h4>"_h, said.title, "</h4><p>"_h, said.sentence);
  if (step.value) {
    h(" <b>"_h);
    figure(h, step.kind, *step.value);
    h("</b>"_h);
  }
  h("</p>"_h);
  if (step.rows.empty()) return;
  const bool folded = step.rows.size() > kRowsShownOpen;
  if (folded) h("<details><summary>"_h).say(msg::show_rows, step.rows.size())("</summary>"_h);
  rows_table(h, contest, step);
  if (folded) h("</details>"_h);
}

}  // namespace

void seat_steps(Html& h, const Contest& contest, const Seats& seats) {
  h("<section class=steps><h3>"_h, msg::seat_title, "</h3><p>"_h, word(seats.method), " · "_h)
      .say(msg::seat_total, seats.total)("</p>"_h);
  if (seats.lots_needed) h("<div class=lots><h4>"_h, msg::lots_title, "</h4><p>"_h, msg::lots_text, "</p></div>"_h);
  h("<ol>\n"_h);
  for (const SeatStep& step : seats.steps) one_step(h, contest, step);
  h("</ol></section>\n"_h);
}

}  // namespace scrutineer::ui
