#include "app/log/queue.h"

#include "core/base/limits.h"

namespace scrutineer {
namespace {
constexpr std::size_t kManyEntries = 8;  // in one batch: the log is under load
}

bool SubmitQueue::fits(const Pending& pending) const {
  return entries_ < limits::kLogQueueEntries && bytes_ + pending.entry.size() <= limits::kLogQueueBytes;
}

bool SubmitQueue::batch_ready() const {
  return queued_.size() >= limits::kLogBatchEntries || queued_bytes_ >= limits::kLogBatchBytes;
}

Status SubmitQueue::push(Pending pending, bool wait) {
  std::unique_lock lock(mutex_);
  while (!stopped_ && !closed_ && !fits(pending)) {
    if (!wait) return fail(ErrorCode::busy, "too many entries wait to be committed; try again");
    space_.wait(lock);
  }
  if (stopped_) return tl::unexpected(*stopped_);
  if (closed_) return fail(ErrorCode::busy, "the log is being closed");
  ++entries_;
  bytes_ += pending.entry.size();
  queued_bytes_ += pending.entry.size();
  queued_.push_back(std::move(pending));
  bool wake = queued_.size() == 1 || batch_ready();
  lock.unlock();
  if (wake) work_.notify_one();
  return {};
}

std::vector<Pending> SubmitQueue::take() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [this] { return !queued_.empty() || closed_; });
  // Whoever appends one by one waits for nobody; where many come together, a longer batch costs each of them less.
  if (last_batch_ >= kManyEntries)
    work_.wait_until(lock, last_take_ + interval_, [this] { return closed_ || batch_ready(); });
  last_take_ = std::chrono::steady_clock::now();
  last_batch_ = queued_.size();
  std::vector<Pending> batch;
  if (!batch_ready()) {
    batch.swap(queued_);
    queued_.reserve(batch.size());
    queued_bytes_ = 0;
    return batch;
  }
  std::size_t count = 0;
  std::size_t bytes = 0;
  while (count < queued_.size() && count < limits::kLogBatchEntries && bytes < limits::kLogBatchBytes)
    bytes += queued_[count++].entry.size();
  auto end = queued_.begin() + static_cast<std::ptrdiff_t>(count);
  batch.assign(std::make_move_iterator(queued_.begin()), std::make_move_iterator(end));
  queued_.erase(queued_.begin(), end);
  queued_bytes_ -= bytes;
  return batch;
}

void SubmitQueue::done(std::size_t entries, std::size_t bytes) {
  {
    std::lock_guard lock(mutex_);
    entries_ -= entries;
    bytes_ -= bytes;
  }
  space_.notify_all();
}

void SubmitQueue::close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  work_.notify_all();
  space_.notify_all();
}

std::vector<Pending> SubmitQueue::stop(Error reason) {
  std::vector<Pending> rest;
  {
    std::lock_guard lock(mutex_);
    if (!stopped_) stopped_ = std::move(reason);
    closed_ = true;
    rest.swap(queued_);
    queued_bytes_ = 0;
  }
  work_.notify_all();
  space_.notify_all();
  return rest;
}

void SubmitQueue::wait_idle() {
  std::unique_lock lock(mutex_);
  space_.wait(lock, [this] { return entries_ == 0 || stopped_; });
}

std::optional<Error> SubmitQueue::stopped() const {
  std::lock_guard lock(mutex_);
  return stopped_;
}

}  // namespace scrutineer
