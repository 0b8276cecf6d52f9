// Power loss, bits at rest, backups.
#include "app/disk/sim_file.h"
#include "app/disk/sim_state.h"
#include "core/base/check.h"

namespace scrutineer {
namespace {

// A name whose directory was not synced since it changed: the change got to the platter, or not.
void keep_some_names(SimDisk::State& state, unsigned keep) {
  std::set<std::string> all;
  for (const auto& [name, inode] : state.names) all.insert(name);
  for (const auto& [name, inode] : state.durable_names) all.insert(name);
  for (const std::string& name : all) {
    auto now = state.names.find(name);
    auto then = state.durable_names.find(name);
    bool same = now != state.names.end() && then != state.durable_names.end() && now->second == then->second;
    if (same || !state.chance(keep)) continue;
    if (now == state.names.end())
      state.durable_names.erase(name);
    else
      state.durable_names[name] = now->second;
  }
}

}  // namespace

void SimDisk::crash(unsigned keep) {
  std::lock_guard guard(state_->mutex);
  ++state_->generation;
  state_->holders.clear();
  state_->fault_at = 0;
  keep_some_names(*state_, keep);
  state_->names = state_->durable_names;
  std::set<SimInode*> done;
  for (const auto& [name, inode] : state_->names) {
    if (!done.insert(inode.get()).second) continue;
    keep_some_pages(*state_, *inode, keep);
    inode->now = inode->durable;
  }
}

std::vector<std::string> SimDisk::files() const {
  std::lock_guard guard(state_->mutex);
  std::vector<std::string> out;
  for (const auto& [name, inode] : state_->names) out.push_back(name);
  return out;
}

std::uint64_t SimDisk::file_size(const std::string& path) const {
  std::lock_guard guard(state_->mutex);
  return state_->names.at(path)->now.size();
}

void SimDisk::flip(const std::string& path, std::uint64_t byte, unsigned char mask) {
  std::lock_guard guard(state_->mutex);
  SimInode& inode = *state_->names.at(path);
  check(byte < inode.now.size(), "the byte to flip is in the file");
  inode.now[byte] = static_cast<char>(inode.now[byte] ^ mask);
  if (byte < inode.durable.size()) inode.durable[byte] = inode.now[byte];
}

struct SimDisk::Image {
  std::map<std::string, Bytes> files;
  std::set<std::string> directories;
};

std::shared_ptr<const SimDisk::Image> SimDisk::image() const {
  std::lock_guard guard(state_->mutex);
  auto image = std::make_shared<Image>();
  for (const auto& [name, inode] : state_->names) image->files[name] = inode->now;
  image->directories = state_->directories;
  return image;
}

void SimDisk::restore(const std::shared_ptr<const Image>& image) {
  std::lock_guard guard(state_->mutex);
  ++state_->generation;
  state_->holders.clear();
  state_->names.clear();
  for (const auto& [name, bytes] : image->files)
    state_->names[name] = std::make_shared<SimInode>(SimInode{bytes, bytes});
  state_->durable_names = state_->names;
  state_->directories = image->directories;
}

}  // namespace scrutineer
