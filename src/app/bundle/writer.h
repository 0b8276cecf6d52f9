// Writes the files of a bundle and keeps their hashes for the manifest.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>

#include "core/base/disk.h"
#include "core/note/note.h"
#include "core/results/pieces.h"
#include "core/verify/manifest.h"

namespace scrutineer {

class BundleWriter {
 public:
  // `directory` is created and must be empty or absent. Files are not synced one by one: a bundle can be published
  // again.
  BundleWriter(Disk& disk, std::string directory) : disk_(disk), directory_(std::move(directory)) {}

  // Thread-safe. A file that is there with the same bytes is left alone; one with other bytes is replaced at once.
  Status put(const std::string& path, BytesView bytes);
  // The same for a file that nobody holds whole: `write` passes it on piece by piece. Its size and hash. Thread-safe.
  using Stream = std::function<Status(const ByteSink&)>;
  Result<ManifestFile> put_stream(const std::string& path, const Stream& write);
  // Takes a file out of the bundle; nothing where it is not in it. Thread-safe.
  Status drop(const std::string& path);
  bool has(const std::string& path) const;

  // Signs and writes the manifest over everything that is in the bundle.
  Status finish(const RecordId& election, std::string_view signer_name, Signer& signer, Durability durability);

  // The directory has been renamed.
  void moved(std::string directory);

  std::size_t files() const;
  std::uint64_t bytes() const;

 private:
  struct Kept {
    std::uint64_t size = 0;
    BlobHash sha256;
  };
  Status make_directory_of(const std::string& path);
  Status write(const std::string& path, BytesView bytes, bool replace);
  std::string temporary_name();
  bool is_there(const std::string& path, const BlobHash& sha256) const;
  void keep(const std::string& path, const Kept& kept);

  Disk& disk_;
  std::string directory_;
  mutable std::mutex mutex_;
  std::set<std::string> made_;
  std::map<std::string, Kept> files_;
  std::uint64_t bytes_ = 0;
  std::uint64_t temporary_ = 0;
};

}  // namespace scrutineer
