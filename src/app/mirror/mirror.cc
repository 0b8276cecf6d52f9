#include "app/mirror/mirror.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

constexpr std::size_t kEvidenceKept = 256;
constexpr std::size_t kWantedBytes = 256u << 20;
constexpr std::size_t kMissesATime = 64;  // what nobody serves is asked for in turns

std::string size_words(const SignedCheckpoint& checkpoint) {
  return std::to_string(checkpoint.checkpoint.size) + " entries";
}

bool same_tree(const SignedCheckpoint& a, const SignedCheckpoint& b) {
  return a.checkpoint == b.checkpoint;
}

}  // namespace

Result<std::unique_ptr<Mirror>> Mirror::open(Disk& disk, const std::string& directory, Policy policy) {
  std::unique_ptr<Mirror> mirror(new Mirror(disk, directory, std::move(policy)));
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  SCRUTINEER_TRY(mirror->lock_, disk.lock(directory + "/lock", "scrutineer mirror"));
  SCRUTINEER_CHECKED(mirror->read_own());
  return mirror;
}

// The copy's right edge must give its own checkpoint: from there on every further entry is hashed in.
Status Mirror::read_own() {
  SCRUTINEER_TRY(bool there, disk_.exists(writer_.at(kCheckpointPath)));
  if (!there) return {};
  SCRUTINEER_TRY(Bytes note, read_file(disk_, writer_.at(kCheckpointPath), limits::kCheckpointBytes));
  SCRUTINEER_TRY(SignedCheckpoint own, parse_checkpoint(note));
  SCRUTINEER_CHECKED(evaluate(policy_, own).map([](const Witnessing&) {}));
  CopyHashes hashes(disk_, directory_, own.checkpoint.size);
  TileNodes nodes(hashes);
  auto root = root_at(nodes, own.checkpoint.size);
  if (!root || *root != own.checkpoint.root)
    return fail(ErrorCode::corrupt, "this copy is damaged: its tiles do not give its own checkpoint. Move it away",
                directory_);
  own_ = std::move(own);
  return {};
}

// Keeps both checkpoints: each is signed by the log, so that together they prove what the sentence says.
Error Mirror::refuse(ErrorCode code, const std::string& sentence, const SignedCheckpoint& served) {
  const std::string name = "evidence/" + to_hex(sha256(to_text(own_->checkpoint) + to_text(served.checkpoint)));
  auto kept = disk_.list(writer_.at("evidence"));
  if (!kept || kept->size() < kEvidenceKept) {
    (void)writer_.write(name + ".kept", to_bytes(own_->note));
    (void)writer_.write(name + ".served", to_bytes(served.note));
  }
  return Error{code, sentence + ". Both checkpoints are kept as " + name + ".kept and .served: show them to everybody",
               directory_};
}

Status Mirror::check_not_older(const SignedCheckpoint& served) {
  if (!own_ || served.checkpoint.size > size()) return {};
  CopyHashes hashes(disk_, directory_, size());
  TileNodes nodes(hashes);
  SCRUTINEER_TRY(NodeHash root, root_at(nodes, served.checkpoint.size));
  if (root != served.checkpoint.root)
    return tl::unexpected(refuse(
        ErrorCode::conflict,
        "THE LOG HAS FORKED: it has signed another root at " + size_words(served) + " than that of this copy", served));
  if (served.checkpoint.size < size())
    return tl::unexpected(refuse(
        ErrorCode::stale,
        "THE LOG IS ROLLED BACK: it is served with " + size_words(served) + ", and this copy has " + size_words(*own_),
        served));
  return {};
}

Result<Mirrored> Mirror::update(MirrorSource& source, const Progress& progress) {
  // 1. What is served, by whom it is signed, and that it is not less than before.
  SCRUTINEER_TRY(Bytes note, source.get(kCheckpointPath, limits::kCheckpointBytes));
  SCRUTINEER_TRY(SignedCheckpoint served, parse_checkpoint(note));
  Mirrored out;
  out.had = size();
  SCRUTINEER_TRY(out.witnessing, evaluate(policy_, served));
  SCRUTINEER_CHECKED(check_not_older(served));
  // 2. The entries, hashed as they come.
  if (!own_ || !same_tree(*own_, served)) SCRUTINEER_CHECKED(extend(source, served, progress));
  // 3. Now, and not before, it is what this copy says.
  SCRUTINEER_CHECKED(take_over(served, out.witnessing.cosigned));
  out.checkpoint = own_->checkpoint;
  // 4. What records name by hash.
  SCRUTINEER_CHECKED(fetch_blobs(source, out));
  return out;
}

namespace {

// The hashes that a source serves beside its entries.
class ServedHashes final : public TileHashReader {
 public:
  ServedHashes(MirrorSource& source, std::uint64_t size) : source_(source), size_(size) {}
  Status read(unsigned level, std::uint64_t first, std::span<NodeHash> out) override {
    TileId id{level, first / kTileWidth, 0};
    id.width = tile_width(size_, level, id.index);
    SCRUTINEER_TRY(Bytes bytes, source_.get(tile_path(id), kTileWidth * kHashBytes));
    SCRUTINEER_TRY(std::vector<NodeHash> hashes, parse_tile(bytes, id.width));
    const std::size_t begin = first % kTileWidth;
    if (begin + out.size() > hashes.size()) return fail(ErrorCode::corrupt, "a tile is too narrow", tile_path(id));
    std::copy_n(hashes.begin() + static_cast<std::ptrdiff_t>(begin), out.size(), out.begin());
    return {};
  }

 private:
  MirrorSource& source_;
  std::uint64_t size_;
};

}  // namespace

// The entries before this copy's end are not fetched again, so that a fork among them shows as a root that does not
// come out. Where the tiles served do make the signed root, and another one at this copy's size, the log has forked.
Result<bool> Mirror::shows_a_fork(MirrorSource& source, const SignedCheckpoint& served) {
  if (!own_) return false;
  ServedHashes hashes(source, served.checkpoint.size);
  TileNodes nodes(hashes);
  auto theirs = root_at(nodes, served.checkpoint.size);
  auto ours = root_at(nodes, size());
  for (const auto* root : {&theirs, &ours})
    if (!*root && root->error().code == ErrorCode::io_error) return tl::unexpected(root->error());
  return theirs && ours && *theirs == served.checkpoint.root && *ours != own_->checkpoint.root;
}

// A partial bundle may be gone where its full one is there already.
Result<Bytes> Mirror::bundle(MirrorSource& source, const BundleId& id, bool& left_over) {
  const std::string path = bundle_path(id);
  if (id.width == kTileWidth) {
    SCRUTINEER_TRY(bool there, disk_.exists(writer_.at(path)));
    if (there) {  // from an update that was broken off: as good as fetched, for it is hashed like everything else
      left_over = true;
      return read_file(disk_, writer_.at(path), kEntryBundleBytes);
    }
  }
  auto bytes = source.get(path, kEntryBundleBytes);
  if (bytes || id.width == kTileWidth || bytes.error().code != ErrorCode::not_found) return bytes;
  SCRUTINEER_TRY(Bytes full, source.get(bundle_path({id.index, kTileWidth}), kEntryBundleBytes));
  SCRUTINEER_TRY(std::vector<BytesView> entries, parse_bundle(full, kTileWidth));
  Bytes part;
  for (unsigned i = 0; i < id.width; ++i) append_bundle_entry(part, entries[i]);
  return part;
}

Status Mirror::extend(MirrorSource& source, const SignedCheckpoint& served, const Progress& progress) {
  const std::uint64_t total = served.checkpoint.size;
  CopyHashes hashes(disk_, directory_, size());
  TileNodes nodes(hashes);
  SCRUTINEER_TRY(Frontier start, frontier_at(nodes, size() / kTileWidth * kTileWidth));
  SCRUTINEER_TRY(TileBuilder tiles, TileBuilder::start(writer_, std::move(start), hashes));
  bool left_over = false;
  bool another_beginning = false;
  named_.clear();
  for (std::uint64_t index = size() / kTileWidth; index * kTileWidth < total; ++index) {
    const BundleId id{index, tile_width(total, 0, index)};
    SCRUTINEER_TRY(Bytes bytes, bundle(source, id, left_over));
    auto entries = parse_bundle(bytes, id.width);
    if (!entries) {
      SCRUTINEER_CHECKED(discard(total));
      return tl::unexpected(placed(std::move(entries).error(), bundle_path(id)));
    }
    for (BytesView entry : *entries) {
      SCRUTINEER_CHECKED(tiles.add(leaf_hash(entry)));
      if (own_ && tiles.frontier().size() == size())
        another_beginning = tiles.frontier().root() != own_->checkpoint.root;
      if (tiles.frontier().size() > size())
        for (const NamedBlob& blob : blobs_named(entry)) named_.push_back(blob);
    }
    SCRUTINEER_CHECKED(writer_.write(bundle_path(id), bytes));
    if (progress) progress(index * kTileWidth + id.width, total);
  }
  if (tiles.frontier().root() != served.checkpoint.root) {
    SCRUTINEER_CHECKED(discard(total));
    if (left_over) return extend(source, served, progress);  // once: nothing is left over now
    SCRUTINEER_TRY(bool forked, shows_a_fork(source, served));
    if (!forked)
      return fail(ErrorCode::corrupt,
                  "the entries that are served do not make the checkpoint that is served; nothing of it was kept");
    another_beginning = true;
  }
  if (another_beginning) {
    SCRUTINEER_CHECKED(discard(total));
    return tl::unexpected(refuse(ErrorCode::conflict,
                                 "THE LOG HAS FORKED: what it has signed with " + size_words(served) +
                                     " does not begin with what it has signed with " + size_words(*own_),
                                 served));
  }
  return tiles.finish();
}

// Everything beyond what this copy's checkpoint covers.
Status Mirror::discard(std::uint64_t served_size) {
  const std::uint64_t first = size() / kTileWidth;
  for (std::uint64_t index = first; index * kTileWidth < served_size; ++index) {
    SCRUTINEER_CHECKED(writer_.remove(bundle_path({index, kTileWidth})));
    const unsigned width = tile_width(served_size, 0, index);
    if (width < kTileWidth && width != tile_width(size(), 0, index))
      SCRUTINEER_CHECKED(writer_.remove(bundle_path({index, width})));
  }
  for (unsigned level = 0; level < kTileLevels; ++level)
    for (std::uint64_t index = full_tiles(size(), level); index < full_tiles(served_size, level); ++index)
      SCRUTINEER_CHECKED(writer_.remove(tile_path({level, index, kTileWidth})));
  return {};
}

Status Mirror::take_over(const SignedCheckpoint& served, std::size_t witnessed) {
  if (own_ && same_tree(*own_, served)) {  // at most more cosignatures than before
    SCRUTINEER_TRY(Witnessing ours, evaluate(policy_, *own_));
    if (ours.cosigned >= witnessed) return {};
  }
  const std::uint64_t before = size();
  SCRUTINEER_TRY(std::vector<NamedBlob> wanted, read_wanted());
  wanted.insert(wanted.end(), named_.begin(), named_.end());
  named_.clear();
  SCRUTINEER_CHECKED(write_wanted(wanted));
  Bytes note = to_bytes(served.note);
  SCRUTINEER_CHECKED(writer_.write("checkpoints/" + std::to_string(served.checkpoint.size), note));
  SCRUTINEER_CHECKED(writer_.write(kCheckpointPath, note));
  own_ = served;
  return forget_partials(before, size());
}

// Each step of a log leaves a partial tile behind, which nobody needs once a wider one is there.
Status Mirror::forget_partials(std::uint64_t old_size, std::uint64_t new_size) {
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t index = full_tiles(old_size, level);
    const unsigned width = tile_width(old_size, level, index);
    if (width == 0 || tile_width(new_size, level, index) == width) continue;
    SCRUTINEER_CHECKED(writer_.remove(tile_path({level, index, width})));
    if (level == 0) SCRUTINEER_CHECKED(writer_.remove(bundle_path({index, width})));
    if (index >= full_tiles(new_size, level)) continue;  // its folder is in use
    (void)disk_.remove(directory_of(writer_.at(tile_path({level, index, width}))));
    if (level == 0) (void)disk_.remove(directory_of(writer_.at(bundle_path({index, width}))));
  }
  return {};
}

// "wanted": blobs that entries of this copy name and that it does not have, "sha256 size" a line.
Result<std::vector<NamedBlob>> Mirror::read_wanted() const {
  std::vector<NamedBlob> out;
  SCRUTINEER_TRY(bool there, disk_.exists(writer_.at("wanted")));
  if (!there) return out;
  SCRUTINEER_TRY(Bytes text, read_file(disk_, writer_.at("wanted"), kWantedBytes));
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    auto hash = hash_from_hex(rest.substr(0, 64));
    auto size = hash && end != rest.npos && end > 65 ? parse_decimal(rest.substr(65, end - 65)) : std::nullopt;
    if (!size) return fail(ErrorCode::corrupt, "the list of missing blobs is damaged", writer_.at("wanted"));
    out.push_back({BlobHash{*hash}, *size});
    rest.remove_prefix(end + 1);
  }
  return out;
}

Status Mirror::write_wanted(const std::vector<NamedBlob>& wanted) {
  Bytes text;
  std::set<NamedBlob> written;
  for (const NamedBlob& blob : wanted)
    if (written.insert(blob).second) text += to_hex(blob.hash) + " " + std::to_string(blob.size) + "\n";
  return writer_.write("wanted", text);
}

Status Mirror::fetch_blobs(MirrorSource& source, Mirrored& out) {
  SCRUTINEER_TRY(std::vector<NamedBlob> wanted, read_wanted());
  std::vector<NamedBlob> later, missing;
  for (const NamedBlob& blob : wanted) {
    const std::string path = blob_path(blob.hash);
    SCRUTINEER_TRY(bool there, disk_.exists(writer_.at(path)));
    if (there) continue;
    if (out.trouble || missing.size() == kMissesATime) {
      later.push_back(blob);
      continue;
    }
    if (blob.size > limits::kBlobBytes) continue;  // nobody could serve it
    auto bytes = source.get(path, static_cast<std::size_t>(blob.size));
    // Its name is its hash: what has another hash is not it, whoever says so.
    if (bytes && (bytes->size() != blob.size || blob_hash(*bytes) != blob.hash))
      bytes = fail(ErrorCode::corrupt, "what is served is not this blob", path);
    if (!bytes) {
      missing.push_back(blob);
      if (bytes.error().code == ErrorCode::io_error) out.trouble = bytes.error();
      continue;
    }
    SCRUTINEER_CHECKED(writer_.write(path, *bytes));
    ++out.blobs;
  }
  later.insert(later.end(), missing.begin(), missing.end());
  out.missing = later.size();
  return later == wanted ? Status{} : write_wanted(later);
}

}  // namespace scrutineer
