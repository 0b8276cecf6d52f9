// The logs of an evidence against their checkpoints, signatures and witnesses. Private to core/notice.
#pragma once

#include <map>
#include <memory>

#include "core/merkle/checkpoint.h"
#include "core/notice/verdict_entries.h"

namespace scrutineer {

// A log that an agreement names, as far as the evidence shows it.
struct CheckedLog {
  std::uint32_t copy = 0;                     // index into Evidence::logs
  std::uint64_t size = 0;                     // how many of its entries its checkpoints cover
  bool forked = false;                        // it contradicts itself: its times count for nothing
  bool incomplete = false;                    // checkpoints of it do not fit, or cover more than is there
  std::vector<std::vector<Sighted>> sighted;  // by witness, as Witnesses numbers them; only of checkpoints that fit
};

// Every witness that any of the agreements names, once.
class Witnesses {
 public:
  std::size_t add(const VerifierKey& key);  // its number
  std::size_t count() const { return keys_.size(); }
  // When each known witness cosigned. Error bad_signature: a known one's signature that is not good.
  Result<std::vector<std::pair<std::size_t, std::int64_t>>> cosigned(const SignedCheckpoint& checkpoint) const;

 private:
  std::vector<VerifierKey> keys_;
  std::map<std::string, std::size_t> numbers_;  // by spelling
};

// Checks every log that one of `terms` names, once.
class LogTable {
 public:
  LogTable(const Evidence& evidence, const EvidenceEntries& entries, const std::vector<const Agreement*>& terms,
           const EvidenceOptions& options, const RunJobs& run);
  const CheckedLog* find(const VerifierKey& key) const;  // nullptr: not in the evidence
  // The times of a log as the witnesses of these terms saw it; nullptr: no such log, or its times count for nothing.
  const WitnessedTimes* times(const VerifierKey& log, const Agreement& terms) const;

  std::vector<ShownFinding> findings;
  std::uint64_t cosignatures = 0;

 private:
  struct Signed;  // a checkpoint with what is known of it
  struct Log;
  using TimesKey = std::pair<std::string, std::string>;  // log, witnesses and quorum
  static TimesKey times_key(const VerifierKey& log, const Agreement& terms);
  void check_signatures(Log& log, const Evidence& evidence, const EvidenceOptions& options, const RunJobs& run);
  void check_roots(Log& log, const Evidence& evidence, const EvidenceEntries& entries);
  void choose_copy(const Log& log);

  Witnesses witnesses_;
  std::map<std::string, CheckedLog> logs_;  // by spelling of the key
  std::map<TimesKey, std::unique_ptr<WitnessedTimes>> times_;
};

}  // namespace scrutineer
