// The live count in the hall, boxes and envelopes, and who may let whom in.
#include <doctest/doctest.h>

#include "app/collect/desk_for_test.h"

namespace scrutineer {
namespace {

using testing::Centre;
using testing::changed;
using testing::kA1;
using testing::Signatory;
using ui::DeskState;

}  // namespace

TEST_CASE("a live count: marked by one, undone as a step, confirmed by another, and the sheet is half filled") {
  Centre centre;
  auto recorder = Centre::person("t1"), checker = Centre::person("m1");
  CHECK(centre.desk->live(checker, kA1)->recorder.empty());
  for (const char* who : {"co", "ch", "m1", "ob", "nobody"})
    CHECK(Centre::answer(centre.desk->live_start(Centre::person(who), kA1)) == "unauthorised");
  auto place = centre.desk->live_start(recorder, kA1);
  REQUIRE(place);
  CHECK(Centre::answer(centre.desk->live_start(Centre::person("t2"), kA1)) == "conflict");
  CHECK(centre.desk->live_start(recorder, kA1)->token == place->token);
  const std::string& token = place->token;
  CHECK(Centre::answer(centre.desk->entry(recorder, kA1, {})) == "conflict");  // the count comes first
  for (const char* call : {"0", "0", "1", "invalid", "2"}) CHECK(centre.desk->live_call(recorder, token, call));
  CHECK(Centre::answer(centre.desk->live_call(recorder, token, "3")) == "invalid_argument");
  CHECK(Centre::answer(centre.desk->live_call(recorder, token, "undo")) == "invalid_argument");
  CHECK(Centre::answer(centre.desk->live_call(Centre::person("t2"), token, "0")) == "conflict");
  CHECK(centre.desk->live_undo(recorder, token));
  CHECK(centre.desk->live_call(recorder, token, "1"));
  auto page = centre.desk->live(checker, kA1);
  CHECK(page->tally == std::vector<std::int64_t>{2, 2, 0, 1});
  CHECK(page->called == 6);
  CHECK(page->undone == 1);
  CHECK(page->last == "Bob");
  CHECK_FALSE(page->is_recorder);
  CHECK_FALSE(page->is_checker);
  CHECK(Centre::answer(centre.desk->live_confirm(checker, token)) == "conflict");  // not ended
  centre.again();
  CHECK(centre.desk->live(recorder, kA1)->called == 6);
  CHECK(centre.desk->live_end(recorder, token));
  CHECK(Centre::answer(centre.desk->live_call(recorder, token, "0")) == "conflict");
  CHECK(centre.desk->live(checker, kA1)->is_checker);
  CHECK(Centre::answer(centre.desk->live_confirm(recorder, token)) == "conflict");
  CHECK(Centre::answer(centre.desk->live_confirm(Centre::person("t1x~t1"), token)) == "conflict");
  CHECK(Centre::answer(centre.desk->live_confirm(Centre::person("ob"), token)) == "unauthorised");
  CHECK(centre.desk->live_confirm(checker, token));
  CHECK(centre.desk->live(checker, kA1)->confirmed);

  FieldValues figures = {{"electors", "9"},    {"ballots_issued", "5"}, {"ballots_cast", "5"}, {"votes/1", "2"},
                         {"votes/2", "2"},     {"votes/3", "0"},        {"valid", "4"},        {"invalid", "1"},
                         {"count_began", "-"}, {"count_ended", "-"}};
  auto votes = centre.desk->entry(recorder, kA1, 1);
  for (const auto& field : votes->fields.fields) CHECK(field.value == figures.at(field.name));
  CHECK(centre.desk->entry(recorder, kA1, 0)->fields.fields[2].value.empty());  // from the box, not from the marks
  REQUIRE(centre.enter("t1", figures) == "good");
  REQUIRE(centre.enter("t2", figures) == "good");
  REQUIRE(centre.announce_and_sign() == "good");
  const auto sheet = std::get<CountSheet>(centre.records().back().second.body);
  REQUIRE(sheet.live);
  CHECK(sheet.live->called == 6);
  CHECK(sheet.live->undone == 1);
  Bytes journal = read_file(centre.disk, "log/private/journal", 1u << 20).value();
  std::size_t at = journal.find("\"salt\":\"") + 8;
  std::string steps = "scrutineer/live\n" + journal.substr(at, 32) + "\n0\n0\n1\ninvalid\n2\nundo\n1\n";
  CHECK(sheet.live->steps == sha256(steps));
  // No step has a time or a name.
  CHECK(journal.find(R"({"unit":"a1","contest":"mayor","act":"live-step","step":"undo"})") != std::string::npos);
}

TEST_CASE("custody: made by one who was there, signed by the others, public at once") {
  Centre centre;
  CustodyForm form{"a1", "box", "1", "sealed", {" 4711 ", "", "4712\r"}, {}, "", "", "", "five papers on top"};
  CHECK(Centre::answer(centre.desk->custody_new(Centre::person("ob"), form)) == "unauthorised");
  CHECK(Centre::answer(centre.desk->custody_new(Centre::person("nobody"), form)) == "unauthorised");
  CHECK(Centre::answer(centre.desk->custody_sign(Centre::person("m1"), "a1", Centre::sign("m1", ""))) ==
        "bad_signature");
  REQUIRE(centre.desk->custody_new(Centre::person("m1"), form));
  CHECK(centre.desk->custody(Centre::person("m2"), "a1")->new_text.empty());
  std::string text = centre.desk->custody(Centre::person("m1"), "a1")->new_text;
  CHECK(text.find("\"seals\":[\"4711\",\"4712\"]") != std::string::npos);
  CHECK(Centre::answer(centre.desk->custody_sign(Centre::person("m2"), "a1", Centre::sign("m2", text))) ==
        "bad_signature");
  CHECK(centre.desk->custody_sign(Centre::person("m1"), "a1", Centre::sign("m1", text)));
  auto page = centre.desk->custody(Centre::person("ob"), "a1");
  REQUIRE(page->rows.size() == 1);
  CHECK(page->rows[0].signers == std::vector<std::string>{"m1"});
  CHECK(page->rows[0].text == text);
  CHECK(centre.desk->custody_sign(Centre::person("ob"), "a1", Centre::sign("ob", page->rows[0].text)));
  page = centre.desk->custody(Centre::person("ob"), "a1");
  CHECK(page->rows[0].signers.size() == 2);
  CHECK(page->rows[0].text.empty());
  CHECK_FALSE(page->may_add);
  CHECK(centre.count(RecordType::custody) == 2);  // the same record, a signer each
  struct Case {
    const char* what;
    CustodyForm form;
    const char* answer;
  };
  const Case rows[] = {
      {"sealed without a seal", {"a1", "box", "1", "sealed", {}, {}, "", "", "", ""}, "invalid_argument"},
      {"moved from nowhere", {"a1", "box", "1", "moved", {"1"}, {}, "", "hall", "", ""}, "invalid_argument"},
      {"moved", {"a1", "box", "1", "moved", {"1"}, {}, "school", "hall", "", ""}, "good"},
      {"stored", {"a1", "envelope", "관내-2", "stored", {"1"}, {}, "", "vault", "", ""}, "good"},
      {"opened", {"a1", "box", "1", "opened", {}, {"1"}, "", "", "", ""}, "good"},
      {"recounted without an order", {"a1", "box", "1", "recounted", {}, {"1"}, "", "", "", ""}, "invalid_argument"},
      {"recounted", {"a1", "box", "1", "recounted", {"2"}, {"1"}, "", "", "court, no. 7", ""}, "good"},
      {"no name", {"a1", "box", "", "sealed", {"1"}, {}, "", "", "", ""}, "invalid_argument"},
      {"no such thing", {"a1", "bag", "1", "sealed", {"1"}, {}, "", "", "", ""}, "invalid_argument"},
      {"no such unit", {"z9", "box", "1", "sealed", {"1"}, {}, "", "", "", ""}, "not_found"},
      {"elsewhere", {"s1", "box", "1", "sealed", {"1"}, {}, "", "", "", ""}, "unauthorised"},
  };
  for (const Case& row : rows) {
    CAPTURE(row.what);
    CHECK(Centre::answer(centre.desk->custody_new(Centre::person("ch"), row.form)) == row.answer);
  }
  // A signature belongs to one of several records.
  std::string recount = centre.desk->custody(Centre::person("ch"), "a1")->new_text;
  REQUIRE(centre.desk->custody_sign(Centre::person("ch"), "a1", Centre::sign("ch", recount)));
  CHECK(centre.desk->custody_sign(Centre::person("m2"), "a1", Centre::sign("m2", recount)));
  auto both = centre.desk->custody(Centre::person("m2"), "a1");
  REQUIRE(both->rows.size() == 2);
  CHECK(both->rows[0].signers == std::vector<std::string>{"m1", "ob"});
  CHECK(both->rows[1].signers == std::vector<std::string>{"ch", "m2"});
}

TEST_CASE("a coordinator lets people in and out, inside its own scope, as far as the definition says") {
  Centre centre;
  auto coordinator = Centre::person("co");
  std::string vkey = to_string(Signatory("new").key);
  struct Case {
    const char *who, *role;
    std::vector<std::string> units;
    const char* answer;
  };
  const Case rows[] = {{"co", "member", {"/north/town"}, "good"},   {"co", "member", {"a1", "b1"}, "good"},
                       {"co", "chair", {"/north"}, "good"},         {"co", "member", {"/"}, "unauthorised"},
                       {"co", "member", {"s1"}, "unauthorised"},    {"co", "member", {"z9"}, "not_found"},
                       {"co", "member", {}, "invalid_argument"},    {"co", "coordinator", {"a1"}, "unauthorised"},
                       {"co", "publisher", {"a1"}, "unauthorised"}, {"ch", "member", {"a1"}, "unauthorised"},
                       {"nobody", "member", {"a1"}, "unauthorised"}};
  for (const Case& row : rows) {
    CAPTURE(row.who);
    CAPTURE(row.role);
    CHECK(Centre::answer(centre.desk->people_new(Centre::person(row.who), vkey, row.role, row.units)) == row.answer);
  }
  CHECK(Centre::answer(centre.desk->people_new(coordinator, "no key", "member", {"a1"})) == "malformed");
  REQUIRE(centre.desk->people_new(coordinator, vkey, "member", {"a1"}));
  std::string text = centre.desk->people(coordinator)->new_text;
  CHECK(Centre::answer(centre.desk->people_sign(coordinator, Centre::sign("co", "other\n"))) == "bad_signature");
  CHECK(centre.desk->roles(Centre::person("new")).empty());
  CHECK(centre.desk->people_sign(coordinator, Centre::sign("co", text)));
  CHECK(centre.desk->roles(Centre::person("new")) == std::vector<std::string>{"member"});
  auto page = centre.desk->people(coordinator);
  CHECK(page->new_text.empty());
  CHECK(page->rows[0].name == "new");
  CHECK(page->rows[0].scope == "a1");
  CHECK(page->rows[0].may_revoke);

  std::string grant = page->rows[0].grant_id;
  CHECK(Centre::answer(centre.desk->people_revoke(coordinator, grant, "")) == "invalid_argument");
  CHECK(Centre::answer(centre.desk->people_revoke(coordinator, "nonsense", "left")) == "unauthorised");
  CHECK(Centre::answer(centre.desk->people_revoke(Centre::person("m1"), grant, "left")) == "unauthorised");
  REQUIRE(centre.desk->people_revoke(coordinator, grant, "left"));
  page = centre.desk->people(coordinator);
  auto signed_off = centre.desk->people_sign(coordinator, Centre::sign("co", page->rows[0].revoke_text));
  REQUIRE(signed_off);
  REQUIRE(signed_off->revoked);
  CHECK(signed_off->revoked->name == "new");
  CHECK(centre.desk->roles(Centre::person("new")).empty());
  CHECK_FALSE(centre.desk->people(coordinator)->rows[0].live);
  CHECK(Centre::answer(centre.desk->people(Centre::person("ob"))) == "unauthorised");
}

TEST_CASE("a sheet that somebody else than a chair puts into the log stops nobody") {
  Centre centre;
  CountSheet sheet;
  sheet.unit = UnitId("a1");
  sheet.contest = ContestId("mayor");
  sheet.votes = {{OptionId("A"), 1}};
  centre.give(centre.world.text(sheet), {"ob"});
  CHECK(centre.state() == DeskState::expected);
  CHECK(centre.enter("t1", testing::good_figures()) == "good");
  sheet.votes = {{OptionId("A"), 2}};
  centre.give(centre.world.text(sheet), {"ch"});  // the chair's own tool, or a hand-over file
  CHECK(centre.state() == DeskState::announced);
  CHECK(centre.enter("t2", testing::good_figures()) == "conflict");
  CHECK(centre.act("m1", SheetAct::sign) == "good");
  CHECK(centre.act("m2", SheetAct::sign) == "good");
  CHECK(centre.counted() == 1);
  CountSheet other = sheet;
  other.votes = {{OptionId("A"), 3}};
  centre.give(centre.world.text(other), {"ch", "m1", "m2"});
  CHECK(centre.state() == DeskState::conflict);
  CHECK(centre.counted() == 0);
  REQUIRE(centre.desk->sheet_correct(Centre::person("co"), kA1, "two sheets", ""));
  CHECK(centre.state() == DeskState::expected);
}

}  // namespace scrutineer
