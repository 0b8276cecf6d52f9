// A disk in memory for tests: it loses what was not synced, and fails on purpose.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/disk.h"

namespace scrutineer {

enum class DiskFault : std::uint8_t {
  error,        // the operation does nothing and says io_error
  short_write,  // a write does a part of its bytes and says io_error; other operations: as error
  full,         // a write does a part of its bytes and says disk_full; other operations: as error
  lost_sync,    // a sync makes a random part durable and says io_error; other operations: as error
};

// Thread-safe. What it models:
// - a file's data and size are durable when its sync() has succeeded; what was written since may be lost or kept page
//   by page (512 bytes);
// - a new name, a rename or a removal is durable when its directory was synced; until then it may be lost or kept;
// - every operation that can fail is numbered from 1; inject() makes one of them fail.
class SimDisk final : public Disk {
 public:
  explicit SimDisk(std::uint64_t seed = 1);
  ~SimDisk() override;

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
  Result<bool> exists(const std::string& path) override;
  Status make_directories(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& path) override;
  Status rename(const std::string& from, const std::string& to) override;
  Status remove(const std::string& path) override;
  Status sync_directory(const std::string& path) override;
  Result<std::unique_ptr<DiskLock>> lock(const std::string& path, const std::string& holder) override;

  // Operations so far (open, write, truncate, sync, rename, remove, sync_directory, make_directories).
  std::uint64_t operations() const;
  // Operation number `n` from now (1: the next) fails so; one fault at a time, 0 takes it back.
  void inject(std::uint64_t n, DiskFault fault);
  bool injected() const;  // true once the fault has happened

  // Power loss: everything open now fails from here on with io_error, locks are gone, and what was not synced survives
  // page by page and name by name at random (`keep`: chance in 256).
  void crash(unsigned keep = 128);

  // Bits at rest.
  std::vector<std::string> files() const;
  std::uint64_t file_size(const std::string& path) const;
  void flip(const std::string& path, std::uint64_t byte, unsigned char mask);
  // A copy of everything as it is now (an old backup), and putting it back.
  struct Image;
  std::shared_ptr<const Image> image() const;
  void restore(const std::shared_ptr<const Image>& image);

  struct State;  // private to app/disk

 private:
  std::shared_ptr<State> state_;
};

}  // namespace scrutineer
