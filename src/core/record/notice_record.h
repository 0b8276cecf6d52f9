// Records that belong to a service agreement instead of an election: the same envelope, ids and signatures
// (record.h), a closed set of their own. docs/formats/notice.md.
#pragma once

#include <variant>

#include "core/record/notices.h"
#include "core/record/record.h"

namespace scrutineer {

enum class NoticeType : std::uint8_t {
  agreement,
  key_change,
  duty,
  notice,
  availability,
  receipt,
  acknowledgement,
  answer,
  refusal,
  call,
  escalation,
  silence,
  closing,
  statement,
};
inline constexpr std::size_t kNoticeTypes = 14;
// As in the first line of a record: scrutineer/<name>/1
inline constexpr std::array<std::string_view, kNoticeTypes> kNoticeTypeNames = {
    "agreement", "key-change",     "duty", "notice",     "availability", "receipt", "acknowledgement",
    "answer",    "notice-refusal", "call", "escalation", "silence",      "closing", "statement"};

// In the order of NoticeType.
using NoticeVariant = std::variant<Agreement, KeyChange, DutyRota, Notice, Availability, Receipt, Acknowledgement,
                                   NoticeAnswer, NoticeRefusal, Call, Escalation, Silence, Closing, Statement>;

// As RecordBody: made, copied and destroyed in one file alone.
class NoticeBody : public NoticeVariant {
 public:
  NoticeBody();
  NoticeBody(Agreement body);
  NoticeBody(KeyChange body);
  NoticeBody(DutyRota body);
  NoticeBody(Notice body);
  NoticeBody(Availability body);
  NoticeBody(Receipt body);
  NoticeBody(Acknowledgement body);
  NoticeBody(NoticeAnswer body);
  NoticeBody(NoticeRefusal body);
  NoticeBody(Call body);
  NoticeBody(Escalation body);
  NoticeBody(Silence body);
  NoticeBody(Closing body);
  NoticeBody(Statement body);
  NoticeBody(const NoticeBody& other);
  NoticeBody(NoticeBody&& other) noexcept;
  NoticeBody& operator=(const NoticeBody& other);
  NoticeBody& operator=(NoticeBody&& other) noexcept;
  ~NoticeBody();
};

struct NoticeRecord {
  std::optional<RecordId> agreement;  // absent only in an agreement
  std::optional<std::string> at;      // RFC 3339: the signer's claim
  NoticeBody body;
  NoticeType type() const { return static_cast<NoticeType>(body.index()); }
};

// The exact text to sign: what it writes, read_notice_record_text reads back as the same record.
std::string notice_record_text(const NoticeRecord& record);
// Errors: malformed (where names the member), unsupported (a type or version of other records), limit_exceeded.
Result<NoticeRecord> read_notice_record_text(std::string_view text);

// One log entry as it stands: a record and its signatures, of which nothing has been verified.
struct ParsedNotice {
  RecordId id;
  LeafHash entry;
  std::string text;  // what is signed
  NoticeRecord record;
  std::vector<NoteSignature> signatures;  // 1 to 16, sorted by (name, key id), none twice
};
Result<ParsedNotice> parse_notice_entry(BytesView note);

// The notice that a record is about; nullptr where it is about none, or several.
const RecordId* notice_of(const NoticeRecord& record);

}  // namespace scrutineer
