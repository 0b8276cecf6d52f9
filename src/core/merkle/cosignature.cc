#include "core/base/check.h"
#include "core/merkle/checkpoint.h"

namespace scrutineer {

// C2SP tlog-cosignature, "Ed25519 signed message".
std::string cosignature_message(std::string_view checkpoint_text, UnixSeconds time) {
  check(time.value >= 0, "a cosignature's time is not before 1970");
  std::string message = "cosignature/v1\ntime " + std::to_string(time.value) + "\n";
  return message += checkpoint_text;
}

Result<VerifierKey> cosigner_vkey(std::string_view name, const PublicKey& key) {
  if (key.type != KeyType::ed25519 && key.type != KeyType::cosignature_ed25519)
    return fail(ErrorCode::invalid_argument, "a cosigner's key is Ed25519");
  return make_vkey(name, PublicKey{KeyType::cosignature_ed25519, key.bytes});
}

Result<NoteSignature> cosign(std::string_view checkpoint_text, std::string_view name, UnixSeconds time, Signer& key) {
  if (time.value < 0) return fail(ErrorCode::invalid_argument, "a cosignature's time is not before 1970");
  SCRUTINEER_CHECKED(parse_checkpoint_text(checkpoint_text));
  SCRUTINEER_TRY(VerifierKey vkey, cosigner_vkey(name, key.public_key()));
  SCRUTINEER_TRY(Bytes signature, key.sign(cosignature_message(checkpoint_text, time)));
  Bytes timed;
  append_be64(timed, static_cast<std::uint64_t>(time.value));
  return NoteSignature{vkey.name, vkey.id, timed + signature};
}

Result<UnixSeconds> verify_cosignature(std::string_view checkpoint_text, const NoteSignature& signature,
                                       const VerifierKey& key) {
  if (key.key.type != KeyType::cosignature_ed25519 || signature.name != key.name || signature.id != key.id)
    return fail(ErrorCode::bad_signature, "not a cosignature by " + key.name);
  // timestamped_signature: u64 timestamp (not above 2^63 - 1), 64 bytes of signature.
  if (signature.signature.size() != 8 + 64)
    return fail(ErrorCode::bad_signature, "the cosignature by " + key.name + " does not have its length");
  UnixSeconds time{static_cast<std::int64_t>(read_be64(signature.signature.data()))};
  BytesView raw = BytesView(signature.signature).substr(8);
  if (time.value < 0 || !verify_signature(key.key, cosignature_message(checkpoint_text, time), raw))
    return fail(ErrorCode::bad_signature, "the cosignature by " + key.name + " does not verify");
  return time;
}

}  // namespace scrutineer
