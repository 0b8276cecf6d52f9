#include "core/seats/method.h"

#include "core/base/limits.h"

namespace scrutineer::seats {
namespace {

constexpr std::int64_t kDivisorPart = 1'000;
constexpr std::int64_t kLinkageDenominator = 10;

Status invalid(const char* message) {
  return fail(ErrorCode::invalid_argument, message);
}

bool within(std::int64_t value, std::int64_t low, std::int64_t high) {
  return value >= low && value <= high;
}

Status check_method(const Plurality&) {
  return {};
}

Status check_method(const TwoRound& rule) {
  if (rule.needed.share > Fraction(1)) return invalid("A majority is a share of at most 1.");
  if (!within(rule.runners, 2, static_cast<std::int64_t>(limits::kOptionsPerContest)))
    return invalid("A second round is between two options at least.");
  return {};
}

Status check_method(const HighestAverages& rule) {
  if (rule.first.numerator() == 0 || rule.first.numerator() > kDivisorPart || rule.first.denominator() > kDivisorPart)
    return invalid("The first divisor is a fraction of numbers from 1 to 1,000.");
  if (!within(rule.second, 1, kDivisorPart) || !within(rule.step, 1, kDivisorPart))
    return invalid("Divisors and their step are from 1 to 1,000.");
  if (rule.first >= Fraction(rule.second)) return invalid("Divisors increase: the first is smaller than the second.");
  return {};
}

Status check_method(const LargestRemainder&) {
  return {};
}

Status check_method(const Netherlands&) {
  return {};
}

Status check_method(const KoreaLinked& rule) {
  if (!within(rule.total_seats, 1, limits::kSeats) || !within(rule.list_seats, 1, rule.total_seats) ||
      !within(rule.linked_seats, 0, rule.list_seats))
    return invalid("Linked seats are part of the list seats, and these of all seats.");
  if (rule.linkage.denominator() > kLinkageDenominator || rule.linkage > Fraction(1))
    return invalid("The linkage is a fraction of at most 1, its denominator at most 10.");
  return {};
}

}  // namespace

Status check_rules(const Rules& rules) {
  const Threshold& threshold = rules.threshold;
  if (threshold.share && threshold.share->share > Fraction(1)) return invalid("A threshold is a share of at most 1.");
  if (threshold.seats_won && !within(*threshold.seats_won, 0, limits::kSeats))
    return invalid("A threshold of seats makes no sense.");
  return std::visit([](const auto& rule) { return check_method(rule); }, rules.method);
}

}  // namespace scrutineer::seats
