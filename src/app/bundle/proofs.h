// Which entry carries the sheet that counts, and the proof file for it.
#pragma once

#include "app/bundle/writer.h"
#include "app/log/reader.h"
#include "core/tally/fold.h"

namespace scrutineer {

// Where the entry is that carries the sheet that counted when the log had `size` entries, whatever the fold has taken
// in since; nullopt: none counted.
std::optional<Position> counted_at(const ElectionFold& fold, ContestIndex contest, UnitIndex unit, std::uint64_t size);

// A proof against the first published checkpoint that covers the entry, so that it never changes again.
Status write_proof(const LogReader& reader, Position position, const std::string& path, BundleWriter& writer);

// Proof files to be written, or dropped where no sheet counts.
using ProofList = std::vector<std::pair<std::string, std::optional<Position>>>;
void add_proofs(const ElectionFold& fold, UnitIndex unit, std::uint64_t size, const BundleWriter& writer,
                ProofList& out);
Status write_proofs(const LogReader& reader, const ProofList& proofs, std::size_t threads, BundleWriter& writer);

}  // namespace scrutineer
