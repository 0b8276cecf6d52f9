// A small value that changes often and must survive a torn write: two slots, written in turn, the newest good one
// counts.
#pragma once

#include <memory>
#include <optional>

#include "core/base/disk.h"

namespace scrutineer {

// 4,096 bytes each, so that no write touches the other's page:
// "slot.v1\n" || be64 sequence || be32 length || SHA-256(all before || payload) || payload || zeros
inline constexpr std::size_t kSlotBytes = 4'096;
inline constexpr std::size_t kSlotPayload = kSlotBytes - 52;

// Not thread-safe.
class SlotFile {
 public:
  static Result<SlotFile> open(Disk& disk, const std::string& path, OpenMode mode);

  struct Value {
    std::uint64_t sequence = 0;  // counts writes, from 1
    Bytes payload;
    friend bool operator==(const Value&, const Value&) = default;
  };
  // nullopt: never written, or the very first write never ended. Error corrupt: written, and neither slot is good.
  Result<std::optional<Value>> read() const;

  // Compare and set: writes the slot after `expected` (0: the first), durably if asked. Error conflict: the newest slot
  // is not `expected`: somebody else writes here.
  Status write(std::uint64_t expected, BytesView payload, Durability durability);
  Status sync() { return file_->sync(); }

  // Back to never written (a value that is rebuilt from elsewhere).
  Status clear();

 private:
  SlotFile(std::unique_ptr<File> file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
  std::unique_ptr<File> file_;
  std::string path_;
};

}  // namespace scrutineer
