// Real files. The only caller of fsync.
#pragma once

#include "core/base/disk.h"

namespace scrutineer {

// Relative paths are below `root` (empty: the working directory); absolute ones are taken as they are. Thread-safe;
// so are the files it opens (pread, pwrite). ENOSPC and EDQUOT are ErrorCode::disk_full.
class PosixDisk final : public Disk {
 public:
  explicit PosixDisk(std::string root = {}) : root_(std::move(root)) {}
  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
  Result<Bytes> read_whole(const std::string& path, std::size_t limit) override;
  Result<BytesView> read_start(const std::string& path, std::size_t size, Bytes& buffer) override;
  Result<bool> exists(const std::string& path) override;
  Status make_directories(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override;
  Status remove(const std::string& path) override;
  Status sync_directory(const std::string& path) override;
  Result<std::unique_ptr<DiskLock>> lock(const std::string& path, const std::string& holder) override;

 private:
  std::string at(const std::string& path) const;
  std::string root_;
};

}  // namespace scrutineer
