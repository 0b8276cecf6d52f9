#include "tests/support/seats_table.h"

using namespace scrutineer::seats::test;

TEST_CASE("plurality") {
  check_lines(R"(
    plurality 1: A 5 | B 4 | C 3 -> 1 0 0
    plurality 2: A 5 | B 4 | C 3 -> 1 1 0
    plurality 1: A 5 | B 5 | C 3 -> 0 0 0, lot: 1 of A B
    plurality 2: A 5 | B 3 | C 3 -> 1 0 0, lot: 1 of B C
    plurality 3: A 5 | B 5 | C 0 -> 1 1 0, 1 vacant
  )");
}

TEST_CASE("two-round majority") {
  check_lines(R"(
    two-round 1: A 51 | B 30 | C 19 -> 1 0 0
    two-round 1: A 50 | B 30 | C 20 -> second round A B
    two-round 1: A 40 | B 30 | C 30 -> 0 0 0, runner: 1 of B C
    two-round 1: A 30 | B 30 | C 30 -> 0 0 0, runner: 2 of A B C
    two-round 1: A 50 | B 50 -> second round A B
    # blank votes that count among the valid ones
    two-round 1: A 51 | B 30 | C 19 | valid 102 -> second round A B
    two-round 1: A 51 | B 30 | C 19 | valid 101 -> 1 0 0
    # Costa Rica: 40 %, reached, is enough
    two-round majority=2/5 majority-comparison=at-least 1: A 40 | B 35 | C 25 -> 1 0 0
    two-round majority=2/5 majority-comparison=at-least 1: A 39 | B 35 | C 26 -> second round A B
    two-round runners=3 1: A 40 | B 30 | C 20 | D 10 -> second round A B C
    two-round 1: A 0 | B 0 -> 0 0, 1 vacant
  )");
}
