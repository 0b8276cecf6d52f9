#include <fmt/format.h>

#include "tests/support/seats_table.h"

using namespace scrutineer;
using namespace scrutineer::seats;
using namespace scrutineer::seats::test;

namespace {

std::string after(const std::string& text, std::vector<Lot> lots) {
  Line line = parse(text);
  line.contest.lots = std::move(lots);
  auto outcome = allot(line.contest);
  REQUIRE(outcome);
  std::string out = show(line, *outcome);
  for (const RefusedLot& refused : outcome->refused)
    out += fmt::format(" [lot {} refused: {}]", refused.lot, error_code_name(refused.reason.code));
  return out;
}

ErrorCode refusal(Contest contest) {
  auto outcome = allot(contest);
  REQUIRE(!outcome);
  return outcome.error().code;
}

}  // namespace

TEST_CASE("a lot settles the tie that it was drawn for") {
  const std::string text = "dhondt 5: A 10 | B 10 | C 10";
  Outcome waiting = outcome_of(text);
  REQUIRE(waiting.kind == Outcome::Kind::lots_needed);
  Tie tie = *waiting.tie;
  CHECK(tie == Tie{1, TieKind::seat, {0, 1, 2}, 2});
  CHECK(waiting.steps.back().kind == StepKind::lot_needed);
  CHECK(check_lot(waiting, {tie, {2, 0}}));

  CHECK(after(text, {{tie, {2, 0}}}) == "2 1 2");
  CHECK(after(text, {{tie, {1, 0}}}) == "2 2 1");
  // an earlier lot for the same tie stands
  CHECK(after(text, {{tie, {1, 0}}, {tie, {2, 0}}}) == "2 2 1 [lot 1 refused: conflict]");
}

TEST_CASE("a lot that does not fit is refused, with the reason, and changes nothing") {
  const std::string text = "dhondt 5: A 10 | B 10 | C 10";
  Tie tie = *outcome_of(text).tie;
  const std::string unchanged = "1 1 1, lot: 2 of A B C";
  Tie other_step = tie, other_options = tie, other_places = tie, other_kind = tie;
  other_step.step = 0;
  other_options.options = {0, 1};
  other_places.places = 1;
  other_kind.kind = TieKind::withdrawal;
  for (const Tie& other : {other_step, other_options, other_places, other_kind})
    CHECK(after(text, {{other, {0, 1}}}) == unchanged + " [lot 0 refused: conflict]");
  CHECK(after(text, {{tie, {0}}}) == unchanged + " [lot 0 refused: invalid_argument]");
  CHECK(after(text, {{tie, {0, 0}}}) == unchanged + " [lot 0 refused: invalid_argument]");
  CHECK(after(text, {{tie, {0, 3}}}) == unchanged + " [lot 0 refused: invalid_argument]");
  CHECK(after(text, {{tie, {0, 1, 2}}}) == unchanged + " [lot 0 refused: invalid_argument]");
  // the counts were corrected after the lot: it is no longer about anything
  CHECK(after("dhondt 5: A 11 | B 10 | C 10", {{tie, {0, 1}}}).find("refused: conflict") != std::string::npos);
  CHECK(after("dhondt 3: A 10 | B 10 | C 10", {{tie, {0, 1}}}) == "1 1 1 [lot 0 refused: conflict]");
}

TEST_CASE("several ties, lots in any order") {
  // three equal lists: two linked seats for them, and then eight by share, of which two again by remainders
  const std::string text = "kr-linked total-seats=20 list-seats=10 linked-seats=2 10: A 100 | B 100 | C 100";
  Line line = parse(text);
  std::vector<Lot> lots;
  int ties = 0;
  for (auto outcome = allot(line.contest); outcome->tie; outcome = allot(line.contest), ++ties) {
    const Tie& tie = *outcome->tie;
    lots.insert(lots.begin(), {tie, {tie.options.begin(), tie.options.begin() + tie.places}});
    line.contest.lots = lots;
  }
  auto outcome = allot(line.contest);
  CHECK(ties == 2);
  CHECK(outcome->kind == Outcome::Kind::decided);
  CHECK(outcome->refused.empty());
  CHECK(outcome->seats == std::vector<std::int64_t>{4, 4, 2});
}

TEST_CASE("who goes into the second round, who gives up a seat") {
  const std::string round = "two-round 1: A 40 | B 30 | C 30";
  CHECK(after(round, {{*outcome_of(round).tie, {2}}}) == "second round A C");
  const std::string excess = "largest-remainder-hagenbach-bischoff 3: A 40 | B 40";
  CHECK(after(excess, {{*outcome_of(excess).tie, {0}}}) == "1 2");
}

TEST_CASE("input that makes no sense is an error") {
  auto contest = [](std::vector<std::int64_t> votes, std::int64_t seats, const char* method = "dhondt") {
    Contest out;
    out.votes = std::move(votes);
    out.seats = seats;
    out.rules = *rules_from({method, {}});
    return out;
  };
  CHECK(refusal(contest({}, 1)) == ErrorCode::invalid_argument);
  CHECK(refusal(contest({1, -1}, 1)) == ErrorCode::invalid_argument);
  CHECK(refusal(contest({1}, 0)) == ErrorCode::invalid_argument);
  CHECK(refusal(contest({1}, -1)) == ErrorCode::invalid_argument);
  CHECK(refusal(contest({1}, limits::kSeats + 1)) == ErrorCode::limit_exceeded);
  CHECK(refusal(contest({kVotesPerContest, 1}, 1)) == ErrorCode::limit_exceeded);
  CHECK(refusal(contest({INT64_MAX, INT64_MAX}, 1)) == ErrorCode::limit_exceeded);
  CHECK(refusal(contest(std::vector<std::int64_t>(limits::kOptionsPerContest + 1, 1), 1)) == ErrorCode::limit_exceeded);
  CHECK(refusal(contest({1, 1}, 2, "two-round")) == ErrorCode::invalid_argument);
  CHECK(refusal(contest({1, 1}, 45, "kr-list-2024")) == ErrorCode::invalid_argument);

  Contest bad = contest({1, 2}, 1);
  bad.valid_votes = 2;
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
  bad = contest({1, 2}, 1);
  bad.candidates = {1};
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
  bad.candidates = {1, -1};
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
  bad = contest({1, 2}, 1);
  bad.parties = {{2, 1}};
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
  bad.parties = {{0, 1}, {0, 1}};
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
  bad.parties = {{0, -1}};
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
  bad = contest({1, 2}, 46, "kr-list-2024");
  bad.parties = {{std::nullopt, 200}};
  bad.independents = 55;
  CHECK(refusal(bad) == ErrorCode::invalid_argument);
}

TEST_CASE("the largest allowed input stays inside exact arithmetic") {
  for (auto name : rule_names()) {
    CAPTURE(name);
    Contest contest;
    contest.rules = *rules_from({std::string(name), {}});
    const std::int64_t third = kVotesPerContest / 3;
    contest.votes = {third - 2, third + 1, third - 7, 3};
    contest.seats = 1;
    if (auto* korea = std::get_if<KoreaLinked>(&contest.rules.method)) {
      *korea = {.total_seats = limits::kSeats, .list_seats = 997, .linked_seats = 991, .linkage = Fraction(7, 10)};
      contest.seats = 997;
      contest.parties = {{0, 17}, {1, 19}, {std::nullopt, 23}};
    } else if (!std::holds_alternative<TwoRound>(contest.rules.method)) {
      contest.seats = limits::kSeats;
    }
    CHECK(allot(contest));
  }
}
