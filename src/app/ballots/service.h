// From a batch directory to what is said of it in the log: the record, the proof of one ballot, an order's pack.
#pragma once

#include "app/ballots/batch_files.h"
#include "core/scan/ballot_pack.h"
#include "core/sorting/recheck.h"

namespace scrutineer {

// The body to sign, and the list of commitments that it names (blob, text/plain).
struct BatchRecord {
  BallotBatch body;
  std::string manifest;
};
enum class PublishVotes : std::uint8_t { no, yes };
// Error: those of the readings; invalid_argument without the secret.
Result<BatchRecord> make_batch_record(const BatchFiles& batch, PublishVotes votes);

// All commitments in their secret order, and where each line stands.
struct CommittedBatch {
  BallotTree tree;
  std::unordered_map<std::string, std::size_t> place;  // by id
};
Result<CommittedBatch> commit_batch(const BatchFiles& batch);

// The proof of one ballot. Errors: not_found; conflict: the directory's root is not the record's.
Result<BallotProof> prove_ballot(const BatchFiles& batch, const CommittedBatch& committed, const RecordId& record,
                                 const BallotBatch& body, const BallotId& ballot);

// What an order shows. Errors: unauthorised (another batch, or fewer papers than the policy's minimum), not_found,
// conflict (a masked picture that is not the one committed to).
Result<Bytes> make_release(Disk& disk, const BatchFiles& batch, const RecordId& record, const BallotBatch& body,
                           const ReleaseOrder& order);

// Re-check rates over batches: by machine, and by option where people have decided.
std::vector<RecheckRow> recheck_by_machine(std::span<const BatchFiles> batches);
std::vector<RecheckRow> recheck_by_option(std::span<const BatchFiles> batches, const ContestId& contest);

}  // namespace scrutineer
