// One agreement's part of an evidence: its book of notices, where each record stands, and when it was there. Private to
// core/notice.
#pragma once

#include <array>

#include "core/notice/verdict_logs.h"
#include "core/record/disclosure.h"

namespace scrutineer {

// What is opened or sealed in the evidence, by hash.
struct EvidenceContents {
  explicit EvidenceContents(const Evidence& evidence);
  std::unordered_map<Hash256, BytesView> sealed, opened;
  std::unordered_map<std::string, Disclosed> disclosures;  // by digest
  std::vector<std::string> unreadable;                     // digests of lines that are no disclosures
};

class Case {
 public:
  // `book` holds everything of this agreement that the evidence holds. All are kept by reference.
  Case(const NoticeBook& book, const AgreementState& state, const EvidenceEntries& entries, const LogTable& logs,
       const EvidenceContents& contents, std::vector<std::pair<NoticeIndex, EntryNumber>> entries_of_records);

  // The logs that say when: the parties' own and the relays'.
  static constexpr std::size_t kNotifierLog = 0, kInstitutionLog = 1, kFirstRelay = 2;
  std::size_t log_count() const { return slots_.size(); }
  const std::string& log_name(std::size_t log) const { return slots_[log].key->name; }
  bool log_there(std::size_t log) const { return slots_[log].times != nullptr; }
  // Until when the whole log is witnessed; kNoLower: never, or it is not there.
  std::int64_t witnessed_until(std::size_t log) const { return slots_[log].silent; }

  // When that log had it. Where it had it not: until when that is shown.
  TimeBounds in_log(std::size_t log, NoticeIndex record) const;
  // When a log of the evidence first had it; unknown where none has.
  TimeBounds first(NoticeIndex record) const;
  // When what `by` said was there for the other party to have: at the quorum of relays, or in the other's own log.
  TimeBounds served(NoticeIndex record, PartyRole by) const;
  // The same of something that is nowhere.
  TimeBounds nothing_served(PartyRole by) const;
  // When a person or machine of a party said it, for whatever is held against them: not before their own log had it.
  // Where that log is not there, not before the time that they claim themselves.
  TimeBounds said(NoticeIndex record) const;
  // When a relay's own log said that it holds this notice.
  TimeBounds held(std::size_t relay, std::span<const NoticeIndex> availabilities) const;

  // Whether it is signed by a key that may say it, and that had not been removed.
  bool counts(NoticeIndex record) const;
  // The first good signer's key.
  const Speaker* speaker(NoticeIndex record) const;
  OnDuty on_duty(const std::string& key, const TimeBounds& when) const;
  const std::vector<ShownFinding>& rota_findings() const { return rota_findings_; }

  const BookedNotice& record(NoticeIndex index) const { return book.records()[index]; }
  template <class Body>
  const Body& body(NoticeIndex index) const {
    return std::get<Body>(record(index).record.body);
  }

  const NoticeBook& book;
  const AgreementState& state;
  const EvidenceContents& contents;
  // Versions that replace this one.
  std::unordered_map<RecordId, std::vector<NoticeIndex>> replaced_by;

 private:
  static constexpr std::size_t kMaxLogs = kFirstRelay + kAgreementRelays;
  static constexpr std::uint32_t kNowhere = UINT32_MAX;
  using Where = std::array<std::uint32_t, kMaxLogs>;  // index in each log
  struct Slot {
    const VerifierKey* key = nullptr;
    const CheckedLog* log = nullptr;
    const WitnessedTimes* times = nullptr;  // nullptr: not there, or its times count for nothing
    std::int64_t silent = kNoLower;
  };
  struct Rota {
    const DutyRota* rota = nullptr;
    std::int64_t from = 0, until = 0;
  };
  Where where(NoticeIndex record) const;
  TimeBounds at(std::size_t log, std::uint32_t index) const;
  TimeBounds served(const Where& where, PartyRole by) const;
  bool before_removal(NoticeIndex record, const Speaker& speaker) const;
  void find_rotas();

  const EvidenceEntries& entries_;
  std::vector<Slot> slots_;
  std::vector<std::pair<NoticeIndex, EntryNumber>> entries_of_records_;  // sorted
  std::vector<std::size_t> slots_of_copies_;                             // by log of the evidence
  std::vector<Rota> rotas_;
  std::vector<ShownFinding> rota_findings_;
};

}  // namespace scrutineer
