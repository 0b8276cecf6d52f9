// The evidence that one party hands over, in memory (docs/formats/evidence.md): copies of logs with witnessed
// checkpoints, sealed contents, and what it chooses to open.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

// One log, from its first entry on.
struct EvidenceLog {
  std::string origin;
  std::vector<BytesView> entries;      // views into the evidence
  std::vector<BytesView> checkpoints;  // signed notes with cosignatures, any order; the largest must cover all entries
};

struct Evidence {
  std::vector<EvidenceLog> logs;
  std::vector<BytesView> ciphertexts;         // of notices and answers
  std::vector<BytesView> plaintexts;          // whole contents, opened by whoever hands this over
  std::vector<std::string_view> disclosures;  // single fields, opened
};

// The layout of an evidence directory or archive (tar.zst):
//   logs/<n>/origin           the log's name, LF
//   logs/<n>/entries          each entry as be16 length || bytes
//   logs/<n>/checkpoints      each note as be32 length || bytes
//   sealed/<sha256>           ciphertexts
//   opened/<sha256>           plaintexts
//   disclosures               one a line
// A file of any other name is an error: nothing is read past.
inline constexpr std::size_t kEvidenceLogs = 64;
inline constexpr std::size_t kEvidenceLogBytes = std::size_t{4} << 30;
inline constexpr std::size_t kEvidenceCheckpointsBytes = 256u << 20;

struct EvidenceFile {
  std::string path;
  BytesView bytes;
};
// Errors: malformed, limit_exceeded, with the file.
Result<Evidence> read_evidence(const std::vector<EvidenceFile>& files);

// The files for an Evidence; bytes are new.
struct EvidenceBytes {
  std::string path;
  Bytes bytes;
};
std::vector<EvidenceBytes> write_evidence(const Evidence& evidence);

}  // namespace scrutineer
