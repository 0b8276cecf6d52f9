// Plausibility rules: data, not code. Each has a code, applies to given contests and kinds of unit, and has its own
// limits (docs/formats/rules.md). They flag finished sheets; they never refuse one and never change a total.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/fraction.h"
#include "core/base/problems.h"
#include "core/tally/row.h"

namespace scrutineer {

enum class RuleCode : std::uint8_t {
  // Errors: the sheet contradicts itself.
  parts_do_not_add_up,  // votes = valid; valid + invalid (+ blank) = cast; machine and hand columns = votes
  parts_missing,        // a total without its parts, or parts without their total
  cast_exceeds_issued,
  too_many_votes,  // more votes than votes_per_ballot x valid
  // Warnings: unusual, to be confirmed.
  invalid_share,  // above `share` of ballots cast
  blank_share,
  issued_cast_difference,  // at least `share` of issued, and at least `at_least`
  nobody_voted,
  no_electors,
  more_ballots_than_electors,
  announced_before_close,
  faster_than_machine,        // more than `at_least` papers a minute
  identical_figures,          // another sheet of the contest has the same numbers and at least `at_least` valid votes
  unlike_concurrent_contest,  // ballots cast differ by more than `at_least` from another contest of the same unit
  machine_unlike_batches,     // the sheet's machine column is not what the unit's batches of scanned papers say
  votes_unlike_decisions,     // its votes, or its invalid papers, are not what holds after people's decisions on them
};
inline constexpr std::size_t kRuleCodes = 16;
inline constexpr std::size_t kRules = 1'000;  // every sheet is looked at under each of them
inline constexpr std::size_t kRulesBytes = 1u << 20;

struct RuleText {
  std::string_view code;  // "parts-do-not-add-up"
  bool error = false;
  bool needs_share = false, needs_at_least = false;
  std::string_view full_ko, full_en;        // for the coordinator and the public page
  std::string_view neutral_ko, neutral_en;  // for the person who types: "please read these figures again"
};
const RuleText& rule_text(RuleCode code);

struct PlausibilityRule {
  RuleCode code = RuleCode::parts_do_not_add_up;
  std::vector<std::string> kinds;     // kinds of unit; "*": all
  std::vector<std::string> contests;  // contest ids; "*": all
  Fraction share;
  std::int64_t at_least = 0;
};

// {"rules": [{"code", "kinds", "contests", "share"?: "3/100", "at_least"?}]}. Problems name the member.
std::vector<PlausibilityRule> read_rules(const ObjectReader& in);
Result<std::vector<PlausibilityRule>> parse_rules(std::string_view json);

// Which rules fire for one sheet by itself (all codes up to faster_than_machine).
std::vector<RuleCode> check_sheet(std::span<const PlausibilityRule> rules, const Election& election,
                                  ContestIndex contest, const Unit& unit, const CountSheet& sheet, const Row& row);

bool applies(const PlausibilityRule& rule, const Unit& unit, const ContestId& contest);

}  // namespace scrutineer
