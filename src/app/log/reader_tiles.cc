// Tiles are slices of columns; each is re-hashed before it is handed out.
#include "app/log/reader_state.h"

namespace scrutineer {
namespace {

// A full tile has its hash in the level above.
Result<bool> full_tile_fits(ColumnReader& columns, unsigned level, std::uint64_t index,
                            std::span<const NodeHash> tile) {
  NodeHash above;
  SCRUTINEER_CHECKED(columns.read(level + 1, index, {&above, 1}));
  return fold_perfect(tile) == above;
}

// A partial tile is made of the perfect subtrees of the frontier that its level has.
bool partial_tile_fits(const Frontier& frontier, unsigned level, std::span<const NodeHash> tile) {
  std::vector<SubtreeId> trees = subtrees_of(frontier.size());
  for (std::size_t i = 0; i < trees.size(); ++i) {
    if (trees[i].height / kTileHeight != level) continue;
    std::size_t width = std::size_t{1} << trees[i].height % kTileHeight;
    if (tile.size() < width || fold_perfect(tile.first(width)) != frontier.hashes()[i]) return false;
    tile = tile.subspan(width);
  }
  return tile.empty();
}

}  // namespace

Result<Bytes> LogReader::tile(const TileId& id) const {
  SnapshotPtr now = state_->snapshot();
  unsigned available = tile_width(now->size(), id.level, id.index);
  if (id.width == 0 || id.width > available || id.level >= kStoreLevels)
    return fail(ErrorCode::not_found, "the tree has no such tile", tile_path(id));
  std::vector<NodeHash> hashes(available);
  SCRUTINEER_CHECKED(state_->columns->read(id.level, id.index * kTileWidth, hashes));
  bool fits = false;
  if (available == kTileWidth) {
    SCRUTINEER_TRY(fits, full_tile_fits(*state_->columns, id.level, id.index, hashes));
  } else {
    fits = partial_tile_fits(now->frontier, id.level, hashes);
  }
  if (!fits) return state_->damaged(tile_path(id));
  return Bytes(reinterpret_cast<const char*>(hashes.data()), id.width * kHashBytes);
}

Result<Bytes> LogReader::bundle(const BundleId& id) const {
  if (id.width == 0 || id.width > tile_width(size(), 0, id.index))
    return fail(ErrorCode::not_found, "the log has no such entries", bundle_path(id));
  Bytes out;
  std::uint64_t begin = id.index * kTileWidth;
  SCRUTINEER_CHECKED(entries(begin, begin + id.width, [&](std::uint64_t, BytesView entry) {
    append_bundle_entry(out, entry);
    return Status{};
  }));
  return out;
}

}  // namespace scrutineer
