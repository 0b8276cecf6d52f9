// A tree that lives in memory, for tests: every leaf kept, every node computed from its definition.
#pragma once

#include "core/merkle/proof.h"

namespace scrutineer {

class MemoryTree final : public NodeReader {
 public:
  void add(BytesView entry) { leaves_.push_back(leaf_hash(entry)); }
  std::uint64_t size() const { return leaves_.size(); }
  const LeafHash& leaf(std::uint64_t index) const { return leaves_[index]; }

  // RFC 6962 section 2.1, MTH(D[begin:end]), word for word.
  NodeHash mth(std::uint64_t begin, std::uint64_t end) const {
    if (begin == end) return empty_root();
    if (end - begin == 1) return as_node(leaves_[begin]);
    std::uint64_t k = std::bit_floor(end - begin - 1);
    return node_hash(mth(begin, begin + k), mth(begin + k, end));
  }
  Result<NodeHash> node(SubtreeId id) override {
    if (((id.index + 1) << id.height) > size()) return fail(ErrorCode::not_found, "no such node");
    return mth(id.index << id.height, (id.index + 1) << id.height);
  }

 private:
  std::vector<LeafHash> leaves_;
};

// A tree of `size` entries "0", "1", ...
inline MemoryTree small_tree(std::uint64_t size) {
  MemoryTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.add(std::to_string(i));
  return tree;
}

}  // namespace scrutineer
