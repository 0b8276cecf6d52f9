// The way of one sheet through a real server, and who is stopped where.
#include "core/codec/json.h"
#include "tests/server/hall.h"

namespace scrutineer::testing {
namespace {

std::string id_of_grant(const Hall& hall, const VerifierKey& key) {
  for (const Bytes& note : hall.election.make(0, hall.election.setup_size())) {
    auto entry = parse_entry(note).value();
    const auto* grant = std::get_if<Grant>(&entry.record.body);
    if (grant != nullptr && grant->key == key) return to_hex(entry.id);
  }
  return {};
}

Bytes signed_by(const std::string& text, const std::vector<const NamedKey*>& keys) {
  std::vector<NoteSignature> signatures;
  for (const NamedKey* key : keys)
    signatures.push_back(sign_note(text, key->vkey.name, *make_signer(key->secret).value()).value());
  return entry_bytes(text, std::move(signatures)).value();
}

Page give(const Person& who, const Bytes& note) {
  return who.send("POST", "/api/v1/records", "Content-Type: text/plain; charset=utf-8\r\n", note);
}

std::int64_t counted(const Person& who) {
  auto json = Json::parse(who.get("/api/v1/status").body);
  return json ? json->root().find("counted")->as_integer().value_or(-1) : -1;
}

}  // namespace

TEST_CASE("server: one sheet from two typists to the national page") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto stranger = hall.stranger();
  auto one = hall.person("typist-1"), two = hall.person("typist-2"), chair = hall.person("chair");
  auto first = hall.person("member-1"), second = hall.person("member-2");
  REQUIRE(!one->session.empty());
  CHECK(one->enter("u00005", kPaper).status == 200);
  SUBCASE("the second typist is the first") {
    Page again = one->type("u00005", kPaper);
    CHECK(again.status == 409);
    CHECK(again.says("entered this sheet already") != again.says("이미 이 개표상황표를 입력한"));
    auto other_browser = hall.person("typist-1");
    CHECK(other_browser->type("u00005", kPaper).status == 409);
  }
  SUBCASE("it counts when the members have signed, and not before") {
    CHECK(two->enter("u00005", kPaper).status == 200);
    for (const char* who : {"typist-1", "typist-2", "reader", "coordinator", "member-1", "observer-1"}) {
      CAPTURE(who);
      auto nobody = hall.person(who);
      Page sheet = nobody->get(Person::sheet_address("u00005"));
      auto form = chair->get(Person::sheet_address("u00005")).form("/desk/sheet/sign");
      REQUIRE(form.has_value());  // what the chair would sign, in other hands
      set(*form, "csrf", nobody->csrf());
      nobody->sign(*form);
      Page said = nobody->follow(nobody->post("/desk/sheet/sign", *form));
      CHECK(counted(*stranger) == 0);
      CHECK(chair->get(Person::sheet_address("u00005")).form("/desk/sheet/sign").has_value());  // still not announced
      CHECK(said.says("id=message"));
    }
    CHECK(chair->sign_sheet("u00005").status == 200);
    CHECK(counted(*stranger) == 0);
    CHECK(first->sign_sheet("u00005").status == 200);
    CHECK(second->sign_sheet("u00005").status == 200);
    CHECK(soon([&] { return counted(*stranger) == 1; }));
    CHECK(soon([&] { return stranger->get("/ko/unit/5.html").says("1,287"); }));

    // A coordinator who changes the signed sheet: every way there is.
    auto coordinator = hall.person("coordinator");
    std::string text;
    {
      Hall& h = hall;
      auto reader = LogReader::open(h.disk, store_path(h.log())).value();
      for (std::uint64_t i = 0; i < reader->size(); ++i) {
        Bytes note = reader->entry(i).value();
        if (note.starts_with("scrutineer/count-sheet/")) text = std::string(entry_text(note));
      }
    }
    REQUIRE(text.find("401") != text.npos);
    std::string changed = text;
    changed.replace(changed.find("401"), 3, "402");
    give(*coordinator, signed_by(changed, {&coordinator->key()}));
    Fields form = {
        {"csrf", coordinator->csrf()}, {"unit", "u00005"}, {"contest", "LIST"}, {"act", "sign"}, {"text", changed}};
    coordinator->sign(form);
    for (const char* act : {"sign", "announce", "accept", "attach", "nothing"}) {
      set(form, "act", act);
      coordinator->follow(coordinator->post("/desk/sheet/sign", form));
    }
    CHECK(counted(*stranger) == 1);
    CHECK(chair->get(Person::sheet_address("u00005")).says("401"));
    CHECK_FALSE(chair->get(Person::sheet_address("u00005")).says("402"));
  }
}

TEST_CASE("server: a member whose grant is revoked is out at the next page") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto member = hall.person("member-1"), other = hall.person("member-2");
  REQUIRE(member->get("/desk/").status == 200);
  const std::string csrf = member->csrf();
  const std::string grant = id_of_grant(hall, member->key().vkey);
  REQUIRE(!grant.empty());
  Revoke revoke;
  revoke.grant = RecordId{*hash_from_hex(grant)};
  revoke.reason = "left";
  const std::string text = record_text(Record{hall.election.election(), std::nullopt, revoke});
  const NamedKey root = hall.key("root-1.key"), second_root = hall.key("root-2.key");
  REQUIRE(give(*hall.stranger(), signed_by(text, {&root, &second_root})).status == 200);
  CHECK(member->post("/desk/sign-out", {{"csrf", csrf}}).status == 403);
  CHECK(member->get("/desk/").status == 303);  // the session is gone
  member->session.clear();
  CHECK(member->sign_in().status == 403);
  CHECK(member->session.empty());
  CHECK(other->get("/desk/").status == 200);
}

TEST_CASE("server: records are shown to strangers when they are published, and a record's id tells nothing before") {
  for (bool publishes : {true, false}) {
    Hall hall(publishes);
    REQUIRE(hall.start().has_value());
    auto stranger = hall.stranger();
    Bytes note = hall.election.make(0, 1).front();
    const std::string path = "/api/v1/records/" + to_hex(parse_entry(note).value().id);
    CHECK(stranger->get(path).status == (publishes ? 200 : 404));  // a centre without pages publishes nothing
  }
}

}  // namespace scrutineer::testing
