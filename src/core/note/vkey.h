// Verifier keys of C2SP signed-note: name, key id, type and public key in one line.
#pragma once

#include <array>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/crypto/signature.h"

namespace scrutineer {

// SHA-256(name || LF || type || public key)[0..4); for P-256, as C2SP signed-note has it for type 0x02,
// SHA-256(SubjectPublicKeyInfo)[0..4).
using KeyId = std::array<std::uint8_t, 4>;

KeyId key_id(std::string_view name, const PublicKey& key);

// A name: 1 to 255 bytes of UTF-8, no Unicode space, no control character, no '+'.
Status check_key_name(std::string_view name);

// Somebody's public key under a name. Always consistent: made by parse_vkey or make_vkey only.
struct VerifierKey {
  std::string name;
  KeyId id{};
  PublicKey key;
  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

Result<VerifierKey> make_vkey(std::string_view name, const PublicKey& key);

// "name+hex8(key id)+base64(type || public key)". Refuses a wrong key id and a public key of the wrong form. A point of
// small order passes here, as check_public_key() costs as much as a signature: no signature verifies under it, and
// intake refuses to grant it.
Result<VerifierKey> parse_vkey(std::string_view text);
std::string to_string(const VerifierKey& key);

}  // namespace scrutineer
