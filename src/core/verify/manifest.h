// The manifest of a bundle (docs/formats/bundle.md): a signed note that names every other file by size and SHA-256.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

struct ManifestFile {
  std::string path;
  std::uint64_t size = 0;
  BlobHash sha256;
  friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

struct Manifest {
  RecordId election;
  std::vector<ManifestFile> files;  // sorted by path, none twice
  const ManifestFile* find(std::string_view path) const;
};

// "scrutineer/manifest/1 LF election <hex> LF" and a line "<sha256> <size> <path>" for each file.
std::string to_text(const Manifest& manifest);
// The same piece by piece, for whoever keeps the files in another form: the beginning, then a line a file, by path.
std::string manifest_beginning(const RecordId& election, std::size_t files);
void add_manifest_line(std::string& text, std::string_view path, std::uint64_t size, const BlobHash& sha256);
// Exactly that. Errors: malformed with the line, limit_exceeded.
Result<Manifest> parse_manifest_text(std::string_view text);

// A relative path of ASCII letters, digits and "._-", parts separated by '/', no part empty, "." or "..".
bool is_bundle_path(std::string_view path);

// blob/<aa>/<bb>/<sha256>
std::string blob_path(const BlobHash& hash);

// proof/<row>.tlog-proof for the first contest of the unit in that row of the unit table, proof/<row>-2.tlog-proof for
// its second, ...
std::string proof_path(std::uint32_t row, std::size_t contest);

inline constexpr const char* kManifestPath = "manifest";
inline constexpr const char* kCheckpointPath = "checkpoint";

}  // namespace scrutineer
