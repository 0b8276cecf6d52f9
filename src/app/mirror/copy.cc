#include "app/mirror/copy.h"

#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/codec/json.h"

namespace scrutineer {

// A name is durable when its folder was synced, and that folder's name when the one above was.
Status CopyWriter::make_directory(const std::string& directory) {
  if (made_.contains(directory)) return {};
  SCRUTINEER_CHECKED(disk_.make_directories(directory));
  for (std::string each = directory; each != directory_ && made_.insert(each).second; each = directory_of(each))
    SCRUTINEER_CHECKED(disk_.sync_directory(directory_of(each)));
  made_.insert(directory);
  return {};
}

Status CopyWriter::write(const std::string& path, BytesView bytes) {
  SCRUTINEER_CHECKED(make_directory(directory_of(at(path))));
  return write_file(disk_, at(path), bytes, Durability::durable);
}

Status CopyWriter::remove(const std::string& path) {
  SCRUTINEER_TRY(bool there, disk_.exists(at(path)));
  if (!there) return {};
  return disk_.remove(at(path));
}

Status CopyHashes::read(unsigned level, std::uint64_t first, std::span<NodeHash> out) {
  TileId id{level, first / kTileWidth, 0};
  id.width = tile_width(size_, level, id.index);
  if (id.width == 0) return fail(ErrorCode::not_found, "the copy has no such tile");
  SCRUTINEER_TRY(Bytes bytes, read_file(disk_, directory_ + "/" + tile_path(id), kTileWidth * kHashBytes));
  SCRUTINEER_TRY(std::vector<NodeHash> hashes, parse_tile(bytes, id.width));
  const std::size_t begin = first % kTileWidth;
  if (begin + out.size() > hashes.size()) return fail(ErrorCode::not_found, "the copy has no such hash");
  std::copy_n(hashes.begin() + static_cast<std::ptrdiff_t>(begin), out.size(), out.begin());
  return {};
}

Result<TileBuilder> TileBuilder::start(CopyWriter& writer, Frontier at, TileHashReader& hashes) {
  check(at.size() % kTileWidth == 0, "a builder of tiles starts where an entry bundle does");
  TileBuilder builder(writer, std::move(at));
  for (unsigned level = 1; level < kTileLevels; ++level) {
    const std::uint64_t count = tile_hashes(builder.frontier_.size(), level);
    std::vector<NodeHash> open(count % kTileWidth);
    if (!open.empty()) SCRUTINEER_CHECKED(hashes.read(level, count - open.size(), open));
    for (const NodeHash& hash : open) builder.open_[level] += hash.view();
  }
  return builder;
}

Status TileBuilder::add(const LeafHash& leaf) {
  std::vector<std::pair<unsigned, std::uint64_t>> full;
  frontier_.append(leaf, [&](SubtreeId id, const NodeHash& hash) {
    if (id.height % kTileHeight != 0) return;
    const unsigned level = id.height / kTileHeight;
    if (level >= kTileLevels) return;
    open_[level] += hash.view();
    if (open_[level].size() == kTileWidth * kHashBytes) full.emplace_back(level, id.index / kTileWidth);
  });
  for (auto [level, index] : full) SCRUTINEER_CHECKED(write_tile(level, index, kTileWidth));
  return {};
}

Status TileBuilder::finish() {
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t count = tile_hashes(frontier_.size(), level);
    const auto width = static_cast<unsigned>(count % kTileWidth);
    if (width != 0) SCRUTINEER_CHECKED(write_tile(level, count / kTileWidth, width));
  }
  return {};
}

Status TileBuilder::write_tile(unsigned level, std::uint64_t index, unsigned width) {
  SCRUTINEER_CHECKED(writer_->write(tile_path({level, index, width}), open_[level]));
  if (width == kTileWidth) open_[level].clear();
  return {};
}

Status visit_copy(Disk& disk, const std::string& directory, std::uint64_t size, const CopyVisit& visit) {
  for (std::uint64_t index = 0; index * kTileWidth < size; ++index) {
    const BundleId id{index, tile_width(size, 0, index)};
    const std::string path = directory + "/" + bundle_path(id);
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, kEntryBundleBytes));
    auto entries = parse_bundle(bytes, id.width);
    if (!entries) return tl::unexpected(placed(std::move(entries).error(), path));
    for (std::size_t i = 0; i < entries->size(); ++i) SCRUTINEER_CHECKED(visit(index * kTileWidth + i, (*entries)[i]));
  }
  return {};
}

namespace {

void collect(const JsonValue& value, std::vector<NamedBlob>& out) {
  if (value.is_object()) {
    auto hash = value.find("sha256"), size = value.find("size"), type = value.find("type");
    auto text = hash ? hash->as_string() : std::nullopt;
    auto parsed = text ? hash_from_hex(*text) : std::nullopt;
    auto bytes = size ? size->as_integer() : std::nullopt;
    if (parsed && bytes && *bytes >= 0 && type && type->as_string())
      out.push_back({BlobHash{*parsed}, static_cast<std::uint64_t>(*bytes)});
  }
  if (value.is_object() || value.is_array())
    for (JsonValue child : value) collect(child, out);
}

}  // namespace

std::vector<NamedBlob> blobs_named(BytesView entry) {
  std::vector<NamedBlob> out;
  if (!entry.starts_with("scrutineer/") || entry.starts_with("scrutineer/result-claim/")) return out;
  const std::size_t begin = entry.find('\n');
  if (begin == entry.npos) return out;
  const std::size_t end = entry.find('\n', begin + 1);
  if (end == entry.npos) return out;
  auto json = Json::parse(entry.substr(begin + 1, end - begin - 1));
  if (json) collect(json->root(), out);
  return out;
}

}  // namespace scrutineer
