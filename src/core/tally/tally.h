// The tally: totals at every level of the unit tree, kept current as sheets take effect. A pure fold over what the book
// of records says is in effect. Nothing is ever summed twice: of one unit and contest, one sheet counts or none.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/authority/book.h"
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
  // The record whose sheet counts, or the first of those that contradict each other; nullopt: there is none.
  std::optional<RecordIndex> current(ContestIndex contest, UnitIndex unit) const;

  // Lots in effect, in log order, and refusals to sign by the record that they are about.
  const std::vector<Lot>& lots() const { return lots_; }
  struct RefusalNote {
    RecordIndex record;
    std::string reason;
  };
  const std::vector<RefusalNote>* refusals(const RecordId& of) const;

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
  // There are as many of these as there are sheets, so that they are small: a cell with one version has its row in the
  // matrix alone, and what few sheets have stands aside.
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct PackedCell {
    std::uint32_t first = kNone;  // the first of its versions
    CellState state = CellState::empty;
    bool duplicate = false;
  };
  struct PackedVersion {
    RecordIndex record;
    std::uint32_t next;      // version of the same cell
    std::uint16_t findings;  // bit: RuleCode
    HowCounted how;
    bool replaced;
  };
  struct Replacement {
    std::optional<RecordId> replaces;
    std::string reason;
  };

  std::uint32_t add_version(const Effect& effect, const CountSheet& sheet, ContestIndex contest, UnitIndex unit,
                            const Row& row);
  void add_to_cell(PackedCell& cell, std::uint32_t version, const RecordBook& book);
  void mark_replaced(const RecordBook& book, const PackedCell& cell, std::uint32_t newest);
  const RecordId* replaced_by(std::uint32_t version) const;
  void resolve(ContestIndex contest, UnitIndex unit);
  std::uint32_t current_version(const PackedCell& cell) const;
  bool differs_from_concurrent(const PlausibilityRule& rule, ContestIndex contest, UnitIndex unit) const;

  const Election& election_;
  std::vector<PlausibilityRule> rules_;
  std::vector<Matrix> matrices_;
  std::vector<std::vector<PackedCell>> cells_;  // contest, unit
  Chunks<PackedVersion> versions_;
  std::unordered_map<std::uint32_t, Replacement> replacements_;  // by version
  std::unordered_map<std::uint32_t, Row> rows_;                  // by version, of cells with several
  SameFigures identical_;
  std::vector<Lot> lots_;
  std::unordered_map<RecordId, std::vector<RefusalNote>> refusals_;
};

}  // namespace scrutineer
