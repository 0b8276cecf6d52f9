#include "app/disk/sim_file.h"

#include <algorithm>
#include <cstring>

namespace scrutineer {
namespace {

constexpr std::size_t kPage = 512;  // the unit that a disk writes whole

}  // namespace

void keep_some_pages(SimDisk::State& state, SimInode& file, unsigned keep) {
  // The length first: a file that grew may have come back with its old length, or with holes of zeros.
  if (file.now.size() != file.durable.size() && state.chance(keep)) file.durable.resize(file.now.size());
  std::size_t common = std::min(file.now.size(), file.durable.size());
  for (std::size_t at = 0; at < common; at += kPage) {
    std::size_t length = std::min(kPage, common - at);
    if (std::memcmp(&file.now[at], &file.durable[at], length) != 0 && state.chance(keep))
      std::memcpy(&file.durable[at], &file.now[at], length);
  }
}

SimFile::SimFile(std::shared_ptr<SimDisk::State> state, std::shared_ptr<SimInode> inode, std::string path,
                 bool writable)
    : state_(std::move(state)),
      inode_(std::move(inode)),
      path_(std::move(path)),
      writable_(writable),
      generation_(state_->generation) {}

Status SimFile::alive() const {
  if (generation_ != state_->generation) return fail(ErrorCode::io_error, "the machine lost power", path_);
  return {};
}

Status SimFile::writable() const {
  SCRUTINEER_CHECKED(alive());
  if (!writable_) return fail(ErrorCode::invalid_argument, "opened for reading", path_);
  return {};
}

Result<std::size_t> SimFile::read_at(std::uint64_t offset, char* out, std::size_t size) {
  std::lock_guard lock(state_->mutex);
  SCRUTINEER_CHECKED(alive());
  const Bytes& bytes = inode_->now;
  if (offset >= bytes.size()) return std::size_t{0};
  std::size_t length = std::min(size, bytes.size() - static_cast<std::size_t>(offset));
  std::memcpy(out, bytes.data() + offset, length);
  return length;
}

Status SimFile::write_at(std::uint64_t offset, BytesView bytes) {
  std::lock_guard lock(state_->mutex);
  SCRUTINEER_CHECKED(writable());
  auto fault = state_->next_operation();
  if (fault == DiskFault::error || fault == DiskFault::lost_sync)
    return fail(ErrorCode::io_error, "an injected fault", path_);
  if (fault) bytes = bytes.substr(0, state_->next_random() % (bytes.size() + 1));
  Bytes& now = inode_->now;
  if (now.size() < offset + bytes.size()) now.resize(static_cast<std::size_t>(offset) + bytes.size());
  if (!bytes.empty()) std::memcpy(&now[static_cast<std::size_t>(offset)], bytes.data(), bytes.size());
  if (fault == DiskFault::full) return fail(ErrorCode::disk_full, "an injected full disk", path_);
  if (fault) return fail(ErrorCode::io_error, "an injected short write", path_);
  return {};
}

Status SimFile::truncate(std::uint64_t size) {
  std::lock_guard lock(state_->mutex);
  SCRUTINEER_CHECKED(writable());
  SCRUTINEER_CHECKED(state_->simple_operation(path_));
  inode_->now.resize(static_cast<std::size_t>(size));
  return {};
}

Result<std::uint64_t> SimFile::size() {
  std::lock_guard lock(state_->mutex);
  SCRUTINEER_CHECKED(alive());
  return inode_->now.size();
}

Status SimFile::sync() {
  std::lock_guard lock(state_->mutex);
  SCRUTINEER_CHECKED(alive());
  if (auto fault = state_->next_operation()) {
    if (*fault == DiskFault::lost_sync) keep_some_pages(*state_, *inode_, 128);
    return fail(*fault == DiskFault::full ? ErrorCode::disk_full : ErrorCode::io_error, "an injected failed sync",
                path_);
  }
  inode_->durable = inode_->now;
  return {};
}

}  // namespace scrutineer
