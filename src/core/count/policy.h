// What the election's rule table says about counting, besides the plausibility rules that core/tally reads: when a kind
// of unit is expected, and what its paper sheet asks for (docs/formats/rules.md).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/record/count_sheet.h"

namespace scrutineer {

inline constexpr std::size_t kPolicyRows = 1'000;
inline constexpr std::int64_t kLatestMinutes = 60 * 24 * 60;  // sixty days

struct CountPolicy {
  // {"expected": [{"kinds", "minutes_after_close"}]}: later than that, a sheet is late. The first row that names the
  // kind (or "*") holds.
  struct Expected {
    std::vector<std::string> kinds;
    std::int64_t minutes_after_close = 0;
  };
  // {"forms": [{"kinds", "contests"?, "how"?: "by-hand" or "machine-then-hand", "blank"?: true}]}. Without one: by
  // hand, blank papers are invalid ones.
  struct Form {
    std::vector<std::string> kinds, contests;
    HowCounted how = HowCounted::by_hand;
    bool blank = false;
  };
  std::vector<Expected> expected;
  std::vector<Form> forms;
  // {"committee": {"tie": "chair-decides"}}: the chair of a committee decides at a tie. Absent: no rule says who does.
  bool chair_decides_ties = false;

  std::optional<std::int64_t> minutes_after_close(std::string_view kind) const;
  Form form(std::string_view kind, std::string_view contest) const;
};

// `rules`: the whole rule table. Errors: malformed, limit_exceeded.
Result<CountPolicy> parse_count_policy(std::string_view rules);

}  // namespace scrutineer
