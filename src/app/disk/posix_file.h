// One open file of PosixDisk; private to app/disk.
#pragma once

#include "core/base/disk.h"

namespace scrutineer {

// An open descriptor, closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();
  int get() const { return number_; }

 private:
  int number_;
};

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
