#include "core/crypto/ed25519.h"

#include <sodium.h>

#include "core/crypto/sodium_ready.h"

namespace scrutineer::ed25519 {
namespace {

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

class SeedSigner final : public Signer {
 public:
  SeedSigner(PublicKey public_key, SecretBytes secret)
      : public_key_(std::move(public_key)), secret_(std::move(secret)) {}
  const PublicKey& public_key() const override { return public_key_; }
  Result<Bytes> sign(BytesView message) override {
    Bytes signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(message), message.size(),
                         secret_.data());
    return signature;
  }

 private:
  PublicKey public_key_;
  SecretBytes secret_;  // libsodium's 64 bytes: seed || public key
};

}  // namespace

Status check_public_key(BytesView bytes) {
  sodium_ready();
  if (bytes.size() != crypto_sign_PUBLICKEYBYTES)
    return fail(ErrorCode::malformed, "an Ed25519 public key has 32 bytes");
  // A point of small order would accept signatures that nobody made.
  if (crypto_core_ed25519_is_valid_point(raw(bytes)) != 1)
    return fail(ErrorCode::malformed, "this Ed25519 public key is not a valid point of the main group");
  return {};
}

bool verify(BytesView public_key, BytesView message, BytesView signature) {
  sodium_ready();
  return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(public_key)) == 0;
}

Result<std::unique_ptr<Signer>> make_signer(const SecretBytes& seed, KeyType type) {
  sodium_ready();
  if (seed.size() != crypto_sign_SEEDBYTES)
    return fail(ErrorCode::malformed, "an Ed25519 private key is a seed of 32 bytes");
  SecretBytes secret(crypto_sign_SECRETKEYBYTES);
  PublicKey public_key{type, Bytes(crypto_sign_PUBLICKEYBYTES, '\0')};
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.bytes.data()), secret.data(), seed.data());
  return std::make_unique<SeedSigner>(std::move(public_key), std::move(secret));
}

}  // namespace scrutineer::ed25519
