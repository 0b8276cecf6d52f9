// From a counting centre to the server above it: hands on every record and blob of the centre's own log, in order, as
// often as it takes. What the server already has is known there; nothing is lost while the line is down.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/collect/collector.h"
#include "app/http/client.h"
#include "core/base/disk.h"

namespace scrutineer {

enum class LinkState : std::uint8_t { connected, waiting, off };

class Uplink {
 public:
  // Goes on where it stood: LOGDIR/private/uplink holds the number of entries that the server has acknowledged.
  // Errors: io_error, corrupt.
  static Result<std::unique_ptr<Uplink>> start(Disk& disk, const std::string& log_directory, const LogReader& log,
                                               const Collector& collector, const http::ClientOptions& upstream);
  ~Uplink();

  LinkState state() const;
  std::uint64_t handed_over() const { return handed_over_; }  // entries [0, n) are known there
  // A person takes the centre off the network, or back. Durable.
  Status set_off(bool off);
  // The last refusal by the server, as it said it; empty: none. Refused records are shown and do not stop the rest.
  std::string last_refusal() const;

 private:
  Uplink(Disk& disk, std::string directory, const LogReader& log, const Collector& collector)
      : disk_(disk), directory_(std::move(directory)), log_(log), collector_(collector) {}
  void run();
  Status hand_over_some(std::uint64_t end);
  Status hand_over_blobs(const Bytes& note);
  Status save();

  Disk& disk_;
  std::string directory_;  // LOGDIR
  const LogReader& log_;
  const Collector& collector_;
  std::unique_ptr<http::Client> client_;
  std::atomic<std::uint64_t> handed_over_{0};
  std::atomic<bool> off_{false}, connected_{false}, ending_{false};
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::string last_refusal_;
  std::thread thread_;
};

// The centre's base: entries that it was given and does not hand back.
inline constexpr std::string_view kUplinkFile = "/private/uplink";

}  // namespace scrutineer
