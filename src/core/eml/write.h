// Counts and results of a tally as EML_NL messages: pure functions to bytes.
#pragma once

#include "core/eml/eml.h"
#include "core/results/seat_config.h"

namespace scrutineer::eml {

// What the tally does not know. EML_NL has no words for elections outside the Netherlands: TK, the national one, stands
// in where nothing else is given.
struct Stamp {
  std::string created;          // RFC 3339
  std::string category = "TK";  // EK TK EP PS AB GR BC GC ER NR PR LR IR
  std::string election_id;      // empty: made from category and date
};

// Which reporting units a count has.
enum class CountKind : std::uint8_t {
  station,  // 510a: one unit, and nothing else
  units,    // 510b: every unit of an area
  areas,    // 510c, or 510d for the whole election: the areas directly below an area
};

struct Written {
  std::string bytes;
  std::vector<std::string> notes;  // what the format could not say as it is, in a sentence each
};

// Only what counts: units without a sheet are left out, and the totals are sums over the others. `area` and `unit` as
// the kind asks. Errors: not_found (nothing is counted there), invalid_argument (the stamp).
Result<Written> write_510(const Tally& tally, ContestIndex contest, CountKind kind, AreaIndex area, UnitIndex unit,
                          const Stamp& stamp);

// Errors: conflict where there is no result yet: units without a sheet, a lot or a second round needed.
Result<Written> write_520(const Tally& tally, ContestIndex contest, const SeatResult& seats, const Stamp& stamp);

}  // namespace scrutineer::eml
