// From a counting centre to the server above it: hands on every record and blob of the centre's own log, in order, as
// often as it takes. What the server already has is known there; nothing is lost while the line is down.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/collect/collector.h"
#include "app/http/client.h"
#include "core/base/disk.h"

namespace scrutineer {

enum class UplinkState : std::uint8_t { connected, waiting, off };

inline constexpr std::size_t kSetAside = 10'000;  // records that the server does not take; then the centre waits

// LOGDIR/private/uplink: a JSON object of this. Entries [0, handed_over) were handed over, but for those set aside.
struct LinkFile {
  std::uint64_t handed_over = 0;
  bool off = false;
  std::vector<std::uint64_t> set_aside;  // sorted: refused, or never answered; tried again now and then
  std::uint64_t server_size = 0;         // of the server's log, the largest that it has told
};
inline constexpr std::string_view kUplinkFile = "/private/uplink";

// Without a file: nothing was handed over. Errors: corrupt, io_error.
Result<LinkFile> read_link_file(Disk& disk, const std::string& log_directory);
Status write_link_file(Disk& disk, const std::string& log_directory, const LinkFile& file);

// Thread-safe.
class Uplink {
 public:
  // Goes on where it stood. Errors: io_error, corrupt, invalid_argument (no such address).
  static Result<std::unique_ptr<Uplink>> start(Disk& disk, const std::string& log_directory, const RecordId& election,
                                               const LogReader& log, const Collector& collector,
                                               const http::ClientOptions& upstream);
  ~Uplink();

  UplinkState state() const;
  // Positions of the log that the server has not acknowledged, in order.
  std::vector<std::uint64_t> waiting() const;
  std::uint64_t waiting_count() const;
  // A person takes the centre off the network, or back; then everything is said to the server once more, since nobody
  // knows what became of it meanwhile. Durable when it returns; on an error it is as it was.
  Status set_off(bool off);

  struct Refusals {
    std::size_t records = 0;
    std::string last;  // what the server said, in its words; or why it could not be asked
  };
  Refusals refusals() const;

 private:
  enum class Answer : std::uint8_t { known, refused, not_now };

  Uplink(Disk& disk, std::string directory, const RecordId& election, const LogReader& log, const Collector& collector)
      : disk_(disk), directory_(std::move(directory)), election_(election), log_(log), collector_(collector) {}
  void run();
  bool greet();
  bool hand_over(std::uint64_t begin, std::uint64_t end);
  bool hand_over_again();
  Answer hand_over_one(std::uint64_t index);
  Answer hand_over_blobs(const RecordId& id, const Bytes& note);
  Answer judge(const Result<http::ClientAnswer>& answer, std::string_view member, const std::string& value);
  bool keep(std::uint64_t index, Answer answer);
  void save();
  void pause(std::chrono::milliseconds time);
  bool stay() const { return !off_ && !ending_; }

  Disk& disk_;
  const std::string directory_;  // LOGDIR
  const RecordId election_;
  const LogReader& log_;
  const Collector& collector_;
  std::unique_ptr<http::Client> client_;
  std::atomic<bool> off_{false}, connected_{false}, ending_{false};
  std::atomic<bool> again_{false};  // everything is to be said once more

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  LinkFile file_;
  std::string last_refusal_;

  // Of the thread.
  bool greeted_ = false;
  std::uint64_t odd_at_ = 0;  // a record that was answered by something that is no answer of our server
  int odd_ = 0;               // so often
  std::chrono::steady_clock::time_point next_try_{}, next_greeting_{};  // of what was set aside; of the server
  std::thread thread_;
};

}  // namespace scrutineer
