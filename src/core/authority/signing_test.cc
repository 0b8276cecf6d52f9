// Who has to sign what, where: scenarios in the words of tests/support/script.h.
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Script;

namespace {

// A national office; a coordinator, a chair, two members and a clerk for the north; coordinator and chair for the
// south.
constexpr std::string_view kOffices = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-pub: grant pub publisher / * by root-1 root-3
  G-cn: grant coord-n coordinator /north * by nat
  G-cs: grant coord-s coordinator /south * by nat
  G-ch: grant chair-n chair /north * by coord-n
  G-m1: grant m1 member /north * by coord-n
  G-m2: grant m2 member /north * by coord-n
  G-clerk: grant clerk-n clerk /north * by nat
  G-chs: grant chair-s chair /south * by coord-s
)";

void run(std::string_view lines) {
  Script script;
  script.run(kOffices);
  script.run(lines);
}

}  // namespace

TEST_CASE("signing: together or one by one, in any order") {
  run(R"(
    S: sheet a1 mayor A=1 B=2 C=3 by chair-n m1 m2
    S counts
    S at S
    S signers chair-n=authorised m1=authorised m2=authorised

    T: sheet a2 mayor A=1 B=2 C=3 by m2
    T waits
    again T by chair-n
    T waits
    again T by chair-n              # the same once more adds nobody
    T waits
    U: sheet b1 mayor A=1 B=1 C=1 by clerk-n
    again T by m1
    T counts
    U counts                        # one clerk suffices for a transcription
    mayor / A=3 B=5 C=7 sheets=3
  )");
}

TEST_CASE("signing: too few, and people who have other roles") {
  run(R"(
    S: sheet a1 mayor A=1 by chair-n m1
    S waits
    T: sheet a1 mayor A=2 by m1 m2
    T waits
    U: sheet a1 mayor A=3 by chair-n coord-n nat pub root-1 root-2 root-3
    U waits
    U signers chair-n=authorised coord-n=not-granted nat=not-granted pub=not-granted
    V: sheet a1 mayor A=4 by nobody nobody-else
    V waits
    V signers nobody=stranger
    mayor / A=0 sheets=0
  )");
}

TEST_CASE("signing: one key is one person, whatever it is called") {
  run(R"(
    G-alias: grant m1-again~m1 member /north * by coord-n
    S: sheet a1 mayor A=1 by chair-n m1 m1-again~m1
    S waits
    S signers m1=authorised m1-again=authorised
    again S by m2
    S counts
  )");
}

TEST_CASE("signing: one person with two roles fills one place, the one that helps") {
  run(R"(
    G-both: grant chair-n member /north * by coord-n
    S: sheet a1 mayor A=1 by chair-n m1
    S waits                                 # chair and member in one is one person
    again S by m2
    S counts
    G-ch2: grant m1 chair /north * by coord-n
    T: sheet a2 mayor A=1 by m1 m2 chair-n  # whoever is seated first, somebody can be the chair
    T counts
    U: sheet b1 mayor A=1 by m1 chair-n
    U waits
  )");
}

TEST_CASE("signing: scope by area, by unit and by contest") {
  run(R"(
    G-ms: grant ms1 member s1 mayor by coord-s
    G-mt: grant ms2 member /south mayor by coord-s
    G-mu: grant ms3 member s2 * by coord-s
    S: sheet s1 mayor A=1 by chair-s ms1 ms2
    S counts
    T: sheet s1 council X=1 by chair-s ms1 ms2       # ms1 and ms2 hold their role for the mayor alone
    T waits
    T signers ms1=not-granted ms2=not-granted
    U: sheet s2 mayor A=1 by chair-s ms1 ms2         # ms1: another unit
    U waits
    U signers ms1=not-granted ms2=authorised
    again U by ms3
    U counts
    V: sheet a1 mayor A=1 by chair-s m1 m2           # the chair of the south
    V waits
    W: sheet nowhere mayor A=1 by chair-s ms1 ms2
    W waits
    issue unknown-reference W
    X: sheet s1 judge A=1 by chair-s ms1 ms2
    X waits
    issue unknown-reference X
    Y: sheet s1 mayor D=1 by chair-s ms1 ms2
    Y waits
    issue unknown-reference Y
    mayor /south A=2 sheets=2
    mayor /north A=0 sheets=0
  )");
}

TEST_CASE("signing: neighbouring areas together cover the area above them") {
  run(R"(
    G-w: grant wide clerk /north,/south * by nat
    G-n: grant nearly clerk /north,s1 * by nat
    R: claim 1 by wide
    S: sheet s2 mayor A=1 by wide
    S counts
    T: sheet s2 mayor A=2 by nearly
    T waits
    P: grant pub2 publisher /north,/south * by root-1 root-2
    C: claim 1 by pub2
    C counts
    Q: grant pub3 publisher /north * by root-1 root-2
    D: claim 1 by pub3                      # a claim is about the whole election
    D waits
    Q2: grant pub4 publisher / mayor by root-1 root-2
    E: claim 1 by pub4                      # and about every contest
    E waits
  )");
}

TEST_CASE("signing: refusals and lots are records of their own") {
  run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 m2
    R: refusal S by m1
    R counts
    R2: refusal S by chair-n                # the rule asks for a member
    R2 waits
    L: lot mayor step=1 tied=A,B drawn=A by coord-n
    L waits                                 # a lot is about the whole contest: the north does not suffice
    G-cw: grant coord-w coordinator / mayor by nat
    again L by coord-w
    L counts
    R3: refusal G-ch by m1                  # a refusal is about what sheets, lots and claims say
    R3 waits
    issue unknown-reference R3
  )");
}

TEST_CASE("signing: claims need their publisher") {
  run(R"(
    C: claim 3 by pub
    C counts
    D: claim 3 by coord-n
    D waits
    E: claim 3 by stranger
    E waits
    F: claim 3 by root-1 root-2 root-3      # roots grant; they do not publish
    F waits
  )");
}

TEST_CASE("signing: P-256 keys sign as well") {
  run(R"(
    G: grant p256-clerk clerk /north * by nat
    S: sheet a1 mayor A=1 by p256-clerk
    S counts
    T: sheet a2 mayor A=1 by !p256-clerk
    T void
    issue bad-signature T
  )");
}

TEST_CASE("signing: nothing counts before the definition, and it needs its roots") {
  using testing::World;
  World world;
  auto position = world.append(world.text(Grant{testing::Signatory("nat").key, Role("national"), {{"/"}, {"*"}}}),
                               {"root-1", "root-2"});
  world.append(world.definition_text(), {"root-1"});
  CHECK_FALSE(world.fold().value()->book().definition_in_effect());
  world.append(world.definition_text(), {"root-3"});
  auto fold = world.fold().value();
  CHECK(fold->book().definition_in_effect());
  CHECK(fold->book().records()[position].effect == kNever);
  CHECK(fold->book().grants().size() == 0);
}

TEST_CASE("signing: another definition, and records of another election, are shown and nothing else") {
  testing::Country country;
  country.rules = R"({"rules": []})";  // one space more: another election
  testing::World other(country), world;
  world.append(world.definition_text(), {"root-1", "root-2"});
  world.append(other.definition_text(), {"root-1", "root-2"});
  std::string theirs = other.text(Grant{testing::Signatory("nat").key, Role("national"), {{"/"}, {"*"}}});
  world.append(theirs, {"root-1", "root-2"});
  auto fold = world.fold().value();
  const auto& issues = fold->book().issues();
  REQUIRE(issues.size() == 2);
  CHECK(issues[0].code == IssueCode::other_definition);
  CHECK(issues[1].code == IssueCode::other_election);
  CHECK(fold->book().records().size() == 1);
  CHECK_FALSE(fold->book().find(record_id(theirs)).has_value());
}
