// SHA-1 (FIPS 180-4), for names that a specification makes with it (UUID version 5). Never for anything that has to be
// hard to forge.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.h"

namespace scrutineer {

std::array<std::uint8_t, 20> sha1(BytesView bytes);

}  // namespace scrutineer
