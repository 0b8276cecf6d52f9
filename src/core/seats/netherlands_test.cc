#include "tests/support/seats_table.h"

using namespace scrutineer::seats;
using namespace scrutineer::seats::test;

TEST_CASE("House of Representatives, 22 November 2023 (Electoral Council, 4 December 2023)") {
  // 10,432,726 valid votes: quota 69,551 and 76/150. The last residual seat went to SP (65,645) and not to D66
  // (65,629.2).
  std::string before =
      "nl-house 150: PVV 2450878 | GL_PvdA 1643073 | VVD 1589519 | NSC 1343287 | D66 656292 | BBB 485551 | CDA 345822 "
      "| "
      "SP 328225 | DENK 246765 | PvdD 235148 | FVD 232963 | SGP 217270 | CU 212532 | Volt 178802 | JA21 71345 | "
      "BVNL 52913 | 50PLUS 51043 | BIJ1 44253 | Splinter 12838 | others 34207 -> ";
  check_lines(before + "37 25 24 20 9 7 5 5 3 3 3 3 3 2 1 0 0 0 0 0");
  // Published with the result: 160 votes more for D66, or 80 fewer for SP, would have moved that seat.
  auto with = [&](std::string from, std::string to) {
    std::string line = before;
    return line.replace(line.find(from), from.size(), to);
  };
  check_lines(with("D66 656292", "D66 656452") + "37 25 24 20 10 7 5 4 3 3 3 3 3 2 1 0 0 0 0 0");
  check_lines(with("SP 328225", "SP 328145") + "37 25 24 20 10 7 5 4 3 3 3 3 3 2 1 0 0 0 0 0");
}

TEST_CASE("House of Representatives, 17 March 2021: 10,422,852 valid votes; lists below the quota together in three") {
  check_lines(R"(
    nl-house 150: VVD 2279130 | D66 1565861 | PVV 1124482 | CDA 990601 | SP 623371 | PvdA 597192 | GL 537308 | FVD 523083 | PvdD 399750 | CU 351275 | Volt 252480 | JA21 246620 | SGP 215249 | DENK 211237 | 50PLUS 106702 | BBB 104319 | BIJ1 87238 | rest1 68985 | rest2 68985 | rest3 68984 -> 34 24 17 15 9 9 8 8 6 5 3 3 3 3 1 1 1 0 0 0
  )");
}

TEST_CASE("P 7: for the House, a list below the quota gets no residual seat") {
  check_lines(R"(
    # quota 100; D'Hondt alone would give C the last seat (95 against 700/8 and 205/3)
    nl-house 10: A 700 | B 205 | C 95 -> 8 2 0
    dhondt 10:   A 700 | B 205 | C 95 -> 7 2 1
    # councils from nineteen seats on: no such bar; averages A 95.36, C 95, B 94
    nl-council 19: A 1335 | B 470 | C 95 -> 14 4 1
  )");
}

TEST_CASE("P 8: councils below nineteen seats: largest remainders from three quarters of the quota on") {
  check_lines(R"(
    # quota 100: quotients 6.4 2.1 0.76 0.74: A .4 and C .76 take part, D (0.74 quotas) does not
    nl-council 10: A 640 | B 210 | C 76 | D 74 -> 7 2 1 0
    # quota 100: 5.1, 1.5 and five lists below 0.75: the remainders of A and B give 2 seats; the 2 left go by averages,
    # one each: A 510/7 = 72.9, C 71/1 = 71, D 69, ..., B 150/3 = 50
    nl-council 10: A 510 | B 150 | C 71 | D 69 | E 67 | F 67 | G 66 -> 7 2 1 0 0 0 0
    # equal remainders
    nl-council 3: A 100 | B 100 | C 100 -> 1 1 1
    nl-council 4: A 100 | B 100 | C 100 -> 1 1 1, lot: 1 of A B C
  )");
}

TEST_CASE("P 9: an absolute majority of votes gets an absolute majority of seats") {
  check_lines(R"(
    # quotas 75.15 and 74.85; the residual seat goes to B (66.5 against 65.9), then to A
    nl-house 150: A 5010 | B 4990 -> 76 74
    # exactly half of the votes is no majority
    nl-house 150: A 5000 | B 5000 -> 75 75
    # 5 seats, quota 202: A 2.53, B and C 1.24 each; remainders: A -> 3 of 5 already
    nl-council 5: A 510 | B 250 | C 250 -> 3 1 1
  )");
}

TEST_CASE("P 9: equal averages: the lot says who gives up a seat") {
  check_lines(R"(
    # quota 13/8: full seats 4, 1, 1; averages B and C 3/2, A 7/5; then A has 7 of 13 votes and 4 of 8 seats
    nl-house 8: A 7 | B 3 | C 3 -> 4 2 2, withdraw: 1 of B C
    # quota 9/4: full seats 2, 0, 0; remainders B and C 8/9, A 2/9
    nl-council 4: A 5 | B 2 | C 2 -> 2 1 1, withdraw: 1 of B C
  )");
  Line line = parse("nl-house 8: A 7 | B 3 | C 3");
  line.contest.lots = {{*allot(line.contest)->tie, {2}}};
  CHECK(allot(line.contest)->seats == std::vector<std::int64_t>{5, 2, 1});
  // P 10 after P 9: A has four candidates only, so the seat goes back by the highest average, C's
  line.contest.candidates = {4, 9, 9};
  CHECK(allot(line.contest)->seats == std::vector<std::int64_t>{4, 2, 2});
}

TEST_CASE("P 10: seats beyond a list's candidates pass on") {
  check_lines(R"(
    nl-house 10: A 500 of 3 | B 300 of 9 | C 200 of 9 -> 3 4 3
    # only lists that reached the quota
    nl-house 10: A 600 of 3 | B 310 of 9 | C 90 of 9 -> 3 7 0
    nl-house 10: A 910 of 3 | B 90 of 9 -> 3 0, 7 vacant
    # councils below nineteen seats: first by remainders, then one each by averages, then by averages
    nl-council 10: A 600 of 3 | B 310 of 9 | C 90 of 9 -> 3 5 2
  )");
}
