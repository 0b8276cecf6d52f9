// Proof files (C2SP tlog-proof): everything that it takes to check offline that an entry is in a log.
#pragma once

#include "core/merkle/policy.h"
#include "core/merkle/proof.h"

namespace scrutineer {

struct TlogProof {
  std::optional<Bytes> extra;  // opaque and not authenticated; we write none
  std::uint64_t index = 0;
  MerkleProof hashes;
  SignedCheckpoint checkpoint;
};

Bytes to_bytes(const TlogProof& proof);
// Exactly the grammar of docs/formats/proof.md. Errors: malformed, limit_exceeded (limits::kProofBytes).
Result<TlogProof> parse_tlog_proof(BytesView bytes);

// The entry is at proof.index in the checkpoint's tree, and the checkpoint is signed by a log of the policy. Errors as
// evaluate() and verify_inclusion(). An unmet quorum is reported in the result, not as an error.
Result<Witnessing> verify_tlog_proof(const TlogProof& proof, const LeafHash& leaf, const Policy& policy);

}  // namespace scrutineer
