#include "app/package/sheets.h"

#include <fmt/format.h>

namespace scrutineer {
namespace {

using Rows = std::span<const CountRow>;

// Takes the rows of one unit and contest off the front.
Rows take(Rows& rest, std::size_t unit, std::size_t contest) {
  std::size_t size = 0;
  while (size < rest.size() && rest[size].unit == unit && rest[size].contest == contest) ++size;
  Rows taken = rest.first(size);
  rest = rest.subspan(size);
  return taken;
}

bool has_results(const UnitTable& units, std::size_t unit) {
  for (UnitFigure figure : {UnitFigure::ballots, UnitFigure::valid, UnitFigure::invalid, UnitFigure::abstain})
    if (units.figure(unit, figure)) return true;
  return false;
}

CountSheet make_sheet(const Known& known, std::size_t unit, std::size_t contest, Rows rows) {
  CountSheet sheet;
  sheet.unit = known.units.rows[unit].id;
  sheet.contest = known.contests[contest].id;
  sheet.how = HowCounted::transcribed;
  sheet.electors = known.units.figure(unit, UnitFigure::electors);
  sheet.ballots_cast = known.units.figure(unit, UnitFigure::ballots);
  sheet.valid = known.units.figure(unit, UnitFigure::valid);
  sheet.invalid = known.units.figure(unit, UnitFigure::invalid);
  sheet.votes.reserve(rows.size());
  for (const CountRow& row : rows)
    sheet.votes.emplace_back(known.options.rows[known.options.of_contest[contest][row.option]].option.id, row.votes);
  return sheet;
}

// A missing row is not a 0: the source must say that nobody voted for somebody. The rows are sorted by option.
void expect_every_option(const Known& known, const CountTable& counts, Rows rows, Problems& problems) {
  const auto& options = known.options.of_contest[rows[0].contest];
  if (rows.size() >= options.size()) return;
  std::size_t missing = 0;
  while (missing < rows.size() && rows[missing].option == missing) ++missing;
  const OptionRow& option = known.options.rows[options[missing]];
  problems.add(
      place_of_line(counts.file, rows[0].line),
      fmt::format("unit \"{}\", contest \"{}\": no count for option \"{}\" ({} of {} are there); write 0 where "
                  "nobody voted for it",
                  known.units.rows[rows[0].unit].id.value(), option.contest.value(), option.option.id.value(),
                  rows.size(), options.size()));
}

}  // namespace

std::vector<CountSheet> make_sheets(const Known& known, const CountTable& counts, Problems& problems) {
  std::vector<CountSheet> sheets;
  if (!counts.complete) return sheets;
  sheets.reserve(known.units.rows.size());
  Rows rest = counts.rows;
  for (std::size_t unit = 0; unit < known.units.rows.size(); ++unit) {
    std::size_t before = sheets.size();
    for (std::size_t contest = 0; contest < known.contests.size(); ++contest) {
      Rows rows = take(rest, unit, contest);
      if (rows.empty()) continue;
      expect_every_option(known, counts, rows, problems);
      sheets.push_back(make_sheet(known, unit, contest, rows));
    }
    if (sheets.size() == before && has_results(known.units, unit))
      problems.add(known.units.place(unit), fmt::format("unit \"{}\" has figures here and no counts in {}",
                                                        known.units.rows[unit].id.value(), counts.file));
  }
  return sheets;
}

}  // namespace scrutineer
