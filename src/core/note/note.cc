#include "core/note/note.h"

#include <algorithm>
#include <tuple>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::string_view kDash = "\u2014 ";  // em dash, space

Result<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kDash)) return fail(ErrorCode::malformed, "a signature line starts with an em dash");
  line.remove_prefix(kDash.size());
  std::size_t space = line.find(' ');
  if (space == line.npos) return fail(ErrorCode::malformed, "a signature line reads: dash, name, base64");
  std::string_view name = line.substr(0, space);
  SCRUTINEER_CHECKED(check_key_name(name));
  auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5)
    return fail(ErrorCode::malformed, "a signature is base64 of a key id and a signature");
  NoteSignature out;
  out.name = name;
  std::copy_n(reinterpret_cast<const std::uint8_t*>(bytes->data()), 4, out.id.begin());
  out.signature = bytes->substr(4);
  return out;
}

}  // namespace

Status check_note_text(std::string_view text) {
  if (!text.ends_with('\n')) return fail(ErrorCode::malformed, "a note's text ends in a line feed");
  if (!is_utf8(text)) return fail(ErrorCode::malformed, "a note is UTF-8");
  for (unsigned char c : text)
    if ((c < 0x20 && c != '\n') || c == 0x7f)
      return fail(ErrorCode::malformed, "a note has no control characters but the line feed");
  return {};
}

Result<NoteView> parse_note_view(BytesView bytes) {
  std::size_t split = bytes.rfind("\n\n");
  if (split == bytes.npos) return fail(ErrorCode::malformed, "a note has an empty line before its signatures");
  NoteView note;
  note.text = bytes.substr(0, split + 1);
  SCRUTINEER_CHECKED(check_note_text(note.text));
  std::string_view rest = bytes.substr(split + 2);
  if (rest.empty()) return fail(ErrorCode::malformed, "a note has at least one signature");
  if (!rest.ends_with('\n')) return fail(ErrorCode::malformed, "a signature line ends in a line feed");
  while (!rest.empty()) {
    if (note.signatures.size() == limits::kNoteSignatures)
      return fail(ErrorCode::limit_exceeded, "a note has at most 16 signatures");
    std::size_t end = rest.find('\n');
    SCRUTINEER_TRY(NoteSignature signature, parse_signature_line(rest.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
  }
  return note;
}

Result<SignedNote> parse_note(BytesView bytes) {
  SCRUTINEER_TRY(NoteView view, parse_note_view(bytes));
  return SignedNote{std::string(view.text), std::move(view.signatures)};
}

void append_signature_line(Bytes& out, const NoteSignature& signature) {
  Bytes raw(reinterpret_cast<const char*>(signature.id.data()), signature.id.size());
  raw += signature.signature;
  out += kDash;
  out += signature.name;
  out += ' ';
  out += to_base64(raw);
  out += '\n';
}

Bytes to_bytes(const SignedNote& note) {
  Bytes out = note.text;
  out += '\n';
  for (const NoteSignature& signature : note.signatures) append_signature_line(out, signature);
  return out;
}

Result<NoteSignature> sign_note(std::string_view text, std::string_view name, Signer& signer) {
  SCRUTINEER_CHECKED(check_key_name(name));
  SCRUTINEER_CHECKED(check_note_text(text));
  KeyType type = signer.public_key().type;
  // A witness's key says what it has seen of a log, and nothing else: verifiers would not take its name for a text.
  if (type != KeyType::ed25519 && type != KeyType::ecdsa_p256)
    return fail(ErrorCode::invalid_argument, "a key of this type cosigns checkpoints and signs nothing else");
  SCRUTINEER_TRY(Bytes signature, signer.sign(text));
  return NoteSignature{std::string(name), key_id(name, signer.public_key()), std::move(signature)};
}

bool signature_before(const NoteSignature& a, const NoteSignature& b) {
  return std::tie(a.name, a.id) < std::tie(b.name, b.id);
}

bool verify_note_signature(std::string_view text, const NoteSignature& signature, const VerifierKey& key) {
  bool signs_text = key.key.type == KeyType::ed25519 || key.key.type == KeyType::ecdsa_p256;
  return signs_text && signature.name == key.name && signature.id == key.id &&
         verify_signature(key.key, text, signature.signature);
}

Result<std::vector<std::optional<std::size_t>>> verify_note(const NoteView& note, std::span<const VerifierKey> known) {
  std::vector<std::optional<std::size_t>> signers;
  for (const NoteSignature& signature : note.signatures) {
    std::optional<std::size_t> signer;
    for (std::size_t i = 0; i < known.size() && !signer; ++i) {
      const VerifierKey& key = known[i];
      if (key.name != signature.name || key.id != signature.id) continue;
      if (!verify_note_signature(note.text, signature, key))
        return fail(ErrorCode::bad_signature, "the signature by " + key.name + " does not verify");
      signer = i;
    }
    signers.push_back(signer);
  }
  return signers;
}

}  // namespace scrutineer
