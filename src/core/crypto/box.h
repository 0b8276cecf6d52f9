// Sealed boxes (X25519, libsodium's crypto_box_seal) and authenticated encryption (XChaCha20-Poly1305, libsodium's
// IETF variant): what confidential payloads are made of (docs/formats/sealed.md).
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace scrutineer {

inline constexpr std::size_t kBoxKeyBytes = 32;      // public and secret key, X25519 (RFC 7748)
inline constexpr std::size_t kContentKeyBytes = 32;  // XChaCha20-Poly1305
inline constexpr std::size_t kAeadNonceBytes = 24;
inline constexpr std::size_t kAeadTagBytes = 16;
inline constexpr std::size_t kSealedBoxExtraBytes = 48;  // ephemeral public key and tag

// Somebody who can be written to under seal. Move-only: the secret is wiped when it goes.
struct BoxKey {
  Bytes public_key;    // 32 bytes
  SecretBytes secret;  // 32 bytes
};
BoxKey new_box_key(Rng& rng);
// Error malformed: not 32 bytes.
Result<BoxKey> box_key(SecretBytes secret);

// Anonymous: nobody learns who sealed it. The ephemeral key comes out of `rng`. Error malformed: no such public key (32
// bytes, not a point of small order).
Result<Bytes> seal_to(BytesView public_key, const SecretBytes& message, Rng& rng);
// Error unauthorised: not sealed to this key, or changed since.
Result<SecretBytes> open_sealed(const BoxKey& key, BytesView sealed);

// Encrypts under a key that is used with this nonce only once. `context` is authenticated and not encrypted.
Bytes encrypt(const SecretBytes& key, BytesView nonce, BytesView context, BytesView message);
// Error corrupt: another key, another context, or changed since. Nothing of the message is handed out then.
Result<Bytes> decrypt(const SecretBytes& key, BytesView nonce, BytesView context, BytesView ciphertext);

}  // namespace scrutineer
