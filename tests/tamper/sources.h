// Bundles in memory, and one file of a bundle replaced without copying the rest.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/verify/source.h"

namespace scrutineer::tamper {

using Files = std::map<std::string, Bytes>;

class MemorySource final : public BundleSource {
 public:
  MemorySource() = default;
  explicit MemorySource(Files bundle) : files(std::move(bundle)) {}
  Files files;

  Result<std::vector<std::string>> list() override {
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : files) paths.push_back(path);
    return paths;
  }
  Result<Bytes> read(const std::string& path, std::size_t limit) override {
    auto found = files.find(path);
    if (found == files.end()) return fail(ErrorCode::not_found, "there is no such file", path);
    if (found->second.size() > limit) return fail(ErrorCode::limit_exceeded, "this file is too large", path);
    return found->second;
  }
};

// What an attacker who can write to the disk changes: files replaced, added, or taken away (nullopt).
class Overlay final : public BundleSource {
 public:
  // `paths`: what base.list() says, asked once for many overlays. Borrows both.
  Overlay(BundleSource& base, const std::vector<std::string>& paths) : base_(base), paths_(paths) {}
  std::map<std::string, std::optional<Bytes>> changed;

  Result<std::vector<std::string>> list() override {
    std::vector<std::string> paths;
    paths.reserve(paths_.size() + changed.size());
    for (const std::string& path : paths_)
      if (!changed.contains(path)) paths.push_back(path);
    for (const auto& [path, bytes] : changed)
      if (bytes) paths.push_back(path);
    std::sort(paths.begin(), paths.end());
    return paths;
  }
  Result<Bytes> read(const std::string& path, std::size_t limit) override {
    auto found = changed.find(path);
    if (found == changed.end()) return base_.read(path, limit);
    if (!found->second) return fail(ErrorCode::not_found, "there is no such file", path);
    if (found->second->size() > limit) return fail(ErrorCode::limit_exceeded, "this file is too large", path);
    return *found->second;
  }

 private:
  BundleSource& base_;
  const std::vector<std::string>& paths_;
};

}  // namespace scrutineer::tamper
