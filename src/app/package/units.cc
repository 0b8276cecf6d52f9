#include "app/package/units.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/package/locate.h"
#include "core/codec/csv.h"

namespace scrutineer {
namespace {

constexpr std::array<std::string_view, 3> kColumns = {"unit_id", "name", "kind"};

// Where the optional columns are, as CsvReader numbers them.
struct Columns {
  std::vector<std::size_t> levels;
  std::array<std::optional<std::size_t>, kUnitFigureNames.size()> figures;
};

// "units.csv:1:24": where the header spells that name.
std::string place_in_header(const TableFile& table, std::string_view name) {
  std::string_view header = std::string_view(table.text).substr(0, table.text.find('\n'));
  auto ends = [&](std::size_t at) {
    return at >= header.size() || std::string_view(",\"\r").find(header[at]) != std::string_view::npos;
  };
  std::size_t at = header.find(name);
  while (at != header.npos && !((at == 0 || ends(at - 1)) && ends(at + name.size()))) at = header.find(name, at + 1);
  return place_in(table.file, header, at == header.npos ? 0 : at);
}

Columns find_columns(const CsvReader& in, const TableFile& table, Problems& problems) {
  Columns columns;
  std::vector<std::string_view> unknown;
  for (std::size_t i = 0; i < in.extra_columns().size(); ++i) {
    const std::string& name = in.extra_columns()[i];
    auto figure = std::find(kUnitFigureNames.begin(), kUnitFigureNames.end(), name);
    if (figure != kUnitFigureNames.end())
      columns.figures[static_cast<std::size_t>(figure - kUnitFigureNames.begin())] = kColumns.size() + i;
    else
      unknown.push_back(name);
  }
  for (std::size_t level = 1; level <= limits::kUnitLevels; ++level) {
    auto name = std::find(unknown.begin(), unknown.end(), fmt::format("level{}", level));
    if (name == unknown.end()) break;
    auto extra = std::find(in.extra_columns().begin(), in.extra_columns().end(), *name);
    columns.levels.push_back(kColumns.size() + static_cast<std::size_t>(extra - in.extra_columns().begin()));
    unknown.erase(name);
  }
  for (std::string_view name : unknown)
    problems.add(
        place_in_header(table, name),
        fmt::format("no column is called \"{}\": expected unit_id, level1 to level{} without a gap, name, kind, "
                    "electors, ballots, valid, invalid, abstain",
                    name, limits::kUnitLevels));
  return columns;
}

// Abstentions may be negative: more ballots than electors happens in real tables, and is shown, not refused.
std::optional<std::int64_t> read_figure(CsvReader& in, std::size_t column, bool may_be_negative) {
  std::string_view text = in.field(column);
  if (text.empty()) return std::nullopt;
  bool negative = may_be_negative && text.starts_with('-') && text != "-0";
  auto number = parse_decimal(negative ? text.substr(1) : text);
  if (number && *number <= static_cast<std::uint64_t>(limits::kVotesPerSheet))
    return negative ? -static_cast<std::int64_t>(*number) : static_cast<std::int64_t>(*number);
  in.refuse(column, fmt::format("expected a whole number from {} to {}, or nothing",
                                may_be_negative ? -limits::kVotesPerSheet : 0, limits::kVotesPerSheet));
  return std::nullopt;
}

UnitRow read_row(CsvReader& in, const Columns& columns) {
  UnitRow row{UnitId(std::string(in.field(0))), {}, std::string(in.field(1)), std::string(in.field(2))};
  if (in.field(0).empty()) in.refuse(0, "expected a unit id");
  if (in.field(0).starts_with('/')) in.refuse(0, "a unit id must not start with '/'");
  if (in.field(1).empty()) in.refuse(1, "expected a name");
  if (in.field(2).empty()) in.refuse(2, "expected a kind of unit, such as polling-day");
  row.levels.reserve(columns.levels.size());
  for (std::size_t level : columns.levels) {
    if (in.field(level).find('/') != std::string_view::npos)
      in.refuse(level, "the name of an area must not hold a '/'");
    row.levels.emplace_back(in.field(level));
  }
  return row;
}

}  // namespace

UnitTable read_units(const TableFile& table, Problems& problems) {
  UnitTable units;
  units.file = table.file;
  std::size_t before = problems.count();
  CsvReader in(table.text, kColumns, {table.file, UnknownColumns::keep}, problems);
  Columns columns = find_columns(in, table, problems);
  units.levels = columns.levels.size();
  std::size_t left_out = problems.count() - before;
  for (before = problems.count(); in.next(); before = problems.count()) {
    left_out += problems.count() - before;
    units.rows.push_back(read_row(in, columns));
    UnitFigures& figures = units.figures.emplace_back();
    for (std::size_t i = 0; i < figures.size(); ++i)
      if (columns.figures[i])
        figures[i] = read_figure(in, *columns.figures[i], static_cast<UnitFigure>(i) == UnitFigure::abstain);
    units.lines.push_back(static_cast<std::uint32_t>(in.line()));
  }
  left_out += problems.count() - before;
  units.complete = left_out == 0 && !units.rows.empty();
  if (left_out == 0 && units.rows.empty()) problems.add(table.file, "this table has no units");
  if (units.rows.size() > limits::kUnits)
    problems.add(units.place(limits::kUnits), fmt::format("an election has at most {} units", limits::kUnits));
  return units;
}

UnitIndexById index_units(const UnitTable& table, Problems& problems) {
  UnitIndexById index;
  index.reserve(table.rows.size());
  for (std::uint32_t row = 0; row < table.rows.size(); ++row) {
    std::string_view id = table.rows[row].id.value();
    auto [known, is_new] = index.try_emplace(id, row);
    if (!is_new)
      problems.add(table.place(row),
                   fmt::format("unit \"{}\" stands already in line {}", id, table.lines[known->second]));
  }
  return index;
}

void check_abstentions(const UnitTable& table, Problems& warnings) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    auto electors = table.figure(row, UnitFigure::electors), ballots = table.figure(row, UnitFigure::ballots);
    auto abstain = table.figure(row, UnitFigure::abstain);
    if (!electors || !ballots || !abstain || *electors - *ballots == *abstain) continue;
    warnings.add(table.place(row), fmt::format("unit \"{}\": abstain is {}, electors - ballots is {}",
                                               table.rows[row].id.value(), *abstain, *electors - *ballots));
  }
}

void refuse_figures_of_several_contests(const UnitTable& table, Problems& problems) {
  for (std::size_t figure = 1; figure < kUnitFigureNames.size(); ++figure) {
    auto given = std::find_if(table.figures.begin(), table.figures.end(),
                              [&](const UnitFigures& figures) { return figures[figure].has_value(); });
    if (given == table.figures.end()) continue;
    problems.add(
        table.place(static_cast<std::size_t>(given - table.figures.begin())),
        fmt::format("with several contests nobody can say to which one \"{}\" belongs: leave that column empty",
                    kUnitFigureNames[figure]));
  }
}

}  // namespace scrutineer
