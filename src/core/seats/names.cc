#include "core/seats/names.h"

#include <algorithm>

namespace scrutineer::seats {
namespace {

Threshold korean_threshold() {
  return {.share = ShareBar{Fraction(3, 100), Comparison::at_least}, .seats_won = 5};
}

Rules korean(std::int64_t list_seats, std::int64_t linked_seats) {
  KoreaLinked rule{.total_seats = 300, .list_seats = list_seats, .linked_seats = linked_seats};
  return {rule, korean_threshold(), Exhausted::vacant};
}

Rules remainders(Quota quota, Excess excess) {
  return {LargestRemainder{.quota = quota, .excess = excess}, {}, Exhausted::pass_on};
}

}  // namespace

const std::vector<Named>& named_rules() {
  static const std::vector<Named> names = {
      {"plurality", {Plurality{}, {}, {}}},
      {"two-round", {TwoRound{}, {}, {}}},
      {"dhondt", {HighestAverages{Fraction(1), 2, 1}, {}, {}}},
      {"sainte-lague", {HighestAverages{Fraction(1), 3, 2}, {}, {}}},
      {"sainte-lague-modified", {HighestAverages{Fraction(7, 5), 3, 2}, {}, {}}},
      {"highest-averages", {HighestAverages{}, {}, {}}},
      {"largest-remainder-hare", remainders(Quota::hare, Excess::withdraw)},
      {"largest-remainder-droop", remainders(Quota::droop, Excess::withdraw)},
      {"largest-remainder-hagenbach-bischoff", remainders(Quota::hagenbach_bischoff, Excess::withdraw)},
      {"largest-remainder-imperiali", remainders(Quota::imperiali, Excess::repeat)},
      {"nl-house", {Netherlands{Netherlands::Body::house}, {}, {}}},
      {"nl-council", {Netherlands{Netherlands::Body::council}, {}, {}}},
      {"kr-list-2020", korean(47, 30)},  // election of 15 April 2020: addenda of Act 16864, article 4
      {"kr-list-2024", korean(46, 46)},  // election of 10 April 2024: article 189(2) without exception
      {"kr-linked", korean(46, 46)},
  };
  return names;
}

const Named* find_name(std::string_view name) {
  auto found =
      std::find_if(named_rules().begin(), named_rules().end(), [&](const Named& named) { return named.name == name; });
  return found == named_rules().end() ? nullptr : &*found;
}

}  // namespace scrutineer::seats
