#include "core/merkle/tile.h"

#include "core/base/check.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kPartial = ".p/";

// 1234067 -> "x001/x234/067" (C2SP tlog-tiles, "Merkle tree").
std::string index_path(std::uint64_t index) {
  auto three = [](std::uint64_t n) {
    std::string digits = std::to_string(n);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string path = three(index % 1000);
  while ((index /= 1000) != 0) path = "x" + three(index % 1000) + "/" + path;
  return path;
}

std::string numbered(std::string prefix, std::uint64_t index, unsigned width) {
  prefix += index_path(index);
  if (width != kTileWidth) prefix += ".p/" + std::to_string(width);
  return prefix;
}

std::optional<std::uint64_t> three_digits(std::string_view text) {
  if (text.size() != 3) return std::nullopt;
  std::uint64_t n = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return n;
}

// Strict: the first group of several is not 000, and what it spells fits the positions of a 64-bit tree.
std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::uint64_t index = 0;
  bool first = true;
  while (text.starts_with('x')) {
    if (text.size() < 5 || text[4] != '/') return std::nullopt;
    auto group = three_digits(text.substr(1, 3));
    if (!group || (first && *group == 0) || index > ~std::uint64_t{0} / 1'000'000) return std::nullopt;
    index = index * 1000 + *group;
    first = false;
    text.remove_prefix(5);
  }
  auto group = three_digits(text);
  if (!group) return std::nullopt;
  index = index * 1000 + *group;
  if (index > ~std::uint64_t{0} / kTileWidth) return std::nullopt;
  return index;
}

struct Numbered {
  std::uint64_t index;
  unsigned width;
};

std::optional<Numbered> parse_numbered(std::string_view text) {
  unsigned width = kTileWidth;
  if (std::size_t at = text.find(kPartial); at != text.npos) {
    auto number = parse_decimal(text.substr(at + kPartial.size()));
    if (!number || *number == 0 || *number >= kTileWidth) return std::nullopt;
    width = static_cast<unsigned>(*number);
    text = text.substr(0, at);
  }
  auto index = parse_index(text);
  if (!index) return std::nullopt;
  return Numbered{*index, width};
}

bool consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::uint64_t tile_hashes(std::uint64_t size, unsigned level) {
  return level >= kTileLevels ? 0 : size >> (kTileHeight * level);
}

unsigned tile_width(std::uint64_t size, unsigned level, std::uint64_t index) {
  std::uint64_t hashes = tile_hashes(size, level);
  if (index < hashes / kTileWidth) return kTileWidth;
  return index == hashes / kTileWidth ? static_cast<unsigned>(hashes % kTileWidth) : 0;
}

std::uint64_t full_tiles(std::uint64_t size, unsigned level) {
  return tile_hashes(size, level) / kTileWidth;
}

std::string tile_path(const TileId& id) {
  return numbered("tile/" + std::to_string(id.level) + "/", id.index, id.width);
}

std::string bundle_path(const BundleId& id) {
  return numbered("tile/entries/", id.index, id.width);
}

std::optional<TileId> parse_tile_path(std::string_view path) {
  if (!consume(path, "tile/") || path.size() < 2 || path[1] != '/') return std::nullopt;
  if (path[0] < '0' || path[0] >= static_cast<char>('0' + kTileLevels)) return std::nullopt;
  auto numbers = parse_numbered(path.substr(2));
  if (!numbers) return std::nullopt;
  return TileId{static_cast<unsigned>(path[0] - '0'), numbers->index, numbers->width};
}

std::optional<BundleId> parse_bundle_path(std::string_view path) {
  if (!consume(path, "tile/entries/")) return std::nullopt;
  auto numbers = parse_numbered(path);
  if (!numbers) return std::nullopt;
  return BundleId{numbers->index, numbers->width};
}

void append_bundle_entry(Bytes& out, BytesView entry) {
  check(entry.size() <= limits::kEntryBytes, "a log entry fits a 16-bit length");
  append_be16(out, static_cast<std::uint16_t>(entry.size()));
  out += entry;
}

Result<std::vector<BytesView>> parse_bundle(BytesView bundle, unsigned width) {
  std::vector<BytesView> entries;
  while (!bundle.empty()) {
    if (entries.size() == width) return fail(ErrorCode::malformed, "the entry bundle holds more than it should");
    if (bundle.size() < 2) return fail(ErrorCode::malformed, "the entry bundle is cut short");
    std::size_t length = read_be16(bundle.data());
    if (bundle.size() - 2 < length) return fail(ErrorCode::malformed, "the entry bundle is cut short");
    entries.push_back(bundle.substr(2, length));
    bundle.remove_prefix(2 + length);
  }
  if (entries.size() != width) return fail(ErrorCode::malformed, "the entry bundle holds fewer entries than it should");
  return entries;
}

Result<std::vector<NodeHash>> parse_tile(BytesView bytes, unsigned width) {
  if (bytes.size() != width * kHashBytes) return fail(ErrorCode::malformed, "the tile does not have its length");
  std::vector<NodeHash> hashes(width);
  for (unsigned i = 0; i < width; ++i) hashes[i] = NodeHash{*hash_from_bytes(bytes.substr(i * kHashBytes, kHashBytes))};
  return hashes;
}

}  // namespace scrutineer
