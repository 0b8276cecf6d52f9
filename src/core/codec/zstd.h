// Zstandard (RFC 8878).
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

// One frame with a content checksum.
Bytes zstd_compress(BytesView bytes, int level = 3);

// Every frame, one after the other. Errors: malformed (not zstd, cut short, wrong checksum), limit_exceeded (more than
// `limit` bytes would come out, or a window above 128 MiB; no more than that is ever allocated).
Result<Bytes> zstd_decompress(BytesView bytes, std::size_t limit);

}  // namespace scrutineer
