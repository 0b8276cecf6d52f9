#include "app/notice/sealed_store.h"

#include "core/crypto/hash.h"
#include "core/notice/payload.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFrameHead = 32 + 4;

}  // namespace

std::string SealedStore::path(std::uint32_t number) const {
  return directory_ + "/" + std::to_string(number) + ".pack";
}

Result<std::unique_ptr<SealedStore>> SealedStore::open(Disk& disk, const std::string& directory) {
  std::unique_ptr<SealedStore> store(new SealedStore(disk, directory));
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  for (std::uint32_t number = 0; number < kPacks; ++number) {
    SCRUTINEER_TRY(bool there, disk.exists(store->path(number)));
    if (!there) break;
    SCRUTINEER_CHECKED(store->read_pack(number));
  }
  if (store->packs_.empty()) SCRUTINEER_CHECKED(store->next_pack());
  return store;
}

Status SealedStore::read_pack(std::uint32_t number) {
  SCRUTINEER_TRY(std::shared_ptr<File> file, disk_.open(path(number), OpenMode::read_write));
  SCRUTINEER_TRY(std::uint64_t size, file->size());
  std::uint64_t at = 0;
  for (char head[kFrameHead]; at + kFrameHead <= size;) {
    SCRUTINEER_TRY(std::size_t got, file->read_at(at, head, kFrameHead));
    const std::uint32_t length = read_be32(head + 32);
    if (got != kFrameHead || length == 0 || length > kSealedBytes || at + kFrameHead + length > size) break;
    places_[BlobHash{*hash_from_bytes({head, 32})}] = {number, length, at + kFrameHead};
    at += kFrameHead + length;
  }
  if (at < size) SCRUTINEER_CHECKED(file->truncate(at));
  packs_.push_back(std::move(file));
  end_ = at;
  return {};
}

Status SealedStore::next_pack() {
  if (packs_.size() >= kPacks) return fail(ErrorCode::limit_exceeded, "too many packs of sealed contents", directory_);
  SCRUTINEER_TRY(std::shared_ptr<File> file,
                 disk_.open(path(static_cast<std::uint32_t>(packs_.size())), OpenMode::create));
  SCRUTINEER_CHECKED(disk_.sync_directory(directory_));
  std::lock_guard lock(mutex_);
  packs_.push_back(std::move(file));
  end_ = 0;
  return {};
}

bool SealedStore::has(const BlobHash& hash) const {
  std::lock_guard lock(mutex_);
  return places_.contains(hash);
}

std::size_t SealedStore::size() const {
  std::lock_guard lock(mutex_);
  return places_.size();
}

Status SealedStore::keep(std::span<const std::pair<BlobHash, BytesView>> blobs) {
  std::lock_guard writing(writing_);
  if (stopped_) return fail(ErrorCode::io_error, "sealed contents could not be written before; restart the node");
  if (end_ >= kPackBytes) SCRUTINEER_CHECKED(next_pack());
  Bytes frames;
  std::unordered_map<BlobHash, Place> added;
  const auto pack = static_cast<std::uint32_t>(packs_.size() - 1);
  for (const auto& [hash, bytes] : blobs) {
    if (bytes.empty() || bytes.size() > kSealedBytes)
      return fail(ErrorCode::limit_exceeded, "sealed contents have 1 byte to 16 MiB");
    if (has(hash) || added.contains(hash)) continue;
    frames.append(hash.view());
    append_be32(frames, static_cast<std::uint32_t>(bytes.size()));
    added[hash] = {pack, static_cast<std::uint32_t>(bytes.size()), end_ + frames.size()};
    frames.append(bytes);
  }
  if (added.empty()) return {};
  File& file = *packs_.back();
  Status written = file.write_at(end_, frames);
  if (written) written = file.sync();
  if (!written) {  // after a failed sync nobody knows what is on the disk
    stopped_ = true;
    return written;
  }
  std::lock_guard lock(mutex_);
  end_ += frames.size();
  places_.merge(added);
  return {};
}

Result<Bytes> SealedStore::get(const BlobHash& hash) const {
  std::shared_ptr<File> file;
  Place place;
  {
    std::lock_guard lock(mutex_);
    auto found = places_.find(hash);
    if (found == places_.end()) return fail(ErrorCode::not_found, "these sealed contents are not here", to_hex(hash));
    place = found->second;
    file = packs_[place.pack];
  }
  Bytes bytes(place.size, '\0');
  SCRUTINEER_TRY(std::size_t got, file->read_at(place.offset, bytes.data(), bytes.size()));
  if (got != bytes.size() || blob_hash(bytes) != hash)
    return fail(ErrorCode::corrupt, "sealed contents are not what was written", to_hex(hash));
  return bytes;
}

}  // namespace scrutineer
