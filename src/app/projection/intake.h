// Intake: what may enter the log. Verifies signatures, refuses with a reason what nobody granted has signed, appends
// the rest and keeps the fold current.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "app/projection/candidate.h"
#include "app/projection/fold_log.h"

namespace scrutineer {

class Intake {
 public:
  // Folds what the log already holds. Borrows everything. `threads`: for checking signatures.
  static Result<std::unique_ptr<Intake>> open(Log& log, const Election& election, const Roots& roots,
                                              std::size_t threads);

  // In order; one result an entry: where it stands in the log, or why it was refused (unauthorised, bad_signature,
  // malformed, conflict, not_found). Returns when all that was accepted is acknowledged. Not thread-safe.
  std::vector<Result<Appended>> append(std::span<const Bytes> entries);
  Result<Appended> append(const Bytes& entry);

  std::uint64_t size() const { return next_; }  // entries in the fold
  // Everything acknowledged, folded. finish() has been called.
  const ElectionFold& fold();
  // The same without finish(): thread-safe while nothing is appended.
  const ElectionFold& fold_now() const { return *fold_; }

 private:
  Intake(Log& log, const Election& election, const Roots& roots, std::size_t threads)
      : log_(log), election_(election), roots_(roots), threads_(threads) {}
  Result<std::uint64_t> admit(const Candidate& candidate);
  Status rebuild();

  Log& log_;
  const Election& election_;
  const Roots& roots_;
  std::size_t threads_;
  std::unique_ptr<ElectionFold> fold_;
  std::uint64_t next_ = 0;               // position of the next entry
  std::vector<Compromise> compromises_;  // that fold_ was built with
};

}  // namespace scrutineer
