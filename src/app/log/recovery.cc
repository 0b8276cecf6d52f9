// Opening a store. This is the normal path, not a repair: whatever a crash left, the same steps run.
#include "app/log/store_writer.h"
#include "core/base/limits.h"
#include "core/record/record.h"

namespace scrutineer {

Result<std::unique_ptr<StoreWriter>> StoreWriter::open(Disk& disk, const std::string& path, Signer& key,
                                                       const LogOptions& options) {
  std::unique_ptr<StoreWriter> writer(new StoreWriter(disk, path, key, options));
  // 1. Nobody else writes, and the key is this log's.
  SCRUTINEER_TRY(bool there, disk.exists(writer->layout_.store()));
  if (!there) return fail(ErrorCode::not_found, "no log is here", path);
  SCRUTINEER_CHECKED(writer->take_lock());
  SCRUTINEER_TRY(writer->key_, read_store(disk, writer->layout_));
  if (writer->key_.key != key.public_key())
    return fail(ErrorCode::conflict, "the log has another key than the one given", path);
  // 2. What the head says; and whoever has seen more than that keeps us from going on.
  SCRUTINEER_CHECKED(writer->open_files());
  SCRUTINEER_CHECKED(writer->read_head());
  SCRUTINEER_TRY(auto evidence, writer->gather_evidence());
  // 3. Entries after the head were never acknowledged: cut. Columns follow the entries, and give the head's root.
  SCRUTINEER_CHECKED(writer->recover_columns());
  // 4. What others have seen is a beginning of this log.
  SCRUTINEER_CHECKED(writer->open_reader());
  SCRUTINEER_CHECKED(writer->check_evidence(evidence));
  // 5. What is derived from the entries.
  SCRUTINEER_CHECKED(writer->recover_ids());
  writer->reader_->state_->writer_ids = writer->ids_.get();
  SCRUTINEER_CHECKED(writer->open_published());
  // 6. A checkpoint over the head, here and in the second place.
  SCRUTINEER_CHECKED(writer->sign());
  SCRUTINEER_CHECKED(writer->second_disk_.sync_directory(directory_of(writer->second_path_)));
  return writer;
}

Status StoreWriter::read_head() {
  SCRUTINEER_TRY(auto value, head_file_->read());
  auto head = value ? decode_head(value->payload) : std::nullopt;
  if (!head) return fail(ErrorCode::corrupt, "the head is missing or makes no sense", layout_.head());
  head_ = *head;
  head_sequence_ = value->sequence;
  return {};
}

namespace {

Status not_below(const Head& head, const SignedCheckpoint& seen, const std::string& who) {
  if (seen.checkpoint.size <= head.size) return {};
  return fail(ErrorCode::stale,
              "this store ends at " + std::to_string(head.size) + " entries, and " + who + " has seen " +
                  std::to_string(seen.checkpoint.size) +
                  ": it is an old copy, and signing on would fork the log. Bring back the newest copy.");
}

}  // namespace

Result<std::vector<SignedCheckpoint>> StoreWriter::gather_evidence() {
  std::vector<SignedCheckpoint> evidence;
  auto add = [&](SignedCheckpoint seen, const std::string& who) -> Status {
    SCRUTINEER_CHECKED(not_below(head_, seen, who));
    evidence.push_back(std::move(seen));
    return {};
  };
  SCRUTINEER_TRY(bool there, second_disk_.exists(second_path_));
  if (!there && !options_.accept_missing_second_copy)
    return fail(ErrorCode::stale,
                "the second copy of the last checkpoint is missing, so nobody can tell whether this store is an old "
                "copy; mount it, or say that it may be missing",
                second_path_);
  SCRUTINEER_TRY(second_, SecondCopy::open(second_disk_, second_path_, OpenMode::create));
  SCRUTINEER_TRY(auto second, second_->read(key_));
  if (second) SCRUTINEER_CHECKED(add(std::move(*second), "the second copy " + second_path_));
  if (!second && !options_.accept_missing_second_copy)
    return fail(ErrorCode::stale, "the second copy of the last checkpoint is empty", second_path_);

  if (options_.witness_checkpoint) {
    SCRUTINEER_TRY(SignedCheckpoint witness, verify_checkpoint(*options_.witness_checkpoint, key_));
    SCRUTINEER_CHECKED(add(std::move(witness), "the witness"));
  }
  // The store's own checkpoint may be torn by a crash (it is not synced); where it is good it counts.
  auto value = checkpoint_file_->read();
  if (!value && value.error().code != ErrorCode::corrupt) return tl::unexpected(value.error());
  if (!value) SCRUTINEER_CHECKED(checkpoint_file_->clear());
  if (value && *value) {
    checkpoint_sequence_ = (*value)->sequence;
    SCRUTINEER_TRY(SignedCheckpoint own, verify_checkpoint((*value)->payload, key_));
    SCRUTINEER_CHECKED(add(std::move(own), "the store's own checkpoint"));
  }
  return evidence;
}

Status StoreWriter::recover_columns() {
  SCRUTINEER_TRY(std::uint64_t length, entries_->size());
  if (length < head_.bytes)
    return fail(ErrorCode::corrupt,
                "the head covers " + std::to_string(head_.bytes) + " bytes of entries, and only " +
                    std::to_string(length) + " are there",
                layout_.entries());
  if (length > head_.bytes) SCRUTINEER_CHECKED(entries_->truncate(head_.bytes));

  auto value = mark_file_->read();
  if (!value && value.error().code != ErrorCode::corrupt) return tl::unexpected(value.error());
  if (!value) SCRUTINEER_CHECKED(mark_file_->clear());
  Mark mark;
  if (value && *value) {
    mark_sequence_ = (*value)->sequence;
    mark = decode_mark((*value)->payload).value_or(Mark{});
  }
  SCRUTINEER_TRY(bool long_enough, columns_->long_enough(mark.frontier.size()));
  if (!long_enough || mark.frontier.size() > head_.size || mark.bytes > head_.bytes) mark = Mark{};

  auto replayed = replay_from(mark);
  if (!replayed && replayed.error().code == ErrorCode::corrupt && mark.frontier.size() > 0) {
    mark = Mark{};
    replayed = replay_from(mark);
  }
  if (!replayed) return tl::unexpected(replayed.error());
  SCRUTINEER_CHECKED(columns_->cut());
  marked_size_ = mark.frontier.size();
  committed_ = Mark{head_.bytes, columns_->frontier()};
  if (head_.size - marked_size_ > options_.mark_entries / 4) SCRUTINEER_CHECKED(this->mark());
  return {};
}

// Writes the columns again from a mark on, and compares the root that comes out with the head's.
Status StoreWriter::replay_from(Mark mark) {
  columns_->start(mark.frontier);
  SCRUTINEER_CHECKED(walk_frames(*entries_, mark.frontier.size(), mark.bytes, head_.bytes,
                                 [&](std::uint64_t index, const Frame& frame, std::uint64_t end) -> Status {
                                   if (index >= head_.size || frame.kind == FrameKind::checkpoint)
                                     return fail(ErrorCode::corrupt, "not an entry that the head covers");
                                   columns_->add(frame.leaf, end);
                                   return index % 65'536 == 65'535 ? columns_->flush() : Status{};
                                 }));
  SCRUTINEER_CHECKED(columns_->flush());
  if (columns_->frontier().size() != head_.size || columns_->frontier().root() != head_.root)
    return fail(ErrorCode::corrupt, "the entries do not re-hash to the root in the head", layout_.entries());
  return {};
}

Status StoreWriter::open_reader() {
  auto state = std::make_unique<LogReader::State>(disk_, layout_.root);
  SCRUTINEER_CHECKED(state->open(key_));
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->checkpoint.checkpoint = Checkpoint{key_.name, head_.size, head_.root};
  snapshot->frontier = columns_->frontier();
  state->advance(std::move(snapshot));  // unsigned as yet: nobody else has the reader before sign()
  reader_.reset(new LogReader(std::move(state)));
  return {};
}

Status StoreWriter::check_evidence(const std::vector<SignedCheckpoint>& evidence) {
  for (const SignedCheckpoint& seen : evidence) {
    std::uint64_t size = seen.checkpoint.size;
    auto root = reader_->root(size);
    if (!root && root.error().code == ErrorCode::corrupt) {
      // The columns are derived: rebuilt, they are as good as the entries.
      SCRUTINEER_CHECKED(replay_from(Mark{}));
      root = reader_->root(size);
    }
    if (!root) return tl::unexpected(root.error());
    if (*root != seen.checkpoint.root)
      return fail(ErrorCode::conflict, "a signed checkpoint of " + std::to_string(size) +
                                           " entries has another root than this store: the log has forked");
  }
  return {};
}

Status StoreWriter::maintain_ids() {
  if (ids_->flush_due()) SCRUTINEER_CHECKED(ids_->flush_frozen());
  while (ids_->merge_due()) SCRUTINEER_CHECKED(ids_->merge());
  return {};
}

Status StoreWriter::recover_ids() {
  SCRUTINEER_TRY(ids_, Ids::open(disk_, layout_, options_.id_rows));
  if (ids_->covered() > head_.size) SCRUTINEER_CHECKED(ids_->drop());
  std::uint64_t from = ids_->covered();
  std::uint64_t begin = 0;
  if (from > 0) {
    SCRUTINEER_TRY(auto offsets, reader_->state_->columns->offsets(from - 1, 1));
    begin = offsets[1];
  }
  auto add = [&](std::uint64_t index, const Frame& frame, std::uint64_t) -> Status {
    RecordId id;
    bool record = frame.kind == FrameKind::record;
    if (record) id = record_id(frame.payload.substr(0, frame.payload.rfind("\n\n") + 1));
    ids_->add(index, frame.leaf, record ? &id : nullptr);
    if (!ids_->full()) return {};
    ids_->freeze(index + 1);
    return maintain_ids();
  };
  auto walked = walk_frames(*entries_, from, begin, head_.bytes, add);
  if (walked || walked.error().code != ErrorCode::corrupt || from == 0) return walked;
  // The offset was damaged: the columns and the index are made again from the entries.
  SCRUTINEER_CHECKED(replay_from(Mark{}));
  SCRUTINEER_CHECKED(ids_->drop());
  return walk_frames(*entries_, 0, 0, head_.bytes, add);
}

Status StoreWriter::open_published() {
  SCRUTINEER_TRY(published_, PublishedWriter::open(disk_, layout_, key_, OpenMode::create));
  if (published_->last_size() > head_.size)
    return fail(ErrorCode::stale, "a published checkpoint covers more than this store has", layout_.published());
  return {};
}

}  // namespace scrutineer
