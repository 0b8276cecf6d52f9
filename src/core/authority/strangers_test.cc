// Signatures that are bad, unknown, or made to confuse; and what intake lets in.
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Script;
using scrutineer::testing::Signatory;
using scrutineer::testing::World;

namespace {

constexpr std::string_view kOffices = R"(
  G-nat: grant nat national / * by root-1 root-2
  G-cn: grant coord-n coordinator /north * by nat
  G-ch: grant chair-n chair /north * by coord-n
  G-m1: grant m1 member /north * by coord-n
  G-m2: grant m2 member /north * by coord-n
)";

}  // namespace

TEST_CASE("strangers: their signatures are ignored; a bad one by a known key voids the entry") {
  Script script;
  script.run(kOffices);
  script.run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 m2 whoever !whoever-else
    S counts
    T: sheet a2 mayor A=1 by chair-n m1 !m2
    T void
    issue bad-signature T
    again T by chair-n m1 m2          # the entry was void, not the record
    T counts
    U: sheet b1 mayor A=1 by !root-3 chair-n m1 m2
    U void
  )");
}

TEST_CASE("strangers: garbage under a name that is granted later voids nothing and keeps nobody out") {
  Script script;
  script.run(kOffices);
  script.run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 !m3
    S waits
    S signers m3=stranger
    G-m3: grant m3 member /north * by coord-n
    S waits
    again S by m3                     # the real one
    S counts
    T: sheet a2 mayor A=1 by chair-n m1 !m4 m2
    T counts
    G-m4: grant m4 member /north * by coord-n
    T counts
    U: sheet b1 mayor A=1 by chair-n m1 !m3
    U void                            # from the grant on it is a bad signature by a known key
  )");
}

TEST_CASE("strangers: garbage and the real signature, both before the grant") {
  Script script;
  script.run(kOffices);
  script.run(R"(
    S: sheet a1 mayor A=1 by chair-n m1 !m3
    again S by m3
    G-m3: grant m3 member /north * by coord-n
    S waits
    A: adopt S by coord-n
    S counts
  )");
}

TEST_CASE("strangers: one record keeps a limited number of them") {
  Script script;
  script.run(kOffices);
  script.run("S: sheet a1 mayor A=1 by chair-n");
  World& world = script.world();
  for (int entry = 0; entry < 20; ++entry) {
    std::vector<NoteSignature> signatures;
    for (int i = 0; i < 16; ++i)
      signatures.push_back({"s" + std::to_string(entry) + "-" + std::to_string(i), {1, 2, 3, 4}, "x"});
    world.append(entry_bytes(script.text("S"), signatures).value());
  }
  script.run("again S by m1 m2\n S counts");
  CHECK(script.fold().book().strangers().size() == kStrangersPerRecord);
}

TEST_CASE("keys: two with one name and key id; the first stays") {
  KeyTable table;
  Signatory a("a"), b("b");
  VerifierKey forged = b.key;  // as if somebody had found a collision of the 32 bits
  forged.name = a.key.name;
  forged.id = a.key.id;
  CHECK(table.introduce(a.key, false, 1).value() == 0);
  CHECK(table.introduce(forged, false, 2).error().code == ErrorCode::conflict);
  CHECK(table.introduce(a.key, false, 3).value() == 0);
  CHECK(table[0].known_since == 1);
  CHECK_FALSE(table.find(forged).has_value());
  CHECK_FALSE(table.person_of(b.key.key).has_value());
  Signatory alias("alias~a");
  auto second = table.introduce(alias.key, false, 4).value();
  CHECK(table[second].person == table[0].person);
  CHECK(table.names_of(table[0].person) == std::vector<KeyIndex>{0, second});
}

TEST_CASE("keys: a grant of a colliding key is refused and the first key goes on") {
  Script script;
  script.run(kOffices);
  Signatory first("m1"), forger("forger");
  Grant grant{forger.key, Role("member"), {{"/north"}, {"*"}}};
  grant.key.name = "m1";
  grant.key.id = first.key.id;
  ParsedEntry entry;
  entry.record = Record{script.world().election().id(), {}, grant};
  // No such vkey can be spelt without a real collision, so the record is made by hand and applied by hand.
  ElectionFold fold(script.world().election(), script.world().roots(), {});
  REQUIRE(script.world().feed(fold).has_value());
  Signatory coordinator("coord-n");
  entry.signatures = {{coordinator.name, coordinator.key.id, "checked"}};
  const SignatureCheck good[] = {SignatureCheck::good};
  auto before = fold.book().grants().size();
  CHECK(fold.book().may_enter(entry, good).error().code == ErrorCode::conflict);
  fold.apply(100, entry, "text\n", good);
  CHECK(fold.book().grants().size() == before);
  REQUIRE(!fold.book().issues().empty());
  CHECK(fold.book().issues().back().code == IssueCode::key_conflict);
}

TEST_CASE("keys: a witness's key signs no records, so that granting it does nothing") {
  Script script;
  script.run(kOffices);
  VerifierKey witness = Signatory("witness").key;
  PublicKey key{KeyType::cosignature_ed25519, witness.key.bytes};
  VerifierKey vkey{"witness", key_id("witness", key), key};
  script.world().append(script.world().text(Grant{vkey, Role("member"), {{"/north"}, {"*"}}}), {"coord-n"});
  const auto& book = script.fold().book();
  CHECK(book.records().back().effect == kNever);
  CHECK(book.issues().back().code == IssueCode::key_conflict);
}

TEST_CASE("intake: what may enter the log at its head") {
  Script script;
  script.run(kOffices);
  script.run(R"(
    X: revoke G-m2 by coord-n
    G-m5: grant m5 member /north * by coord-n
    K: compromised m5 since 0 by coord-n
    S: sheet a1 mayor A=1 by chair-n
  )");
  const RecordBook& book = script.fold().book();
  const World& world = script.world();
  CountSheet sheet;
  sheet.unit = UnitId("a2"), sheet.contest = ContestId("mayor");
  CountSheet unknown = sheet;
  unknown.unit = UnitId("nowhere");
  std::string text = world.text(sheet);
  testing::Country other;
  other.rules = "{\"rules\":[ ]}";
  World elsewhere(other);

  struct Case {
    std::string what;
    std::string text;
    std::vector<std::string> names;
    std::string answer;
  };
  auto grant_of = [&](const char* who) {
    return world.text(Grant{Signatory(who).key, Role("member"), {{"/north"}, {"*"}}});
  };
  const Case cases[] = {
      {"a chair alone: too few, but somebody", text, {"chair-n"}, ""},
      {"one root", text, {"root-1"}, ""},
      {"a member and strangers", text, {"m1", "nobody", "!nobody-else"}, ""},
      {"a stranger", text, {"nobody"}, "unauthorised"},
      {"garbage under a stranger's name", text, {"!nobody"}, "unauthorised"},
      {"a revoked member", text, {"m2"}, "unauthorised"},
      {"a compromised member", text, {"m5"}, "unauthorised"},
      {"a bad signature beside a good one", text, {"chair-n", "!m1"}, "bad_signature"},
      {"a root's name with garbage", text, {"chair-n", "!root-2"}, "bad_signature"},
      {"a unit that is not there", world.text(unknown), {"chair-n"}, "not_found"},
      {"about a record that is not there", world.text(Refusal{RecordId{}, "x"}), {"m1"}, "not_found"},
      {"about a record that is there", world.text(Refusal{script.id("S"), "x"}), {"m1"}, ""},
      {"about a grant", world.text(Adopt{script.id("G-m1"), "x"}), {"coord-n"}, "invalid_argument"},
      {"a grant", grant_of("new"), {"coord-n"}, ""},
      {"a record of another election", elsewhere.text(sheet), {"chair-n"}, "conflict"},
      {"another definition", elsewhere.definition_text(), {"root-1"}, "conflict"},
      {"the definition again", world.definition_text(), {"root-3"}, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    Bytes bytes = World::entry(c.text, c.names);
    ParsedEntry entry = parse_entry(bytes).value();
    auto status = book.may_enter(entry, World::verdicts(entry, entry_text(bytes), book));
    CHECK((status ? "" : error_code_name(status.error().code)) == c.answer);
  }
}

TEST_CASE("intake: a key that accepts signatures which nobody made is not granted") {
  Script script;
  script.run(kOffices);
  // A point of small order: the neutral element.
  PublicKey weak{KeyType::ed25519, Bytes(1, '\x01') + Bytes(31, '\0')};
  Grant grant{VerifierKey{"weak", key_id("weak", weak), weak}, Role("member"), {{"/north"}, {"*"}}};
  Bytes bytes = World::entry(script.world().text(grant), {"coord-n"});
  const RecordBook& book = script.fold().book();
  ParsedEntry entry = parse_entry(bytes).value();
  CHECK(book.may_enter(entry, World::verdicts(entry, entry_text(bytes), book)).error().code == ErrorCode::malformed);
}
