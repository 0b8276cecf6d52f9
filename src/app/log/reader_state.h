// What a LogReader holds; private to app/log.
#pragma once

#include <map>
#include <mutex>

#include "app/log/entries.h"
#include "app/log/ids.h"
#include "app/log/layout.h"
#include "app/log/nodes.h"
#include "app/log/published.h"
#include "app/log/reader.h"

namespace scrutineer {

// One checkpoint and the tree at its size; never changed, shared by whoever reads against it.
struct Snapshot {
  SignedCheckpoint checkpoint;
  Frontier frontier;
  std::uint64_t size() const { return frontier.size(); }
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

// Look-ups of identifiers in a process that does not write: the runs on disk, and the entries after them read into a
// table. Thread-safe.
class TailIds {
 public:
  TailIds(Disk& disk, const Layout& layout, File& entries, ColumnReader& columns)
      : disk_(disk), layout_(layout), entries_(entries), columns_(columns) {}
  Result<std::vector<std::uint64_t>> find(const Hash256& id, IdKind kind, std::uint64_t size);

 private:
  Status reload();
  Status extend(std::uint64_t size);
  Disk& disk_;
  Layout layout_;
  File& entries_;
  ColumnReader& columns_;
  std::mutex mutex_;
  IdRuns runs_;
  std::optional<IdTable> tail_;
  std::uint64_t end_ = 0;  // entries [runs_.covered(), end_) are in tail_
};

struct LogReader::State {
  State(Disk& d, const std::string& path) : disk(d), layout{path}, published(d, layout) {}
  Status open(VerifierKey log_key);

  SnapshotPtr snapshot() const;
  void advance(SnapshotPtr next);
  Result<Frontier> frontier(std::uint64_t size);  // compared with the checkpoint's root
  tl::unexpected<Error> damaged(std::string what);
  Result<std::vector<std::uint64_t>> find(const Hash256& id, IdKind kind, std::uint64_t size);

  Disk& disk;
  Layout layout;
  VerifierKey key;
  std::unique_ptr<File> entries;
  std::optional<ColumnReader> columns;
  std::optional<CachedNodes> nodes;
  PublishedReader published;
  Ids* writer_ids = nullptr;  // in the writer's process
  std::optional<TailIds> tail_ids;

 private:
  static constexpr std::size_t kFrontiers = 64;
  mutable std::mutex mutex_;
  SnapshotPtr snapshot_;
  std::map<std::uint64_t, Frontier> frontiers_;  // by size; dropped all together when there are too many
};

// The checkpoint file of the store; nullopt: none yet. Errors: corrupt, bad_signature.
Result<std::optional<SignedCheckpoint>> read_checkpoint_file(Disk& disk, const Layout& layout, const VerifierKey& key);

}  // namespace scrutineer
