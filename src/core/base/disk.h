// The disk as a parameter. Real files live in app/disk; tests bring a disk in memory that fails on purpose.
// Nothing here is durable until sync() has succeeded; after a failed sync() what is on the disk is not known and the
// caller must stop (never retry).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

enum class OpenMode : std::uint8_t {
  read,        // must exist
  read_write,  // must exist
  create,      // created empty if it is absent; kept if it is there
};

class File {
 public:
  virtual ~File() = default;
  // Reads up to `size` bytes into `out`; fewer only at the end of the file. Returns how many.
  virtual Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) = 0;
  // Writes all of `bytes` or fails; after a failure any prefix may have been written. Grows the file as needed.
  virtual Status write_at(std::uint64_t offset, BytesView bytes) = 0;
  virtual Status truncate(std::uint64_t size) = 0;
  virtual Result<std::uint64_t> size() = 0;
  virtual Status sync() = 0;  // data and size durable (fdatasync)
};

// Held until destroyed.
class DiskLock {
 public:
  virtual ~DiskLock() = default;
};

// Paths are '/'-separated, relative to wherever the implementation is rooted, or absolute where it allows that.
class Disk {
 public:
  virtual ~Disk() = default;
  virtual Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) = 0;
  // A whole file of at most `limit` bytes (limit_exceeded above). Thread-safe where the disk is.
  virtual Result<Bytes> read_whole(const std::string& path, std::size_t limit);
  // The first `size` bytes of a file (fewer where it is shorter) into `buffer`, which grows and never shrinks.
  virtual Result<BytesView> read_start(const std::string& path, std::size_t size, Bytes& buffer);
  virtual Result<bool> exists(const std::string& path) = 0;
  virtual Status make_directories(const std::string& path) = 0;
  // Names (not paths) in a directory, sorted; directories end in '/'.
  virtual Result<std::vector<std::string>> list(const std::string& path) = 0;
  virtual Status rename(const std::string& from, const std::string& to) = 0;  // replaces `to` atomically
  virtual Status remove(const std::string& path) = 0;                         // a file or an empty directory
  virtual Status sync_directory(const std::string& path) = 0;                 // makes names in it durable
  // One holder at a time. Error busy names the holder that wrote its name into the lock file.
  virtual Result<std::unique_ptr<DiskLock>> lock(const std::string& path, const std::string& holder) = 0;
};

// The part before the last '/': "." where there is none, "/" for what stands at the root.
std::string directory_of(const std::string& path);

// Whole files. read_file: limit_exceeded above `limit`. write_file: to a temporary name, synced if `durable`, renamed.
Result<Bytes> read_file(Disk& disk, const std::string& path, std::size_t limit);
enum class Durability : std::uint8_t { cached, durable };
// A directory with everything in it; nothing where it is absent.
Status remove_directory(Disk& disk, const std::string& path);
Status write_file(Disk& disk, const std::string& path, BytesView bytes, Durability durability);

}  // namespace scrutineer
