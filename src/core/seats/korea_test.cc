#include "tests/support/seats_table.h"

using namespace scrutineer::seats;
using namespace scrutineer::seats::test;

namespace {

// 15 April 2020, 35 lists. National Election Commission; lists below 3 % are put together in pieces below 3 %.
const std::string k2020 =
    ": 미래한국당 9441520 | 더불어시민당 9307112 | 정의당 2697956 +1 | 국민의당 1896719 | 열린민주당 1512763"
    " | 민생당 758778 | rest1 757142 | rest2 757142 | rest3 757141 | no-list +163 | no-list +84 | independents 5";

// 10 April 2024, 38 lists. National Election Commission; 새로운미래 won 1 constituency and 1.70 %, 진보당 1 and no
// list.
const std::string k2024 =
    ": 국민의미래 10395264 | 더불어민주연합 7567459 | 조국혁신당 6874278 | 개혁신당 1025775 +1 | 자유통일당 642433"
    " | 녹색정의당 609313 | 새로운미래 483827 +1 | rest 745001 | no-list +161 | no-list +90 | no-list +1";

std::string lists(const std::string& seats) {
  return seats + " 0 0 0 0";
}

std::vector<std::int64_t> linked_numbers(const Outcome& outcome) {
  std::vector<std::int64_t> out;
  for (const Step& step : outcome.steps)
    if (step.kind == StepKind::linked)
      for (const Row& row : step.rows) out.push_back(row.linked);
  return out;
}

const Step& step_of(const Outcome& outcome, StepKind kind) {
  for (const Step& step : outcome.steps)
    if (step.kind == kind) return step;
  throw std::runtime_error("no such step");
}

}  // namespace

TEST_CASE("2020: 300 seats less 5 independents; 30 linked, 17 by share") {
  check_lines("kr-list-2020 47" + k2020 + " -> " + lists("19 17 5 3 3"));
  // the 30 linked seats alone
  check_lines("kr-list-2020 list-seats=30 30" + k2020 + " -> " + lists("12 11 3 2 2"));
  // the 17 alone
  check_lines("kr-list-2020 list-seats=17 linked-seats=0 17" + k2020 + " -> " + lists("7 6 2 1 1"));
  auto outcome = outcome_of("kr-list-2020 47" + k2020);
  CHECK(step_of(outcome, StepKind::entitlement).figure == scrutineer::Fraction(295));
  CHECK(linked_numbers(outcome) == std::vector<std::int64_t>{56, 55, 16, 11, 9});
}

TEST_CASE("2020: deducting every constituency winner but one, as if only lists could qualify, is wrong") {
  auto right = outcome_of("kr-list-2020 47" + k2020);
  std::string wrong = k2020;
  for (std::string party : {" | no-list +163", " | no-list +84"}) wrong.erase(wrong.find(party), party.size());
  wrong.replace(wrong.find("independents 5"), std::string::npos, "independents 252");
  check_lines("kr-list-2020 47" + wrong + " -> " + lists("19 18 5 3 2"));
  CHECK(right.seats != outcome_of("kr-list-2020 47" + wrong).seats);
}

TEST_CASE("2024: 300 seats less 2; all 46 linked") {
  check_lines("kr-list-2024 46" + k2024 + " -> " + lists("18 14 12 2"));
  auto outcome = outcome_of("kr-list-2024 46" + k2024);
  CHECK(step_of(outcome, StepKind::entitlement).figure == scrutineer::Fraction(298));
  CHECK(linked_numbers(outcome) == std::vector<std::int64_t>{60, 44, 40, 5});
}

TEST_CASE("who qualifies, what is deducted") {
  check_lines(R"(
    # 3 % exactly is enough; 4 constituencies are not, 5 are. A house of 100: 90 constituencies, 10 list seats
    kr-linked total-seats=100 list-seats=10 linked-seats=10 10: A 970 | B 30 -> 10 0
    kr-linked total-seats=100 list-seats=10 linked-seats=0 10: A 900 | B 71 | C 29 +4 -> 9 1 0
    kr-linked total-seats=100 list-seats=10 linked-seats=0 10: A 900 | B 50 | C 50 +5 -> 9 0 0, lot: 1 of B C
    # few linked numbers: A 40 own of 50 due -> 5; B 49 of 50 -> 0.5 -> 1; the 4 left by share
    kr-linked total-seats=100 list-seats=10 linked-seats=10 10: A 500 +40 | B 500 +49 -> 7 3
    # the other reading of "below 1": 0.5 counts as 0 before rounding; the 5 left by share
    kr-linked below-one=unrounded total-seats=100 list-seats=10 linked-seats=10 10: A 500 +40 | B 500 +49 -> 7 2, lot: 1 of A B
    # own seats beyond the entitlement: nothing linked
    kr-linked total-seats=100 list-seats=10 linked-seats=10 10: A 500 | B 500 +80 -> 10 0
    # nobody qualifies
    kr-linked threshold-share=1 threshold-seats=none 46: A 50 | B 50 -> 0 0, 46 vacant
  )");
}

TEST_CASE("seats beyond a list's candidates stay vacant") {
  check_lines(R"(
    kr-linked total-seats=100 list-seats=10 linked-seats=0 10: A 600 of 4 | B 400 of 20 -> 4 4, 2 vacant
  )");
}
