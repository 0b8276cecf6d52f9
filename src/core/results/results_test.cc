// The claim files of a small election, to the byte; seats from totals and recorded lots; hostile seat rules.
#include "core/results/claims.h"
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Country;
using scrutineer::testing::Script;

namespace {

constexpr std::string_view kNight = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-clerk: grant clerk clerk / * by nat
  G-co: grant coord coordinator / * by nat
  A1: sheet a1 mayor A=10 B=5 C=1 electors=40 issued=18 cast=17 valid=16 invalid=1 by clerk
  B1: sheet b1 mayor A=1 B=1 C=0 cast=2 by clerk
  S2: sheet s2 mayor A=0 B=0 C=7 by clerk
  S3: sheet s2 mayor A=0 B=0 C=8 by clerk
  K: sheet a1 council X=6 Y=4 cast=17 by clerk
)";

}  // namespace

TEST_CASE("results: the CSV claim; what nobody stated is empty, not 0") {
  Script script;
  script.run(kNight);
  CHECK(write_results_csv(script.fold().tally(), 0) ==
        "kind,id,name,status,counted,units,electors,ballots_issued,ballots_cast,valid,invalid,blank,votes:A,votes:B,"
        "votes:C\n"
        "area,/,,,2,5,40,18,19,16,1,,11,6,1\n"
        "area,/north,north,,2,3,40,18,19,16,1,,11,6,1\n"
        "area,/north/town,town,,1,2,40,18,17,16,1,,10,5,1\n"
        "polling-day,a1,A one,counted,1,1,40,18,17,16,1,,10,5,1\n"
        "early,a2,A two,no-sheet,0,1,,,,,,,,,\n"
        "area,/north/village,village,,1,1,,,2,,,,1,1,0\n"
        "polling-day,b1,B one,counted,1,1,,,2,,,,1,1,0\n"
        "area,/south,south,,0,2,,,,,,,,,\n"
        "polling-day,s1,S one,no-sheet,0,1,,,,,,,,,\n"
        "polling-day,s2,S two,conflict,0,1,,,,,,,,,\n");
}

TEST_CASE("results: the seats claim") {
  Script script;
  script.run(kNight);
  CHECK(write_seats_json(script.fold().tally()).value() ==
        "{\"election\":\"" + to_hex(script.world().election().id()) + R"(","contests":[
{"contest":"mayor","method":"plurality","seats":1,"all_units_counted":false,"outcome":"decided","vacant":0,"by_option":{"A":1,"B":0,"C":0},"steps":[
{"kind":"votes","clause":"Plurality: the most votes","rows":[{"option":"A","figure":"11/1","change":1,"seats":1,"taken":true}]}]},
{"contest":"council","method":"dhondt","seats":5,"all_units_counted":false,"outcome":"decided","vacant":0,"by_option":{"X":3,"Y":2},"steps":[
{"kind":"highest-average","clause":"Highest averages: votes / the divisor for one seat more","rows":[{"option":"X","figure":"6/1","change":1,"seats":1,"taken":true},{"option":"Y","figure":"4/1","change":1,"seats":1,"taken":true},{"option":"X","figure":"3/1","change":1,"seats":2,"taken":true},{"option":"X","figure":"2/1","change":1,"seats":3,"taken":true},{"option":"Y","figure":"2/1","change":1,"seats":2,"taken":true}]}]}]}
)");
}

TEST_CASE("results: the NIST claim says what is counted, and nothing of what is not") {
  Script script;
  script.run(kNight);
  std::string json = write_results_nist(script.fold().tally(), "2025-06-03T22:00:00+09:00", 9);
  auto says = [&](std::string_view text) { return json.find(text) != json.npos; };
  CHECK(says(R"("IsTest":true)"));
  CHECK(says(R"("Status":"unofficial-partial")"));
  CHECK(says(R"(entries [0, 9))"));
  CHECK(says(R"("GpUnitId":"g0","Type":"total","Count":11})"));
  CHECK(says(R"("GpUnitId":"u3","Type":"total","Count":0})"));      // b1: stated
  CHECK_FALSE(says(R"("GpUnitId":"u2","Type":"total","Count":)"));  // a2: no sheet
  CHECK_FALSE(says(R"("GpUnitId":"u5","Type":"total","Count":)"));  // s2: conflict
  CHECK_FALSE(says(R"("GpUnitId":"g4","Type":"total","Count":)"));  // the south: nothing counted
  CHECK(says(R"("Type":"total","Status":"in-process"}])"));
}

TEST_CASE("results: every claim has its own path, and the same tally gives the same bytes") {
  Script script, again;
  script.run(kNight);
  again.run(kNight);
  auto tasks = claim_tasks(script.fold().tally(), "t", 9), others = claim_tasks(again.fold().tally(), "t", 9);
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    paths.push_back(tasks[i].path);
    CHECK(tasks[i].write().value() == others[i].write().value());
  }
  CHECK(paths == std::vector<std::string>{"claims/results.json", "claims/results-1.csv", "claims/results-2.csv",
                                          "claims/seats.json"});
}

TEST_CASE("results: a tie waits for its lot; a lot for a tie that is not there changes nothing") {
  Script script;
  script.run(kNight);
  script.run("T: sheet a2 mayor A=0 B=5 C=0 by clerk");  // 11 : 11
  const auto seats = [&] { return compute_seats(script.fold().tally(), 0).value(); };
  REQUIRE(seats().outcome.tie.has_value());
  CHECK(seats().outcome.kind == seats::Outcome::Kind::lots_needed);
  script.run("L0: lot mayor step=7 tied=A,B drawn=A by coord");
  script.run("L1: lot mayor step=0 tied=A,C drawn=A by coord");
  CHECK(seats().outcome.kind == seats::Outcome::Kind::lots_needed);
  script.run("L2: lot mayor step=0 tied=B,A drawn=B by coord");
  CHECK(seats().outcome.kind == seats::Outcome::Kind::decided);
  CHECK(seats().outcome.seats == std::vector<std::int64_t>{0, 1, 0});
  script.run("L3: lot mayor step=0 tied=A,B drawn=A by coord");  // a second draw
  CHECK(seats().outcome.seats == std::vector<std::int64_t>{0, 1, 0});
  // A recount ends the tie; the lot stays recorded and decides nothing.
  script.run("T2: sheet a2 mayor A=1 B=5 C=0 replaces T by clerk");
  CHECK(seats().outcome.seats == std::vector<std::int64_t>{1, 0, 0});
  CHECK(write_seats_json(script.fold().tally()).has_value());
}

TEST_CASE("results: seat rules that make no sense are refused, none of them aborts") {
  const char* rules[] = {
      R"({})",
      R"({"method":"","seats":1})",
      R"({"method":"no-such","seats":1})",
      R"({"method":"plurality"})",
      R"({"method":"plurality","seats":0})",
      R"({"method":"plurality","seats":10001})",
      R"({"method":"plurality","seats":1,"parameters":[]})",
      R"({"method":"plurality","seats":1,"parameters":{"threshold-share":1}})",
      R"({"method":"plurality","seats":1,"parameters":{"threshold-share":"9007199254740992/1"}})",
      R"({"method":"plurality","seats":1,"parameters":{"threshold-share":"1/0"}})",
      R"({"method":"dhondt","seats":1,"parameters":{"first-divisor":"0/1"}})",
      R"({"method":"dhondt","seats":1,"parameters":{"first-divisor":"1/9007199254740991"}})",
      R"({"method":"two-round","seats":2})",
      R"({"method":"kr-linked","seats":46,"parameters":{"total-seats":"9007199254740991"}})",
      R"({"method":"kr-linked","seats":46,"independents":10001})",
      R"({"method":"kr-linked","seats":46,"parties":[{"seats_won":10000},{"seats_won":10000}]})",
      R"({"method":"plurality","seats":1,"candidates":{"A":-1}})",
      R"({"method":"plurality","seats":1,"candidates":{"nobody":1}})",
      R"({"method":"plurality","seats":1,"candidates":[]})",
      R"({"method":"plurality","seats":1,"parties":[{"list":"nobody","seats_won":1}]})",
      R"({"method":"plurality","seats":1,"parties":[{"list":"A","seats_won":1},{"list":"A","seats_won":1}]})",
      R"({"method":"plurality","seats":1,"parties":{}})",
  };
  for (const char* rule : rules) {
    CAPTURE(rule);
    Country country;
    country.mayor_seats = rule;
    Script script(country);
    script.run(kNight);
    CHECK_FALSE(compute_seats(script.fold().tally(), 0).has_value());
    CHECK_FALSE(write_seats_json(script.fold().tally()).has_value());
    CHECK(compute_seats(script.fold().tally(), 1).has_value());
  }
}

TEST_CASE("results: every method goes through with the largest figures that sheets can state") {
  for (std::string_view method : seats::rule_names()) {
    for (const char* seats : {"1", "46", "47", "10000"}) {
      CAPTURE(method);
      Country country;
      country.mayor_seats = R"({"method":")" + std::string(method) + R"(","seats":)" + seats + "}";
      Script script(country);
      script.run(R"(
        G-clerk: grant clerk clerk / * by root-1 root-2
        A: sheet a1 mayor A=10000000 B=9999999 C=9999991 by clerk
        B: sheet a2 mayor A=10000000 B=9999999 C=1 by clerk
        C: sheet b1 mayor A=10000000 B=10000000 C=0 by clerk
      )");
      auto result = compute_seats(script.fold().tally(), 0);
      if (!result) continue;  // this method does not fill so many seats
      std::int64_t all = result->outcome.vacant;
      for (std::int64_t n : result->outcome.seats) all += n;
      if (result->outcome.kind == seats::Outcome::Kind::decided) CHECK(all == result->config.seats);
    }
  }
}

// Large files leave in pieces, and where they are cut shows nowhere.
TEST_CASE("results: what is passed on in pieces is the file") {
  Country country;
  for (int i = 0; i < 4'000; ++i)
    country.units.push_back(
        {UnitId("w" + std::to_string(i)), {"west", "w"}, "West \"" + std::to_string(i) + "\"", "early"});
  Script script(country);
  script.run("G-nat: grant nat national / * by root-1 root-2\nG-clerk: grant clerk clerk / * by nat\n");
  for (int i = 0; i < 4'000; i += 3)
    script.run("S" + std::to_string(i) + ": sheet w" + std::to_string(i) + " mayor A=1 B=2 C=3 cast=6 by clerk\n");
  std::size_t large = 0;
  for (const ClaimTask& task : claim_tasks(script.fold().tally(), "2025-06-03T22:00:00+09:00", 9)) {
    CAPTURE(task.path);
    std::vector<std::string> pieces;
    auto keep = [&](BytesView piece) -> Status {
      pieces.emplace_back(piece);
      return {};
    };
    REQUIRE(task.stream(keep).has_value());
    std::string joined;
    for (const std::string& piece : pieces) joined += piece;
    CHECK(joined == task.write().value());
    for (const std::string& piece : pieces) CHECK(piece.size() < kPieceBytes + 4'096);
    large += pieces.size() > 2;
    if (task.type == "application/json") CHECK(Json::parse(joined, limits::kPackageJsonDepth).has_value());
    // Whoever cannot take the second piece is given no third, and the reason comes back.
    std::size_t given = 0;
    auto full = [&](BytesView) { return ++given < 2 ? Status() : fail(ErrorCode::disk_full, "no room"); };
    Status stopped = task.stream(full);
    CHECK(given <= 2);
    CHECK(stopped.has_value() == (given < 2));
    if (!stopped) CHECK(stopped.error().code == ErrorCode::disk_full);
  }
  CHECK(large == 1);  // results.json
}
