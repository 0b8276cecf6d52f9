#include "core/record/record.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/record/envelope.h"

namespace scrutineer {
namespace {

RecordBody read_body(RecordType type, const ObjectReader& in) {
  switch (type) {
    case RecordType::definition: return read_definition(in);
    case RecordType::grant: return read_grant(in);
    case RecordType::revoke: return read_revoke(in);
    case RecordType::compromised: return read_compromised(in);
    case RecordType::adopt: return read_adopt(in);
    case RecordType::count_sheet: return read_count_sheet(in);
    case RecordType::refusal: return read_refusal(in);
    case RecordType::lot: return read_lot(in);
    case RecordType::result_claim: return read_result_claim(in);
    case RecordType::entry: return read_entry(in);
    case RecordType::acceptance: return read_acceptance(in);
    case RecordType::remark: return read_remark(in);
    case RecordType::attachment: return read_attachment(in);
    case RecordType::custody: return read_custody(in);
    case RecordType::independent_tally: return read_independent_tally(in);
    case RecordType::device_statement: return read_device_statement(in);
    case RecordType::device_enrolment: return read_device_enrolment(in);
    case RecordType::inspection: return read_inspection(in);
    case RecordType::ballot_batch: return read_ballot_batch(in);
    case RecordType::adjudication: return read_adjudication(in);
    case RecordType::committee_vote: return read_committee_vote(in);
    case RecordType::release_order: return read_release_order(in);
    case RecordType::image_release: return read_image_release(in);
  }
  __builtin_unreachable();
}

}  // namespace

RecordBody::RecordBody() = default;
RecordBody::RecordBody(Definition body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Grant body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Revoke body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Compromised body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Adopt body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(CountSheet body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Refusal body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Lot body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(ResultClaim body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Entry body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Acceptance body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Remark body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Attachment body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Custody body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(IndependentTally body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(DeviceStatement body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(DeviceEnrolment body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Inspection body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(BallotBatch body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(Adjudication body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(CommitteeVote body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(ReleaseOrder body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(ImageRelease body) : RecordVariant(std::move(body)) {}
RecordBody::RecordBody(const RecordBody& other) = default;
RecordBody::RecordBody(RecordBody&& other) noexcept = default;
RecordBody& RecordBody::operator=(const RecordBody& other) = default;
RecordBody& RecordBody::operator=(RecordBody&& other) noexcept = default;
RecordBody::~RecordBody() = default;

std::optional<RecordType> record_type_from(std::string_view name) {
  for (std::size_t i = 0; i < kRecordTypes; ++i)
    if (kRecordTypeNames[i] == name) return static_cast<RecordType>(i);
  return std::nullopt;
}

std::string record_text(const Record& record) {
  JsonWriter out;
  out.begin_object();
  if (record.election) out.member("election", to_hex(*record.election));
  if (record.at) out.member("at", *record.at);
  std::visit([&](const auto& body) { write_members(out, body); }, record.body);
  out.end_object();
  return join_record_text(record_type_name(record.type()), out.text());
}

RecordId record_id(std::string_view text) {
  return RecordId{Sha256().update("scrutineer/record\n").update(text).finish()};
}

Result<Record> read_record_text(std::string_view text) {
  SCRUTINEER_TRY(RecordLines lines, split_record_text(text));
  const auto type = record_type_from(lines.type);
  if (!type) return tl::unexpected(unknown_record_type(lines.type));
  thread_local Json document;  // keeps its memory from record to record
  if (auto parsed = Json::parse_into(document, lines.body); !parsed)
    return tl::unexpected(placed(parsed.error(), "line 2"));

  Problems problems;
  ObjectReader in(document.root(), problems);
  Record record;
  if (*type == RecordType::definition) {
    if (in.has("election")) in.problem("election", "a definition is the election: it does not name one");
  } else {
    record.election = read_record_id(in, "election");
  }
  record.at = read_time(in, "at");
  record.body = read_body(*type, in);
  if (!problems.empty()) return tl::unexpected(problems.first());
  return record;
}

Result<ParsedEntry> parse_entry(BytesView note) {
  if (note.size() > limits::kEntryBytes) return fail(ErrorCode::limit_exceeded, "an entry has at most 65535 bytes");
  SCRUTINEER_TRY(NoteView view, parse_note_view(note));
  SCRUTINEER_CHECKED(check_signature_order(view.signatures));
  SCRUTINEER_TRY(Record record, read_record_text(view.text));
  ParsedEntry entry;
  entry.id = record_id(view.text);
  // RFC 6962 section 2.1: the hash of a leaf is SHA-256(0x00 || entry).
  entry.entry = LeafHash{Sha256().update(BytesView("\0", 1)).update(note).finish()};
  entry.record = std::move(record);
  entry.signatures = std::move(view.signatures);
  return entry;
}

Result<Bytes> entry_bytes(std::string_view text, std::vector<NoteSignature> signatures) {
  std::sort(signatures.begin(), signatures.end(), signature_before);
  if (signatures.empty()) return fail(ErrorCode::invalid_argument, "a record needs at least one signature");
  if (signatures.size() > limits::kNoteSignatures)
    return fail(ErrorCode::limit_exceeded, "a record has at most 16 signatures");
  SCRUTINEER_CHECKED(check_signature_order(signatures));
  Bytes bytes = to_bytes(SignedNote{std::string(text), std::move(signatures)});
  if (bytes.size() > limits::kEntryBytes)
    return fail(ErrorCode::limit_exceeded, "this record is larger than 65535 bytes: put what is large into a blob");
  return bytes;
}

}  // namespace scrutineer
