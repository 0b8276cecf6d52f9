// The states of docs/formats/adjudication.md: each reached by acts alone, each act tried in each of them.
#include "core/adjudicate/case.h"

#include <doctest/doctest.h>

#include <map>

#include "core/adjudicate/decisions.h"
#include "core/adjudicate/events.h"
#include "core/crypto/hash.h"
#include "core/merkle/tree.h"
#include "tests/support/world.h"

using namespace scrutineer;
using scrutineer::testing::Signatory;

namespace {

const CaseRules kNoTieRule{{3, 1, false}, TieRule::none};
const CaseRules kChairDecides{{3, 1, false}, TieRule::chair_decides};

Looker who(const std::string& name) {
  return {Signatory(name).key};
}
Choice for_option(std::uint16_t option) {
  return {Decision::counted, {option}, {}};
}
Choice invalid(InvalidReason reason) {
  return {Decision::invalid, {}, reason};
}
const Choice kNoMark = invalid(InvalidReason::no_mark);

Voted vote(CommitteeQuestion question, std::optional<Choice> motion, std::int64_t yes, std::int64_t no,
           std::optional<bool> chair = {}) {
  return {who("chair"), question, std::move(motion), yes, no, chair};
}

// Does what a line says: "a 0" looks and finds option 0, "a x" no mark, "a !" objects, "reading 5:2", "valid 2:5",
// "option1 5:2".
CaseAct act_of(std::string_view text) {
  const std::size_t space = text.find(' ');
  const std::string word(text.substr(0, space)), rest(text.substr(space + 1));
  const std::size_t colon = rest.find(':');
  if (colon != rest.npos) {
    const std::int64_t yes = std::stoi(rest), no = std::stoi(rest.substr(colon + 1));
    if (word == "reading") return vote(CommitteeQuestion::reading, {}, yes, no);
    if (word == "valid") return vote(CommitteeQuestion::valid, kNoMark, yes, no);
    return vote(CommitteeQuestion::option, for_option(static_cast<std::uint16_t>(word.back() - '0')), yes, no);
  }
  if (rest == "!") return Objected{who(word), "the stamp touches two boxes"};
  if (rest == "x") return Looked{who(word), kNoMark};
  return Looked{who(word), for_option(static_cast<std::uint16_t>(rest[0] - '0'))};
}

PaperCase case_after(const std::vector<const char*>& acts, bool machine = false, CaseRules rules = kNoTieRule) {
  PaperCase out(rules, machine);
  for (const char* text : acts) {
    CAPTURE(text);
    const CaseAct act = act_of(text);
    REQUIRE_FALSE(out.refusal(act));
    out.apply(act);
  }
  return out;
}

std::string outcome_of(const PaperCase& c) {
  auto outcome = c.outcome();
  if (!outcome) return "-";
  std::string text = outcome->choice.decision == Decision::invalid ? "x" : std::to_string(outcome->choice.options[0]);
  return text + " " + std::string(kOutcomeHowNames[static_cast<std::size_t>(outcome->how)]);
}

}  // namespace

TEST_CASE("adjudicate: every state, and what each act makes of it") {
  struct Row {
    CasePhase phase;
    std::vector<const char*> acts;
    bool machine;
    const char* outcome;
    // What then happens to: a first look by somebody new, one by a, an objection, a vote on `reading`, `valid`,
    // `option`.
    const char* next[6];
  };
  const Row rows[] = {
      {CasePhase::machine, {}, true, "-", {"-", "-", "waiting", "-", "-", "-"}},
      {CasePhase::waiting, {}, false, "-", {"once", "once", "-", "-", "-", "-"}},
      {CasePhase::waiting, {"o !"}, true, "-", {"once", "once", "-", "-", "-", "-"}},
      {CasePhase::once, {"a 0"}, false, "-", {"agreed", "-", "-", "-", "-", "-"}},
      {CasePhase::differ, {"a 0", "b x"}, false, "-", {"settled", "-", "-", "-", "-", "-"}},
      {CasePhase::agreed, {"a 0", "b 0"}, false, "0 agreed", {"-", "-", "committee", "-", "-", "-"}},
      {CasePhase::settled, {"a 0", "b x", "c 0"}, false, "0 settled", {"-", "-", "committee", "-", "-", "-"}},
      {CasePhase::committee, {"a 0", "b 0", "o !"}, false, "-", {"-", "-", "-", "decided", "decided", "decided"}},
      {CasePhase::committee, {"a 0", "b x", "c 1"}, false, "-", {"-", "-", "-", "-", "committee", "decided"}},
      {CasePhase::tied,
       {"a 0", "b 0", "o !", "reading 3:3"},
       false,
       "-",
       {"-", "-", "-", "decided", "decided", "decided"}},
      {CasePhase::decided, {"a 0", "b 0", "o !", "reading 4:3"}, false, "0 committee", {"-", "-", "-", "-", "-", "-"}},
  };
  std::map<CasePhase, int> seen;
  for (const Row& row : rows) {
    const PaperCase c = case_after(row.acts, row.machine);
    CAPTURE(kCasePhaseNames[static_cast<std::size_t>(row.phase)]);
    CHECK(c.phase() == row.phase);
    CHECK(outcome_of(c) == row.outcome);
    ++seen[row.phase];
    const char* acts[] = {"n 0", "a 0", "o !", "reading 5:2", "valid 5:2", "option1 5:2"};
    for (std::size_t i = 0; i < std::size(acts); ++i) {
      CAPTURE(acts[i]);
      const CaseAct act = act_of(acts[i]);
      if (std::string_view(row.next[i]) == "-") {
        CHECK(c.refusal(act));
        continue;
      }
      CHECK_FALSE(c.refusal(act));
      PaperCase after = c;
      after.apply(act);
      CHECK(kCasePhaseNames[static_cast<std::size_t>(after.phase())] == row.next[i]);
    }
  }
  CHECK(seen.size() == std::size(kCasePhaseNames));
}

TEST_CASE("adjudicate: one key is one person, whatever it calls itself") {
  PaperCase c = case_after({"a 0"});
  VerifierKey other = Signatory("a").key;
  other.name = "somebody-else";
  CHECK(c.refusal(Looked{{other}, for_option(0)}) == CaseRefusal::same_person);
  CHECK_FALSE(c.may_look({other}));
  CHECK(c.may_look(who("b")));
  c = case_after({"a 0", "b 1"});
  CHECK(c.refusal(act_of("b 0")) == CaseRefusal::same_person);
}

TEST_CASE("adjudicate: two who call it invalid for different reasons have not agreed") {
  PaperCase c = case_after({"a x"});
  c.apply(Looked{who("b"), invalid(InvalidReason::other_tool)});
  CHECK(c.phase() == CasePhase::differ);
  c.apply(Looked{who("c"), invalid(InvalidReason::other_tool)});
  CHECK(c.phase() == CasePhase::settled);
  CHECK(c.outcome()->choice.reason == InvalidReason::other_tool);
}

TEST_CASE("adjudicate: what the committee's answers lead to") {
  struct Row {
    const char* what;
    std::vector<const char*> acts;
    CasePhase phase;
    const char* outcome;
  };
  const Row rows[] = {
      {"the decision stands", {"a 0", "b 0", "o !", "reading 5:4"}, CasePhase::decided, "0 committee"},
      {"it does not stand: for another",
       {"a 0", "b 0", "o !", "reading 4:5", "option1 6:3"},
       CasePhase::decided,
       "1 committee"},
      {"it is not valid", {"a 0", "b 0", "o !", "valid 2:7"}, CasePhase::decided, "x committee"},
      {"it is valid: the vote stands", {"a 0", "b 0", "o !", "valid 7:2"}, CasePhase::decided, "0 committee"},
      {"invalid papers that are valid need an option", {"a x", "b x", "o !", "valid 7:2"}, CasePhase::committee, "-"},
      {"and get one", {"a x", "b x", "o !", "valid 7:2", "option2 9:0"}, CasePhase::decided, "2 committee"},
      {"three opinions", {"a 0", "b 1", "c 2", "option1 3:6", "option2 6:3"}, CasePhase::decided, "2 committee"},
      {"what was struck does not come back",
       {"a 0", "b 0", "o !", "option0 3:6", "valid 9:0"},
       CasePhase::committee,
       "-"},
      {"a tie, and no rule", {"a 0", "b 0", "o !", "valid 4:4"}, CasePhase::tied, "-"},
      {"a tie, and then a majority",
       {"a 0", "b 0", "o !", "valid 4:4", "valid 3:5"},
       CasePhase::decided,
       "x committee"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const PaperCase c = case_after(row.acts);
    CHECK(c.phase() == row.phase);
    CHECK(outcome_of(c) == row.outcome);
  }
}

TEST_CASE("adjudicate: at a tie the chair decides where the rule says so, and nowhere else") {
  auto asked = [](CaseRules rules, Voted v) { return case_after({"a 0", "b 0", "o !"}, false, rules).refusal(v); };
  const Voted tie = vote(CommitteeQuestion::valid, kNoMark, 4, 4, false);
  CHECK(asked(kNoTieRule, tie) == CaseRefusal::chair_not_asked);
  CHECK_FALSE(asked(kChairDecides, tie));
  CHECK(asked(kChairDecides, vote(CommitteeQuestion::valid, kNoMark, 5, 4, false)) == CaseRefusal::chair_not_asked);
  PaperCase c = case_after({"a 0", "b 0", "o !"}, false, kChairDecides);
  c.apply(vote(CommitteeQuestion::valid, kNoMark, 4, 4));
  CHECK(c.phase() == CasePhase::tied);  // a tie without the chair's word is a tie
  c.apply(tie);
  CHECK(outcome_of(c) == "x committee");
}

TEST_CASE("adjudicate: choices that do not fit the paper, votes that are none") {
  PaperCase c = case_after({});
  const Choice bad[] = {for_option(3),
                        {Decision::counted, {}, {}},
                        {Decision::counted, {0, 1}, {}},
                        {Decision::blank, {}, {}},
                        {Decision::invalid, {}, {}},
                        {Decision::invalid, {0}, InvalidReason::no_mark},
                        {Decision::recheck, {}, {}},
                        {Decision::rejected, {}, {}}};
  for (const Choice& choice : bad) CHECK(c.refusal(Looked{who("a"), choice}) == CaseRefusal::does_not_fit);
  CHECK(fits({Decision::blank, {}, {}}, {3, 1, true}));
  CHECK(fits({Decision::counted, {0, 2}, {}}, {3, 2, true}));
  CHECK_FALSE(fits({Decision::counted, {2, 0}, {}}, {3, 2, true}));
  CHECK_FALSE(fits({Decision::counted, {1, 1}, {}}, {3, 2, true}));
  c = case_after({"a 0", "b 0", "o !"});
  CHECK(c.refusal(vote(CommitteeQuestion::valid, kNoMark, 0, 0)) == CaseRefusal::not_a_vote);
  CHECK(c.refusal(vote(CommitteeQuestion::valid, kNoMark, -1, 2)) == CaseRefusal::not_a_vote);
  CHECK(c.refusal(vote(CommitteeQuestion::valid, kNoMark, 101, 2)) == CaseRefusal::not_a_vote);
  CHECK(c.refusal(vote(CommitteeQuestion::valid, for_option(0), 3, 2)) == CaseRefusal::does_not_fit);
  CHECK(c.refusal(vote(CommitteeQuestion::option, kNoMark, 3, 2)) == CaseRefusal::does_not_fit);
  CHECK(c.refusal(vote(CommitteeQuestion::option, {}, 3, 2)) == CaseRefusal::does_not_fit);
  CHECK(c.refusal(vote(CommitteeQuestion::reading, kNoMark, 3, 2)) == CaseRefusal::does_not_fit);
  for (std::size_t i = 0; i < kCaseVotes; ++i) c.apply(vote(CommitteeQuestion::valid, kNoMark, 4, 4));
  CHECK(c.refusal(act_of("valid 5:4")) == CaseRefusal::too_many_votes);
  CHECK(case_after({"a 0", "b 0"}).refusal(Objected{who("o"), ""}) == CaseRefusal::no_reason);
}

TEST_CASE("adjudicate: events are read back as they were written") {
  const CaseAct acts[] = {Looked{who("a"), for_option(2)}, Looked{who("a"), kNoMark},
                          Objected{who("o"), "seen by \"all\""}, vote(CommitteeQuestion::reading, {}, 3, 2),
                          vote(CommitteeQuestion::option, for_option(1), 3, 3, true)};
  for (const CaseAct& act : acts) {
    JsonWriter out;
    write_case_event(out, {BallotId(std::string(32, 'a')), 7, act});
    const std::string text = out.take();
    CAPTURE(text);
    Json document = Json::parse(text).value();
    Problems problems;
    const CaseEvent event = read_case_event(ObjectReader(document.root(), problems));
    CHECK(problems.empty());
    JsonWriter again;
    write_case_event(again, event);
    CHECK(again.take() == text);
  }
  for (const char* text : {R"({"ballot":"a","contest":0,"act":"looked","by":"x"})", R"({"contest":-1})",
                           R"({"ballot":"a","contest":0,"act":"voted","by":"x","for":101,"against":0})"}) {
    Json document = Json::parse(text).value();
    Problems problems;
    read_case_event(ObjectReader(document.root(), problems));
    CHECK_FALSE(problems.empty());
  }
}

TEST_CASE("adjudicate: counts, outcomes and the root over salted decisions") {
  const BallotId a(std::string(32, 'a')), b(std::string(32, 'b')), c(std::string(32, 'c'));
  BatchInfo info;
  info.contests = {{ContestId("mayor"), 1, {OptionId("1"), OptionId("2")}}};
  std::vector<DecidedCase> cases = {{c, 0, {for_option(1), OutcomeHow::settled}},
                                    {a, 0, {kNoMark, OutcomeHow::agreed}},
                                    {b, 0, {for_option(1), OutcomeHow::committee}}};
  const PeopleCounts counts = people_counts(info, cases)[0];
  CHECK(counts.votes == std::vector<std::int64_t>{0, 2});
  CHECK(counts.invalid == 1);
  CHECK(counts.papers == 3);
  CHECK(counts.by_reason[static_cast<std::size_t>(InvalidReason::no_mark)] == 1);
  const auto lines = outcomes_of(cases);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].id == a);
  CHECK(ballot_outcome_json(lines[2]).find(R"("decision":"counted","options":[1],"how":"settled")") !=
        std::string::npos);
  for (const BallotOutcome& line : lines) CHECK(parse_ballot_outcome(ballot_outcome_json(line)).value() == line);

  const BatchSecret secret{sha256("seed")};
  const NodeHash root = decisions_root(cases, secret);
  std::swap(cases[0], cases[2]);
  CHECK(decisions_root(cases, secret) == root);  // the order is the batch's own
  CHECK(decisions_root(cases, {sha256("other")}) != root);
  const NodeHash one = decisions_root(std::span(cases).first(1), secret);
  CHECK(one == as_node(leaf_hash(decision_line(cases[0], decision_salt(secret, cases[0].ballot, 0)))));
  cases[1].outcome.choice = for_option(0);
  CHECK(decisions_root(cases, secret) != root);
}
