// Exact fractions for every rule of law: quotas, averages, thresholds. Never floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace scrutineer {

// Checked integers: nullopt where the exact result does not fit.
std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> checked_sub(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> checked_mul(std::int64_t a, std::int64_t b);

// A non-negative rational, always reduced, denominator > 0. Numerator and denominator stay below 2^63, so
// that comparing two of them is exact in 128 bits. An operation whose exact result does not fit aborts:
// inputs are votes (below 2^53, limits.h) and seats (at most 10,000), and no rule of law that is implemented here
// multiplies more than one of each.
class Fraction {
 public:
  Fraction() = default;
  Fraction(std::int64_t numerator, std::int64_t denominator = 1);
  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }

  std::int64_t floor() const { return numerator_ / denominator_; }
  // The nearest integer, halves up.
  std::int64_t round_half_up() const;
  // What floor() leaves.
  Fraction remainder() const;

  friend Fraction operator+(const Fraction& a, const Fraction& b);
  friend Fraction operator-(const Fraction& a, const Fraction& b);  // a >= b
  friend Fraction operator*(const Fraction& a, const Fraction& b);
  friend Fraction operator/(const Fraction& a, const Fraction& b);  // b > 0
  friend bool operator==(const Fraction& a, const Fraction& b) = default;
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace scrutineer
