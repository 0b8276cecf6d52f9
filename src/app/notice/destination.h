// Telling one other node what it is to know of this log: in order, as often as it takes, from where it stood when the
// process was killed. What the other side has already changes nothing there.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "app/http/client.h"
#include "app/notice/routing.h"
#include "app/notice/wire.h"
#include "core/crypto/hash.h"

namespace scrutineer {

inline constexpr std::size_t kBatchRecords = 256;
inline constexpr std::size_t kBatchBytes = 4u << 20;
inline constexpr std::size_t kSetAsideEntries = 10'000;  // that the other side does not take; then everything waits

struct Standing {
  std::string name, url;
  std::uint64_t told = 0;     // entries of this log that it has taken
  std::uint64_t waiting = 0;  // records for it that it has not
  std::string trouble;        // in words; empty: none
  std::int64_t since = 0;     // of the trouble
};

// DIR/sent/<hash of the name>: "scrutineer/sent/1" LF, told LF, then indexes that were set aside, one a line, "." LF;
// what stands behind that is of no meaning. Entries [0, told) that concern it were taken, but for those.
struct SentFile {
  std::uint64_t told = 0;
  std::set<std::uint64_t> aside;
};
Result<SentFile> read_sent_file(Disk& disk, const std::string& path);  // nothing where it is absent or damaged
Bytes to_bytes(const SentFile& file);

// What a destination needs of its node.
struct DestinationHost {
  Disk& disk;
  Clock& clock;
  std::string directory;  // DIR/sent
  std::string ca_file;
  std::function<std::uint64_t()> acknowledged;
  std::function<Result<Bytes>(std::uint64_t index)> entry;
  std::function<Result<Bytes>(const BlobHash&)> sealed;
  std::function<void(std::vector<Bytes> said)> said;  // what it answered: durable when this returns
  std::function<void(const std::string& line)> tell;
  std::atomic<int> at_work{0};  // destinations that have something to send
};

class Destination {
 public:
  // `file`: whose hash names the file of how far it is; the same whenever the log is read again.
  static Result<std::unique_ptr<Destination>> open(DestinationHost& host, const PeerAddress& address,
                                                   const std::string& file);
  ~Destination();

  const VerifierKey& log() const { return log_; }
  const std::string& name() const { return name_; }
  Peer peer() const { return peer_; }
  void move_to(const std::string& url);  // an agreement gives another address

  // Entry `index` is for it, when `upto` is reached (which is `index`, or a later entry that makes it so). In order of
  // `upto`.
  void add(std::uint64_t index, std::uint64_t upto);
  void wake();  // something became durable

  void start();  // a thread that delivers
  void stop();
  // One round in the caller's thread: everything that can be told now. False: it could not be reached.
  bool deliver();

  Standing standing() const;

 private:
  struct Item {
    std::uint64_t index = 0, upto = 0;
  };
  struct Batch {
    std::vector<Item> items;
    std::vector<Bytes> records, blobs;
    bool again = false;  // of what was set aside
  };
  Destination(DestinationHost& host, const PeerAddress& address, const std::string& file)
      : host_(host),
        path_(host.directory + "/" + to_hex(sha256(file))),
        log_(address.log),
        name_(address.log.name),
        peer_(address.peer),
        url_(address.url) {}
  void run();
  bool ready() const;
  bool deliver_once();
  std::chrono::milliseconds to_gather() const;
  Batch next_batch();
  bool fill(Batch& batch, const Item& item, std::size_t& bytes);
  bool send(Batch& batch);
  bool judge(const Batch& batch, const EnvelopeAnswer& answer);
  void note_trouble(std::string words);
  void save();

  DestinationHost& host_;
  const std::string path_;
  const VerifierKey log_;
  const std::string name_;
  const Peer peer_;
  std::mutex delivering_;
  std::unique_ptr<http::Client> client_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::string url_;
  std::deque<Item> pending_;
  SentFile file_;
  std::unique_ptr<File> saved_;
  std::chrono::steady_clock::time_point next_again_{};  // what was set aside
  std::string trouble_;
  std::int64_t since_ = 0;
  std::chrono::steady_clock::time_point last_send_{};
  bool ending_ = false, moved_ = true, waiting_ = false;
  std::thread thread_;
};

}  // namespace scrutineer
