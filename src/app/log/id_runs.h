// The list of runs; private to app/log.
#pragma once

#include "app/log/id_run.h"
#include "app/log/layout.h"
#include "app/log/slots.h"

namespace scrutineer {

using IdRunPtr = std::shared_ptr<const IdRun>;

// Oldest first; together they hold the rows of the entries [0, covered). A value: whoever holds a copy can read it
// while newer ones are made (a removed file lives as long as it is open).
struct IdRuns {
  std::vector<IdRunPtr> runs;
  std::uint64_t covered() const { return runs.empty() ? 0 : runs.back()->info().end; }
  Status find(std::uint64_t key, std::vector<std::uint64_t>& values) const;
};

inline constexpr std::size_t kMaxRuns = 90;  // the list fits one slot

Bytes encode(const std::vector<IdRunInfo>& runs);
std::optional<std::vector<IdRunInfo>> decode_runs(BytesView payload);

// The runs that the list names. Errors: corrupt (rebuild the index), io_error.
Result<IdRuns> load_runs(Disk& disk, const Layout& layout, const SlotFile& list);

// One sorted run out of several adjacent ones, written as number `number`.
Result<IdRunPtr> merge_runs(Disk& disk, const Layout& layout, std::span<const IdRunPtr> runs, std::uint64_t number);

}  // namespace scrutineer
