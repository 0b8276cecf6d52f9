#include "app/projection/intake.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "app/threads/parallel.h"
#include "core/base/check.h"

namespace scrutineer {

// An entry on its way in.
struct Intake::Candidate {
  Result<ParsedEntry> entry = fail(ErrorCode::malformed, "not examined");
  // Of each signature: the key that it verifies under, or whether one of that name is known at all.
  std::vector<std::optional<PublicKey>> good_under;
};

Result<std::unique_ptr<Intake>> Intake::open(Log& log, const Election& election, const Roots& roots,
                                             std::size_t threads) {
  std::unique_ptr<Intake> intake(new Intake(log, election, roots, threads));
  SCRUTINEER_CHECKED(intake->rebuild());
  return intake;
}

Status Intake::rebuild() {
  SCRUTINEER_TRY(fold_, fold_log(log_.reader(), log_.reader().size(), election_, roots_));
  next_ = log_.reader().size();
  compromises_ = fold_->book().declared();
  return {};
}

const ElectionFold& Intake::fold() {
  fold_->finish();
  return *fold_;
}

void Intake::verify(const Bytes& note, Candidate& candidate, std::span<const VerifierKey> introduced) const {
  std::string_view text = entry_text(note);
  for (const NoteSignature& signature : candidate.entry->signatures) {
    std::optional<PublicKey>& good = candidate.good_under.emplace_back();
    auto try_key = [&](const VerifierKey& key) {
      if (!good && verify_note_signature(text, signature, key)) good = key.key;
    };
    if (auto index = fold_->book().keys().find(signature.name, signature.id))
      try_key(fold_->book().keys()[*index].key);
    else
      for (const VerifierKey& key : introduced)
        if (key.id == signature.id && key.name == signature.name) try_key(key);
  }
}

// The record is there and every signer of this note already stands on it.
std::optional<Appended> Intake::known(const Candidate& candidate) const {
  const RecordBook& book = fold_->book();
  auto index = book.find(candidate.entry->id);
  if (!index) return std::nullopt;
  const RecordState& record = book.records()[*index];
  for (const NoteSignature& signature : candidate.entry->signatures) {
    bool there = std::any_of(record.signers.begin(), record.signers.end(), [&](const RecordSigner& signer) {
      if (signer.key == kStranger) {
        return book.strangers()[signer.stranger] ==
               signature;  // the whole of it: garbage under a name keeps nobody out
      }
      const VerifierKey& key = book.keys()[signer.key].key;
      return key.name == signature.name && key.id == signature.id;
    });
    if (!there) return std::nullopt;
  }
  return Appended{record.first, true, 0};
}

Result<std::uint64_t> Intake::admit(const Bytes& note, Candidate& candidate) {
  const ParsedEntry& entry = *candidate.entry;
  std::vector<SignatureCheck> checks;
  for (std::size_t i = 0; i < entry.signatures.size(); ++i) {
    auto key = fold_->book().keys().find(entry.signatures[i].name, entry.signatures[i].id);
    if (!key)
      checks.push_back(SignatureCheck::unknown_key);
    else
      checks.push_back(candidate.good_under[i] == fold_->book().keys()[*key].key.key ? SignatureCheck::good
                                                                                     : SignatureCheck::bad);
  }
  SCRUTINEER_CHECKED(fold_->book().may_enter(entry, checks));
  fold_->apply(next_, entry, entry_text(note), checks);
  return next_++;
}

std::vector<Result<Appended>> Intake::append(std::span<const Bytes> entries) {
  std::vector<Candidate> candidates(entries.size());
  std::vector<Result<Appended>> results(entries.size(), fail(ErrorCode::malformed, "not examined"));
  // 1. Parse, and collect the keys that this very batch introduces.
  parallel_for(entries.size(), threads_, 16,
               [&](std::size_t i, std::size_t) { candidates[i].entry = parse_entry(entries[i]); });
  std::vector<VerifierKey> introduced;
  for (const Candidate& candidate : candidates)
    if (candidate.entry)
      if (auto* grant = std::get_if<Grant>(&candidate.entry->record.body)) introduced.push_back(grant->key);
  // 2. Signatures.
  parallel_for(entries.size(), threads_, 4, [&](std::size_t i, std::size_t) {
    if (candidates[i].entry) verify(entries[i], candidates[i], introduced);
  });
  // 3. One after another: who may say this here, and into the queue of the log.
  std::mutex mutex;
  std::condition_variable done;
  std::size_t pending = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!candidates[i].entry) {
      results[i] = tl::unexpected(candidates[i].entry.error());
      continue;
    }
    if (auto there = known(candidates[i])) {
      results[i] = *there;
      continue;
    }
    auto position = admit(entries[i], candidates[i]);
    if (!position) {
      results[i] = tl::unexpected(position.error());
      continue;
    }
    {
      std::lock_guard lock(mutex);
      ++pending;
    }
    auto acknowledged = [&, i, expected = *position](const Result<Appended>& result) {
      check(!result || result->index == expected, "the log and its fold disagree about a position");
      std::lock_guard lock(mutex);
      results[i] = result;
      if (--pending == 0) done.notify_all();
    };
    auto queued = log_.submit(entries[i], candidates[i].entry->id, acknowledged);
    while (!queued && queued.error().code == ErrorCode::busy) {  // the queue is full: wait for it to drain
      std::unique_lock lock(mutex);
      done.wait_for(lock, std::chrono::milliseconds(1));
      lock.unlock();
      queued = log_.submit(entries[i], candidates[i].entry->id, acknowledged);
    }
    if (!queued) {
      std::lock_guard lock(mutex);
      results[i] = tl::unexpected(queued.error());
      --pending;
    }
  }
  // 4. Acknowledged. A declaration of a compromised key reaches back: then everything is folded again.
  std::unique_lock lock(mutex);
  done.wait(lock, [&] { return pending == 0; });
  lock.unlock();
  if (fold_->book().declared() != compromises_) {
    if (auto rebuilt = rebuild(); !rebuilt)
      for (auto& result : results) result = tl::unexpected(rebuilt.error());
  }
  return results;
}

Result<Appended> Intake::append(const Bytes& entry) {
  return append(std::span(&entry, 1)).front();
}

}  // namespace scrutineer
