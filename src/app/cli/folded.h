// A log directory folded for reading: what several commands ask questions of.
#pragma once

#include <memory>
#include <string>

#include "app/disk/posix_disk.h"
#include "app/log/reader.h"
#include "core/tally/fold.h"

namespace scrutineer::cli {

struct FoldedLog {
  std::unique_ptr<PosixDisk> disk = std::make_unique<PosixDisk>();  // `log` borrows it
  std::unique_ptr<LogReader> log;
  std::unique_ptr<Election> election;
  Roots roots;
  std::unique_ptr<ElectionFold> fold;
  std::uint64_t size = 0;

  const Tally& tally() const { return fold->tally(); }
};

// Folds everything that is in LOGDIR now. Takes no lock: the log may be written to meanwhile.
Result<FoldedLog> fold_directory(const std::string& log_directory);

// A contest by its id, or by its number in the definition from 1; empty: the only one.
Result<ContestIndex> contest_named(const Election& election, const std::string& name);

}  // namespace scrutineer::cli
