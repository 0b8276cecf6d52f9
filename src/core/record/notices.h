// What is said under a service agreement: notices, every step of the answer, and public statements about them.
// docs/formats/notice.md. Nothing confidential stands in a record: contents are sealed and committed to.
#pragma once

#include "core/record/agreement.h"

namespace scrutineer {

// Confidential contents as a record states them. `payload` is SHA-256 of the plaintext, which begins with a 256-bit
// salt: it commits to every byte and tells nothing about them (core/notice/payload.h). `digests`: of the disclosures
// that the payload holds (disclosure.h), so that single fields can be shown later.
inline constexpr std::size_t kSealedDigests = 64;
struct SealedContent {
  BlobRef ciphertext;
  Hash256 payload;
  std::vector<std::string> digests;
  friend bool operator==(const SealedContent&, const SealedContent&) = default;
};

enum class NoticeKind : std::uint8_t { attack, warning, help, audit_request, recommendation };
inline constexpr std::string_view kNoticeKindNames[] = {"attack", "warning", "help", "audit-request", "recommendation"};
// What a version does to the one before: each has receipts of its own.
enum class NoticeChange : std::uint8_t { first, update, withdrawal, attribution };
inline constexpr std::string_view kNoticeChangeNames[] = {"first", "update", "withdrawal", "attribution"};

// notice/1 {agreement, at?, kind, change, of?, replaces?, ciphertext, payload, _sd, _sd_alg}. `of`: the first version,
// `replaces`: the version before; both absent in a first version.
struct Notice {
  NoticeKind kind = NoticeKind::attack;
  NoticeChange change = NoticeChange::first;
  std::optional<RecordId> of, replaces;
  SealedContent content;
};
void write_members(JsonWriter& out, const Notice& notice);
Notice read_notice(const ObjectReader& in);

// availability/1 {agreement, at?, notices, relay}: a relay holds these notices with their ciphertexts for whoever is to
// have them. At most kNoticesPerAvailability.
inline constexpr std::size_t kNoticesPerAvailability = 256;
struct Availability {
  std::vector<RecordId> notices;
  std::string relay;  // origin of its log: what two relays say are two records
};
void write_members(JsonWriter& out, const Availability& availability);
Availability read_availability(const ObjectReader& in);

// receipt/1 {agreement, at?, notice, channel, ciphertext, payload?, opened, unopened, trouble}: the institution's
// machine has tried to open a notice. What it could not open was not delivered.
enum class ReceiptTrouble : std::uint8_t { none, no_key, replaced_key, damaged, other_content, missing_disclosures };
inline constexpr std::string_view kReceiptTroubleNames[] = {"none",    "no-key",        "replaced-key",
                                                            "damaged", "other-content", "missing-disclosures"};
struct Receipt {
  RecordId notice;
  Channel channel = Channel::https;
  BlobHash ciphertext;              // of what arrived
  std::optional<Hash256> payload;   // of the plaintext; absent where nothing could be opened
  std::vector<std::string> opened;  // digests whose disclosures were in it
  std::vector<std::string> unopened;
  ReceiptTrouble trouble = ReceiptTrouble::none;
};
void write_members(JsonWriter& out, const Receipt& receipt);
Receipt read_receipt(const ObjectReader& in);

// acknowledgement/1 {agreement, at?, notice, payload}: a person has read these contents.
struct Acknowledgement {
  RecordId notice;
  Hash256 payload;
};
void write_members(JsonWriter& out, const Acknowledgement& acknowledgement);
Acknowledgement read_acknowledgement(const ObjectReader& in);

// answer/1 {agreement, at?, notice, stage, ciphertext, payload, _sd, _sd_alg}: what was done and found.
enum class AnswerStage : std::uint8_t { initial, full, final };
inline constexpr std::string_view kAnswerStageNames[] = {"initial", "full", "final"};
struct NoticeAnswer {
  RecordId notice;
  AnswerStage stage = AnswerStage::initial;
  SealedContent content;
};
void write_members(JsonWriter& out, const NoticeAnswer& answer);
NoticeAnswer read_notice_answer(const ObjectReader& in);

// notice-refusal/1 {agreement, at?, notice, code, reason?}: a person refuses to accept it. The reason is public: no
// confidential word belongs in it.
enum class RefusalCode : std::uint8_t { not_for_us, cannot_open, not_agreed, disputed, other };
inline constexpr std::string_view kRefusalCodeNames[] = {"not-for-us", "cannot-open", "not-agreed", "disputed",
                                                         "other"};
struct NoticeRefusal {
  RecordId notice;
  RefusalCode code = RefusalCode::other;
  std::string reason;
};
void write_members(JsonWriter& out, const NoticeRefusal& refusal);
NoticeRefusal read_notice_refusal(const ObjectReader& in);

// call/1 {agreement, at?, notice, shown, heard}: one side of a telephone call. `shown`: the code that the own system
// showed and that was read out, `heard`: the code that the other side read out. Proven where both sides' records cross.
inline constexpr std::size_t kCallCodeDigits = 8;
struct Call {
  RecordId notice;
  std::string shown, heard;  // 8 digits
};
void write_members(JsonWriter& out, const Call& call);
Call read_call(const ObjectReader& in);

// escalation/1 {agreement, at?, notice, deadline, to}: what the notifier's machine did when a deadline had passed.
struct Escalation {
  RecordId notice;
  std::string deadline;  // its code
  EscalateTo to = EscalateTo::none;
};
void write_members(JsonWriter& out, const Escalation& escalation);
Escalation read_escalation(const ObjectReader& in);

// silence/1 {agreement, at?, notice, deadline, heads}: nothing that would have met this deadline stands in these logs
// up to these sizes. A claim until witnessed checkpoints show it.
struct LogHead {
  std::string origin;
  std::int64_t size = 0;
  friend bool operator==(const LogHead&, const LogHead&) = default;
};
struct Silence {
  RecordId notice;
  std::string deadline;
  std::vector<LogHead> heads;
};
void write_members(JsonWriter& out, const Silence& silence);
Silence read_silence(const ObjectReader& in);

// closing/1 {agreement, at?, notice, outcome}: the notifier regards the exchange as over.
enum class ClosingOutcome : std::uint8_t { answered, withdrawn, no_answer };
inline constexpr std::string_view kClosingOutcomeNames[] = {"answered", "withdrawn", "no-answer"};
struct Closing {
  RecordId notice;
  ClosingOutcome outcome = ClosingOutcome::answered;
};
void write_members(JsonWriter& out, const Closing& closing);
Closing read_closing(const ObjectReader& in);

// statement/1 {agreement, at?, claim, notice?, time?, words?, source?}: what a party says in public, so that the
// evidence can be held against it.
enum class Claim : std::uint8_t {
  notified,          // "we told them" (notifier); with `time`: "... by then"
  acknowledged,      // "they confirmed it" (notifier)
  not_notified,      // "we were never told" (institution)
  notified_later,    // "... not before `time`" (institution)
  no_attribution,    // "nobody said who was behind it" (institution)
  content_differs,   // "that is not what it said"
  not_acknowledged,  // "none of us confirmed that"
  answered,          // "we answered"
  not_answered,      // "they never answered" (notifier)
  all_blocked,       // "all attacks were blocked" (institution)
};
inline constexpr std::string_view kClaimNames[] = {
    "notified",        "acknowledged",     "not-notified", "notified-later", "no-attribution",
    "content-differs", "not-acknowledged", "answered",     "not-answered",   "all-blocked"};
struct Statement {
  Claim claim = Claim::not_notified;
  std::optional<RecordId> notice;   // absent: every notice of the agreement
  std::optional<std::string> time;  // RFC 3339: `notified`, `notified_later`
  std::string words;                // as they were said; may be empty
  std::string source;               // where: an address, a date; may be empty
};
void write_members(JsonWriter& out, const Statement& statement);
Statement read_statement(const ObjectReader& in);

}  // namespace scrutineer
