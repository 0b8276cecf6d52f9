// RFC 6962 Merkle tree hashing with SHA-256, and the frontier that is all an append needs to remember.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/bytes.h"

namespace scrutineer {

// RFC 6962 section 2.1: leaf = H(00 || entry), node = H(01 || left || right), the empty root is H("").
LeafHash leaf_hash(BytesView entry);
NodeHash node_hash(const NodeHash& left, const NodeHash& right);
NodeHash empty_root();

// A tree over one entry has that entry's leaf hash as its root.
inline NodeHash as_node(const LeafHash& leaf) {
  return NodeHash{leaf.hash};
}

// A perfect subtree: it covers the entries [index << height, (index + 1) << height).
struct SubtreeId {
  unsigned height = 0;
  std::uint64_t index = 0;
  friend bool operator==(const SubtreeId&, const SubtreeId&) = default;
};

// The perfect subtrees that make up [0, size), largest (leftmost) first: one for each 1 bit of size.
std::vector<SubtreeId> subtrees_of(std::uint64_t size);

// Root over the hashes of adjacent perfect subtrees as subtrees_of() orders them, folded from the right; the empty
// root for none.
NodeHash fold_right(std::span<const NodeHash> subtree_hashes);

// Root of `hashes.size()` (a power of two) adjacent subtrees of equal height.
NodeHash fold_perfect(std::span<const NodeHash> hashes);

// The compact form of a tree: the hashes of subtrees_of(size). At most 64 hashes. Value type, not thread-safe.
class Frontier {
 public:
  Frontier() = default;
  // `hashes` as subtrees_of(size) orders them; their number is an invariant.
  Frontier(std::uint64_t size, std::vector<NodeHash> hashes);

  std::uint64_t size() const { return size_; }
  std::span<const NodeHash> hashes() const { return hashes_; }
  NodeHash root() const { return fold_right(hashes_); }

  void append(const LeafHash& leaf) {
    append(leaf, [](SubtreeId, const NodeHash&) {});
  }

  // Calls completed(SubtreeId, hash) for every perfect subtree that this leaf completes, from height 0 (the leaf) up.
  // One node hash a leaf, amortised.
  template <class Completed>
  void append(const LeafHash& leaf, Completed&& completed) {
    NodeHash hash = as_node(leaf);
    completed(SubtreeId{0, size_}, hash);
    int joins = std::countr_one(size_);
    for (int height = 1; height <= joins; ++height) {
      hash = node_hash(hashes_.back(), hash);
      hashes_.pop_back();
      completed(SubtreeId{static_cast<unsigned>(height), size_ >> height}, hash);
    }
    hashes_.push_back(hash);
    ++size_;
  }

  friend bool operator==(const Frontier&, const Frontier&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<NodeHash> hashes_;
};

}  // namespace scrutineer
