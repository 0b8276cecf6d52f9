// How votes become seats, as data. A law that changes between elections is another value, never another program.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/fraction.h"
#include "core/base/result.h"

namespace scrutineer::seats {

enum class Comparison : std::uint8_t { at_least, more_than };

// A share of the valid votes to be reached ("3 %, or more": {3/100, at_least}).
struct ShareBar {
  Fraction share;
  Comparison comparison = Comparison::at_least;
  friend bool operator==(const ShareBar&, const ShareBar&) = default;
};

// Who takes part. Either condition is enough; a threshold with neither admits every option.
struct Threshold {
  std::optional<ShareBar> share;
  std::optional<std::int64_t> seats_won;  // at least so many seats won elsewhere (constituencies)
  friend bool operator==(const Threshold&, const Threshold&) = default;
};

// The options with the most votes, one seat each.
struct Plurality {
  friend bool operator==(const Plurality&, const Plurality&) = default;
};

// One seat: won outright with the share, else a second round between the first `runners`.
struct TwoRound {
  ShareBar needed{Fraction(1, 2), Comparison::more_than};
  std::int64_t runners = 2;
  friend bool operator==(const TwoRound&, const TwoRound&) = default;
};

// Divisor methods (highest averages): the divisors are first, second, second + step, second + 2 step, ...
// D'Hondt 1, 2, 3; Sainte-Lague 1, 3, 5; modified 7/5, 3, 5. Strictly increasing; each part at most 1,000.
struct HighestAverages {
  Fraction first{1};
  std::int64_t second = 2;
  std::int64_t step = 1;
  friend bool operator==(const HighestAverages&, const HighestAverages&) = default;
};

// V votes, s seats: V/s; floor(V/(s+1))+1; V/(s+1); V/(s+2). All but Droop are exact fractions.
enum class Quota : std::uint8_t { hare, droop, hagenbach_bischoff, imperiali };

// What the law does when the full quotas give more seats than there are (possible with the two smallest quotas).
enum class Excess : std::uint8_t {
  withdraw,  // from the smallest remainders; then from the fewest votes; then by lot (Slovak and Czech laws)
  repeat,    // again with the divisor one smaller (Italian laws: V/(s+2), then V/(s+1), then V/s)
};

// Which of two equal remainders comes first.
enum class RemainderTie : std::uint8_t { lot, more_votes };  // more_votes: equal votes still need a lot

struct LargestRemainder {
  Quota quota = Quota::hare;
  Excess excess = Excess::withdraw;
  RemainderTie tie = RemainderTie::lot;
  friend bool operator==(const LargestRemainder&, const LargestRemainder&) = default;
};

// Kieswet P 5 - P 10. The house: P 7 with its second paragraph; councils: P 7 from 19 seats on, P 8 below.
struct Netherlands {
  enum class Body : std::uint8_t { house, council };
  Body body = Body::house;
  friend bool operator==(const Netherlands&, const Netherlands&) = default;
};

// Public Official Election Act (Republic of Korea) article 189 as amended on 14 January 2020. `linked_seats` of the
// `list_seats` follow paragraph 2 (or article 4 of the 2020 addenda); the rest go by share.
struct KoreaLinked {
  // Whether "below 1 counts as 0" is asked of the rounded figure (the clause's words) or of the figure before rounding.
  enum class BelowOne : std::uint8_t { rounded, unrounded };
  std::int64_t total_seats = 300;
  std::int64_t list_seats = 46;
  std::int64_t linked_seats = 46;
  Fraction linkage{1, 2};  // denominator at most 10, value at most 1
  BelowOne below_one = BelowOne::rounded;
  friend bool operator==(const KoreaLinked&, const KoreaLinked&) = default;
};

using Method = std::variant<Plurality, TwoRound, HighestAverages, LargestRemainder, Netherlands, KoreaLinked>;

// What becomes of a seat of a list that has no candidate left.
enum class Exhausted : std::uint8_t { pass_on, vacant };

struct Rules {
  Method method;
  Threshold threshold;
  Exhausted exhausted = Exhausted::pass_on;
  friend bool operator==(const Rules&, const Rules&) = default;
};

// Rules as configuration text: a name and the parameters in which they differ from what the name stands for.
//   name: plurality | two-round | dhondt | sainte-lague | sainte-lague-modified | highest-averages |
//         largest-remainder-hare | largest-remainder-droop | largest-remainder-hagenbach-bischoff |
//         largest-remainder-imperiali | nl-house | nl-council | kr-list-2020 | kr-list-2024 | kr-linked
//   every name: threshold-share "3/100", threshold-comparison at-least|more-than, threshold-seats "5" ("none" removes
//         a threshold that the name brings), exhausted pass-on|vacant
//   two-round: majority "1/2", majority-comparison, runners
//   divisor methods: first-divisor "7/5", second-divisor, divisor-step
//   largest-remainder-*: excess withdraw|repeat, remainder-tie lot|more-votes
//   kr-*: total-seats, list-seats, linked-seats, linkage "1/2", below-one rounded|unrounded
struct Spec {
  std::string name;
  std::map<std::string, std::string> parameters;
  friend bool operator==(const Spec&, const Spec&) = default;
};

// unsupported: a name that is not in the list; invalid_argument: a parameter that the name does not take or whose value
// makes no sense.
Result<Rules> rules_from(const Spec& spec);

// The nearest name, and what differs from it: rules_from(spec_of(rules)) == rules.
Spec spec_of(const Rules& rules);

// Every name, in the order above.
std::vector<std::string_view> rule_names();

// invalid_argument where a value is outside what the fields above allow.
Status check_rules(const Rules& rules);

}  // namespace scrutineer::seats
