// Reconciliation: where two ways of arriving at the same figure differ, with the unit or area concerned. It lists what
// is there and judges nothing: a difference has many honest explanations, and agreement proves only agreement.
#pragma once

#include "core/reconcile/other.h"
#include "core/tally/tally.h"

namespace scrutineer {

enum class DifferenceKind : std::uint8_t {
  unit,         // our sheet of a unit, and what they say of it
  area_stated,  // our sum over an area, and the total that they state for it
  area_sum,     // sums over those units of an area that both sides have, where they state no total
  concurrent,   // two contests of one unit: ballots cast, electors
};
inline constexpr std::array<std::string_view, 4> kDifferenceKinds = {"unit", "area-stated", "area-sum", "concurrent"};

struct Difference {
  DifferenceKind kind = DifferenceKind::unit;
  ContestIndex contest = 0;
  Place place;
  std::size_t column = 0;                     // of a Row: a Figure, or kFigures + option
  std::optional<std::int64_t> ours, theirs;   // one of them may be absent: that side does not state it
  std::optional<ContestIndex> other_contest;  // concurrent: `theirs` is the figure of this one

  std::int64_t amount() const { return ours && theirs ? *theirs - *ours : 0; }
  friend bool operator==(const Difference&, const Difference&) = default;
};

enum class Side : std::uint8_t { ours, theirs };

// Only one side has it. An area stands for all of its units that the other side has.
struct Missing {
  Side side = Side::ours;  // who lacks it
  ContestIndex contest = 0;
  Place place;
  std::int64_t units = 0;
  friend bool operator==(const Missing&, const Missing&) = default;
};

struct Matching {
  ContestIndex contest = 0;
  std::int64_t units = 0, agreeing = 0;  // on both sides; of these, without any difference
  std::int64_t areas = 0, areas_agreeing = 0;
  friend bool operator==(const Matching&, const Matching&) = default;
};

// A figure that one side states nowhere in the contest.
struct NotCompared {
  ContestIndex contest = 0;
  std::size_t column = 0;
  Side side = Side::ours;  // who does not state it
  friend bool operator==(const NotCompared&, const NotCompared&) = default;
};

struct Reconciliation {
  std::string with;
  std::vector<Difference> differences;
  std::vector<Missing> missing;  // in tree order
  std::vector<Matching> agreements;
  std::vector<NotCompared> not_compared;
  Problems unknown;  // what they have and this election has not
  Problems remarks;  // what contradicts itself on their side: no difference to ours
  bool same() const { return differences.empty() && missing.empty() && unknown.empty(); }
};

enum class DifferenceOrder : std::uint8_t { size, tree };  // size: largest first, equal ones in tree order

// Of the tally against theirs; sorted by size. What no sheet of ours counts is missing here.
Reconciliation reconcile(const Tally& tally, OtherTally other);

// Of the contests of each unit against the first contest of that unit that states the figure; sorted by size.
std::vector<Difference> concurrent_differences(const Tally& tally);

void sort(std::vector<Difference>& differences, const UnitTree& tree, DifferenceOrder order);

// "electors", ..., or "votes:<option>".
std::string column_name(const Contest& contest, std::size_t column);
// A unit's id or an area's path, and the name that people know.
std::string place_id(const UnitTree& tree, Place place);
const std::string& place_name(const UnitTree& tree, Place place);

std::string write_reconciliation_csv(const Reconciliation& result, const Election& election);
std::string write_reconciliation_json(const Reconciliation& result, const Election& election);

}  // namespace scrutineer
