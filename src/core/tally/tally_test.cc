// Sheets of one unit against each other: duplicates, conflicts, corrections, settlements. Words:
// tests/support/script.h.
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Script;

namespace {

constexpr std::string_view kClerks = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-clerk: grant clerk clerk / * by nat
  G-c2: grant clerk-2 clerk / * by nat
)";

void run(std::string_view lines) {
  Script script;
  script.run(kClerks);
  script.run(lines);
}

}  // namespace

TEST_CASE("tally: totals at every level; what no sheet states is not 0") {
  run(R"(
    A1: sheet a1 mayor A=10 B=5 C=1 electors=40 cast=17 valid=16 invalid=1 by clerk
    B1: sheet b1 mayor A=1 B=1 C=0 cast=2 by clerk
    S1: sheet s1 mayor A=0 B=0 C=7 electors=9 by clerk
    mayor /north/town A=10 B=5 C=1 electors=40 cast=17 valid=16 invalid=1 blank=- issued=- sheets=1
    mayor /north/village A=1 B=1 C=0 electors=- cast=2 valid=- sheets=1
    mayor /north A=11 B=6 C=1 electors=40 cast=19 sheets=2
    mayor /south A=0 B=0 C=7 electors=9 cast=- sheets=1
    mayor / A=11 B=6 C=8 electors=49 cast=19 valid=16 sheets=3
    mayor a1 counted
    mayor a2 empty
    council / X=0 Y=0 sheets=0
    Z: sheet a1 council X=3 Y=4 by clerk
    council / X=3 Y=4 sheets=1
    mayor / A=11 sheets=3
  )");
}

TEST_CASE("tally: nobody's voting is a figure, and stating nothing is none") {
  run(R"(
    A1: sheet a1 mayor A=0 B=0 C=0 electors=0 cast=0 by clerk
    mayor / electors=0 cast=0 valid=- sheets=1
  )");
}

TEST_CASE("tally: the same figures twice count once") {
  run(R"(
    A: sheet a1 mayor A=10 B=5 C=1 by clerk
    again A by clerk-2                       # another signer of one record is no second sheet
    mayor a1 counted
    B: sheet a1 mayor A=10 B=5 C=1 by clerk-2
    mayor a1 duplicate
    mayor / A=10 B=5 C=1 sheets=1
    C: sheet a1 mayor C=1 B=5 A=10 by clerk  # in another order
    mayor a1 duplicate
    D: sheet a1 mayor A=10 B=5 C=1 cast=16 by clerk   # a figure more: not the same
    mayor a1 conflict
    mayor / A=0 cast=- sheets=0
  )");
}

TEST_CASE("tally: sheets that contradict each other do not count until the contradiction is settled") {
  run(R"(
    A: sheet a1 mayor A=10 by clerk
    B: sheet a1 mayor A=11 by clerk
    mayor a1 conflict
    mayor / A=0 sheets=0
    C: sheet a1 mayor A=11 replaces A by clerk     # the first was wrong: the second stands, said twice
    mayor a1 duplicate
    mayor / A=11 sheets=1
  )");
}

TEST_CASE("tally: two further sheets settle a conflict with figures of their own") {
  run(R"(
    A: sheet a1 mayor A=10 by clerk
    B: sheet a1 mayor A=11 by clerk
    C: sheet a1 mayor A=12 replaces A by clerk
    mayor a1 conflict
    D: sheet a1 mayor A=12 replaces B by clerk
    mayor a1 duplicate
    mayor / A=12 sheets=1
  )");
}

TEST_CASE("tally: chains and branches of corrections") {
  run(R"(
    A: sheet a1 mayor A=10 by clerk
    B: sheet a1 mayor A=11 replaces A by clerk
    mayor a1 counted
    mayor / A=11 sheets=1
    C: sheet a1 mayor A=12 replaces B by clerk     # A does not come back
    mayor a1 counted
    mayor / A=12 sheets=1
    D: sheet a1 mayor A=13 replaces B by clerk     # a second correction of the same sheet
    mayor a1 conflict
    E: sheet a1 mayor A=12 replaces D by clerk
    mayor a1 duplicate
    mayor / A=12 sheets=1
    F: sheet a1 mayor A=10 replaces A by clerk     # replaces what is replaced already: stands beside the others
    mayor a1 conflict
  )");
}

TEST_CASE("tally: a correction that takes effect before what it corrects") {
  run(R"(
    W: grant late clerk a1 council by nat
    A: sheet a1 mayor A=10 by late              # not in effect: another contest
    B: sheet a1 mayor A=11 replaces A by clerk
    mayor a1 counted
    mayor / A=11 sheets=1
    again A by clerk                            # now it takes effect, and is replaced at once
    A counts
    mayor a1 counted
    mayor / A=11 sheets=1
  )");
}

TEST_CASE("tally: a correction of another unit's or contest's sheet replaces nothing") {
  run(R"(
    A: sheet a1 mayor A=10 by clerk
    B: sheet a2 mayor A=20 by clerk
    C: sheet a2 mayor A=21 replaces A by clerk
    mayor a1 counted
    mayor a2 conflict
    mayor / A=10 sheets=1
    D: sheet a1 council X=1 replaces A by clerk
    council a1 counted
    mayor a1 counted
  )");
}

TEST_CASE("tally: thousands of sheets for one unit are no problem") {
  Script script;
  script.run(kClerks);
  std::vector<PlausibilityRule> rules;
  ElectionFold fold(script.world().election(), script.world().roots(), rules);
  REQUIRE(script.world().feed(fold).has_value());
  testing::Signatory clerk("clerk");
  const SignatureCheck good[] = {SignatureCheck::good};
  CountSheet sheet;
  sheet.unit = UnitId("a1"), sheet.contest = ContestId("mayor");
  ParsedEntry entry;
  entry.signatures = {{clerk.name, clerk.key.id, "checked"}};
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    sheet.votes = {{OptionId("A"), i % 2}};
    entry.record = Record{script.world().election().id(), {}, sheet};
    entry.id.hash.bytes = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8), 1};
    fold.apply(100 + i, entry, "text\n", good);
  }
  UnitIndex unit = *script.world().election().tree().find_unit(UnitId("a1"));
  CHECK(fold.tally().cell(0, unit).versions.size() == 5'000);
  CHECK(fold.tally().cell(0, unit).state == CellState::conflict);
}
