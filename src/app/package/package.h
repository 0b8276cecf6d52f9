// Election packages: a directory with election.json and the tables units.csv, options.csv and counts.csv, each plain or
// gzip (docs/formats/package.md). Reading one gives everything that a log needs to take the election in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/base/problems.h"
#include "core/record/count_sheet.h"
#include "core/record/definition.h"

namespace scrutineer {

struct Package {
  Definition definition;              // its blob references name the three blobs below
  Bytes units_blob;                   // CSV as core/election/tables.h writes it
  Bytes options_blob;                 // the same
  Bytes rules_blob;                   // {"rules": [...]}, compact
  std::vector<CountSheet> sheets;     // transcribed; in the order of the unit table, then of the contests
  std::optional<std::string> source;  // where the figures come from, as the package says
  Problems warnings;                  // what contradicts itself in the source and is taken in as it stands
};

// Reads the package in `directory`. Where that has no election.json, the first `<fallback>/<last part of directory>/
// election.json` is taken: {"examples"} finds examples/kr2025/election.json for /anywhere/kr2025. Everything that is
// wrong goes to `problems` with file, line and column, all of it in one run; then there is no package. Nothing is
// written and nothing but `disk` is touched. The problems of several calls may be collected in one list.
std::optional<Package> read_package(Disk& disk, const std::string& directory, std::span<const std::string> fallbacks,
                                    Problems& problems);

// One "where: message" a line, and "and N more" where not all are listed.
std::string to_text(const Problems& problems);

}  // namespace scrutineer
