// The two CSV tables that a definition names (docs/formats/definition.md): written canonically, read exactly.
#pragma once

#include "core/base/problems.h"
#include "core/election/election.h"

namespace scrutineer {

// unit_id,level1,...,levelN,name,kind
std::string write_unit_table(const std::vector<UnitRow>& rows, std::size_t levels);
std::vector<UnitRow> read_unit_table(std::string_view csv, std::string_view file, Problems& problems);

// contest_id,option_id,party,name
struct OptionRow {
  ContestId contest;
  Option option;
};
std::string write_option_table(const std::vector<OptionRow>& rows);
std::vector<OptionRow> read_option_table(std::string_view csv, std::string_view file, Problems& problems);

}  // namespace scrutineer
