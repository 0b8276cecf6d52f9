#include "app/bundle/writer.h"

#include <algorithm>

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

Status BundleWriter::add(const std::string& path, BytesView bytes) {
  check(is_bundle_path(path), "a bundle's paths are plain ASCII");
  SCRUTINEER_CHECKED(make_directory_of(path));
  SCRUTINEER_TRY(auto file, disk_.open(directory_ + "/" + path, OpenMode::create));
  SCRUTINEER_CHECKED(file->write_at(0, bytes));
  BlobHash hash = blob_hash(bytes);
  std::lock_guard lock(mutex_);
  files_.push_back({path, bytes.size(), hash});
  bytes_ += bytes.size();
  return {};
}

Status BundleWriter::finish(const RecordId& election, std::string_view signer_name, Signer& signer) {
  std::sort(files_.begin(), files_.end(), [](const ManifestFile& a, const ManifestFile& b) { return a.path < b.path; });
  for (std::size_t i = 1; i < files_.size(); ++i)
    check(files_[i - 1].path != files_[i].path, "a file was added to a bundle twice");
  std::string text = to_text(Manifest{election, files_});
  SCRUTINEER_TRY(NoteSignature signature, sign_note(text, signer_name, signer));
  return write_file(disk_, directory_ + "/" + kManifestPath, to_bytes(SignedNote{std::move(text), {signature}}),
                    Durability::durable);
}

}  // namespace scrutineer
