#include "app/log/log.h"

#include <sys/resource.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "app/log/queue.h"
#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/record/record.h"

namespace scrutineer {

// Three threads: one commits; one flushes identifier rows and marks the columns durable; one merges identifier runs.
struct Log::State {
  State(std::unique_ptr<StoreWriter> writer, const LogOptions& options)
      : store(std::move(writer)), queue(options.commit_interval), background(options.background) {}

  void start();
  void finish();

  void commit_loop();
  bool commit(std::vector<Pending>& batch);
  Status after_commit();
  void flush_loop();
  void merge_loop();
  void wake_helpers();
  void stop(const Error& error, std::vector<Pending> batch = {});

  std::unique_ptr<StoreWriter> store;
  SubmitQueue queue;
  bool background;

  std::mutex helper_mutex;
  std::condition_variable helper_wake;  // something may be due, or ending
  std::condition_variable frozen_done;  // rows were flushed, runs were merged
  bool ending = false;

  std::thread committer;
  std::thread flusher;
  std::thread merger;
};

void Log::State::start() {
  committer = std::thread([this] { commit_loop(); });
  if (!background) return;
  flusher = std::thread([this] { flush_loop(); });
  merger = std::thread([this] { merge_loop(); });
}

void Log::State::finish() {
  queue.close();
  committer.join();
  {
    std::lock_guard lock(helper_mutex);
    ending = true;
  }
  helper_wake.notify_all();
  if (flusher.joinable()) flusher.join();
  if (merger.joinable()) merger.join();
  if (!queue.stopped()) (void)store->mark();  // only makes the next opening faster
}

void Log::State::commit_loop() {
  for (;;) {
    std::vector<Pending> batch = queue.take();
    if (batch.empty()) return;
    std::size_t bytes = 0;
    for (const Pending& pending : batch) bytes += pending.entry.size();
    std::size_t entries = batch.size();
    bool good = commit(batch);
    queue.done(entries, bytes);
    if (!good) return;
  }
}

bool Log::State::commit(std::vector<Pending>& batch) {
  auto outcomes = store->commit(batch);
  if (!outcomes) {
    stop(outcomes.error(), std::move(batch));
    return false;
  }
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (batch[i].done) batch[i].done((*outcomes)[i]);
  Status after = after_commit();
  if (!after) stop(after.error());
  return after.has_value();
}

// Rows in memory are bounded: where the disk cannot keep up with them, commits wait.
Status Log::State::after_commit() {
  Ids& ids = store->ids();
  if (ids.full()) {
    std::unique_lock lock(helper_mutex);
    frozen_done.wait(lock, [&] { return ids.can_freeze() || queue.stopped(); });
    if (auto reason = queue.stopped()) return tl::unexpected(*reason);
    ids.freeze(store->size());
  }
  if (background) {
    if (ids.flush_due() || store->mark_due()) wake_helpers();
    return {};
  }
  SCRUTINEER_CHECKED(store->maintain_ids());
  return store->mark_due() ? store->mark() : Status{};
}

void Log::State::wake_helpers() {
  { std::lock_guard lock(helper_mutex); }
  helper_wake.notify_all();
}

namespace {

// Helpers have seconds where the committing thread has milliseconds. Best effort.
void yield_to_others() {
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
}

}  // namespace

void Log::State::flush_loop() {
  yield_to_others();
  std::unique_lock lock(helper_mutex);
  for (;;) {
    helper_wake.wait(lock, [this] { return ending || store->ids().flush_due() || store->mark_due(); });
    if (queue.stopped() || (ending && !store->ids().flush_due())) return;
    lock.unlock();
    Status done = store->ids().flush_due() ? store->ids().flush_frozen() : store->mark();
    if (!done) stop(done.error());
    lock.lock();
    frozen_done.notify_all();
    helper_wake.notify_all();  // there may be something to merge
  }
}

void Log::State::merge_loop() {
  yield_to_others();
  std::unique_lock lock(helper_mutex);
  for (;;) {
    helper_wake.wait(lock, [this] { return ending || store->ids().merge_due(); });
    if (ending || queue.stopped()) return;  // what is left to merge is merged another time
    lock.unlock();
    Status done = store->ids().merge();
    if (!done) stop(done.error());
    lock.lock();
    frozen_done.notify_all();
  }
}

// For good: after a failed sync nobody knows what is on the disk, and after any other failed step of a commit the store
// is ahead of what was acknowledged. Opening it again sorts both out.
void Log::State::stop(const Error& error, std::vector<Pending> batch) {
  Error reason = error;
  reason.message = "the log has stopped and takes nothing until it is opened again: " + error.message;
  std::vector<Pending> rest = queue.stop(reason);
  for (std::vector<Pending>* unfinished : {&batch, &rest})
    for (Pending& pending : *unfinished)
      if (pending.done) pending.done(tl::unexpected(reason));
  { std::lock_guard lock(helper_mutex); }
  frozen_done.notify_all();
  helper_wake.notify_all();
}

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->start();
}

Log::~Log() {
  state_->finish();
}

Result<std::unique_ptr<Log>> Log::create(Disk& disk, const std::string& path, const std::string& origin, Signer& key,
                                         LogOptions options) {
  SCRUTINEER_TRY(auto writer, StoreWriter::create(disk, path, origin, key, options));
  return std::unique_ptr<Log>(new Log(std::make_unique<State>(std::move(writer), options)));
}

Result<std::unique_ptr<Log>> Log::open(Disk& disk, const std::string& path, Signer& key, LogOptions options) {
  SCRUTINEER_TRY(auto writer, StoreWriter::open(disk, path, key, options));
  return std::unique_ptr<Log>(new Log(std::make_unique<State>(std::move(writer), options)));
}

namespace {

Status check_entry(BytesView entry, const std::optional<RecordId>& record) {
  if (entry.size() > limits::kEntryBytes) return fail(ErrorCode::limit_exceeded, "an entry has at most 65,535 bytes");
  if (!record) return {};
  std::size_t split = entry.rfind("\n\n");
  if (split == entry.npos) return fail(ErrorCode::invalid_argument, "this record is not a signed note");
  if (record_id(entry.substr(0, split + 1)) != *record)
    return fail(ErrorCode::invalid_argument, "this note is another record than it is said to be");
  return {};
}

Result<Pending> prepare(Bytes entry, std::optional<RecordId> record, Log::Done done, Log::Repeats repeats) {
  SCRUTINEER_CHECKED(check_entry(entry, record));
  LeafHash leaf = leaf_hash(entry);  // here, so that hashing runs in as many threads as submit
  return Pending{std::move(entry), leaf, record, std::move(done), repeats};
}

}  // namespace

Status Log::submit(Bytes entry, std::optional<RecordId> record, Done done, Repeats repeats) {
  SCRUTINEER_TRY(Pending pending, prepare(std::move(entry), record, std::move(done), repeats));
  return state_->queue.push(std::move(pending), false);
}

Result<Appended> Log::append(Bytes entry, std::optional<RecordId> record) {
  std::promise<Result<Appended>> promise;
  auto done = [&promise](const Result<Appended>& result) { promise.set_value(result); };
  SCRUTINEER_TRY(Pending pending, prepare(std::move(entry), record, done, Repeats::look_for));
  SCRUTINEER_CHECKED(state_->queue.push(std::move(pending), true));
  return promise.get_future().get();
}

Status Log::publish(BytesView checkpoint_note) {
  if (auto reason = state_->queue.stopped()) return tl::unexpected(*reason);
  Status done = state_->store->publish(checkpoint_note);
  bool disk = !done && (done.error().code == ErrorCode::io_error || done.error().code == ErrorCode::disk_full);
  if (disk) state_->stop(done.error());
  return done;
}

const LogReader& Log::reader() const {
  return state_->store->reader();
}

SignedCheckpoint Log::checkpoint() const {
  return reader().checkpoint();
}

Status Log::settle() {
  state_->queue.wait_idle();
  if (auto reason = state_->queue.stopped()) return tl::unexpected(*reason);
  Status done = state_->store->mark();
  if (!done) state_->stop(done.error());
  return done;
}

}  // namespace scrutineer
