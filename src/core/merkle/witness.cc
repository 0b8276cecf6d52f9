#include "core/merkle/witness.h"

#include <algorithm>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::string_view kPlain = "text/plain; charset=utf-8";

// The part before the next LF, which is taken off too; nullopt where there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  std::size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<NodeHash> hash_of(std::string_view base64) {
  auto bytes = from_base64(base64);
  auto hash = bytes ? hash_from_bytes(*bytes) : std::nullopt;
  if (!hash) return std::nullopt;
  return NodeHash{*hash};
}

// parse_checkpoint_text() refuses size 0 with a root that is not the empty one. A witness must tell that (422) from
// what does not parse (400).
std::optional<Checkpoint> read_wrong_empty(std::string_view text) {
  std::string_view rest = text;
  auto origin = take_line(rest);
  auto size = take_line(rest);
  auto root = take_line(rest);
  auto hash = root ? hash_of(*root) : std::nullopt;
  if (!hash || *size != "0" || !rest.empty()) return std::nullopt;
  auto as_empty = parse_checkpoint_text(to_text(Checkpoint{std::string(*origin), 0, empty_root()}));
  if (!as_empty) return std::nullopt;
  as_empty->root = *hash;
  return std::move(*as_empty);
}

Result<SignedCheckpoint> read_checkpoint(BytesView bytes) {
  SCRUTINEER_TRY(SignedNote note, parse_note(bytes));
  auto checkpoint = parse_checkpoint_text(note.text);
  if (checkpoint) return SignedCheckpoint{std::move(*checkpoint), std::move(note)};
  auto wrong = read_wrong_empty(note.text);
  if (!wrong) return tl::unexpected(checkpoint.error());
  return SignedCheckpoint{std::move(*wrong), std::move(note)};
}

WitnessDecision say(WitnessStatus status, std::string_view sentence) {
  return {status, std::string(kPlain), std::string(sentence) + "\n"};
}

// "The witness MUST verify the checkpoint signature against the public key(s) it trusts for the checkpoint origin, and
// it MUST ignore signatures from unknown keys."
std::optional<WitnessDecision> check_signer(std::span<const VerifierKey> logs, const SignedCheckpoint& checkpoint) {
  bool known = false;
  bool good = false;
  for (const VerifierKey& key : logs) {
    if (key.name != checkpoint.checkpoint.origin) continue;
    known = true;
    for (const NoteSignature& signature : checkpoint.note.signatures) {
      if (signature.name != key.name || signature.id != key.id) continue;
      // "or a signature line's key name and ID match a trusted key but the signature itself fails to verify"
      if (!verify_note_signature(checkpoint.note.text, signature, key))
        return say(WitnessStatus::not_signed, "the log's signature does not verify");
      good = true;
    }
  }
  if (!known) return say(WitnessStatus::unknown_log, "this witness was not given a log of that origin");
  if (!good) return say(WitnessStatus::not_signed, "no key that this witness knows of that log has signed this");
  return std::nullopt;
}

// One line of a list file, without comments and empty lines; `where` counts lines.
template <class Each>
Status each_line(std::string_view text, Each&& each) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string where = "line " + std::to_string(number);
    auto line = take_line(text);
    if (!line) return fail(ErrorCode::malformed, "every line ends in a line feed", where);
    if (line->empty() || line->starts_with('#')) continue;
    if (auto done = each(*line); !done) return tl::unexpected(placed(std::move(done).error(), where));
  }
  return {};
}

}  // namespace

Bytes to_bytes(const AddCheckpoint& request) {
  Bytes out = "old " + std::to_string(request.old_size) + "\n";
  for (const NodeHash& hash : request.proof) out += to_base64(hash.view()) + "\n";
  return out + "\n" + to_bytes(request.checkpoint.note);
}

Result<AddCheckpoint> parse_add_checkpoint(BytesView body) {
  if (body.size() > kWitnessRequestBytes)
    return fail(ErrorCode::limit_exceeded, "a request to a witness has at most 64 KiB");
  AddCheckpoint request;
  auto old = take_line(body);
  auto size = old && old->starts_with("old ") ? parse_decimal(old->substr(4)) : std::nullopt;
  if (!size) return fail(ErrorCode::malformed, "a request to a witness begins with a line: old SIZE");
  request.old_size = *size;
  for (;;) {
    auto line = take_line(body);
    if (!line) return fail(ErrorCode::malformed, "an empty line is missing between the proof and the checkpoint");
    if (line->empty()) break;
    if (request.proof.size() == kWitnessProofLines)
      return fail(ErrorCode::limit_exceeded, "a consistency proof has at most 63 lines here");
    auto hash = hash_of(*line);
    if (!hash) return fail(ErrorCode::malformed, "a line of the proof is 32 bytes in base64");
    request.proof.push_back(*hash);
  }
  SCRUTINEER_TRY(request.checkpoint, read_checkpoint(body));
  return request;
}

WitnessDecision refuse_request(const Error& error) {
  return say(WitnessStatus::malformed, error.message);
}

// C2SP tlog-witness, "add-checkpoint", in its order.
WitnessDecision decide(std::span<const VerifierKey> logs, const std::optional<Checkpoint>& last,
                       const AddCheckpoint& request) {
  const Checkpoint& next = request.checkpoint.checkpoint;
  if (auto refused = check_signer(logs, request.checkpoint)) return *refused;
  // "The old size MUST be equal to or lower than the checkpoint size."
  if (request.old_size > next.size) return say(WitnessStatus::malformed, "the old size is above the checkpoint's");
  // "the old size matches the size of the latest checkpoint it cosigned for the checkpoint's origin (or zero if it
  // never cosigned a checkpoint for that origin)"
  std::uint64_t last_size = last ? last->size : 0;
  if (request.old_size != last_size)
    return {WitnessStatus::other_size, kTreeSizeType, std::to_string(last_size) + "\n"};
  using Evidence = WitnessDecision::Evidence;
  auto inconsistent = [](std::string_view sentence, Evidence evidence) {
    WitnessDecision decision = say(WitnessStatus::inconsistent, sentence);
    decision.evidence = evidence;
    return decision;
  };
  // "A checkpoint of size zero MUST have the root hash of the empty tree"
  if (next.size == 0 && next.root != empty_root())
    return inconsistent("an empty tree has another root", Evidence::fork);
  // "If the proof is not empty when the old size is zero": said of the request, nothing that the log signed.
  if (request.old_size == 0 && !request.proof.empty())
    return inconsistent("from the empty tree there is no proof", Evidence::none);
  // "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also identical."
  if (last && last->size == next.size && last->root != next.root)
    return inconsistent("this witness has cosigned another root at this size: the log has forked", Evidence::fork);
  NodeHash last_root = last ? last->root : empty_root();
  if (!verify_consistency(last_size, next.size, last_root, next.root, request.proof))
    return inconsistent("the proof does not lead from what this witness cosigned to this checkpoint",
                        Evidence::unproven);
  return {WitnessStatus::cosigned, std::string(kPlain), {}};
}

Result<Cosignature> read_cosignature(BytesView body, std::string_view checkpoint_text, const VerifierKey& witness) {
  if (body.size() > kWitnessAnswerBytes)
    return fail(ErrorCode::limit_exceeded, "a witness's answer has at most 16 KiB");
  // "To parse the response, the client MAY concatenate it to the checkpoint, and use a note verification function"
  Bytes note(checkpoint_text);
  note.append("\n").append(body);
  SCRUTINEER_TRY(SignedNote parsed, parse_note(note));
  if (parsed.text != checkpoint_text) return fail(ErrorCode::malformed, "a witness answers with signature lines alone");
  std::optional<Cosignature> found;
  for (NoteSignature& signature : parsed.signatures) {
    if (signature.name != witness.name || signature.id != witness.id) continue;
    SCRUTINEER_TRY(UnixSeconds time, verify_cosignature(checkpoint_text, signature, witness));
    if (!found || found->time < time) found = Cosignature{std::move(signature), time};
  }
  if (!found) return fail(ErrorCode::bad_signature, "the answer has no cosignature by " + witness.name);
  return std::move(*found);
}

std::optional<std::uint64_t> read_tree_size(BytesView body) {
  if (!body.ends_with('\n')) return std::nullopt;
  return parse_decimal(body.substr(0, body.size() - 1));
}

Result<std::vector<VerifierKey>> parse_log_keys(std::string_view text) {
  std::vector<VerifierKey> keys;
  SCRUTINEER_CHECKED(each_line(text, [&](std::string_view line) -> Status {
    if (keys.size() == kWitnessLogs) return fail(ErrorCode::limit_exceeded, "a witness knows at most 256 logs");
    SCRUTINEER_TRY(VerifierKey key, parse_vkey(line));
    if (key.key.type != KeyType::ed25519) return fail(ErrorCode::unsupported, "a log's key is Ed25519");
    if (std::find(keys.begin(), keys.end(), key) != keys.end())
      return fail(ErrorCode::malformed, "this key stands twice: " + key.name);
    keys.push_back(std::move(key));
    return {};
  }));
  return keys;
}

Result<std::vector<WitnessAddress>> parse_witnesses(std::string_view text) {
  std::vector<WitnessAddress> out;
  SCRUTINEER_CHECKED(each_line(text, [&](std::string_view line) -> Status {
    if (out.size() == kWitnessesOfOneLog)
      return fail(ErrorCode::limit_exceeded, "a log asks at most 15 witnesses: a note has 16 signatures");
    std::size_t space = line.find(' ');
    if (space == line.npos) return fail(ErrorCode::malformed, "expected: VKEY URL");
    SCRUTINEER_TRY(VerifierKey key, parse_vkey(line.substr(0, space)));
    if (key.key.type != KeyType::cosignature_ed25519)
      return fail(ErrorCode::unsupported, "a witness's key is one for cosigning (key new --cosigner)");
    std::string url(line.substr(space + 1));
    bool web = url.starts_with("http://") || url.starts_with("https://");
    if (!web || url.find_first_of(" \t") != url.npos)
      return fail(ErrorCode::malformed, "a witness's address begins with http:// or https://");
    while (url.ends_with('/')) url.pop_back();
    // One key, one witness: whoever stood there twice would count twice.
    if (std::any_of(out.begin(), out.end(), [&](const WitnessAddress& other) { return other.key.key == key.key; }))
      return fail(ErrorCode::malformed, "this key stands twice: " + key.name);
    out.push_back({std::move(key), std::move(url)});
    return {};
  }));
  return out;
}

std::string origin_hash(std::string_view origin) {
  return to_hex(sha256(origin));
}

}  // namespace scrutineer
