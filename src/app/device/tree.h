// The kernel's own files (/sys, /proc) below a root: tests bring a made tree. Everything is bounded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace scrutineer::device {

inline constexpr std::size_t kTreeValueBytes = 4u << 10;  // a value of /sys
inline constexpr std::size_t kTreeTableBytes = 8u << 20;  // a table of /proc, modules.dep
inline constexpr std::size_t kTreeNames = 4'096;          // in one directory

class Tree {
 public:
  explicit Tree(std::string root) : root_(std::move(root)) {}

  // The bytes of a file; sizes that the kernel states are not believed. Errors: not_found, io_error (with the system's
  // words), limit_exceeded.
  Result<std::string> read(const std::string& path, std::size_t limit = kTreeTableBytes) const;
  // A value without its line feed; nullopt where it is absent, or has nothing to say (a cable of what is switched off).
  std::optional<std::string> value(const std::string& path) const;
  // Names in a directory, sorted. Errors as read().
  Result<std::vector<std::string>> list(const std::string& path) const;
  // The last part of what a link points to; empty where there is none.
  std::string link_name(const std::string& path) const;
  bool is_directory(const std::string& path) const;  // also where that cannot be told
  bool exists(const std::string& path) const;

 private:
  std::string root_;
};

}  // namespace scrutineer::device
