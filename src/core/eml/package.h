// EML counts as an election package (docs/formats/package.md): what `import` takes in.
#pragma once

#include <span>

#include "core/eml/eml.h"

namespace scrutineer::eml {

struct PackageFiles {
  std::string election_json, units_csv, options_csv, counts_csv;
  std::vector<std::string> notes;
};

enum class OptionLevel : std::uint8_t { lists, candidates };

// Reporting units of all files become the units of one contest; those of one file stand in the area that its authority
// names. `seats`: how many; 0 where the category says it (TK: 150). Errors: conflict (files of different elections, or
// a unit in two of them), not_found (no reporting units), invalid_argument (seats).
Result<PackageFiles> to_package(std::span<const Count> counts, OptionLevel level, std::int64_t seats);

}  // namespace scrutineer::eml
