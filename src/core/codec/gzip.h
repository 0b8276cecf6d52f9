// gzip (RFC 1952).
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer {

// True if the bytes start as gzip does.
bool is_gzip(BytesView bytes);

// Every member, one after the other. Errors: malformed (not gzip, cut short, wrong checksum, something behind it),
// limit_exceeded (more than `limit` bytes would come out; no more than that is ever allocated).
Result<Bytes> gunzip(BytesView bytes, std::size_t limit);

// One member without name or time: the same bytes give the same result.
Bytes gzip(BytesView bytes);

}  // namespace scrutineer
