// SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.h"

namespace scrutineer {

Hash256 sha256(BytesView bytes);

// Incremental; the state lives inside the object, nothing is allocated. Use once: update*, finish.
class Sha256 {
 public:
  Sha256();
  Sha256& update(BytesView bytes);
  Hash256 finish();

 private:
  alignas(8) std::array<unsigned char, 128> state_;
};

// SHA-256 of a file or blob.
inline BlobHash blob_hash(BytesView bytes) {
  return BlobHash{sha256(bytes)};
}

}  // namespace scrutineer
