// One row of the index of identifiers; private to app/log.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>

#include "core/base/bytes.h"

namespace scrutineer {

enum class IdKind : std::uint8_t { record = 0, entry = 1 };

// The first 8 bytes of a record id or entry id, and where it stands. A prefix can be shared, by chance or on purpose:
// whoever looks something up compares the entry itself.
struct IdRow {
  std::uint64_t key = 0;
  std::uint64_t value = 0;  // position * 2 + kind
  friend auto operator<=>(const IdRow&, const IdRow&) = default;
};
static_assert(sizeof(IdRow) == 16 && std::endian::native == std::endian::little,
              "rows are stored as they are in memory");

inline IdRow id_row(const Hash256& id, IdKind kind, std::uint64_t position) {
  return {read_be64(reinterpret_cast<const char*>(id.bytes.data())), position << 1 | static_cast<std::uint64_t>(kind)};
}

}  // namespace scrutineer
