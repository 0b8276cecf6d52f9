#include "app/projection/candidate.h"

#include <algorithm>

namespace scrutineer {

Result<Candidate> parse_candidate(Bytes note) {
  SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
  return Candidate{std::move(note), std::move(entry), {}};
}

std::vector<VerifierKey> introduced_by(std::span<const Result<Candidate>> candidates) {
  std::vector<VerifierKey> introduced;
  for (const auto& candidate : candidates)
    if (candidate)
      if (auto* grant = std::get_if<Grant>(&candidate->entry.record.body)) introduced.push_back(grant->key);
  return introduced;
}

std::vector<std::optional<VerifierKey>> find_signers(const RecordBook& book, const ParsedEntry& entry,
                                                     std::span<const VerifierKey> introduced) {
  std::vector<std::optional<VerifierKey>> signers;
  signers.reserve(entry.signatures.size());
  for (const NoteSignature& signature : entry.signatures) {
    auto& signer = signers.emplace_back();
    if (auto index = book.keys().find(signature.name, signature.id)) {
      signer = book.keys()[*index].key;
      continue;
    }
    auto same = [&](const VerifierKey& key) { return key.id == signature.id && key.name == signature.name; };
    if (auto key = std::find_if(introduced.begin(), introduced.end(), same); key != introduced.end()) signer = *key;
  }
  return signers;
}

void try_signatures(Candidate& candidate, std::span<const std::optional<VerifierKey>> signers) {
  std::string_view text = entry_text(candidate.note);
  candidate.tried.assign(signers.size(), {});
  for (std::size_t i = 0; i < signers.size(); ++i)
    if (signers[i])
      candidate.tried[i] = {signers[i]->key, verify_note_signature(text, candidate.entry.signatures[i], *signers[i])};
}

std::optional<Appended> already_known(const RecordBook& book, const Candidate& candidate) {
  auto index = book.find(candidate.entry.id);
  if (!index) return std::nullopt;
  const RecordState& record = book.records()[*index];
  auto strangers = std::count_if(record.signers.begin(), record.signers.end(),
                                 [](const RecordSigner& signer) { return signer.key == kStranger; });
  for (const NoteSignature& signature : candidate.entry.signatures) {
    // The book keeps no more of them: otherwise the same note could be appended for ever.
    if (strangers >= static_cast<std::ptrdiff_t>(kStrangersPerRecord) &&
        !book.keys().find(signature.name, signature.id))
      continue;
    bool there = std::any_of(record.signers.begin(), record.signers.end(), [&](const RecordSigner& signer) {
      // The whole of a stranger's: garbage under a name keeps nobody out.
      if (signer.key == kStranger) return book.strangers()[signer.stranger] == signature;
      const VerifierKey& key = book.keys()[signer.key].key;
      return key.name == signature.name && key.id == signature.id;
    });
    if (!there) return std::nullopt;
  }
  return Appended{record.first, true, 0};
}

std::vector<SignatureCheck> check_signatures(const RecordBook& book, const Candidate& candidate) {
  std::vector<SignatureCheck> checks;
  for (std::size_t i = 0; i < candidate.entry.signatures.size(); ++i) {
    const NoteSignature& signature = candidate.entry.signatures[i];
    auto index = book.keys().find(signature.name, signature.id);
    if (!index) {
      checks.push_back(SignatureCheck::unknown_key);
      continue;
    }
    const VerifierKey& key = book.keys()[*index].key;
    const Candidate::Tried& tried = candidate.tried[i];
    bool good = tried.under == key.key ? tried.good : verify_note_signature(entry_text(candidate.note), signature, key);
    checks.push_back(good ? SignatureCheck::good : SignatureCheck::bad);
  }
  return checks;
}

}  // namespace scrutineer
