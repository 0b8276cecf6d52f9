// Grants, revocations, adoption, compromised keys: scenarios in the words of tests/support/script.h.
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Script;
using scrutineer::testing::Signatory;

namespace {

constexpr std::string_view kOffices = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-cn: grant coord-n coordinator /north * by nat
  G-cs: grant coord-s coordinator /south * by nat
  G-ch: grant chair-n chair /north * by coord-n
  G-m1: grant m1 member /north * by coord-n
  G-m2: grant m2 member /north * by coord-n
)";

void run(std::string_view lines) {
  Script script;
  script.run(kOffices);
  script.run(lines);
}

}  // namespace

TEST_CASE("grants: two of three roots, together or one by one") {
  run(R"(
    G: grant x national / * by root-1
    G waits
    again G by root-1
    G waits
    again G by root-3
    G counts
    H: grant y national / * by root-1 not-a-root
    H waits
    I: grant z national / * by nat              # nobody but roots grants the national office
    I waits
  )");
}

TEST_CASE("grants: a root under another name is one root") {
  run(R"(
    R: grant other-root~root-1 member /north * by coord-n
    G: grant x national / * by root-1 other-root~root-1
    G waits
    again G by root-2
    G counts
  )");
}

TEST_CASE("grants: only roles that the definition lets a grantor grant, only inside the grantor's scope") {
  run(R"(
    A: grant x chair /north * by coord-n
    A counts
    B: grant x chair a1 mayor by coord-n
    B counts
    C: grant x chair /north/town,b1 * by coord-n
    C counts
    D: grant x chair /south * by coord-n         # another's area
    D waits
    E: grant x chair / * by coord-n              # more than their own
    E waits
    F: grant x chair /north,/south * by coord-n
    F waits
    G: grant x coordinator /north * by coord-n   # their own role
    G waits
    H: grant x clerk /north * by coord-n         # a role that only the national office grants
    H waits
    I: grant x national /north * by coord-n
    I waits
    J: grant x chair /north * by m1 m2 chair-n   # no grantors, however many
    J waits
    K: grant x chair /elsewhere * by coord-n
    K waits
    issue unknown-reference K
    L: grant coord-m coordinator /north mayor by nat
    M: grant x member /north mayor by coord-m
    M counts
    N: grant x member /north * by coord-m        # every contest is more than one
    N waits
    O: grant x member /north mayor,council by coord-m
    O waits
    P: grant x member /north mayor by coord-n coord-s   # one grantor who may is enough
    P counts
    Q: grant x member /north,/south * by coord-n coord-s  # two halves do not make a whole
    Q waits
  )");
}

TEST_CASE("grants: a revocation holds from its position on and does not cascade") {
  run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 m2
    X: revoke G-m1 by coord-n
    X counts
    S counts                                     # what was in effect stays
    T: sheet a2 mayor A=1 by chair-n m1 m2
    T waits
    T signers m1=revoked m2=authorised
    G-m3: grant m3 member /north * by coord-n
    again T by m3
    T counts
    Y: revoke G-cn by nat                        # the coordinator goes; whom they granted stays
    U: sheet b1 mayor A=1 by chair-n m2 m3
    U counts
    V: grant m4 member /north * by coord-n
    V waits
    Z: revoke G-m1 by nat
    Z waits
    issue nothing-to-revoke Z
    Y2: revoke S by root-1 root-2
    Y2 waits
    issue nothing-to-revoke Y2
    Y3: revoke G-m2 by coord-s                   # not theirs
    Y3 waits
    G-again: grant m1 member /north * by nat     # granted once more
    W: sheet a2 council X=1 by chair-n m1 m2
    W counts
    W signers m1=authorised
  )");
}

TEST_CASE("grants: one signature before a revocation and one after it") {
  run(R"(
    S: sheet a1 mayor A=1 by m1
    X: revoke G-m1 by coord-n
    again S by chair-n m2
    S counts                                     # m1 signed in time
  )");
}

TEST_CASE("adopt: a record that came before its signer's grant") {
  run(R"(
    S: sheet a1 mayor A=1 by chair-n m2 m9
    S waits
    S signers m9=stranger
    G-m9: grant m9 member /north * by coord-n
    S waits
    S signers m9=not-granted                     # now it is known whose it is
    again S by m9                                # the signature stands where it first stood
    S waits
    A: adopt S by coord-n
    A counts
    S counts
    S at A
    S signers m9=adopted m2=authorised
    mayor / A=1 sheets=1
  )");
}

TEST_CASE("adopt: a record that came after a revocation, by whom, and what for") {
  run(R"(
    X: revoke G-m1 by coord-n
    S: sheet a1 mayor A=1 by chair-n m1 m2
    A1: adopt S by coord-s                       # another area
    A1 waits
    A2: adopt S by m2
    A2 waits
    A3: adopt S by root-1 root-2                 # roots make coordinators; coordinators adopt
    A3 waits
    S waits
    A4: adopt S by nat coord-n
    A4 counts
    S counts
    T: sheet a2 mayor A=5 by stranger-1 stranger-2 stranger-3
    B: adopt T by coord-n
    B counts
    T waits                                      # adoption makes nobody a member who never was one
    C: adopt G-m1 by nat                         # grants are granted again, not adopted
    C waits
    issue unknown-reference C
    D: adopt A4 by coord-n
    D waits
    mayor / A=1 sheets=1
  )");
}

TEST_CASE("adopt: it answers for the signatures that stand there, not for later ones") {
  run(R"(
    X1: revoke G-m1 by coord-n
    X2: revoke G-m2 by coord-n
    S: sheet a1 mayor A=1 by chair-n m1
    A: adopt S by coord-n
    A counts
    S waits
    again S by m2                                # revoked, and nobody has answered for it
    S waits
    S signers m1=adopted m2=revoked
    B: adopt S by coord-n
    S counts
    S at B
  )");
}

TEST_CASE("compromised: what the key signed since then does not count, until it is adopted") {
  run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 m2
    T: sheet a2 mayor A=2 by chair-n m1 m2
    S counts
    U: sheet b1 mayor A=4 by chair-n m1 m2
    K: compromised m1 since S by coord-n         # S itself still counts
    K counts
    S counts
    T waits
    U waits
    T signers m1=compromised m2=authorised
    A: adopt U by coord-n
    U counts
    U signers m1=adopted
    V: sheet a2 council X=1 by chair-n m1 m2     # and nothing from now on
    V waits
    mayor / A=5 sheets=2
  )");
}

TEST_CASE("compromised: the key is void under every name, and so are the grants that it made") {
  run(R"(
    G-again: grant m1-again~m1 member /north * by coord-n
    G-m5: grant m5 member /north * by coord-n
    S: sheet a1 mayor A=1 by chair-n m1-again~m1 m5
    S counts
    K: compromised m1 since 0 by nat
    K counts
    S waits
    S signers m1-again=compromised
    T: sheet a2 mayor A=2 by chair-n m2 m5
    T counts
    K2: compromised coord-n since G-m2 by nat    # G-m5 was signed later
    K2 counts
    G-m5 waits
    T waits
    T signers m5=stranger m2=authorised
    U: sheet b1 mayor A=2 by chair-n m2 m5
    U waits
  )");
}

TEST_CASE("compromised: who may say so") {
  run(R"(
    A: compromised m1 since 0 by m2
    A waits
    B: compromised m1 since 0 by coord-s
    B waits
    C: compromised coord-n since 0 by coord-n
    C waits
    D: compromised coord-n since 0 by coord-s
    D waits
    E: compromised root-1 since 0 by root-2 root-3
    E waits
    issue unknown-reference E
    F: compromised never-seen since 0 by root-1 root-2
    F waits
    issue unknown-reference F
    H: compromised nat since 0 by root-1
    H waits
    again H by root-2
    H counts
    G-cn waits                                   # with its grantor goes the whole chain below
  )");
}

TEST_CASE("compromised: a compromised key cannot declare another compromised") {
  run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 m2
    K: compromised m1 since 0 by coord-n         # stolen: the thief is not m1 but the coordinator
    S waits
    K2: compromised coord-n since S by nat
    K2 counts
    K waits
    S counts
    mayor / A=1 sheets=1
  )");
}

TEST_CASE("compromised: a small grant under a new name does not give power over a key") {
  run(R"(
    S: sheet s1 mayor A=1 by chair-s ms1 ms2
    G1: grant chair-s chair /south * by coord-s
    G2: grant ms1 member /south * by coord-s
    T: sheet s2 mayor A=1 by chair-s ms1
    # The coordinator of the north grants a role in the north to the public key of the south's coordinator, under a
    # name of their own choosing, and then declares "their" member's key stolen.
    X: grant innocent~coord-s member /north * by coord-n
    X counts
    K: compromised innocent~coord-s since 0 by coord-n
    K waits
    G1 counts
    # The same against a root.
    Y: grant harmless~root-1 member /north * by coord-n
    K2: compromised harmless~root-1 since 0 by coord-n
    K2 waits
    K3: compromised harmless~root-1 since 0 by root-2 root-3
    K3 waits
    issue unknown-reference K3
    # And with a grant that covers nothing at all.
    Z: grant nobody~nat member , , by coord-n
    K4: compromised nobody~nat since 0 by coord-n
    K4 waits
  )");
}

TEST_CASE("compromised: declarations that contradict each other do not stop the election") {
  Script script;
  script.run(kOffices);
  // x is a member when y, a coordinator, declares it stolen; then x becomes national and declares y stolen.
  script.run(R"(
    G-x: grant x member /south * by coord-s
    K1: compromised x since 0 by coord-s
    K1 counts
    G-x2: grant x national / * by root-1 root-2
    K2: compromised coord-s since 0 by x
    S: sheet a1 mayor A=1 by chair-n m1 m2
    S counts                                     # nobody that they accuse signed this
    K1 waits                                     # both accused, neither is believed
    K2 waits
    G-x waits
  )");
}

TEST_CASE("compromised: a long chain of accusations ends after a fixed number of folds") {
  int runs = 0;
  auto contradiction = [&](std::vector<Compromise> known) -> Result<std::vector<Compromise>> {
    ++runs;
    if (known.empty()) return std::vector<Compromise>{{"key a", 3}, {"key b", 4}};
    return std::vector<Compromise>{};
  };
  auto stable = stable_compromises(contradiction);
  REQUIRE(stable.has_value());
  CHECK(*stable == std::vector<Compromise>{{"key a", 3}, {"key b", 4}});
  CHECK(runs == 17);
}
