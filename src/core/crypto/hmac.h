// HMAC-SHA-256 (RFC 2104).
#pragma once

#include "core/base/bytes.h"

namespace scrutineer {

Hash256 hmac_sha256(BytesView key, BytesView message);

}  // namespace scrutineer
