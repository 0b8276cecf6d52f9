// Small worlds, exhausted: every proof of every tree up to 40 entries, and every single way to spoil a hash of it.
#include "core/merkle/proof.h"

#include <doctest/doctest.h>

#include "core/merkle/memory_tree_for_test.h"
#include "core/merkle/tile.h"

namespace scrutineer {
namespace {

constexpr std::uint64_t kWorld = 40;

// RFC 6962 section 2.1.1, PATH(m, D[begin:end]), word for word.
MerkleProof path(const MemoryTree& tree, std::uint64_t m, std::uint64_t begin, std::uint64_t end) {
  if (end - begin == 1) return {};
  std::uint64_t k = std::bit_floor(end - begin - 1);
  MerkleProof proof = m < k ? path(tree, m, begin, begin + k) : path(tree, m - k, begin + k, end);
  proof.push_back(m < k ? tree.mth(begin + k, end) : tree.mth(begin, begin + k));
  return proof;
}

// RFC 6962 section 2.1.2, SUBPROOF(m, D[begin:end], b), word for word.
MerkleProof subproof(const MemoryTree& tree, std::uint64_t m, std::uint64_t begin, std::uint64_t end, bool b) {
  if (m == end - begin) return b ? MerkleProof{} : MerkleProof{tree.mth(begin, end)};
  std::uint64_t k = std::bit_floor(end - begin - 1);
  MerkleProof proof = m <= k ? subproof(tree, m, begin, begin + k, b) : subproof(tree, m - k, begin + k, end, false);
  proof.push_back(m <= k ? tree.mth(begin + k, end) : tree.mth(begin, begin + k));
  return proof;
}

NodeHash spoiled(NodeHash hash, unsigned bit) {
  hash.hash.bytes[bit / 8 % 32] ^= static_cast<std::uint8_t>(1u << bit % 8);
  return hash;
}

// Every hash of the proof spoiled, one left out, one too many: none may verify.
template <class Verify>
void check_spoiled(const MerkleProof& proof, Verify&& verify) {
  for (std::size_t i = 0; i < proof.size(); ++i) {
    MerkleProof bad = proof;
    bad[i] = spoiled(bad[i], static_cast<unsigned>(i * 37));
    CHECK_FALSE(verify(bad));
    MerkleProof shorter = proof;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK_FALSE(verify(shorter));
  }
  MerkleProof longer = proof;
  longer.push_back(empty_root());
  CHECK_FALSE(verify(longer));
}

// The tile hashes of a memory tree.
class MemoryTiles final : public TileHashReader {
 public:
  explicit MemoryTiles(MemoryTree& tree) : tree_(tree) {}
  Status read(unsigned level, std::uint64_t first, std::span<NodeHash> out) override {
    CHECK(first / kTileWidth == (first + out.size() - 1) / kTileWidth);
    for (std::size_t i = 0; i < out.size(); ++i) {
      SCRUTINEER_TRY(out[i], tree_.node({level * kTileHeight, first + i}));
    }
    return {};
  }

 private:
  MemoryTree& tree_;
};

}  // namespace

TEST_CASE("inclusion: every entry of every tree up to 40") {
  MemoryTree tree = small_tree(kWorld);
  for (std::uint64_t size = 1; size <= kWorld; ++size) {
    NodeHash root = tree.mth(0, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      MerkleProof proof = inclusion_proof(tree, index, size).value();
      CHECK(proof == path(tree, index, 0, size));
      auto verify = [&](const MerkleProof& p) {
        return verify_inclusion(tree.leaf(index), index, size, p, root).has_value();
      };
      CHECK(verify(proof));
      check_spoiled(proof, verify);
      CHECK_FALSE(verify_inclusion(tree.leaf(index), index, size, proof, spoiled(root, 3)));
      CHECK_FALSE(verify_inclusion(leaf_hash("another"), index, size, proof, root));
      for (std::uint64_t other = 0; other < size; ++other)
        CHECK(verify_inclusion(tree.leaf(index), other, size, proof, root).has_value() == (other == index));
    }
  }
  CHECK(inclusion_proof(tree, 40, 40).error().code == ErrorCode::invalid_argument);
  CHECK(inclusion_proof(tree, 0, 0).error().code == ErrorCode::invalid_argument);
  CHECK(verify_inclusion(tree.leaf(0), 1, 1, {}, root_at(tree, 1).value()).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("consistency: every pair of sizes up to 40") {
  MemoryTree tree = small_tree(kWorld);
  for (std::uint64_t b = 0; b <= kWorld; ++b) {
    NodeHash root_b = tree.mth(0, b);
    for (std::uint64_t a = 0; a <= b; ++a) {
      NodeHash root_a = tree.mth(0, a);
      MerkleProof proof = consistency_proof(tree, a, b).value();
      if (a > 0) CHECK(proof == subproof(tree, a, 0, b, true));
      auto verify = [&](const MerkleProof& p) { return verify_consistency(a, b, root_a, root_b, p).has_value(); };
      CHECK(verify(proof));
      check_spoiled(proof, verify);
      CHECK_FALSE(verify_consistency(a, b, spoiled(root_a, 5), root_b, proof));
      if (a > 0) CHECK_FALSE(verify_consistency(a, b, root_a, spoiled(root_b, 250), proof));
    }
  }
  CHECK(consistency_proof(tree, 3, 2).error().code == ErrorCode::invalid_argument);
  CHECK(verify_consistency(3, 2, empty_root(), empty_root(), {}).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("tile hashes give the same nodes, roots and proofs") {
  MemoryTree tree = small_tree(600);
  MemoryTiles tiles(tree);
  TileNodes nodes(tiles);
  for (std::uint64_t size : {1, 255, 256, 257, 511, 512, 600}) {
    CHECK(root_at(nodes, size).value() == tree.mth(0, size));
    for (std::uint64_t index = 0; index < size; index += 41)
      CHECK(inclusion_proof(nodes, index, size).value() == path(tree, index, 0, size));
    CHECK(consistency_proof(nodes, size / 2 + 1, size).value() == consistency_proof(tree, size / 2 + 1, size).value());
  }
}

TEST_CASE("proofs at the far end of 64 bits end without looping") {
  MerkleProof proof(64, empty_root());
  CHECK_FALSE(verify_inclusion(leaf_hash(""), ~std::uint64_t{0} - 1, ~std::uint64_t{0}, proof, empty_root()));
  CHECK_FALSE(verify_consistency(~std::uint64_t{0} - 1, ~std::uint64_t{0}, empty_root(), empty_root(), proof));
}

}  // namespace scrutineer
