#include "app/collect/collector.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "app/disk/sim_disk.h"
#include "core/merkle/anchor_for_test.h"
#include "tests/support/world.h"

namespace scrutineer {
namespace {

using namespace std::chrono_literals;
using testing::Signatory;
using testing::World;

CountSheet sheet_of(const std::string& unit, const std::string& contest, std::int64_t votes) {
  CountSheet sheet;
  sheet.unit = UnitId(unit);
  sheet.contest = ContestId(contest);
  sheet.votes = {{OptionId(contest == "mayor" ? "A" : "X"), votes}};
  return sheet;
}

Grant grant_of(const char* name, const char* role) {
  return {Signatory(name).key, Role(role), {{"/"}, {"*"}}};
}

// A log whose definition and offices are in it, and its collector. Members m0, m1, ... up to `members`.
struct Centre {
  explicit Centre(CollectorOptions options = {}, bool background = true) : options_(options), background_(background) {
    LogOptions log_options;
    log_options.background = background;
    log = Log::create(disk, "log", anchor::kOrigin, *key, log_options).value();
    open();
    give(world.definition_text(), {"root-1", "root-2"});
    give(world.text(grant_of("chair", "chair")), {"root-1", "root-2"});
    for (const char* member : {"m0", "m1"}) give(world.text(grant_of(member, "member")), {"root-1", "root-2"});
    give(world.text(grant_of("coord", "coordinator")), {"root-1", "root-3"});
  }
  void open() { collector = Collector::open(*log, world.election(), world.roots(), options_).value(); }
  void again() {
    collector.reset();
    log.reset();
    LogOptions log_options;
    log_options.background = background_;
    log = Log::open(disk, "log", *key, log_options).value();
    open();
  }

  Result<Appended> submit(const std::string& text, const std::vector<std::string>& names) {
    return collector->submit(World::entry(text, names));
  }
  void give(const std::string& text, const std::vector<std::string>& names) {
    auto appended = submit(text, names);
    REQUIRE_MESSAGE(appended, (appended ? std::string() : to_string(appended.error())));
  }
  std::string sheet(const std::string& unit, std::int64_t votes, const std::string& at = "2025-06-03T21:00:00Z") {
    return world.text(sheet_of(unit, "mayor", votes), at);
  }
  std::int64_t counted() const {
    return collector->read([](const Collector::View& view) { return view.fold.tally().totals(0, 0).sheets; });
  }

  World world;
  SimDisk disk;
  std::unique_ptr<Signer> key = anchor::signer();
  std::unique_ptr<Log> log;
  CollectorOptions options_;
  bool background_;
  std::unique_ptr<Collector> collector;
};

// "3", "3 again" or the error code.
std::string answer(const Result<Appended>& result) {
  if (!result) return std::string(error_code_name(result.error().code));
  return std::to_string(result->index) + (result->already_there ? " again" : "");
}

const std::vector<std::string> kThree = {"chair", "m0", "m1"};

}  // namespace

TEST_CASE("what is handed in is appended once, or refused with a reason") {
  Centre centre;
  std::string a1 = centre.sheet("a1", 10), a2 = centre.sheet("a2", 11);
  std::string elsewhere = record_text({RecordId{}, {}, sheet_of("a1", "mayor", 1)});
  struct Case {
    const char* what;
    std::string text;
    std::vector<std::string> names;
    const char* answer;
  };
  const Case rows[] = {
      {"signed by all three", a1, kThree, "5"},
      {"the same again", a1, kThree, "5 again"},
      {"one of its signatures again", a1, {"m1"}, "5 again"},
      {"one signature only", a2, {"chair"}, "6"},
      {"the same again", a2, {"chair"}, "6 again"},
      {"the others", a2, {"m0", "m1"}, "7"},
      {"all of them again", a2, kThree, "6 again"},
      {"by nobody who was granted anything", centre.sheet("b1", 1), {"stranger"}, "unauthorised"},
      {"garbage under a granted name", centre.sheet("b1", 1), {"chair", "!m0"}, "bad_signature"},
      {"a unit that the election lacks", centre.sheet("z9", 1), kThree, "not_found"},
      {"another election's", elsewhere, kThree, "conflict"},
  };
  for (const Case& row : rows) {
    CAPTURE(row.what);
    auto result = centre.submit(row.text, row.names);
    CHECK(answer(result) == row.answer);
    if (result) CHECK(result->covered_by == centre.collector->acknowledged());
  }
  CHECK(answer(centre.collector->submit(Bytes("no note"))) == "malformed");
  CHECK(centre.counted() == 2);
  CHECK(centre.log->reader().size() == 8);

  centre.again();  // the log alone says the same
  for (const Case& row : rows) {
    CAPTURE(row.what);
    std::string first = row.answer;
    if (first == "7") first = "6";
    bool good = std::isdigit(static_cast<unsigned char>(first[0]));
    CHECK(answer(centre.submit(row.text, row.names)) == (good ? first.substr(0, 1) + " again" : first));
  }
}

TEST_CASE("strangers' signatures neither keep the real one out nor stop the log nor fill it for ever") {
  Centre centre;
  std::string text = centre.sheet("a1", 10);
  CHECK(answer(centre.submit(text, {"chair", "!late"})) == "5");
  CHECK(answer(centre.submit(text, {"chair", "!late"})) == "5 again");
  // 64 strangers' signatures, 15 a note; then the record keeps no more of them.
  std::vector<std::string> crowd;
  for (int i = 0; i < 70; ++i) crowd.push_back("!crowd-" + std::to_string(i));
  for (std::size_t from = 0; from < crowd.size(); from += 14) {
    std::vector<std::string> names(crowd.begin() + static_cast<std::ptrdiff_t>(from),
                                   crowd.begin() + static_cast<std::ptrdiff_t>(from + 14));
    names.push_back("chair");
    (void)centre.submit(text, names);
  }
  std::uint64_t size = centre.log->reader().size();
  CHECK(size == 11);
  CHECK(answer(centre.submit(text, {"chair", "!one-more"})) == "5 again");
  CHECK(answer(centre.submit(text, {"chair", "late"})) == "5 again");  // the real one comes after the crowd
  CHECK(centre.log->reader().size() == size);
  // Once it is known whose it is, it is a signature like any other.
  centre.give(centre.world.text(grant_of("late", "member")), {"root-1", "root-2"});
  CHECK(answer(centre.submit(text, {"late", "m0"})) == std::to_string(size + 1));
  CHECK(answer(centre.submit(text, {"late"})) == "5 again");
  CHECK(centre.counted() == 1);
}

TEST_CASE("a signature that was ignored among too many strangers counts when it comes again after its grant") {
  Centre centre;
  std::string text = centre.sheet("a1", 10);
  for (int i = 0; i < 65; i += 13) {
    std::vector<std::string> names = {"chair", "m0"};
    for (int j = i; j < i + 13; ++j) names.push_back("!crowd-" + std::to_string(j));
    if (i == 52) names.push_back("late");  // the 66th: in the log, not in the book
    CHECK(centre.submit(text, names));
  }
  centre.give(centre.world.text(grant_of("late", "member")), {"root-1", "root-2"});
  CHECK(centre.counted() == 0);
  CHECK(answer(centre.submit(text, {"late"})) == "11");
  CHECK(centre.counted() == 1);
}

TEST_CASE("many notes in one call: later ones may be signed by keys that earlier ones grant") {
  for (std::size_t threads : {1, 3}) {
    Centre centre({threads});
    std::vector<Bytes> notes;
    notes.push_back(World::entry(centre.world.text(grant_of("new-chair", "chair")), {"root-1", "root-2"}));
    notes.push_back(World::entry(centre.sheet("a1", 3), {"new-chair", "m0", "m1"}));
    notes.push_back("nonsense");
    notes.push_back(notes[1]);
    notes.push_back(World::entry(centre.sheet("a2", 4), {"new-chair", "!m0", "m1"}));
    for (int i = 0; i < 400; ++i) notes.push_back(World::entry(centre.sheet("b1", i), {"new-chair", "m0", "m1"}));
    auto results = centre.collector->submit(notes);
    REQUIRE(results.size() == notes.size());
    const char* expected[] = {"5", "6", "malformed", "6 again", "bad_signature"};
    for (std::size_t i = 0; i < 5; ++i) CHECK(answer(results[i]) == expected[i]);
    for (std::size_t i = 5; i < results.size(); ++i) CHECK(answer(results[i]) == std::to_string(i + 2));
    CHECK(centre.collector->acknowledged() == 407);
  }
}

TEST_CASE("many callers, readers, and somebody who waits for changes") {
  Centre centre;
  constexpr int kCallers = 8, kEach = 40;
  std::atomic<bool> done{false};
  std::jthread watcher([&] {
    std::uint64_t seen = 5;
    while (!done) {
      std::uint64_t now = centre.collector->wait_for_change(seen, 50ms);
      CHECK(now >= seen);
      seen = now;
    }
  });
  std::jthread reader([&] {
    while (!done) {
      // What is folded by now is acknowledged soon.
      auto folded = centre.collector->read([](const Collector::View& view) {
        CHECK(view.fold.book().records().size() == view.folded);
        return view.folded;
      });
      CHECK(centre.collector->wait_until(folded, 10s));
      centre.collector->finish();
      std::int64_t sheets = 0;
      centre.collector->still([&](const Collector::View& view) { sheets = view.fold.tally().totals(0, 0).sheets; },
                              [&](const Tally& tally) { CHECK(tally.totals(0, 0).sheets == sheets); });
    }
  });
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < kCallers; ++caller)
      callers.emplace_back([&, caller] {
        for (int i = 0; i < kEach; ++i) {
          std::string text = centre.sheet("a1", caller * kEach + i);
          auto mine = centre.submit(text, kThree);
          CHECK(mine);
          CHECK_FALSE(mine->already_there);
          auto twice = centre.submit(centre.sheet("s1", i), kThree);  // all callers hand in the same ones
          CHECK(twice);
          CHECK(twice->covered_by > twice->index);
        }
      });
  }
  done = true;
  CHECK(centre.log->reader().size() == 5 + kCallers * kEach + kEach);
  CHECK(centre.collector->acknowledged() == centre.log->reader().size());
}

TEST_CASE("a declaration that reaches back is folded again, and readers see it when it is acknowledged") {
  Centre centre;
  centre.give(centre.sheet("a1", 10), kThree);
  CHECK(centre.counted() == 1);
  centre.give(centre.world.text(Compromised{Signatory("m0").key, 3, "stolen"}), {"root-1", "root-2"});
  CHECK(centre.counted() == 0);
  CHECK(answer(centre.submit(centre.sheet("a2", 10), {"m0"})) == "unauthorised");
  CHECK(answer(centre.submit(centre.sheet("a2", 10), {"m1"})) == "7");
}

TEST_CASE("who reads the tally for long has it as it was at one moment, while the log goes on") {
  Centre centre;
  centre.give(centre.sheet("a1", 10), kThree);
  std::uint64_t folded = 0;
  auto sheets = [](const Tally& tally) { return tally.totals(0, 0).sheets; };
  centre.collector->still([&](const Collector::View& view) { folded = view.folded; },
                          [&](const Tally& tally) {
                            CHECK(sheets(tally) == 1);
                            centre.give(centre.sheet("a2", 10), kThree);  // acknowledged
                            centre.give(centre.sheet("a1", 11), kThree);  // contradicts the first
                            CHECK(sheets(tally) == 1);
                            CHECK(tally.state(0, 0) == CellState::counted);
                            centre.collector->read([&](const Collector::View& view) {
                              CHECK(view.folded == folded + 2);
                              CHECK(view.fold.book().records().back().effect == folded + 1);
                              CHECK(sheets(view.fold.tally()) == 1);
                            });
                          });
  CHECK(folded == 6);
  centre.collector->read([&](const Collector::View& view) {
    CHECK(view.fold.tally().state(0, 0) == CellState::conflict);
    CHECK(sheets(view.fold.tally()) == 1);  // a2
  });
}

TEST_CASE("a declaration that reaches back waits for who reads the tally for long") {
  Centre centre;
  centre.give(centre.sheet("a1", 10), kThree);
  std::jthread declaring;
  centre.collector->still(
      [](const Collector::View&) {},
      [&](const Tally& tally) {
        declaring = std::jthread([&] {
          centre.give(centre.world.text(Compromised{Signatory("m0").key, 3, "stolen"}), {"root-1", "root-2"});
        });
        CHECK(centre.collector->wait_for_change(6, 10s) == 7);
        std::this_thread::sleep_for(20ms);
        CHECK(tally.totals(0, 0).sheets == 1);
      });
  declaring.join();
  CHECK(centre.counted() == 0);
}

TEST_CASE("too many on their way: busy, and nothing is taken in") {
  CollectorOptions options;
  options.bytes = 100;  // one note at a time
  Centre centre(options);
  std::atomic<int> busy{0}, good{0};
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 16; ++i)
      callers.emplace_back([&, i] {
        for (int j = 0; j < 20; ++j) {
          auto result = centre.submit(centre.sheet("a1", i * 20 + j), kThree);
          result ? ++good : ++busy;
          if (!result) CHECK(result.error().code == ErrorCode::busy);
        }
      });
  }
  CHECK(busy > 0);
  CHECK(good > 0);
  CHECK(centre.log->reader().size() == 5 + static_cast<std::uint64_t>(good));
}

TEST_CASE("stopped: refused from then on, whoever waits is woken") {
  Centre centre;
  std::jthread waiting([&] { CHECK(centre.collector->wait_for_change(99, 60s) == 5); });
  std::this_thread::sleep_for(10ms);
  centre.collector->stop();
  waiting.join();
  CHECK(answer(centre.submit(centre.sheet("a1", 10), kThree)) == "busy");
  std::vector<Bytes> many(3, World::entry(centre.sheet("a1", 10), kThree));
  for (const auto& result : centre.collector->submit(many)) CHECK(answer(result) == "busy");
  CHECK(centre.log->reader().size() == 5);
}

// Every disk operation of some submissions fails once, in each way: whatever was acknowledged is there afterwards, and
// from the fault on everything is refused with the reason.
TEST_CASE("a full or broken disk: nothing acknowledged is lost, everything after is refused") {
  for (DiskFault fault : {DiskFault::full, DiskFault::error, DiskFault::lost_sync}) {
    bool reached_the_end = false;
    for (std::uint64_t operation = 1; !reached_the_end; ++operation) {
      CAPTURE(operation);
      Centre centre({}, false);
      centre.disk.inject(operation, fault);
      std::vector<Bytes> acknowledged;
      bool stopped = false;
      for (int i = 0; i < 6; ++i) {
        Bytes note = World::entry(centre.sheet("a1", i), kThree);
        auto result = centre.collector->submit(note);
        if (stopped) CHECK_FALSE(result);
        if (result) {
          acknowledged.push_back(note);
          continue;
        }
        stopped = true;
        CHECK((result.error().code == ErrorCode::disk_full || result.error().code == ErrorCode::io_error));
        CHECK(result.error().message.find("the log has stopped") != std::string::npos);
        CHECK(centre.collector->stopped());
        CHECK_FALSE(centre.collector->wait_until(99, 10s));  // at once
      }
      reached_the_end = !centre.disk.injected();
      CHECK(stopped == !reached_the_end);
      CHECK(centre.collector->acknowledged() == 5 + acknowledged.size());
      centre.disk.inject(0, fault);
      centre.again();
      for (std::size_t i = 0; i < acknowledged.size(); ++i)
        CHECK(answer(centre.collector->submit(acknowledged[i])) == std::to_string(5 + i) + " again");
      CHECK(centre.submit(centre.sheet("s1", 1), kThree));
    }
  }
}

}  // namespace scrutineer
