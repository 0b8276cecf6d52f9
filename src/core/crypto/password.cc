#include "core/crypto/password.h"

#include <sodium.h>

#include "core/crypto/sodium_ready.h"

namespace scrutineer {
namespace {

constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Result<SecretBytes> derive(BytesView passphrase, const PasswordCost& cost, BytesView salt) {
  sodium_ready();
  if (cost.operations < kPasswordCostMin.operations || cost.operations > kPasswordCostMax.operations ||
      cost.memory < kPasswordCostMin.memory || cost.memory > kPasswordCostMax.memory)
    return fail(ErrorCode::limit_exceeded, "this key file asks for too much or too little work on its passphrase");
  if (salt.size() != crypto_pwhash_SALTBYTES) return fail(ErrorCode::malformed, "the salt of a key file has 16 bytes");
  SecretBytes key(kKeyBytes);
  if (crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), raw(salt), cost.operations,
                    cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(ErrorCode::limit_exceeded, "there is not enough memory to check the passphrase");
  return key;
}

Bytes random_bytes(Rng& rng, std::size_t size) {
  Bytes out(size, '\0');
  rng.fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

}  // namespace

Result<SealedSecret> seal_secret(const SecretBytes& secret, BytesView passphrase, BytesView context,
                                 const PasswordCost& cost, Rng& rng) {
  SealedSecret sealed{cost, random_bytes(rng, crypto_pwhash_SALTBYTES),
                      random_bytes(rng, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES),
                      Bytes(secret.size() + kTagBytes, '\0')};
  SCRUTINEER_TRY(SecretBytes key, derive(passphrase, cost, sealed.salt));
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.ciphertext.data()), nullptr,
                                             secret.data(), secret.size(), raw(context), context.size(), nullptr,
                                             raw(sealed.nonce), key.data());
  return sealed;
}

Result<SecretBytes> open_secret(const SealedSecret& sealed, BytesView passphrase, BytesView context) {
  if (sealed.ciphertext.size() < kTagBytes || sealed.nonce.size() != crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    return fail(ErrorCode::malformed, "the secret of this key file is cut short");
  SCRUTINEER_TRY(SecretBytes key, derive(passphrase, sealed.cost, sealed.salt));
  SecretBytes secret(sealed.ciphertext.size() - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret.data(), nullptr, nullptr, raw(sealed.ciphertext),
                                                 sealed.ciphertext.size(), raw(context), context.size(),
                                                 raw(sealed.nonce), key.data()) != 0)
    return fail(ErrorCode::unauthorised, "the passphrase is wrong, or the key file was changed");
  return secret;
}

}  // namespace scrutineer
