// A sorted run of identifier rows on disk, never changed once written; private to app/log.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "app/log/id_row.h"
#include "core/base/disk.h"

namespace scrutineer {

// 4,096 bytes: 255 rows, then le64 checksum of everything else, le32 rows used, le32 zero.
struct IdPage {
  static constexpr std::size_t kRows = 255;
  IdRow rows[kRows];
  std::uint64_t checksum = 0;
  std::uint32_t used = 0;
  std::uint32_t zero = 0;
};
static_assert(sizeof(IdPage) == 4'096);

// Finds every damage to one 8-byte word, and any other with overwhelming chance. Not cryptographic: it guards against
// disks, not people; whoever can write here can write anything.
std::uint64_t checksum64(const void* bytes, std::size_t size);

// What the list of runs says about one.
struct IdRunInfo {
  std::uint64_t number = 0;  // in the file's name
  std::uint64_t rows = 0;
  std::uint64_t begin = 0;  // entries [begin, end) are in this run
  std::uint64_t end = 0;
  std::uint64_t checksum = 0;  // of the first keys of its pages, which are stored after the pages
  friend bool operator==(const IdRunInfo&, const IdRunInfo&) = default;
};

// Thread-safe reading. Memory: 8 bytes for each 255 rows.
class IdRun {
 public:
  // Errors: not_found, corrupt.
  static Result<std::shared_ptr<const IdRun>> open(Disk& disk, const std::string& path, const IdRunInfo& info);
  const IdRunInfo& info() const { return info_; }
  std::uint64_t pages() const { return first_keys_.size(); }
  // Appends the values of rows with this key.
  Status find(std::uint64_t key, std::vector<std::uint64_t>& values) const;
  // Reads pages [first, first + out.size()), checked.
  Status read(std::uint64_t first, std::span<IdPage> out) const;

 private:
  IdRun() = default;
  IdRunInfo info_;
  std::string path_;
  std::unique_ptr<File> file_;
  std::vector<std::uint64_t> first_keys_;
};

// Writes a run from rows that come in order. finish() makes it durable (data; the caller syncs the directory).
class IdRunWriter {
 public:
  static Result<IdRunWriter> create(Disk& disk, const std::string& path);
  Status add(const IdRow& row);
  Result<IdRunInfo> finish(IdRunInfo info);  // fills in rows and checksum

 private:
  IdRunWriter() = default;
  Status close_page();
  Status flush();
  std::unique_ptr<File> file_;
  IdPage page_{};
  std::uint64_t rows_ = 0;
  std::uint64_t at_ = 0;
  Bytes pending_;
  std::uint64_t unsynced_ = 0;
  std::vector<std::uint64_t> first_keys_;
};

}  // namespace scrutineer
