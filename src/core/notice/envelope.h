// What travels between the parties, whatever carries it: records and the sealed contents that they name, as one file
// (docs/formats/envelope.md). Nothing in it is trusted: records are signed, contents are named by their hashes.
#pragma once

#include <span>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

inline constexpr std::size_t kEnvelopeBytes = 24u << 20;
inline constexpr std::size_t kEnvelopeRecords = 4'096;
inline constexpr std::size_t kEnvelopeBlobs = 4'096;
inline constexpr const char* kEnvelopeType = "application/vnd.scrutineer.envelope";

// "scrutineer/envelope/1" LF, "<records> <blobs>" LF, then each record and each blob as be32 length || bytes.
struct Envelope {
  std::vector<Bytes> records;  // signed notes, in the order in which they are to be taken in
  std::vector<Bytes> blobs;    // sealed contents
};
// Error limit_exceeded: send several.
Result<Bytes> write_envelope(std::span<const Bytes> records, std::span<const Bytes> blobs);
// Errors: malformed, unsupported, limit_exceeded.
Result<Envelope> read_envelope(BytesView bytes);

}  // namespace scrutineer
