// What the sheet says is compared with what machines read and people decided, unit by unit; and who may say so.
#include "core/tally/papers.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr const char* kRules = R"({"rules":[
  {"code":"machine-unlike-batches","kinds":["*"],"contests":["*"]},
  {"code":"votes-unlike-decisions","kinds":["polling-day"],"contests":["mayor"]}]})";

struct Counted {
  std::int64_t a = 0, b = 0, c = 0, recheck = 0, blank = 0, invalid = 0, rejected = 0;
  bool votes = true;
};

std::vector<ContestCounts> counts_of(const Counted& n) {
  ContestCounts counts{ContestId("mayor"), n.a + n.b + n.c, {}, n.recheck, n.blank, n.invalid};
  if (n.votes) counts.votes = OptionVotes{{OptionId("A"), n.a}, {OptionId("B"), n.b}, {OptionId("C"), n.c}};
  return {counts};
}

BallotBatch batch_of(const char* unit, const Counted& n) {
  BallotBatch batch;
  batch.unit = UnitId(unit);
  batch.device = "sorter";
  batch.sheets = batch.pictures = n.a + n.b + n.c + n.recheck + n.blank + n.invalid + n.rejected;
  batch.rejected = n.rejected;
  batch.contests = counts_of(n);
  batch.ballots = sha256(unit);
  batch.manifest = {BlobHash{sha256("leaves")}, 21, "text/plain"};
  return batch;
}

// An election in which a sorter, a clerk and a chair have said what they saw.
class Hall {
 public:
  explicit Hall(bool signing_rules = true) : world_(country(signing_rules)) {
    world_.append(world_.definition_text(), {"root-1", "root-2"});
    for (const char* role : {"sorter", "clerk", "chair", "court", "publisher"})
      say(Grant{Signatory(role).key, Role(role), {{"/"}, {"*"}}}, {"root-1", "root-2"});
  }
  RecordId say(RecordBody body, std::vector<std::string> names) {
    // Two equal statements are two records: each has another time, as it would in a hall.
    const std::string text = world_.text(std::move(body), "2025-06-03T21:00:" + std::to_string(10 + said_++) + "Z");
    world_.append(text, names);
    return record_id(text);
  }
  const ElectionFold& fold() {
    fold_ = world_.fold().value();
    return *fold_;
  }
  std::vector<RuleCode> findings(const char* unit = "a1") {
    return fold().tally().findings(0, *world_.election().tree().find_unit(UnitId(unit)));
  }
  World& world() { return world_; }

 private:
  static Country country(bool signing_rules) {
    Country country;
    country.rules = kRules;
    country.scanned_papers = signing_rules;
    return country;
  }
  World world_;
  std::unique_ptr<ElectionFold> fold_;
  int said_ = 0;
};

CountSheet sheet_of(std::vector<std::int64_t> votes, std::int64_t invalid, std::vector<std::int64_t> sorted,
                    std::int64_t to_recheck, const char* unit = "a1") {
  CountSheet sheet;
  sheet.unit = UnitId(unit);
  sheet.contest = ContestId("mayor");
  sheet.how = HowCounted::machine_then_hand;
  const char* kOptions[] = {"A", "B", "C"};
  for (std::size_t i = 0; i < 3; ++i) sheet.votes.emplace_back(OptionId(kOptions[i]), votes[i]);
  sheet.invalid = invalid;
  if (sorted.empty()) return sheet;
  sheet.machine.emplace();
  for (std::size_t i = 0; i < 3; ++i) sheet.machine->sorted.emplace_back(OptionId(kOptions[i]), sorted[i]);
  sheet.machine->to_recheck = to_recheck;
  return sheet;
}

}  // namespace

TEST_CASE("papers: the sheet against the batches of its unit and what people decided") {
  using enum RuleCode;
  struct Decided {
    std::size_t batch;
    Counted counts;
  };
  struct Case {
    std::string what;
    std::vector<Counted> batches;
    std::vector<Decided> adjudications;
    CountSheet sheet;
    std::vector<RuleCode> findings;
  };
  const Counted read{.a = 60, .b = 40, .c = 10, .recheck = 4, .invalid = 1};
  const Counted final{.a = 62, .b = 41, .c = 10, .invalid = 2};
  const Case cases[] = {
      {"all agree", {read}, {{0, final}}, sheet_of({62, 41, 10}, 2, {60, 40, 10}, 5), {}},
      {"the sorter's column has one more",
       {read},
       {{0, final}},
       sheet_of({62, 41, 10}, 2, {61, 40, 10}, 4),
       {machine_unlike_batches}},
      {"two options are switched",
       {read},
       {{0, final}},
       sheet_of({62, 41, 10}, 2, {40, 60, 10}, 5),
       {machine_unlike_batches}},
      {"one paper less went to people",
       {read},
       {{0, final}},
       sheet_of({62, 41, 10}, 2, {60, 40, 10}, 4),
       {machine_unlike_batches}},
      {"people counted otherwise",
       {read},
       {{0, final}},
       sheet_of({61, 42, 10}, 2, {60, 40, 10}, 5),
       {votes_unlike_decisions}},
      {"one invalid paper more",
       {read},
       {{0, final}},
       sheet_of({62, 41, 10}, 3, {60, 40, 10}, 5),
       {votes_unlike_decisions}},
      {"both",
       {read},
       {{0, final}},
       sheet_of({0, 0, 0}, 0, {0, 0, 0}, 0),
       {machine_unlike_batches, votes_unlike_decisions}},
      {"nobody has decided yet", {read}, {}, sheet_of({0, 0, 0}, 2, {60, 40, 10}, 5), {}},
      {"one paper is still undecided",
       {read},
       {{0, Counted{.a = 62, .b = 41, .c = 10, .recheck = 1, .invalid = 1}}},
       sheet_of({0, 0, 0}, 2, {60, 40, 10}, 5),
       {}},
      {"no paper needs people", {Counted{.a = 3, .b = 2}}, {}, sheet_of({3, 2, 0}, 0, {3, 2, 0}, 0), {}},
      {"no paper needs people, and the votes differ",
       {Counted{.a = 3, .b = 2}},
       {},
       sheet_of({2, 3, 0}, 0, {3, 2, 0}, 0),
       {votes_unlike_decisions}},
      {"two batches add up",
       {Counted{.a = 100, .b = 50}, Counted{.b = 100, .recheck = 1}},
       {{1, Counted{.b = 100, .c = 1}}},
       sheet_of({100, 150, 1}, 0, {100, 150, 0}, 1),
       {}},
      {"of two batches one is missing on the sheet",
       {Counted{.a = 100, .b = 50}, Counted{.b = 100, .recheck = 1}},
       {{1, Counted{.b = 100, .c = 1}}},
       sheet_of({100, 50, 0}, 0, {100, 50, 0}, 0),
       {machine_unlike_batches, votes_unlike_decisions}},
      {"votes are not published, and the sums agree",
       {Counted{.a = 60, .b = 40, .recheck = 4, .votes = false}},
       {},
       sheet_of({60, 44, 0}, 0, {40, 60, 0}, 4),
       {}},
      {"votes are not published, and the sums differ",
       {Counted{.a = 60, .b = 40, .recheck = 4, .votes = false}},
       {},
       sheet_of({60, 44, 0}, 0, {61, 40, 0}, 4),
       {machine_unlike_batches}},
      {"sheets that were not read went to people",
       {Counted{.a = 60, .rejected = 3}},
       {{0, Counted{.a = 62, .blank = 1}}},
       sheet_of({62, 0, 0}, 1, {60, 0, 0}, 3),
       {}},
      {"the sheet has no sorter's column", {read}, {{0, final}}, sheet_of({62, 41, 10}, 2, {}, 0), {}},
      {"no batch", {}, {}, sheet_of({62, 41, 10}, 2, {1, 2, 3}, 0), {}},
  };
  for (const Case& c : cases) {
    // The order in which the records come changes nothing.
    for (bool sheet_first : {false, true}) {
      CAPTURE(c.what);
      CAPTURE(sheet_first);
      Hall hall;
      std::vector<RecordId> batches;
      if (sheet_first) hall.say(c.sheet, {"clerk"});
      for (const Counted& counted : c.batches) batches.push_back(hall.say(batch_of("a1", counted), {"sorter"}));
      for (const Decided& decided : c.adjudications)
        hall.say(Adjudication{batches[decided.batch], sha256("d"), 1, counts_of(decided.counts), {}, {}, {}},
                 {"chair"});
      if (!sheet_first) hall.say(c.sheet, {"clerk"});
      CHECK(hall.findings() == c.findings);
    }
  }
}

TEST_CASE("papers: a rule keeps to its kinds of unit") {
  Hall hall;  // a2 is of the kind early: only the sorter's column is compared
  hall.say(batch_of("a2", {.a = 3, .b = 2}), {"sorter"});
  hall.say(sheet_of({2, 3, 0}, 0, {2, 3, 0}, 0, "a2"), {"clerk"});
  CHECK(hall.findings("a2") == std::vector{RuleCode::machine_unlike_batches});
}

TEST_CASE("papers: a stack that was fed again, and decisions that were made again") {
  Hall hall;
  const RecordId first = hall.say(batch_of("a1", {.a = 90, .b = 20, .recheck = 1}), {"sorter"});
  BallotBatch again = batch_of("a1", {.a = 91, .b = 20, .recheck = 1});
  again.replaces = first, again.reason = "two papers were fed as one";
  const RecordId second = hall.say(again, {"sorter"});
  hall.say(sheet_of({92, 20, 0}, 0, {91, 20, 0}, 1), {"clerk"});
  CHECK(hall.findings().empty());
  const RecordId decided =
      hall.say(Adjudication{second, sha256("d"), 1, counts_of({.a = 91, .b = 21}), {}, {}, {}}, {"chair"});
  CHECK(hall.findings() == std::vector{RuleCode::votes_unlike_decisions});
  // A second one beside it settles nothing; one that replaces it does.
  hall.say(Adjudication{second, sha256("d"), 1, counts_of({.a = 92, .b = 20}), {}, {}, {}}, {"chair"});
  CHECK(hall.findings().empty());
  CHECK_FALSE(hall.fold().tally().papers().decided(0, 0).has_value());
  Hall other;
  const RecordId batch = other.say(batch_of("a1", {.a = 91, .recheck = 1}), {"sorter"});
  const RecordId wrong = other.say(Adjudication{batch, sha256("d"), 1, counts_of({.b = 92}), {}, {}, {}}, {"chair"});
  other.say(Adjudication{batch, sha256("e"), 1, counts_of({.a = 92}), {}, wrong, "the piles were switched"}, {"chair"});
  other.say(sheet_of({92, 0, 0}, 0, {91, 0, 0}, 1), {"clerk"});
  CHECK(other.findings().empty());
  CHECK(other.fold().tally().papers().decided(0, 0)->votes == std::vector<std::int64_t>{92, 0, 0});
  (void)decided;
}

TEST_CASE("papers: who may say what") {
  Hall hall, old(false);
  const BallotBatch batch = batch_of("a1", {.a = 5});
  auto effective = [](Hall& in, const RecordId& id) {
    const RecordBook& book = in.fold().book();
    auto index = book.find(id);
    return index && book.records()[*index].effect != kNever;
  };
  const RecordId good = hall.say(batch, {"sorter"});
  CHECK(effective(hall, good));
  CHECK_FALSE(effective(hall, hall.say(batch, {"clerk"})));
  // An election whose definition has no such rule goes on as it did: what is said has no effect.
  CHECK_FALSE(effective(old, old.say(batch, {"sorter"})));
  CHECK(old.fold().tally().papers().batches().empty());

  const LeafHash leaf{sha256("leaf")};
  CommitteeVote vote{good,  leaf, ContestId("mayor"),    CommitteeQuestion::valid, 5, 3,
                     false, true, PaperDecision::counted};
  const ReleaseOrder order{good, {leaf}, "Court, 2026-1", "recount"};
  const RecordId ordered = hall.say(order, {"court"});
  CHECK(effective(hall, hall.say(vote, {"chair"})));
  CHECK(effective(hall, ordered));
  CHECK_FALSE(effective(hall, hall.say(order, {"publisher"})));
  const ImageRelease release{ordered, {BlobHash{sha256("pack")}, 4, "application/x-tar"}, 1};
  CHECK(effective(hall, hall.say(release, {"publisher"})));
  CHECK_FALSE(effective(hall, hall.say(ImageRelease{good, release.pack, 1}, {"publisher"})));        // no order
  CHECK_FALSE(effective(hall, hall.say(ReleaseOrder{ordered, {leaf}, "Court", "why"}, {"court"})));  // no batch
  // What the election does not have.
  BallotBatch unknown = batch_of("a1", {.a = 5});
  unknown.contests[0].votes = OptionVotes{{OptionId("Z"), 5}};
  CHECK_FALSE(effective(hall, hall.say(unknown, {"sorter"})));
  BallotBatch too_many = batch_of("a1", {.a = 5});
  too_many.contests[0].votes = OptionVotes{{OptionId("A"), 6}};
  CHECK_FALSE(effective(hall, hall.say(too_many, {"sorter"})));
  CHECK_FALSE(effective(hall, hall.say(batch_of("z9", {.a = 5}), {"sorter"})));
  const Papers& papers = hall.fold().tally().papers();
  CHECK(papers.batches().size() == 1);
  CHECK(papers.committee_votes().size() == 1);
  CHECK(papers.orders().size() == 1);
  CHECK(papers.releases().size() == 1);
}

TEST_CASE("papers: votes of few papers are not to be published beside others of the unit") {
  struct Case {
    std::vector<Counted> batches;
    std::vector<bool> too_much;
  };
  const Case cases[] = {
      {{{.a = 40}}, {false}},  // the law's sheet says the same
      {{{.a = 100}, {.a = 100}}, {false, false}},
      {{{.a = 99}, {.a = 100}}, {true, true}},  // the difference would show the small one
      {{{.a = 99, .votes = false}, {.a = 100}}, {false, true}},
      {{{.a = 99, .votes = false}, {.a = 100, .votes = false}}, {false, false}},
  };
  for (const Case& c : cases) {
    Hall hall;
    for (const Counted& counted : c.batches) hall.say(batch_of("a1", counted), {"sorter"});
    const Papers& papers = hall.fold().tally().papers();
    for (std::size_t i = 0; i < c.batches.size(); ++i)
      CHECK(papers.says_too_much(papers.batches()[i]) == c.too_much[i]);
  }
}
