// One open file of PosixDisk; private to app/disk.
#pragma once

#include "app/disk/descriptor.h"
#include "core/base/disk.h"

namespace scrutineer {

class PosixFile final : public File {
 public:
  PosixFile(Descriptor descriptor, std::string path) : descriptor_(std::move(descriptor)), path_(std::move(path)) {}
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override;
  Status write_at(std::uint64_t offset, BytesView bytes) override;
  Status truncate(std::uint64_t size) override;
  Result<std::uint64_t> size() override;
  Status sync() override;

 private:
  Descriptor descriptor_;
  std::string path_;  // for messages
};

}  // namespace scrutineer
