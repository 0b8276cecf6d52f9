// Piles, passes and bundles as the law and the machine have them; alarms about re-check rates only where they matter.
#include <doctest/doctest.h>

#include <numeric>

#include "core/sorting/plan.h"
#include "core/sorting/recheck.h"

using namespace scrutineer;

TEST_CASE("sorting: passes for as many options as a paper has") {
  struct Case {
    std::int64_t options, length_mm;
    std::size_t passes;  // 0: no machine
  };
  const Case cases[] = {{1, 200, 1},  {5, 200, 1},  {11, 250, 1}, {12, 250, 2},  // 10 and the rest of 2
                        {21, 400, 2}, {22, 400, 3}, {31, 460, 3}, {32, 469, 4},
                        {34, 469, 4}, {35, 469, 0}, {5, 470, 0},  // 2020: 48.1 cm, 2024: 51.7 cm
                        {38, 517, 0}};
  for (const Case& c : cases) {
    CAPTURE(c.options);
    auto plan = plan_sorting(c.options, c.length_mm);
    CHECK(plan.has_value() == (c.passes > 0));
    if (!plan) {
      CHECK(plan.error().code == ErrorCode::unsupported);
      continue;
    }
    CHECK(plan->passes.size() == c.passes);
    // Every option has one pile, every pass one stacker for people, and no pass more stackers than there are.
    std::vector<int> piles(static_cast<std::size_t>(c.options));
    for (std::size_t pass = 0; pass < plan->passes.size(); ++pass) {
      CHECK(plan->passes[pass].size() <= 12);
      int people = 0, rest = 0;
      for (const Stacker& stacker : plan->passes[pass]) {
        people += stacker.holds == Stacker::Holds::people;
        rest += stacker.holds == Stacker::Holds::next_pass;
        if (stacker.holds == Stacker::Holds::option) ++piles[stacker.option];
      }
      CHECK(people == 1);
      CHECK(rest == (pass + 1 < plan->passes.size() ? 1 : 0));
    }
    for (int count : piles) CHECK(count == 1);
  }
  CHECK(plan_sorting(0, 200).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("sorting: papers fed in several passes") {
  auto plan = plan_sorting(13, 300).value();  // 10 options first, then 3
  std::vector<std::int64_t> papers(13, 100);
  CHECK(plan.pass_of(9) == 0);
  CHECK(plan.pass_of(10) == 1);
  CHECK(papers_fed(plan, papers, 25) == 10 * 100 + 3 * 200 + 25);
}

TEST_CASE("sorting: bundles of 100") {
  struct Case {
    std::int64_t papers;
    std::vector<std::int64_t> bundles;
  };
  const Case cases[] = {{0, {}}, {1, {1}}, {99, {99}}, {100, {100}}, {101, {100, 1}}, {350, {100, 100, 100, 50}}};
  for (const Case& c : cases) CHECK(bundles_of(c.papers) == c.bundles);
}

TEST_CASE("sorting: re-check rates alarm where the whole interval lies beyond the effect size, and only there") {
  struct Case {
    std::string what;
    std::vector<RecheckRow> rows;
    std::vector<bool> alarms;
    bool significant;  // the first row, at 1 in 1000
  };
  const Case cases[] = {
      {"a country: 2.50% and 2.60% of 20 million each; significant, and it does not matter",
       {{"A", {500'000, 20'000'000}}, {"B", {520'000, 20'000'000}}},
       {false, false},
       true},
      {"a country: 2.0% and 3.5%; it matters",
       {{"A", {400'000, 20'000'000}}, {"B", {700'000, 20'000'000}}},
       {true, true},
       true},
      {"a machine with 12% beside four with 3%",
       {{"1", {1'200, 10'000}}, {"2", {300, 10'000}}, {"3", {300, 10'000}}, {"4", {300, 10'000}}, {"5", {300, 10'000}}},
       {true, false, false, false, false},
       true},
      {"a small unit: 2 of 30 and 0 of 30 says nothing", {{"A", {2, 30}}, {"B", {0, 30}}}, {false, false}, false},
      {"equal", {{"A", {30, 1'000}}, {"B", {30, 1'000}}}, {false, false}, false},
      {"one option alone has nobody to differ from", {{"A", {900, 1'000}}}, {false}, false},
      {"an option without papers", {{"A", {0, 0}}, {"B", {30, 1'000}}}, {false, false}, false},
      {"nothing", {}, {}, false},
  };
  const RecheckPolicy policy;
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const auto readings = read_rechecks(c.rows, policy);
    REQUIRE(readings.size() == c.alarms.size());
    for (std::size_t i = 0; i < readings.size(); ++i) {
      CAPTURE(readings[i].name);
      CHECK(readings[i].alarm == c.alarms[i]);
      const Bilingual text = recheck_sentence(RecheckBy::option, readings[i], policy);
      CHECK((text.en.find("no alarm") == std::string::npos) == c.alarms[i]);
      CHECK(text.ko.find(c.alarms[i] ? "확인이 필요합니다" : "경보 없음") != std::string::npos);
    }
    if (!readings.empty()) CHECK((readings[0].test.p < 0.001) == c.significant);
  }
}

TEST_CASE("sorting: a reading says its figures, its interval, its test and its effect size") {
  const RecheckRow rows[] = {{"A", {1'200, 10'000}}, {"B", {300, 10'000}}};
  const auto readings = read_rechecks(rows, {});
  const std::string text = recheck_sentence(RecheckBy::machine, readings[0], {}).en;
  CAPTURE(text);
  for (std::string_view part :
       {"Machine A: 1200 of 10000 papers went to people (12.00%, 99.0% interval 11.",
        "the others beside it: 300 of 10000 (3.00%)", "Difference +9.00 percentage points, interval +7.",
        "(Fisher exact, two-sided)", "beyond 1.0 points", "This does not say why."})
    CHECK(text.find(part) != std::string::npos);
}
