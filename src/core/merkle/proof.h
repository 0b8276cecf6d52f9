// Inclusion and consistency proofs: RFC 6962 section 2.1 makes them, RFC 9162 section 2.1 verifies them.
#pragma once

#include "core/base/result.h"
#include "core/merkle/tree.h"

namespace scrutineer {

// At most 64 hashes (inclusion) or 65 (consistency); order as RFC 6962 defines it.
using MerkleProof = std::vector<NodeHash>;

// Where proofs get the hashes of perfect subtrees from. Errors are the implementation's (io_error, corrupt, not_found).
class NodeReader {
 public:
  virtual ~NodeReader() = default;
  virtual Result<NodeHash> node(SubtreeId id) = 0;
};

// The hashes that tiles store: hash `index` of tile level L is the subtree of height 8 L and that index.
class TileHashReader {
 public:
  virtual ~TileHashReader() = default;
  // Fills `out` with the hashes [first, first + out.size()) of one level. Never crosses the end of a tile.
  virtual Status read(unsigned level, std::uint64_t first, std::span<NodeHash> out) = 0;
};

// Any perfect subtree from tile hashes: reads 2^(height mod 8) of them and folds. Borrows the reader.
class TileNodes final : public NodeReader {
 public:
  explicit TileNodes(TileHashReader& tiles) : tiles_(tiles) {}
  Result<NodeHash> node(SubtreeId id) override;

 private:
  TileHashReader& tiles_;
};

Result<Frontier> frontier_at(NodeReader& nodes, std::uint64_t size);
Result<NodeHash> root_at(NodeReader& nodes, std::uint64_t size);

// Error invalid_argument unless index < size, a <= b. A caller who has the frontier at `size` (a) passes it: the
// hashes on the right edge are then not computed again. Consistency from 0, and of a size with itself, is empty.
Result<MerkleProof> inclusion_proof(NodeReader& nodes, std::uint64_t index, std::uint64_t size);
Result<MerkleProof> inclusion_proof(NodeReader& nodes, std::uint64_t index, const Frontier& at);
Result<MerkleProof> consistency_proof(NodeReader& nodes, std::uint64_t a, std::uint64_t b);
Result<MerkleProof> consistency_proof(NodeReader& nodes, std::uint64_t a, const Frontier& at_b);

// RFC 9162 section 2.1.3.2. Error: conflict, with what does not fit; invalid_argument unless index < size.
Status verify_inclusion(const LeafHash& leaf, std::uint64_t index, std::uint64_t size, std::span<const NodeHash> proof,
                        const NodeHash& root);

// RFC 9162 section 2.1.4.2, and two cases that it leaves out: a = 0 (any root is consistent with the empty tree, whose
// root must be the empty root) and a = b (the roots must be equal); both with an empty proof.
Status verify_consistency(std::uint64_t a, std::uint64_t b, const NodeHash& root_a, const NodeHash& root_b,
                          std::span<const NodeHash> proof);

}  // namespace scrutineer
