#include "core/base/fraction.h"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>

using namespace scrutineer;

namespace {
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
}  // namespace

TEST_CASE("checked integers: exact or nothing") {
  CHECK(checked_add(2, 3) == 5);
  CHECK(checked_add(kMax, 0) == kMax);
  CHECK(checked_add(kMax, 1) == std::nullopt);
  CHECK(checked_add(kMin, -1) == std::nullopt);
  CHECK(checked_sub(2, 3) == -1);
  CHECK(checked_sub(kMin, 1) == std::nullopt);
  CHECK(checked_sub(0, kMin) == std::nullopt);
  CHECK(checked_mul(-4, 5) == -20);
  CHECK(checked_mul(kMax / 2, 2) == kMax - 1);
  CHECK(checked_mul(kMax / 2 + 1, 2) == std::nullopt);
  CHECK(checked_mul(kMin, -1) == std::nullopt);
}

TEST_CASE("fraction: always reduced") {
  CHECK(Fraction(6, 4) == Fraction(3, 2));
  CHECK(Fraction(6, 4).numerator() == 3);
  CHECK(Fraction(6, 4).denominator() == 2);
  CHECK(Fraction(0, 7) == Fraction());
  CHECK(Fraction(0, 7).denominator() == 1);
  CHECK(Fraction(kMax, kMax) == Fraction(1));
}

TEST_CASE("fraction: whole part, remainder, rounding halves up") {
  struct {
    Fraction value;
    std::int64_t floor;
    Fraction remainder;
    std::int64_t rounded;
  } cases[] = {
      {{0}, 0, {0}, 0},          {{1, 3}, 0, {1, 3}, 0},
      {{1, 2}, 0, {1, 2}, 1},    {{2, 3}, 0, {2, 3}, 1},
      {{3, 2}, 1, {1, 2}, 2},    {{5, 2}, 2, {1, 2}, 3},
      {{7, 3}, 2, {1, 3}, 2},    {{12}, 12, {0}, 12},
      {{kMax}, kMax, {0}, kMax}, {{kMax, 2}, kMax / 2, {1, 2}, kMax / 2 + 1},
  };
  for (const auto& c : cases) {
    CAPTURE(c.value.numerator());
    CAPTURE(c.value.denominator());
    CHECK(c.value.floor() == c.floor);
    CHECK(c.value.remainder() == c.remainder);
    CHECK(c.value.round_half_up() == c.rounded);
  }
}

TEST_CASE("fraction: comparing is exact where floating point is not") {
  CHECK(Fraction(9'007'199'254'740'993, 9'007'199'254'740'992) > Fraction(1));
  CHECK(Fraction(kMax - 1, kMax) < Fraction(1));
  CHECK(Fraction(kMax - 1, kMax) > Fraction(kMax - 2, kMax - 1));
  // D'Hondt averages of two lists that a double cannot tell apart.
  CHECK(Fraction(9'007'199'254'740'991, 3) > Fraction(6'004'799'503'160'660, 2));
}

TEST_CASE("fraction: the Dutch quota and a Korean linked seat, as the laws write them") {
  Fraction quota = Fraction(10'432'726) / Fraction(150);  // Kieswet P 5: valid votes / seats, not rounded
  CHECK(quota == Fraction(5'216'363, 75));
  CHECK((Fraction(2'450'878) / quota).floor() == 35);
  // Art. 189 as of 2020: ((300 - 5) x share - 0) / 2
  Fraction share(9'441'520, 24'856'070);
  CHECK((Fraction(295) * share / Fraction(2)).round_half_up() == 56);
}

TEST_CASE("fraction: a small world, exhausted") {
  constexpr std::int64_t n = 9;
  auto each = [](auto body) {
    for (std::int64_t a = 0; a <= n; ++a)
      for (std::int64_t b = 1; b <= n; ++b)
        for (std::int64_t c = 0; c <= n; ++c)
          for (std::int64_t d = 1; d <= n; ++d) body(a, b, c, d);
  };
  each([](std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    Fraction x(a, b), y(c, d);
    REQUIRE(std::gcd(x.numerator(), x.denominator()) == 1);
    REQUIRE((x == y) == (a * d == c * b));
    REQUIRE((x < y) == (a * d < c * b));
    REQUIRE(x + y == Fraction(a * d + c * b, b * d));
    REQUIRE(x * y == Fraction(a * c, b * d));
    REQUIRE((x + y) - y == x);
    if (c > 0) REQUIRE((x / y) * y == x);
    REQUIRE(Fraction(x.floor()) + x.remainder() == x);
    REQUIRE(x.remainder() < Fraction(1));
  });
}
