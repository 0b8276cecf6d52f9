// A server's log directory made again from a mirror's copy.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/merkle/checkpoint.h"
#include "core/note/key_file.h"
#include "core/verify/source.h"

namespace scrutineer {

struct RestoreOptions {
  std::string from;           // the mirror's directory
  std::string log_directory;  // absent, or empty
  TrustFiles trust;           // policy, roots, election; kept as LOGDIR/trust
  // Checkpoints of this log that witnesses have seen. A copy that is older than one of them is refused: a log that goes
  // on from it would fork.
  std::vector<SignedCheckpoint> seen;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct Restored {
  Checkpoint checkpoint;
  std::uint64_t blobs = 0;
  std::uint64_t blobs_missing = 0;  // that records name and the copy does not have; never those of the definition
  std::uint64_t published = 0;      // checkpoints that the mirror kept
};

// Everything is recomputed first: the entries give the root of the mirrored checkpoint, which the policy's log has
// signed; every blob has its hash; the definition and its tables are there. Then LOGDIR is made under another name and
// renamed, so that it is there whole or not at all. `log_key`: the log's own; `key_file`: kept as LOGDIR/log.key where
// it is given. Errors: conflict (something is there; another key; a fork), stale (older than what a witness has seen),
// corrupt, not_found, bad_signature, unauthorised, io_error, disk_full.
Result<Restored> restore_log(Disk& disk, const NamedKey& log_key, const std::optional<Bytes>& key_file,
                             const RestoreOptions& options);

}  // namespace scrutineer
