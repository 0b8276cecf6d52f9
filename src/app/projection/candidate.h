// An entry on its way into the log, step by step: what Intake does in one thread and the Collector in many.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/log/log.h"
#include "core/tally/fold.h"

namespace scrutineer {

// Parsed, and each of its signatures tried under the key that was known by its name and id when that was done.
struct Candidate {
  Bytes note;
  ParsedEntry entry;
  struct Tried {
    std::optional<PublicKey> under;  // absent: nobody of that name and id was known
    bool good = false;
  };
  std::vector<Tried> tried;  // one a signature
};

// Errors: those of parse_entry().
Result<Candidate> parse_candidate(Bytes note);

// The keys that these entries introduce if they take effect: what the entries after them may be signed with.
std::vector<VerifierKey> introduced_by(std::span<const Result<Candidate>> candidates);

// Who signed it, as far as it is known: one a signature, from the book or else from `introduced`. Copies, so that the
// costly part needs no look at the book.
std::vector<std::optional<VerifierKey>> find_signers(const RecordBook& book, const ParsedEntry& entry,
                                                     std::span<const VerifierKey> introduced);
void try_signatures(Candidate& candidate, std::span<const std::optional<VerifierKey>> signers);

// Where it stands, if the record is there and every signer of this note already stands on it.
std::optional<Appended> already_known(const RecordBook& book, const Candidate& candidate);

// What the signatures are worth now; tries those again whose key the book has learnt since.
std::vector<SignatureCheck> check_signatures(const RecordBook& book, const Candidate& candidate);

}  // namespace scrutineer
