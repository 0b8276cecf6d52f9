// The figures of one sheet as a row of numbers, and totals as sums of such rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/election/election.h"

namespace scrutineer {

// Columns of a row: these six, then one per option.
enum class Figure : std::uint8_t { electors, ballots_issued, ballots_cast, valid, invalid, blank };
inline constexpr std::size_t kFigures = 6;
inline constexpr std::array<std::string_view, kFigures> kFigureNames = {"electors", "ballots_issued", "ballots_cast",
                                                                        "valid",    "invalid",        "blank"};

// One sheet's numbers. A figure that the sheet does not state is 0 here and its bit in `stated` is clear. An option
// that the sheet does not list is 0: the rule parts-missing flags such a sheet.
struct Row {
  std::vector<std::uint32_t> columns;  // kFigures + options
  std::uint8_t stated = 0;             // bit i: Figure i is on the sheet
  std::optional<std::int64_t> figure(Figure f) const {
    auto i = static_cast<std::size_t>(f);
    if (!(stated >> i & 1)) return std::nullopt;
    return columns[i];
  }
  friend bool operator==(const Row&, const Row&) = default;
};

// The sheet's options must all be options of the contest; one that is not listed has 0 votes.
Row make_row(const CountSheet& sheet, const Contest& contest);

// Sums over the counted sheets of an area.
struct Totals {
  std::vector<std::int64_t> columns;            // kFigures + options
  std::array<std::int64_t, kFigures> stated{};  // how many sheets state the figure
  std::int64_t sheets = 0;                      // how many are counted
  // The sum, or nullopt where no sheet states the figure.
  std::optional<std::int64_t> figure(Figure f) const {
    auto i = static_cast<std::size_t>(f);
    if (stated[i] == 0) return std::nullopt;
    return columns[i];
  }
  std::int64_t votes(OptionIndex option) const { return columns[kFigures + option]; }
};

// One contest's rows in tree order with the totals of every area. Adding or removing a row updates all areas above it.
// Sums cannot overflow: kUnits * kVotesPerSheet < 2^63.
class Matrix {
 public:
  Matrix(const UnitTree& tree, std::size_t options);
  void put(UnitIndex unit, const Row& row);  // replaces what was there
  void clear(UnitIndex unit);
  bool has(UnitIndex unit) const { return present_[unit] != 0; }
  Row row(UnitIndex unit) const;
  // The columns alone, all 0 where there is no row; valid until put() or clear().
  std::span<const std::uint32_t> columns(UnitIndex unit) const { return {&rows_[unit * stride_], width_}; }
  std::optional<std::int64_t> figure(UnitIndex unit, Figure f) const;
  Totals totals(AreaIndex area) const;
  std::size_t options() const { return width_ - kFigures; }
  std::int64_t votes(UnitIndex unit, OptionIndex option) const { return rows_[unit * stride_ + kFigures + option]; }
  std::int64_t sheets(AreaIndex area) const { return sheets_[area]; }  // how many are counted
  std::int64_t sum(AreaIndex area, OptionIndex option) const { return sums_[area * stride_ + kFigures + option]; }

  // All totals again from the rows: what put() and clear() keep current.
  void recompute();

 private:
  void add(UnitIndex unit, int sign);
  const UnitTree& tree_;
  std::size_t width_;                                             // columns in use
  std::size_t stride_;                                            // columns of memory: an even number
  std::vector<std::uint32_t> rows_;                               // units * stride_
  std::vector<std::uint8_t> stated_;                              // by unit
  std::vector<std::uint8_t> present_;                             // by unit
  std::vector<std::int64_t> sums_;                                // areas * stride_
  std::vector<std::array<std::uint32_t, kFigures>> sums_stated_;  // by area
  std::vector<std::uint32_t> sheets_;                             // by area
};

}  // namespace scrutineer
