// counts.csv of a package: votes by unit, contest and option.
#pragma once

#include "app/package/options.h"
#include "app/package/units.h"

namespace scrutineer {

struct CountRow {
  std::uint32_t unit = 0;     // row of the unit table
  std::uint16_t contest = 0;  // of the definition
  std::uint16_t option = 0;   // among the contest's options
  std::uint32_t votes = 0;
  std::uint32_t line = 0;
};

// What a count may name.
struct Known {
  const UnitTable& units;
  const UnitIndexById& unit_by_id;
  const std::vector<ContestDefinition>& contests;
  bool contests_known = false;
  const OptionTable& options;
};

struct CountTable {
  std::string file;
  std::vector<CountRow> rows;  // by unit, contest, option
  bool complete = false;       // no row had to be left out
};

// Reports what is unknown and what is counted twice. Unknown units are not reported while the unit table lacks rows
// that could not be read: one mistake would be reported many times.
CountTable read_counts(const TableFile& table, const Known& known, Problems& problems);

}  // namespace scrutineer
