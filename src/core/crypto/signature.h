// Signatures: Ed25519 (RFC 8032) and, for people whose tokens have no Ed25519, ECDSA P-256 with SHA-256 (FIPS 186-5).
#pragma once

#include <cstdint>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace scrutineer {

// The type byte of C2SP signed-note keys.
enum class KeyType : std::uint8_t {
  ed25519 = 0x01,
  ecdsa_p256 = 0x02,
  cosignature_ed25519 = 0x04,  // timestamped, C2SP tlog-cosignature
  cosignature_mldsa44 = 0x06,  // room left; not verified by this version
};

// `bytes`: Ed25519: 32 bytes. P-256: SubjectPublicKeyInfo, DER, uncompressed point (91 bytes).
struct PublicKey {
  KeyType type = KeyType::ed25519;
  Bytes bytes;
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

// Refuses a key of the wrong length, not on the curve, or of small order. Ed25519: 45 us.
Status check_public_key(const PublicKey& key);
// Length and encoding alone, and the curve for P-256.
Status check_public_key_form(const PublicKey& key);

// True if `signature` (Ed25519: 64 bytes; P-256: ASN.1 DER) is good for exactly these bytes. Thread-safe.
// Key types that this version does not know never verify.
bool verify_signature(const PublicKey& key, BytesView message, BytesView signature);

// Whoever can sign: a key file now, a PKCS#11 token or a remote person later. Not thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual const PublicKey& public_key() const = 0;
  virtual Result<Bytes> sign(BytesView message) = 0;
};

// Private key material: Ed25519: 32-byte seed. P-256: 32-byte scalar.
struct PrivateKey {
  KeyType type = KeyType::ed25519;
  SecretBytes secret;
};

PrivateKey new_private_key(KeyType type, Rng& rng);
Result<std::unique_ptr<Signer>> make_signer(const PrivateKey& key);

}  // namespace scrutineer
