// Tiles and entry bundles (C2SP tlog-tiles): 256 hashes or entries at a time, and the paths that they are served under.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/merkle/tree.h"

namespace scrutineer {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr unsigned kTileLevels = 8;  // levels 0..7 are enough for 2^64 entries
inline constexpr std::size_t kHashBytes = 32;

// Hash i of tile `index` at `level` covers the entries [(256 index + i) 256^level, (256 index + i + 1) 256^level).
struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;
  unsigned width = 256;  // 1..256; below 256 the tile is partial
  friend bool operator==(const TileId&, const TileId&) = default;
};

// Entries [256 index, 256 index + width).
struct BundleId {
  std::uint64_t index = 0;
  unsigned width = 256;
  friend bool operator==(const BundleId&, const BundleId&) = default;
};

// How many hashes tile level `level` has in a tree of this size: floor(size / 256^level).
std::uint64_t tile_hashes(std::uint64_t size, unsigned level);
// The width of tile `index` at `level` in a tree of this size: 0 (absent) to 256.
unsigned tile_width(std::uint64_t size, unsigned level, std::uint64_t index);
// Every tile (or bundle) of a tree of this size, full ones first within a level, is (level, 0..n-1) and, where the
// width is not 0, the partial (level, n): this gives n.
std::uint64_t full_tiles(std::uint64_t size, unsigned level);

// "tile/<L>/<N>[.p/<W>]" and "tile/entries/<N>[.p/<W>]"; N in groups of three digits, all but the last prefixed "x".
std::string tile_path(const TileId& id);
std::string bundle_path(const BundleId& id);
// Exactly what those write, nothing else; nullopt otherwise. Levels up to 7 and indexes that fit 64-bit sizes.
std::optional<TileId> parse_tile_path(std::string_view path);
std::optional<BundleId> parse_bundle_path(std::string_view path);

// Entry bundle: each entry as be16 length || bytes. Entries are at most limits::kEntryBytes (an invariant here).
void append_bundle_entry(Bytes& out, BytesView entry);
// Views into `bundle`. Error malformed: cut short, trailing bytes, or not exactly `width` entries.
Result<std::vector<BytesView>> parse_bundle(BytesView bundle, unsigned width);

// The hashes of a tile. Error malformed unless there are exactly `width` of them.
Result<std::vector<NodeHash>> parse_tile(BytesView bytes, unsigned width);

}  // namespace scrutineer
