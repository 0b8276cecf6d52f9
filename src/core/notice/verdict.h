// From evidence to verdicts: the strongest that it allows, out of a fixed table (docs/formats/notice-verdicts.md).
// Pure.
//
// A verdict says what anybody can check offline from these bytes and the agreement's id, whoever handed them over.
#pragma once

#include <functional>

#include "core/notice/book.h"
#include "core/notice/evidence.h"
#include "core/notice/statement.h"
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
  OnDuty on_duty = OnDuty::no_rota;  // of people of the institution, when it was said
  TimeBounds served;                 // when it stood at the agreed quorum of relays, or in the other party's own log
  TimeBounds first;                  // when a log of this evidence first had it
};

// Why a deadline is not judged, or not by what came.
enum class DeadlineBecause : std::uint8_t {
  none,
  not_received,    // nothing shows that its clock began
  log_withheld,    // a log that would show it is missing, or contradicts itself
  log_behind,      // a log that would show it is not witnessed as far
  bounds_overlap,  // it may have been in time, or not
  evidence_ends,   // before the deadline
  replaced,        // a later version took this one's place, or withdrew it, in time
  closed,          // the notifier regarded the exchange as over, in time
};
inline constexpr std::string_view kDeadlineBecauseNames[] = {
    "", "not-received", "log-withheld", "log-behind", "bounds-overlap", "evidence-ends-before", "replaced", "closed"};

struct ShownDeadline {
  std::string code;
  NoticeStep step = NoticeStep::receipt;
  DeadlineVerdict verdict = DeadlineVerdict::undetermined;
  std::int64_t after = 0;
  TimeBounds due;
  TimeBounds response;  // where nothing came: lower says until when that is shown
  DeadlineBecause because = DeadlineBecause::none;
};

// Something that must not be there, or is missing.
enum class NoticeFinding : std::uint8_t {
  agreement_not_signed,    // an agreement that not both sides have signed binds nobody
  log_withheld,            // a log that the agreement names is not in the evidence
  log_behind,              // ... is not witnessed as far as the others
  log_forked,              // two checkpoints of it contradict each other
  entries_missing,         // its entries do not give its checkpoint, or not all are there
  forged_signature,        // a signature that does not verify, in the name of a key of the agreement
  unknown_signer,          // a record by a key that may not say this
  removed_key,             // signed by a key, and not shown to be from before its removal
  sealed_to_replaced_key,  // though the new one had been served before
  sealed_to_wrong_party,
  key_not_there,        // sealed in the name of an agreed key that the institution says it does not have
  content_changed,      // what was shown as the content is not what was sent
  content_withheld,     // not opened in this evidence: what it said cannot be judged
  content_in_part,      // sent without what opens some of its fields
  replaced_afterwards,  // a later version took its place (this is said, it is no fault)
  telephone_one_sided,  // claimed by the caller
  acknowledgement_of_other_content,
  rota_afterwards,  // the rota was recorded after the fact
};
inline constexpr std::string_view kNoticeFindingNames[] = {"agreement-not-signed",
                                                           "log-withheld",
                                                           "log-behind",
                                                           "log-forked",
                                                           "entries-missing",
                                                           "forged-signature",
                                                           "unknown-signer",
                                                           "removed-key",
                                                           "sealed-to-replaced-key",
                                                           "sealed-to-wrong-party",
                                                           "key-not-there",
                                                           "content-changed",
                                                           "content-withheld",
                                                           "content-in-part",
                                                           "replaced-afterwards",
                                                           "telephone-one-sided",
                                                           "acknowledgement-of-other-content",
                                                           "rota-afterwards"};
struct ShownFinding {
  NoticeFinding finding;
  std::optional<RecordId> record;
  std::string detail;  // a log's name, a key's name; never content
};

struct ShownNotice {
  RecordId agreement, first, version;  // each version is judged by itself
  NoticeKind kind = NoticeKind::attack;
  NoticeChange change = NoticeChange::first;
  NoticeVerdict verdict = NoticeVerdict::not_shown;
  std::size_t relays_holding = 0, relays = 0, quorum = 0;
  TimeBounds recorded, available, received;  // received: as the agreement counts; not shown() where it is not
  std::vector<ShownStep> receipts, acknowledgements, answers, refusals, calls, closings;
  std::vector<ShownDeadline> deadlines;
  // Of fields whose disclosure is in the evidence: whether the record commits to them, and whether the receipt says
  // that the institution opened them. "attribution" first. No values.
  struct Field {
    std::string name;
    bool committed = false, opened_by_institution = false;
  };
  std::vector<Field> fields;
  std::vector<ShownFinding> findings;
};

// Each kind of finding about the evidence as a whole is listed so often; the rest is counted.
inline constexpr std::size_t kEvidenceFindingsListed = 1'000;

struct EvidenceReport {
  bool agreement_shown = false;  // each that was asked for is there and signed by both sides
  std::vector<ShownNotice> notices;
  std::vector<ShownStatement> statements;
  std::vector<ShownFinding> findings;  // about logs and records as a whole
  std::uint64_t findings_not_listed = 0;
  std::uint64_t entries = 0, records = 0, signatures = 0, cosignatures = 0;  // checked
};

// Runs job(i) for i in [0, n), on as many threads as the caller has, and returns when all are done.
using RunJobs = std::function<void(std::size_t n, const std::function<void(std::size_t)>& job)>;

struct EvidenceOptions {
  std::vector<RecordId> agreements;  // what the verifier was given out of band
  std::vector<Bytes> seen;           // checkpoints that the verifier has seen before, of any of the logs
  RunJobs parallel;                  // nullptr: one after the other
};

// Errors: invalid_argument (no agreement was asked for); not_found (one that was is not in the evidence). Everything
// else is a finding.
Result<EvidenceReport> judge_evidence(const Evidence& evidence, const EvidenceOptions& options);

// The agreements that the evidence itself holds, unverified: to tell a person what to compare with what they were
// given, never to believe.
struct AgreementInEvidence {
  RecordId id;
  Bilingual title;
};
std::vector<AgreementInEvidence> agreements_in(const Evidence& evidence);

// For people: Korean or English, one paragraph a notice, then statements and findings; and the same as JSON. No
// contents and no values of fields. (report.cc; its sentences: report.h)
enum class ReportLanguage : std::uint8_t { ko, en };
std::string evidence_text(const EvidenceReport& report, ReportLanguage language);
std::string evidence_json(const EvidenceReport& report);

}  // namespace scrutineer
