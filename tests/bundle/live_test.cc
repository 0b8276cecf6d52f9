// A bundle that is kept current is, byte for byte, the one that publishing everything at once gives; and after each
// step it is one that a verifier accepts.
#include "tests/bundle/publishing.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr std::string_view kGrants = R"(
  G-pub: grant pub publisher / * by root-1 root-2
  G-clerk: grant clerk clerk / * by root-1 root-2
  G-thief: grant thief clerk / * by root-1 root-2
  G-co: grant coord coordinator / * by root-1 root-2
  G-chair: grant chair chair / * by root-1 root-2
  G-m1: grant m1 member / * by root-1 root-2
  G-m2: grant m2 member / * by root-1 root-2
)";

// One increment each.
constexpr std::string_view kSteps[] = {
    "A1: sheet a1 mayor A=10 B=5 C=1 by chair m1 m2",
    "B1: sheet b1 mayor A=10 B=5 C=1 by chair m1 m2",  // the same figures: a1 is an open question, too
    "A2: sheet a2 mayor A=1 B=0 C=3 by chair",         // entered
    "again A2 by m1",
    "again A2 by m2",                                               // counted
    "A1b: sheet a1 mayor A=11 B=5 C=1 replaces A1 by chair m1 m2",  // replaced; b1 is alone with its figures
    "S1: sheet s1 mayor A=7 B=0 C=0 by thief",                      // from here on something is transcribed
    "S1b: sheet s1 mayor A=8 B=0 C=0 by clerk",                     // conflict
    "S1c: sheet s1 mayor A=8 B=1 C=0 replaces S1b by clerk",
    "R: refusal A2 by m1",
    "K: sheet a1 council X=6 Y=4 by clerk",
    "X: compromised thief since 8 by root-1 root-2",  // S1 is void: S1c counts
    "AD: adopt S1 by coord",                          // and is in conflict again
    "S1d: sheet s1 mayor A=9 B=0 C=0 replaces S1 by clerk\nS1e: sheet s1 mayor A=9 B=0 C=0 replaces S1c by clerk",
    "S2: sheet s2 mayor A=2 B=2 C=2 by clerk",  // every unit of the first contest
    "W: grant late clerk a1 * by root-1 root-2",
};

Country country() {
  Country country;
  country.rules = R"({"rules":[{"code":"identical-figures","kinds":["*"],"contests":["*"],"at_least":10}]})";
  return country;
}

void check_same(Publishing& p, const char* live, const char* whole) {
  const std::vector<std::string> there = p.files(live), expected = p.files(whole);
  std::vector<std::string> differ;
  std::set_symmetric_difference(there.begin(), there.end(), expected.begin(), expected.end(),
                                std::back_inserter(differ));
  for (const std::string& path : differ) FAIL_CHECK(path << " stands in one of them alone");
  REQUIRE(differ.empty());
  for (const std::string& path : p.files(live)) {
    CAPTURE(path);
    bool same = p.file(path, live) == p.file(path, whole);
    CHECK(same);
  }
}

std::string failures(const Report& report) {
  std::string out;
  for (const Finding& finding : report.findings())
    if (finding.severity == Severity::failure) out += finding.where + ": " + finding.message + "\n";
  return out;
}

// No more than the claim is behind: what has arrived is told as a notice.
bool claim_is_behind(const Report& report) {
  return std::any_of(report.findings().begin(), report.findings().end(), [](const Finding& finding) {
    return finding.check == CheckId::claim && finding.message.find("took effect since") != std::string::npos;
  });
}

}  // namespace

TEST_CASE("live: after every increment the bundle is verified, and quiet makes the claim current") {
  Publishing p(country());
  p.run(kGrants);
  p.start();
  CHECK(failures(p.verify()) == "");
  for (std::string_view step : kSteps) {
    CAPTURE(std::string(step));
    ++p.clock.seconds;
    p.run(step);
    REQUIRE(p.publisher->publish().has_value());
    Report report = p.verify();
    CHECK(failures(report) == "");
    REQUIRE(p.publisher->publish().has_value());
    report = p.verify();
    CHECK(failures(report) == "");
    CHECK_FALSE(claim_is_behind(report));
    CHECK(report.facts.size() > 0);
  }
  p.publish_all("whole");
  check_same(p, Publishing::kOut, "whole");
}

TEST_CASE("live: without a quiet moment claims wait, then the bundle is the same") {
  Publishing p(country());
  p.run(kGrants);
  p.start();
  std::size_t behind = 0;
  for (std::string_view step : kSteps) {
    CAPTURE(std::string(step));
    p.run(step);
    REQUIRE(p.publisher->publish().has_value());
    Report report = p.verify();
    CHECK(failures(report) == "");
    behind += claim_is_behind(report);
  }
  CHECK(behind == std::size(kSteps));
  p.clock.ns += 10'000'000'000;  // it is time
  p.run("S2b: sheet s2 mayor A=2 B=2 C=3 replaces S2 by clerk");
  REQUIRE(p.publisher->publish().has_value());
  CHECK_FALSE(claim_is_behind(p.verify()));
  p.publish_all("whole");
  check_same(p, Publishing::kOut, "whole");
}

TEST_CASE("live: what a machine says of itself has a page, also where its inventory is handed in later") {
  Country with_machines = country();
  with_machines.counting_centre = true;
  Publishing p(with_machines);
  p.run(kGrants);
  p.start();
  const std::vector<std::string> before = p.files();
  CHECK(std::count(before.begin(), before.end(), "en/machines.html") == 0);
  DeviceStatement statement;
  statement.area = "/north", statement.device = "sorter-1";
  statement.software = {{"scrutineer", blob_hash("program").hash}};
  Inventory inventory;
  inventory.interfaces = {{"wlan0", InterfaceKind::wifi, "iwlwifi", InterfaceState::down, Cable::unknown}};
  const std::string text = inventory_text(inventory);
  statement.inventory_blob = blob_of(text, "application/json");
  const RecordId open = p.say(statement, {"m1"});
  REQUIRE(p.publisher->publish().has_value());
  const std::string list = p.file("en/machines.html");
  const std::size_t at = list.find("machine/");
  REQUIRE(at != list.npos);
  const std::string page = "en/" + list.substr(at, list.find('"', at) - at);
  CHECK(p.file(page).find("wlan0") == std::string::npos);
  CHECK(p.file("en/index.html").find("machines.html") != std::string::npos);
  REQUIRE(keep_blob(p.disk, Publishing::kLog, text).has_value());
  REQUIRE(p.publisher->publish().has_value());
  CHECK(p.file(page).find("wlan0") != std::string::npos);
  // The next statement takes its place, at the same address; what nobody else touches stays as it is.
  statement.event = DeviceEvent::close;
  statement.previous = open;
  statement.inventory_blob.reset();
  statement.inventory = Inventory{};
  p.say(statement, {"m1"});
  REQUIRE(p.publisher->publish().has_value());
  CHECK(p.file(page).find("wlan0") == std::string::npos);
  CHECK(p.file(page).find("statement at closing") != std::string::npos);
  CHECK(failures(p.verify()) == "");
  REQUIRE(p.publisher->publish().has_value());  // quiet: the claim follows
  p.publish_all("whole");
  check_same(p, Publishing::kOut, "whole");
}

TEST_CASE("live: tiles grow and are replaced by full ones") {
  Publishing p(country());
  p.run(kGrants);
  p.start();
  p.run(kSteps[0]);
  for (int i = 0; i < 300; ++i) {
    p.run("G" + std::to_string(i) + ": grant k" + std::to_string(i) + " clerk a1 * by root-1 root-2");
    if (i % 37 != 0 && i < 240) continue;
    REQUIRE(p.publisher->publish().has_value());
  }
  REQUIRE(p.publisher->publish().has_value());
  CHECK(failures(p.verify()) == "");
  p.publish_all("whole");
  check_same(p, Publishing::kOut, "whole");
}

TEST_CASE("live: while nothing happens nothing is written") {
  Publishing p(country());
  p.run(kGrants);
  p.run(kSteps[0]);
  p.start();
  std::uint64_t before = p.disk.operations();
  for (int i = 0; i < 5; ++i) {
    p.clock.ns += 60'000'000'000;
    p.clock.seconds += 60;
    REQUIRE(p.publisher->publish().has_value());
  }
  CHECK(p.disk.operations() == before);
}

TEST_CASE("live: a sheet rewrites its unit and what is above it, and no other unit") {
  Publishing p(country());
  p.run(kGrants);
  p.start();
  p.run("A2: sheet a2 mayor A=1 B=0 C=3 by clerk");  // and now transcribed: every page says so
  REQUIRE(p.publisher->publish().has_value());
  CHECK(p.publisher->last().units == 5);
  p.run("B1: sheet b1 mayor A=1 B=1 C=3 by clerk");
  REQUIRE(p.publisher->publish().has_value());
  CHECK(p.publisher->last().units == 1);
}

TEST_CASE("live: a disk that fails once leaves nothing out") {
  int went_on = 0;
  for (std::uint64_t at = 1; at < 60; at += 4) {
    CAPTURE(at);
    Publishing p(country());
    p.run(kGrants);
    p.run(kSteps[0]);
    p.start();
    p.run(kSteps[1]);
    p.disk.inject(at, DiskFault::error);
    auto failed = p.publisher->publish();
    CHECK(failed.has_value() != p.disk.injected());
    p.disk.inject(0, DiskFault::error);
    auto again = p.publisher->publish();
    if (!again) {  // the log itself was hit: it takes nothing more, and says so
      CHECK(again.error().code == ErrorCode::io_error);
      continue;
    }
    REQUIRE(p.publisher->publish().has_value());
    CHECK(failures(p.verify()) == "");
    p.publish_all("whole");
    check_same(p, Publishing::kOut, "whole");
    went_on += !failed;
  }
  CHECK(went_on > 5);
}
