// How many papers a machine sends to people, by option and by machine; and whether one stands out. At the scale of a
// country any difference is significant, so an alarm needs more than that: the interval of the difference has to lie
// wholly beyond a stated effect size. It says that something differs, never why, and accuses nobody.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/record/body.h"
#include "core/stats/stats.h"

namespace scrutineer {

struct RecheckPolicy {
  std::int64_t effect_per_mille = 10;       // percentage points x 10: a difference that matters
  std::int64_t confidence_per_mille = 990;  // of all intervals together (Bonferroni)
};

// Papers of one option (by what people decided in the end) or of one machine, and how many of them went to people.
struct RecheckRow {
  std::string name;
  Share rechecked;
};

enum class RecheckBy : std::uint8_t { option, machine };

struct RecheckReading {
  std::string name;
  Share own, others;    // others: all rows but this one, and but those that stand out more
  Interval rate;        // Clopper-Pearson, of `own`
  Interval difference;  // Newcombe, own minus others, at the confidence shared out over all rows
  TestResult test;      // unadjusted
  bool alarm = false;   // the whole difference lies beyond the effect size
};

// One reading a row. The row that stands out most is set aside before the rest are compared. A row with no papers, or
// without others, gives no alarm.
std::vector<RecheckReading> read_rechecks(std::span<const RecheckRow> rows, const RecheckPolicy& policy);

// What to tell people of one reading: figures first, then what it means. With its test, interval and effect size.
Bilingual recheck_sentence(RecheckBy by, const RecheckReading& reading, const RecheckPolicy& policy);

}  // namespace scrutineer
