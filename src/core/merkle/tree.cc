#include "core/merkle/tree.h"

#include <cstring>

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer {

LeafHash leaf_hash(BytesView entry) {
  constexpr char prefix[1] = {0x00};
  return LeafHash{Sha256().update({prefix, 1}).update(entry).finish()};
}

NodeHash node_hash(const NodeHash& left, const NodeHash& right) {
  char bytes[65] = {0x01};
  std::memcpy(bytes + 1, left.hash.bytes.data(), 32);
  std::memcpy(bytes + 33, right.hash.bytes.data(), 32);
  return NodeHash{sha256({bytes, sizeof bytes})};
}

NodeHash empty_root() {
  return NodeHash{sha256({})};
}

std::vector<SubtreeId> subtrees_of(std::uint64_t size) {
  std::vector<SubtreeId> out;
  out.reserve(static_cast<std::size_t>(std::popcount(size)));
  std::uint64_t begin = 0;
  while (begin < size) {
    auto height = static_cast<unsigned>(std::bit_width(size - begin) - 1);
    out.push_back({height, begin >> height});
    begin += std::uint64_t{1} << height;
  }
  return out;
}

NodeHash fold_right(std::span<const NodeHash> hashes) {
  if (hashes.empty()) return empty_root();
  NodeHash root = hashes.back();
  for (std::size_t i = hashes.size() - 1; i-- > 0;) root = node_hash(hashes[i], root);
  return root;
}

NodeHash fold_perfect(std::span<const NodeHash> hashes) {
  check(std::has_single_bit(hashes.size()), "a perfect subtree has a power of two of hashes");
  if (hashes.size() == 1) return hashes[0];
  std::vector<NodeHash> level(hashes.size() / 2);
  for (std::size_t i = 0; i < level.size(); ++i) level[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
  for (std::size_t width = level.size() / 2; width > 0; width /= 2)
    for (std::size_t i = 0; i < width; ++i) level[i] = node_hash(level[2 * i], level[2 * i + 1]);
  return level[0];
}

Frontier::Frontier(std::uint64_t size, std::vector<NodeHash> hashes) : size_(size), hashes_(std::move(hashes)) {
  check(hashes_.size() == static_cast<std::size_t>(std::popcount(size)), "a frontier has one hash for each 1 bit");
}

}  // namespace scrutineer
