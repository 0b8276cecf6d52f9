#include <doctest/doctest.h>

#include "core/seats/method.h"

using namespace scrutineer;
using namespace scrutineer::seats;

namespace {

ErrorCode refused(const Spec& spec) {
  auto rules = rules_from(spec);
  REQUIRE(!rules);
  return rules.error().code;
}

}  // namespace

TEST_CASE("every name makes rules, and rules find a name") {
  for (auto name : rule_names()) {
    CAPTURE(name);
    auto rules = rules_from({std::string(name), {}});
    REQUIRE(rules);
    CHECK(check_rules(*rules));
    Spec spec = spec_of(*rules);
    CHECK(spec.parameters.empty());
    CHECK(*rules_from(spec) == *rules);
  }
}

TEST_CASE("parameters say what differs from the name") {
  for (const Spec& spec : std::vector<Spec>{
           {"dhondt", {{"threshold-share", "3/100"}, {"threshold-comparison", "more-than"}, {"threshold-seats", "5"}}},
           {"dhondt", {{"exhausted", "vacant"}}},
           {"sainte-lague", {{"first-divisor", "6/5"}}},
           {"two-round", {{"majority", "2/5"}, {"majority-comparison", "at-least"}, {"runners", "3"}}},
           {"largest-remainder-imperiali", {{"excess", "withdraw"}, {"remainder-tie", "more-votes"}}},
           {"nl-council", {{"threshold-share", "1/20"}}},
           {"kr-list-2024", {{"threshold-share", "none"}}},
           {"kr-list-2020", {{"linkage", "7/10"}, {"below-one", "unrounded"}, {"total-seats", "299"}}},
       }) {
    CAPTURE(spec.name);
    auto rules = rules_from(spec);
    REQUIRE(rules);
    CHECK(spec_of(*rules) == spec);
  }
}

TEST_CASE("the Korean rules are data that carry their election") {
  auto rules = *rules_from({"kr-list-2020", {}});
  CHECK(std::get<KoreaLinked>(rules.method) == KoreaLinked{.total_seats = 300, .list_seats = 47, .linked_seats = 30});
  CHECK(rules.threshold == Threshold{ShareBar{Fraction(3, 100), Comparison::at_least}, 5});
  CHECK(rules.exhausted == Exhausted::vacant);
}

TEST_CASE("what makes no sense is refused") {
  CHECK(refused({"d'hondt", {}}) == ErrorCode::unsupported);
  CHECK(refused({"dhondt", {{"quota", "hare"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"dhondt", {{"excess", "repeat"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"plurality", {{"threshold-comparison", "at-least"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"plurality", {{"threshold-seats", "-1"}}}) == ErrorCode::invalid_argument);
  for (const char* share : {"0.03", "3/0", "3/", "/100", "3 /100", "-3/100", "101/100", "99999999999999999999/1", ""})
    CHECK(refused({"plurality", {{"threshold-share", share}}}) == ErrorCode::invalid_argument);
  for (const char* first : {"0", "2", "7/3000", "5000/1001"})
    CHECK(refused({"dhondt", {{"first-divisor", first}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"dhondt", {{"divisor-step", "0"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"dhondt", {{"second-divisor", "1001"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"two-round", {{"runners", "1"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"two-round", {{"majority", "3/2"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"kr-linked", {{"linked-seats", "47"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"kr-linked", {{"list-seats", "301"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"kr-linked", {{"linkage", "1/11"}}}) == ErrorCode::invalid_argument);
  CHECK(refused({"kr-linked", {{"linkage", "2"}}}) == ErrorCode::invalid_argument);
}
