#include "core/verify/manifest.h"

#include <algorithm>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kFirstLine = "scrutineer/manifest/1\n";
constexpr std::string_view kElection = "election ";

std::string_view take_line(std::string_view& text) {
  std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Result<ManifestFile> parse_file(std::string_view line) {
  std::size_t first = line.find(' ');
  std::size_t second = first == line.npos ? line.npos : line.find(' ', first + 1);
  if (second == line.npos) return fail(ErrorCode::malformed, "a line of a manifest reads SHA256 SIZE PATH");
  auto hash = hash_from_hex(line.substr(0, first));
  auto size = parse_decimal(line.substr(first + 1, second - first - 1));
  std::string_view path = line.substr(second + 1);
  if (!hash || !size || !is_bundle_path(path) || path == kManifestPath)
    return fail(ErrorCode::malformed, "a line of a manifest reads SHA256 SIZE PATH");
  return ManifestFile{std::string(path), *size, BlobHash{*hash}};
}

}  // namespace

const ManifestFile* Manifest::find(std::string_view path) const {
  auto found = std::lower_bound(files.begin(), files.end(), path,
                                [](const ManifestFile& file, std::string_view p) { return file.path < p; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

bool is_bundle_path(std::string_view path) {
  if (path.empty() || path.size() > limits::kPathBytes) return false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    if (i == path.size() || path[i] == '/') {
      std::string_view part = path.substr(start, i - start);
      if (part.empty() || part == "." || part == "..") return false;
      start = i + 1;
      continue;
    }
    char c = path[i];
    bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!plain) return false;
  }
  return true;
}

std::string blob_path(const BlobHash& hash) {
  std::string hex = to_hex(hash);
  return "blob/" + hex.substr(0, 2) + "/" + hex.substr(2, 2) + "/" + hex;
}

std::string proof_path(std::uint32_t row, std::size_t contest) {
  return "proof/" + std::to_string(row) + (contest == 0 ? "" : "-" + std::to_string(contest + 1)) + ".tlog-proof";
}

std::string manifest_beginning(const RecordId& election, std::size_t files) {
  std::string out(kFirstLine);
  out.reserve(files * 110 + 1'024);
  return out.append(kElection).append(to_hex(election)).append("\n");
}

void add_manifest_line(std::string& text, std::string_view path, std::uint64_t size, const BlobHash& sha256) {
  text.append(to_hex(sha256)).append(" ").append(std::to_string(size)).append(" ").append(path).append("\n");
}

std::string to_text(const Manifest& manifest) {
  std::string out = manifest_beginning(manifest.election, manifest.files.size());
  for (const ManifestFile& file : manifest.files) add_manifest_line(out, file.path, file.size, file.sha256);
  return out;
}

Result<Manifest> parse_manifest_text(std::string_view text) {
  if (text.size() > limits::kManifestBytes)
    return fail(ErrorCode::limit_exceeded, "this manifest is larger than 1 GiB");
  if (!text.starts_with(kFirstLine) || !text.ends_with('\n'))
    return fail(ErrorCode::malformed, "a manifest starts with scrutineer/manifest/1", "line 1");
  text.remove_prefix(kFirstLine.size());
  std::string_view line = take_line(text);
  auto election = line.starts_with(kElection) ? hash_from_hex(line.substr(kElection.size())) : std::nullopt;
  if (!election) return fail(ErrorCode::malformed, "expected: election and its record id", "line 2");
  Manifest manifest{RecordId{*election}, {}};
  for (std::size_t number = 3; !text.empty(); ++number) {
    auto file = parse_file(take_line(text));
    std::string where = "line " + std::to_string(number);
    if (!file) return tl::unexpected(placed(file.error(), where));
    if (!manifest.files.empty() && !(manifest.files.back().path < file->path))
      return fail(ErrorCode::malformed, "files are sorted by path, none twice", where);
    if (manifest.files.size() == limits::kManifestFiles)
      return fail(ErrorCode::limit_exceeded, "a manifest names at most 8,000,000 files", where);
    manifest.files.push_back(std::move(*file));
  }
  return manifest;
}

}  // namespace scrutineer
