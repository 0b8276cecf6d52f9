// The definition with its tables: what it takes to believe them, and the tables themselves.
#include "core/election/election.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "tests/support/world.h"

using namespace scrutineer;
using scrutineer::testing::Country;

namespace {

// Builds with a definition that states these very bytes.
Result<Election> built_from(std::string units, std::string options, std::string rules = "{}") {
  Definition definition = testing::definition_of(Country{});
  definition.units = testing::blob_of(units, "text/csv");
  definition.options = testing::blob_of(options, "text/csv");
  definition.rules = testing::blob_of(rules, "application/json");
  return Election::build(RecordId{}, definition, units, options, rules);
}

const std::string kUnits = Country{}.unit_table();
const std::string kOptions = Country{}.option_table();

}  // namespace

TEST_CASE("election: tables that are not those of the definition are refused") {
  Country country;
  Definition definition = testing::definition_of(country);
  auto build = [&](std::string units, std::string options, std::string rules) {
    return Election::build(RecordId{}, definition, units, options, rules);
  };
  REQUIRE(build(kUnits, kOptions, country.rules).has_value());
  auto flipped = [](std::string text) {
    text.back() = static_cast<char>(text.back() ^ 1);
    return text;
  };
  struct Case {
    std::string what;
    Result<Election> election;
    const char* where;
  };
  const Case cases[] = {
      {"one bit of the units", build(flipped(kUnits), kOptions, country.rules), "unit table"},
      {"a unit more", build(kUnits + "z,north,town,Z,polling-day\n", kOptions, country.rules), "unit table"},
      {"no units", build("", kOptions, country.rules), "unit table"},
      {"one bit of the options", build(kUnits, flipped(kOptions), country.rules), "option table"},
      {"one bit of the rules", build(kUnits, kOptions, flipped(country.rules)), "plausibility rules"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    REQUIRE_FALSE(c.election.has_value());
    CHECK(c.election.error().code == ErrorCode::corrupt);
    CHECK(c.election.error().where == c.where);
  }
  // The same bytes, another size stated.
  ++definition.units.size;
  CHECK_FALSE(build(kUnits, kOptions, country.rules).has_value());
}

TEST_CASE("election: what tables must not say") {
  const std::string header = "contest_id,option_id,party,name\n";
  struct Case {
    std::string what;
    std::string units, options;
    ErrorCode code;
  };
  const Case cases[] = {
      {"no units at all", "unit_id,name,kind\n", kOptions, ErrorCode::malformed},
      {"a table without its header", "a1,A one,polling-day\n", kOptions, ErrorCode::malformed},
      {"a unit twice", kUnits + "a1,north,town,again,early\n", kOptions, ErrorCode::conflict},
      {"a unit without a kind", kUnits + "z,north,town,Z,\n", kOptions, ErrorCode::malformed},
      {"a unit that looks like an area", kUnits + "/north,,,Z,k\n", kOptions, ErrorCode::malformed},
      {"an area with a slash", kUnits + "z,no/rth,,Z,k\n", kOptions, ErrorCode::malformed},
      {"bytes that are no UTF-8", kUnits + "z,north,town,\xff,k\n", kOptions, ErrorCode::malformed},
      {"an option of an unknown contest", kUnits, kOptions + "judge,J,,J\n", ErrorCode::malformed},
      {"an option twice", kUnits, kOptions + "mayor,A,,Ann again\n", ErrorCode::conflict},
      {"an option without a name", kUnits, kOptions + "mayor,D,,\n", ErrorCode::malformed},
      {"a contest without options", kUnits, header + "mayor,A,,Ann\n", ErrorCode::malformed},
      {"a column too many", kUnits, "contest_id,option_id,party,name,colour\n", ErrorCode::malformed},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto election = built_from(c.units, c.options);
    REQUIRE_FALSE(election.has_value());
    CHECK(election.error().code == c.code);
  }
}

TEST_CASE("election: too many options for one contest") {
  std::string options = kOptions;
  for (std::size_t i = 4; i <= limits::kOptionsPerContest; ++i) options += "mayor,o" + std::to_string(i) + ",,n\n";
  CHECK(built_from(kUnits, options).has_value());
  CHECK(built_from(kUnits, options + "mayor,more,,n\n").error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("election: tables are read back as they were written, in any order of columns") {
  Country country;
  country.units[1].name = "comma, \"quote\"\nline";
  Problems problems;
  auto rows = read_unit_table(country.unit_table(), "units.csv", problems);
  CHECK(problems.empty());
  CHECK(write_unit_table(rows, Country::kLevels) == country.unit_table());
  auto options = read_option_table(country.option_table(), "options.csv", problems);
  CHECK(problems.empty());
  CHECK(write_option_table(options) == country.option_table());

  rows = read_unit_table("kind,level2,note,name,level1,unit_id,level3\nk,b,x,n,a,id,c\n", "units.csv", problems);
  REQUIRE(problems.empty());
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].levels == std::vector<std::string>{"a", "b", "c"});
  CHECK(rows[0].kind == "k");
}

TEST_CASE("election: a gap in the numbers of the levels is refused, not left out") {
  Problems problems;
  read_unit_table("unit_id,level1,level3,name,kind\na,x,y,n,k\n", "units.csv", problems);
  CHECK_FALSE(problems.empty());
}

TEST_CASE("election: finding contests, options and signing rules") {
  testing::World world;
  const Election& election = world.election();
  CHECK(election.find_contest(ContestId("council")) == 1u);
  CHECK_FALSE(election.find_contest(ContestId("*")).has_value());
  CHECK(election.contests()[1].find_option(OptionId("Y")) == 1u);
  CHECK_FALSE(election.contests()[1].find_option(OptionId("A")).has_value());
  REQUIRE(election.signing_rule(RecordType::count_sheet));
  CHECK(election.signing_rule(RecordType::count_sheet)->any_of.size() == 2);
  CHECK(election.signing_rule(RecordType::grant) == nullptr);
}
