// A verified copy of another node's log, with what witnesses said about it: what stands in somebody else's log, and
// what does not, is evidence only for whoever kept it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/http/client.h"
#include "app/notice/witnessed.h"
#include "core/base/clock.h"
#include "core/merkle/tree.h"

namespace scrutineer {

inline constexpr std::uint64_t kCopyBytes = std::uint64_t{4} << 30;  // of one log (core/notice/evidence.h)
inline constexpr std::size_t kForksKept = 64;                        // files; the first ones

// DIR/entries          each entry as be16 length || bytes
// DIR/checkpoints      WitnessedList
// DIR/log              the log's verifier key, LF
// DIR/forks/<hash>     checkpoints signed by the log that contradict what it showed before, with ours
// Thread-safe.
class LogCopy {
 public:
  // Errors: io_error, conflict (a copy of another log).
  static Result<std::unique_ptr<LogCopy>> open(Disk& disk, const std::string& directory, const VerifierKey& log);

  // Fetches what is new and checks it: entries are kept only as far as a checkpoint that the log signed covers them.
  // Errors: io_error (not reached), malformed, bad_signature; conflict (the log has forked, or is older than it was:
  // both checkpoints are kept).
  struct Updated {
    std::uint64_t had = 0, size = 0;
  };
  Result<Updated> update(http::Client& client, const std::vector<VerifierKey>& witnesses);

  const VerifierKey& log() const { return log_; }
  std::uint64_t size() const;
  std::size_t forks() const;
  Result<Bytes> entry(std::uint64_t index) const;
  Result<Bytes> entries_framed() const;  // all of them, be16-framed
  std::vector<Bytes> checkpoints() const;
  // Until when a quorum of these witnesses says that the log had no more than what is here.
  std::int64_t seen_until(const std::vector<VerifierKey>& witnesses, std::size_t quorum) const;

  // How many entries have been looked at for what belongs into the own log; kept over a restart, as an estimate.
  std::uint64_t examined() const;
  void set_examined(std::uint64_t entries);

 private:
  LogCopy(Disk& disk, std::string directory, const VerifierKey& log, WitnessedList list)
      : disk_(disk), directory_(std::move(directory)), log_(log), list_(std::move(list)) {}
  Status read_entries();
  Status fetch_entries(http::Client& client, const std::vector<SignedCheckpoint>& checkpoints,
                       const std::vector<VerifierKey>& witnesses);
  Status take_page(BytesView page, std::uint64_t end);
  Status cut_to(std::uint64_t size);
  Error keep_fork(const SignedCheckpoint& served, std::string sentence);

  Disk& disk_;
  const std::string directory_;
  const VerifierKey log_;
  std::mutex updating_;
  mutable std::mutex mutex_;
  WitnessedList list_;
  std::shared_ptr<File> file_;
  std::vector<std::uint64_t> ends_;  // of entries in the file
  Frontier frontier_;                // over ends_.size() entries
  std::uint64_t examined_ = 0;
  std::size_t forks_ = 0;
};

}  // namespace scrutineer
