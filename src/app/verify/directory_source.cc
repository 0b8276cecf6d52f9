#include "app/verify/directory_source.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::size_t kDepth = 32;  // of directories in a bundle

}  // namespace

Status DirectorySource::list_below(const std::string& prefix, std::vector<std::string>& files, std::size_t depth) {
  if (depth > kDepth) return fail(ErrorCode::limit_exceeded, "directories are nested too deeply", prefix);
  SCRUTINEER_TRY(std::vector<std::string> names, disk_.list(directory_ + "/" + prefix));
  for (const std::string& name : names) {
    if (files.size() > limits::kManifestFiles)
      return fail(ErrorCode::limit_exceeded, "there are more than 8,000,000 files");
    if (!name.ends_with('/'))
      files.push_back(prefix + name);
    else
      SCRUTINEER_CHECKED(list_below(prefix + name, files, depth + 1));
  }
  return {};
}

Result<std::vector<std::string>> DirectorySource::list() {
  std::vector<std::string> files;
  SCRUTINEER_CHECKED(list_below("", files, 0));
  std::sort(files.begin(), files.end());
  return files;
}

Result<Bytes> DirectorySource::read(const std::string& path, std::size_t limit) {
  return read_file(disk_, directory_ + "/" + path, limit);
}

Result<BytesView> DirectorySource::read_stated(const std::string& path, std::size_t size, Bytes& buffer) {
  return disk_.read_start(directory_ + "/" + path, size + 1, buffer);
}

Result<TrustFiles> read_trust(Disk& disk, const std::string& directory, const std::vector<std::string>& seen) {
  SCRUTINEER_TRY(TrustFiles files, read_trust_directory(disk, directory));
  for (const std::string& path : seen) {
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limits::kCheckpointBytes));
    files.seen.emplace_back(path, std::move(bytes));
  }
  return files;
}

}  // namespace scrutineer
