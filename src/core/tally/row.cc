#include "core/tally/row.h"

#include <algorithm>

#include "core/base/check.h"

namespace scrutineer {
namespace {

std::size_t round_up_to_even(std::size_t n) {
  return (n + 1) / 2 * 2;
}

}  // namespace

Row make_row(const CountSheet& sheet, const Contest& contest) {
  Row row;
  row.columns.assign(kFigures + contest.options.size(), 0);
  const std::optional<std::int64_t> figures[kFigures] = {sheet.electors, sheet.ballots_issued, sheet.ballots_cast,
                                                         sheet.valid,    sheet.invalid,        sheet.blank};
  for (std::size_t i = 0; i < kFigures; ++i) {
    if (!figures[i]) continue;
    row.columns[i] = static_cast<std::uint32_t>(*figures[i]);
    row.stated = static_cast<std::uint8_t>(row.stated | 1u << i);
  }
  std::size_t place = 0;
  for (const auto& [option, votes] : sheet.votes) {
    auto index = contest.find_option(option, place++);
    check(index.has_value(), "a sheet's options were checked when it was entered");
    row.columns[kFigures + *index] = static_cast<std::uint32_t>(votes);
  }
  return row;
}

Matrix::Matrix(const UnitTree& tree, std::size_t options)
    : tree_(tree),
      width_(kFigures + options),
      stride_(round_up_to_even(width_)),
      rows_(tree.units().size() * stride_),
      stated_(tree.units().size()),
      present_(tree.units().size()),
      sums_(tree.areas().size() * stride_),
      sums_stated_(tree.areas().size()),
      sheets_(tree.areas().size()) {}

void Matrix::add(UnitIndex unit, int sign) {
  const std::uint32_t* row = rows_.data() + unit * stride_;
  for (AreaIndex area = tree_.units()[unit].area;; area = tree_.areas()[area].parent) {
    std::int64_t* sums = sums_.data() + area * stride_;
    for (std::size_t i = 0; i < width_; ++i) sums[i] += sign * static_cast<std::int64_t>(row[i]);
    for (std::size_t i = 0; i < kFigures; ++i)
      sums_stated_[area][i] += static_cast<std::uint32_t>(sign * (stated_[unit] >> i & 1));
    sheets_[area] += static_cast<std::uint32_t>(sign);
    if (area == 0) return;
  }
}

void Matrix::put(UnitIndex unit, const Row& row) {
  check(row.columns.size() == width_, "a row has a column for each figure and option");
  if (present_[unit]) add(unit, -1);
  std::copy(row.columns.begin(), row.columns.end(), rows_.begin() + static_cast<std::ptrdiff_t>(unit * stride_));
  stated_[unit] = row.stated;
  present_[unit] = 1;
  add(unit, +1);
}

void Matrix::clear(UnitIndex unit) {
  if (!present_[unit]) return;
  add(unit, -1);
  std::fill_n(rows_.begin() + static_cast<std::ptrdiff_t>(unit * stride_), stride_, 0);
  stated_[unit] = 0;
  present_[unit] = 0;
}

Row Matrix::row(UnitIndex unit) const {
  auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(unit * stride_);
  return {{begin, begin + static_cast<std::ptrdiff_t>(width_)}, stated_[unit]};
}

std::optional<std::int64_t> Matrix::figure(UnitIndex unit, Figure f) const {
  auto i = static_cast<std::size_t>(f);
  if (!(stated_[unit] >> i & 1)) return std::nullopt;
  return rows_[unit * stride_ + i];
}

Totals Matrix::totals(AreaIndex area) const {
  auto begin = sums_.begin() + static_cast<std::ptrdiff_t>(area * stride_);
  Totals totals{{begin, begin + static_cast<std::ptrdiff_t>(width_)}, {}, sheets_[area]};
  std::copy(sums_stated_[area].begin(), sums_stated_[area].end(), totals.stated.begin());
  return totals;
}

void Matrix::recompute() {
  std::fill(sums_.begin(), sums_.end(), 0);
  std::fill(sums_stated_.begin(), sums_stated_.end(), std::array<std::uint32_t, kFigures>{});
  std::fill(sheets_.begin(), sheets_.end(), 0);
  const auto& areas = tree_.areas();
  // Units that stand directly in an area come before its sub-areas; absent rows are all zero.
  for (AreaIndex area = 0; area < areas.size(); ++area) {
    UnitIndex end = areas[area].children.empty() ? areas[area].units.end : areas[areas[area].children[0]].units.first;
    std::int64_t* __restrict sums = sums_.data() + area * stride_;
    for (UnitIndex unit = areas[area].units.first; unit < end; ++unit) {
      const std::uint32_t* __restrict row = rows_.data() + unit * stride_;
      for (std::size_t i = 0; i < stride_; ++i) sums[i] += row[i];
      for (std::size_t i = 0; i < kFigures; ++i) sums_stated_[area][i] += stated_[unit] >> i & 1;
      sheets_[area] += present_[unit];
    }
  }
  // Preorder: every area comes after its parent, so that children are complete when they are added.
  for (AreaIndex area = static_cast<AreaIndex>(areas.size()); area-- > 1;) {
    AreaIndex parent = areas[area].parent;
    for (std::size_t i = 0; i < stride_; ++i) sums_[parent * stride_ + i] += sums_[area * stride_ + i];
    for (std::size_t i = 0; i < kFigures; ++i) sums_stated_[parent][i] += sums_stated_[area][i];
    sheets_[parent] += sheets_[area];
  }
}

}  // namespace scrutineer
