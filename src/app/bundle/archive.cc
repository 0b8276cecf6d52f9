#include "app/bundle/archive.h"

#include "core/base/limits.h"
#include "core/codec/tar.h"
#include "core/codec/zstd.h"
#include "core/crypto/hash.h"
#include "core/note/note.h"
#include "core/verify/manifest.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFrameBytes = 4u << 20;  // of tar in one zstd frame: frames follow one another
constexpr int kLevel = 3;

class ArchiveFile {
 public:
  explicit ArchiveFile(std::unique_ptr<File> file) : file_(std::move(file)) {}

  Status add(const std::string& path, BytesView bytes) {
    SCRUTINEER_CHECKED(append_tar_file(waiting_, std::string(kArchiveFolder) + "/" + path, bytes));
    return waiting_.size() < kFrameBytes ? Status() : flush();
  }
  Status end() {
    end_tar(waiting_);
    SCRUTINEER_CHECKED(flush());
    return file_->truncate(written_);
  }

 private:
  Status flush() {
    Bytes frame = zstd_compress(waiting_, kLevel);
    waiting_.clear();
    SCRUTINEER_CHECKED(file_->write_at(written_, frame));
    written_ += frame.size();
    return {};
  }
  std::unique_ptr<File> file_;
  Bytes waiting_;
  std::uint64_t written_ = 0;
};

}  // namespace

Status write_archive(Disk& disk, const std::string& bundle, const std::string& out) {
  SCRUTINEER_TRY(Bytes note, read_file(disk, bundle + "/" + kManifestPath, limits::kManifestBytes));
  SCRUTINEER_TRY(NoteView view, parse_note_view(note));
  SCRUTINEER_TRY(Manifest manifest, parse_manifest_text(view.text));
  const std::string part = out + ".part";
  SCRUTINEER_TRY(auto file, disk.open(part, OpenMode::create));
  ArchiveFile archive(std::move(file));
  for (const ManifestFile& named : manifest.files) {
    SCRUTINEER_TRY(Bytes bytes, read_file(disk, bundle + "/" + named.path, limits::kBlobBytes));
    if (blob_hash(bytes) != named.sha256)
      return fail(ErrorCode::conflict, "this file is not what the manifest says", named.path);
    SCRUTINEER_CHECKED(archive.add(named.path, bytes));
  }
  SCRUTINEER_CHECKED(archive.add(kManifestPath, note));
  SCRUTINEER_CHECKED(archive.end());
  return disk.rename(part, out);
}

}  // namespace scrutineer
