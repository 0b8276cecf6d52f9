// What waits to be committed: bounded, in order, from many threads to one. Private to app/log.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "app/log/store_writer.h"

namespace scrutineer {

// Thread-safe.
class SubmitQueue {
 public:
  explicit SubmitQueue(std::chrono::microseconds interval) : interval_(interval) {}

  // Error busy: full, and `wait` is false; otherwise whatever stop() said.
  Status push(Pending pending, bool wait);

  // Waits for work, and under load until `interval` after the last take; then everything queued, up to one batch's
  // limits. Empty: closed and drained.
  std::vector<Pending> take();
  // The batch that was taken is done with.
  void done(std::size_t entries, std::size_t bytes);

  void close();                             // no more pushes; take() drains
  std::vector<Pending> stop(Error reason);  // the same, for good and with a reason; returns what was queued
  void wait_idle();                         // until everything pushed so far is done, or the log stopped
  std::optional<Error> stopped() const;

 private:
  bool fits(const Pending& pending) const;
  bool batch_ready() const;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable space_;
  std::vector<Pending> queued_;
  std::size_t entries_ = 0;  // queued or taken
  std::size_t bytes_ = 0;
  std::size_t queued_bytes_ = 0;
  bool closed_ = false;
  std::optional<Error> stopped_;
  std::chrono::microseconds interval_;
  std::chrono::steady_clock::time_point last_take_{};
  std::size_t last_batch_ = 0;  // entries
};

}  // namespace scrutineer
