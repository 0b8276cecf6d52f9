#include "tests/support/seats_table.h"

using namespace scrutineer::seats::test;

TEST_CASE("divisor methods: published examples") {
  check_lines(R"(
    # European Parliamentary Elections Act 1999 (United Kingdom), explanatory notes, paragraph 12
    dhondt 7: A 380000 | B 300000 | C 180000 | candidate 140000 -> 3 2 1 1

    # European Parliament election of 26 May 2019 in France, 79 seats, lists with 5 % (Constitutional Council and Ministry
    # of the Interior): RN, Renaissance, EELV, LR, LFI, PS-PP; the next list, DLF, had 3.51 %
    dhondt threshold-share=5/100 79: RN 5286939 | LREM 5079015 | EELV 3055023 | LR 1920407 | LFI 1428548 | PS 1403170 | DLF 795508 | valid 22654164 -> 23 23 13 8 6 6 0

    # The example that encyclopedias and textbooks use to set the methods side by side
    dhondt 8:       A 100000 | B 80000 | C 30000 | D 20000 -> 4 3 1 0
    sainte-lague 8: A 100000 | B 80000 | C 30000 | D 20000 -> 3 3 1 1
    dhondt 7:       A 53000 | B 24000 | C 23000 -> 4 2 1
    sainte-lague 7: A 53000 | B 24000 | C 23000 -> 3 2 2
  )");
}

TEST_CASE("a first divisor of 1.4 makes the first seat dearer") {
  check_lines(R"(
    # Averages for the last seat: plain A 1000/5 = 200, B 210/1; modified A 200, B 210/1.4 = 150
    sainte-lague 3:          A 1000 | B 210 -> 2 1
    sainte-lague-modified 3: A 1000 | B 210 -> 3 0
    # 1.4 is 7/5 exactly: A 7000/5 = 1400 and B 1960/1.4 = 1400 are equal
    sainte-lague-modified 3: A 7000 | B 1960 -> 2 0, lot: 1 of A B
    sainte-lague-modified 3: A 7000 | B 1961 -> 2 1
    # Sweden since 2018: 1.2
    sainte-lague-modified first-divisor=6/5 3: A 7000 | B 1681 -> 2 1
    sainte-lague-modified first-divisor=6/5 3: A 7000 | B 1679 -> 3 0
  )");
}

TEST_CASE("averages may be equal without a lot") {
  check_lines(R"(
    dhondt 2: A 10 | B 10 -> 1 1
    dhondt 3: A 20 | B 10 -> 2 1
    dhondt 3: A 10 | B 10 -> 1 1, lot: 1 of A B
    dhondt 2: A 20 | B 10 -> 1 0, lot: 1 of A B
    dhondt 5: A 10 | B 10 | C 10 -> 1 1 1, lot: 2 of A B C
    dhondt 1: A 0 | B 0 -> 0 0, 1 vacant
  )");
}

TEST_CASE("thresholds: a share, seats won elsewhere, either; at least or more") {
  check_lines(R"(
    dhondt threshold-share=1/10 4: A 80 | B 10 | C 10 -> 4 0 0
    dhondt threshold-share=1/10 10: A 80 | B 10 | C 10 -> 8 1 1
    dhondt threshold-share=1/10 threshold-comparison=more-than 10: A 80 | B 10 | C 10 -> 10 0 0
    # blank votes that count among the valid ones lower every share
    dhondt threshold-share=1/10 10: A 80 | B 10 | C 10 | valid 101 -> 10 0 0
    # Germany until 2023: 5 %, or three constituencies
    sainte-lague threshold-share=5/100 threshold-seats=3 10: A 60 | B 36 | C 4 +3 -> 6 4 0
    sainte-lague threshold-share=5/100 threshold-seats=3 20: A 60 | B 36 | C 4 +3 -> 12 7 1
    sainte-lague threshold-share=5/100 threshold-seats=3 20: A 61 | B 35 | C 4 +2 -> 13 7 0
    dhondt threshold-seats=1 3: A 60 | B 40 +1 -> 0 3
    dhondt threshold-share=1/2 3: A 40 | B 30 | C 30 -> 0 0 0, 3 vacant
  )");
}

TEST_CASE("seats beyond a list's candidates") {
  check_lines(R"(
    dhondt 5: A 100 of 1 | B 48 of 9 | C 20 of 9 -> 1 3 1
    dhondt exhausted=vacant 5: A 100 of 1 | B 48 of 9 | C 20 of 9 -> 1 1 0, 3 vacant
    dhondt 5: A 100 of 1 | B 48 of 2 | C 20 of 1 -> 1 2 1, 1 vacant
  )");
}
