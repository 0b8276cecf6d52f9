#include "core/merkle/proof.h"

#include <algorithm>
#include <array>

#include "core/merkle/tile.h"

namespace scrutineer {
namespace {

tl::unexpected<Error> argument(const char* sentence) {
  return fail(ErrorCode::invalid_argument, sentence);
}

// Which of the subtrees of the frontier holds entry `index`.
std::size_t subtree_with(const std::vector<SubtreeId>& trees, std::uint64_t index) {
  std::size_t i = 0;
  while (((trees[i].index + 1) << trees[i].height) - 1 < index) ++i;
  return i;
}

// The siblings of subtree `from` on the way up to (and without) height `top`, lowest first.
Status add_siblings(NodeReader& nodes, SubtreeId from, unsigned top, MerkleProof& proof) {
  for (; from.height < top; ++from.height, from.index >>= 1) {
    SCRUTINEER_TRY(NodeHash sibling, nodes.node({from.height, from.index ^ 1}));
    proof.push_back(sibling);
  }
  return {};
}

// What lies beside subtree `i` of the frontier: all to its right as one hash, then each to its left.
void add_edge(const Frontier& at, std::size_t i, MerkleProof& proof) {
  std::span<const NodeHash> hashes = at.hashes();
  if (i + 1 < hashes.size()) proof.push_back(fold_right(hashes.subspan(i + 1)));
  while (i-- > 0) proof.push_back(hashes[i]);
}

}  // namespace

Result<NodeHash> TileNodes::node(SubtreeId id) {
  unsigned level = id.height / kTileHeight;
  unsigned within = id.height % kTileHeight;
  std::array<NodeHash, kTileWidth / 2> hashes;
  std::span<NodeHash> wanted(hashes.data(), std::size_t{1} << within);
  SCRUTINEER_CHECKED(tiles_.read(level, id.index << within, wanted));
  return fold_perfect(wanted);
}

Result<Frontier> frontier_at(NodeReader& nodes, std::uint64_t size) {
  std::vector<NodeHash> hashes;
  for (const SubtreeId& tree : subtrees_of(size)) {
    SCRUTINEER_TRY(NodeHash hash, nodes.node(tree));
    hashes.push_back(hash);
  }
  return Frontier(size, std::move(hashes));
}

Result<NodeHash> root_at(NodeReader& nodes, std::uint64_t size) {
  SCRUTINEER_TRY(Frontier at, frontier_at(nodes, size));
  return at.root();
}

// RFC 6962 section 2.1.1, PATH(m, D[n]): unrolled, it is the siblings inside the perfect subtree that holds m, then
// what lies beside that subtree.
Result<MerkleProof> inclusion_proof(NodeReader& nodes, std::uint64_t index, const Frontier& at) {
  if (index >= at.size()) return argument("an inclusion proof needs an index below the size");
  std::vector<SubtreeId> trees = subtrees_of(at.size());
  std::size_t i = subtree_with(trees, index);
  MerkleProof proof;
  SCRUTINEER_CHECKED(add_siblings(nodes, {0, index}, trees[i].height, proof));
  add_edge(at, i, proof);
  return proof;
}

Result<MerkleProof> inclusion_proof(NodeReader& nodes, std::uint64_t index, std::uint64_t size) {
  if (index >= size) return argument("an inclusion proof needs an index below the size");
  SCRUTINEER_TRY(Frontier at, frontier_at(nodes, size));
  return inclusion_proof(nodes, index, at);
}

// RFC 6962 section 2.1.2, PROOF(m, D[n]) = SUBPROOF(m, D[n], true): it starts at the last perfect subtree of [0, m),
// whose hash is left out where it is the whole old tree.
Result<MerkleProof> consistency_proof(NodeReader& nodes, std::uint64_t a, const Frontier& at_b) {
  if (a > at_b.size()) return argument("a consistency proof goes from a smaller size to a larger one");
  MerkleProof proof;
  if (a == 0 || a == at_b.size()) return proof;
  SubtreeId last = subtrees_of(a).back();
  std::vector<SubtreeId> trees = subtrees_of(at_b.size());
  std::size_t i = subtree_with(trees, a - 1);
  if (last.index != 0) {
    SCRUTINEER_TRY(NodeHash start, nodes.node(last));
    proof.push_back(start);
  }
  SCRUTINEER_CHECKED(add_siblings(nodes, last, trees[i].height, proof));
  add_edge(at_b, i, proof);
  return proof;
}

Result<MerkleProof> consistency_proof(NodeReader& nodes, std::uint64_t a, std::uint64_t b) {
  SCRUTINEER_TRY(Frontier at, frontier_at(nodes, b));
  return consistency_proof(nodes, a, at);
}

}  // namespace scrutineer
