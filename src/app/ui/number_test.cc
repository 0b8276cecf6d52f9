#include "app/ui/number.h"

#include <doctest/doctest.h>

#include <limits>

namespace scrutineer::ui {
namespace {

std::string grouped(std::int64_t value) {
  std::string out;
  append_grouped(out, value);
  return out;
}

std::string percent(Count part, Count whole) {
  std::string out;
  return append_percent(out, {part, whole}) ? out : "-";
}

std::string decimal(std::int64_t numerator, std::int64_t denominator) {
  std::string out;
  append_decimal(out, Fraction(numerator, denominator));
  return out;
}

TEST_CASE("thousands are separated") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1'000) == "1,000");
  CHECK(grouped(44'391'871) == "44,391,871");
  CHECK(grouped(-1'234) == "\u22121,234");
  CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "\u22129,223,372,036,854,775,808");
}

TEST_CASE("percentages: one decimal, halves up, from exact integers") {
  struct Row {
    std::int64_t part, whole;
    const char* text;
  };
  const Row rows[] = {
      {0, 1, "0.0%"},
      {1, 1, "100.0%"},
      {1, 3, "33.3%"},
      {2, 3, "66.7%"},
      {1, 2000, "0.1%"},           // exactly 0.05%: up
      {1, 2001, "&lt;0.1%"},       // a little less: not nothing
      {9994, 10000, "99.9%"},      //
      {9995, 10000, "&gt;99.9%"},  // would read 100.0%, and is not all
      {17'287'344, 34'980'346, "49.4%"},
      {35'236'218, 44'391'871, "79.4%"},
      {705, 100, "705.0%"},  // more ballots than electors is shown as it is
      {9'007'199'254'740'991, 9'007'199'254'740'991, "100.0%"},
      {4'503'599'627'370'496, 9'007'199'254'740'991, "50.0%"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.part);
    CHECK(percent(row.part, row.whole) == row.text);
  }
  CHECK(percent(std::nullopt, 3) == "-");
  CHECK(percent(3, std::nullopt) == "-");
  CHECK(percent(3, 0) == "-");
  CHECK(percent(-3, 10) == "-");
}

TEST_CASE("fractions are cut, never rounded, and say that something follows") {
  CHECK(decimal(9'424'421, 150) == "62,829.473\u2026");
  CHECK(decimal(1, 8) == "0.125");
  CHECK(decimal(7, 1) == "7");
  CHECK(decimal(2, 3) == "0.666\u2026");
}

TEST_CASE("a sum with a missing part is missing") {
  CHECK(add(Count{1}, Count{2}) == Count{3});
  CHECK_FALSE(add(Count{1}, Count{}));
  CHECK_FALSE(subtract(Count{}, Count{1}));
  CHECK(subtract(Count{1}, Count{3}) == Count{-2});
}

}  // namespace
}  // namespace scrutineer::ui
