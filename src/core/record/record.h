// The record envelope: a signed note whose text is a type line and one line of JSON (docs/formats/record.md).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/note/note.h"
#include "core/record/ballots.h"
#include "core/record/count_sheet.h"
#include "core/record/counting.h"
#include "core/record/definition.h"
#include "core/record/device.h"
#include "core/record/grant.h"
#include "core/record/record_type.h"
#include "core/record/statements.h"

namespace scrutineer {

// In the order of RecordType.
using RecordVariant =
    std::variant<Definition, Grant, Revoke, Compromised, Adopt, CountSheet, Refusal, Lot, ResultClaim, Entry,
                 Acceptance, Remark, Attachment, Custody, IndependentTally, DeviceStatement, DeviceEnrolment,
                 Inspection, BallotBatch, Adjudication, CommitteeVote, ReleaseOrder, ImageRelease>;

// The variant itself, but made, copied and destroyed in record.cc alone: a compiler that writes this out for all of the
// types in every file that holds a record takes a third longer over the whole program.
class RecordBody : public RecordVariant {
 public:
  RecordBody();
  RecordBody(Definition body);
  RecordBody(Grant body);
  RecordBody(Revoke body);
  RecordBody(Compromised body);
  RecordBody(Adopt body);
  RecordBody(CountSheet body);
  RecordBody(Refusal body);
  RecordBody(Lot body);
  RecordBody(ResultClaim body);
  RecordBody(Entry body);
  RecordBody(Acceptance body);
  RecordBody(Remark body);
  RecordBody(Attachment body);
  RecordBody(Custody body);
  RecordBody(IndependentTally body);
  RecordBody(DeviceStatement body);
  RecordBody(DeviceEnrolment body);
  RecordBody(Inspection body);
  RecordBody(BallotBatch body);
  RecordBody(Adjudication body);
  RecordBody(CommitteeVote body);
  RecordBody(ReleaseOrder body);
  RecordBody(ImageRelease body);
  RecordBody(const RecordBody& other);
  RecordBody(RecordBody&& other) noexcept;
  RecordBody& operator=(const RecordBody& other);
  RecordBody& operator=(RecordBody&& other) noexcept;
  ~RecordBody();
};

struct Record {
  std::optional<RecordId> election;  // absent only in a definition
  std::optional<std::string> at;     // RFC 3339: the signer's claim
  RecordBody body;
  RecordType type() const { return static_cast<RecordType>(body.index()); }
};

// The exact text to sign. Strict: what it writes, read_record_text reads back as the same record.
std::string record_text(const Record& record);

// hex SHA-256("scrutineer/record" LF || text) is how people spell it.
RecordId record_id(std::string_view text);

// Errors: malformed (where names the member), unsupported (a type or version that this program does not know),
// limit_exceeded.
Result<Record> read_record_text(std::string_view text);

// One log entry as it stands: a record and its signatures, of which nothing has been verified.
struct ParsedEntry {
  RecordId id;
  LeafHash entry;  // RFC 6962 leaf hash of the whole note: the entry id
  Record record;
  std::vector<NoteSignature> signatures;  // 1 to 16, sorted by (name, key id), none twice
};
Result<ParsedEntry> parse_entry(BytesView note);

// The entry bytes: signatures are sorted; two by one key are an error.
Result<Bytes> entry_bytes(std::string_view text, std::vector<NoteSignature> signatures);

}  // namespace scrutineer
