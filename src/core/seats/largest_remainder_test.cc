#include "tests/support/seats_table.h"

using namespace scrutineer::seats::test;

TEST_CASE("largest remainder: textbook examples") {
  check_lines(R"(
    # Hare quota 10,000; Droop 9,091: the usual example of how the smaller quota favours the larger lists
    largest-remainder-hare 10:  A 47000 | B 16000 | C 15900 | D 12000 | E 6000 | F 3100 -> 5 2 1 1 1 0
    largest-remainder-droop 10: A 47000 | B 16000 | C 15900 | D 12000 | E 6000 | F 3100 -> 5 2 2 1 0 0
    # H-B 9,090 10/11, Imperiali 8,333 1/3: quotients 5.64 1.92 1.908 1.44 0.72 0.37
    largest-remainder-hagenbach-bischoff 10: A 47000 | B 16000 | C 15900 | D 12000 | E 6000 | F 3100 -> 5 2 2 1 0 0
    largest-remainder-imperiali 10: A 47000 | B 16000 | C 15900 | D 12000 | E 6000 | F 3100 -> 5 2 2 1 0 0
  )");
}

TEST_CASE("the Alabama paradox: one seat more in the house, one seat less for D and E") {
  check_lines(R"(
    largest-remainder-hare 25: A 1500 | B 1500 | C 900 | D 500 | E 500 | F 200 -> 7 7 4 3 3 1
    largest-remainder-hare 26: A 1500 | B 1500 | C 900 | D 500 | E 500 | F 200 -> 8 8 5 2 2 1
  )");
}

TEST_CASE("equal remainders") {
  check_lines(R"(
    largest-remainder-hare 1: A 10 | B 10 -> 0 0, lot: 1 of A B
    largest-remainder-hare 4: A 5 | B 5 | C 2 -> 1 1 0, lot: 2 of A B C
    largest-remainder-hare 2: A 9 | B 3 -> 1 0, lot: 1 of A B
    largest-remainder-hare remainder-tie=more-votes 2: A 9 | B 3 -> 2 0
    largest-remainder-hare remainder-tie=more-votes 1: A 10 | B 10 -> 0 0, lot: 1 of A B
  )");
}

TEST_CASE("quotas that give more seats than there are") {
  check_lines(R"(
    # H-B 20: two full quotas each, one seat too many; equal remainders (0), so from the fewest votes, then by lot
    largest-remainder-hagenbach-bischoff 4: A 60 | B 40 -> 3 1
    largest-remainder-hagenbach-bischoff 3: A 40 | B 40 -> 2 2, withdraw: 1 of A B
    # Imperiali 10 for 4 seats: 3 + 2 + 1 full quotas. The Italian rule divides again by 5 (quota 12: 2 + 1 + 0), then
    # the remainders 10, 8 give the two seats left
    largest-remainder-imperiali 4: A 30 | B 20 | C 10 -> 2 1 1
    # withdrawn instead: all remainders are 0, so from C (10 votes), then B
    largest-remainder-imperiali excess=withdraw 4: A 30 | B 20 | C 10 -> 3 1 0
    # one list alone gives up two
    largest-remainder-imperiali excess=withdraw 1: A 30 -> 1
    largest-remainder-imperiali 1: A 30 -> 1
  )");
}

TEST_CASE("very few votes, many seats: a further round of remainders") {
  check_lines(R"(
    # Droop quota 1 for 2 votes and 5 seats: one full seat each, one remainder seat each, then a lot
    largest-remainder-droop 5: A 1 | B 1 -> 2 2, lot: 1 of A B
    largest-remainder-droop 3: A 1 | B 0 -> 3 0
    largest-remainder-hare 3: A 0 | B 0 -> 0 0, 3 vacant
  )");
}

TEST_CASE("lists without candidates left") {
  check_lines(R"(
    largest-remainder-hare 10: A 600 of 3 | B 310 of 10 | C 90 of 10 -> 3 5 2
    largest-remainder-hare exhausted=vacant 10: A 600 of 3 | B 310 of 10 | C 90 of 10 -> 3 3 1, 3 vacant
  )");
}
