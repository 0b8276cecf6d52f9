// One unit's papers through sorter, review counter, hands and sheet: each way not to fit has its finding, and no other.
#include "core/sorting/reconcile.h"

#include <doctest/doctest.h>

#include <set>

using namespace scrutineer;

namespace {

// 350 papers: the sorter gives A 210, B 130 and 10 to people, who find 6 for A, 2 for B and 2 invalid, and take one of
// B's pile away for A.
PaperTrail good() {
  PaperTrail t;
  t.unit = UnitId("a1"), t.contest = ContestId("mayor");
  t.sorter = SorterCount{{{OptionId("A"), 210}, {OptionId("B"), 130}},
                         10,
                         0,
                         RunTime{"2026-06-03T20:00:00+09:00", "2026-06-03T20:01:00+09:00", 1}};
  t.hand = HandColumns{{{OptionId("A"), 210}, {OptionId("B"), 129}}, {{OptionId("A"), 7}, {OptionId("B"), 2}}};
  t.hand_invalid = 2;
  t.review = ReviewCount{{{OptionId("A"), {100, 100, 17}}, {OptionId("B"), {100, 31}}},
                         RunTime{"2026-06-03T20:10:00+09:00", "2026-06-03T20:20:00+09:00", 1}};
  CountSheet sheet;
  sheet.unit = t.unit, sheet.contest = t.contest;
  sheet.ballots_cast = 350, sheet.valid = 348, sheet.invalid = 2;
  sheet.votes = {{OptionId("A"), 217}, {OptionId("B"), 131}};
  sheet.machine = MachineColumn{t.sorter->piles, 10};
  sheet.hand = t.hand;
  sheet.announced = "2026-06-03T20:40:00+09:00";
  t.sheet = sheet;
  return t;
}

}  // namespace

TEST_CASE("paper trail: each way not to fit has its finding") {
  using enum TrailCode;
  struct Case {
    std::string what;
    std::function<void(PaperTrail&)> change;
    std::vector<TrailFinding> findings;
  };
  const Case cases[] = {
      {"everything fits", [](PaperTrail&) {}, {}},
      {"the sheet says 211 sorted for A",
       [](PaperTrail& t) { t.sheet->machine->sorted[0].second = 211; },
       {{sheet_machine_column, "option A", 211, 210}}},
      {"the sheet sends 9 to people",
       [](PaperTrail& t) { t.sheet->machine->to_recheck = 9; },
       {{sheet_machine_column, "for people", 9, 10}}},
      {"the sheet's hand column has a digit turned",
       [](PaperTrail& t) { t.sheet->hand->from_sorted[0].second = 201; },
       {{sheet_hand_column, "from the sorted pile, option A", 201, 210}}},
      {"votes are switched",
       [](PaperTrail& t) { std::swap(t.sheet->votes[0].second, t.sheet->votes[1].second); },
       {{sheet_votes, "option A", 131, 217}, {sheet_votes, "option B", 217, 131}}},
      {"one more ballot was cast than the sorter saw",
       [](PaperTrail& t) { t.sheet->ballots_cast = 351; },
       {{sheet_ballots, "ballots", 351, 350}}},
      {"a paper came into A's pile",
       [](PaperTrail& t) {
         t.hand->from_sorted[0].second = t.sheet->hand->from_sorted[0].second = 211;
         t.hand->from_recheck[0].second = t.sheet->hand->from_recheck[0].second = 6;
       },
       {{hand_pile_grew, "option A", 211, 210}}},
      {"a paper is gone", [](PaperTrail& t) { t.hand_invalid = 1; }, {{hand_papers, "papers", 349, 350}}},
      {"the review counter has one less for B",
       [](PaperTrail& t) { t.review->piles[1].bundles[1] = 30; },
       {{review_pile, "option B", 130, 131}}},
      {"the review counter left B out",
       [](PaperTrail& t) { t.review->piles.pop_back(); },
       {{review_unknown, "option B", 0, 131}}},
      {"the review counter counted a C",
       [](PaperTrail& t) {
         t.review->piles.push_back({OptionId("C"), {3}});
       },
       {{review_unknown, "option C", 3, 0}}},
      {"a bundle of 99 in the middle",
       [](PaperTrail& t) {
         t.review->piles[0].bundles = {100, 99, 18};
       },
       {{bundle_size, "option A, bundle 2", 99, 100}}},
      {"a bundle of 117",
       [](PaperTrail& t) {
         t.review->piles[0].bundles = {100, 117};
       },
       {{bundle_size, "option A, bundle 2", 117, 100}}},
      {"351 papers in a minute", [](PaperTrail& t) { t.sorter->fed = 351; }, {{sorter_too_fast, "sorter", 351, 350}}},
      {"two machines may take 700 in a minute",
       [](PaperTrail& t) { t.sorter->fed = 700, t.sorter->time->machines = 2; },
       {}},
      {"everything in no time",
       [](PaperTrail& t) { t.sorter->time->ended = t.sorter->time->began; },
       {{sorter_too_fast, "sorter", 350, 350}}},
      {"the review in one minute",
       [](PaperTrail& t) { t.review->time->ended = "2026-06-03T20:11:00+09:00"; },
       {{review_too_fast, "review counter", 348, 300}}},
      {"an end before its beginning",
       [](PaperTrail& t) { std::swap(t.sorter->time->began, t.sorter->time->ended); },
       {{time_backwards, "sorter", 1'780'484'400, 1'780'484'460}}},
      {"announced while the review ran",
       [](PaperTrail& t) { t.sheet->announced = "2026-06-03T20:15:00+09:00"; },
       {{announced_before_counted, "review counter", 1'780'485'300, 1'780'485'600}}},
      {"no sheet yet", [](PaperTrail& t) { t.sheet.reset(); }, {}},
      {"no sorter: counted by hand", [](PaperTrail& t) { t.sorter.reset(), t.sheet->machine.reset(); }, {}},
      {"nothing at all", [](PaperTrail& t) { t = PaperTrail{t.unit, t.contest, {}, {}, {}, 0, {}}; }, {}},
  };
  std::set<TrailCode> seen;
  for (const Case& c : cases) {
    CAPTURE(c.what);
    PaperTrail trail = good();
    c.change(trail);
    const auto findings = reconcile_papers(trail);
    REQUIRE(findings.size() == c.findings.size());
    for (std::size_t i = 0; i < findings.size(); ++i) {
      CAPTURE(findings[i].what);
      CAPTURE(findings[i].said);
      CAPTURE(findings[i].other);
      CHECK(findings[i] == c.findings[i]);
      seen.insert(findings[i].code);
      const Bilingual text = trail_sentence(findings[i]);
      CHECK(text.en.find(findings[i].what) != std::string::npos);
      CHECK(text.ko.find(findings[i].what) != std::string::npos);
    }
  }
  CHECK(seen.size() == kTrailCodes);
}

TEST_CASE("paper trail: the file") {
  const std::string json = R"({"unit":"a1","contest":"mayor",
    "sorter":{"piles":{"A":210,"B":130},"to_people":10,"time":{"began":"2026-06-03T20:00:00Z","ended":"2026-06-03T20:02:00Z"}},
    "review":{"piles":[{"option":"A","bundles":[100,100,17]}]},
    "hand":{"from_sorted":{"A":210,"B":129},"from_recheck":{"A":7,"B":2},"invalid":2},
    "sheet":{"unit":"a1","contest":"mayor","how":"machine-then-hand","votes":{"A":217,"B":131}}})";
  auto trail = parse_paper_trail(json);
  REQUIRE(trail.has_value());
  CHECK(trail->sorter->time->machines == 1);
  CHECK(reconcile_papers(*trail).size() == 1);  // the review counter left B out
  struct Case {
    std::string what, from, to, where;
  };
  const Case cases[] = {
      {"a sheet of another unit", "\"sheet\":{\"unit\":\"a1\"", "\"sheet\":{\"unit\":\"a2\"", "sheet"},
      {"a time that is none", "20:02:00Z", "26:02:00Z", "sorter.time.ended"},
      {"a negative bundle", "17", "-17", "review.piles[0].bundles"},
      {"no number for people", "\"to_people\":10,", "", "sorter.to_people"},
      {"no invalid", ",\"invalid\":2", "", "hand.invalid"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    std::string bad = json;
    bad.replace(bad.find(c.from), c.from.size(), c.to);
    auto read = parse_paper_trail(bad);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().where == c.where);
  }
}
