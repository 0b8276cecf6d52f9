#include "core/merkle/checkpoint.h"

namespace scrutineer {
namespace {

// The part before the next LF, which is taken off too; nullopt where there is none.
std::optional<std::string_view> line_of(std::string_view& text) {
  std::size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root.view()) + "\n";
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  auto origin = line_of(text);
  auto size = line_of(text);
  auto root = line_of(text);
  if (!origin || !size || !root) return fail(ErrorCode::malformed, "a checkpoint has three lines: origin, size, root");
  if (!text.empty()) return fail(ErrorCode::malformed, "a checkpoint has no lines after its root");
  SCRUTINEER_CHECKED(check_key_name(*origin));
  auto number = parse_decimal(*size);
  if (!number) return fail(ErrorCode::malformed, "a checkpoint's size is a decimal without leading zeros");
  auto bytes = from_base64(*root);
  auto hash = bytes ? hash_from_bytes(*bytes) : std::nullopt;
  if (!hash) return fail(ErrorCode::malformed, "a checkpoint's root is 32 bytes in base64");
  Checkpoint checkpoint{std::string(*origin), *number, NodeHash{*hash}};
  if (checkpoint.size == 0 && checkpoint.root != empty_root())
    return fail(ErrorCode::malformed, "a checkpoint of size 0 has the empty root");
  return checkpoint;
}

Result<SignedCheckpoint> parse_checkpoint(BytesView note) {
  SCRUTINEER_TRY(SignedNote parsed, parse_note(note));
  SCRUTINEER_TRY(Checkpoint checkpoint, parse_checkpoint_text(parsed.text));
  return SignedCheckpoint{std::move(checkpoint), std::move(parsed)};
}

Result<SignedNote> sign_checkpoint(const Checkpoint& checkpoint, Signer& log_key) {
  if (log_key.public_key().type != KeyType::ed25519) return fail(ErrorCode::invalid_argument, "a log's key is Ed25519");
  SignedNote note{to_text(checkpoint), {}};
  SCRUTINEER_TRY(NoteSignature signature, sign_note(note.text, checkpoint.origin, log_key));
  note.signatures.push_back(std::move(signature));
  return note;
}

Status verify_checkpoint(const SignedCheckpoint& checkpoint, const VerifierKey& log_key) {
  if (checkpoint.checkpoint.origin != log_key.name)
    return fail(ErrorCode::conflict, "the checkpoint is of " + checkpoint.checkpoint.origin + ", not " + log_key.name);
  bool signed_by_log = false;
  for (const NoteSignature& signature : checkpoint.note.signatures) {
    if (signature.name != log_key.name || signature.id != log_key.id) continue;
    if (!verify_note_signature(checkpoint.note.text, signature, log_key))
      return fail(ErrorCode::bad_signature, "the log's signature on the checkpoint does not verify");
    signed_by_log = true;
  }
  if (!signed_by_log) return fail(ErrorCode::bad_signature, "the checkpoint is not signed by the log " + log_key.name);
  return {};
}

Result<SignedCheckpoint> verify_checkpoint(BytesView note, const VerifierKey& log_key) {
  SCRUTINEER_TRY(SignedCheckpoint checkpoint, parse_checkpoint(note));
  SCRUTINEER_CHECKED(verify_checkpoint(checkpoint, log_key));
  return checkpoint;
}

}  // namespace scrutineer
