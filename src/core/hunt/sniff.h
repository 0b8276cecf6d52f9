// What a file is, by its first bytes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/bytes.h"
#include "core/hunt/not_searched.h"

namespace scrutineer::hunt {

inline constexpr std::size_t kSniffBytes = 512;

enum class Packing : std::uint8_t { none, gzip, zstd };
enum class Encoding : std::uint8_t { bytes, utf16le, utf16be };  // with their mark; bytes: everything else

struct Sniffed {
  Packing packing = Packing::none;
  std::optional<Why> why;  // its bytes are searched all the same, but that may find nothing
  std::string_view name;   // "zip", "xz", ...
  Encoding encoding = Encoding::bytes;
};

// `start`: the first kSniffBytes, or all.
Sniffed sniff(BytesView start);

}  // namespace scrutineer::hunt
