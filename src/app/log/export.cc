#include "app/log/export.h"

namespace scrutineer {
namespace {

class Export {
 public:
  Export(const LogReader& log, Disk& out, const std::string& path,
         const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : log_(log), out_(out), path_(path), progress_(progress), checkpoint_(log.checkpoint()) {}

  Status run() {
    std::uint64_t size = checkpoint_.checkpoint.size;
    for (unsigned level = 0; tile_hashes(size, level) > 0; ++level)
      SCRUTINEER_CHECKED(each(level, [&](std::uint64_t index, unsigned width) { return tile({level, index, width}); }));
    SCRUTINEER_CHECKED(each(0, [&](std::uint64_t index, unsigned width) { return bundle({index, width}); }));
    SCRUTINEER_CHECKED(out_.make_directories(path_));
    return write_file(out_, path_ + "/checkpoint", to_bytes(checkpoint_.note), Durability::cached);
  }

 private:
  template <class Each>
  Status each(unsigned level, Each&& one) {
    std::uint64_t size = checkpoint_.checkpoint.size;
    for (std::uint64_t index = 0;; ++index) {
      unsigned width = tile_width(size, level, index);
      if (width == 0) return {};
      SCRUTINEER_CHECKED(one(index, width));
    }
  }

  Status tile(const TileId& id) {
    SCRUTINEER_TRY(bool kept, is_there(tile_path(id), id.width == kTileWidth, kTileWidth * kHashBytes));
    if (kept) return {};
    SCRUTINEER_TRY(Bytes bytes, log_.tile(id));
    return write(tile_path(id), bytes);
  }

  Status bundle(const BundleId& id) {
    if (progress_) progress_(id.index * kTileWidth + id.width, checkpoint_.checkpoint.size);
    SCRUTINEER_TRY(Bytes bytes, log_.bundle(id));
    SCRUTINEER_TRY(bool kept, is_there(bundle_path(id), id.width == kTileWidth, bytes.size()));
    return kept ? Status{} : write(bundle_path(id), bytes);
  }

  // Only what never changes is kept: a full tile of the right length, written under a temporary name and renamed.
  Result<bool> is_there(const std::string& name, bool full, std::uint64_t size) {
    if (!full) return false;
    SCRUTINEER_TRY(bool there, out_.exists(path_ + "/" + name));
    if (!there) return false;
    SCRUTINEER_TRY(auto file, out_.open(path_ + "/" + name, OpenMode::read));
    SCRUTINEER_TRY(std::uint64_t length, file->size());
    return length == size;
  }

  Status write(const std::string& name, BytesView bytes) {
    std::string path = path_ + "/" + name;
    if (std::string directory = directory_of(path); directory != made_) {
      SCRUTINEER_CHECKED(out_.make_directories(directory));
      made_ = directory;
    }
    return write_file(out_, path, bytes, Durability::cached);
  }

  const LogReader& log_;
  Disk& out_;
  const std::string& path_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  SignedCheckpoint checkpoint_;
  std::string made_;  // the directory made last
};

}  // namespace

Status export_directory(const LogReader& log, Disk& out, const std::string& path,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return Export(log, out, path, progress).run();
}

}  // namespace scrutineer
