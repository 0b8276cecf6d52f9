#include "app/projection/intake.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "app/threads/parallel.h"
#include "core/base/check.h"

namespace scrutineer {

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

Result<std::uint64_t> Intake::admit(const Candidate& candidate) {
  std::vector<SignatureCheck> checks = check_signatures(fold_->book(), candidate);
  SCRUTINEER_CHECKED(fold_->book().may_enter(candidate.entry, checks));
  fold_->apply(next_, candidate.entry, entry_text(candidate.note), checks);
  return next_++;
}

std::vector<Result<Appended>> Intake::append(std::span<const Bytes> entries) {
  std::vector<Result<Candidate>> candidates(entries.size(), fail(ErrorCode::malformed, "not examined"));
  std::vector<Result<Appended>> results(entries.size(), fail(ErrorCode::malformed, "not examined"));
  // 1. Parse, and collect the keys that this very batch introduces.
  parallel_for(entries.size(), threads_, 16,
               [&](std::size_t i, std::size_t) { candidates[i] = parse_candidate(entries[i]); });
  std::vector<VerifierKey> introduced = introduced_by(candidates);
  // 2. Signatures.
  parallel_for(entries.size(), threads_, 4, [&](std::size_t i, std::size_t) {
    if (candidates[i]) try_signatures(*candidates[i], find_signers(fold_->book(), candidates[i]->entry, introduced));
  });
  // 3. One after another: who may say this here, and into the queue of the log.
  std::mutex mutex;
  std::condition_variable done;
  std::size_t pending = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!candidates[i]) {
      results[i] = tl::unexpected(candidates[i].error());
      continue;
    }
    if (auto there = already_known(fold_->book(), *candidates[i])) {
      results[i] = *there;
      continue;
    }
    auto position = admit(*candidates[i]);
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
    auto queued = log_.submit(entries[i], candidates[i]->entry.id, acknowledged, Log::Repeats::adds);
    while (!queued && queued.error().code == ErrorCode::busy) {  // the queue is full: wait for it to drain
      std::unique_lock lock(mutex);
      done.wait_for(lock, std::chrono::milliseconds(1));
      lock.unlock();
      queued = log_.submit(entries[i], candidates[i]->entry.id, acknowledged, Log::Repeats::adds);
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
