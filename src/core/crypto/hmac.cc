#include "core/crypto/hmac.h"

#include <sodium.h>

#include "core/crypto/sodium_ready.h"

namespace scrutineer {

Hash256 hmac_sha256(BytesView key, BytesView message) {
  sodium_ready();
  auto raw = [](BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); };
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(message), message.size());
  Hash256 out;
  crypto_auth_hmacsha256_final(&state, out.bytes.data());
  sodium_memzero(&state, sizeof state);
  return out;
}

}  // namespace scrutineer
