// The log: one writer that appends entries durably and signs checkpoints over them. Format: docs/formats/store.md.
//
// Acknowledged means: the entry and the head are durable, the written bytes were read back and re-hashed, a signed
// checkpoint covers the entry, and that checkpoint is durable in a second place.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "app/log/reader.h"
#include "core/base/disk.h"
#include "core/base/limits.h"
#include "core/merkle/checkpoint.h"

namespace scrutineer {

struct LogOptions {
  // The last signed checkpoint is also kept here, on another disk if possible. A store that is older than this copy
  // is refused (a restored backup must not fork the log). Empty: the store's path + ".last-checkpoint".
  std::string second_copy;
  Disk* second_disk = nullptr;  // nullptr: the store's own disk. Must outlive the log.
  // Opening refuses a store whose second copy is absent unless this is set: then a new one is written, and only the
  // witness can still tell whether the store is old.
  bool accept_missing_second_copy = false;
  // The newest checkpoint of this log that a witness or anybody else has seen: a store below it is refused.
  std::optional<Bytes> witness_checkpoint;

  std::string holder = "scrutineer";  // written into the lock file, for whoever finds the store locked
  // Under load, the least time between the starts of two commits: longer batches, less work per entry, later
  // acknowledgements. Without load (batches of a few entries) the log commits at once.
  std::chrono::microseconds commit_interval{2'500};

  // Tests make these small and the order of disk operations certain.
  bool background = true;                              // false: merging and syncing run between commits
  std::size_t id_rows = 262'144;                       // identifier rows in memory before a run is written
  std::size_t mark_entries = limits::kLogMarkEntries;  // entries after which the columns are made durable
};

struct Appended {
  std::uint64_t index = 0;
  bool already_there = false;
  std::uint64_t covered_by = 0;  // size of a signed checkpoint that covers it
};

class Log {
 public:
  // `path` is created and must not hold a store. `key`: Ed25519, used by this log alone while it is open. `disk` and
  // `key` are borrowed and must outlive the log. Errors: conflict (a store or a second copy is there), busy, io_error.
  static Result<std::unique_ptr<Log>> create(Disk& disk, const std::string& path, const std::string& origin,
                                             Signer& key, LogOptions options = {});

  // Recovers whatever a crash left. Errors: not_found; busy (another writer; names it); conflict (another key, or
  // another root at the size of the second copy or witness); stale (older than those); corrupt, with what is wrong.
  static Result<std::unique_ptr<Log>> open(Disk& disk, const std::string& path, Signer& key, LogOptions options = {});

  ~Log();  // commits what is queued, then stops

  // Called once, from the committing thread: be short, do not call append() or destroy the log from it.
  using Done = std::function<void(const Result<Appended>&)>;

  // Whether the log looks for the record before it appends. `adds`: the caller folds everything in the log and knows
  // that this entry adds to it, by rules of its own (a fold compares keys where the log compares names): it is
  // appended.
  enum class Repeats : std::uint8_t { look_for, adds };

  // Queues an entry (at most limits::kEntryBytes); thread-safe. With `record`, the entry is a signed note with that
  // record id, and the append is idempotent: where the log already has the record and each of the note's signers has
  // signed one of the record's entries, the first position is the answer and nothing is appended. Without it the entry
  // is opaque and always appended.
  // Errors (then `done` is not called): limit_exceeded, invalid_argument (no note, or another record id), busy (the
  // queue is full), io_error (the log has stopped: after a failed write or sync it never goes on; see the message).
  Status submit(Bytes entry, std::optional<RecordId> record, Done done = {}, Repeats repeats = Repeats::look_for);

  // The same and waits for the acknowledgement; waits too where the queue is full.
  Result<Appended> append(Bytes entry, std::optional<RecordId> record = std::nullopt);

  // Adds a checkpoint of this log, with whatever cosignatures it has, to the list of published ones. The same size
  // again changes nothing. Errors: bad_signature, conflict (another root, or smaller than the last one), stale,
  // io_error.
  Status publish(BytesView checkpoint_note);

  const LogReader& reader() const;  // always at the last acknowledged checkpoint
  SignedCheckpoint checkpoint() const;

  // Waits until the columns and the index are durable too. For tests and orderly ends; the destructor does it as well.
  Status settle();

 private:
  struct State;
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
