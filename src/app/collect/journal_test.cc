#include "app/collect/journal.h"

#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

const RecordId kElection{sha256("election")};

struct Opened {
  Result<std::unique_ptr<Journal>> journal;
  std::vector<std::string> events;
};

Opened open(Disk& disk, const RecordId& election = kElection) {
  Opened out{fail(ErrorCode::io_error, ""), {}};
  out.journal = Journal::open(disk, "log/private", election,
                              [&](const ObjectReader& event) { out.events.push_back(event.non_empty("e")); });
  return out;
}

Status append(Journal& journal, std::vector<std::string> words) {
  for (std::string& word : words) word = "{\"e\":\"" + word + "\"}";
  return journal.append(words);
}

using Words = std::vector<std::string>;

Bytes whole(Disk& disk) {
  return read_file(disk, "log/private/journal", 1u << 20).value();
}

}  // namespace

TEST_CASE("what was appended comes back in order") {
  SimDisk disk;
  {
    auto opened = open(disk);
    REQUIRE(opened.journal);
    CHECK(opened.events.empty());
    CHECK(append(**opened.journal, {"a"}));
    CHECK(append(**opened.journal, {"b", "c"}));
  }
  auto again = open(disk);
  REQUIRE(again.journal);
  CHECK(again.events == Words{"a", "b", "c"});
  CHECK(append(**again.journal, {"d"}));
  CHECK(open(disk).events == Words{"a", "b", "c", "d"});
  CHECK(open(disk, RecordId{sha256("another")}).journal.error().code == ErrorCode::conflict);
  auto last = open(disk);
  CHECK((*last.journal)->append(std::vector<std::string>{std::string(kJournalLineBytes, 'x')}).error().code ==
        ErrorCode::limit_exceeded);
  CHECK(open(disk).events.size() == 4);
}

TEST_CASE("a last line cut anywhere is removed; damage anywhere before it is refused with its line") {
  SimDisk disk;
  {
    auto opened = open(disk);
    for (const char* word : {"one", "two", "three"}) REQUIRE(append(**opened.journal, {word}));
  }
  Bytes good = whole(disk);
  std::size_t last = good.rfind('\n', good.size() - 2) + 1;
  for (std::size_t size = last; size < good.size(); ++size) {
    REQUIRE(write_file(disk, "log/private/journal", good.substr(0, size), Durability::durable));
    auto opened = open(disk);
    REQUIRE(opened.journal);
    CHECK(opened.events == Words{"one", "two"});
    CHECK(whole(disk).size() == last);
    CHECK(append(**opened.journal, {"four"}));
    CHECK(open(disk).events == Words{"one", "two", "four"});
  }
  for (std::size_t at = 0; at < last; ++at) {
    Bytes bad = good;
    bad[at] ^= 1;
    REQUIRE(write_file(disk, "log/private/journal", bad, Durability::durable));
    auto opened = open(disk);
    REQUIRE_FALSE(opened.journal);
    CHECK(opened.journal.error().code == ErrorCode::corrupt);
    CHECK(opened.journal.error().where.starts_with("log/private/journal:"));
  }
  std::size_t second = good.find('\n') + 1, third = good.find('\n', second) + 1;
  REQUIRE(write_file(disk, "log/private/journal", good.substr(0, second) + good.substr(third), Durability::durable));
  CHECK(open(disk).journal.error().code == ErrorCode::corrupt);  // a line is missing
}

TEST_CASE("power loss at any moment: what was acknowledged is there, and at most one step more") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed)
    for (DiskFault fault : {DiskFault::error, DiskFault::short_write, DiskFault::full, DiskFault::lost_sync}) {
      for (std::uint64_t operation = 1; operation <= 14; ++operation) {
        CAPTURE(seed);
        CAPTURE(operation);
        SimDisk disk(seed);
        disk.inject(operation, fault);
        Words acknowledged;
        {
          auto opened = open(disk);
          for (int i = 0; opened.journal && i < 5; ++i) {
            std::string word(static_cast<std::size_t>(1 + i * 300), static_cast<char>('a' + i));
            if (append(**opened.journal, {word})) acknowledged.push_back(word);
          }
        }
        disk.crash();
        disk.inject(0, fault);
        auto again = open(disk);
        REQUIRE_MESSAGE(again.journal, (again.journal ? "" : to_string(again.journal.error())));
        REQUIRE(again.events.size() >= acknowledged.size());
        CHECK(again.events.size() <= acknowledged.size() + 1);
        again.events.resize(acknowledged.size());
        CHECK(again.events == acknowledged);
        CHECK(append(**again.journal, {"after"}));
      }
    }
}

TEST_CASE("a full disk refuses one step and takes the next; a failed sync stops for good") {
  SimDisk disk;
  auto opened = open(disk);
  REQUIRE(append(**opened.journal, {"one"}));
  disk.inject(1, DiskFault::full);
  CHECK(append(**opened.journal, {"two"}).error().code == ErrorCode::disk_full);
  CHECK_FALSE((*opened.journal)->stopped());
  CHECK(append(**opened.journal, {"three"}));
  disk.inject(2, DiskFault::lost_sync);  // write, then sync
  CHECK(append(**opened.journal, {"four"}).error().code == ErrorCode::io_error);
  CHECK((*opened.journal)->stopped());
  CHECK(append(**opened.journal, {"five"}).error().code == ErrorCode::io_error);
  auto again = open(disk);
  REQUIRE(again.journal);
  CHECK(again.events.size() >= 2);
  CHECK(again.events[1] == "three");
}

}  // namespace scrutineer
