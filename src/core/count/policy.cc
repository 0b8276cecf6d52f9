#include "core/count/policy.h"

#include <algorithm>

#include "core/codec/object_reader.h"

namespace scrutineer {
namespace {

bool names(const std::vector<std::string>& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return one == "*" || one == word; });
}

CountPolicy::Form read_form(const ObjectReader& in) {
  constexpr std::string_view kHow[] = {kHowCountedNames[0], kHowCountedNames[1]};
  CountPolicy::Form form;
  form.kinds = in.strings("kinds");
  form.contests = in.has("contests") ? in.strings("contests") : std::vector<std::string>{"*"};
  if (in.has("how")) form.how = static_cast<HowCounted>(in.choice("how", kHow));
  form.blank = in.optional_boolean("blank").value_or(false);
  return form;
}

}  // namespace

std::optional<std::int64_t> CountPolicy::minutes_after_close(std::string_view kind) const {
  for (const Expected& row : expected)
    if (names(row.kinds, kind)) return row.minutes_after_close;
  return std::nullopt;
}

CountPolicy::Form CountPolicy::form(std::string_view kind, std::string_view contest) const {
  for (const Form& row : forms)
    if (names(row.kinds, kind) && names(row.contests, contest)) return row;
  return {};
}

Result<CountPolicy> parse_count_policy(std::string_view rules) {
  SCRUTINEER_TRY(Json document, Json::parse(rules));
  Problems problems;
  ObjectReader in(document.root(), problems);
  CountPolicy policy;
  in.objects(
      "expected",
      [&](const ObjectReader& row, std::size_t) {
        policy.expected.push_back({row.strings("kinds"), row.integer("minutes_after_close", 0, kLatestMinutes)});
      },
      false);
  in.objects(
      "forms", [&](const ObjectReader& row, std::size_t) { policy.forms.push_back(read_form(row)); }, false);
  in.object(
      "committee",
      [&](const ObjectReader& committee) {
        constexpr std::string_view kTies[] = {"chair-decides"};
        committee.choice("tie", kTies);
        policy.chair_decides_ties = true;
      },
      false);
  if (policy.expected.size() > kPolicyRows) in.problem("expected", "expected at most 1000 rows");
  if (policy.forms.size() > kPolicyRows) in.problem("forms", "expected at most 1000 rows");
  if (!problems.empty()) return tl::unexpected(placed(problems.first(), "rules"));
  return policy;
}

}  // namespace scrutineer
