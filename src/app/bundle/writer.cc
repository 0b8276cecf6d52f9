#include "app/bundle/writer.h"

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace scrutineer {

Status BundleWriter::make_directory_of(const std::string& path) {
  std::string directory = directory_;
  if (std::size_t slash = path.rfind('/'); slash != path.npos) directory += "/" + path.substr(0, slash);
  std::lock_guard lock(mutex_);
  if (!made_.insert(directory).second) return {};
  return disk_.make_directories(directory);
}

// Beside the bundle, not in it: whoever lists it meanwhile sees no stranger.
std::string BundleWriter::temporary_name() {
  std::lock_guard lock(mutex_);
  return directory_ + ".part-" + std::to_string(++temporary_);
}

bool BundleWriter::is_there(const std::string& path, const BlobHash& sha256) const {
  std::lock_guard lock(mutex_);
  auto found = files_.find(path);
  return found != files_.end() && found->second.sha256 == sha256;
}

void BundleWriter::keep(const std::string& path, const Kept& kept) {
  std::lock_guard lock(mutex_);
  Kept& now = files_[path];
  bytes_ += kept.size - now.size;
  now = kept;
}

Status BundleWriter::write(const std::string& path, BytesView bytes, bool replace) {
  std::string to = directory_ + "/" + path, name = to;
  if (replace) name = temporary_name();
  SCRUTINEER_TRY(auto file, disk_.open(name, OpenMode::create));
  if (replace) SCRUTINEER_CHECKED(file->truncate(0));  // left there by a crash
  SCRUTINEER_CHECKED(file->write_at(0, bytes));
  if (replace) return disk_.rename(name, to);
  return {};
}

Status BundleWriter::put(const std::string& path, BytesView bytes) {
  check(is_bundle_path(path), "a bundle's paths are plain ASCII");
  Kept kept{bytes.size(), blob_hash(bytes)};
  if (is_there(path, kept.sha256)) return {};
  SCRUTINEER_CHECKED(make_directory_of(path));
  SCRUTINEER_CHECKED(write(path, bytes, has(path)));
  keep(path, kept);
  return {};
}

Result<ManifestFile> BundleWriter::put_stream(const std::string& path, const Stream& write) {
  check(is_bundle_path(path), "a bundle's paths are plain ASCII");
  SCRUTINEER_CHECKED(make_directory_of(path));
  std::string name = temporary_name();
  SCRUTINEER_TRY(auto file, disk_.open(name, OpenMode::create));
  SCRUTINEER_CHECKED(file->truncate(0));  // left there by a crash
  Sha256 hash;
  Kept kept;
  Status written = write([&](BytesView piece) -> Status {
    SCRUTINEER_CHECKED(file->write_at(kept.size, piece));
    hash.update(piece);
    kept.size += piece.size();
    return {};
  });
  kept.sha256 = BlobHash{hash.finish()};
  file.reset();
  if (!written || is_there(path, kept.sha256)) {
    Status removed = disk_.remove(name);
    if (!written) return tl::unexpected(written.error());
    if (!removed) return tl::unexpected(removed.error());
  } else {
    SCRUTINEER_CHECKED(disk_.rename(name, directory_ + "/" + path));
    keep(path, kept);
  }
  return ManifestFile{path, kept.size, kept.sha256};
}

Status BundleWriter::drop(const std::string& path) {
  {
    std::lock_guard lock(mutex_);
    auto found = files_.find(path);
    if (found == files_.end()) return {};
    bytes_ -= found->second.size;
    files_.erase(found);
  }
  SCRUTINEER_CHECKED(disk_.remove(directory_ + "/" + path));
  // A folder of partial tiles goes with the last of them.
  std::string folder = directory_ + "/" + directory_of(path);
  if (!folder.ends_with(".p")) return {};
  SCRUTINEER_TRY(std::vector<std::string> names, disk_.list(folder));
  if (!names.empty()) return {};
  std::lock_guard lock(mutex_);
  made_.erase(folder);
  return disk_.remove(folder);
}

bool BundleWriter::has(const std::string& path) const {
  std::lock_guard lock(mutex_);
  return files_.contains(path);
}

std::size_t BundleWriter::files() const {
  std::lock_guard lock(mutex_);
  return files_.size();
}

std::uint64_t BundleWriter::bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

void BundleWriter::moved(std::string directory) {
  std::lock_guard lock(mutex_);
  directory_ = std::move(directory);
  made_.clear();
}

Status BundleWriter::finish(const RecordId& election, std::string_view signer_name, Signer& signer,
                            Durability durability) {
  // Millions of files make the text large: it is there once, its signature is put behind it.
  std::string text = manifest_beginning(election, files_.size());
  for (const auto& [path, kept] : files_) add_manifest_line(text, path, kept.size, kept.sha256);
  SCRUTINEER_TRY(NoteSignature signature, sign_note(text, signer_name, signer));
  text += '\n';
  append_signature_line(text, signature);
  return write_file(disk_, directory_ + "/" + kManifestPath, text, durability);
}

}  // namespace scrutineer
