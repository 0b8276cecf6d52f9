#include "core/verify/judge.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/verify/claim_diff.h"

namespace scrutineer {
namespace {

constexpr std::string_view kTranscribed = "transcribed";  // the label of a signing alternative

std::string at(Position position, const RecordId& record) {
  return "entry " + std::to_string(position) + ", record " + to_hex(record);
}

std::string signers_of(const RecordBook& book, const RecordState& record) {
  std::string out;
  for (const RecordSigner& signer : record.signers) {
    out += out.empty() ? "signed by " : ", ";
    out += signer.key == kStranger ? book.strangers()[signer.stranger].name : book.keys()[signer.key].key.name;
    out.append(" (").append(kSignerStateNames[static_cast<std::size_t>(signer.state)]).append(")");
  }
  return out;
}

}  // namespace

void Judge::definition(const RecordBook& book) {
  if (!book.definition_in_effect())
    report.fail(CheckId::definition, to_hex(election.id()), "too few of the trusted roots signed the definition");
}

// The manifest is signed outside the log, now: by keys that may now sign a result claim.
void Judge::publisher(const RecordBook& book) {
  report.count(CheckId::manifest_signature);
  std::vector<KeyIndex> signers;
  for (const NoteSignature& signature : plan.manifest_note().signatures) {
    auto key = book.keys().find(signature.name, signature.id);
    if (!key) continue;
    if (!verify_note_signature(plan.manifest_note().text, signature, book.keys()[*key].key))
      return report.fail(CheckId::manifest_signature, kManifestPath,
                         "the signature by " + signature.name + " does not verify");
    signers.push_back(*key);
  }
  if (!book.would_be_met(RecordType::result_claim, signers, kNever - 1))
    report.fail(CheckId::manifest_signature, kManifestPath,
                "nobody who may publish results signed the list of files (" +
                    (plan.manifest_note().signatures.empty() ? std::string("nobody")
                                                             : plan.manifest_note().signatures[0].name) +
                    " did)");
}

void Judge::issues(const RecordBook& book) {
  for (const Issue& issue : book.issues()) {
    bool wrong = issue.code == IssueCode::bad_signature || issue.code == IssueCode::other_election ||
                 issue.code == IssueCode::other_definition;
    CheckId check = issue.code == IssueCode::bad_signature ? CheckId::signatures : CheckId::entries;
    std::string message = std::string(kIssueCodeNames[static_cast<std::size_t>(issue.code)]) + ": " + issue.detail;
    if (wrong)
      report.fail(check, at(issue.position, issue.record), message);
    else
      report.notice(check, at(issue.position, issue.record), message);
  }
  for (const RecordState& record : book.records()) {
    if (record.effect == kNever) {
      report.notice(CheckId::entries, at(record.first, record.id),
                    std::string(record_type_name(record.type)) + " not in effect: " + signers_of(book, record));
      continue;
    }
    bool doubtful = std::any_of(record.signers.begin(), record.signers.end(),
                                [](const RecordSigner& signer) { return signer.state != SignerState::authorised; });
    if (doubtful)
      report.notice(CheckId::signatures, at(record.first, record.id),
                    std::string(record_type_name(record.type)) + " in effect, " + signers_of(book, record));
  }
}

void Judge::claim(const ClaimInEffect& claim, const Tally& tally) {
  report.facts.emplace_back("claim", to_hex(claim.id));
  report.facts.emplace_back("claimed as of", std::to_string(claim.claim.as_of));
  report.facts.emplace_back("claimed at", claim.at.value_or("not stated"));
  std::vector<ClaimTask> expected = claim_tasks(tally, claim.at.value_or(""), claim.claim.as_of);
  std::vector<Result<std::string>> computed(expected.size(), fail(ErrorCode::not_found, "not computed"));
  std::vector<std::function<void()>> tasks;
  for (std::size_t i = 0; i < expected.size(); ++i) tasks.push_back([&, i] { computed[i] = expected[i].write(); });
  run(tasks);

  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string& path = expected[i].path;
    report.count(CheckId::claimed_values);
    auto stated = std::find_if(claim.claim.files.begin(), claim.claim.files.end(),
                               [&](const ClaimFile& file) { return file.path == path; });
    if (stated == claim.claim.files.end()) {
      report.fail(CheckId::claim, to_hex(claim.id), "the claim does not name " + path);
      continue;
    }
    const ManifestFile* file = plan.manifest().find(path);
    if (!file || file->sha256 != stated->blob.sha256 || static_cast<std::int64_t>(file->size) != stated->blob.size)
      report.fail(CheckId::claim, path, "this file is not the one that the signed claim names");
    if (!computed[i]) {
      report.fail(CheckId::claimed_values, path, computed[i].error().message);
      continue;
    }
    auto bytes = plan.source().read(path, limits::kBlobBytes);
    if (!bytes)
      report.fail(CheckId::claimed_values, path, bytes.error().message);
    else if (*bytes != *computed[i])
      name_differences(path, *bytes, *computed[i], report);
  }
  // A second hash under the same path would be a second claim that nobody compares.
  const auto& named = claim.claim.files;
  for (auto file = named.begin(); file != named.end(); ++file)
    if (std::any_of(named.begin(), file, [&](const ClaimFile& earlier) { return earlier.path == file->path; }))
      report.fail(CheckId::claim, file->path, "the claim names this file twice");
  for (const ClaimFile& file : claim.claim.files)
    if (std::none_of(expected.begin(), expected.end(), [&](const ClaimTask& task) { return task.path == file.path; }))
      report.fail(CheckId::claim, file.path, "the claim names a file that this verifier cannot recompute");
  for (const ManifestFile& file : plan.manifest().files)
    if (file.path.starts_with("claims/") &&
        std::none_of(expected.begin(), expected.end(), [&](const ClaimTask& task) { return task.path == file.path; }))
      report.fail(CheckId::claim, file.path, "this file stands among the claims, and no signed claim is about it");
}

// By who signed it, whatever the sheet says of itself.
bool Judge::is_transcribed(const RecordState& record, const SheetVersion& version) const {
  const SigningRule* rule = election.signing_rule(record.type);
  bool signed_as = rule && record.alternative >= 0 &&
                   rule->any_of[static_cast<std::size_t>(record.alternative)].label == kTranscribed;
  return signed_as || version.how == HowCounted::transcribed;
}

void Judge::sheets(const Tally& tally, const RecordBook& book) {
  std::int64_t counted = 0, transcribed = 0, corrected = 0;
  for (ContestIndex contest = 0; contest < election.contests().size(); ++contest) {
    for (UnitIndex unit = 0; unit < election.tree().units().size(); ++unit) {
      const Cell& cell = tally.cell(contest, unit);
      std::string where = "unit " + election.tree().units()[unit].id.value() + ", contest " +
                          election.contests()[contest].definition.id.value();
      if (cell.state == CellState::conflict)
        report.notice(CheckId::sheets, where, "conflict: sheets contradict each other, none is in the totals");
      if (cell.state != CellState::counted) continue;
      report.count(CheckId::sheets);
      ++counted;
      if (cell.duplicate) report.notice(CheckId::sheets, where, "duplicate: several sheets say the same; counted once");
      const SheetVersion& version = cell.versions[cell.current];
      const RecordState& record = book.records()[version.record];
      transcribed += is_transcribed(record, version);
      corrected += cell.versions.size() > 1;
      if (const auto* refusals = tally.refusals(record.id))
        for (const auto& refusal : *refusals)
          report.notice(CheckId::sheets, where, "a member refused to sign: " + refusal.reason);
    }
  }
  auto all = static_cast<std::int64_t>(election.contests().size() * election.tree().units().size());
  report.facts.emplace_back("sheets counted", std::to_string(counted) + " of " + std::to_string(all));
  report.facts.emplace_back("transcribed, no station signature", std::to_string(transcribed));
  report.facts.emplace_back("corrected", std::to_string(corrected));
}

namespace {

// Where the entry is that carries the sheet that counts.
std::optional<Position> carried(const ElectionFold& fold, ContestIndex contest, UnitIndex unit) {
  if (fold.tally().state(contest, unit) != CellState::counted) return std::nullopt;
  return carried_at(fold.book().records()[*fold.tally().current(contest, unit)]);
}

}  // namespace

// A claim may be older than the log, and proofs follow the log: a proof is of the sheet that counted for the claim or
// of the one that counts at the end. Only a sheet that counts for both has to have one.
void Judge::proofs(const ElectionFold& claimed, const ElectionFold& now) {
  std::unordered_map<std::string, std::uint64_t> proved(part.proofs.begin(), part.proofs.end());
  std::unordered_set<std::string> wanted;
  for (ContestIndex contest = 0; contest < election.contests().size(); ++contest) {
    for (UnitIndex unit = 0; unit < election.tree().units().size(); ++unit) {
      auto then = carried(claimed, contest, unit), last = carried(now, contest, unit);
      if (!then && !last) continue;
      std::string path = proof_path(election.tree().units()[unit].row, contest);
      wanted.insert(path);
      auto found = proved.find(path);
      if (found == proved.end()) {
        if (then && last && !plan.manifest().find(path))
          report.fail(CheckId::proofs, path, "this unit's sheet has no proof file");
      } else if (found->second != then && found->second != last) {
        report.fail(CheckId::proofs, path,
                    "it proves entry " + std::to_string(found->second) + ", and the sheet is entry " +
                        std::to_string(then ? *then : *last));
      }
    }
  }
  // Whoever is handed a proof file takes it for that of a unit's sheet.
  for (const ManifestFile& file : plan.manifest().files)
    if (file.path.starts_with("proof/") && !wanted.contains(file.path))
      report.fail(CheckId::proofs, file.path, "this proof is of no counted sheet");
}

// Photographs and counts by others are handed in apart from the records that name them, may never be, and may have to
// be taken away again (a voter's face): what is missing is said, and nothing that is claimed depends on it.
void Judge::named_files(const RecordBook& book) {
  for (const RecordState& record : book.records()) {
    if (record.type != RecordType::attachment && record.type != RecordType::independent_tally) continue;
    if (record.effect == kNever) continue;
    auto entry = plan.parsed(record.first);
    if (!entry) continue;
    const auto* paper = std::get_if<Attachment>(&(*entry)->record.body);
    const BlobRef& blob = paper ? paper->blob : std::get<IndependentTally>((*entry)->record.body).blob;
    const ManifestFile* file = plan.manifest().find(blob_path(blob.sha256));
    if (!file)
      report.notice(CheckId::files, blob_path(blob.sha256),
                    "this file is not here, and " + at(record.first, record.id) + " names it");
    else if (static_cast<std::int64_t>(file->size) != blob.size)
      report.notice(CheckId::files, blob_path(blob.sha256),
                    "it has " + std::to_string(file->size) + " bytes, and " + at(record.first, record.id) + " says " +
                        std::to_string(blob.size));
  }
}

}  // namespace scrutineer
