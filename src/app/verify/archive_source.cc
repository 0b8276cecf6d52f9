#include "app/verify/archive_source.h"

#include "app/verify/directory_source.h"
#include "core/codec/tar.h"
#include "core/codec/zstd.h"

namespace scrutineer {

Result<std::unique_ptr<ArchiveSource>> ArchiveSource::open(Disk& disk, const std::string& path) {
  auto source = std::make_unique<ArchiveSource>();
  SCRUTINEER_TRY(source->tar_, read_file(disk, path, kArchiveBytes));
  if (path.ends_with(".zst")) {
    auto tar = zstd_decompress(source->tar_, kArchiveBytes);
    if (!tar) return tl::unexpected(placed(tar.error(), path));
    source->tar_ = std::move(*tar);
  }
  std::string folder;
  auto read = read_tar(source->tar_, [&](const std::string& name, BytesView bytes) -> Status {
    std::size_t slash = name.find('/');
    if (folder.empty() && slash != name.npos) folder = name.substr(0, slash + 1);
    if (folder.empty() || !name.starts_with(folder))
      return fail(ErrorCode::malformed, "everything in it stands below one folder: " + name);
    source->files_.emplace(name.substr(folder.size()), bytes);
    return {};
  });
  if (!read) return tl::unexpected(placed(read.error(), path));
  return source;
}

Result<std::vector<std::string>> ArchiveSource::list() {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files_) names.push_back(name);
  return names;
}

Result<Bytes> ArchiveSource::read(const std::string& path, std::size_t limit) {
  auto found = files_.find(path);
  if (found == files_.end()) return fail(ErrorCode::not_found, "this file is not in the archive", path);
  if (found->second.size() > limit) return fail(ErrorCode::limit_exceeded, "this file is too large", path);
  return Bytes(found->second);
}

Result<BytesView> ArchiveSource::read_stated(const std::string& path, std::size_t size, Bytes&) {
  auto found = files_.find(path);
  if (found == files_.end()) return fail(ErrorCode::not_found, "this file is not in the archive", path);
  return found->second.substr(0, size + 1);
}

Result<std::unique_ptr<BundleSource>> open_bundle(Disk& disk, const std::string& path) {
  if (path.ends_with(".tar") || path.ends_with(".tar.zst")) {
    SCRUTINEER_TRY(std::unique_ptr<BundleSource> archive, ArchiveSource::open(disk, path));
    return archive;
  }
  return std::unique_ptr<BundleSource>(std::make_unique<DirectorySource>(disk, path));
}

}  // namespace scrutineer
