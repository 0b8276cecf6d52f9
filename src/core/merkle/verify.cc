// Verification, after the algorithms of RFC 9162 section 2.1; the names fn, sn, fr and sr are its own.
#include "core/merkle/proof.h"

namespace scrutineer {
namespace {

tl::unexpected<Error> refuse(const char* sentence) {
  return fail(ErrorCode::conflict, sentence);
}

void shift(std::uint64_t& fn, std::uint64_t& sn) {
  fn >>= 1;
  sn >>= 1;
}

}  // namespace

// RFC 9162 section 2.1.3.2.
Status verify_inclusion(const LeafHash& leaf, std::uint64_t index, std::uint64_t size, std::span<const NodeHash> proof,
                        const NodeHash& root) {
  if (index >= size) return fail(ErrorCode::invalid_argument, "the entry's position is not below the tree's size");
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  NodeHash r = as_node(leaf);
  for (const NodeHash& p : proof) {
    if (sn == 0) return refuse("the inclusion proof has too many hashes");
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1) == 0 && fn != 0) shift(fn, sn);
    } else {
      r = node_hash(r, p);
    }
    shift(fn, sn);
  }
  if (sn != 0) return refuse("the inclusion proof has too few hashes");
  if (r != root) return refuse("the inclusion proof does not lead to the root");
  return {};
}

// RFC 9162 section 2.1.4.2.
Status verify_consistency(std::uint64_t a, std::uint64_t b, const NodeHash& root_a, const NodeHash& root_b,
                          std::span<const NodeHash> proof) {
  if (a > b) return fail(ErrorCode::invalid_argument, "consistency goes from a smaller size to a larger one");
  if (a == 0 || a == b) {
    if (!proof.empty()) return refuse("this consistency proof must be empty");
    if (a == 0 && root_a != empty_root()) return refuse("an empty tree has the empty root");
    if (a == b && root_a != root_b) return refuse("two different roots for one size: the log forked");
    return {};
  }
  bool whole = std::has_single_bit(a);  // then the old root itself starts the proof
  if (!whole && proof.empty()) return refuse("the consistency proof has too few hashes");
  NodeHash fr = whole ? root_a : proof[0];
  NodeHash sr = fr;
  std::uint64_t fn = a - 1;
  std::uint64_t sn = b - 1;
  while ((fn & 1) != 0) shift(fn, sn);
  for (const NodeHash& c : proof.subspan(whole ? 0 : 1)) {
    if (sn == 0) return refuse("the consistency proof has too many hashes");
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1) == 0 && fn != 0) shift(fn, sn);
    } else {
      sr = node_hash(sr, c);
    }
    shift(fn, sn);
  }
  if (sn != 0) return refuse("the consistency proof has too few hashes");
  if (fr != root_a) return refuse("the consistency proof does not lead to the old root");
  if (sr != root_b) return refuse("the consistency proof does not lead to the new root");
  return {};
}

}  // namespace scrutineer
