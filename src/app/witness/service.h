// A witness: remembers the newest checkpoint of each log that it was given, and cosigns what follows from it
// (C2SP tlog-witness). What it decides is core/merkle/witness.h; here is its memory. docs/formats/witness.md.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/disk.h"
#include "core/merkle/witness.h"
#include "core/note/key_file.h"

namespace scrutineer {

// What the public page says of one log.
struct WitnessedLog {
  std::string origin;
  std::optional<Checkpoint> last;  // nullopt: nothing cosigned yet
  UnixSeconds time;                // when it was cosigned
  std::size_t forks = 0;           // checkpoints kept because they prove that the log shows two histories
};

class WitnessService {
 public:
  // Takes DIR (made where it is absent) for itself. `key`: made by `key new --cosigner`. Borrows disk and clock.
  // Errors: invalid_argument (no cosigner's key), busy (another witness has DIR), corrupt (what it remembers is
  // damaged: it must not begin anew, for it would then cosign a second history), conflict (DIR is of another witness).
  static Result<std::unique_ptr<WitnessService>> open(Disk& disk, const std::string& directory,
                                                      std::vector<VerifierKey> logs, const NamedKey& key, Clock& clock);

  // The answer to the body of a POST. Thread-safe; one request of a log at a time. `cosigned` is said only after the
  // checkpoint is durable. Errors: io_error, disk_full: nothing was said; this log is answered again after a restart.
  Result<WitnessDecision> add_checkpoint(BytesView body);

  const VerifierKey& key() const { return vkey_; }
  std::vector<WitnessedLog> logs() const;
  // "<monitoring prefix>/<origin hash>/checkpoint": with the log's signature and this witness's. nullopt: none yet.
  std::optional<Bytes> checkpoint(std::string_view origin_hash) const;

 private:
  struct Origin {
    std::string name;
    std::string directory;
    mutable std::mutex mutex;
    std::optional<SignedCheckpoint> last;
    UnixSeconds time;
    std::size_t forks = 0;
    bool stopped = false;  // a write failed: what is on the disk is not known
  };

  WitnessService(Disk& disk, std::vector<VerifierKey> logs, Clock& clock)
      : disk_(disk), logs_(std::move(logs)), clock_(clock) {}
  Status read(Origin& origin) const;
  Result<WitnessDecision> judge(Origin& origin, const AddCheckpoint& request);
  Status store(Origin& origin, const AddCheckpoint& request, WitnessDecision& decision);
  void keep_evidence(Origin& origin, const AddCheckpoint& request, WitnessDecision::Evidence evidence);

  Disk& disk_;
  std::vector<VerifierKey> logs_;
  Clock& clock_;
  VerifierKey vkey_;
  std::mutex signer_mutex_;
  std::unique_ptr<Signer> signer_;
  std::unique_ptr<DiskLock> lock_;
  std::map<std::string, std::unique_ptr<Origin>, std::less<>> origins_;  // by origin hash; fixed once open
};

}  // namespace scrutineer
