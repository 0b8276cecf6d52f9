// One open file of SimDisk; private to app/disk.
#pragma once

#include "app/disk/sim_state.h"

namespace scrutineer {

// Pages (512 bytes) of `file` that differ from the platter get there, each with a chance of `keep` in 256; and the
// file's new length.
void keep_some_pages(SimDisk::State& state, SimInode& file, unsigned keep);

class SimFile final : public File {
 public:
  SimFile(std::shared_ptr<SimDisk::State> state, std::shared_ptr<SimInode> inode, std::string path, bool writable);
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override;
  Status write_at(std::uint64_t offset, BytesView bytes) override;
  Status truncate(std::uint64_t size) override;
  Result<std::uint64_t> size() override;
  Status sync() override;

 private:
  Status alive() const;
  Status writable() const;
  std::shared_ptr<SimDisk::State> state_;
  std::shared_ptr<SimInode> inode_;
  std::string path_;
  bool writable_;
  std::uint64_t generation_;
};

}  // namespace scrutineer
