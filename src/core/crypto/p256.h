// ECDSA P-256 with SHA-256 through OpenSSL; private to core/crypto.
#pragma once

#include <memory>

#include "core/crypto/signature.h"

namespace scrutineer::p256 {

Status check_public_key(BytesView spki_der);
bool verify(BytesView spki_der, BytesView message, BytesView signature_der);
// True if the 32-byte scalar is in [1, order).
bool is_private_scalar(BytesView scalar);
Result<std::unique_ptr<Signer>> make_signer(const SecretBytes& scalar);

}  // namespace scrutineer::p256
