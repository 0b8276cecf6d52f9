#include "core/crypto/token_encoding.h"

#include "core/crypto/p256.h"

namespace scrutineer {
namespace {

// "edwards25519" as a PrintableString: the other spelling that PKCS#11 v3.0 section 2.3.10 allows.
constexpr BytesView kEd25519Name(
    "\x13\x0c"
    "edwards25519",
    14);
constexpr std::size_t kNumberBytes = 32;

// The content of a DER OCTET STRING of fewer than 128 bytes.
std::optional<BytesView> octet_string(BytesView der) {
  if (der.size() < 2 || der[0] != 0x04 || static_cast<unsigned char>(der[1]) != der.size() - 2) return std::nullopt;
  return der.substr(2);
}

BytesView unwrapped(BytesView point, std::size_t size) {
  if (point.size() == size + 2)
    if (auto inside = octet_string(point)) return *inside;
  return point;
}

// X.690 section 8.3: the shortest two's complement, so a leading zero where the top bit is set.
Bytes integer(BytesView number) {
  while (number.size() > 1 && number.front() == 0) number.remove_prefix(1);
  Bytes content(static_cast<unsigned char>(number.front()) >= 0x80 ? 1 : 0, '\0');
  content += number;
  return Bytes("\x02") + static_cast<char>(content.size()) + content;
}

}  // namespace

Result<PublicKey> public_key_of_token(BytesView ec_parameters, BytesView ec_point) {
  PublicKey key;
  if (ec_parameters == kP256Parameters) {
    BytesView point = unwrapped(ec_point, p256::kPointBytes);
    key = {KeyType::ecdsa_p256, Bytes(p256::kSpkiHeader) + Bytes(point)};
  } else if (ec_parameters == kEd25519Parameters || ec_parameters == kEd25519Name) {
    key = {KeyType::ed25519, Bytes(unwrapped(ec_point, kNumberBytes))};
  } else {
    return fail(ErrorCode::unsupported, "this key is on another curve than P-256 and Ed25519");
  }
  SCRUTINEER_CHECKED(check_public_key(key));
  return key;
}

Result<Bytes> signature_of_token(KeyType type, BytesView signature) {
  if (signature.size() != 2 * kNumberBytes)
    return fail(ErrorCode::malformed, "a token's signature by such a key has 64 bytes");
  if (type != KeyType::ecdsa_p256) return Bytes(signature);
  Bytes both = integer(signature.substr(0, kNumberBytes)) + integer(signature.substr(kNumberBytes));
  return Bytes("\x30") + static_cast<char>(both.size()) + both;
}

}  // namespace scrutineer
