#include "app/log/reader_state.h"

#include "core/record/record.h"

namespace scrutineer {

Result<std::optional<SignedCheckpoint>> read_checkpoint_file(Disk& disk, const Layout& layout, const VerifierKey& key) {
  SCRUTINEER_TRY(SlotFile file, SlotFile::open(disk, layout.checkpoint(), OpenMode::read));
  SCRUTINEER_TRY(auto value, file.read());
  if (!value) return std::nullopt;
  SCRUTINEER_TRY(SignedCheckpoint checkpoint, verify_checkpoint(value->payload, key));
  return checkpoint;
}

Status LogReader::State::open(VerifierKey log_key) {
  key = std::move(log_key);
  SCRUTINEER_TRY(entries, disk.open(layout.entries(), OpenMode::read));
  SCRUTINEER_TRY(columns, ColumnReader::open(disk, layout));
  nodes.emplace(*columns);
  tail_ids.emplace(disk, layout, *entries, *columns);
  return {};
}

SnapshotPtr LogReader::State::snapshot() const {
  std::lock_guard lock(mutex_);
  return snapshot_;
}

void LogReader::State::advance(SnapshotPtr next) {
  nodes->grow(next->size());
  std::lock_guard lock(mutex_);
  snapshot_ = std::move(next);
}

// What was kept in memory may be the damaged thing: it is read again next time.
tl::unexpected<Error> LogReader::State::damaged(std::string what) {
  nodes->clear();
  return fail(ErrorCode::corrupt, what + ": the stored hashes are damaged; check the log", layout.root);
}

// The root at an older size is as good as its consistency with the checkpoint's root.
Result<Frontier> LogReader::State::frontier(std::uint64_t size) {
  SnapshotPtr now = snapshot();
  if (size > now->size()) return fail(ErrorCode::invalid_argument, "the log is not that large yet");
  if (size == now->size()) return now->frontier;
  {
    std::lock_guard lock(mutex_);
    if (auto known = frontiers_.find(size); known != frontiers_.end()) return known->second;
  }
  SCRUTINEER_TRY(Frontier at, frontier_at(*nodes, size));
  SCRUTINEER_TRY(MerkleProof proof, scrutineer::consistency_proof(*nodes, size, now->frontier));
  if (!verify_consistency(size, now->size(), at.root(), now->frontier.root(), proof))
    return damaged("the tree at " + std::to_string(size) + " does not fit the checkpoint");
  std::lock_guard lock(mutex_);
  if (frontiers_.size() == kFrontiers) frontiers_.clear();
  frontiers_[size] = at;
  return at;
}

Result<std::vector<std::uint64_t>> LogReader::State::find(const Hash256& id, IdKind kind, std::uint64_t size) {
  if (writer_ids == nullptr) return tail_ids->find(id, kind, size);
  SCRUTINEER_TRY(auto positions, writer_ids->find(id, kind));
  std::erase_if(positions, [size](std::uint64_t position) { return position >= size; });  // not yet acknowledged
  return positions;
}

Status TailIds::reload() {
  SCRUTINEER_TRY(SlotFile list, SlotFile::open(disk_, layout_.ids_list(), OpenMode::read));
  auto runs = load_runs(disk_, layout_, list);
  for (int again = 0; !runs && again < 3; ++again)
    runs = load_runs(disk_, layout_, list);  // the writer merged meanwhile
  if (!runs) return tl::unexpected(runs.error());
  runs_ = std::move(*runs);
  tail_.emplace(1'024);  // grows
  end_ = runs_.covered();
  return {};
}

Status TailIds::extend(std::uint64_t size) {
  return read_entries(entries_, columns_, end_, size, [&](std::uint64_t index, const Frame& frame) -> Status {
    tail_->add(id_row(frame.leaf.hash, IdKind::entry, index));
    if (frame.kind == FrameKind::record) {
      std::string_view text = frame.payload.substr(0, frame.payload.rfind("\n\n") + 1);
      tail_->add(id_row(record_id(text).hash, IdKind::record, index));
    }
    end_ = index + 1;
    return {};
  });
}

Result<std::vector<std::uint64_t>> TailIds::find(const Hash256& id, IdKind kind, std::uint64_t size) {
  std::lock_guard lock(mutex_);
  if (!tail_ || tail_->size() >= Ids::kTableRows) SCRUTINEER_CHECKED(reload());
  if (end_ < size) SCRUTINEER_CHECKED(extend(size));
  std::vector<std::uint64_t> values;
  std::uint64_t key = id_row(id, kind, 0).key;
  SCRUTINEER_CHECKED(runs_.find(key, values));
  tail_->find(key, values);
  return positions_of(std::move(values), kind);
}

}  // namespace scrutineer
