#include "app/disk/sim_disk.h"

#include "app/disk/sim_file.h"
#include "app/disk/sim_state.h"
#include "core/base/check.h"

namespace scrutineer {

class SimLock final : public DiskLock {
 public:
  SimLock(std::shared_ptr<SimDisk::State> state, std::string path)
      : state_(std::move(state)), path_(std::move(path)), generation_(state_->generation) {}
  ~SimLock() override {
    std::lock_guard guard(state_->mutex);
    if (generation_ == state_->generation) state_->holders.erase(path_);
  }

 private:
  std::shared_ptr<SimDisk::State> state_;
  std::string path_;
  std::uint64_t generation_;
};

namespace {

bool inside(const std::string& path, const std::string& directory) {
  return directory_of(path) == directory;
}

}  // namespace

SimDisk::SimDisk(std::uint64_t seed) : state_(std::make_shared<State>()) {
  state_->random = seed * 0x9e3779b97f4a7c15u + 1;
  state_->directories.insert(".");
}
SimDisk::~SimDisk() = default;

Result<std::unique_ptr<File>> SimDisk::open(const std::string& path, OpenMode mode) {
  std::lock_guard guard(state_->mutex);
  auto found = state_->names.find(path);
  if (found == state_->names.end()) {
    if (mode != OpenMode::create) return fail(ErrorCode::not_found, "no such file", path);
    if (!state_->directories.contains(directory_of(path))) return fail(ErrorCode::not_found, "no such directory", path);
    SCRUTINEER_CHECKED(state_->simple_operation(path));
    found = state_->names.emplace(path, std::make_shared<SimInode>()).first;
  }
  return std::make_unique<SimFile>(state_, found->second, path, mode != OpenMode::read);
}

Result<bool> SimDisk::exists(const std::string& path) {
  std::lock_guard guard(state_->mutex);
  return state_->names.contains(path) || state_->directories.contains(path);
}

Status SimDisk::make_directories(const std::string& path) {
  std::lock_guard guard(state_->mutex);
  SCRUTINEER_CHECKED(state_->simple_operation(path));
  for (std::string part = path; part != "."; part = directory_of(part)) state_->directories.insert(part);
  return {};
}

Result<std::vector<std::string>> SimDisk::list(const std::string& path) {
  std::lock_guard guard(state_->mutex);
  if (!state_->directories.contains(path)) return fail(ErrorCode::not_found, "no such directory", path);
  std::set<std::string> names;
  auto name_of = [](const std::string& full) { return full.substr(full.rfind('/') + 1); };
  for (const auto& [name, inode] : state_->names)
    if (inside(name, path)) names.insert(name_of(name));
  for (const std::string& directory : state_->directories)
    if (directory != "." && inside(directory, path)) names.insert(name_of(directory) + "/");
  return std::vector<std::string>(names.begin(), names.end());
}

Status SimDisk::rename(const std::string& from, const std::string& to) {
  std::lock_guard guard(state_->mutex);
  if (state_->directories.contains(from)) {
    SCRUTINEER_CHECKED(state_->simple_operation(from));
    state_->move_directory(from, to);
    return {};
  }
  auto found = state_->names.find(from);
  if (found == state_->names.end()) return fail(ErrorCode::not_found, "no such file", from);
  SCRUTINEER_CHECKED(state_->simple_operation(from));
  std::shared_ptr<SimInode> inode = found->second;
  state_->names.erase(found);
  state_->names[to] = std::move(inode);
  return {};
}

Status SimDisk::remove(const std::string& path) {
  std::lock_guard guard(state_->mutex);
  if (!state_->names.contains(path) && !state_->directories.contains(path))
    return fail(ErrorCode::not_found, "no such file", path);
  SCRUTINEER_CHECKED(state_->simple_operation(path));
  state_->names.erase(path);
  state_->directories.erase(path);
  return {};
}

Status SimDisk::sync_directory(const std::string& path) {
  std::lock_guard guard(state_->mutex);
  SCRUTINEER_CHECKED(state_->simple_operation(path));
  std::erase_if(state_->durable_names, [&](const auto& name) { return inside(name.first, path); });
  for (const auto& [name, inode] : state_->names)
    if (inside(name, path)) state_->durable_names[name] = inode;
  return {};
}

Result<std::unique_ptr<DiskLock>> SimDisk::lock(const std::string& path, const std::string& holder) {
  std::lock_guard guard(state_->mutex);
  auto [found, fresh] = state_->holders.emplace(path, holder);
  if (!fresh) return fail(ErrorCode::busy, "held by " + found->second, path);
  return std::make_unique<SimLock>(state_, path);
}

std::uint64_t SimDisk::operations() const {
  std::lock_guard guard(state_->mutex);
  return state_->operations;
}

void SimDisk::inject(std::uint64_t n, DiskFault fault) {
  std::lock_guard guard(state_->mutex);
  state_->fault_at = n == 0 ? 0 : state_->operations + n;
  state_->fault = fault;
  state_->fault_done = false;
}

bool SimDisk::injected() const {
  std::lock_guard guard(state_->mutex);
  return state_->fault_done;
}

}  // namespace scrutineer
