// One contract, kept by the disk of files and by the disk in memory.
#include <doctest/doctest.h>

#include "app/disk/posix_disk.h"
#include "app/disk/sim_disk.h"
#include "app/disk/system.h"

#include <cstdlib>
#include <filesystem>

namespace scrutineer {
namespace {

// A directory under the system's temporary one, removed when it goes.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "log-disk-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void check_contract(Disk& disk) {
  CHECK_FALSE(disk.exists("d/a").value());
  CHECK(disk.open("d/a", OpenMode::read).error().code == ErrorCode::not_found);
  CHECK(disk.open("d/a", OpenMode::create).error().code == ErrorCode::not_found);  // no such directory
  CHECK(disk.make_directories("d/e/f"));
  CHECK(disk.make_directories("d/e/f"));

  auto file = disk.open("d/a", OpenMode::create).value();
  CHECK(file->write_at(3, "hello"));
  CHECK(file->size().value() == 8);
  char bytes[16];
  CHECK(file->read_at(0, bytes, sizeof bytes).value() == 8);
  CHECK(BytesView(bytes, 8) == BytesView("\0\0\0hello", 8));
  CHECK(file->read_at(8, bytes, 1).value() == 0);
  CHECK(file->read_at(100, bytes, 1).value() == 0);
  CHECK(file->truncate(4));
  CHECK(file->sync());
  CHECK(disk.sync_directory("d"));
  CHECK(disk.open("d/a", OpenMode::create).value()->size().value() == 4);  // kept

  CHECK(write_file(disk, "d/b", "whole", Durability::durable));
  CHECK(write_file(disk, "d/b", "new", Durability::cached));
  CHECK(read_file(disk, "d/b", 100).value() == "new");
  CHECK(read_file(disk, "d/b", 2).error().code == ErrorCode::limit_exceeded);
  CHECK(disk.list("d").value() == std::vector<std::string>{"a", "b", "e/"});
  CHECK(disk.rename("d/b", "d/a"));
  CHECK(read_file(disk, "d/a", 100).value() == "new");
  CHECK(file->size().value() == 4);  // still the file that was opened
  CHECK(disk.remove("d/a"));
  CHECK_FALSE(disk.exists("d/a").value());
  CHECK(disk.remove("d/a").error().code == ErrorCode::not_found);

  auto lock = disk.lock("d/lock", "alice").value();
  auto second = disk.lock("d/lock", "bob");
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::busy);
  CHECK(second.error().message.find("alice") != std::string::npos);
  lock.reset();
  CHECK(disk.lock("d/lock", "bob"));
}

}  // namespace

TEST_CASE("files keep the contract") {
  TemporaryDirectory directory;
  PosixDisk disk(directory.path());
  check_contract(disk);
  CHECK(PosixDisk().exists(directory.path() + "/d/lock").value());  // absolute paths are taken as they are
  CHECK_FALSE(disk.open("d", OpenMode::read));
}

TEST_CASE("what is private is for its owner alone") {
  TemporaryDirectory directory;
  PosixDisk disk(directory.path());
  REQUIRE(disk.make_directories("log/private"));
  REQUIRE(disk.open("log/private/journal", OpenMode::create));
  REQUIRE(disk.open("log/public", OpenMode::create));
  auto mode = [&](const char* path) { return std::filesystem::status(directory.path() + path).permissions(); };
  using std::filesystem::perms;
  CHECK((mode("/log/private") & (perms::group_all | perms::others_all)) == perms::none);
  CHECK((mode("/log/private/journal") & (perms::group_all | perms::others_all)) == perms::none);
  CHECK((mode("/log/public") & perms::others_read) != perms::none);
}

TEST_CASE("the disk in memory keeps the contract") {
  SimDisk disk;
  check_contract(disk);
}

TEST_CASE("power loss: what was synced stays, the rest may go") {
  bool lost = false;
  bool kept = false;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SimDisk disk(seed);
    auto file = disk.open("a", OpenMode::create).value();
    CHECK(file->write_at(0, Bytes(2048, 'a')));
    CHECK(file->sync());
    CHECK(disk.sync_directory("."));
    CHECK(file->write_at(0, Bytes(4096, 'b')));
    CHECK(disk.open("unsynced", OpenMode::create));
    disk.crash();
    CHECK(file->write_at(0, "x").error().code == ErrorCode::io_error);  // opened before the crash
    Bytes bytes = read_file(disk, "a", 1 << 20).value();
    CHECK((bytes.size() == 2048 || bytes.size() == 4096));
    for (std::size_t at = 0; at < bytes.size(); at += 512) {
      Bytes page = bytes.substr(at, 512);
      CHECK((page == Bytes(512, 'b') || page == Bytes(512, at < 2048 ? 'a' : '\0')));
    }
    lost = lost || !disk.exists("unsynced").value();
    kept = kept || disk.exists("unsynced").value();
  }
  CHECK(lost);
  CHECK(kept);
}

TEST_CASE("faults happen to the operation that they are meant for") {
  for (DiskFault fault : {DiskFault::error, DiskFault::short_write, DiskFault::full, DiskFault::lost_sync}) {
    SimDisk disk;
    auto file = disk.open("a", OpenMode::create).value();
    disk.inject(2, fault);
    CHECK(file->write_at(0, "first"));
    CHECK_FALSE(disk.injected());
    auto second = file->write_at(5, "second");
    REQUIRE_FALSE(second);
    CHECK(second.error().code == (fault == DiskFault::full ? ErrorCode::disk_full : ErrorCode::io_error));
    CHECK(disk.injected());
    CHECK(file->write_at(5, "second"));
    disk.inject(1, fault);
    CHECK_FALSE(file->sync());
    disk.inject(1, fault);
    CHECK_FALSE(disk.rename("a", "b"));
    CHECK(disk.exists("a").value());
  }
}

TEST_CASE("a restored copy is the old state") {
  SimDisk disk;
  CHECK(write_file(disk, "a", "old", Durability::durable));
  auto backup = disk.image();
  CHECK(write_file(disk, "a", "new", Durability::durable));
  disk.restore(backup);
  CHECK(read_file(disk, "a", 10).value() == "old");
  disk.flip("a", 1, 1);
  CHECK(read_file(disk, "a", 10).value() == "omd");
}

TEST_CASE("the system's clock goes on and its random bytes differ") {
  SystemClock clock;
  std::uint64_t before = clock.monotonic_ns();
  CHECK(clock.monotonic_ns() >= before);
  CHECK(clock.now().value > 1'700'000'000);
  SystemRng rng;
  std::array<std::uint8_t, 32> a{};
  std::array<std::uint8_t, 32> b{};
  rng.fill(a);
  rng.fill(b);
  CHECK(a != b);
}

}  // namespace scrutineer
