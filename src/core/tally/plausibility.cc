#include "core/tally/plausibility.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/codec/json.h"

namespace scrutineer {
namespace {

bool names(const std::vector<std::string>& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) { return entry == "*" || entry == word; });
}

Fraction read_share(const ObjectReader& in) {
  std::string text = in.non_empty("share");
  std::size_t slash = text.find('/');
  auto numerator = parse_decimal(std::string_view(text).substr(0, slash));
  auto denominator = slash == text.npos ? std::nullopt : parse_decimal(std::string_view(text).substr(slash + 1));
  if (!numerator || !denominator || *denominator == 0 || *numerator > *denominator || *denominator > 1'000'000) {
    if (!text.empty()) in.problem("share", "expected a share such as 3/100");
    return {};
  }
  return Fraction(static_cast<std::int64_t>(*numerator), static_cast<std::int64_t>(*denominator));
}

PlausibilityRule read_rule(const ObjectReader& in) {
  PlausibilityRule rule;
  std::string_view codes[kRuleCodes];
  for (std::size_t i = 0; i < kRuleCodes; ++i) codes[i] = rule_text(static_cast<RuleCode>(i)).code;
  rule.code = static_cast<RuleCode>(in.choice("code", codes));
  rule.kinds = in.strings("kinds");
  rule.contests = in.strings("contests");
  const RuleText& text = rule_text(rule.code);
  if (text.needs_share)
    rule.share = read_share(in);
  else if (in.has("share"))
    in.problem("share", "this rule has no share");
  if (text.needs_at_least)
    rule.at_least = in.integer("at_least", 0, limits::kVotesPerSheet);
  else if (in.has("at_least"))
    in.problem("at_least", "this rule has no such limit");
  return rule;
}

std::int64_t sum(const OptionVotes& votes) {
  std::int64_t total = 0;
  for (const auto& [option, count] : votes) total += count;
  return total;
}

std::int64_t votes_in(const Row& row) {
  return std::accumulate(row.columns.begin() + kFigures, row.columns.end(), std::int64_t{0});
}

// share of `whole` is exceeded by `part`
bool above(std::int64_t part, std::int64_t whole, const Fraction& share) {
  return whole > 0 && Fraction(part, whole) > share;
}

// What the hand columns say for each option must be what the sheet says; what the sorter saw must be all ballots. No
// column names an option that the sheet does not.
bool columns_add_up(const CountSheet& sheet) {
  std::map<std::string_view, std::int64_t> left;  // votes that no hand column has accounted for yet
  for (const auto& [option, votes] : sheet.votes) left.emplace(option.value(), votes);
  if (sheet.hand) {
    for (const OptionVotes* column : {&sheet.hand->from_sorted, &sheet.hand->from_recheck})
      for (const auto& [option, part] : *column) {
        auto found = left.find(option.value());
        if (found == left.end()) return false;
        found->second -= part;
      }
    if (std::any_of(left.begin(), left.end(), [](const auto& option) { return option.second != 0; })) return false;
  }
  if (!sheet.machine) return true;
  for (const auto& [option, sorted] : sheet.machine->sorted)
    if (!left.contains(option.value())) return false;
  return !sheet.ballots_cast || sum(sheet.machine->sorted) + sheet.machine->to_recheck == *sheet.ballots_cast;
}

bool adds_up(const CountSheet& sheet, const Row& row, std::int64_t votes_per_ballot) {
  if (sheet.valid && votes_per_ballot == 1 && votes_in(row) != *sheet.valid) return false;
  if (sheet.ballots_cast && sheet.valid && sheet.invalid &&
      *sheet.valid + *sheet.invalid + sheet.blank.value_or(0) != *sheet.ballots_cast)
    return false;
  return columns_add_up(sheet);
}

bool is_incomplete(const CountSheet& sheet, std::size_t options) {
  bool total_alone = sheet.ballots_cast && (!sheet.valid || !sheet.invalid);
  bool parts_alone = !sheet.ballots_cast && (sheet.valid || sheet.invalid || sheet.blank);
  return total_alone || parts_alone || sheet.votes.size() < options;
}

bool is_faster(const CountSheet& sheet, std::int64_t papers_a_minute) {
  if (!sheet.count_began || !sheet.count_ended || !sheet.ballots_cast) return false;
  auto began = seconds_of_rfc3339(*sheet.count_began), ended = seconds_of_rfc3339(*sheet.count_ended);
  if (!began || !ended) return false;
  if (*ended < *began) return true;
  return *sheet.ballots_cast * 60 > papers_a_minute * (*ended - *began);
}

bool is_early(const CountSheet& sheet, const Definition& definition) {
  if (!sheet.announced || !definition.polls_close) return false;
  return seconds_of_rfc3339(*sheet.announced) < seconds_of_rfc3339(*definition.polls_close);
}

bool fires(const PlausibilityRule& rule, const Election& election, const ContestDefinition& contest,
           const CountSheet& sheet, const Row& row) {
  switch (rule.code) {
    case RuleCode::parts_do_not_add_up: return !adds_up(sheet, row, contest.votes_per_ballot);
    case RuleCode::parts_missing: return is_incomplete(sheet, row.columns.size() - kFigures);
    case RuleCode::cast_exceeds_issued:
      return sheet.ballots_cast && sheet.ballots_issued && *sheet.ballots_cast > *sheet.ballots_issued;
    case RuleCode::too_many_votes: return sheet.valid && votes_in(row) > contest.votes_per_ballot * *sheet.valid;
    case RuleCode::invalid_share:
      return sheet.invalid && sheet.ballots_cast && above(*sheet.invalid, *sheet.ballots_cast, rule.share);
    case RuleCode::blank_share:
      return sheet.blank && sheet.ballots_cast && above(*sheet.blank, *sheet.ballots_cast, rule.share);
    case RuleCode::issued_cast_difference: {
      if (!sheet.ballots_issued || !sheet.ballots_cast) return false;
      std::int64_t difference = std::abs(*sheet.ballots_issued - *sheet.ballots_cast);
      return difference >= rule.at_least && difference > 0 &&
             Fraction(difference, std::max<std::int64_t>(*sheet.ballots_issued, 1)) >= rule.share;
    }
    case RuleCode::nobody_voted: return sheet.ballots_cast ? *sheet.ballots_cast == 0 : votes_in(row) == 0;
    case RuleCode::no_electors: return sheet.electors == 0;
    case RuleCode::more_ballots_than_electors:
      return sheet.electors && sheet.ballots_cast && *sheet.ballots_cast > *sheet.electors;
    case RuleCode::announced_before_close: return is_early(sheet, election.definition());
    case RuleCode::faster_than_machine: return is_faster(sheet, rule.at_least);
    case RuleCode::identical_figures:
    case RuleCode::unlike_concurrent_contest:
    case RuleCode::machine_unlike_batches:
    case RuleCode::votes_unlike_decisions: return false;  // about more than this sheet: Tally::findings()
  }
  __builtin_unreachable();
}

}  // namespace

bool applies(const PlausibilityRule& rule, const Unit& unit, const ContestId& contest) {
  return names(rule.kinds, unit.kind) && names(rule.contests, contest.value());
}

std::vector<PlausibilityRule> read_rules(const ObjectReader& in) {
  std::vector<PlausibilityRule> rules;
  in.objects("rules", [&](const ObjectReader& rule, std::size_t) { rules.push_back(read_rule(rule)); });
  if (rules.size() > kRules) in.problem("rules", "an election has at most 1000 rules");
  return rules;
}

Result<std::vector<PlausibilityRule>> parse_rules(std::string_view json) {
  if (json.size() > kRulesBytes)
    return fail(ErrorCode::limit_exceeded, "plausibility rules have at most 1 MiB", "plausibility rules");
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  auto rules = read_rules(ObjectReader(document.root(), problems));
  if (!problems.empty()) return tl::unexpected(placed(problems.first(), "plausibility rules"));
  return rules;
}

std::vector<RuleCode> check_sheet(std::span<const PlausibilityRule> rules, const Election& election,
                                  ContestIndex contest, const Unit& unit, const CountSheet& sheet, const Row& row) {
  std::vector<RuleCode> fired;
  const ContestDefinition& definition = election.contests()[contest].definition;
  for (const PlausibilityRule& rule : rules) {
    if (std::find(fired.begin(), fired.end(), rule.code) != fired.end() || !applies(rule, unit, definition.id))
      continue;
    if (fires(rule, election, definition, sheet, row)) fired.push_back(rule.code);
  }
  return fired;
}

}  // namespace scrutineer
