// The log's side of C2SP tlog-witness: asks witnesses for cosignatures, all at the same time, and delays nobody.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/merkle/witness.h"

namespace scrutineer {

struct AskOptions {
  std::chrono::milliseconds connect{2'000};
  std::chrono::milliseconds whole{5'000};  // of one request; also how long ending a pool may take
  std::chrono::milliseconds pause{5'000};  // before a witness that failed is asked again
  std::string ca_file;                     // see http::ClientOptions
};

// A consistency proof between two sizes of the log, both at most what was offered. Called from the witnesses' threads.
using ProofSource = std::function<Result<MerkleProof>(std::uint64_t from, std::uint64_t to)>;

enum class WitnessTrouble : std::uint8_t {
  none,
  unreachable,    // not reached, or too slow
  refused,        // does not know this log, or says something that is no answer
  bad_answer,     // no cosignature, or one that does not verify: it is not used
  other_history,  // it has seen more than this log has, or something that this log does not follow from. Either this
                  // log is an old copy, or two servers sign it: somebody must look before anything else is published
};

struct WitnessStanding {
  std::string name;
  std::string url;
  std::optional<std::uint64_t> size;  // that it cosigned last, for this pool
  UnixSeconds time;                   // when, by its own clock
  WitnessTrouble trouble = WitnessTrouble::none;
  std::string words;  // what the trouble is, for the log's operator
};

// A checkpoint with every good cosignature that has come in so far.
struct Cosigned {
  SignedCheckpoint checkpoint;
  std::size_t cosigned = 0;
  std::size_t known = 0;  // witnesses asked
};

// Thread-safe. One thread a witness; each witness is asked for the newest checkpoint offered, one request at a time.
class WitnessPool {
 public:
  // Error invalid_argument: an address that is none; limit_exceeded.
  static Result<std::unique_ptr<WitnessPool>> start(std::vector<WitnessAddress> witnesses, ProofSource proofs,
                                                    const AskOptions& options = {});
  ~WitnessPool();  // waits for the requests in progress, at most AskOptions::whole

  // Returns at once. A checkpoint below one that was offered before is ignored.
  void offer(const SignedCheckpoint& checkpoint);

  // Asks everybody once more for the newest checkpoint that was offered: for a cosignature with a new time, where the
  // log stands still.
  void refresh();

  // Everything that has come in for the checkpoints offered lately, by size.
  std::vector<Cosigned> rounds() const;
  // What has come in for the checkpoint of that size; nullopt where it was not offered, or long ago.
  std::optional<Cosigned> collected(std::uint64_t size) const;
  // The newest checkpoint that has as many cosignatures as the best has; nullopt while nothing was offered.
  std::optional<Cosigned> best() const;
  std::vector<WitnessStanding> standings() const;

  // Waits until that many have cosigned this size, at most so long; how many have. For commands and tests.
  std::size_t wait(std::uint64_t size, std::size_t cosigned, std::chrono::milliseconds at_most) const;

 private:
  struct State;
  explicit WitnessPool(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// LOGDIR/witnesses (docs/formats/witness.md): whom this log asks. None where the file is absent.
Result<std::vector<WitnessAddress>> read_witnesses(Disk& disk, const std::string& log_directory);

// The newest checkpoint of this log that a witness has cosigned, as it serves it; nullopt: none yet. Errors: io_error;
// bad_signature (not by that log, or not cosigned by that witness).
Result<std::optional<SignedCheckpoint>> ask_last_seen(const WitnessAddress& witness, const VerifierKey& log,
                                                      const AskOptions& options = {});

}  // namespace scrutineer
