#include "core/handover/package.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/codec/json.h"
#include "core/codec/object_reader.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::string_view kFirstLine = "scrutineer/handover/1\n";
constexpr std::string_view kAnyVersion = "scrutineer/handover/";
constexpr std::string_view kDash = "— ";  // U+2014: how signature lines begin
constexpr std::size_t kFrame = 4;         // be32 length

std::string numbered(std::string_view what, std::size_t index) {
  return std::string(what) + " " + std::to_string(index + 1);
}

std::string header_text(const HandoverHeader& header) {
  JsonWriter out;
  out.begin_object().member("election", to_hex(header.election)).member("from", header.from).member("at", header.at);
  out.member("records", static_cast<std::int64_t>(header.records));
  out.member("blobs", static_cast<std::int64_t>(header.blobs));
  out.member("size", static_cast<std::int64_t>(header.size)).member("sha256", to_hex(header.sha256)).end_object();
  return std::string(kFirstLine) + out.take() + "\n";
}

void append_frame(Bytes& out, BytesView bytes) {
  append_be32(out, static_cast<std::uint32_t>(bytes.size()));
  out.append(bytes);
}

// Where the note ends and the payload begins: behind the one signature line.
Result<std::size_t> end_of_note(BytesView file) {
  BytesView head = file.substr(0, kHandoverHeaderBytes);
  if (!head.starts_with(kAnyVersion))
    return fail(ErrorCode::malformed, "this is no hand-over package: it does not start with scrutineer/handover/1",
                "line 1");
  if (!head.starts_with(kFirstLine))
    return fail(ErrorCode::unsupported, "this hand-over package is of a version that this program does not know",
                "line 1");
  std::size_t empty_line = head.find("\n\n");
  std::size_t end = empty_line == head.npos ? head.npos : head.find('\n', empty_line + 2);
  if (end == head.npos || !head.substr(empty_line + 2).starts_with(kDash))
    return fail(ErrorCode::malformed, "the signed lines at the start of this package are cut off or damaged", "header");
  return end + 1;
}

Result<HandoverHeader> parse_header(std::string_view text) {
  text.remove_prefix(kFirstLine.size());
  if (std::count(text.begin(), text.end(), '\n') != 1)
    return fail(ErrorCode::malformed, "a hand-over package has two signed lines", "header");
  auto json = Json::parse(text.substr(0, text.size() - 1));
  if (!json) return tl::unexpected(placed(json.error(), "line 2"));
  Problems problems;
  ObjectReader in(json->root(), problems);
  HandoverHeader header;
  auto count = [&](std::string_view name, std::uint64_t high) {
    return static_cast<std::uint64_t>(in.integer(name, 0, static_cast<std::int64_t>(high)));
  };
  header.election = RecordId{in.hash("election")};
  header.from = in.non_empty("from");
  header.at = in.non_empty("at");
  if (!header.at.empty() && !is_rfc3339(header.at)) in.problem("at", "expected a time such as 2025-06-03T20:00:00Z");
  header.records = count("records", kHandoverRecords);
  header.blobs = count("blobs", kHandoverBlobs);
  header.size = count("size", kHandoverBytes);
  header.sha256 = in.hash("sha256");
  if (!problems.empty()) return tl::unexpected(placed(problems.first(), "line 2"));
  return header;
}

Status check_payload(const HandoverHeader& header, BytesView payload) {
  auto bytes = [](std::uint64_t n) { return std::to_string(n) + " bytes"; };
  if (payload.size() < header.size)
    return fail(ErrorCode::corrupt,
                "the package is cut off: " + bytes(payload.size()) + " of " + bytes(header.size) +
                    " are there; copy or send it again",
                "payload");
  if (payload.size() > header.size)
    return fail(ErrorCode::corrupt, bytes(payload.size() - header.size) + " follow the end of the package", "payload");
  if (sha256(payload) != header.sha256)
    return fail(ErrorCode::corrupt, "the content is not what was signed: it was changed or damaged on its way",
                "payload");
  return {};
}

// The next length and as many bytes, which are taken off `payload`.
Result<BytesView> take_frame(BytesView& payload, std::size_t least, std::size_t most, const std::string& where) {
  if (payload.size() < kFrame) return fail(ErrorCode::malformed, "the payload ends before it", where);
  std::size_t size = read_be32(payload.data());
  if (size < least || size > most)
    return fail(size > most ? ErrorCode::limit_exceeded : ErrorCode::malformed,
                "its length is " + std::to_string(size) + " bytes, at most " + std::to_string(most) + " are allowed",
                where);
  payload.remove_prefix(kFrame);
  if (payload.size() < size) return fail(ErrorCode::malformed, "the payload ends inside it", where);
  BytesView frame = payload.substr(0, size);
  payload.remove_prefix(size);
  return frame;
}

Status take_entries(BytesView& payload, Handover& package) {
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < package.header.records; ++i) {
    SCRUTINEER_TRY(BytesView entry, take_frame(payload, 1, limits::kEntryBytes, numbered("entry", i)));
    auto [first, fresh] = seen.emplace(entry, i);
    if (!fresh)
      return fail(ErrorCode::malformed, "it is the same as " + numbered("entry", first->second), numbered("entry", i));
    package.entries.push_back(entry);
  }
  return {};
}

Status take_blobs(BytesView& payload, Handover& package) {
  BlobHash before;
  for (std::size_t i = 0; i < package.header.blobs; ++i) {
    SCRUTINEER_TRY(BytesView blob, take_frame(payload, 0, kHandoverBytes, numbered("blob", i)));
    BlobHash hash = blob_hash(blob);
    if (i > 0 && !(before < hash))
      return fail(ErrorCode::malformed, "blobs are sorted by their SHA-256, none twice", numbered("blob", i));
    before = hash;
    package.blobs.push_back(blob);
  }
  return {};
}

// Objects that name a blob, anywhere below `value`.
void collect_blobs(JsonValue value, std::vector<BlobRef>& out) {
  if (out.size() == kBlobsPerRecord) return;
  if (value.is_object()) {
    Problems problems;
    BlobRef blob = read_blob_ref(ObjectReader(value, problems));
    auto same = [&](const BlobRef& other) { return other.sha256 == blob.sha256; };
    if (problems.empty() && std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(blob));
  }
  for (JsonValue child : value) collect_blobs(child, out);
}

}  // namespace

Result<Bytes> write_handover(const RecordId& election, std::string_view from, std::string_view at,
                             std::span<const Bytes> entries, std::span<const Bytes> blobs, Signer& signer) {
  if (!is_rfc3339(at)) return fail(ErrorCode::invalid_argument, "this is no time: " + std::string(at));
  if (entries.size() > kHandoverRecords || blobs.size() > kHandoverBlobs)
    return fail(ErrorCode::limit_exceeded,
                "a package holds at most 1,000,000 records and 10,000 blobs: make several, with --since");
  std::uint64_t size = 0;
  for (std::span<const Bytes> part : {entries, blobs})
    for (const Bytes& bytes : part) size += kFrame + bytes.size();
  if (size > kHandoverBytes - kHandoverHeaderBytes)
    return fail(ErrorCode::limit_exceeded, "a package holds at most 256 MiB: make several, with --since");

  std::vector<std::pair<BlobHash, const Bytes*>> sorted;
  for (const Bytes& blob : blobs) sorted.emplace_back(blob_hash(blob), &blob);
  std::sort(sorted.begin(), sorted.end());
  auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());

  Bytes payload;
  payload.reserve(size);
  std::unordered_set<std::string_view> seen;
  for (const Bytes& entry : entries) {
    if (entry.empty() || entry.size() > limits::kEntryBytes)
      return fail(ErrorCode::limit_exceeded, "an entry has 1 to 65,535 bytes");
    if (!seen.insert(entry).second) return fail(ErrorCode::invalid_argument, "the same entry is given twice");
    append_frame(payload, entry);
  }
  for (const auto& [hash, blob] : sorted) append_frame(payload, *blob);

  HandoverHeader header{election,      std::string(from), std::string(at), entries.size(),
                        sorted.size(), payload.size(),    sha256(payload)};
  SignedNote note{header_text(header), {}};
  SCRUTINEER_TRY(NoteSignature signature, sign_note(note.text, from, signer));
  note.signatures.push_back(std::move(signature));
  return to_bytes(note) + payload;
}

Result<Handover> parse_handover(BytesView file) {
  if (file.size() > kHandoverBytes) return fail(ErrorCode::limit_exceeded, "a hand-over package has at most 256 MiB");
  SCRUTINEER_TRY(std::size_t note_size, end_of_note(file));
  auto note = parse_note_view(file.substr(0, note_size));
  if (!note) return tl::unexpected(placed(note.error(), "header"));
  Handover package;
  package.text = note->text;
  package.signature = std::move(note->signatures.front());
  SCRUTINEER_TRY(package.header, parse_header(package.text));
  if (package.header.from != package.signature.name)
    return fail(ErrorCode::malformed,
                "it says that it is from " + package.header.from + " and is signed by " + package.signature.name,
                "header");
  BytesView payload = file.substr(note_size);
  SCRUTINEER_CHECKED(check_payload(package.header, payload));
  SCRUTINEER_CHECKED(take_entries(payload, package));
  SCRUTINEER_CHECKED(take_blobs(payload, package));
  if (!payload.empty())
    return fail(ErrorCode::malformed, std::to_string(payload.size()) + " bytes follow the last blob", "payload");
  return package;
}

Status check_packer(const Handover& package, const RecordBook& book) {
  const NoteSignature& signature = package.signature;
  auto index = book.keys().find(signature.name, signature.id);
  if (!index) return fail(ErrorCode::unauthorised, "whoever packed this is not known in this election", signature.name);
  const KnownKey& known = book.keys()[*index];
  if (!verify_note_signature(package.text, signature, known.key))
    return fail(ErrorCode::bad_signature, "the signature on this package does not verify", signature.name);
  if (known.root) return {};
  for (const Compromise& compromise : book.declared())
    if (compromise.public_key[0] == static_cast<char>(known.key.key.type) &&
        BytesView(compromise.public_key).substr(1) == known.key.key.bytes)
      return fail(ErrorCode::unauthorised, "the key of whoever packed this is declared compromised", signature.name);
  for (std::size_t grant : book.grants().of_key(*index))
    if (book.grants()[grant].until == kNever) return {};
  return fail(ErrorCode::unauthorised, "whoever packed this holds no grant of this election now", signature.name);
}

std::vector<BlobRef> blobs_named_by(BytesView entry) {
  std::vector<BlobRef> blobs;
  auto note = parse_note_view(entry);
  if (!note) return blobs;
  std::string_view text = note->text;
  std::size_t first = text.find('\n');
  if (first + 1 >= text.size()) return blobs;
  auto json = Json::parse(text.substr(first + 1, text.size() - first - 2));
  if (json) collect_blobs(json->root(), blobs);
  return blobs;
}

}  // namespace scrutineer
