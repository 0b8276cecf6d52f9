#include "app/ui/chart.h"
#include "app/ui/messages.h"
#include "app/ui/result_block.h"
#include "app/ui/sheet.h"

namespace scrutineer::ui {

namespace {

void plain_table(Html& h, const Contest& contest, const Sheet& sheet, const Count& base) {
  h("<table class=res><caption class=vh>"_h, msg::figures_of_sheet, "</caption><thead><tr><th scope=col>"_h,
    msg::option, "<th scope=col>"_h, msg::votes, "<th scope=col>"_h, msg::share, "<tbody>\n"_h);
  for (std::size_t i = 0; i < sheet.options.size(); ++i) {
    const Count& votes = sheet.options[i].votes;
    h("<tr><th scope=row><div class=o><div>"_h);
    option_name(h, contest, i);
    h("</div>"_h);
    share_bar(h, contest, i, {votes, base});
    h("</div><td>"_h, votes, "<td>"_h, Percent{votes, base}, "\n"_h);
  }
  h("</table>"_h);
}

// A difference that is not 0 is marked, in words that a screen reader says: its sign and the column's head.
void difference_cell(Html& h, const Count& hand, const Count& machine) {
  const Count difference = subtract(hand, machine);
  h(difference && *difference != 0 ? "<td class=diff>"_h : "<td>"_h, Signed{difference});
}

void machine_head(Html& h) {
  h("<thead><tr><th scope=col rowspan=2>"_h, msg::option, "<th scope=colgroup>"_h, msg::machine,
    "<th scope=colgroup colspan=3>"_h, msg::by_people, "<th scope=col rowspan=2>"_h, msg::votes,
    "<th scope=col rowspan=2>"_h, msg::share);
  h("<tr><th scope=col>"_h, msg::sorted, "<th scope=col>"_h, msg::from_sorted, "<th scope=col>"_h, msg::difference,
    "<th scope=col>"_h, msg::from_recheck, "<tbody>\n"_h);
}

struct MachineSums {
  Count sorted = 0, from_sorted = 0, from_recheck = 0;
};

MachineSums sums_of(const Sheet& sheet) {
  MachineSums sums;
  for (const SheetOption& option : sheet.options) {
    sums.sorted = add(sums.sorted, option.machine_sorted);
    sums.from_sorted = add(sums.from_sorted, option.hand_from_sorted);
    sums.from_recheck = add(sums.from_recheck, option.hand_from_recheck);
  }
  sums.from_sorted = add(sums.from_sorted, sheet.machine->invalid_from_sorted);
  sums.from_recheck = add(sums.from_recheck, sheet.machine->invalid_from_recheck);
  return sums;
}

// The rows under the options: invalid papers, the re-check pile as a whole, all sorted papers.
void machine_foot(Html& h, const Sheet& sheet) {
  const MachineFigures& machine = *sheet.machine;
  const MachineSums sums = sums_of(sheet);
  h("<tfoot><tr><th scope=row>"_h, msg::invalid, "<td>–<td>"_h, machine.invalid_from_sorted, "<td>–<td>"_h,
    machine.invalid_from_recheck, "<td>"_h, sheet.figures.invalid, "<td>\n<tr><th scope=row>"_h, msg::sorted_papers,
    "<td>"_h, sums.sorted, "<td>"_h, sums.from_sorted);
  difference_cell(h, sums.from_sorted, sums.sorted);
  h("<td>–<td>–<td>\n<tr><th scope=row>"_h, msg::recheck, "<td>"_h, machine.sent_to_recheck, "<td>–"_h);
  difference_cell(h, sums.from_recheck, machine.sent_to_recheck);
  h("<td>"_h, sums.from_recheck, "<td>–<td>\n"_h);
}

void machine_table(Html& h, const Contest& contest, const Sheet& sheet, const Count& base) {
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, msg::figures_machine,
    "\"><table class=list><caption class=vh>"_h, msg::figures_machine, "</caption>"_h);
  machine_head(h);
  for (std::size_t i = 0; i < sheet.options.size(); ++i) {
    const SheetOption& option = sheet.options[i];
    h("<tr><th scope=row>"_h);
    option_name(h, contest, i);
    h("<td>"_h, option.machine_sorted, "<td>"_h, option.hand_from_sorted);
    difference_cell(h, option.hand_from_sorted, option.machine_sorted);
    h("<td>"_h, option.hand_from_recheck, "<td class=big>"_h, option.votes, "<td>"_h, Percent{option.votes, base},
      "\n"_h);
  }
  machine_foot(h, sheet);
  h("</table></div><p class=fine>"_h, msg::difference_note, "</p>"_h);
}

}  // namespace

void sheet_table(Html& h, const Contest& contest, const Sheet& sheet) {
  Count sum = 0;
  for (const SheetOption& option : sheet.options) sum = add(sum, option.votes);
  const Count base = sheet.figures.valid ? sheet.figures.valid : sum;
  if (sheet.machine)
    machine_table(h, contest, sheet, base);
  else
    plain_table(h, contest, sheet, base);
  if (!sheet.figures.valid) h("<p class=fine>"_h, msg::share_note_sum, "</p>"_h);
}

}  // namespace scrutineer::ui
