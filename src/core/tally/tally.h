// The tally: totals at every level of the unit tree, kept current as sheets take effect. A pure fold over what the book
// of records says is in effect. Nothing is ever summed twice: of one unit and contest, one sheet counts or none.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/authority/book.h"
#include "core/tally/papers.h"
#include "core/tally/plausibility.h"
#include "core/tally/row.h"

namespace scrutineer {

enum class CellState : std::uint8_t {
  empty,     // no sheet in effect
  counted,   // one sheet stands, or several with the same figures
  conflict,  // several sheets stand that contradict each other: none is in the totals
};

// A sheet in effect.
struct SheetVersion {
  RecordIndex record = 0;
  Row row;
  HowCounted how = HowCounted::by_hand;
  std::optional<RecordId> replaces;
  std::string reason;              // for the replacement
  bool replaced = false;           // a later sheet in effect replaces it
  std::vector<RuleCode> findings;  // rules that fire for this sheet by itself
};

// All sheets of one unit for one contest. Almost always one.
struct Cell {
  CellState state = CellState::empty;
  std::uint32_t current = 0;           // the version that counts, if state is counted
  bool duplicate = false;              // several standing sheets, all with the same figures
  std::vector<SheetVersion> versions;  // in the order in which they took effect
};

class Tally {
 public:
  // `rules` as parsed from the election's rule table. `election` must outlive the tally.
  Tally(const Election& election, std::vector<PlausibilityRule> rules);

  // Takes in what took effect, in log order.
  void apply(const RecordBook& book, const Effect& effect);

  const Election& election() const { return election_; }
  const std::vector<PlausibilityRule>& rules() const { return rules_; }
  const Matrix& matrix(ContestIndex contest) const { return matrices_[contest]; }
  Totals totals(ContestIndex contest, AreaIndex area) const { return matrices_[contest].totals(area); }
  // Put together on each call; where only this much is wanted, state() and current() cost nothing.
  Cell cell(ContestIndex contest, UnitIndex unit) const;
  CellState state(ContestIndex contest, UnitIndex unit) const;
  // Whether there is no sheet or a single one that names no other: then nothing was corrected, repeated or
  // contradicted.
  bool is_plain(ContestIndex contest, UnitIndex unit) const { return !cells_[contest][unit].aside; }
  // The record whose sheet counts, or the first of those that contradict each other; nullopt: there is none.
  std::optional<RecordIndex> current(ContestIndex contest, UnitIndex unit) const;

  // Lots in effect, in log order, and refusals to sign by the record that they are about.
  const std::vector<Lot>& lots() const { return lots_; }
  struct RefusalNote {
    RecordIndex record;
    std::string reason;
  };
  const std::vector<RefusalNote>* refusals(const RecordId& of) const;
  // Whatever else was said about a unit: entries, acceptances, remarks, photographs, boxes. In log order; nullptr:
  // nothing. Their bodies stay in the log.
  const std::vector<RecordIndex>* said_of(UnitIndex unit) const;
  // Counts of their own that others have published, in log order.
  const std::vector<RecordIndex>& independent_tallies() const { return independent_tallies_; }

  // Scanned ballot papers: batches and what was decided about them.
  const Papers& papers() const { return papers_; }

  // Which rules fire now for the sheet that counts, those that compare sheets included. Sorted by rule code.
  std::vector<RuleCode> findings(ContestIndex contest, UnitIndex unit) const;
  // Finds sheets with the same figures; called once after the last apply(), before findings().
  void compare_sheets() { take(find_same_figures()); }
  // The same in two steps, where others read the tally meanwhile. By contest and unit: 1 where another sheet is the
  // same.
  using SameFigures = std::vector<std::vector<std::uint8_t>>;
  SameFigures find_same_figures() const;
  void take(SameFigures found) { identical_ = std::move(found); }

 private:
  // One of these for every sheet of the election, so that it is small: it holds the one version that almost every cell
  // has, whose figures stand in the matrix. The versions of the others stand aside.
  struct PackedCell {
    RecordIndex record = 0;
    std::uint16_t findings = 0;  // bit: RuleCode
    HowCounted how : 4 = HowCounted::by_hand;
    CellState state : 2 = CellState::empty;
    bool duplicate : 1 = false;
    bool aside : 1 = false;  // several versions, or one that names another
  };
  static_assert(sizeof(PackedCell) == 8);
  using Versions = std::vector<SheetVersion>;
  static std::uint64_t key(ContestIndex contest, UnitIndex unit) { return std::uint64_t{contest} << 32 | unit; }

  void add_sheet(const RecordBook& book, RecordIndex record, const CountSheet& sheet);
  void add_said(const RecordBook& book, const Effect& effect);
  Versions& put_aside(ContestIndex contest, UnitIndex unit);
  SheetVersion only_version(ContestIndex contest, UnitIndex unit) const;
  static void mark_replaced(const RecordBook& book, Versions& versions);
  void resolve(ContestIndex contest, UnitIndex unit, const Versions& versions);
  bool differs_from_concurrent(const PlausibilityRule& rule, ContestIndex contest, UnitIndex unit) const;
  bool differs_from_batches(ContestIndex contest, UnitIndex unit) const;
  bool differs_from_decisions(ContestIndex contest, UnitIndex unit) const;
  bool fires(const PlausibilityRule& rule, ContestIndex contest, UnitIndex unit) const;

  // The sorter's column of a sheet, kept where a rule compares it.
  struct SorterColumn {
    std::vector<std::uint32_t> sorted;  // by option
    std::uint32_t to_recheck = 0;
  };

  const Election& election_;
  std::vector<PlausibilityRule> rules_;
  std::vector<Matrix> matrices_;
  std::vector<std::vector<PackedCell>> cells_;         // contest, unit
  std::unordered_map<std::uint64_t, Versions> aside_;  // by contest and unit
  SameFigures identical_;
  std::vector<Lot> lots_;
  std::unordered_map<RecordId, std::vector<RefusalNote>> refusals_;
  std::unordered_map<UnitIndex, std::vector<RecordIndex>> said_of_;
  std::vector<RecordIndex> independent_tallies_;
  Papers papers_;
  bool keeps_sorter_columns_ = false;
  std::unordered_map<RecordIndex, SorterColumn> sorter_columns_;  // by the sheet's record
};

}  // namespace scrutineer
