#include "core/crypto/box.h"

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/sodium_ready.h"

namespace scrutineer {
namespace {

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// The nonce of crypto_box_seal: BLAKE2b-192 of both public keys.
std::array<unsigned char, crypto_box_NONCEBYTES> seal_nonce(BytesView ephemeral, BytesView recipient) {
  std::array<unsigned char, crypto_box_NONCEBYTES> nonce;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, nonce.size());
  crypto_generichash_update(&state, raw(ephemeral), ephemeral.size());
  crypto_generichash_update(&state, raw(recipient), recipient.size());
  crypto_generichash_final(&state, nonce.data(), nonce.size());
  return nonce;
}

}  // namespace

static_assert(kSealedBoxExtraBytes == crypto_box_SEALBYTES);
static_assert(kAeadNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kAeadTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

BoxKey new_box_key(Rng& rng) {
  SecretBytes secret(kBoxKeyBytes);
  rng.fill({secret.data(), secret.size()});
  return *box_key(std::move(secret));
}

Result<BoxKey> box_key(SecretBytes secret) {
  sodium_ready();
  if (secret.size() != kBoxKeyBytes) return fail(ErrorCode::malformed, "the secret of a box key has 32 bytes");
  BoxKey key{Bytes(kBoxKeyBytes, '\0'), std::move(secret)};
  crypto_scalarmult_base(raw(key.public_key), key.secret.data());
  return key;
}

Result<Bytes> seal_to(BytesView public_key, const SecretBytes& message, Rng& rng) {
  sodium_ready();
  if (public_key.size() != kBoxKeyBytes) return fail(ErrorCode::malformed, "a box key has 32 bytes");
  const BoxKey ephemeral = new_box_key(rng);
  const auto nonce = seal_nonce(ephemeral.public_key, public_key);
  Bytes sealed = ephemeral.public_key;
  sealed.resize(message.size() + kSealedBoxExtraBytes);
  if (crypto_box_easy(raw(sealed) + kBoxKeyBytes, message.data(), message.size(), nonce.data(), raw(public_key),
                      ephemeral.secret.data()) != 0)
    return fail(ErrorCode::malformed, "this is no key that anything can be sealed to");
  return sealed;
}

Result<SecretBytes> open_sealed(const BoxKey& key, BytesView sealed) {
  sodium_ready();
  if (sealed.size() < kSealedBoxExtraBytes) return fail(ErrorCode::malformed, "a sealed box is cut short");
  SecretBytes message(sealed.size() - kSealedBoxExtraBytes);
  if (crypto_box_seal_open(message.data(), raw(sealed), sealed.size(), raw(key.public_key), key.secret.data()) != 0)
    return fail(ErrorCode::unauthorised, "this is not sealed to that key, or it was changed");
  return message;
}

Bytes encrypt(const SecretBytes& key, BytesView nonce, BytesView context, BytesView message) {
  sodium_ready();
  check(key.size() == kContentKeyBytes && nonce.size() == kAeadNonceBytes, "a key or nonce of another size");
  Bytes out(message.size() + kAeadTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out), nullptr, raw(message), message.size(), raw(context),
                                             context.size(), nullptr, raw(nonce), key.data());
  return out;
}

Result<Bytes> decrypt(const SecretBytes& key, BytesView nonce, BytesView context, BytesView ciphertext) {
  sodium_ready();
  if (key.size() != kContentKeyBytes || nonce.size() != kAeadNonceBytes || ciphertext.size() < kAeadTagBytes)
    return fail(ErrorCode::corrupt, "what is encrypted is cut short");
  Bytes out(ciphertext.size() - kAeadTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), nullptr, nullptr, raw(ciphertext), ciphertext.size(),
                                                 raw(context), context.size(), raw(nonce), key.data()) != 0)
    return fail(ErrorCode::corrupt, "what is encrypted was changed, or belongs to another key");
  return out;
}

}  // namespace scrutineer
