#include "tests/tamper/forge.h"

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/merkle/memory_tree_for_test.h"
#include "core/merkle/tile.h"
#include "core/merkle/tlog_proof.h"
#include "core/results/claims.h"
#include "core/verify/manifest.h"

namespace scrutineer::tamper {
namespace {

constexpr const char* kClaimedAt = "2031-03-05T23:59:00+09:00";

MemoryTree tree_of(const std::vector<Bytes>& entries) {
  MemoryTree tree;
  for (const Bytes& entry : entries) tree.add(entry);
  return tree;
}

void put_proofs(const std::vector<Bytes>& entries, const Election& election, const ElectionFold& fold, Files& out) {
  MemoryTree tree = tree_of(entries);
  SignedCheckpoint checkpoint = parse_checkpoint(out.at(kCheckpointPath)).value();
  for (UnitIndex unit = 0; unit < election.tree().units().size(); ++unit) {
    const Cell& cell = fold.tally().cell(0, unit);
    if (cell.state != CellState::counted) continue;
    Position at = carried_at(fold.book().records()[cell.versions[cell.current].record]);
    TlogProof proof{{}, at, inclusion_proof(tree, at, tree.size()).value(), checkpoint};
    out[proof_path(election.tree().units()[unit].row, 0)] = to_bytes(proof);
  }
}

}  // namespace

void put_log(const std::vector<Bytes>& entries, const std::string& origin, Signer& key, Files& out) {
  MemoryTree tree = tree_of(entries);
  for (std::uint64_t index = 0; index * kTileWidth < entries.size(); ++index) {
    BundleId id{index, tile_width(entries.size(), 0, index)};
    Bytes& bundle = out[bundle_path(id)];
    for (unsigned i = 0; i < id.width; ++i) append_bundle_entry(bundle, entries[index * kTileWidth + i]);
  }
  for (unsigned level = 0; tile_hashes(entries.size(), level) > 0; ++level) {
    std::uint64_t span = std::uint64_t{1} << (kTileHeight * level);
    for (std::uint64_t index = 0; index * kTileWidth < tile_hashes(entries.size(), level); ++index) {
      TileId id{level, index, tile_width(entries.size(), level, index)};
      Bytes& tile = out[tile_path(id)];
      for (std::uint64_t i = index * kTileWidth; i < index * kTileWidth + id.width; ++i)
        tile += tree.mth(i * span, (i + 1) * span).view();
    }
  }
  Checkpoint checkpoint{origin, entries.size(), tree.mth(0, entries.size())};
  out[kCheckpointPath] = to_bytes(sign_checkpoint(checkpoint, key).value());
}

Forge::Forge(std::size_t units, const std::string& seed)
    : seed_(seed), simulated_(simulate(units, seed)), election_(election_of(simulated_)) {
  entries = simulated_.make(0, simulated_.size());
  log_name = log_key = simulated_.keys().front().vkey.name;
  manifest_election = simulated_.election();
  for (std::size_t i = setup(); i < entries.size(); ++i) {
    ParsedEntry entry = parse_entry(entries[i]).value();
    const std::string& signer = entry.signatures.front().name;
    if (auto* sheet = std::get_if<CountSheet>(&entry.record.body))
      stations_.push_back({signer.substr(0, signer.rfind('/')), i, *sheet, entry.record.at.value_or("")});
  }
}

TrustFiles Forge::trust() const {
  TrustFiles given = trust_of(simulated_);
  given.seen = seen;
  return given;
}

std::unique_ptr<Signer> Forge::signer(const std::string& name) const {
  std::size_t other = name.find('~');
  std::string word = other == name.npos ? name : name.substr(other + 1);
  return make_signer(key_of(other == name.npos ? seed_ : "attacker", word)).value();
}

VerifierKey Forge::vkey(const std::string& name) const {
  return make_vkey(name.substr(0, name.find('~')), signer(name)->public_key()).value();
}

NoteSignature Forge::signature(const std::string& text, const std::string& name) const {
  if (name.starts_with('!')) {
    VerifierKey key = vkey(name.substr(1));
    return {key.name, key.id, Bytes(64, 'x')};
  }
  return sign_note(text, name.substr(0, name.find('~')), *signer(name)).value();
}

std::string Forge::text(RecordBody body, const std::string& at) const {
  return record_text(Record{simulated_.election(), at, std::move(body)});
}

Bytes Forge::sign(const std::string& text, const std::vector<std::string>& names) const {
  std::vector<NoteSignature> signatures;
  for (const std::string& name : names) signatures.push_back(signature(text, name));
  return entry_bytes(text, std::move(signatures)).value();
}

std::size_t Forge::grant_of(const std::string& name) const {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto entry = parse_entry(entries[i]);
    auto* grant = entry ? std::get_if<Grant>(&entry->record.body) : nullptr;
    if (grant && grant->key.name == name) return i;
  }
  panic("nobody granted anything to this name");
}

// As a verifier folds, but that what is no record is passed over.
std::unique_ptr<ElectionFold> Forge::fold(const std::vector<Bytes>& log) const {
  auto feed = [&](ElectionFold& into) -> Status {
    for (Position position = 0; position < log.size(); ++position) {
      auto entry = parse_entry(log[position]);
      if (!entry) continue;
      std::string_view text = entry_text(log[position]);
      std::vector<SignatureCheck> checks;
      for (const NoteSignature& signature : entry->signatures) {
        auto key = into.book().keys().find(signature.name, signature.id);
        bool good = key && verify_note_signature(text, signature, into.book().keys()[*key].key);
        checks.push_back(!key ? SignatureCheck::unknown_key : good ? SignatureCheck::good : SignatureCheck::bad);
      }
      into.apply(position, *entry, text, checks);
    }
    return {};
  };
  return stable_fold(election_, simulated_.roots(), feed).value();
}

Bytes Forge::claim_entry(Files& out, const ElectionFold& fold) const {
  ResultClaim body{as_of.value_or(static_cast<std::int64_t>(entries.size())), {}};
  Files written;
  std::map<std::string, std::string> types;
  for (const ClaimTask& task : claim_tasks(fold.tally(), kClaimedAt, body.as_of)) {
    written[task.path] = task.write().value();
    types[task.path] = task.type;
  }
  if (claims) claims(written);
  for (const auto& [path, bytes] : written) {
    std::string type = types.contains(path) ? types[path] : "text/plain";
    body.files.push_back({path, {blob_hash(bytes), static_cast<std::int64_t>(bytes.size()), type}});
    out[path] = bytes;
  }
  if (claim) claim(body);
  return sign(text(std::move(body), kClaimedAt), claim_signers);
}

Files Forge::make() {
  Files out;
  std::vector<Bytes> log = entries;
  auto folded = fold(pretended.empty() ? entries : pretended);
  if (as_of && pretended.empty())
    folded = fold({entries.begin(), entries.begin() + std::min<std::ptrdiff_t>(*as_of, std::ssize(entries))});
  Bytes claim_record = claim_entry(out, *folded);
  if (claimed) log.push_back(std::move(claim_record));
  log.insert(log.end(), later.begin(), later.end());
  auto key = signer(log_key);
  put_log(log, log_name, *key, out);
  put_proofs(log, election_, *folded, out);
  for (const Bytes* blob : {&simulated_.units_blob(), &simulated_.options_blob(), &simulated_.rules_blob()})
    out[blob_path(blob_hash(*blob))] = *blob;
  if (files) files(out);
  Manifest manifest{manifest_election, {}};
  for (const auto& [path, bytes] : out)
    if (path != kManifestPath) manifest.files.push_back({path, bytes.size(), blob_hash(bytes)});
  std::string text = to_text(manifest);
  out[kManifestPath] = to_bytes(SignedNote{text, {signature(text, manifest_signer)}});
  made = out;
  return out;
}

}  // namespace scrutineer::tamper
