#include "core/crypto/signature.h"

#include "core/crypto/ed25519.h"
#include "core/crypto/p256.h"

namespace scrutineer {

Status check_public_key(const PublicKey& key) {
  switch (key.type) {
    case KeyType::ed25519:
    case KeyType::cosignature_ed25519: return ed25519::check_public_key(key.bytes);
    case KeyType::ecdsa_p256: return p256::check_public_key(key.bytes);
    case KeyType::cosignature_mldsa44: break;
  }
  return fail(ErrorCode::unsupported, "this version does not know that type of key");
}

Status check_public_key_form(const PublicKey& key) {
  bool is_ed25519 = key.type == KeyType::ed25519 || key.type == KeyType::cosignature_ed25519;
  if (!is_ed25519) return check_public_key(key);
  if (key.bytes.size() != 32) return fail(ErrorCode::malformed, "an Ed25519 public key has 32 bytes");
  return {};
}

bool verify_signature(const PublicKey& key, BytesView message, BytesView signature) {
  switch (key.type) {
    case KeyType::ed25519:
    case KeyType::cosignature_ed25519: return ed25519::verify(key.bytes, message, signature);
    case KeyType::ecdsa_p256: return p256::verify(key.bytes, message, signature);
    case KeyType::cosignature_mldsa44: break;
  }
  return false;
}

PrivateKey new_private_key(KeyType type, Rng& rng) {
  PrivateKey key{type, SecretBytes(32)};
  do rng.fill({key.secret.data(), key.secret.size()});
  while (type == KeyType::ecdsa_p256 && !p256::is_private_scalar(key.secret.view()));
  return key;
}

Result<std::unique_ptr<Signer>> make_signer(const PrivateKey& key) {
  switch (key.type) {
    case KeyType::ed25519:
    case KeyType::cosignature_ed25519: return ed25519::make_signer(key.secret, key.type);
    case KeyType::ecdsa_p256: return p256::make_signer(key.secret);
    case KeyType::cosignature_mldsa44: break;
  }
  return fail(ErrorCode::unsupported, "this version cannot sign with that type of key");
}

}  // namespace scrutineer
