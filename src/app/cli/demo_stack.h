// The ballot papers of one unit of the demonstration: drawn, with what happens to paper and to scanners; read by the
// machine's own readers; laid down as a batch whose doubtful papers wait for people.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/demo/simulation.h"
#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/election/election.h"
#include "core/record/ballots.h"

namespace scrutineer::cli {

inline constexpr std::size_t kDemoPapers = 300;
inline constexpr std::size_t kDemoPapersMost = 5'000;

struct DemoStack {
  UnitId unit;
  std::string directory;   // of all batches
  std::string definition;  // the file that says what the papers look like
  std::size_t papers = 0, doubtful = 0;
  BallotBatch record;  // for the log, signed by the machine
  Bytes manifest;
};

// Of the unit that is left last to be counted, of those that a machine sorts: its sheet in `units` becomes the one of
// this stack, as its committee writes it. Writes DIR/papers. nullopt: no such unit, or no papers are wanted.
Result<std::optional<DemoStack>> make_demo_stack(Disk& disk, const std::string& directory, const Election& election,
                                                 std::span<CentreUnit> units, std::size_t papers, std::uint64_t seed);

// The machine's record of this batch, in the centre's log.
Status sign_demo_batch(const std::string& centre, const std::string& keys, const DemoStack& stack, UnixSeconds now);

}  // namespace scrutineer::cli
