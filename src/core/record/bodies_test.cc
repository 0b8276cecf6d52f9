// Every type of record: what is written reads back as the same, and what is wrong with a member is refused by its name.
#include <doctest/doctest.h>

#include "tests/support/world.h"

using namespace scrutineer;
using scrutineer::testing::Signatory;

namespace {

const RecordId kElection{*hash_from_hex(std::string(64, 'e'))};
const RecordId kOther{*hash_from_hex(std::string(64, '1'))};
const std::string kKey = to_string(Signatory("chair").key);

CountSheet bare_sheet() {
  CountSheet sheet;
  sheet.unit = UnitId("a1");
  sheet.contest = ContestId("mayor");
  return sheet;
}

CountSheet full_sheet() {
  CountSheet sheet = bare_sheet();
  sheet.how = HowCounted::machine_then_hand;
  sheet.electors = 100, sheet.ballots_issued = 60, sheet.ballots_cast = 59;
  sheet.valid = 55, sheet.invalid = 3, sheet.blank = 1;
  sheet.votes = {{OptionId("B"), 30}, {OptionId("A"), 25}, {OptionId("기호 \"3\""), 0}};
  sheet.machine = MachineColumn{{{OptionId("B"), 29}, {OptionId("A"), 24}}, 6};
  sheet.hand = HandColumns{{{OptionId("B"), 29}, {OptionId("A"), 24}}, {{OptionId("B"), 1}, {OptionId("A"), 1}}};
  sheet.count_began = "2025-06-03T20:30:00+09:00";
  sheet.count_ended = "2025-06-03T21:00:00+09:00";
  sheet.announced = "2025-06-03T21:10:00+09:00";
  sheet.replaces = kOther;
  sheet.reason = "two bundles were swapped";
  return sheet;
}

// The members of a body, ready to be spoilt.
std::string members_of(const RecordBody& body) {
  std::string text = record_text(Record{kElection, {}, body});
  return text.substr(text.find('\n') + 1);
}

// Where the first problem is, when `from` in the record is replaced by `to`. "" if it still reads.
std::string where_wrong(const RecordBody& body, const std::string& from, const std::string& to) {
  std::string text =
      record_text(Record{std::holds_alternative<Definition>(body) ? std::nullopt : std::optional(kElection), {}, body});
  std::size_t at = text.find(from);
  REQUIRE(at != text.npos);
  text.replace(at, from.size(), to);
  auto record = read_record_text(text);
  return record ? "" : record.error().where;
}

}  // namespace

TEST_CASE("bodies: each type is written, read and written again as the same text") {
  const RecordBody bodies[] = {
      testing::definition_of(testing::Country{}),
      Grant{Signatory("chair").key, Role("chair"), {{"/north", "a1"}, {"mayor", "*"}}},
      Grant{Signatory("p256-chair").key, Role("chair"), {}},
      Revoke{kOther, "left"},
      Compromised{Signatory("chair").key, 17, "stolen"},
      Adopt{kOther, "checked"},
      full_sheet(),
      bare_sheet(),
      Refusal{kOther, "the seal \n was \x7f broken"},
      Lot{ContestId("mayor"),
          3,
          "runner",
          {OptionId("A"), OptionId("B"), OptionId("C")},
          2,
          {OptionId("C"), OptionId("A")}},
      ResultClaim{42, {{"claims/results.json", {BlobHash{kOther.hash}, 7, "application/json"}}}},
      ResultClaim{},
  };
  for (const RecordBody& body : bodies) {
    bool definition = std::holds_alternative<Definition>(body);
    Record record{definition ? std::nullopt : std::optional(kElection), "2025-06-03T20:00:00Z", body};
    std::string text = record_text(record);
    CAPTURE(text);
    auto read = read_record_text(text);
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : to_string(read.error())));
    CHECK(read->election == record.election);
    CHECK(read->at == record.at);
    CHECK(read->type() == record.type());
    CHECK(record_text(*read) == text);
  }
}

TEST_CASE("bodies: a count sheet is read back figure by figure") {
  CountSheet sheet = full_sheet();
  auto read = read_record_text(record_text(Record{kElection, {}, sheet}));
  REQUIRE(read.has_value());
  CHECK(std::get<CountSheet>(read->body) == sheet);
  // What is not stated stays unstated.
  CountSheet bare = bare_sheet();
  CHECK(std::get<CountSheet>(read_record_text(record_text(Record{kElection, {}, bare}))->body) == bare);
}

TEST_CASE("bodies: a wrong member is named") {
  struct Case {
    RecordBody body;
    std::string from, to, where;
  };
  const RecordBody sheet = full_sheet();
  const RecordBody definition = testing::definition_of(testing::Country{});
  const RecordBody grant = Grant{Signatory("chair").key, Role("chair"), {{"/"}, {"*"}}};
  const RecordBody lot = Lot{ContestId("mayor"), 3, "seat", {OptionId("A"), OptionId("B")}, 1, {OptionId("A")}};
  const RecordBody claim = ResultClaim{42, {{"claims/x", {BlobHash{kOther.hash}, 7, "text/csv"}}}};
  const Case cases[] = {
      {sheet, R"("unit":"a1")", R"("unit":"")", "unit"},
      {sheet, R"("unit":"a1")", R"("unit":1)", "unit"},
      {sheet, R"("unit":"a1",)", "", "unit"},
      {sheet, R"("machine-then-hand")", R"("by-magic")", "how"},
      {sheet, R"("electors":100)", R"("electors":-1)", "electors"},
      {sheet, R"("electors":100)", R"("electors":10000001)", "electors"},
      {sheet, R"("electors":100)", R"("electors":10000000)", ""},
      {sheet, R"("electors":100)", R"("electors":null)", "electors"},
      {sheet, R"("electors":100)", R"("electors":"100")", "electors"},
      {sheet, R"("B":30)", R"("B":-1)", "votes"},
      {sheet, R"("B":30)", R"("B":10000001)", "votes"},
      {sheet, R"("B":30)", R"("B":"30")", "votes"},
      {sheet, R"({"B":30,"A":25)", R"([{"A":25)", "line 2: byte 265"},
      {sheet, R"("machine":{)", R"("machine":null,"x":{)", "machine"},
      {sheet, R"("to_recheck":6)", R"("to_recheck":-6)", "machine.to_recheck"},
      {sheet, R"("from_recheck")", R"("from_nowhere")", "hand.from_recheck"},
      {sheet, R"(20:30:00)", R"(24:30:00)", "count_began"},
      {sheet, R"(,"reason":"two bundles were swapped")", "", "reason"},
      {sheet, R"("reason":"two bundles were swapped")", R"("reason":"")", "reason"},
      {sheet, R"("replaces":")", R"("replaced":")", "reason"},
      {grant, kKey, "", "key"},
      {grant, kKey, "chair", "key"},
      {grant, "chair+", "chairs+", "key"},
      {grant, R"("role":"chair")", R"("role":"")", "role"},
      {grant, R"("contests":["*"])", R"("contests":["*","*"])", "scope.contests"},
      {grant, R"("units")", R"("unit")", "scope.units"},
      {Compromised{Signatory("chair").key, 1, "x"}, R"("since":1)", R"("since":-1)", "since"},
      {Revoke{kOther, "x"}, R"("grant":"1)", R"("grant":"g)", "grant"},
      {Adopt{kOther, "x"}, R"("reason":"x")", R"("reason":[])", "reason"},
      {lot, R"("places":1)", R"("places":2)", "drawn"},
      {lot, R"("places":1)", R"("places":0)", "places"},
      {lot, R"("drawn":["A"])", R"("drawn":["C"])", "drawn"},
      {lot, R"("drawn":["A"])", R"("drawn":["A","A"])", "drawn"},
      {lot, R"("tied":["A","B"])", R"("tied":["A"])", "tied"},
      {lot, R"("kind":"seat")", R"("kind":"chair")", "kind"},
      {lot, R"("step":3)", R"("step":-3)", "step"},
      {claim, R"("as_of":42)", R"("as_of":-1)", "as_of"},
      {claim, R"("path":"claims/x")", R"("path":"")", "files[0].path"},
      {claim, R"("files":[)", R"("files":[1,)", "files[0]"},
      {definition, R"("simulated":true)", R"("simulated":"yes")", "simulated"},
      {definition, R"("date":"2025-06-03")", R"("date":"2025-02-30")", "date"},
      {definition, R"("ko":"시험 선거",)", "", "title.ko"},
      {definition, R"("title":{"ko":"시험)", R"("election":"x","title":{"ko":"시험)", "election"},
      {definition, R"("id":"council")", R"("id":"mayor")", "contests"},
      {definition, R"("id":"council")", R"("id":"*")", "contests[1].id"},
      {definition, R"("votes_per_ballot":1)", R"("votes_per_ballot":0)", "contests[0].votes_per_ballot"},
      {definition, R"("seats":{"method":"plurality","seats":1})", R"("seats":1)", "contests[0].seats"},
      {definition, R"("count":2)", R"("count":0)", "signing.count-sheet[0].needs[1].count"},
      {definition, R"("count":2)", R"("count":17)", "signing.count-sheet[0].needs[1].count"},
      {definition, R"([{"role":"clerk","count":1}])", "[]", "signing.count-sheet[1].needs"},
      {definition, R"("signing":{)", R"("signing":{"poem":[],)", "signing.poem"},
      {definition, R"("signing":{)", R"("signing":{"grant":[],)", "signing.grant"},
      {definition, R"("coordinator":["chair","member"])", R"("coordinator":["national"])", "grantors"},
      {definition, R"("coordinator":["chair","member"])", R"("coordinator":["coordinator"])", "grantors"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.from);
    CAPTURE(c.to);
    CHECK(where_wrong(c.body, c.from, c.to) == c.where);
  }
}

TEST_CASE("bodies: what is signed as another type is not read as this one") {
  std::string lot = "scrutineer/lot/1\n" + members_of(full_sheet());
  CHECK_FALSE(read_record_text(lot).has_value());
}

TEST_CASE("bodies: grantors in a long chain are no circle, and a circle is found wherever it is") {
  Definition definition = testing::definition_of(testing::Country{});
  definition.grantors.clear();
  for (int i = 0; i < 100; ++i)
    definition.grantors.push_back({Role("r" + std::to_string(i)), {Role("r" + std::to_string(i + 1))}});
  CHECK(read_record_text(record_text(Record{{}, {}, definition})).has_value());
  definition.grantors.push_back({Role("r100"), {Role("r37")}});
  CHECK_FALSE(read_record_text(record_text(Record{{}, {}, definition})).has_value());
}
