// Names and parameters for rules: the text that configuration holds.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.h"
#include "core/base/limits.h"
#include "core/seats/method.h"

namespace scrutineer::seats {
namespace {

struct Named {
  std::string_view name;
  Rules rules;
};

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

const std::vector<Named>& table() {
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
  auto found = std::find_if(table().begin(), table().end(), [&](const Named& named) { return named.name == name; });
  return found == table().end() ? nullptr : &*found;
}

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

// One parameter: how to read it into the rules, and how to write what the rules hold. False, or nullopt: the rules do
// not take it, or the value is not one.
struct Parameter {
  std::string_view name;
  bool (*read)(Rules& rules, const std::string& value);
  std::optional<std::string> (*write)(const Rules& rules);
};

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

// Order matters once: a share before the comparison that belongs to it.
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
         if (!r.threshold.share) return std::nullopt;
         return comparison_word(r.threshold.share->comparison);
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

// What of `rules` differs from `named`; nullopt where the name is for another kind of method.
std::optional<Spec> difference(const Named& named, const Rules& rules) {
  if (named.rules.method.index() != rules.method.index()) return std::nullopt;
  const auto* theirs = std::get_if<LargestRemainder>(&named.rules.method);
  const auto* ours = std::get_if<LargestRemainder>(&rules.method);
  if (ours && ours->quota != theirs->quota) return std::nullopt;
  const auto* their_body = std::get_if<Netherlands>(&named.rules.method);
  const auto* our_body = std::get_if<Netherlands>(&rules.method);
  if (our_body && our_body->body != their_body->body) return std::nullopt;

  Spec spec{std::string(named.name), {}};
  for (const Parameter& parameter : parameters()) {
    auto value = parameter.write(rules);
    if (value && value != parameter.write(named.rules)) spec.parameters.emplace(parameter.name, *value);
  }
  return spec;
}

}  // namespace

Result<Rules> rules_from(const Spec& spec) {
  const Named* named = find_name(spec.name);
  if (!named) return fail(ErrorCode::unsupported, fmt::format("There is no method \"{}\".", spec.name));
  Rules rules = named->rules;
  for (const Parameter& parameter : parameters()) {
    auto value = spec.parameters.find(std::string(parameter.name));
    if (value == spec.parameters.end()) continue;
    if (!parameter.read(rules, value->second))
      return fail(ErrorCode::invalid_argument,
                  fmt::format("{} does not take {} = \"{}\".", spec.name, parameter.name, value->second));
  }
  for (const auto& [name, value] : spec.parameters)
    if (std::none_of(parameters().begin(), parameters().end(), [&](const Parameter& p) { return p.name == name; }))
      return fail(ErrorCode::invalid_argument, fmt::format("There is no parameter \"{}\".", name));
  SCRUTINEER_CHECKED(check_rules(rules));
  return rules;
}

Spec spec_of(const Rules& rules) {
  std::optional<Spec> nearest;
  for (const Named& named : table()) {
    auto spec = difference(named, rules);
    if (spec && (!nearest || spec->parameters.size() < nearest->parameters.size())) nearest = std::move(spec);
  }
  return *nearest;
}

std::vector<std::string_view> rule_names() {
  std::vector<std::string_view> names;
  for (const Named& named : table()) names.push_back(named.name);
  return names;
}

}  // namespace scrutineer::seats
