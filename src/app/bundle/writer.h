// Writes the files of a bundle and keeps their hashes for the manifest.
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "core/base/disk.h"
#include "core/note/note.h"
#include "core/verify/manifest.h"

namespace scrutineer {

class BundleWriter {
 public:
  // `directory` is created and must be empty or absent. Files are not synced one by one: a bundle can be published
  // again.
  BundleWriter(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}

  // Thread-safe. The path must be a bundle path that was not added before.
  Status add(const std::string& path, BytesView bytes);

  // Signs and writes the manifest over everything that was added.
  Status finish(const RecordId& election, std::string_view signer_name, Signer& signer);

  std::size_t files() const { return files_.size(); }
  std::uint64_t bytes() const { return bytes_; }

 private:
  Status make_directory_of(const std::string& path);
  Disk& disk_;
  std::string directory_;
  std::mutex mutex_;
  std::set<std::string> made_;
  std::vector<ManifestFile> files_;
  std::uint64_t bytes_ = 0;
};

}  // namespace scrutineer
