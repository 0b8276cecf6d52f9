// units.csv of a package: the unit table and the figures beside it.
#pragma once

#include <array>
#include <unordered_map>

#include "app/package/table_file.h"
#include "core/election/tables.h"

namespace scrutineer {

// The columns of units.csv that hold figures. Each may be absent, and each field empty.
enum class UnitFigure : std::uint8_t { electors, ballots, valid, invalid, abstain };
inline constexpr std::array<std::string_view, 5> kUnitFigureNames = {"electors", "ballots", "valid", "invalid",
                                                                     "abstain"};
using UnitFigures = std::array<std::optional<std::int64_t>, kUnitFigureNames.size()>;

struct UnitTable {
  std::string file;
  std::vector<UnitRow> rows;
  std::vector<UnitFigures> figures;  // of each row
  std::vector<std::uint32_t> lines;  // where each row starts
  std::size_t levels = 0;
  bool complete = false;  // no row had to be left out: whoever is not here is unknown

  std::optional<std::int64_t> figure(std::size_t row, UnitFigure figure) const {
    return figures[row][static_cast<std::size_t>(figure)];
  }
  std::string place(std::size_t row) const { return place_of_line(file, lines[row]); }
};

UnitTable read_units(const TableFile& table, Problems& problems);

// Row by unit id. The views point into the table's rows.
using UnitIndexById = std::unordered_map<std::string_view, std::uint32_t>;
UnitIndexById index_units(const UnitTable& table, Problems& problems);

// Where the source says who abstained, it should be who did not cast a ballot.
void check_abstentions(const UnitTable& table, Problems& warnings);

// With several contests nobody can say whose ballots these are.
void refuse_figures_of_several_contests(const UnitTable& table, Problems& problems);

}  // namespace scrutineer
