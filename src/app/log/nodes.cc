#include "app/log/nodes.h"

namespace scrutineer {

void CachedNodes::grow(std::uint64_t size) {
  std::lock_guard lock(mutex_);
  size_ = std::max(size_, size);
}

void CachedNodes::clear() {
  std::lock_guard lock(mutex_);
  recent_.clear();
  by_key_.clear();
}

Result<CachedNodes::Tree> CachedNodes::load(unsigned level, std::uint64_t tile) {
  Tree tree(2 * kTileWidth);
  SCRUTINEER_CHECKED(columns_.read(level, tile * kTileWidth, std::span(tree).subspan(kTileWidth)));
  for (std::size_t i = kTileWidth; i-- > 1;) tree[i] = node_hash(tree[2 * i], tree[2 * i + 1]);
  return tree;
}

Result<NodeHash> CachedNodes::node(SubtreeId id) {
  unsigned level = id.height / kTileHeight;
  unsigned within = id.height % kTileHeight;
  std::uint64_t tile = id.index >> (kTileHeight - within);
  std::uint64_t place = (std::uint64_t{1} << (kTileHeight - within)) + id.index % (kTileWidth >> within);
  Key key = tile << 3 | level;
  {
    std::lock_guard lock(mutex_);
    if (auto found = by_key_.find(key); found != by_key_.end()) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return found->second->tree[place];
    }
    // Level 0 is read too seldom twice in the same place to be worth keeping; a partial tile still changes.
    if (level == 0 || tile_width(size_, level, tile) != kTileWidth) level = kTileLevels;
  }
  if (level == kTileLevels) return plain_.node(id);
  SCRUTINEER_TRY(Tree tree, load(level, tile));
  NodeHash node = tree[place];
  std::lock_guard lock(mutex_);
  if (by_key_.contains(key)) return node;
  recent_.push_front({key, std::move(tree)});
  by_key_[key] = recent_.begin();
  if (recent_.size() > kTiles) {
    by_key_.erase(recent_.back().key);
    recent_.pop_back();
  }
  return node;
}

}  // namespace scrutineer
