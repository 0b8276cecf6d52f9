// What the store promises: nothing in the clear, nothing lost that was acknowledged, damage is found.
#include <doctest/doctest.h>

#include "tests/taxii/fixture.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

const TaxiiCollection kCollection{kA, {}, {}, {}, true, true};
const std::string kFile = std::string("taxii/") + kA;

std::vector<StixObject> objects(int from, int to) {
  std::vector<StixObject> out;
  for (int n = from; n <= to; ++n) out.push_back(read_stix(indicator(n)).value().objects.front());
  return out;
}
TaxiiQuery everything() {
  TaxiiQuery query;
  query.all = true;
  query.limit = 10'000;
  return query;
}
std::vector<Bytes> contents(TaxiiStore& store) {
  std::vector<Bytes> out;
  for (const TaxiiHead& head : store.find({"both"}, kCollection, everything())->heads)
    out.push_back(store.open({"both"}, kCollection, head).value());
  return out;
}

}  // namespace

TEST_CASE("objects lie sealed on the disk, unless it was told to keep them in the clear") {
  for (bool in_the_clear : {false, true}) {
    TaxiiWorld world(in_the_clear);
    REQUIRE(world.store->add({"both"}, kCollection, objects(1, 3), {}));
    bool seen = false;
    for (const std::string& path : world.disk.files())
      for (const char* word : {"192.0.2.1", "indicator--", "2021-04-19"})
        seen = seen || read_file(world.disk, path, 1 << 20)->find(word) != Bytes::npos;
    CHECK(seen == in_the_clear);
    const auto before = contents(*world.store);
    world.reopen(in_the_clear);
    CHECK(contents(*world.store) == before);
    CHECK(before.size() == 3);
  }
}

TEST_CASE("a key is needed, the right one") {
  TaxiiWorld world;
  REQUIRE(world.store->add({"both"}, kCollection, objects(1, 1), {}));
  const auto open = [&](TaxiiStoreOptions options) {
    auto opened = TaxiiStore::open(world.disk, std::move(options), world.clock, world.rng);
    return opened ? std::string("open") : std::string(error_code_name(opened.error().code));
  };
  CHECK(open(world.options(false)) == "busy");
  world.store.reset();
  TaxiiStoreOptions other = world.options(false);
  other.key = SecretBytes::copy_of(sha256("another").view());
  CHECK(open(std::move(other)) == "corrupt");
  CHECK(open(world.options(true)) == "corrupt");
  other = world.options(false);
  other.key = {};
  CHECK(open(std::move(other)) == "invalid_argument");
  other = world.options(false);
  other.collections[0].id = "../x";
  CHECK(open(std::move(other)) == "invalid_argument");
  CHECK(open(world.options(false)) == "open");
}

TEST_CASE("a flipped bit anywhere is found, and never handed out") {
  TaxiiWorld world;
  REQUIRE(world.store->add({"both"}, kCollection, objects(1, 2), {}));
  const std::uint64_t size = world.disk.file_size(kFile);
  const auto good = contents(*world.store);
  for (std::uint64_t at = 0; at < size; at += 7) {
    world.disk.flip(kFile, at, 1);
    const auto found = world.store->find({"both"}, kCollection, everything());
    for (std::size_t i = 0; i < found->heads.size(); ++i)
      if (auto object = world.store->open({"both"}, kCollection, found->heads[i])) CHECK(*object == good[i]);
    world.store.reset();
    auto opened = TaxiiStore::open(world.disk, world.options(false), world.clock, world.rng);
    REQUIRE_FALSE(opened);
    CHECK(error_code_name(opened.error().code) == "corrupt");
    world.disk.flip(kFile, at, 1);
    world.reopen();
  }
  CHECK(contents(*world.store) == good);
}

TEST_CASE("power loss and failing disks at every operation: what was acknowledged is there, nothing else breaks") {
  for (DiskFault fault : {DiskFault::error, DiskFault::short_write, DiskFault::full, DiskFault::lost_sync})
    for (std::uint64_t n = 1; n <= 30; ++n) {
      TaxiiWorld world;
      CAPTURE(n);
      std::size_t acknowledged = 0, sent = 0;
      world.disk.inject(n, fault);
      for (int batch = 0; batch < 3; ++batch) {
        auto added = world.store->add({"both"}, kCollection, objects(batch * 4 + 1, batch * 4 + 4), {});
        sent += 4;
        if (added) acknowledged = sent;
        if (!added) break;
      }
      world.disk.inject(0, fault);
      world.disk.crash();
      world.reopen();
      const auto there = contents(*world.store);
      CHECK(there.size() >= acknowledged);
      for (std::size_t i = 0; i < there.size(); ++i) CHECK(there[i] == indicator(static_cast<int>(i) + 1));
      auto again = world.store->add({"both"}, kCollection, objects(1, 12), {});
      REQUIRE(again);
      CHECK(again->successes.size() == 12);
      CHECK(contents(*world.store).size() == 12);
    }
}

TEST_CASE("after a failed write a collection takes nothing more until a restart") {
  TaxiiWorld world;
  world.disk.inject(2, DiskFault::lost_sync);
  CHECK_FALSE(world.store->add({"both"}, kCollection, objects(1, 1), {}));
  CHECK_FALSE(world.store->add({"both"}, kCollection, objects(1, 1), {}));
  world.reopen();
  CHECK(world.store->add({"both"}, kCollection, objects(1, 1), {}));
}

TEST_CASE("the list of users: one bad line and nobody gets in") {
  const std::string token = to_hex(sha256("x"));
  CHECK(TaxiiUsers::parse("a " + token + "\n\n# b\n"));
  for (const std::string& bad :
       {std::string("a\n"), std::string("a 00\n"), "a:b " + token + "\n", "a " + token + " c\n",
        "a " + token + " c:x\n", "a " + token + " :r\n", "a " + token + "\na " + token + "\n", "a  " + token + "\n"})
    CHECK_FALSE(TaxiiUsers::parse(bad));
  CountingRng rng;
  const std::string first = new_taxii_token(rng), second = new_taxii_token(rng);
  CHECK(first != second);
  CHECK(first.size() == 43);
}
