// A bundle in memory, made from a small world and verified like any other.
#pragma once

#include <map>

#include "core/merkle/memory_tree_for_test.h"
#include "core/merkle/tlog_proof.h"
#include "core/results/claims.h"
#include "core/verify/conclude.h"
#include "tests/support/script.h"

namespace scrutineer::testing {

class MapSource final : public BundleSource {
 public:
  std::map<std::string, Bytes> files;

  Result<std::vector<std::string>> list() override {
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : files) paths.push_back(path);
    return paths;
  }
  Result<Bytes> read(const std::string& path, std::size_t limit) override {
    auto found = files.find(path);
    if (found == files.end()) return fail(ErrorCode::not_found, "there is no such file", path);
    if (found->second.size() > limit) return fail(ErrorCode::limit_exceeded, "this file is too large", path);
    return found->second;
  }
};

struct Bundle {
  static constexpr const char* kOrigin = "log.example/test";
  MapSource source;
  TrustFiles trust;
  std::string publisher = "pub";

  static TrustFiles trust_of(const World& world) {
    VerifierKey log = make_vkey(kOrigin, signer_from("log")->public_key()).value();
    return {
        "log " + to_string(log) + "\nquorum none\n", to_text(world.roots()), to_hex(world.election().id()) + "\n", {}};
  }

  // Puts the manifest in place again, signed by `publisher`: after something was changed, as a publisher would.
  void seal(const World& world) {
    source.files.erase("manifest");
    Manifest manifest{world.election().id(), {}};
    for (const auto& [path, bytes] : source.files) manifest.files.push_back({path, bytes.size(), blob_hash(bytes)});
    source.files["manifest"] = World::entry(to_text(manifest), {publisher});
  }

  Report verify() {
    auto parsed = parse_trust(trust);
    REQUIRE(parsed.has_value());
    auto plan = Plan::open(source, std::move(*parsed));
    REQUIRE_MESSAGE(plan.has_value(), (plan ? "" : to_string(plan.error())));
    Part part;
    for (std::size_t file = 0; file < (*plan)->files(); ++file) (*plan)->check(file, part);
    return conclude(**plan, std::move(part));
  }

  // The failures, one a line: "check | where | message".
  static std::string failures(const Report& report) {
    std::string out;
    for (const Finding& finding : report.findings())
      if (finding.severity == Severity::failure)
        out += std::string(kCheckNames[static_cast<std::size_t>(finding.check)]) + " | " + finding.where + " | " +
               finding.message + "\n";
    return out;
  }
};

inline void put_tiles(const std::vector<Bytes>& entries, MapSource& source) {
  MemoryTree tree;
  for (const Bytes& entry : entries) tree.add(entry);
  for (std::uint64_t index = 0; index * kTileWidth < entries.size(); ++index) {
    BundleId id{index, tile_width(entries.size(), 0, index)};
    Bytes bundle;
    for (unsigned i = 0; i < id.width; ++i) append_bundle_entry(bundle, entries[index * kTileWidth + i]);
    source.files[bundle_path(id)] = bundle;
  }
  for (unsigned level = 0; tile_hashes(entries.size(), level) > 0; ++level) {
    std::uint64_t span = std::uint64_t{1} << (kTileHeight * level);
    for (std::uint64_t index = 0; index * kTileWidth < tile_hashes(entries.size(), level); ++index) {
      TileId id{level, index, tile_width(entries.size(), level, index)};
      Bytes& tile = source.files[tile_path(id)];
      for (std::uint64_t i = index * kTileWidth; i < index * kTileWidth + id.width; ++i)
        tile += tree.mth(i * span, (i + 1) * span).view();
    }
  }
  Checkpoint checkpoint{Bundle::kOrigin, entries.size(), tree.mth(0, entries.size())};
  source.files["checkpoint"] = to_bytes(sign_checkpoint(checkpoint, *signer_from("log")).value());
}

inline void put_proofs(const World& world, const ElectionFold& fold, MapSource& source) {
  MemoryTree tree;
  for (const Bytes& entry : world.entries()) tree.add(entry);
  SignedCheckpoint checkpoint = parse_checkpoint(source.files["checkpoint"]).value();
  for (ContestIndex contest = 0; contest < world.election().contests().size(); ++contest) {
    for (UnitIndex unit = 0; unit < world.election().tree().units().size(); ++unit) {
      const Cell& cell = fold.tally().cell(contest, unit);
      if (cell.state != CellState::counted) continue;
      Position effect = fold.book().records()[cell.versions[cell.current].record].effect;
      TlogProof proof{{}, effect, inclusion_proof(tree, effect, tree.size()).value(), checkpoint};
      source.files[proof_path(world.election().tree().units()[unit].row, contest)] = to_bytes(proof);
    }
  }
}

// Everything that is in the script so far, claimed, logged and published. The script needs a publisher "pub". `tamper`
// may change the claim files before they are hashed into the claim, as a dishonest publisher would.
inline Bundle publish(Script& script, const std::function<void(std::map<std::string, Bytes>&)>& tamper = {}) {
  World& world = script.world();
  Bundle bundle;
  bundle.trust = Bundle::trust_of(world);
  auto& files = bundle.source.files;
  ResultClaim claim{static_cast<std::int64_t>(world.entries().size()), {}};
  const std::string at = "2025-06-03T22:00:00+09:00";
  std::map<std::string, Bytes> claims;
  for (const ClaimTask& task : claim_tasks(script.fold().tally(), at, claim.as_of))
    claims[task.path] = task.write().value();
  if (tamper) tamper(claims);
  for (const auto& [path, bytes] : claims) {
    claim.files.push_back({path, blob_of(bytes, "text/plain")});
    files[path] = bytes;
  }
  world.append(world.text(claim, at), {"pub"});
  for (const std::string& blob : {world.country().unit_table(), world.country().option_table(), world.country().rules})
    files[blob_path(blob_hash(blob))] = blob;
  put_tiles(world.entries(), bundle.source);
  put_proofs(world, script.fold(), bundle.source);
  bundle.seal(world);
  return bundle;
}

}  // namespace scrutineer::testing
