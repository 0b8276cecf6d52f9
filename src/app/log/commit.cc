// One batch into the log. The order is the promise: see docs/formats/store.md, "Commit".
#include "app/log/store_writer.h"
#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/record/record.h"

namespace scrutineer {

// What a batch makes of the pending entries, before anything is written.
struct StoreWriter::Batch {
  std::span<const Pending> pending;
  std::vector<Result<Appended>> outcomes;
  std::vector<std::size_t> fresh;                                  // indexes into pending, in log order
  std::unordered_map<RecordId, std::vector<std::size_t>> records;  // of fresh ones: places in `fresh`
};

Result<std::vector<Result<Appended>>> StoreWriter::commit(std::span<const Pending> pending) {
  Batch batch{pending, {}, {}, {}};
  SCRUTINEER_CHECKED(place(pending, batch));
  if (!batch.fresh.empty()) {
    SCRUTINEER_CHECKED(write_entries(batch));  // durable
    SCRUTINEER_CHECKED(write_columns(batch));  // readers in other processes find them as soon as they see the head
    SCRUTINEER_CHECKED(advance_head(batch));   // durable
    SCRUTINEER_CHECKED(read_back(batch));
    add_ids(batch);
    SCRUTINEER_CHECKED(sign());  // the checkpoint is durable in the second place
  }
  for (auto& outcome : batch.outcomes)
    if (outcome) outcome->covered_by = head_.size;
  return std::move(batch.outcomes);
}

Status StoreWriter::place(std::span<const Pending> pending, Batch& batch) {
  if (head_.size + pending.size() > kStoreEntries)
    return fail(ErrorCode::limit_exceeded, "a log has at most 2^40 entries");
  batch.outcomes.reserve(pending.size());
  batch.fresh.reserve(pending.size());
  for (std::size_t i = 0; i < pending.size(); ++i) {
    if (pending[i].record) {
      Result<std::optional<std::uint64_t>> first = std::nullopt;
      if (pending[i].repeats == Log::Repeats::look_for) first = already_there(pending[i], batch);
      if (!first && first.error().code == ErrorCode::invalid_argument) {  // the fault of this one entry
        batch.outcomes.push_back(tl::unexpected(first.error()));
        continue;
      }
      if (!first) return tl::unexpected(first.error());
      if (*first) {
        batch.outcomes.push_back(Appended{**first, true, 0});
        continue;
      }
      batch.records[*pending[i].record].push_back(batch.fresh.size());
    }
    batch.outcomes.push_back(Appended{head_.size + batch.fresh.size(), false, 0});
    batch.fresh.push_back(i);
  }
  return {};
}

namespace {

bool signed_by(const std::vector<NoteSignature>& signers, const NoteSignature& who) {
  return std::any_of(signers.begin(), signers.end(),
                     [&](const NoteSignature& s) { return s.name == who.name && s.id == who.id; });
}

// Adds the entry's signers if it carries this record; false if it carries another (a shared key prefix).
bool add_signers(const RecordId& record, BytesView entry, std::vector<NoteSignature>& signers) {
  auto note = parse_note_view(entry);
  if (!note || record_id(note->text) != record) return false;
  for (NoteSignature& signature : note->signatures) signers.push_back(std::move(signature));
  return true;
}

}  // namespace

// The first position of the record, if each of the note's signers has signed one of its entries.
Result<std::optional<std::uint64_t>> StoreWriter::already_there(const Pending& pending, const Batch& so_far) {
  const RecordId& record = *pending.record;
  SCRUTINEER_TRY(auto positions, ids_->find(record.hash, IdKind::record));
  auto in_batch = so_far.records.find(record);
  if (positions.empty() && in_batch == so_far.records.end()) return std::nullopt;

  std::optional<std::uint64_t> first;
  std::vector<NoteSignature> signers;
  if (positions.size() > limits::kLogSameRecord) positions.resize(limits::kLogSameRecord);
  for (std::uint64_t position : positions) {
    SCRUTINEER_TRY(Bytes entry, reader_->entry(position));
    if (add_signers(record, entry, signers) && !first) first = position;
  }
  if (in_batch != so_far.records.end()) {
    for (std::size_t place : in_batch->second)
      if (add_signers(record, so_far.pending[so_far.fresh[place]].entry, signers) && !first) first = head_.size + place;
  }
  if (!first) return std::nullopt;
  auto note = parse_note_view(pending.entry);
  if (!note) return fail(ErrorCode::invalid_argument, "the entry is not a signed note: " + note.error().message);
  for (const NoteSignature& signature : note->signatures)
    if (!signed_by(signers, signature)) return std::nullopt;
  return first;
}

Status StoreWriter::write_entries(const Batch& batch) {
  buffer_.clear();
  for (std::size_t i : batch.fresh) {
    const Pending& pending = batch.pending[i];
    append_frame(buffer_, pending.record ? FrameKind::record : FrameKind::entry, pending.leaf, pending.entry);
  }
  SCRUTINEER_CHECKED(entries_->write_at(head_.bytes, buffer_));
  return entries_->sync();
}

Status StoreWriter::write_columns(const Batch& batch) {
  std::uint64_t end = head_.bytes;
  for (std::size_t i : batch.fresh) {
    end += kFrameHeader + batch.pending[i].entry.size();
    columns_->add(batch.pending[i].leaf, end);
  }
  return columns_->flush();
}

Status StoreWriter::advance_head(const Batch& batch) {
  Head next{head_.size + batch.fresh.size(), head_.bytes + buffer_.size(), columns_->frontier().root()};
  SCRUTINEER_CHECKED(head_file_->write(head_sequence_, encode(next), Durability::durable));
  ++head_sequence_;
  head_ = next;
  return {};
}

// What the disk gives back must be what was meant: a checkpoint is never signed over bytes that nobody can read again.
Status StoreWriter::read_back(const Batch& batch) {
  std::size_t size = buffer_.size();
  buffer_.assign(size, '\0');
  SCRUTINEER_TRY(std::size_t got, entries_->read_at(head_.bytes - size, buffer_.data(), size));
  if (got != size) return fail(ErrorCode::corrupt, "entries just written cannot be read back", layout_.entries());
  BytesView rest = buffer_;
  for (std::size_t i : batch.fresh) {
    SCRUTINEER_TRY(Frame frame, parse_frame(rest));
    if (frame.leaf != batch.pending[i].leaf)
      return fail(ErrorCode::corrupt, "an entry just written is read back as something else", layout_.entries());
    rest.remove_prefix(frame.size());
  }
  return {};
}

void StoreWriter::add_ids(const Batch& batch) {
  std::uint64_t position = head_.size - batch.fresh.size();
  for (std::size_t i : batch.fresh) {
    const Pending& pending = batch.pending[i];
    ids_->add(position++, pending.leaf, pending.record ? &*pending.record : nullptr);
  }
}

Status StoreWriter::sign() {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->checkpoint.checkpoint = Checkpoint{key_.name, head_.size, head_.root};
  snapshot->frontier = columns_->frontier();
  SCRUTINEER_TRY(snapshot->checkpoint.note, sign_checkpoint(snapshot->checkpoint.checkpoint, signer_));
  Bytes note = to_bytes(snapshot->checkpoint.note);
  SCRUTINEER_CHECKED(second_->write(note));
  SCRUTINEER_CHECKED(checkpoint_file_->write(checkpoint_sequence_, note, Durability::cached));
  ++checkpoint_sequence_;
  reader_->state_->advance(std::move(snapshot));
  std::lock_guard lock(mark_mutex_);
  committed_ = Mark{head_.bytes, columns_->frontier()};
  return {};
}

bool StoreWriter::mark_due() const {
  std::lock_guard lock(mark_mutex_);
  return committed_.frontier.size() - marked_size_ >= options_.mark_entries;
}

Status StoreWriter::mark() {
  std::lock_guard marking(marking_);
  Mark mark;
  {
    std::lock_guard lock(mark_mutex_);
    mark = committed_;
    if (mark.frontier.size() == marked_size_) return {};
  }
  SCRUTINEER_CHECKED(columns_->sync());
  SCRUTINEER_CHECKED(mark_file_->write(mark_sequence_, encode(mark), Durability::durable));
  ++mark_sequence_;
  std::lock_guard lock(mark_mutex_);
  marked_size_ = mark.frontier.size();
  return {};
}

Status StoreWriter::publish(BytesView note) {
  SCRUTINEER_TRY(SignedCheckpoint checkpoint, verify_checkpoint(note, key_));
  const Checkpoint& said = checkpoint.checkpoint;
  if (said.size == 0) return fail(ErrorCode::invalid_argument, "the empty tree is not published");
  if (said.size > reader_->size()) return fail(ErrorCode::stale, "this checkpoint covers more than the store has");
  SCRUTINEER_TRY(NodeHash root, reader_->root(said.size));
  if (root != said.root) return fail(ErrorCode::conflict, "this checkpoint has another root than the log: a fork");
  std::lock_guard lock(publish_mutex_);
  if (said.size == published_->last_size()) return {};
  if (said.size < published_->last_size())
    return fail(ErrorCode::conflict, "a larger checkpoint has been published already");
  return published_->append(said.size, note);
}

}  // namespace scrutineer
