#include "core/seats/parameters.h"

#include <fmt/format.h>

#include "core/base/bytes.h"
#include "core/base/limits.h"

namespace scrutineer::seats {
namespace {

// "3/100" or "1".
std::optional<Fraction> parse_fraction(std::string_view text) {
  auto slash = text.find('/');
  auto numerator = parse_decimal(text.substr(0, slash));
  auto denominator =
      slash == std::string_view::npos ? std::optional<std::uint64_t>(1) : parse_decimal(text.substr(slash + 1));
  auto fits = [](const auto& n) { return n && *n <= static_cast<std::uint64_t>(limits::kMaxInteger); };
  if (!fits(numerator) || !fits(denominator) || *denominator == 0) return std::nullopt;
  return Fraction(static_cast<std::int64_t>(*numerator), static_cast<std::int64_t>(*denominator));
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  auto number = parse_decimal(text);
  if (!number || *number > static_cast<std::uint64_t>(limits::kMaxInteger)) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::string to_text(const Fraction& fraction) {
  if (fraction.denominator() == 1) return fmt::format("{}", fraction.numerator());
  return fmt::format("{}/{}", fraction.numerator(), fraction.denominator());
}

template <class Value>
bool assign(Value& out, const std::optional<Value>& value) {
  if (value) out = *value;
  return value.has_value();
}

template <class Value>
bool assign_word(Value& out, std::string_view text, std::string_view first_word, Value first,
                 std::string_view second_word, Value second) {
  if (text == first_word) return out = first, true;
  if (text == second_word) return out = second, true;
  return false;
}

bool read_comparison(Comparison& out, std::string_view text) {
  return assign_word(out, text, "at-least", Comparison::at_least, "more-than", Comparison::more_than);
}

std::string comparison_word(Comparison comparison) {
  return comparison == Comparison::at_least ? "at-least" : "more-than";
}

bool read_threshold_share(Rules& rules, const std::string& value) {
  if (value == "none") return rules.threshold.share.reset(), true;
  auto share = parse_fraction(value);
  if (!share) return false;
  if (!rules.threshold.share) rules.threshold.share = ShareBar{};
  rules.threshold.share->share = *share;
  return true;
}

bool read_threshold_seats(Rules& rules, const std::string& value) {
  if (value == "none") return rules.threshold.seats_won.reset(), true;
  rules.threshold.seats_won = parse_number(value);
  return rules.threshold.seats_won.has_value();
}

// Calls `read` on the method if it is of the kind that the parameter belongs to.
template <class Kind, class Read>
bool on(Rules& rules, Read read) {
  auto* kind = std::get_if<Kind>(&rules.method);
  return kind && read(*kind);
}

template <class Kind, class Write>
std::optional<std::string> of(const Rules& rules, Write write) {
  const auto* kind = std::get_if<Kind>(&rules.method);
  if (!kind) return std::nullopt;
  return write(*kind);
}

template <class Kind, auto Member>
constexpr Parameter number(std::string_view name) {
  return {name,
          [](Rules& rules, const std::string& value) {
            return on<Kind>(rules, [&](Kind& kind) { return assign(kind.*Member, parse_number(value)); });
          },
          [](const Rules& rules) {
            return of<Kind>(rules, [](const Kind& kind) { return fmt::format("{}", kind.*Member); });
          }};
}

template <class Kind, auto Member>
constexpr Parameter fraction(std::string_view name) {
  return {name,
          [](Rules& rules, const std::string& value) {
            return on<Kind>(rules, [&](Kind& kind) { return assign(kind.*Member, parse_fraction(value)); });
          },
          [](const Rules& rules) { return of<Kind>(rules, [](const Kind& kind) { return to_text(kind.*Member); }); }};
}

}  // namespace

const std::vector<Parameter>& parameters() {
  static const std::vector<Parameter> all = {
      {"threshold-share", read_threshold_share,
       [](const Rules& r) -> std::optional<std::string> {
         return r.threshold.share ? to_text(r.threshold.share->share) : "none";
       }},
      {"threshold-comparison",
       [](Rules& r, const std::string& value) {
         return r.threshold.share && read_comparison(r.threshold.share->comparison, value);
       },
       [](const Rules& r) -> std::optional<std::string> {
         return comparison_word(r.threshold.share ? r.threshold.share->comparison : Comparison::at_least);
       }},
      {"threshold-seats", read_threshold_seats,
       [](const Rules& r) -> std::optional<std::string> {
         return r.threshold.seats_won ? fmt::format("{}", *r.threshold.seats_won) : "none";
       }},
      {"exhausted",
       [](Rules& r, const std::string& value) {
         return assign_word(r.exhausted, value, "pass-on", Exhausted::pass_on, "vacant", Exhausted::vacant);
       },
       [](const Rules& r) -> std::optional<std::string> {
         return r.exhausted == Exhausted::pass_on ? "pass-on" : "vacant";
       }},
      {"majority",
       [](Rules& r, const std::string& value) {
         return on<TwoRound>(r, [&](TwoRound& rule) { return assign(rule.needed.share, parse_fraction(value)); });
       },
       [](const Rules& r) { return of<TwoRound>(r, [](const TwoRound& rule) { return to_text(rule.needed.share); }); }},
      {"majority-comparison",
       [](Rules& r, const std::string& value) {
         return on<TwoRound>(r, [&](TwoRound& rule) { return read_comparison(rule.needed.comparison, value); });
       },
       [](const Rules& r) {
         return of<TwoRound>(r, [](const TwoRound& rule) { return comparison_word(rule.needed.comparison); });
       }},
      number<TwoRound, &TwoRound::runners>("runners"),
      fraction<HighestAverages, &HighestAverages::first>("first-divisor"),
      number<HighestAverages, &HighestAverages::second>("second-divisor"),
      number<HighestAverages, &HighestAverages::step>("divisor-step"),
      {"excess",
       [](Rules& r, const std::string& value) {
         return on<LargestRemainder>(r, [&](LargestRemainder& rule) {
           return assign_word(rule.excess, value, "withdraw", Excess::withdraw, "repeat", Excess::repeat);
         });
       },
       [](const Rules& r) {
         return of<LargestRemainder>(r, [](const LargestRemainder& rule) -> std::string {
           return rule.excess == Excess::withdraw ? "withdraw" : "repeat";
         });
       }},
      {"remainder-tie",
       [](Rules& r, const std::string& value) {
         return on<LargestRemainder>(r, [&](LargestRemainder& rule) {
           return assign_word(rule.tie, value, "lot", RemainderTie::lot, "more-votes", RemainderTie::more_votes);
         });
       },
       [](const Rules& r) {
         return of<LargestRemainder>(r, [](const LargestRemainder& rule) -> std::string {
           return rule.tie == RemainderTie::lot ? "lot" : "more-votes";
         });
       }},
      number<KoreaLinked, &KoreaLinked::total_seats>("total-seats"),
      number<KoreaLinked, &KoreaLinked::list_seats>("list-seats"),
      number<KoreaLinked, &KoreaLinked::linked_seats>("linked-seats"),
      fraction<KoreaLinked, &KoreaLinked::linkage>("linkage"),
      {"below-one",
       [](Rules& r, const std::string& value) {
         using BelowOne = KoreaLinked::BelowOne;
         return on<KoreaLinked>(r, [&](KoreaLinked& rule) {
           return assign_word(rule.below_one, value, "rounded", BelowOne::rounded, "unrounded", BelowOne::unrounded);
         });
       },
       [](const Rules& r) {
         return of<KoreaLinked>(r, [](const KoreaLinked& rule) -> std::string {
           return rule.below_one == KoreaLinked::BelowOne::rounded ? "rounded" : "unrounded";
         });
       }},
  };
  return all;
}

}  // namespace scrutineer::seats
