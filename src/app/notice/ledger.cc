#include "app/notice/ledger.h"

#include <algorithm>
#include <thread>

#include "app/threads/parallel.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFewCandidates = 8;  // verified in the caller's own thread
constexpr std::chrono::milliseconds kQueueFull{1};

std::span<const SignedBy> checks_of(const NoticeCandidate& candidate) {
  return {candidate.checks.data(), candidate.parsed.signatures.size()};
}

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(Disk& disk, Clock& clock, const std::string& directory,
                                             const VerifierKey& log_key, Signer& log_signer, Entered entered) {
  std::unique_ptr<Ledger> ledger(new Ledger(disk, clock));
  ledger->entered_ = std::move(entered);
  const std::string path = directory + "/log";
  SCRUTINEER_TRY(bool there, disk.exists(path + "/store"));
  auto log = there ? Log::open(disk, path, log_signer) : Log::create(disk, path, log_key.name, log_signer);
  if (!log) return tl::unexpected(log.error());
  ledger->log_ = std::move(*log);
  SCRUTINEER_TRY(ledger->known_file_, disk.open(directory + "/known", OpenMode::create));
  SCRUTINEER_CHECKED(ledger->read_known());
  SCRUTINEER_CHECKED(ledger->replay());
  return ledger;
}

// Times that a crash lost are taken from the entry before: they only drive this node's own clocks.
Status Ledger::read_known() {
  const std::uint64_t size = log_->reader().size();
  Bytes bytes(static_cast<std::size_t>(size) * 8, '\0');
  SCRUTINEER_TRY(std::size_t got, known_file_->read_at(0, bytes.data(), bytes.size()));
  const std::int64_t now = clock_.now().value;
  std::int64_t last = now;
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::uint64_t time = (i + 1) * 8 <= got ? read_be64(bytes.data() + i * 8) : 0;
    if (time != 0 && time <= static_cast<std::uint64_t>(now)) last = static_cast<std::int64_t>(time);
    known_times_.push_back(last);
  }
  return {};
}

// What stands in the log was verified when it entered: which signatures were good is what the book then knew of keys.
Status Ledger::replay() {
  const std::uint64_t size = log_->reader().size();
  SCRUTINEER_CHECKED(log_->reader().entries(0, size, [&](std::uint64_t index, BytesView note) -> Status {
    auto parsed = parse_notice_entry(note);
    if (!parsed) return fail(ErrorCode::corrupt, "an entry of the log is no record of notices", std::to_string(index));
    std::array<SignedBy, limits::kNoteSignatures> checks{};
    for (std::size_t i = 0; i < parsed->signatures.size(); ++i)
      checks[i] = book_.key_of(*parsed, parsed->signatures[i]) ? SignedBy::good : SignedBy::stranger;
    auto applied = book_.apply(*parsed, {checks.data(), parsed->signatures.size()});
    if (applied.outcome != NoticeBook::Outcome::waiting) enter(applied.index, index, known_times_[index]);
    return Status{};
  }));
  next_ = size;
  acknowledged_ = size;
  known_times_ = {};
  return {};
}

void Ledger::enter(NoticeIndex record, std::uint64_t index, std::int64_t now) {
  if (record >= places_.size()) {
    check(record == places_.size(), "the book adds one record at a time");
    places_.push_back(index);
    known_since_.push_back(now);
  }
  if (entered_) entered_(*this, record, index);
}

std::shared_lock<std::shared_mutex> Ledger::reading() const {
  std::lock_guard turn(turn_);
  return std::shared_lock(book_mutex_);
}

bool Ledger::has_all_signers(const ParsedNotice& entry) const {
  auto found = book_.find(entry.id);
  if (!found) return false;
  const BookedNotice& booked = book_.records()[*found];
  const AgreementState* state = book_.agreement(entry.record.agreement.value_or(entry.id));
  if (state == nullptr) return false;
  return std::all_of(entry.signatures.begin(), entry.signatures.end(), [&](const NoteSignature& signature) {
    return std::any_of(booked.signers.begin(), booked.signers.end(), [&](const NoticeSigner& signer) {
      const VerifierKey& key = state->speakers[signer.speaker].key;
      return key.id == signature.id && key.name == signature.name;
    });
  });
}

void Ledger::verify(std::span<NoticeCandidate> candidates) const {
  {
    auto lock = reading();
    for (NoticeCandidate& candidate : candidates) {
      candidate.known = has_all_signers(candidate.parsed);
      for (std::size_t i = 0; !candidate.known && i < candidate.parsed.signatures.size(); ++i)
        candidate.keys[i] = book_.key_of(candidate.parsed, candidate.parsed.signatures[i]);
    }
  }
  auto one = [&](std::size_t n, std::size_t) {
    NoticeCandidate& candidate = candidates[n];
    if (candidate.known) return;
    for (std::size_t i = 0; i < candidate.parsed.signatures.size(); ++i) {
      const auto& key = candidate.keys[i];
      candidate.checks[i] = !key ? SignedBy::stranger
                            : verify_note_signature(candidate.parsed.text, candidate.parsed.signatures[i], *key)
                                ? SignedBy::good
                                : SignedBy::bad;
      if (candidate.checks[i] == SignedBy::bad) {  // it is refused: the rest costs nobody anything
        std::fill(candidate.checks.begin() + static_cast<std::ptrdiff_t>(i), candidate.checks.end(), SignedBy::bad);
        return;
      }
    }
  };
  parallel_for(candidates.size(), candidates.size() <= kFewCandidates ? 1 : default_threads(), 4, one);
}

TakenIn Ledger::apply(NoticeCandidate& candidate, std::uint64_t next, std::int64_t now) {
  TakenIn result;
  result.record = candidate.parsed.id;
  if (!candidate.known) {
    // A key that came while this was being verified: looked at again.
    for (std::size_t i = 0; i < candidate.parsed.signatures.size(); ++i) {
      if (candidate.keys[i]) continue;
      auto key = book_.key_of(candidate.parsed, candidate.parsed.signatures[i]);
      if (key)
        candidate.checks[i] = verify_note_signature(candidate.parsed.text, candidate.parsed.signatures[i], *key)
                                  ? SignedBy::good
                                  : SignedBy::bad;
    }
    if (Status may = book_.may_enter(candidate.parsed, checks_of(candidate)); !may) {
      result.error = may.error();
      if (may.error().code == ErrorCode::not_found) result.outcome = TakenIn::Outcome::waiting;
      return result;
    }
    auto applied = book_.apply(candidate.parsed, checks_of(candidate));
    check(applied.outcome != NoticeBook::Outcome::waiting, "what may enter has its agreement");
    if (applied.outcome != NoticeBook::Outcome::known) {
      result.outcome = TakenIn::Outcome::added;
      result.index = next;
      enter(applied.index, next, now);
      return result;
    }
  }
  result.outcome = TakenIn::Outcome::known;
  result.index = places_[*book_.find(candidate.parsed.id)];
  return result;
}

Ledger::Admitted Ledger::admit(std::span<NoticeCandidate> candidates) {
  Admitted admitted;
  std::lock_guard intake(intake_);
  if (auto reason = stopped()) {
    for (const NoticeCandidate& candidate : candidates)
      admitted.results.push_back({candidate.parsed.id, TakenIn::Outcome::refused, reason, 0});
    return admitted;
  }
  std::vector<NoticeCandidate*> fresh;
  const std::int64_t now = clock_.now().value;
  {
    std::lock_guard turn(turn_);
    std::unique_lock lock(book_mutex_);
    for (NoticeCandidate& candidate : candidates) {
      admitted.results.push_back(apply(candidate, next_ + fresh.size(), now));
      if (admitted.results.back().outcome == TakenIn::Outcome::added) fresh.push_back(&candidate);
    }
  }
  const std::uint64_t first = next_;
  next_ += fresh.size();
  admitted.until = next_;
  note_times(first, fresh.size(), now);
  submit(fresh);
  return admitted;
}

void Ledger::note_times(std::uint64_t first, std::size_t count, std::int64_t now) {
  Bytes times;
  for (std::size_t i = 0; i < count; ++i) append_be64(times, static_cast<std::uint64_t>(now));
  if (!times.empty()) (void)known_file_->write_at(first * 8, times);  // a loss costs an estimate
}

void Ledger::submit(std::vector<NoticeCandidate*>& fresh) {
  for (NoticeCandidate* candidate : fresh) {
    for (;;) {
      Status queued = log_->submit(
          candidate->note, candidate->parsed.id, [this](const Result<Appended>& result) { acknowledge(result); },
          Log::Repeats::adds);
      if (queued) break;
      if (queued.error().code == ErrorCode::busy) {
        std::this_thread::sleep_for(kQueueFull);
        continue;
      }
      return acknowledge(tl::unexpected(queued.error()));
    }
  }
}

void Ledger::acknowledge(const Result<Appended>& result) {
  if (result && result->covered_by <= acknowledged_.load()) return;
  std::lock_guard lock(state_);
  if (!result && !stopped_) stopped_ = result.error();
  if (result && result->covered_by > acknowledged_) acknowledged_ = result->covered_by;
  changed_.notify_all();
}

Status Ledger::wait(std::uint64_t until) const {
  std::unique_lock lock(state_);
  changed_.wait(lock, [&] { return acknowledged_ >= until || stopped_; });
  if (acknowledged_ < until) return tl::unexpected(*stopped_);
  return {};
}

std::uint64_t Ledger::wait_for_change(std::uint64_t seen, std::chrono::milliseconds at_most) const {
  std::unique_lock lock(state_);
  changed_.wait_for(lock, at_most, [&] { return acknowledged_ > seen || stopped_; });
  return acknowledged_;
}

std::optional<Error> Ledger::stopped() const {
  std::lock_guard lock(state_);
  return stopped_;
}

}  // namespace scrutineer
