// Many threads at once: for the thread sanitizer, and for the promise that everybody sees one log.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "app/disk/sim_disk.h"
#include "app/log/check.h"
#include "app/log/log.h"
#include "core/merkle/anchor_for_test.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

// Small tables and marks: the helper threads have much to do.
LogOptions busy_options() {
  LogOptions options;
  options.commit_interval = std::chrono::microseconds(50);
  options.id_rows = 100;
  options.mark_entries = 70;
  return options;
}

Bytes entry_of(int thread, int n) {
  return std::to_string(thread) + "/" + std::to_string(n) + Bytes(static_cast<std::size_t>(n % 200), '.');
}

void read_everything(const LogReader& reader, std::uint64_t random) {
  std::uint64_t size = reader.size();
  if (size == 0) return;
  std::uint64_t index = random % size;
  Bytes bytes = reader.entry(index).value();
  MerkleProof proof = reader.inclusion_proof(index, size).value();
  CHECK(verify_inclusion(leaf_hash(bytes), index, size, proof, reader.root(size).value()));
  std::vector<std::uint64_t> found = reader.find(leaf_hash(bytes)).value();
  CHECK(std::find(found.begin(), found.end(), index) != found.end());
  CHECK(reader.tile({0, 0, tile_width(size, 0, 0)}));
  CHECK(reader.consistency_proof(index, size));
}

}  // namespace

TEST_CASE("appending, reading, publishing and following at once") {
  SimDisk disk;
  auto key = anchor::signer();
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, busy_options()).value();
  constexpr int kWriters = 3;
  constexpr int kEach = 500;
  std::atomic<int> writing{kWriters};
  std::vector<std::thread> threads;
  for (int t = 0; t < kWriters; ++t)
    threads.emplace_back([&, t] {
      for (int n = 0; n < kEach; ++n) {
        Appended appended = log->append(entry_of(t, n)).value();
        CHECK(log->reader().entry(appended.index).value() == entry_of(t, n));
        if (n % 97 == 0) (void)log->publish(to_bytes(log->checkpoint().note));  // whoever is late is refused
      }
      --writing;
    });
  threads.emplace_back([&] {
    for (std::uint64_t n = 0; writing > 0; ++n) read_everything(log->reader(), n * 7919);
  });
  threads.emplace_back([&] {
    auto follower = LogReader::open(disk, "log").value();
    for (std::uint64_t n = 0; writing > 0; ++n) {
      REQUIRE(follower->refresh());
      read_everything(*follower, n * 104729);
    }
  });
  for (std::thread& thread : threads) thread.join();
  CHECK(log->reader().size() == kWriters * kEach);
  log.reset();
  LogCheck check = check_log(disk, "log").value();
  CHECK_MESSAGE(check.good(), (check.good() ? "" : check.problems[0]));
}

TEST_CASE("the disk fails somewhere while everybody is at it: acknowledged entries stay") {
  auto key = anchor::signer();
  for (std::uint64_t n = 30; n < 3'000; n += 171) {
    SimDisk disk(n);
    std::map<std::uint64_t, Bytes> acknowledged;
    {
      auto log = Log::create(disk, "log", anchor::kOrigin, *key, busy_options()).value();
      disk.inject(n, n % 2 == 0 ? DiskFault::lost_sync : DiskFault::short_write);
      std::mutex mutex;
      std::vector<std::thread> threads;
      for (int t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
          for (int i = 0; i < 120; ++i) {
            auto appended = log->append(entry_of(t, i));
            if (!appended) return;
            std::lock_guard lock(mutex);
            acknowledged[appended->index] = entry_of(t, i);
          }
        });
      for (std::thread& thread : threads) thread.join();
    }
    disk.crash();
    auto log = Log::open(disk, "log", *key, busy_options());
    REQUIRE_MESSAGE(log, to_string(log.error()));
    for (const auto& [index, bytes] : acknowledged) CHECK((*log)->reader().entry(index).value() == bytes);
    CHECK((*log)->append("on"));
  }
}

}  // namespace scrutineer
