// options.csv of a package: who stands for what.
#pragma once

#include "app/package/table_file.h"
#include "core/election/tables.h"

namespace scrutineer {

struct OptionTable {
  std::vector<OptionRow> rows;  // as in the file: this is the order on the ballot paper
  // Of each contest of the definition: its rows, in that order.
  std::vector<std::vector<std::uint32_t>> of_contest;
  bool complete = false;  // no row had to be left out

  // Position among the contest's options.
  std::optional<std::uint32_t> find(std::size_t contest, std::string_view option) const;
};

std::optional<std::size_t> find_contest(const std::vector<ContestDefinition>& contests, std::string_view id);

// Reports options twice, of contests that the definition lacks (only if `contests_known`), contests without options.
OptionTable read_options(const TableFile& table, const std::vector<ContestDefinition>& contests, bool contests_known,
                         Problems& problems);

}  // namespace scrutineer
