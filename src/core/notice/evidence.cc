#include "core/notice/evidence.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/notice/payload.h"

namespace scrutineer {
namespace {

constexpr std::string_view kLogs = "logs/", kSealedFolder = "sealed/", kOpenedFolder = "opened/";
constexpr std::string_view kDisclosuresFile = "disclosures";

// Items of a file: each after its length, be16 or be32.
Result<std::vector<BytesView>> split_items(BytesView bytes, std::size_t length_bytes, std::size_t item_limit) {
  std::vector<BytesView> items;
  while (!bytes.empty()) {
    if (bytes.size() < length_bytes) return fail(ErrorCode::malformed, "the file ends inside a length");
    const std::size_t size = length_bytes == 2 ? read_be16(bytes.data()) : read_be32(bytes.data());
    bytes.remove_prefix(length_bytes);
    if (size > item_limit) return fail(ErrorCode::limit_exceeded, "an item is too long");
    if (bytes.size() < size) return fail(ErrorCode::malformed, "the file ends inside an item");
    items.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return items;
}

// The three files of a log, as they are found.
struct LogFiles {
  bool has[3] = {};
  EvidenceLog log;
};
constexpr std::string_view kLogFiles[] = {"origin", "entries", "checkpoints"};

Status read_log_file(LogFiles& into, std::size_t which, BytesView bytes) {
  into.has[which] = true;
  if (which == 0) {
    if (bytes.size() < 2 || bytes.size() > limits::kNoteNameBytes + 1 || bytes.back() != '\n')
      return fail(ErrorCode::malformed, "expected the name of the log and a line feed");
    into.log.origin = bytes.substr(0, bytes.size() - 1);
    return check_key_name(into.log.origin);
  }
  if (which == 1) {
    if (bytes.size() > kEvidenceLogBytes) return fail(ErrorCode::limit_exceeded, "a log has at most 4 GiB");
    SCRUTINEER_TRY(into.log.entries, split_items(bytes, 2, limits::kEntryBytes));
    return {};
  }
  if (bytes.size() > kEvidenceCheckpointsBytes)
    return fail(ErrorCode::limit_exceeded, "the checkpoints of a log have at most 256 MiB");
  SCRUTINEER_TRY(into.log.checkpoints, split_items(bytes, 4, limits::kCheckpointBytes));
  return {};
}

Status read_content(std::string_view name, BytesView bytes, std::vector<BytesView>& into) {
  const auto hash = hash_from_hex(name);
  if (!hash) return fail(ErrorCode::malformed, "contents are named by their SHA-256");
  if (into.size() == kEvidenceContents) return fail(ErrorCode::limit_exceeded, "too many contents");
  if (bytes.size() > kSealedBytes) return fail(ErrorCode::limit_exceeded, "contents have at most 16 MiB");
  if (sha256(bytes) != *hash) return fail(ErrorCode::corrupt, "these contents do not have the hash that names them");
  into.push_back(bytes);
  return {};
}

Status read_disclosures(BytesView bytes, std::vector<std::string_view>& into) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    if (end == bytes.npos) return fail(ErrorCode::malformed, "the last line has no end");
    if (end == 0) return fail(ErrorCode::malformed, "an empty line");
    if (end > kEvidenceDisclosureBytes) return fail(ErrorCode::limit_exceeded, "a disclosure has at most 64 KiB");
    if (into.size() == kEvidenceDisclosures) return fail(ErrorCode::limit_exceeded, "too many disclosures");
    into.push_back(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
  }
  return {};
}

using LogsByNumber = std::map<std::uint64_t, LogFiles>;

Status read_file(const EvidenceFile& file, Evidence& evidence, LogsByNumber& logs) {
  std::string_view path = file.path;
  if (path == kDisclosuresFile) return read_disclosures(file.bytes, evidence.disclosures);
  if (path.starts_with(kSealedFolder))
    return read_content(path.substr(kSealedFolder.size()), file.bytes, evidence.ciphertexts);
  if (path.starts_with(kOpenedFolder))
    return read_content(path.substr(kOpenedFolder.size()), file.bytes, evidence.plaintexts);
  if (path.starts_with(kLogs)) {
    path.remove_prefix(kLogs.size());
    const std::size_t slash = path.find('/');
    const auto number = slash == path.npos ? std::nullopt : parse_decimal(path.substr(0, slash));
    const auto which = std::find(std::begin(kLogFiles), std::end(kLogFiles), path.substr(slash + 1));
    if (number && which != std::end(kLogFiles)) {
      if (*number >= kEvidenceLogs) return fail(ErrorCode::limit_exceeded, "evidence holds at most 256 logs");
      return read_log_file(logs[*number], static_cast<std::size_t>(which - kLogFiles), file.bytes);
    }
  }
  return fail(ErrorCode::malformed, "no evidence has a file of this name");
}

Status take_logs(LogsByNumber& logs, Evidence& evidence) {
  std::size_t entries = 0;
  for (auto& [number, files] : logs) {
    const std::string place = std::string(kLogs) + std::to_string(number);
    if (number != evidence.logs.size())
      return fail(ErrorCode::malformed, "logs are numbered from 0 without a gap", place);
    for (std::size_t i = 0; i < 3; ++i)
      if (!files.has[i])
        return fail(ErrorCode::malformed, "the file is missing", place + "/" + std::string(kLogFiles[i]));
    entries += files.log.entries.size();
    if (entries > kEvidenceEntries) return fail(ErrorCode::limit_exceeded, "too many entries in all logs", place);
    evidence.logs.push_back(std::move(files.log));
  }
  return {};
}

std::vector<EvidenceBytes> contents(std::string_view folder, const std::vector<BytesView>& all) {
  std::map<std::string, BytesView> by_name;
  for (BytesView one : all) by_name.emplace(to_hex(sha256(one)), one);
  std::vector<EvidenceBytes> files;
  for (const auto& [name, bytes] : by_name) files.push_back({std::string(folder) + name, Bytes(bytes)});
  return files;
}

}  // namespace

Result<Evidence> read_evidence(const std::vector<EvidenceFile>& files) {
  Evidence evidence;
  LogsByNumber logs;
  std::set<std::string_view> seen;
  for (const EvidenceFile& file : files) {
    if (!seen.insert(file.path).second) return fail(ErrorCode::malformed, "the file is there twice", file.path);
    if (auto read = read_file(file, evidence, logs); !read) return tl::unexpected(placed(read.error(), file.path));
  }
  SCRUTINEER_CHECKED(take_logs(logs, evidence));
  return evidence;
}

std::vector<EvidenceBytes> write_evidence(const Evidence& evidence) {
  std::vector<EvidenceBytes> files;
  for (std::size_t n = 0; n < evidence.logs.size(); ++n) {
    const EvidenceLog& log = evidence.logs[n];
    const std::string folder = std::string(kLogs) + std::to_string(n) + "/";
    Bytes entries, checkpoints;
    for (BytesView entry : log.entries) {
      append_be16(entries, static_cast<std::uint16_t>(entry.size()));
      entries.append(entry);
    }
    for (BytesView note : log.checkpoints) {
      append_be32(checkpoints, static_cast<std::uint32_t>(note.size()));
      checkpoints.append(note);
    }
    files.push_back({folder + "origin", log.origin + "\n"});
    files.push_back({folder + "entries", std::move(entries)});
    files.push_back({folder + "checkpoints", std::move(checkpoints)});
  }
  for (EvidenceBytes& file : contents(kSealedFolder, evidence.ciphertexts)) files.push_back(std::move(file));
  for (EvidenceBytes& file : contents(kOpenedFolder, evidence.plaintexts)) files.push_back(std::move(file));
  if (!evidence.disclosures.empty()) {
    const std::set<std::string_view> sorted(evidence.disclosures.begin(), evidence.disclosures.end());
    Bytes lines;
    for (std::string_view one : sorted) lines.append(one).append("\n");
    files.push_back({std::string(kDisclosuresFile), std::move(lines)});
  }
  return files;
}

}  // namespace scrutineer
