// Secrets under a passphrase: Argon2id (RFC 9106, libsodium's crypto_pwhash) and XChaCha20-Poly1305.
#pragma once

#include <cstdint>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace scrutineer {

struct PasswordCost {
  std::uint64_t operations = 3;       // passes
  std::uint64_t memory = 256u << 20;  // bytes
};
inline constexpr PasswordCost kPasswordCostMin{1, 8u << 20};
inline constexpr PasswordCost kPasswordCostMax{20, 1u << 30};  // a hostile key file must not take the machine

struct SealedSecret {
  PasswordCost cost;
  Bytes salt;        // 16 bytes
  Bytes nonce;       // 24 bytes
  Bytes ciphertext;  // secret + 16 bytes
};

// `context` is authenticated with the secret: it cannot be moved to another file. Errors: limit_exceeded (cost).
Result<SealedSecret> seal_secret(const SecretBytes& secret, BytesView passphrase, BytesView context,
                                 const PasswordCost& cost, Rng& rng);
// Errors: unauthorised (wrong passphrase, or the file was changed), limit_exceeded, malformed.
Result<SecretBytes> open_secret(const SealedSecret& sealed, BytesView passphrase, BytesView context);

}  // namespace scrutineer
