// From evidence to verdicts: the strongest that it allows, out of a fixed table (docs/formats/notice-verdicts.md).
// Pure.
//
// A verdict says what anybody can check offline from these bytes and the agreement's id, whoever handed them over.
#pragma once

#include <functional>
#include <map>

#include "core/notice/book.h"
#include "core/notice/evidence.h"
#include "core/notice/times.h"

namespace scrutineer {

// From nothing to everything. Each is shown only with all that it needs; what lies between may be missing (a notice can
// be acknowledged by telephone and never opened).
enum class NoticeVerdict : std::uint8_t {
  not_shown,          // nothing signed by the notifier's keys under this agreement
  recorded,           // in the notifier's own log or file alone: nobody else shows that it was sent
  sent,               // at a relay, at fewer than the quorum
  available,          // at k of n relays
  not_opened,         // the institution's machine had it and could open nothing
  opened_in_part,     // ... could open some fields and not others
  opened,             // ... opened every field, attribution too where there was one
  told_by_telephone,  // both sides' records of the call cross
  refused,            // a person's key refused it, with a reason
  acknowledged,       // a person's key
  answered,
};
inline constexpr std::string_view kNoticeVerdictNames[] = {
    "not-shown", "recorded",          "sent",    "available",    "not-opened", "opened-in-part",
    "opened",    "told-by-telephone", "refused", "acknowledged", "answered"};

enum class OnDuty : std::uint8_t { yes, no, no_rota, undetermined };
inline constexpr std::string_view kOnDutyNames[] = {"yes", "no", "no-rota", "undetermined"};

// Who said something, and when, at the most that can be shown.
struct ShownStep {
  RecordId record;
  std::string key;                   // name of the signer's key
  OnDuty on_duty = OnDuty::no_rota;  // of people of the institution
  TimeBounds served;                 // when it stood at the agreed quorum of relays
  TimeBounds first;                  // when any log had it
};

struct ShownDeadline {
  std::string code;
  DeadlineVerdict verdict = DeadlineVerdict::undetermined;
  std::int64_t after = 0;
  std::string because;  // a code of kBecauseNames where it is undetermined
};

// Something that must not be there, or is missing.
enum class NoticeFinding : std::uint8_t {
  log_withheld,            // a log that the agreement names is not in the evidence
  log_behind,              // ... is not witnessed as far as the others
  log_forked,              // two checkpoints of it contradict each other
  entries_missing,         // its entries do not give its checkpoint
  forged_signature,        // a signature that does not verify, in the name of a key of the agreement
  unknown_signer,          // a record by a key that may not say this
  removed_key,             // signed by a key that had been removed
  sealed_to_replaced_key,  // though the new one had been served before
  sealed_to_wrong_party,
  content_changed,      // what was shown as the content is not what was sent
  content_withheld,     // not opened in this evidence: what it said cannot be judged
  replaced_afterwards,  // an earlier version was replaced (this is said, it is no fault)
  telephone_one_sided,  // claimed by the caller
  acknowledgement_of_other_content,
  rota_afterwards,  // the rota was recorded after the fact
};
inline constexpr std::string_view kNoticeFindingNames[] = {"log-withheld",
                                                           "log-behind",
                                                           "log-forked",
                                                           "entries-missing",
                                                           "forged-signature",
                                                           "unknown-signer",
                                                           "removed-key",
                                                           "sealed-to-replaced-key",
                                                           "sealed-to-wrong-party",
                                                           "content-changed",
                                                           "content-withheld",
                                                           "replaced-afterwards",
                                                           "telephone-one-sided",
                                                           "acknowledgement-of-other-content",
                                                           "rota-afterwards"};
struct ShownFinding {
  NoticeFinding finding;
  std::optional<RecordId> record;
  std::string detail;  // a log's name, a key's name; never content
};

enum class StatementVerdict : std::uint8_t { supported, contradicted, undetermined };
inline constexpr std::string_view kStatementVerdictNames[] = {"supported", "contradicted", "undetermined"};
struct ShownStatement {
  RecordId record;
  PartyRole party = PartyRole::institution;
  Claim claim = Claim::not_notified;
  std::optional<RecordId> notice;
  StatementVerdict verdict = StatementVerdict::undetermined;
  std::string because;             // code of the row of the table
  std::vector<RecordId> evidence;  // records that show it
};

struct ShownNotice {
  RecordId agreement, first, version;  // each version is judged by itself
  NoticeKind kind = NoticeKind::attack;
  NoticeChange change = NoticeChange::first;
  NoticeVerdict verdict = NoticeVerdict::not_shown;
  std::size_t relays_holding = 0, relays = 0, quorum = 0;
  std::optional<TimeBounds> recorded, available, received;  // received: as the agreement counts
  std::vector<ShownStep> receipts, acknowledgements, answers, refusals, calls, closings;
  std::vector<ShownDeadline> deadlines;
  // Of fields whose disclosure is in the evidence: whether the record commits to them, and whether the receipt says
  // that the institution opened them. "attribution" first.
  struct Field {
    std::string name;
    bool committed = false, opened_by_institution = false;
  };
  std::vector<Field> fields;
  std::vector<ShownFinding> findings;
};

struct EvidenceReport {
  bool agreement_shown = false;  // each that was asked for is there and signed by both sides
  std::vector<ShownNotice> notices;
  std::vector<ShownStatement> statements;
  std::vector<ShownFinding> findings;                           // about logs and records as a whole
  std::uint64_t entries = 0, signatures = 0, cosignatures = 0;  // checked
};

struct EvidenceOptions {
  std::vector<RecordId> agreements;  // what the verifier was given out of band
  std::vector<Bytes> seen;           // checkpoints that the verifier has seen before, of any of the logs
  // Runs job(i) for i in [0, n), on as many threads as the caller has; nullptr: one after the other.
  std::function<void(std::size_t n, const std::function<void(std::size_t)>& job)> parallel;
};

// Errors: not_found (an agreement that was asked for is not in the evidence). Everything else is a finding.
Result<EvidenceReport> judge_evidence(const Evidence& evidence, const EvidenceOptions& options);

// For people: Korean or English, one paragraph a notice, then findings and statements; and the same as JSON. No
// content.
enum class ReportLanguage : std::uint8_t { ko, en };
std::string evidence_text(const EvidenceReport& report, ReportLanguage language);
std::string evidence_json(const EvidenceReport& report);

}  // namespace scrutineer
