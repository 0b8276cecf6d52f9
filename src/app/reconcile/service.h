// A file that somebody hands in, held against the tally: bytes to reconciliation, reconciliation to the page's model.
#pragma once

#include "app/ui/reconcile.h"
#include "core/reconcile/reconcile.h"

namespace scrutineer {

// CSV or EML 510, plain or gzip, told apart by what is in it. `limit` holds for the bytes after decompression. nullopt:
// `problems` says why, with file and line.
std::optional<OtherTally> read_other(const Election& election, std::optional<ContestIndex> contest, BytesView bytes,
                                     const std::string& file, std::size_t limit, Problems& problems);

// At most `rows` differences and missing places; the model says how many there are. csv_file, json_file and file_stem
// are the caller's.
ui::ReconcileModel to_model(const Reconciliation& result, const Election& election, ui::Lang lang, std::size_t rows);

// Contests of each unit among themselves.
Reconciliation reconcile_concurrent(const Tally& tally);

}  // namespace scrutineer
