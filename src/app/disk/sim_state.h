// What SimDisk and its files share; private to app/disk.
#pragma once

#include <optional>
#include <set>

#include "app/disk/sim_disk.h"

namespace scrutineer {

// A file's bytes: as programs see them, and as the platter has them.
struct SimInode {
  Bytes now;
  Bytes durable;
};

using SimNames = std::map<std::string, std::shared_ptr<SimInode>>;

struct SimDisk::State {
  mutable std::mutex mutex;
  std::uint64_t random;    // xorshift state
  SimNames names;          // as programs see them
  SimNames durable_names;  // as the platter has them
  std::set<std::string> directories;
  std::map<std::string, std::string> holders;  // of locks, by path
  std::uint64_t generation = 0;                // counts crashes: files opened before one are dead
  std::uint64_t operations = 0;
  std::uint64_t fault_at = 0;  // number of the operation that fails; 0: none
  DiskFault fault = DiskFault::error;
  bool fault_done = false;

  std::uint64_t next_random() {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    return random;
  }
  // With everything below it.
  void move_directory(const std::string& from, const std::string& to) {
    auto moved = [&](const std::string& name) { return name == from || name.starts_with(from + "/"); };
    SimNames kept_names;
    for (auto& [name, inode] : names) kept_names[moved(name) ? to + name.substr(from.size()) : name] = inode;
    std::set<std::string> kept;
    for (const std::string& name : directories) kept.insert(moved(name) ? to + name.substr(from.size()) : name);
    names = std::move(kept_names);
    directories = std::move(kept);
  }
  bool chance(unsigned of_256) { return next_random() % 256 < of_256; }

  // Counts an operation; the fault if it is this one's turn.
  std::optional<DiskFault> next_operation() {
    ++operations;
    if (fault_at != operations) return std::nullopt;
    fault_done = true;
    return fault;
  }
  // The same for operations that either happen or not.
  Status simple_operation(const std::string& path) {
    auto now = next_operation();
    if (!now) return {};
    return fail(*now == DiskFault::full ? ErrorCode::disk_full : ErrorCode::io_error, "an injected fault", path);
  }
};

}  // namespace scrutineer
