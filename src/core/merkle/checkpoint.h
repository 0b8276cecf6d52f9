// Checkpoints (C2SP tlog-checkpoint, without extension lines) and their witnesses' cosignatures (C2SP
// tlog-cosignature).
#pragma once

#include "core/base/clock.h"
#include "core/merkle/tree.h"
#include "core/note/note.h"

namespace scrutineer {

struct Checkpoint {
  std::string origin;  // also the log's key name
  std::uint64_t size = 0;
  NodeHash root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// "origin LF size LF base64(root) LF".
std::string to_text(const Checkpoint& checkpoint);
// Exactly that, with a canonical decimal and no further line. Error malformed.
Result<Checkpoint> parse_checkpoint_text(std::string_view text);

// A checkpoint as it travels: the note, and what its text says. Nothing is verified by parsing.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  SignedNote note;
};
Result<SignedCheckpoint> parse_checkpoint(BytesView note);

// The note with the log's signature alone. The signer's key is Ed25519 (type 01); key name = origin.
Result<SignedNote> sign_checkpoint(const Checkpoint& checkpoint, Signer& log_key);

// Error bad_signature: the log's signature is absent or not good; malformed: the text; conflict: another origin than
// the key's name.
Result<SignedCheckpoint> verify_checkpoint(BytesView note, const VerifierKey& log_key);
Status verify_checkpoint(const SignedCheckpoint& checkpoint, const VerifierKey& log_key);

// What a version 1 cosigner signs: "cosignature/v1 LF time <t> LF" || checkpoint text. time >= 0.
std::string cosignature_message(std::string_view checkpoint_text, UnixSeconds time);

// A type 04 line by the cosigner `name`: be64(time) || signature. The signer's key is Ed25519, used for this alone.
Result<NoteSignature> cosign(std::string_view checkpoint_text, std::string_view name, UnixSeconds time, Signer& key);

// A cosigner's verifier key, type 04, from its signer's public key.
Result<VerifierKey> cosigner_vkey(std::string_view name, const PublicKey& key);

// When `key` (type 04) cosigned. Error bad_signature: not by this key, or not good.
Result<UnixSeconds> verify_cosignature(std::string_view checkpoint_text, const NoteSignature& signature,
                                       const VerifierKey& key);

}  // namespace scrutineer
