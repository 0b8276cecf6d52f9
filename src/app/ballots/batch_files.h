// A batch directory read from a disk: checked as a whole before anything is made of it (docs/formats/batch.md).
#pragma once

#include <unordered_map>

#include "core/base/disk.h"
#include "core/scan/batch_counts.h"
#include "core/scan/opening.h"

namespace scrutineer {

// The texts are in memory, the pictures are not. A value.
struct BatchFiles {
  std::string directory;
  BatchInfo info;
  std::string readings;  // readings.jsonl, whose lines are good
  std::optional<BatchSecret> secret;
  std::unordered_map<std::string, BallotOutcome> outcomes;  // by id; empty: nobody has decided anything

  // Calls `each` for every picture, in the order of ids.
  Status each(const std::function<Status(const BallotLine&)>& each) const;
  const BallotOutcome* outcome(const BallotId& id) const;
};

enum class WithSecret : std::uint8_t { no, yes };
// Errors: not_found, malformed (with file and line), conflict (batch.json counts other pictures than there are; an
// outcome for a picture that is not there).
Result<BatchFiles> read_batch(Disk& disk, const std::string& directory, WithSecret secret);

// What the machine said, and what holds after people's decisions.
Result<BatchCounts> machine_counts(const BatchFiles& batch);
Result<BatchCounts> decided_counts(const BatchFiles& batch);

}  // namespace scrutineer
