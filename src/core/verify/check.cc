// One file of a bundle: its hash, and what its content has to be.
#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/merkle/tlog_proof.h"
#include "core/verify/plan.h"

namespace scrutineer {
namespace {

// Perfect subtrees of the log from the tiles of the bundle.
class PlanTiles final : public TileHashReader {
 public:
  explicit PlanTiles(const Plan& plan) : plan_(plan) {}
  Status read(unsigned level, std::uint64_t first, std::span<NodeHash> out) override {
    for (std::size_t i = 0; i < out.size(); ++i) {
      auto hash = plan_.tile_hash(level, first + i);
      if (!hash) return fail(ErrorCode::not_found, "a tile is missing");
      out[i] = *hash;
    }
    return {};
  }

 private:
  const Plan& plan_;
};

}  // namespace

std::optional<NodeHash> Plan::root(std::uint64_t size) const {
  PlanTiles tiles(*this);
  TileNodes nodes(tiles);
  auto root = root_at(nodes, size);
  if (!root) return std::nullopt;
  return *root;
}

// Most files of a bundle are small: they share one buffer. What a manifest says is large gets memory only if it is
// there.
Result<BytesView> Plan::read_stated(const ManifestFile& stated, Part& part) const {
  constexpr std::uint64_t kSmall = 1u << 20;
  if (stated.size <= kSmall)
    return source_.read_stated(stated.path, static_cast<std::size_t>(stated.size), part.buffer);
  SCRUTINEER_TRY(part.buffer, source_.read(stated.path, limits::kBlobBytes));
  return BytesView(part.buffer);
}

void Plan::check(std::size_t file, Part& part) {
  const ManifestFile& stated = manifest_.files[file];
  part.report.count(CheckId::files);
  auto bytes = read_stated(stated, part);
  if (!bytes) return part.report.fail(CheckId::files, stated.path, bytes.error().message);
  if (bytes->size() != stated.size || blob_hash(*bytes) != stated.sha256)
    part.report.fail(CheckId::files, stated.path, "this file is not what the manifest says");
  if (stated.path.starts_with("blob/") && stated.path != blob_path(stated.sha256))
    part.report.fail(CheckId::files, stated.path, "this blob is not the one that its name says");
  if (!stated.path.starts_with("tile/") && !stated.path.starts_with("proof/")) return;
  if (auto bundle = parse_bundle_path(stated.path)) return check_bundle(*bundle, stated.path, part);
  if (auto tile = parse_tile_path(stated.path)) return check_tile(*tile, stated.path, part);
  if (stated.path.starts_with("proof/")) return check_proof(stated.path, *bytes, part);
  part.report.fail(CheckId::tiles, stated.path, "this is no tile of a log");
}

void Plan::check_bundle(const BundleId& id, const std::string& path, Part& part) {
  if (id.index >= bundles_.size() || id.width != tile_width(checkpoint_.checkpoint.size, 0, id.index))
    return part.report.fail(CheckId::entries, path, "the log has no such entries at this size");
  if (bundles_[id.index].empty()) return;  // reported when it was read
  for (unsigned i = 0; i < id.width; ++i) check_entry(id.index * kTileWidth + i, part);
}

void Plan::check_entry(std::uint64_t position, Part& part) {
  std::string where = "entry " + std::to_string(position);
  part.report.count(CheckId::tiles);
  LeafHash leaf;
  auto entry = parsed(position);
  leaf = entry ? (*entry)->entry : leaf_hash(entries_[position]);
  if (tile_hash(0, position) != as_node(leaf))
    part.report.fail(CheckId::tiles, where, "the tile does not hold the hash of this entry");

  part.report.count(CheckId::entries);
  EntryVerdict verdict{position, {}, {}};
  if (!entry) {
    verdict.error = to_string(entry.error());
    if (entry.error().code == ErrorCode::unsupported)
      part.report.notice(CheckId::entries, where, verdict.error + " (a newer verifier may)");
    else
      part.report.fail(CheckId::entries, where, verdict.error);
    part.verdicts.push_back(std::move(verdict));
    return;
  }
  const auto& signatures = (*entry)->signatures;
  auto text = entries_[position].substr(0, entries_[position].rfind("\n\n") + 1);
  for (std::uint32_t i = 0; i < signatures.size(); ++i) {
    const auto& keys = named_keys(signatures[i].name, signatures[i].id);
    part.report.count(CheckId::signatures);
    bool good = std::any_of(keys.begin(), keys.end(),
                            [&](const VerifierKey& key) { return verify_note_signature(text, signatures[i], key); });
    if (!good) verdict.not_good.emplace_back(i, !keys.empty());
  }
  if (!verdict.not_good.empty()) part.verdicts.push_back(std::move(verdict));
}

// Entries are compared with level 0 entry by entry; every other tile with the tiles below it. All as they were read
// once, by open(): a file that changes between two readings cannot be one thing to the root and another to the entries.
void Plan::check_tile(const TileId& id, const std::string& path, Part& part) {
  std::uint64_t size = checkpoint_.checkpoint.size;
  if (id.width != tile_width(size, id.level, id.index))
    return part.report.fail(CheckId::tiles, path, "the log has no such tile at this size");
  if (id.level == 0) return;
  PlanTiles below(*this);
  for (unsigned i = 0; i < id.width; ++i) {
    part.report.count(CheckId::tiles);
    auto stated = tile_hash(id.level, id.index * kTileWidth + i);
    if (!stated) return;  // reported when it was read
    std::vector<NodeHash> children(kTileWidth);
    auto read = below.read(id.level - 1, (id.index * kTileWidth + i) * kTileWidth, children);
    if (!read || fold_perfect(children) != *stated) {
      part.report.fail(CheckId::tiles, path, "hash " + std::to_string(i) + " is not that of the tile below it");
      return;
    }
  }
}

// A frozen checkpoint is as good as the present one if the policy accepts it and this log continues it.
const std::optional<Error>& Plan::judge_checkpoint(const SignedCheckpoint& checkpoint, Part& part) const {
  auto [known, is_new] = part.checkpoints.try_emplace(to_bytes(checkpoint.note));
  std::optional<Error>& verdict = known->second;
  if (!is_new) return verdict;
  const Checkpoint& then = checkpoint.checkpoint;
  if (auto witnessing = evaluate(trust_.policy, checkpoint); !witnessing)
    verdict = witnessing.error();
  else if (then.size > checkpoint_.checkpoint.size)
    verdict = Error{ErrorCode::conflict, "its checkpoint is larger than this bundle's", {}};
  else if (root(then.size) != then.root || then.origin != checkpoint_.checkpoint.origin)
    verdict = Error{ErrorCode::conflict, "this log does not continue its checkpoint", {}};
  return verdict;
}

void Plan::check_proof(const std::string& path, BytesView bytes, Part& part) {
  part.report.count(CheckId::proofs);
  auto proof = parse_tlog_proof(bytes);
  if (!proof) return part.report.fail(CheckId::proofs, path, proof.error().message);
  if (const auto& error = judge_checkpoint(proof->checkpoint, part))
    return part.report.fail(CheckId::proofs, path, error->message);
  if (proof->index >= entries_.size())
    return part.report.fail(CheckId::proofs, path, "it is about an entry that this bundle does not hold");
  // From the tile, which check_entry() compares with the entry itself: another thread may be parsing that one now.
  LeafHash entry{tile_hash(0, proof->index).value_or(NodeHash{}).hash};
  const Checkpoint& checkpoint = proof->checkpoint.checkpoint;
  auto verified = verify_inclusion(entry, proof->index, checkpoint.size, proof->hashes, checkpoint.root);
  if (!verified) return part.report.fail(CheckId::proofs, path, verified.error().message);
  part.proofs.emplace_back(path, proof->index);
}

}  // namespace scrutineer
