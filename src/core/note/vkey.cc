#include "core/note/vkey.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

Bytes typed_key(const PublicKey& key) {
  Bytes out(1, static_cast<char>(key.type));
  return out += key.bytes;
}

std::optional<KeyType> key_type(unsigned char byte) {
  switch (byte) {
    case 0x01: return KeyType::ed25519;
    case 0x02: return KeyType::ecdsa_p256;
    case 0x04: return KeyType::cosignature_ed25519;
    case 0x06: return KeyType::cosignature_mldsa44;
    default: return std::nullopt;
  }
}

// Unicode White_Space (PropList.txt) beyond ASCII, as UTF-8.
constexpr std::string_view kWideSpaces[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                            "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                            "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

}  // namespace

KeyId key_id(std::string_view name, const PublicKey& key) {
  // C2SP signed-note, "Signature types": the key ID of 0x02 is the truncated hash of the DER encoded public key alone.
  Hash256 hash = key.type == KeyType::ecdsa_p256 ? sha256(key.bytes)
                                                 : Sha256().update(name).update("\n").update(typed_key(key)).finish();
  return {hash.bytes[0], hash.bytes[1], hash.bytes[2], hash.bytes[3]};
}

Status check_key_name(std::string_view name) {
  if (name.empty()) return fail(ErrorCode::malformed, "a key's name must not be empty");
  if (name.size() > limits::kNoteNameBytes)
    return fail(ErrorCode::limit_exceeded, "a key's name has at most 255 bytes");
  if (!is_utf8(name)) return fail(ErrorCode::malformed, "a key's name must be UTF-8");
  for (unsigned char c : name)
    if (c <= 0x20 || c == 0x7f || c == '+')
      return fail(ErrorCode::malformed, "a key's name has no spaces, control characters or '+'");
  for (std::string_view space : kWideSpaces)
    if (name.find(space) != std::string_view::npos)
      return fail(ErrorCode::malformed, "a key's name has no spaces, control characters or '+'");
  return {};
}

Result<VerifierKey> make_vkey(std::string_view name, const PublicKey& key) {
  SCRUTINEER_CHECKED(check_key_name(name));
  SCRUTINEER_CHECKED(check_public_key(key));
  return VerifierKey{std::string(name), key_id(name, key), key};
}

Result<VerifierKey> parse_vkey(std::string_view text) {
  std::size_t first = text.find('+');
  std::size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return fail(ErrorCode::malformed, "a verifier key reads NAME+KEYID+BASE64");
  auto id = from_hex(text.substr(first + 1, second - first - 1));
  auto typed = from_base64(text.substr(second + 1));
  if (!id || id->size() != 4) return fail(ErrorCode::malformed, "the key id of a verifier key is 8 hex digits");
  if (!typed || typed->empty()) return fail(ErrorCode::malformed, "the key of a verifier key is not base64");
  auto type = key_type(static_cast<unsigned char>((*typed)[0]));
  if (!type) return fail(ErrorCode::unsupported, "this verifier key is of a type that this version does not know");
  VerifierKey key{std::string(text.substr(0, first)), {}, PublicKey{*type, typed->substr(1)}};
  SCRUTINEER_CHECKED(check_key_name(key.name));
  SCRUTINEER_CHECKED(check_public_key_form(key.key));
  key.id = key_id(key.name, key.key);
  if (!std::equal(key.id.begin(), key.id.end(), reinterpret_cast<const std::uint8_t*>(id->data())))
    return fail(ErrorCode::malformed, "the key id of this verifier key does not belong to its name and key");
  return key;
}

std::string to_string(const VerifierKey& key) {
  std::string out = key.name;
  out += '+';
  out += to_hex({reinterpret_cast<const char*>(key.id.data()), key.id.size()});
  out += '+';
  out += to_base64(typed_key(key.key));
  return out;
}

}  // namespace scrutineer
