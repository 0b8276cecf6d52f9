// A node's log and the book folded from it: what enters, in order, and what is durable.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <vector>

#include "app/log/log.h"
#include "core/base/clock.h"
#include "core/base/limits.h"
#include "core/notice/book.h"

namespace scrutineer {

// What came of one record of an envelope.
struct TakenIn {
  RecordId record;  // zero where it could not be read
  enum class Outcome : std::uint8_t { added, known, waiting, refused } outcome = Outcome::refused;
  std::optional<Error> error;  // of `waiting` and `refused`
  std::uint64_t index = 0;     // in the own log; of added and known
};
inline constexpr std::string_view kTakenInNames[] = {"added", "known", "waiting", "refused"};

// A record on its way in.
struct NoticeCandidate {
  Bytes note;
  ParsedNotice parsed;
  std::array<std::optional<VerifierKey>, limits::kNoteSignatures> keys;  // whose signature it is, as the book knew it
  std::array<SignedBy, limits::kNoteSignatures> checks{};
  bool known = false;  // with all its signers: nothing more is looked at
};

// Thread-safe.
class Ledger {
 public:
  // Called for each entry that the log takes in and the book did not have, in order, also while the log is read again:
  // inside the book's lock, so be short.
  using Entered = std::function<void(const Ledger& ledger, NoticeIndex record, std::uint64_t index)>;

  // Opens DIR/log, or makes it where it is absent. Errors: those of Log::open.
  static Result<std::unique_ptr<Ledger>> open(Disk& disk, Clock& clock, const std::string& directory,
                                              const VerifierKey& log_key, Signer& log_signer, Entered entered);
  ~Ledger() { log_.reset(); }  // it still calls back while it commits what is queued

  // Looks up the keys and verifies; on several threads where there is much to do.
  void verify(std::span<NoticeCandidate> candidates) const;

  // What may enter enters the book and is queued for the log, in order. `own`: signed by this node a moment ago;
  // nothing is verified. Then wait().
  struct Admitted {
    std::vector<TakenIn> results;
    std::uint64_t until = 0;  // entries that must be durable before anybody is told
  };
  Admitted admit(std::span<NoticeCandidate> candidates);
  // Waits until so many entries are durable. Errors: io_error (the log has stopped for good).
  Status wait(std::uint64_t until) const;

  std::shared_lock<std::shared_mutex> reading() const;
  const NoticeBook& book() const { return book_; }                               // inside reading()
  const std::vector<std::int64_t>& known_since() const { return known_since_; }  // inside reading()
  // Where the first entry of a record stands. Inside reading().
  std::uint64_t place_of(NoticeIndex record) const { return places_[record]; }

  const LogReader& log() const { return log_->reader(); }
  std::uint64_t acknowledged() const { return acknowledged_.load(); }
  std::uint64_t wait_for_change(std::uint64_t seen, std::chrono::milliseconds at_most) const;
  std::optional<Error> stopped() const;

 private:
  Ledger(Disk& disk, Clock& clock) : disk_(disk), clock_(clock) {}
  Status replay();
  Status read_known();
  bool has_all_signers(const ParsedNotice& entry) const;
  TakenIn apply(NoticeCandidate& candidate, std::uint64_t next, std::int64_t now);
  void enter(NoticeIndex record, std::uint64_t index, std::int64_t now);
  void submit(std::vector<NoticeCandidate*>& fresh);
  void acknowledge(const Result<Appended>& result);
  void note_times(std::uint64_t first, std::size_t count, std::int64_t now);

  Disk& disk_;
  Clock& clock_;
  std::unique_ptr<Log> log_;
  Entered entered_;
  std::unique_ptr<File> known_file_;
  std::vector<std::int64_t> known_times_;  // by entry; while the log is read again

  mutable std::mutex turn_;  // a shared_mutex may let readers in for ever while a writer waits
  mutable std::shared_mutex book_mutex_;
  NoticeBook book_;
  std::vector<std::int64_t> known_since_;  // by NoticeIndex
  std::vector<std::uint64_t> places_;      // by NoticeIndex

  std::mutex intake_;  // the order of the book is the order of the log
  std::uint64_t next_ = 0;
  mutable std::mutex state_;
  mutable std::condition_variable changed_;
  std::atomic<std::uint64_t> acknowledged_{0};
  std::optional<Error> stopped_;
};

}  // namespace scrutineer
