// Nodes of the tree from the columns, with the inner nodes of full tiles above level 0 kept: a proof then reads and
// hashes one tile, not four. Private to app/log.
#pragma once

#include <list>
#include <mutex>
#include <unordered_map>

#include "app/log/columns.h"

namespace scrutineer {

// Thread-safe. Memory: at most kTiles times 16 KiB.
class CachedNodes final : public NodeReader {
 public:
  static constexpr std::size_t kTiles = 512;
  explicit CachedNodes(ColumnReader& columns) : columns_(columns), plain_(columns) {}
  Result<NodeHash> node(SubtreeId id) override;
  // Tiles that are full in a tree of this size may be kept; only grows.
  void grow(std::uint64_t size);
  void clear();

 private:
  using Key = std::uint64_t;           // level and tile index
  using Tree = std::vector<NodeHash>;  // 512: [1] is the tile's root, [2 i] and [2 i + 1] are the children of [i]
  struct Kept {
    Key key;
    Tree tree;
  };
  Result<Tree> load(unsigned level, std::uint64_t tile);
  ColumnReader& columns_;
  TileNodes plain_;
  std::mutex mutex_;
  std::uint64_t size_ = 0;
  std::list<Kept> recent_;  // most recently used first
  std::unordered_map<Key, std::list<Kept>::iterator> by_key_;
};

}  // namespace scrutineer
