#include "core/election/tables.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/codec/csv.h"

namespace scrutineer {

std::string write_unit_table(const std::vector<UnitRow>& rows, std::size_t levels) {
  CsvWriter out;
  out.field("unit_id");
  for (std::size_t level = 1; level <= levels; ++level) out.field("level" + std::to_string(level));
  out.field("name").field("kind").end_row();
  for (const UnitRow& row : rows) {
    out.field(row.id.value());
    for (std::size_t level = 0; level < levels; ++level)
      out.field(level < row.levels.size() ? std::string_view(row.levels[level]) : std::string_view());
    out.field(row.name).field(row.kind).end_row();
  }
  return out.take();
}

std::vector<UnitRow> read_unit_table(std::string_view csv, std::string_view file, Problems& problems) {
  constexpr std::array<std::string_view, 3> kColumns = {"unit_id", "name", "kind"};
  CsvReader in(csv, kColumns, {std::string(file), UnknownColumns::keep}, problems);
  std::vector<std::size_t> levels;
  const auto& extra = in.extra_columns();
  for (std::size_t level = 1; level <= limits::kUnitLevels; ++level) {
    auto found = std::find(extra.begin(), extra.end(), "level" + std::to_string(level));
    if (found == extra.end()) break;
    levels.push_back(kColumns.size() + static_cast<std::size_t>(found - extra.begin()));
  }
  // A level that nobody reads would merge areas, and a scope would cover more than it says.
  for (const std::string& column : extra)
    if (column.starts_with("level") && parse_decimal(column.substr(5)).value_or(0) > levels.size())
      problems.add(std::string(file) + ":1",
                   "columns of levels are level1 to level6 without a gap; this one is not: " + column);
  std::vector<UnitRow> rows;
  while (in.next()) {
    if (rows.size() == limits::kUnits) {
      in.refuse(0, "an election has at most " + std::to_string(limits::kUnits) + " units");
      break;
    }
    UnitRow row{UnitId(std::string(in.field(0))), {}, std::string(in.field(1)), std::string(in.field(2))};
    if (in.field(0).empty()) in.refuse(0, "expected a unit id");
    if (in.field(1).empty()) in.refuse(1, "expected a name");
    if (in.field(2).empty()) in.refuse(2, "expected a kind of unit, such as polling-day");
    if (in.field(0).starts_with('/')) in.refuse(0, "a unit id must not start with '/'");
    for (std::size_t level : levels) {
      if (in.field(level).find('/') != std::string_view::npos)
        in.refuse(level, "the name of an area must not hold a '/'");
      row.levels.emplace_back(in.field(level));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string write_option_table(const std::vector<OptionRow>& rows) {
  CsvWriter out;
  out.field("contest_id").field("option_id").field("party").field("name").end_row();
  for (const OptionRow& row : rows)
    out.field(row.contest.value())
        .field(row.option.id.value())
        .field(row.option.party)
        .field(row.option.name)
        .end_row();
  return out.take();
}

std::vector<OptionRow> read_option_table(std::string_view csv, std::string_view file, Problems& problems) {
  constexpr std::array<std::string_view, 4> kColumns = {"contest_id", "option_id", "party", "name"};
  CsvReader in(csv, kColumns, {std::string(file), UnknownColumns::refuse}, problems);
  std::vector<OptionRow> rows;
  while (in.next()) {
    if (rows.size() == limits::kContests * limits::kOptionsPerContest) {
      in.refuse(0, "these are more options than all contests together can have");
      break;
    }
    for (std::size_t column : {0, 1, 3})
      if (in.field(column).empty()) in.refuse(column, "expected a text that is not empty");
    rows.push_back({ContestId(std::string(in.field(0))),
                    {OptionId(std::string(in.field(1))), std::string(in.field(2)), std::string(in.field(3))}});
  }
  return rows;
}

}  // namespace scrutineer
