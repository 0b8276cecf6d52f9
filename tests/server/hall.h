// A whole server in this process, on real files and real sockets, and people with browsers and keys in front of it.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "app/demo/simulation.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/raw_client_for_test.h"
#include "app/projection/intake.h"
#include "app/projection/log_directory.h"
#include "app/server/centre.h"
#include "app/server/server.h"
#include "core/base/check.h"
#include "core/note/key_file.h"
#include "tests/server/browser.h"

namespace scrutineer::testing {

// Goes with the machine's own, some hours into the night of the count; tests push it.
class HallClock final : public Clock {
 public:
  explicit HallClock(std::int64_t begin) : begin_(begin) {}
  UnixSeconds now() override { return {begin_ + wrong_by + static_cast<std::int64_t>(elapsed() / 1'000'000'000)}; }
  std::uint64_t monotonic_ns() override { return elapsed() + later_ns; }
  std::atomic<std::int64_t> wrong_by{0};   // seconds: somebody has set the clock
  std::atomic<std::uint64_t> later_ns{0};  // time has passed

 private:
  std::uint64_t elapsed() { return static_cast<std::uint64_t>((std::chrono::steady_clock::now() - started_).count()); }
  const std::int64_t begin_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// A disk that has room for so many more bytes.
class FullDisk final : public Disk {
 public:
  FullDisk() : room(~std::uint64_t{0} >> 1) {}
  std::atomic<std::uint64_t> room;

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
    SCRUTINEER_TRY(auto file, disk_.open(path, mode));
    return std::unique_ptr<File>(new Counted(*this, std::move(file)));
  }
  Result<Bytes> read_whole(const std::string& path, std::size_t limit) override {
    return disk_.read_whole(path, limit);
  }
  Result<bool> exists(const std::string& path) override { return disk_.exists(path); }
  Status make_directories(const std::string& path) override { return disk_.make_directories(path); }
  Result<std::vector<std::string>> list(const std::string& path) override { return disk_.list(path); }
  Status rename(const std::string& from, const std::string& to) override { return disk_.rename(from, to); }
  Status remove(const std::string& path) override { return disk_.remove(path); }
  Status sync_directory(const std::string& path) override { return disk_.sync_directory(path); }
  Result<std::unique_ptr<DiskLock>> lock(const std::string& path, const std::string& holder) override {
    return disk_.lock(path, holder);
  }

 private:
  struct Counted final : File {
    Counted(FullDisk& d, std::unique_ptr<File> f) : disk(d), file(std::move(f)) {}
    Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
      return file->read_at(offset, out, size);
    }
    Status write_at(std::uint64_t offset, BytesView bytes) override {
      std::uint64_t room = disk.room;
      do {
        if (room < bytes.size()) return fail(ErrorCode::disk_full, "No space left on device", "/secret/place");
      } while (!disk.room.compare_exchange_weak(room, room - bytes.size()));
      return file->write_at(offset, bytes);
    }
    Status truncate(std::uint64_t size) override { return file->truncate(size); }
    Result<std::uint64_t> size() override { return file->size(); }
    Status sync() override { return file->sync(); }
    FullDisk& disk;
    std::unique_ptr<File> file;
  };
  PosixDisk disk_;
};

inline std::string fresh_directory() {
  static std::atomic<int> number{0};
  auto path = std::filesystem::temp_directory_path() /
              ("scrutineer-hall-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  std::filesystem::remove_all(path);
  std::filesystem::create_directories(path);
  return path.string();
}

// The night before anybody has counted: all grants are there, no sheets.
struct Hall {
  static constexpr const char* kHost = "hall.example";

  explicit Hall(bool publishes = true)
      : directory(fresh_directory()),
        election(SimulatedElection::build(options()).value()),
        clock(seconds_of_rfc3339(*election.definition().polls_close).value() + 4 * 3600),
        log_key(key("log.key")),
        publisher(key("publisher.key")),
        signer(make_signer(log_key.secret).value()),
        publishes_(publishes) {
    fill();
  }
  ~Hall() {
    server.reset();
    std::filesystem::remove_all(directory);
  }
  Hall(const Hall&) = delete;

  static SimulationOptions options() {
    SimulationOptions options;
    options.units = 60;
    options.centre_units = 1'000;
    return options;
  }
  std::string log() const { return directory + "/log"; }
  std::string bundle() const { return directory + "/bundle"; }

  ServeOptions serve_options() const {
    ServeOptions serve;
    serve.log_directory = log();
    serve.bundle = bundle();
    serve.port = 0;
    serve.behind_proxy = true;  // people have addresses of their own
    serve.origins = {std::string("https://") + kHost};
    serve.name = "hall";
    serve.data_lang = "ko";
    return serve;
  }
  Status start() {
    server.reset();
    SCRUTINEER_TRY(
        server, ElectionServer::start(disk, clock, rng, *signer, publishes_ ? &publisher : nullptr, serve_options()));
    return {};
  }

  NamedKey key(const std::string& file) const {
    for (SimulatedKey& one : election.centre_keys())
      if (one.file == file) return NamedKey{one.vkey, std::move(one.key)};
    for (SimulatedKey& one : election.keys())
      if (one.file == file) return NamedKey{one.vkey, std::move(one.key)};
    check(false, "the demonstration has no such key");
    __builtin_unreachable();
  }
  // Somebody with a browser, signed in: "typist-1", "reader", "coordinator", "chair", "member-1", "observer-1".
  std::unique_ptr<Person> person(const std::string& who) {
    auto one = std::make_unique<Person>(server->port(), kHost, key(who + ".key"));
    one->sign_in();
    return one;
  }
  // Nobody in particular.
  std::unique_ptr<Person> stranger() { return std::make_unique<Person>(server->port(), kHost, std::nullopt); }

  std::string directory;
  SimulatedElection election;
  HallClock clock;
  SystemRng rng;
  FullDisk disk;
  NamedKey log_key, publisher;
  std::unique_ptr<Signer> signer;
  std::unique_ptr<ElectionServer> server;

 private:
  void fill() {
    REQUIRE(disk.make_directories(log()).has_value());
    for (const Bytes* blob : {&election.units_blob(), &election.options_blob(), &election.rules_blob()})
      REQUIRE(keep_blob(disk, log(), *blob).has_value());
    REQUIRE(write_trust_directory(disk, trust_path(log()), log_key.vkey, election.roots(), election.election()));
    auto store = Log::create(disk, store_path(log()), log_key.vkey.name, *signer).value();
    auto built = Election::build(election.election(), election.definition(), election.units_blob(),
                                 election.options_blob(), election.rules_blob());
    auto intake = Intake::open(*store, *built, election.roots(), 2).value();
    for (const auto& entry : intake->append(election.make(0, election.setup_size()))) REQUIRE(entry.has_value());
  }
  const bool publishes_;
};

// Waits, at most ten seconds.
inline bool soon(const std::function<bool()>& test) {
  for (int i = 0; i < 400; ++i) {
    if (test()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return false;
}

}  // namespace scrutineer::testing
