// What somebody else says the figures are: rows about units and areas of one election, out of a CSV table or an EML
// count. Formats: docs/formats/reconcile.md.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/problems.h"
#include "core/eml/eml.h"
#include "core/tally/row.h"

namespace scrutineer {

// A unit or an area of the tree.
struct Place {
  bool is_area = false;
  std::uint32_t index = 0;  // UnitIndex or AreaIndex
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct OtherRow {
  ContestIndex contest = 0;
  Place place;
  // Figures, then options, as in Row: what they do not state is absent.
  std::vector<std::optional<std::int64_t>> columns;
  friend bool operator==(const OtherRow&, const OtherRow&) = default;
};

struct OtherTally {
  std::string name;            // of the file
  std::vector<OtherRow> rows;  // each contest and place at most once
  // Their format cannot leave a figure out (EML): where we state none, theirs means nothing.
  bool states_everything = false;
  Problems unknown;  // rows about what this election does not have
  Problems remarks;  // what contradicts itself in their file
};

// A table with unit_id (or, as in our own claims, id), perhaps contest_id, and either figures and "votes:<option>" or
// option_id and votes. A unit_id that starts with '/' is an area. `contest` is taken where the table has no contest_id;
// without it the votes columns decide. nullopt: the table cannot be believed; `problems` says why.
std::optional<OtherTally> read_other_csv(const Election& election, std::optional<ContestIndex> contest,
                                         std::string_view csv, std::string file, Problems& problems);

// `contest` is taken for a file with a single contest that is called otherwise there.
OtherTally other_from_eml(const Election& election, std::optional<ContestIndex> contest, const eml::Count& count,
                          std::string file);

}  // namespace scrutineer
