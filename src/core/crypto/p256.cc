#include "core/crypto/p256.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include "core/crypto/freer.h"

namespace scrutineer::p256 {
namespace {

using KeyPtr = KeyHandle;
using ContextPtr = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freer<BN_clear_free>>;
using GroupPtr = std::unique_ptr<EC_GROUP, Freer<EC_GROUP_free>>;
using PointPtr = std::unique_ptr<EC_POINT, Freer<EC_POINT_free>>;
using BuilderPtr = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using ParamsPtr = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

KeyPtr parse_public(BytesView der) {
  // 0x04 only: OpenSSL would also take the hybrid form (0x06, 0x07), a second spelling of the same key.
  if (der.size() != kSpkiHeader.size() + kPointBytes || !der.starts_with(kSpkiHeader) ||
      der[kSpkiHeader.size()] != 0x04)
    return nullptr;
  const unsigned char* p = raw(der);
  return KeyPtr(d2i_PUBKEY(nullptr, &p, static_cast<long>(der.size())));
}

GroupPtr group() {
  return GroupPtr(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
}

class ScalarSigner final : public Signer {
 public:
  ScalarSigner(PublicKey public_key, KeyPtr key) : public_key_(std::move(public_key)), key_(std::move(key)) {}
  const PublicKey& public_key() const override { return public_key_; }
  Result<Bytes> sign(BytesView message) override {
    DigestPtr context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, raw(message), message.size()) != 1)
      return fail(ErrorCode::invalid_argument, "this P-256 key cannot sign");
    Bytes out(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, raw(message),
                       message.size()) != 1)
      return fail(ErrorCode::invalid_argument, "this P-256 key cannot sign");
    out.resize(size);
    return out;
  }

 private:
  PublicKey public_key_;
  KeyPtr key_;
};

}  // namespace

Status check_public_key(BytesView spki_der) {
  KeyPtr key = parse_public(spki_der);
  ContextPtr context(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
  if (!context || EVP_PKEY_public_check(context.get()) != 1)
    return fail(ErrorCode::malformed, "this is not a P-256 public key (SubjectPublicKeyInfo, uncompressed point)");
  return {};
}

bool verify(BytesView spki_der, BytesView message, BytesView signature_der) {
  KeyPtr key = parse_public(spki_der);
  if (!key) return false;
  DigestPtr context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), raw(signature_der), signature_der.size(), raw(message), message.size()) == 1;
}

bool is_private_scalar(BytesView scalar) {
  if (scalar.size() != 32) return false;
  NumberPtr number(BN_bin2bn(raw(scalar), 32, nullptr));
  return !BN_is_zero(number.get()) && BN_cmp(number.get(), EC_GROUP_get0_order(group().get())) < 0;
}

void KeyFree::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

Result<KeyHandle> private_key(const SecretBytes& scalar) {
  if (!is_private_scalar(scalar.view()))
    return fail(ErrorCode::malformed, "a P-256 private key is a 32-byte number between 1 and the group order");
  GroupPtr curve = group();
  NumberPtr number(BN_bin2bn(scalar.data(), 32, nullptr));
  PointPtr point(EC_POINT_new(curve.get()));
  unsigned char encoded[kPointBytes];
  if (EC_POINT_mul(curve.get(), point.get(), number.get(), nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(curve.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded, sizeof encoded, nullptr) !=
          sizeof encoded)
    return fail(ErrorCode::malformed, "this P-256 private key has no public key");

  BuilderPtr builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded, sizeof encoded);
  ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
  ContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, params.get()) != 1)
    return fail(ErrorCode::malformed, "this P-256 private key cannot be used");
  return KeyHandle(made);
}

Result<std::unique_ptr<Signer>> make_signer(const SecretBytes& scalar) {
  SCRUTINEER_TRY(KeyHandle key, private_key(scalar));
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key.get(), &der);
  if (size <= 0) return fail(ErrorCode::malformed, "this P-256 private key has no public key");
  PublicKey public_key{KeyType::ecdsa_p256, Bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size))};
  OPENSSL_free(der);
  return std::make_unique<ScalarSigner>(std::move(public_key), std::move(key));
}

}  // namespace scrutineer::p256
