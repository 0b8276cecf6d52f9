#include "core/base/fraction.h"

#include <limits>

#include "core/base/check.h"

namespace scrutineer {
namespace {

using Wide = __int128;

Wide gcd(Wide a, Wide b) {
  while (b != 0) {
    Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Fraction reduced(Wide numerator, Wide denominator) {
  check(denominator > 0 && numerator >= 0, "a fraction is non-negative over a positive denominator");
  if (Wide common = gcd(numerator, denominator); common > 1) {
    numerator /= common;
    denominator /= common;
  }
  constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
  check(numerator <= kMax && denominator <= kMax, "a fraction left its exact range");
  return Fraction(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

}  // namespace

std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t out;
  if (__builtin_add_overflow(a, b, &out)) return std::nullopt;
  return out;
}
std::optional<std::int64_t> checked_sub(std::int64_t a, std::int64_t b) {
  std::int64_t out;
  if (__builtin_sub_overflow(a, b, &out)) return std::nullopt;
  return out;
}
std::optional<std::int64_t> checked_mul(std::int64_t a, std::int64_t b) {
  std::int64_t out;
  if (__builtin_mul_overflow(a, b, &out)) return std::nullopt;
  return out;
}

Fraction::Fraction(std::int64_t numerator, std::int64_t denominator) {
  check(denominator > 0 && numerator >= 0, "a fraction is non-negative over a positive denominator");
  auto common = static_cast<std::int64_t>(gcd(numerator, denominator));
  numerator_ = numerator / common;
  denominator_ = denominator / common;
}

std::int64_t Fraction::round_half_up() const {
  Wide doubled = static_cast<Wide>(numerator_) * 2 + denominator_;
  return static_cast<std::int64_t>(doubled / (static_cast<Wide>(denominator_) * 2));
}

Fraction Fraction::remainder() const {
  return Fraction(numerator_ % denominator_, denominator_);
}

Fraction operator+(const Fraction& a, const Fraction& b) {
  return reduced(static_cast<Wide>(a.numerator_) * b.denominator_ + static_cast<Wide>(b.numerator_) * a.denominator_,
                 static_cast<Wide>(a.denominator_) * b.denominator_);
}
Fraction operator-(const Fraction& a, const Fraction& b) {
  return reduced(static_cast<Wide>(a.numerator_) * b.denominator_ - static_cast<Wide>(b.numerator_) * a.denominator_,
                 static_cast<Wide>(a.denominator_) * b.denominator_);
}
Fraction operator*(const Fraction& a, const Fraction& b) {
  return reduced(static_cast<Wide>(a.numerator_) * b.numerator_, static_cast<Wide>(a.denominator_) * b.denominator_);
}
Fraction operator/(const Fraction& a, const Fraction& b) {
  return reduced(static_cast<Wide>(a.numerator_) * b.denominator_, static_cast<Wide>(a.denominator_) * b.numerator_);
}
std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
  return static_cast<Wide>(a.numerator_) * b.denominator_ <=> static_cast<Wide>(b.numerator_) * a.denominator_;
}

}  // namespace scrutineer
