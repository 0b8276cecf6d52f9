// Patterns of indicators (STIX 2.1 section 9), as far as they say "this value is bad": equalities joined by OR.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/stix/attack_report.h"

namespace scrutineer {

// "[ipv4-addr:value = '192.0.2.1']"
std::string pattern_of(const ReportIndicator& indicator);

struct PatternValues {
  std::vector<ReportIndicator> indicators;
  bool whole = true;  // false: the pattern says more than these values (AND, NOT, times, properties not known here)
};
// Never fails: what is no pattern at all has no values and is not whole. Takes time in proportion to the text.
PatternValues values_of_pattern(std::string_view pattern);

}  // namespace scrutineer
