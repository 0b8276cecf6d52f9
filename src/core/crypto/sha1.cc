#include "core/crypto/sha1.h"

#include <openssl/sha.h>

namespace scrutineer {

std::array<std::uint8_t, 20> sha1(BytesView bytes) {
  std::array<std::uint8_t, 20> out{};
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out.data());
  return out;
}

}  // namespace scrutineer
