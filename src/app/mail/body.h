// Bodies of parts: their encodings (RFC 2045 section 6) and the parts of a multipart (RFC 2046 section 5.1).
#pragma once

#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::mail {

// `encoding` in lower case, empty for none. Strict: nothing is skipped but line ends. Errors: malformed, unsupported
// (another encoding), limit_exceeded (above `limit`; no more than that is allocated).
Result<Bytes> decode_body(BytesView body, std::string_view encoding, std::size_t limit);

// The parts between the delimiter lines, each with its header. What stands before the first and behind the last is
// ignored. Errors: malformed (no boundary, one that cannot be, not closed: cut short), limit_exceeded (kMailParts).
Result<std::vector<BytesView>> split_multipart(BytesView body, std::string_view boundary);

}  // namespace scrutineer::mail
