#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "app/log/ids.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

const Layout kLayout{"log"};
LeafHash entry_of(std::uint64_t i) {
  return LeafHash{sha256("entry" + std::to_string(i))};
}
RecordId record_of(std::uint64_t i) {
  return RecordId{sha256("record" + std::to_string(i / 2))};  // two entries a record
}

// Adds entries [begin, end) and freezes them as one run.
void add_run(Ids& ids, std::uint64_t begin, std::uint64_t end) {
  for (std::uint64_t i = begin; i < end; ++i) {
    RecordId record = record_of(i);
    ids.add(i, entry_of(i), &record);
  }
  ids.freeze(end);
  REQUIRE(ids.flush_frozen());
}

void check_all(Ids& ids, std::uint64_t end) {
  for (std::uint64_t i = 0; i < end; ++i) {
    CHECK(ids.find(entry_of(i).hash, IdKind::entry).value() == std::vector<std::uint64_t>{i});
    std::vector<std::uint64_t> both{i / 2 * 2};
    if (both[0] + 1 < end) both.push_back(both[0] + 1);
    CHECK(ids.find(record_of(i).hash, IdKind::record).value() == both);
    CHECK(ids.find(record_of(i).hash, IdKind::entry).value().empty());
  }
  CHECK(ids.find(entry_of(end).hash, IdKind::entry).value().empty());
}

}  // namespace

TEST_CASE("identifiers are found in memory, in runs, in merged runs and after reopening") {
  SimDisk disk;
  auto ids = Ids::open(disk, kLayout).value();
  std::uint64_t ends[] = {500, 900, 1200, 1300, 2001};
  std::uint64_t begin = 0;
  for (std::uint64_t end : ends) {
    add_run(*ids, begin, end);
    check_all(*ids, end);
    while (ids->merge_due()) REQUIRE(ids->merge());
    check_all(*ids, end);
    begin = end;
  }
  ids = Ids::open(disk, kLayout).value();
  CHECK(ids->covered() == 2001);
  check_all(*ids, 2001);
}

TEST_CASE("many rows of one key span pages") {
  SimDisk disk;
  auto ids = Ids::open(disk, kLayout).value();
  RecordId same{sha256("same")};
  for (std::uint64_t i = 0; i < 3000; ++i) ids->add(i, entry_of(i), &same);
  ids->freeze(3000);
  REQUIRE(ids->flush_frozen());
  CHECK(ids->find(same.hash, IdKind::record).value().size() == 3000);
}

TEST_CASE("damage is noticed: the index is dropped when it is opened, or the look-up says so") {
  SimDisk disk;
  auto ids = Ids::open(disk, kLayout).value();
  add_run(*ids, 0, 600);
  auto good = disk.image();
  for (const std::string& path : disk.files()) {
    disk.restore(good);
    std::uint64_t size = disk.file_size(path);
    for (std::uint64_t byte = 0; byte < size; byte += 131) {
      disk.restore(good);
      disk.flip(path, byte, 0x10);
      auto again = Ids::open(disk, kLayout);
      REQUIRE(again);
      if ((*again)->covered() == 0) continue;
      for (std::uint64_t i = 0; i < 600; i += 50) {
        auto found = (*again)->find(entry_of(i).hash, IdKind::entry);
        if (found)
          CHECK(*found == std::vector<std::uint64_t>{i});
        else
          CHECK(found.error().code == ErrorCode::corrupt);
      }
    }
  }
}

}  // namespace scrutineer
