#include "core/eml/eml.h"
#include "core/eml/naming.h"
#include "core/eml/package.h"
#include "core/eml/write.h"
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Country;
using scrutineer::testing::Script;

namespace {

constexpr std::string_view kNight = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-clerk: grant clerk clerk / * by nat
  A1: sheet a1 mayor A=10 B=5 C=1 electors=40 issued=18 cast=17 valid=16 invalid=1 by clerk
  B1: sheet b1 mayor A=1 B=1 C=0 electors=9 issued=2 cast=2 valid=2 invalid=0 by clerk
  S2: sheet s2 mayor A=0 B=0 C=7 electors=20 issued=8 cast=8 valid=7 invalid=1 by clerk
)";
const eml::Stamp kStamp{.created = "2025-06-03T22:00:00+09:00", .category = "TK", .election_id = ""};

std::string head(std::string_view kind) {
  return "<EML xmlns='urn:oasis:names:tc:evs:schema:eml' xmlns:kr='http://www.kiesraad.nl/extensions' Id='" +
         std::string(kind) + "' SchemaVersion='5'><TransactionId>1</TransactionId><ManagingAuthority>" +
         "<AuthorityIdentifier Id='0312'>Bunnik</AuthorityIdentifier><AuthorityAddress/></ManagingAuthority>" +
         "<kr:CreationDateTime>2023-11-23T18:19:30.837</kr:CreationDateTime><Count><EventIdentifier/><Election>" +
         "<ElectionIdentifier Id='TK2023'><ElectionCategory>TK</ElectionCategory><kr:ElectionDate>2023-11-22" +
         "</kr:ElectionDate></ElectionIdentifier><Contests><Contest><ContestIdentifier Id='8'/>";
}
constexpr std::string_view kTail = "</Contest></Contests></Election></Count></EML>";

std::string list(std::string id, std::string votes) {
  return "<Selection><AffiliationIdentifier Id='" + id + "'><RegisteredName>L" + id +
         "</RegisteredName></AffiliationIdentifier><ValidVotes>" + votes + "</ValidVotes></Selection>";
}
std::string candidate(std::string id, std::string votes) {
  return "<Selection><Candidate><CandidateIdentifier " + id + "/></Candidate><ValidVotes>" + votes +
         "</ValidVotes></Selection>";
}
std::string figures(std::string cast, std::string counted, std::string invalid, std::string blank) {
  return "<Cast>" + cast + "</Cast><TotalCounted>" + counted + "</TotalCounted><RejectedVotes ReasonCode='ongeldig'>" +
         invalid + "</RejectedVotes><RejectedVotes ReasonCode='blanco'>" + blank + "</RejectedVotes>";
}
std::string unit(std::string id, std::string inside) {
  return "<ReportingUnitVotes><ReportingUnitIdentifier Id='" + id + "'>Unit " + id + "</ReportingUnitIdentifier>" +
         inside + "</ReportingUnitVotes>";
}

}  // namespace

TEST_CASE("eml: which ids are EML_NL's own") {
  for (const char* good : {"HSB1", "0363", "SB7", "HSB9::0363", "0312::SB4", "HSB9::0363::SB4", "HSB3::SB4"})
    CHECK(eml::is_unit_id(good));
  for (const char* bad :
       {"", "a1", "HSB", "036", "SB", "SB4::0312", "SB1::SB2", "HSB9::", "::SB1", "1101-0007", "SB1x"})
    CHECK_FALSE(eml::is_unit_id(bad));
}

TEST_CASE("eml: a count goes out and comes back the same, at every level") {
  Script script;
  script.run(kNight);
  const Tally& tally = script.fold().tally();
  auto written = eml::write_510(tally, 0, eml::CountKind::units, 0, 0, kStamp).value();
  CHECK(written.notes ==
        std::vector<std::string>{"2 units have no sheet that counts and are left out",
                                 "blank: not stated on 3 of 3 sheets; EML has no way to say so, and 0 stands there"});
  auto count = eml::read_510(written.bytes, "f").value();
  CHECK(count.problems.empty());
  CHECK(count.header == eml::Header{"510b", "TK20250603", "[SIMULATED] Test election", "TK", "", "2025-06-03",
                                    kStamp.created, "CSB", "Test election"});
  const eml::ContestCount& contest = count.contests.at(0);
  CHECK(contest.id == "1");  // "mayor" is no id of EML_NL
  CHECK(contest.name == "Mayor");
  CHECK(contest.total->selections == std::vector<eml::Selection>{{"1", "", "Party A (Ann)", 11},
                                                                 {"2", "", "Bob", 6},
                                                                 {"3", "", "Party C (Cem)", 8}});
  CHECK(contest.total->cast == 69);
  CHECK(contest.total->counted == 25);
  CHECK(contest.total->invalid == 2);
  CHECK(contest.total->admitted() == 28);
  REQUIRE(contest.units.size() == 3);
  CHECK(contest.units[0].id == "SB1");
  CHECK(contest.units[0].name == "A one");
  CHECK(contest.units[2].selections[2].votes == 7);

  eml::Naming naming(script.world().election(), 0);
  CHECK(naming.find_unit("SB3") == script.world().election().tree().find_unit(UnitId("b1")));
  CHECK(naming.find_unit("a1") == script.world().election().tree().find_unit(UnitId("a1")));
  CHECK_FALSE(naming.find_unit("SB6").has_value());
  CHECK_FALSE(naming.find_unit("SB0").has_value());
  CHECK(naming.find_option("3", "") == OptionIndex{2});
  CHECK_FALSE(naming.find_option("4", "").has_value());
  CHECK_FALSE(naming.find_option("3", "1").has_value());
  CHECK(eml::find_contest(script.world().election(), "2") == ContestIndex{1});
  CHECK_FALSE(eml::find_contest(script.world().election(), "3").has_value());

  auto areas = eml::write_510(tally, 0, eml::CountKind::areas, 0, 0, kStamp).value();
  auto national = eml::read_510(areas.bytes, "f").value();
  CHECK(national.header.kind == "510d");
  REQUIRE(national.contests.at(0).units.size() == 2);
  CHECK(naming.find_area(national.contests[0].units[1].id, "") == script.world().election().tree().find_area("/south"));
  CHECK(eml::read_510(eml::write_510(tally, 0, eml::CountKind::areas, 1, 0, kStamp)->bytes, "f")->header.kind ==
        "510c");
  auto station = eml::read_510(eml::write_510(tally, 0, eml::CountKind::station, 0, 0, kStamp)->bytes, "f").value();
  CHECK(station.header.kind == "510a");
  CHECK_FALSE(station.contests.at(0).total.has_value());
  CHECK(station.contests[0].units.at(0).counted == 16);
  CHECK(eml::write_510(tally, 1, eml::CountKind::units, 0, 0, kStamp).error().code == ErrorCode::not_found);
  eml::Stamp nonsense{.created = "x", .category = "XX", .election_id = ""};
  CHECK(eml::write_510(tally, 0, eml::CountKind::units, 0, 0, nonsense).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("eml: candidates of lists keep their numbers, and so do stations that have EML_NL's") {
  Country country;
  const char* ids[] = {"HSB1::0001", "HSB1::0002", "HSB1::0003", "HSB2::0004", "HSB2::0005"};
  for (std::size_t i = 0; i < 5; ++i) country.units[i].id = UnitId(ids[i]);
  country.options[0].option = {OptionId("4.1"), "List four", "Ann"};
  country.options[1].option = {OptionId("4.2"), "List four", "Bob"};
  country.options[2].option = {OptionId("7.1"), "List seven", "Cem"};
  Script script(country);
  script.run(R"(
    G-nat: grant nat national / * by root-1 root-2
    G-clerk: grant clerk clerk / * by nat
    A: sheet HSB1::0001 mayor 4.1=10 4.2=5 7.1=1 electors=40 by clerk)");
  auto written = eml::write_510(script.fold().tally(), 0, eml::CountKind::units, 0, 0, kStamp).value();
  auto count = eml::read_510(written.bytes, "f").value();
  CHECK(count.problems.empty());
  const eml::Group& group = count.contests.at(0).units.at(0);
  CHECK(group.id == "HSB1::0001");
  CHECK(group.selections == std::vector<eml::Selection>{{"4", "", "List four", 15},
                                                        {"4", "1", "", 10},
                                                        {"4", "2", "", 5},
                                                        {"7", "", "List seven", 1},
                                                        {"7", "1", "", 1}});
  eml::Naming naming(script.world().election(), 0);
  CHECK(naming.find_option("4", "2") == OptionIndex{1});
  CHECK_FALSE(naming.find_option("4", "").has_value());
  CHECK(naming.find_area("HSB1", "south") == script.world().election().tree().find_area("/south"));
}

TEST_CASE("eml: what contradicts itself in a file is listed, and taken in as it stands") {
  struct Case {
    std::string what, inside, problem;
  };
  const Case cases[] = {
      {"nothing", unit("SB1", list("1", "7") + candidate("Id='1'", "7") + figures("9", "7", "1", "0")), ""},
      {"no electors", unit("SB1", list("1", "7") + figures("0", "7", "1", "0")), "0 electors beside 8 ballots"},
      {"nobody voted where nobody may", unit("SB1", list("1", "0") + figures("0", "0", "0", "0")), ""},
      {"lists", unit("SB1", list("1", "7") + figures("9", "8", "0", "0")), "the lists have 7 votes, and 8 valid"},
      {"candidates", unit("SB1", list("1", "7") + candidate("Id='1'", "5") + figures("9", "7", "0", "0")),
       "list 1 has 7 votes, its candidates 5"},
      {"a list twice", unit("SB1", list("1", "3") + list("1", "4") + figures("9", "7", "0", "0")),
       "list 1 stands twice"},
      {"the whole",
       "<TotalVotes>" + list("1", "8") + figures("9", "8", "0", "0") + "</TotalVotes>" +
           unit("SB1", list("1", "7") + figures("9", "7", "0", "0")),
       "valid votes: 8 stated for the whole, and 7"},
      {"short codes above numbers",
       "<TotalVotes>" + list("1", "7") + candidate("ShortCode='BakkerA'", "7") + figures("9", "7", "0", "0") +
           "</TotalVotes>" +
           unit("HSB1", list("1", "7") + candidate("Id='1' ShortCode='BakkerA'", "7") + figures("9", "7", "0", "0")),
       ""},
      {"voters let in",
       unit("SB1", list("1", "7") + figures("9", "7", "0", "0") +
                       "<UncountedVotes ReasonCode='toegelaten kiezers'>9</UncountedVotes>"
                       "<UncountedVotes ReasonCode='meer getelde stembiljetten'>0</UncountedVotes>"
                       "<UncountedVotes ReasonCode='minder getelde stembiljetten'>1</UncountedVotes>"),
       "7 ballots, and 8 follow"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto count = eml::read_510(head("510b") + c.inside + std::string(kTail), "f");
    REQUIRE_MESSAGE(count.has_value(), (count ? std::string() : to_string(count.error())));
    CHECK(count->problems.empty() == c.problem.empty());
    if (c.problem.empty()) continue;
    CHECK(count->problems.listed()[0].message.find(c.problem) != std::string::npos);
    CHECK(count->problems.listed()[0].where == "f:1");
  }
  auto none = eml::read_510(head("510b") + cases[1].inside + std::string(kTail), "f").value();
  CHECK_FALSE(none.contests.at(0).units.at(0).electors().has_value());
}

TEST_CASE("eml: what is refused") {
  struct Case {
    std::string what, text;
    ErrorCode code;
  };
  const std::string good = unit("SB1", list("1", "7") + figures("9", "7", "0", "0"));
  const Case cases[] = {
      {"no XML", "hello", ErrorCode::malformed},
      {"another message", head("520") + good + std::string(kTail), ErrorCode::unsupported},
      {"another namespace", "<EML Id='510b'/>", ErrorCode::unsupported},
      {"no figures", head("510b") + std::string(kTail), ErrorCode::malformed},
      {"a unit twice", head("510b") + good + good + std::string(kTail), ErrorCode::conflict},
      {"no votes", head("510b") + unit("SB1", list("1", "") + figures("9", "7", "0", "0")) + std::string(kTail),
       ErrorCode::malformed},
      {"votes below none",
       head("510b") + unit("SB1", list("1", "-1") + figures("9", "7", "0", "0")) + std::string(kTail),
       ErrorCode::malformed},
      {"votes beyond counting",
       head("510b") + unit("SB1", list("1", "4000000001") + figures("9", "7", "0", "0")) + std::string(kTail),
       ErrorCode::malformed},
      {"no electors",
       head("510b") + unit("SB1", list("1", "7") + "<TotalCounted>7</TotalCounted>") + std::string(kTail),
       ErrorCode::malformed},
      {"a candidate of nobody",
       head("510b") + unit("SB1", candidate("Id='1'", "7") + figures("9", "7", "0", "0")) + std::string(kTail),
       ErrorCode::malformed},
      {"a candidate without a number",
       head("510b") + unit("SB1", list("1", "7") + candidate("", "7") + figures("9", "7", "0", "0")) +
           std::string(kTail),
       ErrorCode::malformed},
      {"another reason",
       head("510b") +
           unit("SB1",
                list("1", "7") + figures("9", "7", "0", "0") + "<RejectedVotes ReasonCode='x'>1</RejectedVotes>") +
           std::string(kTail),
       ErrorCode::malformed},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto count = eml::read_510(c.text, "f");
    REQUIRE_FALSE(count.has_value());
    CHECK(count.error().code == c.code);
    CHECK(count.error().where.starts_with("f:"));
  }
}

TEST_CASE("eml: a result names who is elected, and only when there is a result") {
  Script script;
  script.run(kNight);
  auto seats = [&](ContestIndex contest) { return compute_seats(script.fold().tally(), contest).value(); };
  CHECK(eml::write_520(script.fold().tally(), 0, seats(0), kStamp).error().code == ErrorCode::conflict);
  for (const char* id : {"a1", "a2", "b1", "s1", "s2"})
    script.run("C" + std::string(id) + ": sheet " + id + " council X=6 Y=4 by clerk");
  auto written = eml::write_520(script.fold().tally(), 1, seats(1), kStamp).value();
  CHECK(written.notes.size() == 1);
  auto result = eml::read_520(written.bytes, "f").value();
  CHECK(result.header.kind == "520");
  CHECK(result.contests.at(0).lists ==
        std::vector<eml::ElectedList>{{"1", "List X", {"", "", ""}}, {"2", "List Y", {"", ""}}});
  for (const char* id : {"a2", "s1"})
    script.run("M" + std::string(id) + ": sheet " + id + " mayor A=1 B=0 C=0 by clerk");
  auto mayor = eml::read_520(eml::write_520(script.fold().tally(), 0, seats(0), kStamp)->bytes, "f").value();
  CHECK(mayor.contests.at(0).lists == std::vector<eml::ElectedList>{{"1", "Party A (Ann)", {"Ann"}}});
  // A tie: nothing may be said before the lot.
  for (const char* id : {"a1"})
    script.run("T" + std::string(id) + ": sheet " + id + " mayor A=1 B=5 C=1 replaces A1 by clerk");
  CHECK(seats(0).outcome.kind == seats::Outcome::Kind::decided);
  script.run("Tb: sheet b1 mayor A=5 B=1 C=0 replaces B1 by clerk");
  script.run("Ts: sheet s2 mayor A=0 B=2 C=7 replaces S2 by clerk");
  REQUIRE(seats(0).outcome.kind == seats::Outcome::Kind::lots_needed);
  CHECK(eml::write_520(script.fold().tally(), 0, seats(0), kStamp).error().code == ErrorCode::conflict);
}

TEST_CASE("eml: counts of several files as one package") {
  auto read = [](const std::string& id, const std::string& inside, const char* authority) {
    std::string text = head(id) + inside + std::string(kTail);
    text.replace(text.find("Bunnik"), 6, authority);
    return eml::read_510(text, "f").value();
  };
  const std::string one = list("2", "7") + candidate("Id='1'", "4") + candidate("Id='2'", "3") + list("10", "1") +
                          candidate("Id='1'", "1") + figures("20", "8", "1", "2");
  std::vector<eml::Count> counts;
  counts.push_back(read("510b", unit("0312::SB1", one), "Bunnik"));
  counts.push_back(read(
      "510b", unit("0344::SB1", list("2", "5") + candidate("Id='1'", "5") + figures("0", "5", "0", "0")), "Utrecht"));
  auto files = eml::to_package(counts, eml::OptionLevel::lists, 0).value();
  CHECK(files.units_csv ==
        "unit_id,level1,name,kind,electors,ballots,valid,invalid\n"
        "0312::SB1,Bunnik,Unit 0312::SB1,polling-day,20,11,8,3\n"
        "0344::SB1,Utrecht,Unit 0344::SB1,polling-day,,5,5,0\n");
  CHECK(files.options_csv == "contest_id,option_id,party,name\nTK2023,2,,L2\nTK2023,10,,L10\n");
  CHECK(files.counts_csv ==
        "unit_id,contest_id,option_id,votes\n0312::SB1,TK2023,2,7\n0312::SB1,TK2023,10,1\n0344::SB1,TK2023,2,5\n"
        "0344::SB1,TK2023,10,0\n");
  CHECK(files.notes.size() == 2);  // blank votes, and a list that is not on a ballot paper
  CHECK(files.election_json.find(R"("method":"nl-house","seats":150)") != std::string::npos);
  auto candidates = eml::to_package(counts, eml::OptionLevel::candidates, 0).value();
  CHECK(candidates.options_csv ==
        "contest_id,option_id,party,name\nTK2023,2.1,L2,kandidaat 1\nTK2023,2.2,L2,kandidaat "
        "2\nTK2023,10.1,L10,kandidaat "
        "1\n");
  counts.push_back(counts[0]);
  CHECK(eml::to_package(counts, eml::OptionLevel::lists, 0).error().code == ErrorCode::conflict);
  CHECK(eml::to_package({}, eml::OptionLevel::lists, 1).error().code == ErrorCode::not_found);
  counts.resize(1);
  counts[0].header.category = "GR";
  CHECK(eml::to_package(counts, eml::OptionLevel::lists, 0).error().code == ErrorCode::invalid_argument);
}
