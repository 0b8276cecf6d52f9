// One whole exchange in memory, to be spoilt by tests of verdicts.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/merkle/checkpoint.h"
#include "core/notice/agreement_for_test.h"
#include "core/notice/verdict.h"

namespace scrutineer::testing {

inline constexpr std::int64_t kNow = 1'618'800'000;

// One notice, held by all relays, opened and acknowledged; every log witnessed before each step and after the last.
struct Exchanged {
  Cast cast;
  Agreement terms = agreement_for_test(cast);
  RecordId agreement, notice;
  SealedContent content;
  std::map<std::string, std::vector<Bytes>> entries, checkpoints;  // by party
  std::int64_t now = kNow;

  explicit Exchanged(CountsAsReceived received = CountsAsReceived::available) {
    terms.received = received;
    content.ciphertext = {BlobHash{sha256("ciphertext")}, 100, "application/vnd.scrutineer.sealed"};
    content.payload = sha256("payload");
    witness();
    const std::string text = notice_record_text({{}, {}, terms});
    agreement = record_id(text);
    for (const char* party : kParties) add(party, cast.sign(text, {"service/head", "commission/head"}));
    step(2);
    const Bytes sent = said(Notice{NoticeKind::attack, NoticeChange::first, {}, {}, content}, "service/machine");
    notice = id_of(sent);
    for (const char* party : kParties) add(party, sent);
    for (const char* relay : {"relay-1", "relay-2", "relay-3"})
      add(relay, said(Availability{{notice}, origin(relay)}, std::string(relay) + "/machine"));
    step(2);
    const Bytes receipt = said(Receipt{notice, Channel::https, content.ciphertext.sha256, content.payload, {}, {}, {}},
                               "commission/machine");
    for (const char* party : kParties) add(party, receipt);
    step(600);
    const Bytes read = said(Acknowledgement{notice, content.payload}, "commission/officer-1");
    for (const char* party : kParties) add(party, read);
    step(10);
  }

  static constexpr const char* kParties[] = {"service", "commission", "relay-1", "relay-2", "relay-3"};
  static std::string origin(const std::string& party) { return party + ".example/notices"; }
  void add(const std::string& party, const Bytes& entry) { entries[party].push_back(entry); }
  Bytes said(NoticeBody body, const std::string& signer) {
    return cast.sign(NoticeRecord{agreement, {}, std::move(body)}, {signer});
  }
  void step(std::int64_t seconds) {
    witness();
    now += seconds;
    witness();
  }
  Bytes checkpoint(const std::string& party, std::size_t size, const std::vector<const char*>& witnesses) {
    Frontier tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(leaf_hash(entries[party][i]));
    SignedNote note = *sign_checkpoint(Checkpoint{origin(party), size, tree.root()}, *cast.actor(origin(party)).signer);
    for (const char* name : witnesses)
      note.signatures.push_back(
          *cosign(note.text, name, UnixSeconds{now}, *cast.actor(name, KeyType::cosignature_ed25519).signer));
    return to_bytes(note);
  }
  void witness() {
    for (const char* party : kParties)
      checkpoints[party].push_back(checkpoint(party, entries[party].size(), {"witness-1", "witness-2", "witness-3"}));
  }

  Evidence evidence() const {
    Evidence all;
    for (const char* party : kParties)
      all.logs.push_back({origin(party),
                          {entries.at(party).begin(), entries.at(party).end()},
                          {checkpoints.at(party).begin(), checkpoints.at(party).end()}});
    return all;
  }
  Result<EvidenceReport> judge(const Evidence& evidence, std::vector<Bytes> seen = {}) const {
    return judge_evidence(evidence, {{agreement}, std::move(seen), {}});
  }
  EvidenceReport judged() const { return judge(evidence()).value(); }
};

inline bool has(const EvidenceReport& report, NoticeFinding finding, const std::string& detail = {}) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const ShownFinding& one) {
    return one.finding == finding && (detail.empty() || one.detail == detail);
  });
}

}  // namespace scrutineer::testing
