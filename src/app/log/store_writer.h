// The one place that changes a store: creates it, recovers it, commits batches to it. No threads of its own; what the
// order of operations is, and why it survives a crash at any point, is in docs/formats/store.md. Private to app/log.
#pragma once

#include <unordered_map>

#include "app/log/log.h"
#include "app/log/reader_state.h"
#include "app/log/second_copy.h"

namespace scrutineer {

// One entry on its way into the log.
struct Pending {
  Bytes entry;
  LeafHash leaf;
  std::optional<RecordId> record;
  Log::Done done;
  Log::Repeats repeats = Log::Repeats::look_for;
};

class StoreWriter {
 public:
  static Result<std::unique_ptr<StoreWriter>> create(Disk& disk, const std::string& path, const std::string& origin,
                                                     Signer& key, const LogOptions& options);
  static Result<std::unique_ptr<StoreWriter>> open(Disk& disk, const std::string& path, Signer& key,
                                                   const LogOptions& options);

  // Everything in order, up to a signed checkpoint that is durable in the second place; one outcome for each pending.
  // An error means that the store must not be written to any more by this process. One thread.
  Result<std::vector<Result<Appended>>> commit(std::span<const Pending> batch);

  // Thread-safe beside commit().
  Status publish(BytesView note);
  bool mark_due() const;
  Status mark();  // makes the columns durable up to some recent commit

  Status maintain_ids();  // whatever flushing and merging is due

  Ids& ids() { return *ids_; }
  const LogReader& reader() const { return *reader_; }
  std::uint64_t size() const { return head_.size; }  // the committing thread's

 private:
  struct Batch;
  StoreWriter(Disk& disk, const std::string& path, Signer& key, const LogOptions& options);

  // create.cc
  Status take_lock();
  Status create_files();

  // recovery.cc, in this order
  Status open_files();
  Status read_head();
  Result<std::vector<SignedCheckpoint>> gather_evidence();
  Status recover_columns();
  Status replay_from(Mark mark);
  Status open_reader();
  Status check_evidence(const std::vector<SignedCheckpoint>& evidence);
  Status recover_ids();
  Status open_published();

  // commit
  Status place(std::span<const Pending> batch, Batch& out);
  Result<std::optional<std::uint64_t>> already_there(const Pending& pending, const Batch& so_far);
  Status write_entries(const Batch& batch);
  Status write_columns(const Batch& batch);
  Status advance_head(const Batch& batch);
  Status read_back(const Batch& batch);
  void add_ids(const Batch& batch);
  Status sign();

  Disk& disk_;
  Disk& second_disk_;
  Layout layout_;
  LogOptions options_;
  std::string second_path_;
  Signer& signer_;
  VerifierKey key_;

  std::unique_ptr<DiskLock> lock_;
  std::unique_ptr<File> entries_;
  std::optional<ColumnWriter> columns_;
  std::optional<SlotFile> head_file_;
  std::optional<SlotFile> mark_file_;
  std::optional<SlotFile> checkpoint_file_;
  std::optional<SecondCopy> second_;
  std::unique_ptr<Ids> ids_;
  std::unique_ptr<LogReader> reader_;

  Head head_;
  std::uint64_t head_sequence_ = 0;
  std::uint64_t checkpoint_sequence_ = 0;
  Bytes buffer_;

  mutable std::mutex mark_mutex_;  // committed_, marked_size_
  std::mutex marking_;             // one mark() at a time; mark_sequence_
  Mark committed_;
  std::uint64_t marked_size_ = 0;
  std::uint64_t mark_sequence_ = 0;

  std::mutex publish_mutex_;
  std::optional<PublishedWriter> published_;
};

}  // namespace scrutineer
