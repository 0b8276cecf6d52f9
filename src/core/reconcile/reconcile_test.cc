#include "core/reconcile/reconcile.h"

#include <random>

#include "core/codec/json.h"
#include "core/eml/write.h"
#include "core/results/claims.h"
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Country;
using scrutineer::testing::Script;

namespace {

constexpr std::string_view kGrants = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-clerk: grant clerk clerk / * by nat
)";
constexpr std::string_view kNight = R"(
  A1: sheet a1 mayor A=10 B=5 C=1 electors=40 issued=18 cast=17 valid=16 invalid=1 by clerk
  A2: sheet a2 mayor A=4 B=4 C=4 electors=20 issued=13 cast=13 valid=12 invalid=1 by clerk
  B1: sheet b1 mayor A=1 B=1 C=0 electors=9 issued=2 cast=2 valid=2 invalid=0 by clerk
  S2: sheet s2 mayor A=0 B=0 C=7 electors=20 issued=8 cast=8 valid=7 invalid=1 by clerk
  K1: sheet a1 council X=6 Y=4 electors=40 cast=17 by clerk
  K2: sheet a2 council X=6 Y=4 electors=21 cast=10 by clerk
)";

// Our side: a small night.
struct Night : Script {
  Night() {
    run(kGrants);
    run(kNight);
  }
  const Tally& tally() { return fold().tally(); }
  const Election& election() { return world().election(); }
  Reconciliation with(std::string_view csv, std::optional<ContestIndex> contest = {}) {
    Problems problems;
    auto other = read_other_csv(election(), contest, csv, "f.csv", problems);
    INFO((problems.empty() ? std::string() : to_string(problems.first())));
    REQUIRE(other.has_value());
    return reconcile(tally(), std::move(*other));
  }
};

// "unit a1 mayor votes:A 10 11": a line that a person can check.
std::vector<std::string> lines(const Reconciliation& result, const Election& election) {
  std::vector<std::string> out;
  auto number = [](const std::optional<std::int64_t>& n) { return n ? std::to_string(*n) : "-"; };
  for (const Difference& d : result.differences)
    out.push_back(std::string(kDifferenceKinds[static_cast<std::size_t>(d.kind)]) + " " +
                  place_id(election.tree(), d.place) + " " + election.contests()[d.contest].definition.id.value() +
                  " " + column_name(election.contests()[d.contest], d.column) + " " + number(d.ours) + " " +
                  number(d.theirs));
  for (const Missing& m : result.missing)
    out.push_back(std::string(m.side == Side::ours ? "missing-here " : "missing-there ") +
                  place_id(election.tree(), m.place) + " " + std::to_string(m.units));
  return out;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("reconcile: our own claims, given back to us, agree in everything") {
  Night night;
  Reconciliation result = night.with(write_results_csv(night.tally(), 0));
  CHECK(result.same());
  CHECK(result.agreements == std::vector<Matching>{{0, 4, 4, 5, 5}});
  CHECK(result.not_compared.empty());  // nobody states blank votes
  CHECK(night.with(write_results_csv(night.tally(), 1)).same());
}

TEST_CASE("reconcile: what an observer's table says otherwise, with every area above it") {
  Night night;
  const std::string head = "unit_id,contest_id,electors,votes:A,votes:B,votes:C\n";
  struct Case {
    const char* what;
    std::string rows;
    Lines expected;
  };
  const std::string a1 = "a1,mayor,40,10,5,1\n", a2 = "a2,mayor,20,4,4,4\n", b1 = "b1,mayor,9,1,1,0\n",
                    s2 = "s2,mayor,20,0,0,7\n";
  const Case cases[] = {
      {"the same", a1 + a2 + b1 + s2, {}},
      {"in another order", s2 + b1 + a2 + a1, {}},
      {"one figure",
       "a1,mayor,40,11,5,1\n" + a2 + b1 + s2,
       {"area-sum / mayor votes:A 15 16", "area-sum /north mayor votes:A 15 16",
        "area-sum /north/town mayor votes:A 14 15", "unit a1 mayor votes:A 10 11"}},
      {"two that offset each other inside an area",
       "a1,mayor,40,11,5,1\na2,mayor,20,3,4,4\n" + b1 + s2,
       {"unit a1 mayor votes:A 10 11", "unit a2 mayor votes:A 4 3"}},
      {"a total of an area that is not the sum",
       a1 + a2 + b1 + s2 + "/north,mayor,69,15,10,9\n",
       {"area-stated /north mayor votes:C 5 9"}},
      {"a figure that only one side states for the unit",
       "a1,mayor,,10,5,1\n" + a2 + b1 + s2,
       {"unit a1 mayor electors 40 -"}},
      {"a unit that they have not", a1 + a2 + s2, {"missing-there /north/village 1"}},
      {"an area that they have not", a1 + a2 + b1, {"missing-there /south 1"}},
      {"a unit that we have not", a1 + a2 + b1 + s2 + "s1,mayor,5,1,1,1\n", {"missing-here s1 1"}},
      {"only totals: nobody is asked for units", "/,mayor,89,15,10,13\n", {"area-stated / mayor votes:C 12 13"}},
      {"largest first",
       "a1,mayor,40,9,5,1\n" + a2 + b1 +
           "s2,mayor,20,0,0,70\n/,mayor,89,15,10,12\n/north,mayor,69,15,10,5\n"
           "/north/town,mayor,60,14,9,5\n/south,mayor,20,0,0,7\n",
       {"unit s2 mayor votes:C 7 70", "unit a1 mayor votes:A 10 9"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    Reconciliation result = night.with(head + c.rows);
    CHECK(lines(result, night.election()) == c.expected);
    CHECK(result.same() == c.expected.empty());
  }
}

TEST_CASE("reconcile: other tables: votes by option, figures alone, unknown units and options") {
  Night night;
  Reconciliation result = night.with(
      "unit_id,contest_id,option_id,votes\na1,mayor,A,10\na1,mayor,B,6\na1,mayor,C,1\nx9,mayor,A,3\na1,mayor,Z,3\n"
      "a1,king,A,3\n");
  CHECK(lines(result, night.election())[0] == "area-sum / mayor votes:B 5 6");
  CHECK(result.unknown.count() == 3);
  CHECK(result.not_compared.size() == 5);  // they state no figure
  Reconciliation figures = night.with("unit_id,electors,ballots\na1,40,17\n", ContestIndex{0});
  CHECK(figures.differences.empty());
  CHECK(figures.agreements.at(0).agreeing == 1);

  struct Bad {
    const char* what;
    const char* csv;
    const char* where;
  };
  const Bad tables[] = {
      {"no unit", "electors,votes:A\n1,2\n", "f.csv:1:1"},
      {"a misspelt column", "unit_id,contest_id,Votes:A\na1,mayor,1\n", "f.csv:1:1"},
      {"an option of nobody", "unit_id,contest_id,votes:Q\na1,mayor,1\n", "f.csv:1:1"},
      {"which contest?", "unit_id,electors\na1,40\n", "f.csv:1:1"},
      {"a unit twice", "unit_id,contest_id,votes:A\na1,mayor,1\na1,mayor,2\n", "f.csv:3:1"},
      {"no number", "unit_id,contest_id,votes:A\na1,mayor,ten\n", "f.csv:2:10"},
      {"below none", "unit_id,contest_id,votes:A\na1,mayor,-1\n", "f.csv:2:10"},
      {"votes of another contest", "unit_id,contest_id,votes:A,votes:X\na1,mayor,1,2\n", "f.csv:2:12"},
      {"an option twice", "unit_id,contest_id,option_id,votes\na1,mayor,A,1\na1,mayor,A,1\n", "f.csv:3:10"},
      {"two names", "unit_id,id,contest_id,votes:A\na1,a1,mayor,1\n", "f.csv:1:1"},
      {"nothing", "", ""},
  };
  for (const Bad& bad : tables) {
    CAPTURE(bad.what);
    Problems problems;
    CHECK_FALSE(read_other_csv(night.election(), {}, bad.csv, "f.csv", problems).has_value());
    REQUIRE_FALSE(problems.empty());
    if (*bad.where) CHECK(problems.listed()[0].where == bad.where);
  }
}

TEST_CASE("reconcile: an EML count of the same figures agrees, and one that differs is caught at every level") {
  Night night;
  const eml::Stamp stamp{"2025-06-03T22:00:00+09:00", "TK", ""};
  auto other = [&](eml::CountKind kind, auto change) {
    auto written = eml::write_510(night.tally(), 0, kind, 0, 0, stamp).value();
    change(written.bytes);
    return reconcile(night.tally(),
                     other_from_eml(night.election(), {}, eml::read_510(written.bytes, "f").value(), "f"));
  };
  auto nothing = [](std::string&) {};
  Reconciliation same = other(eml::CountKind::units, nothing);
  CHECK(same.same());
  CHECK(same.agreements == std::vector<Matching>{{0, 4, 4, 1, 1}});
  CHECK(same.not_compared == std::vector<NotCompared>{{0, static_cast<std::size_t>(Figure::blank), Side::ours}});
  // Blank votes, which our sheets do not count apart, may stand beside the invalid ones there.
  CHECK(other(eml::CountKind::station,
              [](std::string& xml) {
                xml.replace(xml.find("\"ongeldig\">1<"), 13, "\"ongeldig\">0<");
                xml.replace(xml.find("\"blanco\">0<"), 11, "\"blanco\">1<");
              })
            .agreements.at(0)
            .agreeing == 1);
  CHECK(other(eml::CountKind::areas, nothing).same());
  CHECK(other(eml::CountKind::station, nothing).agreements.at(0).agreeing == 1);
  Reconciliation changed = other(eml::CountKind::units, [](std::string& xml) {
    auto at = xml.rfind("<ValidVotes>7<");
    REQUIRE(at != xml.npos);
    xml[at + 12] = '8';
  });
  CHECK(lines(changed, night.election()) == Lines{"area-sum /south mayor votes:C 7 8", "unit s2 mayor votes:C 7 8"});
  CHECK(changed.remarks.count() == 2);  // their lists do not add up, nor does their total
}

TEST_CASE("reconcile: concurrent contests of one station") {
  Night night;
  auto differences = concurrent_differences(night.tally());
  REQUIRE(differences.size() == 2);
  CHECK(differences[0] == Difference{DifferenceKind::concurrent,
                                     1,
                                     {false, 1},
                                     static_cast<std::size_t>(Figure::ballots_cast),
                                     10,
                                     13,
                                     ContestIndex{0}});
  CHECK(differences[1].column == static_cast<std::size_t>(Figure::electors));
  CHECK(differences[1].amount() == -1);
}

TEST_CASE("reconcile: as CSV and as JSON") {
  Night night;
  Reconciliation result = night.with(
      "unit_id,contest_id,votes:A,votes:B,votes:C\na1,mayor,11,5,1\na2,mayor,4,4,4\nb1,mayor,1,1,0\nx,mayor,1,1,1\n");
  CHECK(write_reconciliation_csv(result, night.election()) ==
        "kind,place,name,contest,item,ours,theirs,difference,other_contest\n"
        "area-sum,/,,mayor,votes:A,15,16,1,\n"
        "area-sum,/north,north,mayor,votes:A,15,16,1,\n"
        "area-sum,/north/town,town,mayor,votes:A,14,15,1,\n"
        "unit,a1,A one,mayor,votes:A,10,11,1,\n"
        "missing-there,/south,south,mayor,units,1,,,\n"
        "not-compared,/,,mayor,electors,,not stated,,\n"
        "not-compared,/,,mayor,ballots_issued,,not stated,,\n"
        "not-compared,/,,mayor,ballots_cast,,not stated,,\n"
        "not-compared,/,,mayor,valid,,not stated,,\n"
        "not-compared,/,,mayor,invalid,,not stated,,\n"
        "unknown,f.csv:5:1,this election has no unit x,,,,,,\n");
  std::string json = write_reconciliation_json(result, night.election());
  REQUIRE(Json::parse(json).has_value());
  CHECK(json.find(R"({"kind":"unit","unit":"a1","name":"A one","contest":"mayor","item":"votes:A","ours":10,)"
                  R"("theirs":11,"difference":1})") != json.npos);
  CHECK(json.find(R"("same":false)") != json.npos);
}

TEST_CASE("reconcile: properties over random figures") {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    Country country;
    Script script(country);
    script.run(kGrants);
    auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (const UnitRow& unit : country.units)
      if (pick(4) > 0)
        script.run("S" + unit.id.value() + std::to_string(round) + ": sheet " + unit.id.value() +
                   " mayor A=" + std::to_string(pick(50)) + " B=" + std::to_string(pick(50)) +
                   " C=" + std::to_string(pick(50)) + " electors=" + std::to_string(200 + pick(50)) + " by clerk");
    const Tally& tally = script.fold().tally();
    const UnitTree& tree = script.world().election().tree();
    if (tally.matrix(0).sheets(0) == 0) continue;
    OtherTally other;
    for (UnitIndex unit = 0; unit < tree.units().size(); ++unit) {
      if (!tally.matrix(0).has(unit)) continue;
      Row row = tally.matrix(0).row(unit);
      OtherRow& theirs = other.rows.emplace_back(OtherRow{0, {false, unit}, {}});
      theirs.columns.assign(row.columns.begin(), row.columns.end());
      for (std::size_t i = 0; i < kFigures; ++i)
        if (!(row.stated >> i & 1)) theirs.columns[i].reset();
    }
    CHECK(reconcile(tally, other).same());  // identical: no difference

    // One changed figure: exactly that unit and every area above it, in that figure, by that amount.
    OtherTally changed = other;
    OtherRow& victim = changed.rows[random() % changed.rows.size()];
    std::size_t column = kFigures + random() % 3;
    std::int64_t amount = 1 + pick(20);
    *victim.columns[column] += amount;
    Reconciliation result = reconcile(tally, changed);
    std::size_t expected = 1;
    for (AreaIndex area = tree.units()[victim.place.index].area;; area = tree.areas()[area].parent) {
      ++expected;
      if (area == 0) break;
    }
    CHECK(result.differences.size() == expected);
    for (const Difference& d : result.differences) {
      CHECK(d.column == column);
      CHECK(d.amount() == amount);
      if (d.place.is_area)
        CHECK(tree.areas()[d.place.index].units.covers({victim.place.index, victim.place.index + 1}));
      else
        CHECK(d.place == victim.place);
    }
    CHECK(result.missing.empty());
    CHECK(result.agreements.at(0).agreeing == result.agreements[0].units - 1);

    // The order of their rows does not matter.
    std::shuffle(changed.rows.begin(), changed.rows.end(), random);
    CHECK(reconcile(tally, changed).differences == result.differences);
  }
}
