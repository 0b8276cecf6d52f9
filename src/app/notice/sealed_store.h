// Sealed contents by their hashes, in packs: a batch of them costs one sync. No plaintext ever comes here.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>

#include "core/base/disk.h"

namespace scrutineer {

inline constexpr std::uint64_t kPackBytes = 256u << 20;  // then another pack is begun
inline constexpr std::size_t kPacks = 65'536;

// DIR/sealed/<n>.pack: frames of SHA-256 || be32 length || bytes, appended. Thread-safe.
class SealedStore {
 public:
  // What a crash left half-written is cut off: it was never acknowledged. Errors: corrupt, io_error.
  static Result<std::unique_ptr<SealedStore>> open(Disk& disk, const std::string& directory);

  bool has(const BlobHash& hash) const;
  // Durable when it returns; what is there already is not written again. Errors: disk_full, io_error: then the store
  // takes nothing more until it is opened again.
  Status keep(std::span<const std::pair<BlobHash, BytesView>> blobs);
  // Errors: not_found; corrupt (not what its name says).
  Result<Bytes> get(const BlobHash& hash) const;
  std::size_t size() const;

 private:
  struct Place {
    std::uint32_t pack = 0, size = 0;
    std::uint64_t offset = 0;  // of the bytes
  };
  SealedStore(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}
  Status read_pack(std::uint32_t number);
  Status next_pack();
  std::string path(std::uint32_t number) const;

  Disk& disk_;
  const std::string directory_;
  mutable std::mutex mutex_;
  std::mutex writing_;
  std::vector<std::shared_ptr<File>> packs_;
  std::uint64_t end_ = 0;  // of the last pack
  bool stopped_ = false;
  std::unordered_map<BlobHash, Place> places_;
};

}  // namespace scrutineer
