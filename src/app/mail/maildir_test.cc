#include "app/mail/maildir.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "app/disk/sim_disk.h"

using namespace scrutineer;
using namespace scrutineer::mail;

namespace {

void deliver(Disk& disk, const std::string& name, BytesView mail) {
  REQUIRE(write_file(disk, "box/new/" + name, mail, Durability::durable).has_value());
  REQUIRE(disk.sync_directory("box/new").has_value());
}

std::vector<std::string> names(Disk& disk, const std::string& folder) {
  return disk.list("box/" + folder).value();
}

}  // namespace

TEST_CASE("new mails are handed over oldest first and put away") {
  SimDisk disk;
  Maildir box = Maildir::open(disk, "box").value();
  deliver(disk, "1619113441.V1I1M1.mx", "fourth");
  deliver(disk, "1619113440.V1I2M000009.mx", "second");
  deliver(disk, "1619113440.V1I9M000002.mx", "first");
  deliver(disk, "1619113440.V1I1M000010.mx", "third");
  deliver(disk, ".hidden", "no mail");
  std::vector<std::string> seen;
  const auto keep = [&](BytesView mail) { return seen.emplace_back(mail), Status(); };
  auto round = box.take_new(keep);
  REQUIRE(round.has_value());
  CHECK(seen == std::vector<std::string>{"first", "second", "third", "fourth"});
  CHECK(round->taken == 4);
  CHECK(names(disk, "new") == std::vector<std::string>{".hidden"});
  CHECK(names(disk, "cur").size() == 4);
  CHECK(names(disk, "cur").front() == "1619113440.V1I1M000010.mx:2,S");
  CHECK(box.take_new(keep)->taken == 0);
  CHECK(seen.size() == 4);
  // A name that comes again does not replace what is there.
  deliver(disk, "1619113441.V1I1M1.mx", "fifth");
  CHECK(box.take_new(keep)->taken == 1);
  CHECK(names(disk, "cur").size() == 5);
}

TEST_CASE("only so many in one go") {
  SimDisk disk;
  Maildir box = Maildir::open(disk, "box").value();
  for (int i = 0; i < 10; ++i) deliver(disk, "16191134" + std::to_string(40 + i) + ".M1.mx", "mail");
  const auto keep = [](BytesView) { return Status(); };
  CHECK(box.take_new(keep, 3)->taken == 3);
  CHECK(names(disk, "new").size() == 7);
  CHECK(box.take_new(keep)->taken == 7);
}

TEST_CASE("what is refused is kept, with its reason and without its content") {
  SimDisk disk;
  Maildir box = Maildir::open(disk, "box").value();
  deliver(disk, "1.M1.mx", "marker-word");
  auto round =
      box.take_new([](BytesView) -> Status { return fail(ErrorCode::malformed, "an envelope is empty", "byte 7"); });
  CHECK(round->refused == 1);
  CHECK(names(disk, "new").empty());
  CHECK(names(disk, ".refused/new") == std::vector<std::string>{"1.M1.mx"});
  CHECK(disk.read_whole("box/.refused/why/1.M1.mx.txt", 1000).value() == "malformed\nan envelope is empty\nbyte 7\n");
  CHECK(disk.read_whole("box/.refused/new/1.M1.mx", 1000).value() == "marker-word");
}

TEST_CASE("where there is no room for the reason the mail stays, and is refused once there is") {
  SimDisk disk;
  Maildir box = Maildir::open(disk, "box").value();
  deliver(disk, "1.M1.mx", "bad");
  const auto refuse = [](BytesView) -> Status { return fail(ErrorCode::malformed, "no mail"); };
  disk.inject(2, DiskFault::full);  // the file is opened, then written
  auto round = box.take_new(refuse);
  REQUIRE(disk.injected());
  REQUIRE(round.has_value());
  CHECK(round->waiting == 1);
  CHECK(names(disk, "new").size() == 1);
  CHECK(box.take_new(refuse)->refused == 1);
}

TEST_CASE("a mail above the limit is refused unread") {
  SimDisk disk;
  Maildir box = Maildir::open(disk, "box").value();
  deliver(disk, "1.M1.mx", std::string(kMailBytes + 1, 'x'));
  deliver(disk, "2.M1.mx", "good");
  std::size_t handed = 0;
  auto round = box.take_new([&](BytesView) { return ++handed, Status(); });
  CHECK(round->refused == 1);
  CHECK(round->taken == 1);
  CHECK(handed == 1);
  CHECK(disk.read_whole("box/.refused/why/1.M1.mx.txt", 1000)->starts_with("limit_exceeded\nthe mail is larger than"));
}

TEST_CASE("what cannot be taken now waits, and does not hold up the rest; a full disk does") {
  SimDisk disk;
  Maildir box = Maildir::open(disk, "box").value();
  deliver(disk, "1.M1.mx", "later");
  deliver(disk, "2.M1.mx", "good");
  const auto one_by_one = [](ErrorCode code) {
    return [code](BytesView mail) -> Status {
      if (mail == "later") return fail(code, "not now");
      return {};
    };
  };
  auto full = box.take_new(one_by_one(ErrorCode::disk_full));
  CHECK(full->waiting == 1);
  CHECK(full->taken == 0);
  for (ErrorCode code : {ErrorCode::busy, ErrorCode::io_error, ErrorCode::stale}) {
    auto round = box.take_new(one_by_one(code));
    CHECK(round->waiting == 1);
    REQUIRE(round->last.has_value());
    CHECK(round->last->code == code);
  }
  CHECK(names(disk, "new") == std::vector<std::string>{"1.M1.mx"});
  CHECK(names(disk, "cur").size() == 1);
}

// Every operation of the disk is the last one before the power goes; then the program starts again.
TEST_CASE("a power cut or kill -9 at any moment loses no mail") {
  for (std::uint64_t stop = 1;; ++stop) {
    for (unsigned keep : {0u, 128u, 256u}) {
      CAPTURE(stop);
      CAPTURE(keep);
      SimDisk disk(stop * 7 + keep);
      std::set<std::string> kept;  // what the callback has made durable elsewhere
      const auto take = [&](BytesView mail) -> Status {
        if (mail.starts_with("bad")) return fail(ErrorCode::malformed, "no mail");
        kept.emplace(mail);
        return {};
      };
      Maildir box = Maildir::open(disk, "box").value();
      for (int i = 1; i <= 4; ++i)
        deliver(disk, std::to_string(i) + ".M1.mx", (i % 2 == 0 ? "bad " : "good ") + std::to_string(i));
      disk.inject(stop, DiskFault::error);
      if (!box.take_new(take)) CHECK(!box.take_new(take));  // nothing more is done
      const bool hit = disk.injected();
      disk.inject(0, DiskFault::error);
      disk.crash(keep);
      Maildir again = Maildir::open(disk, "box").value();
      REQUIRE(again.take_new(take).has_value());
      CHECK(kept == std::set<std::string>{"good 1", "good 3"});
      CHECK(names(disk, "new").empty());
      CHECK(names(disk, ".refused/why") == std::vector<std::string>{"2.M1.mx.txt", "4.M1.mx.txt"});
      if (keep == 256) {  // kill -9: what the program did is done. After a power cut this disk may undo half a rename.
        CHECK(names(disk, "cur") == std::vector<std::string>{"1.M1.mx:2,S", "3.M1.mx:2,S"});
        CHECK(names(disk, ".refused/new") == std::vector<std::string>{"2.M1.mx", "4.M1.mx"});
      }
      if (!hit) return;
    }
  }
}
