#include "core/notice/verdict_logs.h"

#include <algorithm>

namespace scrutineer {
namespace {

constexpr std::size_t kCheckpointPiece = 16;

std::vector<const VerifierKey*> log_keys(const Agreement& terms) {
  std::vector<const VerifierKey*> keys = {&terms.notifier.log, &terms.institution.log};
  for (const AgreedRelay& relay : terms.relays) keys.push_back(&relay.log);
  return keys;
}

}  // namespace

std::size_t Witnesses::add(const VerifierKey& key) {
  const auto [place, added] = numbers_.try_emplace(to_string(key), keys_.size());
  if (added) keys_.push_back(key);
  return place->second;
}

Result<std::vector<std::pair<std::size_t, std::int64_t>>> Witnesses::cosigned(
    const SignedCheckpoint& checkpoint) const {
  std::vector<std::pair<std::size_t, std::int64_t>> all;
  for (const NoteSignature& signature : checkpoint.note.signatures)
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (keys_[i].id != signature.id || keys_[i].name != signature.name) continue;
      SCRUTINEER_TRY(UnixSeconds time, verify_cosignature(checkpoint.note.text, signature, keys_[i]));
      all.emplace_back(i, time.value);
    }
  return all;
}

struct LogTable::Signed {
  Checkpoint checkpoint;
  bool good = false;  // signed by the log, and no known witness's signature on it is bad
  bool seen = false;  // from before: a claim to be held against, no part of the evidence
  std::vector<std::pair<std::size_t, std::int64_t>> cosigned;
};

struct LogTable::Log {
  VerifierKey key;
  std::vector<std::uint32_t> copies;  // indexes into Evidence::logs
  std::vector<Signed> checkpoints;    // of all copies, and those seen before
  // By copy: the root at each size that a checkpoint names and the copy reaches.
  std::vector<std::map<std::uint64_t, NodeHash>> roots;
};

LogTable::LogTable(const Evidence& evidence, const EvidenceEntries& entries, const std::vector<const Agreement*>& terms,
                   const EvidenceOptions& options, const RunJobs& run) {
  // 1. Which logs, and whose cosignatures count.
  std::map<std::string, Log> logs;
  for (const Agreement* one : terms) {
    for (const VerifierKey& witness : one->witnesses) witnesses_.add(witness);
    for (const VerifierKey* key : log_keys(*one)) logs[to_string(*key)].key = *key;
  }
  std::vector<Log*> there;
  for (auto& [spelling, log] : logs) {
    for (std::uint32_t i = 0; i < evidence.logs.size(); ++i)
      if (evidence.logs[i].origin == log.key.name) log.copies.push_back(i);
    if (!log.copies.empty()) there.push_back(&log);
  }
  // 2. Signatures of checkpoints, then roots, then what fits what.
  for (Log* log : there) check_signatures(*log, evidence, options, run);
  run(there.size(), [&](std::size_t i) { check_roots(*there[i], evidence, entries); });
  for (Log* log : there) choose_copy(*log);
  // 3. Times, by whose witnesses they are.
  for (const Agreement* one : terms)
    for (const VerifierKey* key : log_keys(*one)) {
      const CheckedLog* log = find(*key);
      std::unique_ptr<WitnessedTimes>& times = times_[times_key(*key, *one)];
      if (!log || log->forked || times) continue;
      std::vector<std::vector<Sighted>> sighted;
      for (const VerifierKey& witness : one->witnesses) sighted.push_back(log->sighted[witnesses_.add(witness)]);
      times = std::make_unique<WitnessedTimes>(std::move(sighted), static_cast<std::size_t>(one->witness_quorum));
    }
}

const CheckedLog* LogTable::find(const VerifierKey& key) const {
  const auto found = logs_.find(to_string(key));
  return found == logs_.end() ? nullptr : &found->second;
}

LogTable::TimesKey LogTable::times_key(const VerifierKey& log, const Agreement& terms) {
  std::string witnesses = std::to_string(terms.witness_quorum);
  for (const VerifierKey& witness : terms.witnesses) witnesses += " " + to_string(witness);
  return {to_string(log), std::move(witnesses)};
}

const WitnessedTimes* LogTable::times(const VerifierKey& log, const Agreement& terms) const {
  const auto found = times_.find(times_key(log, terms));
  return found == times_.end() ? nullptr : found->second.get();
}

void LogTable::check_signatures(Log& log, const Evidence& evidence, const EvidenceOptions& options,
                                const RunJobs& run) {
  std::vector<std::pair<BytesView, bool>> notes;  // and whether it was seen before
  for (std::uint32_t copy : log.copies)
    for (BytesView note : evidence.logs[copy].checkpoints) notes.emplace_back(note, false);
  for (const Bytes& note : options.seen)
    if (auto parsed = parse_checkpoint(note); parsed && parsed->checkpoint.origin == log.key.name)
      notes.emplace_back(note, true);
  log.checkpoints.resize(notes.size());
  run_pieces(run, notes.size(), kCheckpointPiece, [&](std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
      Signed& one = log.checkpoints[i];
      auto parsed = verify_checkpoint(notes[i].first, log.key);
      if (!parsed) continue;
      auto cosigned = witnesses_.cosigned(*parsed);
      if (!cosigned) continue;
      one = {std::move(parsed->checkpoint), true, notes[i].second, std::move(*cosigned)};
    }
  });
  bool forged = false;
  for (const Signed& one : log.checkpoints) {
    forged |= !one.good;
    cosignatures += one.cosigned.size();
  }
  if (forged) findings.push_back({NoticeFinding::forged_signature, {}, log.key.name});
  std::erase_if(log.checkpoints, [](const Signed& one) { return !one.good; });
}

void LogTable::check_roots(Log& log, const Evidence& evidence, const EvidenceEntries& entries) {
  std::vector<std::uint64_t> sizes;
  for (const Signed& one : log.checkpoints) sizes.push_back(one.checkpoint.size);
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  for (std::uint32_t copy : log.copies) {
    std::map<std::uint64_t, NodeHash>& roots = log.roots.emplace_back();
    Frontier tree;
    for (std::uint64_t size : sizes) {
      if (size > evidence.logs[copy].entries.size()) break;
      while (tree.size() < size) tree.append(entries.leaves(copy)[tree.size()]);
      roots.emplace(size, tree.root());
    }
  }
}

void LogTable::choose_copy(const Log& log) {
  auto fits = [&](std::size_t copy, const Signed& one) {
    const auto root = log.roots[copy].find(one.checkpoint.size);
    return root != log.roots[copy].end() && root->second == one.checkpoint.root;
  };
  // The copy of which its checkpoints cover the most.
  std::size_t best = 0;
  std::vector<std::uint64_t> covered(log.copies.size());
  for (std::size_t copy = 0; copy < log.copies.size(); ++copy) {
    for (const Signed& one : log.checkpoints)
      if (!one.seen && fits(copy, one)) covered[copy] = std::max(covered[copy], one.checkpoint.size);
    if (covered[copy] > covered[best]) best = copy;
  }
  CheckedLog& checked = logs_[to_string(log.key)];
  checked.copy = log.copies[best];
  checked.size = covered[best];
  checked.sighted.resize(witnesses_.count());
  std::map<std::uint64_t, NodeHash> signed_roots;
  bool any = false;
  for (const Signed& one : log.checkpoints) {
    // Two roots of one size, or a root other than that of a larger tree which the log signed too: two histories.
    if (signed_roots.try_emplace(one.checkpoint.size, one.checkpoint.root).first->second != one.checkpoint.root)
      checked.forked = true;
    any |= !one.seen;
    if (!fits(best, one)) {
      (one.checkpoint.size <= checked.size ? checked.forked : checked.incomplete) = true;
      continue;
    }
    if (one.seen) continue;
    for (const auto& [witness, time] : one.cosigned) checked.sighted[witness].push_back({one.checkpoint.size, time});
  }
  checked.incomplete |= !any;
  if (checked.forked) findings.push_back({NoticeFinding::log_forked, {}, log.key.name});
  if (checked.incomplete) findings.push_back({NoticeFinding::entries_missing, {}, log.key.name});
}

}  // namespace scrutineer
