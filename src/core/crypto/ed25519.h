// Ed25519 through libsodium; private to core/crypto.
#pragma once

#include <memory>

#include "core/crypto/signature.h"

namespace scrutineer::ed25519 {

Status check_public_key(BytesView bytes);
bool verify(BytesView public_key, BytesView message, BytesView signature);
// `type`: ed25519 or cosignature_ed25519, as its public key says.
Result<std::unique_ptr<Signer>> make_signer(const SecretBytes& seed, KeyType type);

}  // namespace scrutineer::ed25519
