// A verified copy of somebody else's log. What is kept was recomputed: the root over the entries is that of a
// checkpoint that the policy's log has signed, and what was kept before is its beginning. docs/formats/witness.md.
#pragma once

#include <memory>

#include "app/mirror/copy.h"
#include "app/mirror/source.h"
#include "core/merkle/policy.h"

namespace scrutineer {

struct Mirrored {
  Checkpoint checkpoint;         // what the copy now holds
  std::uint64_t had = 0;         // entries, before
  Witnessing witnessing;         // of the checkpoint, under the policy
  std::uint64_t blobs = 0;       // fetched now
  std::uint64_t missing = 0;     // blobs that records name and nobody serves (yet): asked for again the next time
  std::optional<Error> trouble;  // why fetching blobs ended early; the entries are kept all the same
};

class Mirror {
 public:
  // DIR is made where it is absent. Reads what is there and checks it against its own checkpoint. Borrows the disk.
  // Errors: busy; corrupt (the copy is damaged: move it away and copy again); bad_signature, unauthorised (it is a
  // copy of another log than the policy's).
  static Result<std::unique_ptr<Mirror>> open(Disk& disk, const std::string& directory, Policy policy);

  // Brings the copy up to what is served. Errors, all of which leave the copy as it was:
  // conflict: the log has forked. Both checkpoints are kept below DIR/evidence; each is signed by the log.
  // stale: what is served is older than this copy; kept as well.
  // corrupt: the entries that are served do not make the checkpoint that is served.
  // bad_signature, unauthorised, malformed: no checkpoint of this log. io_error, not_found, disk_full.
  // It can be broken off at any point and goes on where it was.
  using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;
  Result<Mirrored> update(MirrorSource& source, const Progress& progress = {});

  const std::optional<SignedCheckpoint>& checkpoint() const { return own_; }

 private:
  Mirror(Disk& disk, const std::string& directory, Policy policy)
      : disk_(disk), directory_(directory), policy_(std::move(policy)), writer_(disk, directory) {}
  std::uint64_t size() const { return own_ ? own_->checkpoint.size : 0; }
  Status read_own();
  Status check_not_older(const SignedCheckpoint& served);
  Status extend(MirrorSource& source, const SignedCheckpoint& served, const Progress& progress);
  Status take_over(const SignedCheckpoint& served, std::size_t witnessed);
  Result<bool> shows_a_fork(MirrorSource& source, const SignedCheckpoint& served);
  Result<Bytes> bundle(MirrorSource& source, const BundleId& id, bool& left_over);
  Status discard(std::uint64_t served_size);
  Status forget_partials(std::uint64_t old_size, std::uint64_t new_size);
  Status fetch_blobs(MirrorSource& source, Mirrored& out);
  Result<std::vector<NamedBlob>> read_wanted() const;
  Status write_wanted(const std::vector<NamedBlob>& wanted);
  Error refuse(ErrorCode code, const std::string& sentence, const SignedCheckpoint& served);

  Disk& disk_;
  std::string directory_;
  Policy policy_;
  CopyWriter writer_;
  std::unique_ptr<DiskLock> lock_;
  std::optional<SignedCheckpoint> own_;
  std::vector<NamedBlob> named_;  // by the entries that are being added
};

}  // namespace scrutineer
