#include "core/notice/verdict.h"

#include <algorithm>
#include <set>

#include "core/notice/payload.h"
#include "core/notice/statement_judge.h"

namespace scrutineer {
namespace {

constexpr std::size_t kEntryPiece = 256;    // parsed and verified at once
constexpr std::size_t kBatch = 4'096;       // read before they are booked, where threads share one agreement
constexpr std::size_t kVersionPiece = 64;   // judged at once
constexpr std::size_t kManyAgreements = 4;  // from so many on, each is one job

// An entry with what became of its signatures.
struct ReadEntry {
  std::optional<ParsedNotice> entry;
  std::vector<SignedBy> checks;
};

ReadEntry read_entry(BytesView bytes) {
  ReadEntry read;
  if (auto parsed = parse_notice_entry(bytes)) read.entry = std::move(*parsed);
  return read;
}

// Against the keys that this agreement gives; as NoticeBook::key_of() does, without a copy of each key.
void verify(const AgreementState& state, ReadEntry& read) {
  if (!read.entry) return;
  read.checks.clear();
  for (const NoteSignature& signature : read.entry->signatures) {
    const auto speaker = state.find_speaker(signature.name, signature.id);
    const bool good = speaker && verify_note_signature(read.entry->text, signature, state.speakers[*speaker].key);
    read.checks.push_back(!speaker ? SignedBy::stranger : good ? SignedBy::good : SignedBy::bad);
  }
}

struct CaseResult {
  std::vector<ShownNotice> notices;
  std::vector<ShownStatement> statements;
  std::vector<ShownFinding> findings;
  std::vector<Hash256> used_plaintexts;
  std::set<std::string> used_disclosures;
  std::uint64_t records = 0, signatures = 0;
};

// One agreement, from its entries to its verdicts.
class AgreementJudge {
 public:
  AgreementJudge(const RecordId& id, std::vector<EntryNumber> own, const EvidenceEntries& entries,
                 const EvidenceContents& contents)
      : id_(id), own_(std::move(own)), entries_(entries), contents_(contents) {}

  // What must be known before logs can be checked: the terms, and who may speak. False: no such agreement.
  bool open() {
    std::vector<ReadEntry> changes;
    for (EntryNumber entry : own_) {
      const BytesView bytes = entries_.bytes(entry);
      const bool agreement = bytes.starts_with("scrutineer/agreement/"),
                 change = bytes.starts_with("scrutineer/key-change/");
      if (!agreement && !change) continue;
      ReadEntry read = read_entry(bytes);
      if (!read.entry) continue;
      if (change) {
        changes.push_back(std::move(read));
      } else if (read.entry->id == id_) {
        verify_agreement(read);
        apply(read, entry);
      }
    }
    const AgreementState* state = book_.agreement(id_);
    if (!state) return false;
    // A key that one change adds may sign the next: until nothing new takes effect.
    for (std::size_t before = SIZE_MAX; before != state->changes.size();) {
      before = state->changes.size();
      for (ReadEntry& change : changes) {
        verify(*state, change);
        book_.apply(*change.entry, change.checks);
      }
    }
    return true;
  }

  const AgreementState& state() const { return *book_.agreement(id_); }

  CaseResult judge(const LogTable& logs, const RunJobs& run, std::size_t batch) {
    read_and_apply(run, batch);
    const Case of(book_, state(), entries_, logs, contents_, std::move(entries_of_records_));
    std::vector<NoticeIndex> notices;
    for (NoticeIndex i = 0; i < book_.records().size(); ++i)
      if (of.record(i).record.type() == NoticeType::notice && book_.version(of.record(i).id)) notices.push_back(i);
    std::vector<JudgedVersion> judged(notices.size());
    run_pieces(run, notices.size(), kVersionPiece, [&](std::size_t first, std::size_t end) {
      for (std::size_t i = first; i < end; ++i) judged[i] = judge_version(of, notices[i]);
    });
    use_contents(of);
    const bool foreign = foreign_content();
    for (NoticeIndex statement : state().statements)
      if (of.counts(statement)) out_.statements.push_back(judge_statement(of, statement, judged, foreign));
    records(of);
    log_findings(of, logs);
    out_.records = book_.records().size();
    out_.notices.reserve(judged.size());
    for (JudgedVersion& one : judged)
      if (one.shown.verdict != NoticeVerdict::not_shown) out_.notices.push_back(std::move(one.shown));
    return std::move(out_);
  }

 private:
  // By the keys in its own text.
  void verify_agreement(ReadEntry& read) const {
    read.checks.clear();
    for (const NoteSignature& signature : read.entry->signatures) {
      const auto key = book_.key_of(*read.entry, signature);
      const bool good = key && verify_note_signature(read.entry->text, signature, *key);
      read.checks.push_back(!key ? SignedBy::stranger : good ? SignedBy::good : SignedBy::bad);
    }
  }

  // Only an entry that at least one good signature vouches for says when its record was there.
  void apply(const ReadEntry& read, EntryNumber entry) {
    for (std::size_t i = 0; i < read.checks.size(); ++i) {
      out_.signatures += read.checks[i] != SignedBy::stranger;
      if (read.checks[i] == SignedBy::bad)
        out_.findings.push_back({NoticeFinding::forged_signature, read.entry->id, read.entry->signatures[i].name});
    }
    const auto applied = book_.apply(*read.entry, read.checks);
    if (std::find(read.checks.begin(), read.checks.end(), SignedBy::good) != read.checks.end())
      entries_of_records_.emplace_back(applied.index, entry);
  }

  // In batches, so that what was read is still near when it is booked; reading and verifying each by itself, since
  // either is faster in a row.
  void read_and_apply(const RunJobs& run, std::size_t batch) {
    std::sort(own_.begin(), own_.end(),
              [&](EntryNumber a, EntryNumber b) { return entries_.order(a) < entries_.order(b); });
    std::vector<ReadEntry> read(std::min(batch, own_.size()));
    for (std::size_t start = 0; start < own_.size(); start += batch) {
      const std::size_t count = std::min(batch, own_.size() - start);
      run_pieces(run, count, kEntryPiece, [&](std::size_t first, std::size_t end) {
        for (std::size_t i = first; i < end; ++i) {
          read[i] = read_entry(entries_.bytes(own_[start + i]));
          // Agreements were taken in before; one of another id is not what was asked for.
          if (read[i].entry && read[i].entry->record.agreement != id_) read[i].entry.reset();
        }
        for (std::size_t i = first; i < end; ++i) verify(state(), read[i]);
      });
      for (std::size_t i = 0; i < count; ++i)
        if (read[i].entry) apply(read[i], own_[start + i]);
    }
  }

  // Which opened contents some record of this agreement commits to.
  void use_contents(const Case& of) {
    if (contents_.opened.empty() && contents_.disclosures.empty()) return;
    for (const BookedNotice& booked : book_.records()) {
      const SealedContent* content = nullptr;
      if (const auto* notice = std::get_if<Notice>(&booked.record.body)) content = &notice->content;
      if (const auto* answer = std::get_if<NoticeAnswer>(&booked.record.body)) content = &answer->content;
      if (!content || !booked.counts) continue;
      if (of.contents.opened.contains(content->payload)) out_.used_plaintexts.push_back(content->payload);
      for (const std::string& digest : content->digests)
        if (contents_.disclosures.contains(digest)) out_.used_disclosures.insert(digest);
    }
  }

  // Contents made for this agreement that nothing commits to.
  bool foreign_content() const {
    for (const auto& [hash, bytes] : contents_.opened) {
      if (std::find(out_.used_plaintexts.begin(), out_.used_plaintexts.end(), hash) != out_.used_plaintexts.end())
        continue;
      if (auto payload = read_payload(bytes); payload && payload->agreement == id_) return true;
    }
    return false;
  }

  void records(const Case& of) {
    std::set<RecordId> forged;
    for (const ShownFinding& finding : out_.findings)
      if (finding.finding == NoticeFinding::forged_signature && finding.record) forged.insert(*finding.record);
    for (NoticeIndex i = 0; i < book_.records().size(); ++i) {
      const BookedNotice& one = of.record(i);
      if (one.signers.empty() && !forged.contains(one.id))
        out_.findings.push_back({NoticeFinding::unknown_signer, one.id, ""});
      // Of what is said about a notice, the notice says it.
      const bool about_none = notice_of(one.record) == nullptr;
      if (about_none && one.counts && !of.counts(i)) out_.findings.push_back({NoticeFinding::removed_key, one.id, ""});
    }
    for (const ShownFinding& finding : of.rota_findings()) out_.findings.push_back(finding);
  }

  void log_findings(const Case& of, const LogTable& logs) {
    const Agreement& terms = state().terms;
    std::vector<const VerifierKey*> keys = {&terms.notifier.log, &terms.institution.log};
    for (const AgreedRelay& relay : terms.relays) keys.push_back(&relay.log);
    std::int64_t latest = kNoLower;
    for (std::size_t log = 0; log < of.log_count(); ++log) latest = std::max(latest, of.witnessed_until(log));
    for (std::size_t log = 0; log < of.log_count(); ++log) {
      if (!logs.find(*keys[log])) {
        out_.findings.push_back({NoticeFinding::log_withheld, {}, of.log_name(log)});
      } else if (of.log_there(log)) {
        const std::int64_t until = of.witnessed_until(log);
        // Every log is witnessed at least once a heartbeat; what misses two lags behind.
        if (until == kNoLower || latest - until > 2 * terms.heartbeat)
          out_.findings.push_back({NoticeFinding::log_behind, {}, of.log_name(log)});
      }
    }
  }

  const RecordId id_;
  std::vector<EntryNumber> own_;
  const EvidenceEntries& entries_;
  const EvidenceContents& contents_;
  NoticeBook book_;
  std::vector<std::pair<NoticeIndex, EntryNumber>> entries_of_records_;
  CaseResult out_;
};

// The entries of each agreement that was asked for.
std::vector<std::vector<EntryNumber>> by_agreement(const EvidenceEntries& entries,
                                                   const std::vector<RecordId>& agreements, const RunJobs& run) {
  std::map<RecordId, std::size_t> numbers;
  for (std::size_t i = 0; i < agreements.size(); ++i) numbers.emplace(agreements[i], i);
  using Lists = std::vector<std::vector<EntryNumber>>;
  std::vector<Lists> found(EvidenceEntries::kParts, Lists(agreements.size()));
  run(EvidenceEntries::kParts, [&](std::size_t part) {
    for (std::uint32_t i = 0; i < entries.distinct(part); ++i) {
      const EntryNumber entry{static_cast<std::uint32_t>(part), i};
      const auto id = agreement_of_entry(entries.bytes(entry));
      const auto number = id ? numbers.find(*id) : numbers.end();
      if (number != numbers.end()) found[part][number->second].push_back(entry);
    }
  });
  Lists all(agreements.size());
  for (const Lists& part : found)
    for (std::size_t i = 0; i < all.size(); ++i) all[i].insert(all[i].end(), part[i].begin(), part[i].end());
  return all;
}

class ReportMaker {
 public:
  void add(const ShownFinding& finding) {
    // Several agreements name the same log: one finding.
    if (!finding.record && !said_.emplace(finding.finding, finding.detail).second) return;
    if (++listed_[static_cast<std::size_t>(finding.finding)] > kEvidenceFindingsListed)
      ++report.findings_not_listed;
    else
      report.findings.push_back(finding);
  }
  void add(CaseResult&& result) {
    std::move(result.notices.begin(), result.notices.end(), std::back_inserter(report.notices));
    std::move(result.statements.begin(), result.statements.end(), std::back_inserter(report.statements));
    for (const ShownFinding& finding : result.findings) add(finding);
    report.records += result.records;
    report.signatures += result.signatures;
    used_plaintexts_.insert(result.used_plaintexts.begin(), result.used_plaintexts.end());
    used_disclosures_.merge(result.used_disclosures);
  }
  // What was opened, and is nothing that anybody sent.
  void add_foreign(const EvidenceContents& contents) {
    std::set<std::string> foreign;
    for (const auto& [hash, bytes] : contents.opened)
      if (!used_plaintexts_.contains(hash)) foreign.insert(to_hex(hash));
    for (const auto& [digest, field] : contents.disclosures)
      if (!used_disclosures_.contains(digest)) foreign.insert(digest);
    foreign.insert(contents.unreadable.begin(), contents.unreadable.end());
    for (const std::string& one : foreign) add(ShownFinding{NoticeFinding::content_changed, {}, one});
  }
  EvidenceReport report;

 private:
  std::set<std::pair<NoticeFinding, std::string>> said_;
  std::array<std::size_t, std::size(kNoticeFindingNames)> listed_{};
  std::set<Hash256> used_plaintexts_;
  std::set<std::string> used_disclosures_;
};

}  // namespace

Result<EvidenceReport> judge_evidence(const Evidence& evidence, const EvidenceOptions& options) {
  const RunJobs run = options.parallel ? options.parallel : RunJobs(run_in_order);
  std::vector<RecordId> ids;
  for (const RecordId& id : options.agreements)
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  if (ids.empty()) return fail(ErrorCode::invalid_argument, "say which agreement the evidence is about");

  // 1. Each entry once, and whose it is.
  const EvidenceEntries entries(evidence, run);
  auto own = by_agreement(entries, ids, run);
  const EvidenceContents contents(evidence);

  // 2. The agreements that the verifier was given, by keys in their own text.
  std::vector<std::unique_ptr<AgreementJudge>> judges;
  std::vector<const Agreement*> terms;
  ReportMaker maker;
  maker.report.agreement_shown = true;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto judge = std::make_unique<AgreementJudge>(ids[i], std::move(own[i]), entries, contents);
    if (!judge->open()) return fail(ErrorCode::not_found, "this agreement is not in the evidence", to_hex(ids[i]));
    if (!judge->state().in_effect) {
      maker.report.agreement_shown = false;
      maker.add(ShownFinding{NoticeFinding::agreement_not_signed, ids[i], ""});
      continue;
    }
    terms.push_back(&judge->state().terms);
    judges.push_back(std::move(judge));
  }

  // 3. The logs that they name.
  const LogTable logs(evidence, entries, terms, options, run);

  // 4. Each agreement for itself: signatures, the book of its notices, verdicts, statements.
  std::vector<CaseResult> results(judges.size());
  const bool many = judges.size() >= kManyAgreements;
  (many ? run : RunJobs(run_in_order))(judges.size(), [&](std::size_t i) {
    results[i] = judges[i]->judge(logs, many ? RunJobs(run_in_order) : run, many ? kEntryPiece : kBatch);
    judges[i].reset();
  });

  // 5. Together.
  for (const ShownFinding& finding : logs.findings) maker.add(finding);
  for (CaseResult& result : results) maker.add(std::move(result));
  maker.add_foreign(contents);
  for (const EvidenceLog& log : evidence.logs) maker.report.entries += log.entries.size();
  maker.report.cosignatures = logs.cosignatures;
  return std::move(maker.report);
}

std::vector<AgreementInEvidence> agreements_in(const Evidence& evidence) {
  std::map<RecordId, Bilingual> found;
  for (const EvidenceLog& log : evidence.logs)
    for (BytesView entry : log.entries) {
      if (!entry.starts_with("scrutineer/agreement/")) continue;
      if (auto parsed = parse_notice_entry(entry))
        found.emplace(parsed->id, std::get<Agreement>(parsed->record.body).title);
    }
  std::vector<AgreementInEvidence> all;
  for (const auto& [id, title] : found) all.push_back({id, title});
  return all;
}

}  // namespace scrutineer
