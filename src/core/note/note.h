// Signed notes (C2SP signed-note): the one signature format of records, checkpoints and manifests.
#pragma once

#include <span>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/note/vkey.h"

namespace scrutineer {

// One "— name base64(keyID || signature)" line.
struct NoteSignature {
  std::string name;
  KeyId id{};
  Bytes signature;  // without the key id
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct SignedNote {
  std::string text;  // ends in LF; exactly the signed bytes
  std::vector<NoteSignature> signatures;
  friend bool operator==(const SignedNote&, const SignedNote&) = default;
};

// The same, as views into the bytes that were parsed: no text is copied.
struct NoteView {
  std::string_view text;
  std::vector<NoteSignature> signatures;  // 1 to 16, in the order in which they stand
};

// Errors: malformed (grammar, UTF-8, control characters), limit_exceeded (more than 16 signatures). Signature lines are
// split from the text at the last empty line. Nothing is verified.
Result<NoteView> parse_note_view(BytesView bytes);
Result<SignedNote> parse_note(BytesView bytes);

// The text rules alone: UTF-8, ends in LF, no control character but LF.
Status check_note_text(std::string_view text);

// Text, empty line, signature lines in the given order.
Bytes to_bytes(const SignedNote& note);
void append_signature_line(Bytes& out, const NoteSignature& signature);

// Signs `text` as `name`; the signer's key must be of a type that signs text (0x01 or 0x02).
Result<NoteSignature> sign_note(std::string_view text, std::string_view name, Signer& signer);

// Sorted by (name, key id).
bool signature_before(const NoteSignature& a, const NoteSignature& b);

// The index in `known` of each signature's key, or nullopt for a signature by nobody in `known`. Error
// bad_signature: a known key, and a signature that is not good: such a note is rejected as a whole.
Result<std::vector<std::optional<std::size_t>>> verify_note(const NoteView& note, std::span<const VerifierKey> known);

// True if a known key of exactly this name and key id made this signature over `text`.
bool verify_note_signature(std::string_view text, const NoteSignature& signature, const VerifierKey& key);

}  // namespace scrutineer
