// Commitments to the ballots of a batch: salted, in a secret order, under one root; and the proof that one ballot is
// among them (docs/formats/batch.md, docs/formats/ballot-records.md).
#pragma once

#include "core/merkle/proof.h"
#include "core/record/ballots.h"
#include "core/scan/batch.h"

namespace scrutineer {

// secret.json. Whoever has it can link every commitment to its paper.
struct BatchSecret {
  Hash256 seed;
};
std::string batch_secret_json(const BatchSecret& secret);  // with its LF
Result<BatchSecret> parse_batch_secret(std::string_view json);
Hash256 ballot_salt(const BatchSecret& secret, const BallotId& id);
Hash256 ballot_order(const BatchSecret& secret, const BallotId& id);  // ballots stand ascending by this

// What a commitment is about.
struct BallotOpening {
  BallotId id;
  Hash256 image;
  std::optional<Hash256> masked;
  std::optional<BallotId> front;
  SheetReading reading;
  Hash256 salt;
};
BallotOpening opening_of(const BallotLine& line, const BatchSecret& secret);
std::string opening_json(const BallotOpening& opening);
Result<BallotOpening> parse_opening(std::string_view json);

// All commitments of a batch. Memory: 64 bytes a leaf. A value; const members are thread-safe.
class BallotTree final : public NodeReader {
 public:
  explicit BallotTree(std::vector<LeafHash> leaves);
  std::size_t size() const { return leaves_.size(); }
  const std::vector<LeafHash>& leaves() const { return leaves_; }
  NodeHash root() const;
  std::optional<std::size_t> find(const LeafHash& leaf) const;  // linear
  MerkleProof proof(std::size_t index) const;                   // index < size()
  Result<NodeHash> node(SubtreeId id) override;

 private:
  std::vector<LeafHash> leaves_;
  std::vector<std::vector<NodeHash>> levels_;  // of perfect subtrees, by height
};

// The ballots of a batch in their secret order.
struct OrderedBallot {
  std::size_t line = 0;  // index into `ids`
  Hash256 order;
};
std::vector<OrderedBallot> secret_order(const std::vector<BallotId>& ids, const BatchSecret& secret);

// "scrutineer-ballots/1" and the leaves, a line each.
std::string ballots_manifest(std::span<const LeafHash> leaves);
Result<std::vector<LeafHash>> parse_ballots_manifest(std::string_view text);

// One ballot is in one batch.
struct BallotProof {
  RecordId batch;
  std::uint64_t index = 0, pictures = 0;
  std::string opening;  // canonical JSON
  MerkleProof proof;
};
inline constexpr std::size_t kBallotProofBytes = 2u << 20;
std::string ballot_proof_text(const BallotProof& proof);  // with its LF
Result<BallotProof> parse_ballot_proof(std::string_view text);
// Errors: malformed (the opening), conflict (it does not lead to that root).
Status verify_ballot_proof(const BallotProof& proof, const NodeHash& root, std::uint64_t pictures);

}  // namespace scrutineer
