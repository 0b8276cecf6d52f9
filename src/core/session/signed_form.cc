#include "core/session/signed_form.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/session/limits.h"

namespace scrutineer {

Result<SignedNote> signed_form(std::string_view text, std::string_view signer, std::string_view key_id,
                               std::string_view signature) {
  if (text.size() > 2 * limits::kEntryBytes)  // each line end may have become two bytes
    return fail(ErrorCode::limit_exceeded, "a text to sign has at most 65,535 bytes", "text");
  SignedNote note;
  note.text.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!(text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) note.text += text[i];
  if (note.text.size() > limits::kEntryBytes)
    return fail(ErrorCode::limit_exceeded, "a text to sign has at most 65,535 bytes", "text");
  if (auto good = check_note_text(note.text); !good) return tl::unexpected(placed(good.error(), "text"));
  if (auto good = check_key_name(signer); !good) return tl::unexpected(placed(good.error(), "signer"));
  auto id = from_hex(key_id);
  if (!id || id->size() != 4) return fail(ErrorCode::malformed, "the key id is 8 hex digits", "key_id");
  if (signature.size() > limits::kSignatureTextBytes)
    return fail(ErrorCode::limit_exceeded, "no signature is that long", "signature");
  auto bytes = from_base64(signature);
  if (!bytes || bytes->empty()) return fail(ErrorCode::malformed, "the signature is not base64", "signature");
  NoteSignature made{std::string(signer), {}, std::move(*bytes)};
  std::copy(id->begin(), id->end(), made.id.begin());
  note.signatures.push_back(std::move(made));
  return note;
}

}  // namespace scrutineer
