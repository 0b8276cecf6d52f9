// An election package into a log: definition, grants and transcribed sheets, signed by one importer.
#pragma once

#include "app/package/package.h"
#include "app/projection/intake.h"
#include "core/note/key_file.h"

namespace scrutineer {

// The records with which an importer sets an election up: it is root, importer and publisher in one, since nobody at a
// station signed anything. They carry no time, so that importing again gives the same records.
struct ImportSetup {
  Bytes definition;  // entry
  RecordId election;
  std::vector<Bytes> grants;  // importer, publisher, coordinator
};
Result<ImportSetup> make_import_setup(const Package& package, const NamedKey& key);

struct Imported {
  std::uint64_t added = 0;
  std::uint64_t already_there = 0;
  std::uint64_t corrected = 0;
};

// Signs and appends the sheets. A unit that already has a sheet with other figures is an error (conflict) that lists
// such units, unless `correction` gives the reason: then the new sheet replaces the old one.
Result<Imported> import_sheets(const Package& package, const RecordId& election, const NamedKey& key, Intake& intake,
                               const std::optional<std::string>& correction, std::size_t threads,
                               const Progress& progress);

}  // namespace scrutineer
