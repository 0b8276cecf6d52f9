#include "core/notice/payload.h"

#include <algorithm>
#include <set>

#include "core/crypto/hash.h"
#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

constexpr std::string_view kPayloadLine = "scrutineer/payload/1\n";
constexpr std::string_view kSealedLine = "scrutineer/sealed/1\n";
constexpr std::size_t kSaltBytes = 32;
constexpr std::size_t kFieldNameBytes = 200;
constexpr std::size_t kHeaderBytes = 64u << 10;  // of a ciphertext: recipients

// What a file's own disclosure says.
std::string file_value(const PayloadFile& file) {
  JsonWriter out;
  out.begin_object().member("sha256", to_hex(sha256(file.bytes)));
  out.member("size", static_cast<std::int64_t>(file.bytes.size())).member("type", file.type).end_object();
  return out.take();
}

std::string file_field(const std::string& name) {
  return "file:" + name;
}

Status check_names(std::span<const PayloadField> fields, std::span<const PayloadFile> files) {
  std::set<std::string> names;
  for (const PayloadField& field : fields)
    if (field.name.empty() || field.name.size() > kFieldNameBytes || field.name.starts_with("file:") ||
        !names.insert(field.name).second)
      return fail(ErrorCode::invalid_argument, "a field without a name of its own");
  for (const PayloadFile& file : files)
    if (file.name.empty() || file.name.size() > kFieldNameBytes || file.name.find('/') != std::string::npos ||
        !names.insert(file_field(file.name)).second)
      return fail(ErrorCode::invalid_argument, "a file without a name of its own");
  if (files.size() > kPayloadFiles || names.size() > kSealedDigests)
    return fail(ErrorCode::limit_exceeded, "too many fields and files for one notice");
  return {};
}

std::string payload_head(const RecordId& agreement, const std::vector<std::string>& disclosures,
                         std::span<const PayloadFile> files, Rng& rng) {
  Bytes salt(kSaltBytes, '\0');
  rng.fill({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
  JsonWriter out;
  out.begin_object().member("salt", to_base64(salt)).member("agreement", to_hex(agreement));
  write_strings(out, "disclosures", disclosures);
  out.name("files").begin_array();
  for (const PayloadFile& file : files)
    out.begin_object()
        .member("name", file.name)
        .member("type", file.type)
        .member("size", static_cast<std::int64_t>(file.bytes.size()))
        .end_object();
  out.end_array().end_object();
  return out.take();
}

// Everything before the nonce: it is authenticated with the contents.
Result<Bytes> sealed_head(std::span<const AgreedBox> recipients, const SecretBytes& content_key, Rng& rng) {
  Bytes head(kSealedLine);
  for (const AgreedBox& box : recipients) {
    SCRUTINEER_TRY(Bytes sealed, seal_to(box.public_key, content_key, rng));
    head.append(box.name).append(" ").append(to_base64(sealed)).append("\n");
  }
  return head.append("\n");
}

struct SealedParts {
  BytesView head;
  std::vector<std::pair<std::string_view, Bytes>> boxes;  // recipient, sealed content key
  BytesView nonce, body;
};

Result<SealedParts> split_sealed(BytesView ciphertext) {
  if (ciphertext.size() > kSealedBytes) return fail(ErrorCode::limit_exceeded, "sealed contents have at most 16 MiB");
  if (!ciphertext.starts_with(kSealedLine)) {
    if (ciphertext.starts_with("scrutineer/sealed/"))
      return fail(ErrorCode::unsupported, "these sealed contents are of a version that this program does not know");
    return fail(ErrorCode::malformed, "these are no sealed contents");
  }
  const std::size_t end = ciphertext.substr(0, kHeaderBytes).find("\n\n");
  if (end == ciphertext.npos) return fail(ErrorCode::malformed, "sealed contents without an end of their recipients");
  SealedParts parts;
  parts.head = ciphertext.substr(0, end + 2);
  BytesView lines = ciphertext.substr(kSealedLine.size(), end + 1 - kSealedLine.size());
  while (!lines.empty()) {
    const std::size_t stop = lines.find('\n');
    const BytesView line = lines.substr(0, stop);
    const std::size_t space = line.find(' ');
    auto box = space == line.npos ? std::nullopt : from_base64(line.substr(space + 1));
    if (!box || box->size() != kContentKeyBytes + kSealedBoxExtraBytes)
      return fail(ErrorCode::malformed, "a recipient of sealed contents reads NAME BASE64");
    if (parts.boxes.size() == kSealedRecipients)
      return fail(ErrorCode::limit_exceeded, "sealed contents have at most 32 recipients");
    parts.boxes.emplace_back(line.substr(0, space), std::move(*box));
    lines.remove_prefix(stop + 1);
  }
  const BytesView rest = ciphertext.substr(parts.head.size());
  if (rest.size() < kAeadNonceBytes + kAeadTagBytes) return fail(ErrorCode::malformed, "sealed contents are cut short");
  parts.nonce = rest.substr(0, kAeadNonceBytes);
  parts.body = rest.substr(kAeadNonceBytes);
  return parts;
}

Payload read_head(const ObjectReader& in, std::vector<std::size_t>& sizes) {
  Payload payload;
  auto salt = from_base64(in.string("salt"));
  if (!salt || salt->size() != kSaltBytes) in.problem("salt", "expected 32 bytes in base64");
  payload.agreement = RecordId{in.hash("agreement")};
  payload.disclosures = in.strings("disclosures");
  if (payload.disclosures.size() > kSealedDigests) in.problem("disclosures", "expected at most 64");
  std::set<std::string> names;
  in.objects("files", [&](const ObjectReader& one, std::size_t) {
    PayloadFile file{one.non_empty("name"), one.string("type"), {}};
    if (file.name.find('/') != std::string::npos || !names.insert(file.name).second)
      one.problem("name", "not a name of its own");
    sizes.push_back(static_cast<std::size_t>(one.integer("size", 0, static_cast<std::int64_t>(kPayloadBytes))));
    payload.files.push_back(std::move(file));
  });
  if (payload.files.size() > kPayloadFiles) in.problem("files", "expected at most 64");
  return payload;
}

}  // namespace

Result<Sealed> seal_payload(const RecordId& agreement, std::span<const PayloadField> fields,
                            std::span<const PayloadFile> files, std::span<const AgreedBox> recipients, Rng& rng) {
  if (recipients.empty()) return fail(ErrorCode::invalid_argument, "there is nobody to seal this to");
  if (recipients.size() > kSealedRecipients) return fail(ErrorCode::limit_exceeded, "at most 32 recipients");
  SCRUTINEER_CHECKED(check_names(fields, files));
  std::vector<std::string> disclosures;
  for (const PayloadField& field : fields) disclosures.push_back(make_disclosure(field.name, field.value, rng));
  for (const PayloadFile& file : files)
    disclosures.push_back(make_disclosure(file_field(file.name), file_value(file), rng));

  Sealed sealed;
  sealed.plaintext = Bytes(kPayloadLine) + payload_head(agreement, disclosures, files, rng) + "\n";
  for (const PayloadFile& file : files) {
    if (sealed.plaintext.size() + file.bytes.size() > kPayloadBytes)
      return fail(ErrorCode::limit_exceeded, "a notice holds at most 16 MiB with its files");
    sealed.plaintext.append(file.bytes);
  }
  if (sealed.plaintext.size() > kPayloadBytes)
    return fail(ErrorCode::limit_exceeded, "a notice holds at most 16 MiB with its files");

  SecretBytes key(kContentKeyBytes);
  rng.fill({key.data(), key.size()});
  SCRUTINEER_TRY(sealed.ciphertext, sealed_head(recipients, key, rng));
  Bytes nonce(kAeadNonceBytes, '\0');
  rng.fill({reinterpret_cast<std::uint8_t*>(nonce.data()), nonce.size()});
  const Bytes body = encrypt(key, nonce, sealed.ciphertext, sealed.plaintext);
  sealed.ciphertext.append(nonce).append(body);

  sealed.content.ciphertext = {blob_hash(sealed.ciphertext), static_cast<std::int64_t>(sealed.ciphertext.size()),
                               kSealedType};
  sealed.content.payload = sha256(sealed.plaintext);
  for (const std::string& disclosure : disclosures) sealed.content.digests.push_back(disclosure_digest(disclosure));
  // RFC 9901 section 4.2.4.1: the order of digests must not say which field is which.
  std::sort(sealed.content.digests.begin(), sealed.content.digests.end());
  return sealed;
}

Result<std::vector<std::string>> recipients_of(BytesView ciphertext) {
  SCRUTINEER_TRY(SealedParts parts, split_sealed(ciphertext));
  std::vector<std::string> names;
  for (const auto& [name, box] : parts.boxes) names.emplace_back(name);
  return names;
}

Result<Bytes> open_ciphertext(BytesView ciphertext, std::span<const BoxKey> keys) {
  SCRUTINEER_TRY(SealedParts parts, split_sealed(ciphertext));
  for (const auto& [name, box] : parts.boxes)
    for (const BoxKey& key : keys) {
      auto content_key = open_sealed(key, box);
      if (content_key) return decrypt(*content_key, parts.nonce, parts.head, parts.body);
    }
  return fail(ErrorCode::unauthorised, "these contents are not sealed to any key that is here");
}

Result<Payload> read_payload(BytesView plaintext) {
  if (plaintext.size() > kPayloadBytes) return fail(ErrorCode::limit_exceeded, "contents have at most 16 MiB");
  if (!plaintext.starts_with(kPayloadLine)) return fail(ErrorCode::malformed, "these are no contents of a notice");
  plaintext.remove_prefix(kPayloadLine.size());
  const std::size_t end = plaintext.substr(0, kPayloadHeadBytes).find('\n');
  if (end == plaintext.npos) return fail(ErrorCode::malformed, "the contents have no head");
  auto head = Json::parse(plaintext.substr(0, end));
  if (!head) return fail(ErrorCode::malformed, "the head of the contents is no JSON object");
  Problems problems;
  std::vector<std::size_t> sizes;
  Payload payload = read_head(ObjectReader(head->root(), problems), sizes);
  if (!problems.empty()) return tl::unexpected(problems.first());
  plaintext.remove_prefix(end + 1);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (plaintext.size() < sizes[i]) return fail(ErrorCode::malformed, "the contents are cut short");
    payload.files[i].bytes = plaintext.substr(0, sizes[i]);
    plaintext.remove_prefix(sizes[i]);
  }
  if (!plaintext.empty()) return fail(ErrorCode::malformed, "something stands behind the end of the contents");
  return payload;
}

Opening check_opening(const RecordId& agreement, const SealedContent& content, BytesView plaintext,
                      const Payload& payload) {
  Opening opening;
  opening.payload_matches = sha256(plaintext) == content.payload;
  opening.agreement_matches = payload.agreement == agreement;
  std::set<std::string> there;
  std::map<std::string, std::string> values;
  for (const std::string& disclosure : payload.disclosures) {
    there.insert(disclosure_digest(disclosure));
    if (auto disclosed = read_disclosure(disclosure)) values[disclosed->name] = disclosed->value;
  }
  for (const std::string& digest : content.digests)
    (there.contains(digest) ? opening.opened : opening.unopened).push_back(digest);
  for (const PayloadFile& file : payload.files) {
    const auto said = values.find(file_field(file.name));
    if (said == values.end() || said->second != file_value(file)) opening.file_errors.push_back(file.name);
  }
  return opening;
}

std::optional<std::string> disclosed_field(const SealedContent& content, std::span<const std::string> disclosures,
                                           std::string_view name) {
  for (const std::string& disclosure : disclosures) {
    auto disclosed = read_disclosure(disclosure);
    if (!disclosed || disclosed->name != name) continue;
    const std::string digest = disclosure_digest(disclosure);
    if (std::find(content.digests.begin(), content.digests.end(), digest) != content.digests.end())
      return std::move(disclosed->value);
  }
  return std::nullopt;
}

OpenAttempt try_to_open(const RecordId& notice, const RecordId& agreement, const SealedContent& content,
                        BytesView ciphertext, std::span<const BoxKey> keys, std::span<const BoxKey> replaced_keys,
                        Channel channel) {
  OpenAttempt attempt;
  Receipt& receipt = attempt.receipt;
  receipt.notice = notice;
  receipt.channel = channel;
  receipt.ciphertext = blob_hash(ciphertext);
  receipt.unopened = content.digests;

  auto plaintext = open_ciphertext(ciphertext, keys);
  bool replaced = false;
  if (!plaintext && plaintext.error().code == ErrorCode::unauthorised && !replaced_keys.empty()) {
    plaintext = open_ciphertext(ciphertext, replaced_keys);
    replaced = plaintext.has_value();
  }
  if (!plaintext) {
    receipt.trouble =
        plaintext.error().code == ErrorCode::unauthorised ? ReceiptTrouble::no_key : ReceiptTrouble::damaged;
    return attempt;
  }
  receipt.payload = sha256(*plaintext);
  auto payload = read_payload(*plaintext);
  if (*receipt.payload != content.payload || !payload || payload->agreement != agreement) {
    receipt.trouble = ReceiptTrouble::other_content;
    return attempt;
  }
  Opening opening = check_opening(agreement, content, *plaintext, *payload);
  receipt.opened = std::move(opening.opened);
  receipt.unopened = std::move(opening.unopened);
  if (!receipt.unopened.empty() || !opening.file_errors.empty())
    receipt.trouble = ReceiptTrouble::missing_disclosures;
  else if (replaced)
    receipt.trouble = ReceiptTrouble::replaced_key;
  attempt.plaintext = std::move(*plaintext);
  return attempt;
}

}  // namespace scrutineer
