#include "core/merkle/tree.h"

#include <doctest/doctest.h>

#include "core/merkle/memory_tree_for_test.h"

namespace scrutineer {

TEST_CASE("the empty root is SHA-256 of nothing") {
  CHECK(to_hex(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(Frontier().root() == empty_root());
}

TEST_CASE("the leaf hash of the empty entry, as RFC 6962 implementations know it") {
  CHECK(to_hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("a frontier has the root of RFC 6962's definition at every size") {
  MemoryTree tree = small_tree(130);
  Frontier frontier;
  for (std::uint64_t size = 0; size <= tree.size(); ++size) {
    CHECK(frontier.root() == tree.mth(0, size));
    CHECK(frontier.size() == size);
    if (size < tree.size()) frontier.append(tree.leaf(size));
  }
}

TEST_CASE("a frontier reports every perfect subtree once, when its last leaf comes") {
  MemoryTree tree = small_tree(64);
  Frontier frontier;
  std::size_t reported = 0;
  for (std::uint64_t i = 0; i < tree.size(); ++i)
    frontier.append(tree.leaf(i), [&](SubtreeId id, const NodeHash& hash) {
      ++reported;
      CHECK(((id.index + 1) << id.height) == i + 1);
      CHECK(hash == tree.node(id).value());
    });
  CHECK(reported == 127);
}

TEST_CASE("the subtrees of a size cover it from left to right") {
  CHECK(subtrees_of(0).empty());
  std::vector<SubtreeId> trees = subtrees_of(13);
  REQUIRE(trees.size() == 3);
  CHECK(trees[0] == SubtreeId{3, 0});
  CHECK(trees[1] == SubtreeId{2, 2});
  CHECK(trees[2] == SubtreeId{0, 12});
  CHECK(subtrees_of(~std::uint64_t{0}).size() == 64);
}

}  // namespace scrutineer
