// Every plausibility rule with sheets that pass and sheets that fail; to what it applies; its grammar.
#include "core/tally/plausibility.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/script.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

const std::string kElection(64, 'e');

CountSheet sheet_of(const std::string& members) {
  std::string text = "scrutineer/count-sheet/1\n{\"election\":\"" + kElection +
                     R"(","unit":"a1","contest":"mayor","how":"by-hand",)" + members + "}\n";
  auto record = read_record_text(text);
  REQUIRE_MESSAGE(record.has_value(), (record ? "" : to_string(record.error()) + text));
  return std::get<CountSheet>(record->body);
}

std::vector<PlausibilityRule> rule_of(std::string_view code, const std::string& limits,
                                      const std::string& to = R"("kinds":["*"],"contests":["*"])") {
  auto rules = parse_rules(R"({"rules":[{"code":")" + std::string(code) + "\"," + to + limits + "}]}");
  REQUIRE_MESSAGE(rules.has_value(), (rules ? "" : to_string(rules.error())));
  return *rules;
}

bool fires(const std::vector<PlausibilityRule>& rules, const Election& election, const CountSheet& sheet) {
  ContestIndex contest = *election.find_contest(sheet.contest);
  const Unit& unit = election.tree().units()[*election.tree().find_unit(sheet.unit)];
  Row row = make_row(sheet, election.contests()[contest]);
  return !check_sheet(rules, election, contest, unit, sheet, row).empty();
}

const std::string kVotes = R"("votes":{"A":6,"B":3,"C":1})";

}  // namespace

TEST_CASE("plausibility: each rule by itself") {
  struct Case {
    std::string code;
    std::string limits;
    std::string sheet;
    bool fires;
  };
  const Case cases[] = {
      {"parts-do-not-add-up", "", kVotes, false},
      {"parts-do-not-add-up", "", kVotes + R"(,"valid":10)", false},
      {"parts-do-not-add-up", "", kVotes + R"(,"valid":11)", true},
      {"parts-do-not-add-up", "", kVotes + R"(,"valid":10,"invalid":2,"ballots_cast":12)", false},
      {"parts-do-not-add-up", "", kVotes + R"(,"valid":10,"invalid":2,"ballots_cast":13)", true},
      {"parts-do-not-add-up", "", kVotes + R"(,"valid":10,"invalid":2,"blank":1,"ballots_cast":13)", false},
      {"parts-do-not-add-up", "", kVotes + R"(,"hand":{"from_sorted":{"A":5,"B":3,"C":1},"from_recheck":{"A":1}})",
       false},
      {"parts-do-not-add-up", "", kVotes + R"(,"hand":{"from_sorted":{"A":5,"B":3,"C":1},"from_recheck":{"B":1}})",
       true},
      {"parts-do-not-add-up", "", kVotes + R"(,"hand":{"from_sorted":{"A":6,"B":3},"from_recheck":{}})", true},
      // Votes that people counted for an option that the sheet does not list.
      {"parts-do-not-add-up", "", R"("votes":{"A":6},"hand":{"from_sorted":{"A":6},"from_recheck":{"B":500}})", true},
      {"parts-do-not-add-up", "", R"("votes":{"A":6},"hand":{"from_sorted":{"A":6},"from_recheck":{"nobody":1}})",
       true},
      {"parts-do-not-add-up", "",
       kVotes + R"(,"ballots_cast":12,"machine":{"sorted":{"A":6,"B":3,"C":1},"to_recheck":2})", false},
      {"parts-do-not-add-up", "",
       kVotes + R"(,"ballots_cast":12,"machine":{"sorted":{"A":6,"B":3,"C":1},"to_recheck":1})", true},
      {"parts-do-not-add-up", "", kVotes + R"(,"machine":{"sorted":{"D":6},"to_recheck":1})", true},

      {"parts-missing", "", kVotes, false},
      {"parts-missing", "", kVotes + R"(,"valid":10,"invalid":0,"ballots_cast":10)", false},
      {"parts-missing", "", kVotes + R"(,"ballots_cast":10)", true},
      {"parts-missing", "", kVotes + R"(,"ballots_cast":10,"valid":10)", true},
      {"parts-missing", "", kVotes + R"(,"valid":10,"invalid":0)", true},
      {"parts-missing", "", kVotes + R"(,"blank":0)", true},
      {"parts-missing", "", R"("votes":{"A":6,"B":4})", true},
      {"parts-missing", "", R"("votes":{})", true},

      {"cast-exceeds-issued", "", kVotes + R"(,"ballots_cast":10,"ballots_issued":10)", false},
      {"cast-exceeds-issued", "", kVotes + R"(,"ballots_cast":11,"ballots_issued":10)", true},
      {"cast-exceeds-issued", "", kVotes + R"(,"ballots_cast":11)", false},

      {"too-many-votes", "", kVotes + R"(,"valid":10)", false},
      {"too-many-votes", "", kVotes + R"(,"valid":9)", true},
      {"too-many-votes", "", kVotes, false},

      {"invalid-share", R"(,"share":"3/100")", kVotes + R"(,"ballots_cast":100,"invalid":3)", false},
      {"invalid-share", R"(,"share":"3/100")", kVotes + R"(,"ballots_cast":100,"invalid":4)", true},
      {"invalid-share", R"(,"share":"0/1")", kVotes + R"(,"ballots_cast":10000000,"invalid":1)", true},
      {"invalid-share", R"(,"share":"3/100")", kVotes + R"(,"ballots_cast":0,"invalid":4)", false},
      {"invalid-share", R"(,"share":"3/100")", kVotes + R"(,"invalid":4)", false},
      {"blank-share", R"(,"share":"1/3")", kVotes + R"(,"ballots_cast":9,"blank":3)", false},
      {"blank-share", R"(,"share":"1/3")", kVotes + R"(,"ballots_cast":9,"blank":4)", true},

      {"issued-cast-difference", R"(,"share":"2/100","at_least":15)",
       kVotes + R"(,"ballots_issued":1000,"ballots_cast":981)", false},
      {"issued-cast-difference", R"(,"share":"2/100","at_least":15)",
       kVotes + R"(,"ballots_issued":1000,"ballots_cast":980)", true},
      {"issued-cast-difference", R"(,"share":"2/100","at_least":15)",
       kVotes + R"(,"ballots_issued":100,"ballots_cast":86)", false},
      {"issued-cast-difference", R"(,"share":"2/100","at_least":15)",
       kVotes + R"(,"ballots_issued":100,"ballots_cast":115)", true},
      {"issued-cast-difference", R"(,"share":"2/100","at_least":15)",
       kVotes + R"(,"ballots_issued":0,"ballots_cast":15)", true},
      {"issued-cast-difference", R"(,"share":"0/1","at_least":0)", kVotes + R"(,"ballots_issued":10,"ballots_cast":10)",
       false},
      {"issued-cast-difference", R"(,"share":"2/100","at_least":15)", kVotes + R"(,"ballots_issued":1000)", false},

      {"nobody-voted", "", kVotes, false},
      {"nobody-voted", "", R"("votes":{"A":0,"B":0,"C":0})", true},
      {"nobody-voted", "", R"("votes":{"A":0,"B":0,"C":0},"ballots_cast":3)", false},
      {"nobody-voted", "", kVotes + R"(,"ballots_cast":0)", true},

      {"no-electors", "", kVotes, false},
      {"no-electors", "", kVotes + R"(,"electors":1)", false},
      {"no-electors", "", kVotes + R"(,"electors":0)", true},

      {"more-ballots-than-electors", "", kVotes + R"(,"electors":10,"ballots_cast":10)", false},
      {"more-ballots-than-electors", "", kVotes + R"(,"electors":10,"ballots_cast":11)", true},
      {"more-ballots-than-electors", "", kVotes + R"(,"ballots_cast":11)", false},

      {"announced-before-close", "", kVotes + R"(,"announced":"2025-06-03T20:00:00+09:00")", false},
      {"announced-before-close", "", kVotes + R"(,"announced":"2025-06-03T10:59:59Z")", true},
      {"announced-before-close", "", kVotes, false},

      {"faster-than-machine", R"(,"at_least":350)",
       kVotes +
           R"(,"ballots_cast":350,"count_began":"2025-06-03T20:00:00+09:00","count_ended":"2025-06-03T20:01:00+09:00")",
       false},
      {"faster-than-machine", R"(,"at_least":350)",
       kVotes +
           R"(,"ballots_cast":351,"count_began":"2025-06-03T20:00:00+09:00","count_ended":"2025-06-03T20:01:00+09:00")",
       true},
      {"faster-than-machine", R"(,"at_least":350)",
       kVotes + R"(,"ballots_cast":1,"count_began":"2025-06-03T20:00:01Z","count_ended":"2025-06-03T20:00:00Z")", true},
      {"faster-than-machine", R"(,"at_least":10000000)",
       kVotes + R"(,"ballots_cast":10000000,"count_began":"0000-01-01T00:00:00Z","count_ended":"9999-12-31T23:59:59Z")",
       false},
      {"faster-than-machine", R"(,"at_least":350)", kVotes + R"(,"ballots_cast":10000000)", false},
  };
  World world;
  std::set<std::string_view> passed, failed;
  for (const Case& c : cases) {
    CAPTURE(c.code);
    CAPTURE(c.sheet);
    CHECK(fires(rule_of(c.code, c.limits), world.election(), sheet_of(c.sheet)) == c.fires);
    (c.fires ? failed : passed).insert(c.code);
  }
  // identical-figures and unlike-concurrent-contest are about several sheets: below. Two are about scanned papers:
  // papers_test.cc.
  CHECK(passed.size() == kRuleCodes - 4);
  CHECK(failed.size() == kRuleCodes - 4);
}

TEST_CASE("plausibility: several votes on a ballot") {
  Country country;
  Definition definition = definition_of(country);
  definition.contests[0].votes_per_ballot = 2;
  auto election =
      Election::build(RecordId{}, definition, country.unit_table(), country.option_table(), country.rules).value();
  CHECK_FALSE(fires(rule_of("parts-do-not-add-up", ""), election, sheet_of(kVotes + R"(,"valid":5)")));
  CHECK_FALSE(fires(rule_of("too-many-votes", ""), election, sheet_of(kVotes + R"(,"valid":5)")));
  CHECK(fires(rule_of("too-many-votes", ""), election, sheet_of(kVotes + R"(,"valid":4)")));
}

TEST_CASE("plausibility: a rule keeps to its kinds of unit and its contests") {
  World world;  // a1 is of the kind polling-day
  CountSheet sheet = sheet_of(kVotes + R"(,"electors":0)");
  struct Case {
    std::string to;
    bool fires;
  };
  const Case cases[] = {
      {R"("kinds":["polling-day"],"contests":["mayor"])", true},
      {R"("kinds":["early"],"contests":["*"])", false},
      {R"("kinds":["early","*"],"contests":["*"])", true},
      {R"("kinds":["*"],"contests":["council"])", false},
      {R"("kinds":[],"contests":["*"])", false},
      {R"("kinds":["*"],"contests":[])", false},
      {R"("kinds":["polling"],"contests":["*"])", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.to);
    CHECK(fires(rule_of("no-electors", "", c.to), world.election(), sheet) == c.fires);
  }
}

TEST_CASE("plausibility: two units with the same figures; contests of one unit that differ") {
  Country country;
  country.rules = R"({"rules":[
    {"code":"identical-figures","kinds":["*"],"contests":["mayor"],"at_least":10},
    {"code":"unlike-concurrent-contest","kinds":["polling-day"],"contests":["*"],"at_least":2}]})";
  Script script(country);
  script.run(R"(
    G-nat: grant nat national / * by root-1 root-2
    G-clerk: grant clerk clerk / * by nat
    A: sheet a1 mayor A=6 B=3 C=1 cast=10 by clerk
    B: sheet b1 mayor A=6 B=3 C=1 cast=10 by clerk
    C: sheet s1 mayor A=6 B=3 C=1 cast=11 by clerk
    D: sheet a2 mayor A=5 B=0 C=0 cast=10 by clerk
    E: sheet s2 mayor A=5 B=0 C=0 cast=10 by clerk
    K: sheet a1 council X=8 Y=2 cast=12 by clerk
    L: sheet b1 council X=8 Y=2 cast=13 by clerk
    M: sheet a2 council X=8 Y=2 cast=99 by clerk
    N: sheet s1 council X=8 Y=2 by clerk
    O: sheet b1 council X=8 Y=2 cast=13 by clerk
  )");
  const Tally& tally = script.fold().tally();
  struct Case {
    ContestIndex contest;
    std::string unit;
    std::vector<RuleCode> findings;
  };
  using enum RuleCode;
  const Case cases[] = {
      {0, "a1", {identical_figures}},                             // 2 ballots apart from the council: not more than 2
      {0, "b1", {identical_figures, unlike_concurrent_contest}},  // 3 apart
      {0, "s1", {}},                                              // one figure differs; the council states no ballots
      {0, "a2", {}},  // 5 votes are too few to wonder about; early voting has no second rule
      {0, "s2", {}},
      {1, "a1", {}},
      {1, "b1", {unlike_concurrent_contest}},  // the first rule is for the mayor
      {1, "a2", {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.unit);
    UnitIndex unit = *script.world().election().tree().find_unit(UnitId(c.unit));
    CHECK(tally.findings(c.contest, unit) == c.findings);
  }
}

TEST_CASE("plausibility: a conflict is no sheet to be judged") {
  Country country;
  country.rules = R"({"rules":[{"code":"no-electors","kinds":["*"],"contests":["*"]}]})";
  Script script(country);
  script.run(R"(
    G-clerk: grant clerk clerk / * by root-1 root-2
    A: sheet a1 mayor A=6 electors=0 by clerk
    B: sheet a1 mayor A=7 electors=0 by clerk
    C: sheet a2 mayor A=7 electors=0 by clerk
  )");
  const auto& tree = script.world().election().tree();
  CHECK(script.fold().tally().findings(0, *tree.find_unit(UnitId("a1"))).empty());
  CHECK(script.fold().tally().findings(0, *tree.find_unit(UnitId("a2"))).size() == 1);
}

TEST_CASE("plausibility: the grammar of rules") {
  auto reads = [](const std::string& rule) { return parse_rules(R"({"rules":[)" + rule + "]}").has_value(); };
  const std::string to = R"("kinds":["*"],"contests":["*"])";
  CHECK(parse_rules(R"({"rules":[]})").has_value());
  CHECK(reads(R"({"code":"no-electors",)" + to + "}"));
  for (const char* share : {"0/1", "1/1", "3/100", "1000000/1000000"})
    CHECK(reads(R"({"code":"invalid-share",)" + to + R"(,"share":")" + share + "\"}"));
  for (const char* share : {"", "1", "2/1", "1/0", "-1/2", "1/-2", "1/2/3", "0.5", "1/1000001", " 1/2", "01/2", "/",
                            "18446744073709551616/18446744073709551616"})
    CHECK_FALSE(reads(R"({"code":"invalid-share",)" + to + R"(,"share":")" + share + "\"}"));
  const std::string bad[] = {
      R"({"code":"no-such-rule",)" + to + "}",
      R"({"code":"no-electors"})",
      R"({"code":"no-electors","kinds":"*","contests":["*"]})",
      R"({"code":"no-electors",)" + to + R"(,"share":"1/2"})",
      R"({"code":"no-electors",)" + to + R"(,"at_least":1})",
      R"({"code":"invalid-share",)" + to + "}",
      R"({"code":"invalid-share",)" + to + R"(,"share":5})",
      R"({"code":"faster-than-machine",)" + to + R"(,"at_least":-1})",
      R"({"code":"faster-than-machine",)" + to + R"(,"at_least":10000001})",
      "7",
  };
  for (const std::string& rule : bad) {
    CAPTURE(rule);
    CHECK_FALSE(reads(rule));
  }
  for (const char* text : {"", "[]", "{}", R"({"rules":{}})", R"({"rules":null})", "\xff"})
    CHECK_FALSE(parse_rules(text).has_value());
  std::string many;
  for (std::size_t i = 0; i <= kRules; ++i)
    many += (i ? "," : "") + std::string(R"({"code":"no-electors",)") + to + "}";
  CHECK_FALSE(reads(many));
  CHECK(parse_rules(std::string(kRulesBytes + 1, ' ')).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("plausibility: every rule says something to everybody, and no two have one code") {
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < kRuleCodes; ++i) {
    const RuleText& text = rule_text(static_cast<RuleCode>(i));
    codes.insert(text.code);
    for (std::string_view sentence : {text.full_ko, text.full_en, text.neutral_ko, text.neutral_en})
      CHECK(!sentence.empty());
    CHECK(text.full_en != text.neutral_en);  // who types is not told what was expected
  }
  CHECK(codes.size() == kRuleCodes);
}
