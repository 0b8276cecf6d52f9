// The front door of a running log for many callers at once: HTTP handlers, hand-over files, a counting centre. Each
// brings a signed note and is told when it is durable and covered by a signed checkpoint, or why it is refused.
//
// Signatures are tried on the callers' own threads, outside every lock. The fold is locked for others only while one
// entry is applied to it (some microseconds), never while the disk is waited for. Who may enter is decided by the same
// functions as in app/projection/intake.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <vector>

#include "app/log/log.h"
#include "app/projection/candidate.h"
#include "app/projection/fold_log.h"

namespace scrutineer {

// Between arriving and acknowledged, at most. Well below what the log's own queue holds, so that the log never refuses
// for want of room what the fold has taken in.
inline constexpr std::size_t kCollectorEntries = 8'192;
inline constexpr std::size_t kCollectorBytes = 16u << 20;
static_assert(kCollectorEntries < limits::kLogQueueEntries && kCollectorBytes < limits::kLogQueueBytes);

struct CollectorOptions {
  std::size_t threads = 1;  // for the signatures of many notes that come in one call
  std::size_t entries = kCollectorEntries;
  std::size_t bytes = kCollectorBytes;
};

class Collector {
 public:
  // Folds what the log already holds. Borrows log, election and roots; nobody else appends to the log meanwhile.
  static Result<std::unique_ptr<Collector>> open(Log& log, const Election& election, const Roots& roots,
                                                 CollectorOptions options = {});
  ~Collector();  // stop()

  // One note. Returns when it is acknowledged (Appended::covered_by is a signed checkpoint over it) or refused. Where
  // the log has the record with all these signers, the first position is the answer and nothing is appended.
  // Thread-safe. Errors: malformed, unauthorised, bad_signature, conflict, not_found: this note is not wanted;
  // limit_exceeded; busy: too many wait, or it is being stopped: try again later; io_error, disk_full: the log has
  // stopped for good, nothing that was acknowledged is lost, and everything is refused with the reason until the server
  // is started again.
  Result<Appended> submit(Bytes note);

  // Many notes, in order, one answer each; as submit(), but waits where too many are on their way. Later notes may be
  // signed by keys that earlier ones grant. Thread-safe.
  std::vector<Result<Appended>> submit(std::span<const Bytes> notes);

  // What a reader is shown: valid inside the call only.
  struct View {
    const ElectionFold& fold;
    const Election& election;
    std::uint64_t folded;  // entries in the fold: some of the last may not be acknowledged yet, see wait_until()
  };
  // Calls `look` with the fold, which stays as it is meanwhile. Be short (some 100 ms at most: who hands in a sheet
  // waits), and do not call submit() or finish() from inside. Any number of readers at once.
  template <class Look>
  auto read(Look&& look) const {
    std::shared_lock lock = lock_for_reading();
    return look(View{*fold_, election_, next_});
  }

  // For who reads the tally for seconds, as writing every claim of a large election takes. `prepare` sees everything of
  // one moment (be short: nothing is admitted meanwhile); `use` then has the tally of that moment for as long as it
  // takes, while the log goes on. What arrives meanwhile is in the book at once and in the tally afterwards, for other
  // readers too. One caller at a time; others wait. Do not call still(), finish() or read() from inside `prepare`.
  void still(const std::function<void(const View&)>& prepare, const std::function<void(const Tally&)>& use);

  // Finds sheets with the same figures (Tally::compare_sheets) for the readers that come after. Sheets that arrive
  // while it runs are compared next time.
  void finish();

  // Entries that are acknowledged: what may be published.
  std::uint64_t acknowledged() const;
  // Waits until more than `seen` entries are acknowledged, until `timeout`, or until it is stopped, and returns how
  // many.
  std::uint64_t wait_for_change(std::uint64_t seen, std::chrono::milliseconds timeout) const;
  // Waits until `folded` entries are acknowledged. False: they were not, in that time or for good.
  bool wait_until(std::uint64_t folded, std::chrono::milliseconds timeout) const;

  // Why nothing more is taken, if that is so.
  std::optional<Error> stopped() const;
  // Refuses what comes from now on, waits for what is on its way, wakes whoever waits for a change.
  void stop();

 private:
  class Room;
  struct Place;

  Collector(Log& log, const Election& election, const Roots& roots, CollectorOptions options)
      : log_(log), election_(election), roots_(roots), options_(options) {}
  std::shared_lock<std::shared_mutex> lock_for_reading() const;
  std::unique_lock<std::shared_mutex> lock_for_writing() const;

  std::vector<Result<Appended>> submit_some(std::span<const Bytes> notes);
  void find_and_try(Candidate& candidate, std::span<const VerifierKey> introduced) const;
  Result<Place> admit(Candidate& candidate);
  Result<Place> append(Candidate& candidate, std::span<const SignatureCheck> checks);
  Result<Appended> answer(Place& place);
  Status rebuild_where_needed();
  void acknowledge(const Result<Appended>& result);
  void hold();
  void stop_with(Error error);

  Log& log_;
  const Election& election_;
  const Roots& roots_;
  const CollectorOptions options_;

  std::mutex admission_;            // one admits at a time: the order of the fold is the order of the log
  mutable std::mutex turn_;         // who waits to write lets no further reader in
  std::mutex stillness_;            // held by still(), and by what replaces or changes the tally beside apply()
  mutable std::shared_mutex lock_;  // fold_, next_
  std::unique_ptr<ElectionFold> fold_;
  std::uint64_t next_ = 0;               // position of the next entry
  std::vector<Compromise> compromises_;  // that fold_ was built with; under admission_

  mutable std::mutex state_;  // what follows
  mutable std::condition_variable changed_;
  std::uint64_t acknowledged_ = 0;
  std::size_t entries_ = 0;  // on their way
  std::size_t bytes_ = 0;
  bool closed_ = false;
  std::optional<Error> stopped_;
};

}  // namespace scrutineer
