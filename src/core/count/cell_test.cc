#include "core/count/cell.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

Hand hand(const std::string& name, const std::string& key_of) {
  auto signer =
      make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("seed " + key_of).view())}).value();
  return {make_vkey(name, signer->public_key()).value()};
}
const Hand kAnn = hand("ann", "ann"), kBob = hand("bob", "bob"), kCem = hand("cem", "cem");
const Hand kAnnAgain = hand("another-name", "ann");

const CountClock kClock{1'748'948'400, 32'400};

CellCount fresh() {
  return CellCount(make_form(HowCounted::by_hand, false, 2), kClock);
}

FieldValues answers(const std::string& votes = "30", const std::string& invalid = "3") {
  return {{"electors", "100"}, {"ballots_issued", "60"}, {"ballots_cast", "60"}, {"votes/1", votes},  {"votes/2", "27"},
          {"valid", "57"},     {"invalid", invalid},     {"count_began", "-"},   {"count_ended", "-"}};
}

void type_all(CellCount& cell, const FieldValues& values) {
  for (std::size_t i = 0; i < cell.form().sections.size(); ++i) {
    Saved saved{i, {}};
    for (const FormField& field : cell.form().sections[i].fields) saved.typed[field.name] = values.at(field.name);
    cell.apply(saved);
  }
}

void sign(CellCount& cell) {
  cell.apply(Prepared{"text", "disclosure"});
  cell.apply(Entered{RecordId{sha256("entry")}, 10});
}

void enter(CellCount& cell, const Hand& by, std::int64_t reading, const FieldValues& values) {
  cell.apply(Begun{"token", by, reading, 1, false});
  type_all(cell, values);
  sign(cell);
}

void third(CellCount& cell, const Hand& by, const FieldValues& typed) {
  cell.apply(Begun{"token", by, 3, 1, false});
  cell.apply(Saved{0, typed});
  sign(cell);
}

// A cell that has just come into this phase.
CellCount in_phase(EntryPhase phase) {
  CellCount cell = fresh();
  switch (phase) {
    case EntryPhase::none: break;
    case EntryPhase::first: cell.apply(Begun{"token", kAnn, 1, 1, false}); break;
    case EntryPhase::one: enter(cell, kAnn, 1, answers()); break;
    case EntryPhase::second:
      enter(cell, kAnn, 1, answers());
      cell.apply(Begun{"token", kBob, 2, 1, false});
      break;
    case EntryPhase::different:
    case EntryPhase::third:
      enter(cell, kAnn, 1, answers());
      enter(cell, kBob, 2, answers("31"));
      if (phase == EntryPhase::third) cell.apply(Begun{"token", kCem, 3, 1, false});
      break;
    case EntryPhase::agreed:
      enter(cell, kAnn, 1, answers());
      enter(cell, kBob, 2, answers());
      break;
  }
  REQUIRE(cell.phase() == phase);
  return cell;
}

std::string answer(const std::optional<CountRefusal>& refusal) {
  constexpr const char* kNames[] = {"busy",       "nothing",    "same",     "no entry", "incomplete",
                                    "not shown",  "live first", "no live",  "no undo",  "recorder",
                                    "not agreed", "too many",   "malformed"};
  return refusal ? kNames[static_cast<std::size_t>(*refusal)] : "yes";
}

}  // namespace

TEST_CASE("what can be done in which state: every state, every act") {
  struct Case {
    const char* what;
    CountAct act;
    const char* answers[7];  // by EntryPhase: none, first, one, second, different, third, agreed
  };
  const char *no_entry = "no entry", *nothing = "nothing", *busy = "busy";
  const Case rows[] = {
      {"Ann begins the first", Begun{"t", kAnn, 1, 1, false}, {"yes", busy, nothing, busy, nothing, busy, nothing}},
      {"Cem begins the second", Begun{"t", kCem, 2, 1, false}, {nothing, busy, "yes", busy, nothing, busy, nothing}},
      {"Ann begins the second", Begun{"t", kAnn, 2, 1, false}, {nothing, busy, "same", busy, nothing, busy, nothing}},
      {"Ann under another name",
       Begun{"t", kAnnAgain, 2, 1, false},
       {nothing, busy, "same", busy, nothing, busy, nothing}},
      {"Cem begins the third", Begun{"t", kCem, 3, 1, false}, {nothing, busy, nothing, busy, "yes", busy, nothing}},
      {"Bob begins the third", Begun{"t", kBob, 3, 1, false}, {nothing, busy, nothing, busy, "same", busy, nothing}},
      {"Ann, other name, the third",
       Begun{"t", kAnnAgain, 3, 1, false},
       {nothing, busy, nothing, busy, "same", busy, nothing}},
      {"a live count", Begun{"t", kCem, 1, 1, true}, {"yes", busy, nothing, busy, nothing, busy, nothing}},
      {"a live second", Begun{"t", kCem, 2, 1, true}, {nothing, busy, nothing, busy, nothing, busy, nothing}},
      {"typing the first page",
       Saved{0, {{"electors", "5"}}},
       {no_entry, "yes", no_entry, "yes", no_entry, "malformed", no_entry}},
      {"typing what differs",
       Saved{0, {{"votes/1", "5"}}},
       {no_entry, "malformed", no_entry, "malformed", no_entry, "yes", no_entry}},
      {"a page that is not there",
       Saved{9, {}},
       {no_entry, "malformed", no_entry, "malformed", no_entry, "yes", no_entry}},
      {"a field that is not there",
       Saved{0, {{"votes/9", "5"}}},
       {no_entry, "malformed", no_entry, "malformed", no_entry, "malformed", no_entry}},
      {"confirming", Confirmed{"no-electors"}, {no_entry, "yes", no_entry, "yes", no_entry, "yes", no_entry}},
      {"preparing what is not typed",
       Prepared{"t", "d"},
       {no_entry, "incomplete", no_entry, "incomplete", no_entry, "incomplete", no_entry}},
      {"signing what was not shown",
       Entered{{}, 1},
       {no_entry, "not shown", no_entry, "not shown", no_entry, "not shown", no_entry}},
      {"throwing it away", Discarded{kAnn}, {no_entry, "yes", no_entry, "yes", no_entry, "yes", no_entry}},
      {"calling a ballot",
       LiveStepped{{LiveStep::Kind::invalid, 0}},
       {"no live", "no live", "no live", "no live", "no live", "no live", "no live"}},
      {"accepting an error",
       AcceptedError{"c", "r", kCem, "n"},
       {"not agreed", "not agreed", "not agreed", "not agreed", "not agreed", "not agreed", "yes"}},
      {"offering it to the chair",
       Offered{kCem, "text", 1},
       {"not agreed", "not agreed", "not agreed", "not agreed", "not agreed", "not agreed", "yes"}},
      {"a photograph", Attached{{}, "n"}, {"yes", "yes", "yes", "yes", "yes", "yes", "yes"}},
      {"a new round", Reopened{kCem, "r", "", {}, 1}, {"yes", busy, "yes", busy, "yes", busy, "yes"}},
  };
  for (const Case& row : rows)
    for (std::size_t phase = 0; phase < 7; ++phase) {
      CAPTURE(row.what);
      CAPTURE(kEntryPhaseNames[phase]);
      CHECK(answer(in_phase(static_cast<EntryPhase>(phase)).refusal(row.act)) == row.answers[phase]);
    }
}

TEST_CASE("throwing an entry away leads back to where it began") {
  const std::pair<EntryPhase, EntryPhase> rows[] = {{EntryPhase::first, EntryPhase::none},
                                                    {EntryPhase::second, EntryPhase::one},
                                                    {EntryPhase::third, EntryPhase::different}};
  for (auto [from, to] : rows) {
    CellCount cell = in_phase(from);
    cell.apply(Discarded{kAnn});
    CHECK(cell.phase() == to);
  }
}

TEST_CASE("the third reading settles each field, or everything is entered again") {
  struct Case {
    const char* what;
    FieldValues typed;
    EntryPhase phase;
    const char *votes, *invalid;  // settled
  };
  // Ann: 30 and 3. Bob: 31 and 4.
  const Case rows[] = {
      {"Ann was right", {{"votes/1", "30"}, {"invalid", "3"}}, EntryPhase::agreed, "30", "3"},
      {"Bob was right", {{"votes/1", "31"}, {"invalid", "4"}}, EntryPhase::agreed, "31", "4"},
      {"each in one field", {{"votes/1", "031"}, {"invalid", " 3"}}, EntryPhase::agreed, "31", "3"},
      {"neither in one field", {{"votes/1", "32"}, {"invalid", "3"}}, EntryPhase::none, "", ""},
      {"neither in both", {{"votes/1", "32"}, {"invalid", "-"}}, EntryPhase::none, "", ""},
  };
  for (const Case& row : rows) {
    CAPTURE(row.what);
    CellCount cell = fresh();
    enter(cell, kAnn, 1, answers());
    enter(cell, kBob, 2, answers("31", "4"));
    CHECK(cell.differing() == std::vector<std::string>{"votes/1", "invalid"});
    third(cell, kCem, row.typed);
    CHECK(cell.phase() == row.phase);
    CHECK(cell.round() == (row.phase == EntryPhase::agreed ? 1 : 2));
    if (row.phase != EntryPhase::agreed) {
      CHECK(cell.readings().empty());
      CHECK_FALSE(cell.refusal(Begun{"t", kAnn, 1, 1, false}));  // in a new round anybody may be first
      continue;
    }
    CHECK(cell.agreed()->at("votes/1") == row.votes);
    CHECK(cell.agreed()->at("invalid") == row.invalid);
    CHECK(cell.agreed()->at("votes/2") == "27");
  }
}

TEST_CASE("entries agree by what they mean, not by how it was typed") {
  CellCount cell = fresh();
  enter(cell, kAnn, 1, answers("1,030"));
  enter(cell, kBob, 2, answers("01030"));
  CHECK(cell.phase() == EntryPhase::agreed);
}

TEST_CASE("another figure makes what was shown and confirmed void; the same figure does not") {
  CellCount cell = in_phase(EntryPhase::first);
  type_all(cell, answers());
  cell.apply(Confirmed{"no-electors"});
  cell.apply(Prepared{"text", "disclosure"});
  cell.apply(Saved{1, {{"votes/1", "30"}}});
  CHECK(cell.draft()->prepared);
  CHECK(cell.draft()->confirmed.size() == 1);
  cell.apply(Saved{1, {{"votes/1", "31"}}});
  CHECK_FALSE(cell.draft()->prepared);
  CHECK(cell.draft()->confirmed.empty());
  CHECK(cell.refusal(Entered{{}, 1}) == CountRefusal::not_prepared);
}

TEST_CASE("a live count is marked by one, confirmed by another, and fills the first entry") {
  CellCount cell = fresh();
  cell.apply(Begun{"token", kAnn, 1, 1, true});
  CHECK(cell.refusal(Saved{0, {}}) == CountRefusal::live_running);
  CHECK(cell.refusal(Prepared{"t", "d"}) == CountRefusal::live_running);
  auto call = [&](const char* step) { return answer(cell.refusal(LiveStepped{*read_live_step(step, 99)})); };
  CHECK(call("undo") == "no undo");
  CHECK(call("2") == "malformed");
  for (const char* step : {"0", "1", "0", "undo", "invalid", "0", "undo", "undo", "1"}) {
    CHECK(call(step) == "yes");
    cell.apply(LiveStepped{*read_live_step(step, 2)});
  }
  CHECK(answer(cell.refusal(LiveConfirmed{kBob})) == "no live");  // not ended
  cell.apply(LiveEnded{"salt"});
  CHECK(call("0") == "no live");
  CHECK(answer(cell.refusal(LiveConfirmed{kAnn})) == "recorder");
  CHECK(answer(cell.refusal(LiveConfirmed{kAnnAgain})) == "recorder");
  cell.apply(LiveConfirmed{kBob});
  CHECK(answer(cell.refusal(LiveConfirmed{kCem})) == "no live");
  CHECK(cell.draft()->typed == FieldValues{{"votes/1", "1"}, {"votes/2", "2"}, {"valid", "3"}, {"invalid", "0"}});
  const LiveTally& tally = cell.draft()->live->tally;
  CHECK(tally.called() == 6);
  CHECK(tally.undone() == 3);
  CHECK(tally.steps().size() == 9);
  // Known answer: printf 'scrutineer/live\nsalt\n0\n1\n0\nundo\ninvalid\n0\nundo\nundo\n1\n' | sha256sum
  CHECK(to_hex(commit_to(tally, "salt").steps) == "d26e50270174184109520c311c5982161544b51667cf5cc89abf0f2a5ffa39ac");
  CHECK(commit_to(tally, "other").steps != commit_to(tally, "salt").steps);
  type_all(cell, answers());
  sign(cell);
  CHECK(cell.phase() == EntryPhase::one);
  CHECK(cell.live());
}

TEST_CASE("a new round forgets entries and acceptances, keeps photographs, and ends at a limit") {
  CellCount cell = in_phase(EntryPhase::agreed);
  cell.apply(AcceptedError{"c", "r", kCem, "n"});
  cell.apply(Attached{{}, "n"});
  cell.apply(Offered{kCem, "text", 1});
  RecordId old{sha256("old")};
  cell.apply(Reopened{kCem, "recount", "order 7", old, 5});
  CHECK(cell.phase() == EntryPhase::none);
  CHECK(cell.round() == 2);
  CHECK(cell.accepted().empty());
  CHECK(cell.offered().empty());
  CHECK(cell.attached().size() == 1);
  CHECK(cell.reopened()->replaces == old);
  CHECK(cell.since() == 5);
  while (cell.round() < kRounds) cell.apply(Reopened{kCem, "again", "", old, 5});
  CHECK(cell.refusal(Reopened{kCem, "again", "", old, 5}) == CountRefusal::too_many_rounds);
  enter(cell, kAnn, 1, answers("1"));
  enter(cell, kBob, 2, answers("2"));
  third(cell, kCem, {{"votes/1", "3"}});
  CHECK(cell.round() == kRounds);
  CHECK(cell.phase() != EntryPhase::agreed);
  CHECK(cell.refusal(Begun{"t", hand("dan", "dan"), 4, 1, false}) == CountRefusal::nothing_to_enter);
}

TEST_CASE("every event is read back as it was written") {
  const RecordId id{sha256("id")};
  const CountAct acts[] = {Begun{"token", kAnn, 2, 77, true},
                           Saved{3, {{"votes/1", "1,030 \"\\ 일"}}},
                           Confirmed{"no-electors"},
                           Prepared{"text\nwith lines\n", "disclosure"},
                           Entered{id, 5},
                           Discarded{kBob},
                           LiveStepped{{LiveStep::Kind::undo, 0}},
                           LiveEnded{"salt"},
                           LiveConfirmed{kCem},
                           AcceptedError{"code", "reason", kAnn, "note\n"},
                           Attached{BlobHash{sha256("blob")}, "note"},
                           Offered{kAnn, "text", 9},
                           Reopened{kAnn, "reason", "order", id, 3},
                           Reopened{kAnn, "reason", "", {}, 3}};
  for (const CountAct& act : acts) {
    JsonWriter out;
    write_event(out, {UnitId("a1"), ContestId("mayor"), act});
    Json document = Json::parse(out.text()).value();
    Problems problems;
    CountEvent read = read_event(ObjectReader(document.root(), problems));
    REQUIRE_MESSAGE(problems.empty(), out.text());
    CHECK(read.unit == UnitId("a1"));
    JsonWriter again;
    write_event(again, read);
    CHECK(again.text() == out.text());
  }
  for (const char* bad :
       {R"({"unit":"a","contest":"b","act":"stolen"})", R"({"unit":"a","act":"confirmed","code":"c"})",
        R"({"unit":"a","contest":"b","act":"live-step","step":"left"})",
        R"({"unit":"a","contest":"b","act":"begun","by":"nobody","token":"t","reading":1,"at":1,"live":false})",
        R"({"unit":"a","contest":"b","act":"saved","section":0,"typed":{"x":1}})"}) {
    Json document = Json::parse(bad).value();
    Problems problems;
    read_event(ObjectReader(document.root(), problems));
    CHECK_FALSE(problems.empty());
  }
}

}  // namespace scrutineer

namespace scrutineer {
namespace {

// Only the machine's own figures are ever filled in, and only before anybody has typed.
CellCount by_machine() {
  CellCount cell(make_form(HowCounted::machine_then_hand, false, 2), kClock);
  cell.apply(Begun{"token", kAnn, 1, 1, false});
  return cell;
}
const FieldValues kMachine{{"machine/sorted/1", "30"}, {"machine/sorted/2", "27"}, {"machine/to_recheck", "3"}};

}  // namespace

TEST_CASE("the machine's column is filled in before anybody types, and nothing else ever is") {
  CellCount cell = by_machine();
  CHECK_FALSE(cell.refusal(Filled{kMachine}));
  cell.apply(Filled{kMachine});
  CHECK(cell.draft()->filled);
  CHECK(cell.draft()->typed == kMachine);
  CHECK(cell.draft()->seen.empty());                           // it is still to be read
  CHECK(answer(cell.refusal(Filled{kMachine})) == "nothing");  // something stands there now
  CHECK(answer(by_machine().refusal(Filled{{{"votes/1", "30"}}})) == "malformed");
  CHECK(answer(by_machine().refusal(Filled{{{"hand/from_sorted/1", "30"}}})) == "malformed");
  CHECK(answer(by_machine().refusal(Filled{{{"machine/sorted/3", "30"}}})) == "malformed");
  CHECK(answer(in_phase(EntryPhase::none).refusal(Filled{kMachine})) == "no entry");
  CHECK(answer(in_phase(EntryPhase::third).refusal(Filled{kMachine})) == "nothing");
  CHECK(answer(in_phase(EntryPhase::first).refusal(Filled{kMachine})) ==
        "malformed");  // counted by hand: no such field
  JsonWriter out;
  write_event(out, {UnitId("a1"), ContestId("mayor"), Filled{kMachine}});
  const std::string text = out.take();
  Json document = Json::parse(text).value();
  Problems problems;
  const CountEvent event = read_event(ObjectReader(document.root(), problems));
  CHECK(problems.empty());
  REQUIRE(std::holds_alternative<Filled>(event.act));
  CHECK(std::get<Filled>(event.act).typed == kMachine);
}

}  // namespace scrutineer
