// How tokens spell keys and signatures (PKCS#11 v3.0 section 2.3), and how notes do.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/crypto/signature.h"

namespace scrutineer {

// CKA_EC_PARAMS of the two curves: a DER object identifier (RFC 5480 section 2.1.1.1, RFC 8410 section 3).
inline constexpr BytesView kP256Parameters("\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 10);
inline constexpr BytesView kEd25519Parameters("\x06\x03\x2b\x65\x70", 5);

// The public key of CKA_EC_PARAMS and CKA_EC_POINT. Ed25519 parameters may also be the curve's name; a point may be
// bare or inside a DER OCTET STRING: tokens differ. Errors: unsupported (another curve), malformed (no such point).
Result<PublicKey> public_key_of_token(BytesView ec_parameters, BytesView ec_point);

// A token's signature as notes hold it: ECDSA's r || s (64 bytes) becomes ASN.1 DER (RFC 3279 section 2.2.3); Ed25519
// stays. Error: malformed (not 64 bytes).
Result<Bytes> signature_of_token(KeyType type, BytesView signature);

}  // namespace scrutineer
