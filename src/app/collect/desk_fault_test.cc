// Power loss, full disks, many hands at once.
#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "app/collect/desk_for_test.h"

namespace scrutineer {
namespace {

using testing::Centre;
using testing::changed;
using testing::good_figures;
using testing::kA1;

std::string attach(Centre& centre) {
  auto member = Centre::person("m1");
  if (auto sent = centre.desk->sheet_attach(member, kA1, "page 1", "%PDF-1.7"); !sent) return Centre::answer(sent);
  auto page = centre.desk->sheet(member, kA1);
  if (!page) return Centre::answer(page);
  return Centre::answer(centre.desk->sheet_sign(member, kA1, SheetAct::attach, Centre::sign("m1", page->attach_text)));
}

// A night: two entries that differ, a third reading, an error accepted, a photograph, the announcement, signatures.
std::vector<std::function<std::string(Centre&)>> night() {
  FieldValues wrong = changed(good_figures(), "votes/3", "90");
  return {[=](Centre& c) { return c.enter("t1", wrong); },
          [](Centre& c) { return c.enter("t2", good_figures()); },
          [](Centre& c) {
            return c.third("t3", {{"votes/3", "90"}});
          },
          [](Centre& c) { return c.accept("co", "parts-do-not-add-up", "the paper says so"); },
          [](Centre& c) { return attach(c); },
          [](Centre& c) { return c.act("ch", SheetAct::announce); },
          [](Centre& c) { return c.act("m1", SheetAct::sign); },
          [](Centre& c) { return c.act("m2", SheetAct::sign); }};
}

// What the log has in the end, by type.
std::string outcome(Centre& centre) {
  (void)centre.desk->sheet(Centre::person("co"), kA1);  // whatever was kept back follows at the next look
  std::set<std::string> texts;
  std::map<RecordType, int> records;
  for (const auto& [type, record] : centre.records())
    if (texts.insert(record_text(record)).second) ++records[type];
  std::string out = "entries " + std::to_string(records[RecordType::entry]) + ", sheets " +
                    std::to_string(records[RecordType::count_sheet]) + ", acceptances " +
                    std::to_string(records[RecordType::acceptance]) + ", attachments " +
                    std::to_string(records[RecordType::attachment]);
  return out + ", counted " + std::to_string(centre.counted());
}

constexpr const char* kOutcome = "entries 3, sheets 1, acceptances 1, attachments 1, counted 1";

}  // namespace

TEST_CASE("a night without trouble") {
  Centre centre;
  for (const auto& step : night()) REQUIRE(step(centre) == "good");
  CHECK(outcome(centre) == kOutcome);
}

// Every disk operation of the night fails once; the power goes; the server starts again; the person whose step was
// refused tries again. Nothing is lost, nothing is there twice.
TEST_CASE("power loss at every operation of the desk and its log") {
  bool reached_the_end = false;
  std::uint64_t operation = 1;
  for (; !reached_the_end; ++operation) {
    CAPTURE(operation);
    Centre centre;
    auto fault = static_cast<DiskFault>(operation % 4);
    centre.disk.inject(operation, fault);
    bool happened = false;
    for (const auto& step : night()) {
      std::string said = step(centre);
      if (said == "good") continue;
      REQUIRE(centre.disk.injected());
      happened = true;
      centre.disk.crash();
      centre.disk.inject(0, fault);
      centre.again();
      // "conflict", "bad_signature": it had happened after all, there is nothing left to do or to sign.
      said = step(centre);
      CHECK_MESSAGE((said == "good" || said == "conflict" || said == "bad_signature" || said == "no finding" ||
                     said == "not_found"),
                    said);
    }
    reached_the_end = !happened && !centre.disk.injected();
    centre.disk.inject(0, fault);
    if (!happened) centre.again();
    CHECK(outcome(centre) == kOutcome);
    centre.again();
    CHECK(outcome(centre) == kOutcome);
  }
  CHECK(operation > 100);
}

TEST_CASE("an entry whose commitment is in the log counts after a crash, though its answer was lost") {
  int lost_answers = 0;
  for (std::uint64_t operation = 1; operation < 80; ++operation) {
    CAPTURE(operation);
    Centre centre;
    centre.disk.inject(operation, DiskFault::error);
    if (centre.enter("t1", good_figures()) == "good") continue;
    centre.disk.crash(0);
    centre.disk.inject(0, DiskFault::error);
    centre.again();
    bool in_log = centre.count(RecordType::entry) == 1;
    CHECK((centre.state() == ui::DeskState::first_done) == in_log);
    lost_answers += in_log;
  }
  CHECK(lost_answers > 0);
}

TEST_CASE("what is kept back for a correction stays back over a restart, until the correction is announced") {
  Centre centre;
  FieldValues wrong = changed(good_figures(), "votes/3", "90");
  for (const char* who : {"t1", "t2"}) REQUIRE(centre.enter(who, good_figures()) == "good");
  REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  REQUIRE(centre.desk->sheet_correct(Centre::person("co"), kA1, "recount", "no. 7"));
  for (const char* who : {"t1", "t2"}) REQUIRE(centre.enter(who, wrong) == "good");
  REQUIRE(centre.accept("co", "parts-do-not-add-up", "the paper says so") == "good");
  REQUIRE(attach(centre) == "good");
  auto kept_back = [&] { return centre.count(RecordType::acceptance) + centre.count(RecordType::attachment); };
  CHECK(centre.desk->sheet(Centre::person("co"), kA1));
  CHECK(kept_back() == 0);
  centre.again();
  CHECK(centre.desk->sheet(Centre::person("ob"), kA1)->sheet.options[2].votes == 89);
  CHECK(kept_back() == 0);
  REQUIRE(centre.act("ch", SheetAct::announce) == "good");
  CHECK(kept_back() == 2);
}

TEST_CASE("a full disk: refused with a reason, nothing lost, and it goes on when there is room") {
  Centre centre;
  auto typist = Centre::person("t1");
  std::string token = centre.desk->entry(typist, kA1, {})->token;
  REQUIRE(centre.desk->entry_save(typist, token, 0, {{"electors", "887"}}, false));
  centre.disk.inject(1, DiskFault::full);
  auto refused = centre.desk->entry_save(typist, token, 0, {{"electors", "888"}}, false);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == ErrorCode::disk_full);
  CHECK(refused.error().sentence.ko.find("공간") != std::string::npos);
  CHECK(centre.desk->entry(typist, kA1, 0)->fields.fields[0].value == "887");
  CHECK(centre.desk->entry_save(typist, token, 0, {{"electors", "888"}}, false));
  centre.disk.inject(1, DiskFault::full);
  CHECK(Centre::answer(centre.desk->sheet_attach(typist, kA1, "", "%PDF-1.7")) == "disk_full");
  CHECK(centre.desk->sheet_attach(typist, kA1, "", "%PDF-1.7"));
  CHECK_FALSE(centre.desk->stopped());
  centre.disk.inject(2, DiskFault::lost_sync);
  CHECK(Centre::answer(centre.desk->entry_save(typist, token, 0, {{"electors", "889"}}, false)) == "io_error");
  CHECK(centre.desk->stopped());
  centre.disk.crash();
  centre.again();
  std::string kept = centre.desk->entry(typist, kA1, 0)->fields.fields[0].value;
  CHECK((kept == "888" || kept == "889"));
}

TEST_CASE("a journal that cannot have happened is refused when the desk opens") {
  Centre centre;
  REQUIRE(centre.enter("t1", good_figures()) == "good");
  centre.desk.reset();
  auto open = [&] {
    return Desk::open(centre.disk, "log", *centre.collector, centre.log->reader(), centre.world.election(),
                      centre.clock, centre.rng, {"centre", "ko"});
  };
  auto journal = Journal::open(centre.disk, "log/private", centre.world.election().id(), [](const ObjectReader&) {});
  REQUIRE(journal);
  std::string confirmed[] = {R"({"unit":"a1","contest":"mayor","act":"confirmed","code":"c"})"};
  REQUIRE((*journal)->append(confirmed));  // nobody is entering anything
  auto opened = open();
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::corrupt);
}

TEST_CASE("many people at once: each sheet is entered by one at a time") {
  Centre centre;
  std::atomic<int> begun{0};
  {
    std::vector<std::jthread> people;
    for (const char* who : {"t1", "t2", "t3", "t4"})
      people.emplace_back([&, who] {
        for (const char* unit : {"a1", "b1", "a2"})
          if (centre.desk->entry(Centre::person(who), {unit, "mayor"}, {})) ++begun;
        for (int i = 0; i < 20; ++i) {
          CHECK(centre.desk->board(Centre::person("ob")));
          CHECK(centre.desk->home(Centre::person(who), ""));
        }
      });
  }
  CHECK(begun == 3);
}

}  // namespace scrutineer
