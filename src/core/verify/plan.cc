#include "core/verify/plan.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

std::string key_lookup(std::string_view name, const KeyId& id) {
  std::string out(reinterpret_cast<const char*>(id.data()), id.size());
  return out.append(name);
}

}  // namespace

Result<Trust> parse_trust(const TrustFiles& files) {
  Trust trust;
  Sha256 digest;
  auto policy = parse_policy(files.policy);
  if (!policy) return tl::unexpected(placed(policy.error(), "trust/policy"));
  trust.policy = std::move(*policy);
  auto roots = parse_roots(files.roots);
  if (!roots) return tl::unexpected(placed(roots.error(), "trust"));
  trust.roots = std::move(*roots);
  auto election = parse_election_file(files.election);
  if (!election) return tl::unexpected(placed(election.error(), "trust"));
  trust.election = *election;
  for (const Bytes* file : {&files.policy, &files.roots, &files.election}) digest.update(sha256(*file).view());
  for (const auto& [name, bytes] : files.seen) {
    auto checkpoint = parse_checkpoint(bytes);
    if (!checkpoint) return tl::unexpected(placed(checkpoint.error(), name));
    trust.seen.emplace_back(name, std::move(*checkpoint));
    digest.update(sha256(bytes).view());
  }
  trust.digest = digest.finish();
  return trust;
}

void Part::absorb(Part&& other) {
  report.absorb(other.report);
  std::move(other.verdicts.begin(), other.verdicts.end(), std::back_inserter(verdicts));
  std::move(other.proofs.begin(), other.proofs.end(), std::back_inserter(proofs));
}

Result<std::unique_ptr<Plan>> Plan::open(BundleSource& source, Trust trust) {
  std::unique_ptr<Plan> plan(new Plan(source, std::move(trust)));
  SCRUTINEER_CHECKED(plan->read_manifest());
  SCRUTINEER_CHECKED(plan->read_checkpoint());
  plan->list_extra_files();
  SCRUTINEER_CHECKED(plan->check_extent());
  plan->read_entries();
  plan->read_tiles();
  plan->collect_keys();
  return plan;
}

Status Plan::read_manifest() {
  SCRUTINEER_TRY(Bytes bytes, source_.read(kManifestPath, limits::kManifestBytes));
  manifest_hash_ = blob_hash(bytes);
  auto note = parse_note(bytes);
  if (!note) return tl::unexpected(placed(note.error(), kManifestPath));
  manifest_note_ = std::move(*note);
  auto manifest = parse_manifest_text(manifest_note_.text);
  if (!manifest) return tl::unexpected(placed(manifest.error(), kManifestPath));
  manifest_ = std::move(*manifest);
  if (manifest_.election != trust_.election)
    opening_.fail(CheckId::definition, kManifestPath,
                  "this bundle is of another election: " + to_hex(manifest_.election));
  return {};
}

Status Plan::read_checkpoint() {
  SCRUTINEER_TRY(Bytes bytes, source_.read(kCheckpointPath, limits::kCheckpointBytes));
  auto checkpoint = parse_checkpoint(bytes);
  if (!checkpoint) return tl::unexpected(placed(checkpoint.error(), kCheckpointPath));
  checkpoint_ = std::move(*checkpoint);
  opening_.count(CheckId::checkpoint);
  auto witnessing = evaluate(trust_.policy, checkpoint_);
  if (!witnessing) {
    opening_.fail(CheckId::checkpoint, kCheckpointPath, witnessing.error().message);
  } else if (!witnessing->quorum_met) {
    opening_.fail(CheckId::checkpoint, kCheckpointPath,
                  "witnessed by " + std::to_string(witnessing->cosigned) + " of " + std::to_string(witnessing->known) +
                      ": fewer than the policy's quorum");
  } else if (!witnessing->quorum_required) {
    opening_.notice(CheckId::checkpoint, kCheckpointPath, "the policy asks for no witnesses (quorum none)");
  }
  return {};
}

// The size that a checkpoint states is anybody's number until the tree is checked, and decides how much memory is asked
// for. A few missing files are findings; a log of which hardly anything is there is not a bundle.
Status Plan::check_extent() const {
  std::uint64_t most = (entry_bundles_ + kBundlesMissed) * kTileWidth;
  if (checkpoint_.checkpoint.size <= most) return {};
  return fail(ErrorCode::limit_exceeded,
              "the checkpoint is of a log of " + std::to_string(checkpoint_.checkpoint.size) +
                  " entries, and the files here hold at most " + std::to_string(entry_bundles_ * kTileWidth),
              kCheckpointPath);
}

void Plan::list_extra_files() {
  auto found = source_.list();
  if (!found) return opening_.fail(CheckId::extra_files, "", found.error().message);
  auto named = manifest_.files.begin();  // both lists are sorted
  for (const std::string& path : *found) {
    opening_.count(CheckId::extra_files);
    entry_bundles_ += path.starts_with("tile/entries/");
    while (named != manifest_.files.end() && named->path < path) ++named;
    if (path != kManifestPath && (named == manifest_.files.end() || named->path != path))
      opening_.fail(CheckId::extra_files, path, "this file is not in the manifest");
  }
}

void Plan::read_entries() {
  std::uint64_t size = checkpoint_.checkpoint.size;
  entries_.resize(size);
  parsed_.resize(size);
  bundles_.resize((size + kTileWidth - 1) / kTileWidth);
  for (std::uint64_t index = 0; index < bundles_.size(); ++index) {
    BundleId id{index, tile_width(size, 0, index)};
    std::string path = bundle_path(id);
    auto bytes = manifest_.find(path) ? source_.read(path, kTileWidth * (limits::kEntryBytes + 2))
                                      : fail(ErrorCode::not_found, "missing");
    if (!bytes) {
      opening_.fail(CheckId::entries, path,
                    "the entries from " + std::to_string(index * kTileWidth) + " on are missing");
      continue;
    }
    bundles_[index] = std::move(*bytes);
    auto views = parse_bundle(bundles_[index], id.width);
    if (!views) {
      opening_.fail(CheckId::entries, path, views.error().message);
      bundles_[index].clear();
      continue;
    }
    std::copy(views->begin(), views->end(), entries_.begin() + static_cast<std::ptrdiff_t>(index * kTileWidth));
  }
}

void Plan::read_tiles() {
  std::uint64_t size = checkpoint_.checkpoint.size;
  for (unsigned level = 0; level < kTileLevels && tile_hashes(size, level) > 0; ++level) {
    auto& hashes = tiles_.emplace_back(tile_hashes(size, level));
    for (std::uint64_t index = 0; index * kTileWidth < hashes.size(); ++index) {
      TileId id{level, index, tile_width(size, level, index)};
      std::string path = tile_path(id);
      auto bytes =
          manifest_.find(path) ? source_.read(path, kTileWidth * kHashBytes) : fail(ErrorCode::not_found, "missing");
      auto tile = bytes ? parse_tile(*bytes, id.width) : fail(ErrorCode::not_found, "this tile is missing");
      if (!tile) {
        opening_.fail(CheckId::tiles, path, tile.error().message);
        continue;
      }
      std::copy(tile->begin(), tile->end(), hashes.begin() + static_cast<std::ptrdiff_t>(index * kTileWidth));
    }
  }
}

std::optional<NodeHash> Plan::tile_hash(unsigned level, std::uint64_t index) const {
  if (level >= tiles_.size() || index >= tiles_[level].size()) return std::nullopt;
  const NodeHash& hash = tiles_[level][index];
  if (hash == NodeHash{}) return std::nullopt;  // its tile was missing: nothing hashes to zeros
  return hash;
}

// Signatures can be checked file by file only if all keys are known first. Roots and whatever key a grant names,
// whether or not that grant is worth anything: that is for the fold to say.
void Plan::collect_keys() {
  for (const VerifierKey& root : trust_.roots.keys) keys_[key_lookup(root.name, root.id)].push_back(root);
  constexpr std::string_view kGrant = "scrutineer/grant/";
  for (std::uint64_t position = 0; position < entries_.size(); ++position) {
    if (!entries_[position].starts_with(kGrant)) continue;
    auto entry = parsed(position);
    if (!entry) continue;
    const VerifierKey& key = std::get<Grant>((*entry)->record.body).key;
    auto& same_name = keys_[key_lookup(key.name, key.id)];
    if (std::find(same_name.begin(), same_name.end(), key) == same_name.end()) same_name.push_back(key);
  }
}

Result<const ParsedEntry*> Plan::parsed(std::uint64_t position) {
  if (!parsed_[position]) {
    SCRUTINEER_TRY(ParsedEntry entry, parse_entry(entries_[position]));
    parsed_[position] = std::make_unique<ParsedEntry>(std::move(entry));
  }
  return parsed_[position].get();
}

const std::vector<VerifierKey>& Plan::named_keys(std::string_view name, const KeyId& id) const {
  static const std::vector<VerifierKey> none;
  auto found = keys_.find(key_lookup(name, id));
  return found == keys_.end() ? none : found->second;
}

}  // namespace scrutineer
