// ECDSA P-256 with SHA-256 through OpenSSL; private to core/crypto.
#pragma once

#include <memory>

#include "core/crypto/signature.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace scrutineer::p256 {

// SubjectPublicKeyInfo of an uncompressed P-256 point: this header, then 0x04 || x || y.
inline constexpr std::string_view kSpkiHeader(
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00", 26);
inline constexpr std::size_t kPointBytes = 65;

Status check_public_key(BytesView spki_der);
bool verify(BytesView spki_der, BytesView message, BytesView signature_der);
// True if the 32-byte scalar is in [1, order).
bool is_private_scalar(BytesView scalar);

struct KeyFree {
  void operator()(evp_pkey_st* key) const;
};
using KeyHandle = std::unique_ptr<evp_pkey_st, KeyFree>;
Result<KeyHandle> private_key(const SecretBytes& scalar);
Result<std::unique_ptr<Signer>> make_signer(const SecretBytes& scalar);

}  // namespace scrutineer::p256
