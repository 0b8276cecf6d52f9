// The evidence that one party hands over, in memory (docs/formats/evidence.md): copies of logs with witnessed
// checkpoints, sealed contents, and what it chooses to open.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

// One log, from its first entry on. The same log may stand there twice: where the copies contradict each other, it is
// forked.
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
//   logs/<n>/origin           the log's name, LF; n counts from 0
//   logs/<n>/entries          each entry as be16 length || bytes
//   logs/<n>/checkpoints      each note as be32 length || bytes
//   sealed/<sha256>           ciphertexts
//   opened/<sha256>           plaintexts
//   disclosures               one a line
// A file of any other name is an error: nothing is read past.
inline constexpr std::size_t kEvidenceLogs = 256;
inline constexpr std::size_t kEvidenceLogBytes = std::size_t{4} << 30;
inline constexpr std::size_t kEvidenceCheckpointsBytes = 256u << 20;
inline constexpr std::size_t kEvidenceEntries = 100'000'000;  // of all logs
inline constexpr std::size_t kEvidenceContents = 1'000'000;   // ciphertexts; as many plaintexts
inline constexpr std::size_t kEvidenceDisclosures = 1'000'000;
inline constexpr std::size_t kEvidenceDisclosureBytes = 64u << 10;

struct EvidenceFile {
  std::string path;
  BytesView bytes;
};
// The views of what it returns are into `files`. Errors: malformed, corrupt (contents that do not have the hash that
// they are named by), limit_exceeded, with the file.
Result<Evidence> read_evidence(const std::vector<EvidenceFile>& files);

// The files for an Evidence; bytes are new. Equal evidence gives equal files.
struct EvidenceBytes {
  std::string path;
  Bytes bytes;
};
std::vector<EvidenceBytes> write_evidence(const Evidence& evidence);

}  // namespace scrutineer
