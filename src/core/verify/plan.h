// Verifying a bundle in three steps: open() reads what everything else needs; check() looks at one file after another
// and can be spread over threads, processes and people; conclude() (conclude.h) folds the entries and compares the
// claims.
#pragma once

#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/authority/keys.h"
#include "core/authority/trust.h"
#include "core/merkle/policy.h"
#include "core/merkle/tile.h"
#include "core/record/record.h"
#include "core/verify/manifest.h"
#include "core/verify/report.h"
#include "core/verify/source.h"

namespace scrutineer {

// What one person's trust directory says, parsed.
struct Trust {
  Policy policy;
  Roots roots;
  RecordId election;
  std::vector<std::pair<std::string, SignedCheckpoint>> seen;
  Hash256 digest;  // of the four together: parts of a split verification must agree on it
};
Result<Trust> parse_trust(const TrustFiles& files);

// The verdict on one entry; good unless it says otherwise.
struct EntryVerdict {
  std::uint64_t position = 0;
  std::string error;  // it is no record: why
  // Of its signatures, those that are not good: index, and whether a known key made it.
  std::vector<std::pair<std::uint32_t, bool>> not_good;
  friend bool operator==(const EntryVerdict&, const EntryVerdict&) = default;
};

// What check() found about some of the files. Parts add up in any order; conclude() sorts.
struct Part {
  Report report;
  std::vector<EntryVerdict> verdicts;                         // entries that are not wholly good, by position
  std::vector<std::pair<std::string, std::uint64_t>> proofs;  // proof file, index that it proves
  // Checkpoints that proof files carry: a handful, each in thousands of files, each verified once a part. Not kept.
  std::map<Bytes, std::optional<Error>> checkpoints;
  Bytes buffer;  // for the bytes of one file after another. Not kept
  void absorb(Part&& other);
};

// Entry bundles that may be missing before a bundle is refused as a whole.
inline constexpr std::uint64_t kBundlesMissed = 4'096;

class Plan {
 public:
  // Reads manifest, checkpoint, entries and tiles. What is wrong goes into opening(); an error means that nothing can
  // be checked at all (no manifest, no checkpoint, hardly any of the entries).
  static Result<std::unique_ptr<Plan>> open(BundleSource& source, Trust trust);

  const Trust& trust() const { return trust_; }
  const Manifest& manifest() const { return manifest_; }
  const SignedNote& manifest_note() const { return manifest_note_; }
  const BlobHash& manifest_hash() const { return manifest_hash_; }
  const SignedCheckpoint& checkpoint() const { return checkpoint_; }
  const Report& opening() const { return opening_; }
  BundleSource& source() const { return source_; }

  // Files to check, as indexes into manifest().files. One call a file; thread-safe for different files. Remembers
  // parsed entries for conclude().
  std::size_t files() const { return manifest_.files.size(); }
  void check(std::size_t file, Part& part);

  // Log entries as bytes; empty view: missing (and reported).
  std::uint64_t entries() const { return entries_.size(); }
  BytesView entry(std::uint64_t position) const { return entries_[position]; }
  // Parsed by check(), or now. Error: what keeps it from being a record.
  Result<const ParsedEntry*> parsed(std::uint64_t position);
  // Keys that any grant in the log names, by name and key id: enough to verify signatures before anything is folded.
  const std::vector<VerifierKey>& named_keys(std::string_view name, const KeyId& id) const;
  // A hash of a tile, at level 0 that of one entry; nullopt where the tile is missing.
  std::optional<NodeHash> tile_hash(unsigned level, std::uint64_t index) const;
  // The root of the first `size` entries, from tiles; nullopt where some are missing or the log is shorter.
  std::optional<NodeHash> root(std::uint64_t size) const;

 private:
  Plan(BundleSource& source, Trust trust) : source_(source), trust_(std::move(trust)) {}
  Status read_manifest();
  Status read_checkpoint();
  Status check_extent() const;
  void read_entries();
  void read_tiles();
  void collect_keys();
  void list_extra_files();
  Result<BytesView> read_stated(const ManifestFile& stated, Part& part) const;
  void check_bundle(const BundleId& id, const std::string& path, Part& part);
  void check_entry(std::uint64_t position, Part& part);
  void check_tile(const TileId& id, const std::string& path, Part& part);
  void check_proof(const std::string& path, BytesView bytes, Part& part);
  const std::optional<Error>& judge_checkpoint(const SignedCheckpoint& checkpoint, Part& part) const;

  BundleSource& source_;
  Trust trust_;
  Manifest manifest_;
  SignedNote manifest_note_;
  BlobHash manifest_hash_;
  SignedCheckpoint checkpoint_;
  Report opening_;
  std::uint64_t entry_bundles_ = 0;  // files below tile/entries/ that are there
  std::vector<Bytes> bundles_;       // entry bundles by index; empty: missing or malformed
  std::vector<BytesView> entries_;   // views into bundles_
  std::vector<std::unique_ptr<ParsedEntry>> parsed_;
  std::vector<std::vector<NodeHash>> tiles_;  // by level: all hashes of the level's tiles, as stored
  std::unordered_map<std::string, std::vector<VerifierKey>> keys_;
};

}  // namespace scrutineer
