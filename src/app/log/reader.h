// Reading a log: entries, tiles, proofs, look-ups. Opens a store read-only, beside the one writer, in any process.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/base/disk.h"
#include "core/merkle/checkpoint.h"
#include "core/merkle/proof.h"
#include "core/merkle/tile.h"

namespace scrutineer {

// Everything here is what the last signed checkpoint covers; refresh() moves on to a newer one. Whatever is handed out
// has been checked against that checkpoint's root, or against hashes that were: stored bytes that are not what was
// written give ErrorCode::corrupt, never wrong bytes. Thread-safe. Other errors: invalid_argument (an index or size
// beyond the checkpoint), io_error.
class LogReader {
 public:
  // `disk` must outlive the reader. Errors: not_found; corrupt (after a crash: open the log for writing once, which
  // repairs it).
  static Result<std::unique_ptr<LogReader>> open(Disk& disk, const std::string& path);
  ~LogReader();

  const VerifierKey& key() const;  // the log's; its name is the origin
  SignedCheckpoint checkpoint() const;
  std::uint64_t size() const;
  Status refresh();  // looks for a newer checkpoint (one small read)

  Result<Bytes> entry(std::uint64_t index) const;
  Result<LeafHash> entry_id(std::uint64_t index) const;

  // Entries [begin, end) in order, read in big pieces and checked. The view lives during the call. An error that
  // `visit` returns ends the reading and is returned.
  using Visit = std::function<Status(std::uint64_t index, BytesView entry)>;
  Status entries(std::uint64_t begin, std::uint64_t end, const Visit& visit) const;

  // Bytes as served. Error not_found: wider than the tree.
  Result<Bytes> tile(const TileId& id) const;
  Result<Bytes> bundle(const BundleId& id) const;

  Result<NodeHash> root(std::uint64_t size) const;
  Result<MerkleProof> inclusion_proof(std::uint64_t index, std::uint64_t size) const;
  Result<MerkleProof> consistency_proof(std::uint64_t a, std::uint64_t b) const;

  // Positions, ascending, of the entries that carry this record or are this entry; empty where there are none.
  Result<std::vector<std::uint64_t>> find(const RecordId& id) const;
  Result<std::vector<std::uint64_t>> find(const LeafHash& entry_id) const;

  // The published checkpoints (Log::publish), ascending in size. Proofs on public pages are made against the first
  // one that covers their entry, so that a page once made never changes.
  Result<std::vector<std::uint64_t>> published_sizes() const;
  Result<std::optional<Bytes>> first_published_covering(std::uint64_t index) const;  // the note; nullopt: not yet
  Result<std::optional<Bytes>> last_published() const;

 private:
  friend class StoreWriter;
  struct State;
  explicit LogReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace scrutineer
