#include "core/reconcile/reconcile.h"

#include <algorithm>
#include <tuple>

namespace scrutineer {
namespace {

using Columns = std::vector<std::optional<std::int64_t>>;

Columns columns_of(const Row& row) {
  Columns columns(row.columns.begin(), row.columns.end());
  for (std::size_t i = 0; i < kFigures; ++i)
    if (!(row.stated >> i & 1)) columns[i].reset();
  return columns;
}

Columns columns_of(const Totals& totals) {
  Columns columns(totals.columns.begin(), totals.columns.end());
  for (std::size_t i = 0; i < kFigures; ++i)
    if (totals.stated[i] == 0) columns[i].reset();
  return columns;
}

// Where a place stands when the tree is read from the top: an area before what is in it.
auto tree_position(const UnitTree& tree, Place place) {
  return place.is_area ? std::tuple(tree.areas()[place.index].units.first, 0u, place.index)
                       : std::tuple(UnitIndex{place.index}, 1u, 0u);
}

// Where our law does not count blank votes apart they are among the invalid ones, and EML states the two apart: then
// what is compared is both together.
void merge_blank(OtherRow& row) {
  auto& invalid = row.columns[static_cast<std::size_t>(Figure::invalid)];
  auto& blank = row.columns[static_cast<std::size_t>(Figure::blank)];
  if (invalid && blank) *invalid += *blank;
}

// One contest of theirs against ours.
class ContestComparison {
 public:
  ContestComparison(const Tally& tally, ContestIndex contest, bool states_everything, Reconciliation& out)
      : tally_(tally),
        tree_(tally.election().tree()),
        matrix_(tally.matrix(contest)),
        contest_(contest),
        states_everything_(states_everything),
        out_(out),
        units_(tree_.units().size()),
        areas_(tree_.areas().size()) {
    agreement_.contest = contest;
  }

  void add(const OtherRow& row) { (row.place.is_area ? areas_ : units_)[row.place.index] = &row; }

  void run() {
    choose_columns();
    touched_.assign(tree_.areas().size(), false);
    for (UnitIndex unit = 0; unit < units_.size(); ++unit) compare_unit(unit);
    for (AreaIndex area = 0; area < areas_.size(); ++area)
      if (areas_[area]) compare_area(area);
    sum_areas();
    list_missing_there(0);
    out_.agreements.push_back(agreement_);
  }

 private:
  // A figure is compared where both sides state it somewhere in the contest.
  void choose_columns() {
    std::size_t width = kFigures + matrix_.options();
    compared_.assign(width, false);
    Totals all = matrix_.totals(0);
    for (std::size_t i = 0; i < width; ++i) {
      bool ours = i < kFigures ? all.stated[i] > 0 : all.sheets > 0;
      auto states = [&](const OtherRow* row) { return row && row->columns[i].has_value(); };
      bool theirs =
          std::any_of(units_.begin(), units_.end(), states) || std::any_of(areas_.begin(), areas_.end(), states);
      compared_[i] = ours && theirs;
      if (ours != theirs) out_.not_compared.push_back({contest_, i, ours ? Side::theirs : Side::ours});
    }
  }

  void compare_unit(UnitIndex unit) {
    if (!units_[unit]) return;
    if (!matrix_.has(unit)) {
      out_.missing.push_back({Side::ours, contest_, {false, unit}, 1});
      return;
    }
    ++agreement_.units;
    if (compare(DifferenceKind::unit, {false, unit}, columns_of(matrix_.row(unit)), units_[unit]->columns)) {
      ++agreement_.agreeing;
      return;
    }
    for (AreaIndex area = tree_.units()[unit].area;; area = tree_.areas()[area].parent) {
      touched_[area] = true;
      if (area == 0) return;
    }
  }

  void compare_area(AreaIndex area) {
    Totals totals = matrix_.totals(area);
    if (totals.sheets == 0) {
      out_.missing.push_back({Side::ours, contest_, {true, area}, 0});
      return;
    }
    ++agreement_.areas;
    if (compare(DifferenceKind::area_stated, {true, area}, columns_of(totals), areas_[area]->columns))
      ++agreement_.areas_agreeing;
  }

  // True where nothing differs.
  bool compare(DifferenceKind kind, Place place, const Columns& ours, const Columns& theirs) {
    bool same = true;
    for (std::size_t i = 0; i < compared_.size(); ++i) {
      if (!compared_[i] || ours[i] == theirs[i] || (states_everything_ && (!ours[i] || !theirs[i]))) continue;
      same = false;
      out_.differences.push_back({kind, contest_, place, i, ours[i], theirs[i], std::nullopt});
    }
    return same;
  }

  // Areas that hold a differing unit and that they give no total for. Offsetting differences leave a sum as it is.
  void sum_areas() {
    for (AreaIndex area = 0; area < touched_.size(); ++area) {
      if (!touched_[area] || areas_[area]) continue;
      std::vector<std::int64_t> ours(compared_.size()), theirs(compared_.size());
      for (UnitIndex unit = tree_.areas()[area].units.first; unit < tree_.areas()[area].units.end; ++unit) {
        if (!units_[unit] || !matrix_.has(unit)) continue;
        Columns own = columns_of(matrix_.row(unit));
        for (std::size_t i = 0; i < compared_.size(); ++i) {
          if (!compared_[i] || !own[i] || !units_[unit]->columns[i]) continue;
          ours[i] += *own[i];
          theirs[i] += *units_[unit]->columns[i];
        }
      }
      for (std::size_t i = 0; i < compared_.size(); ++i)
        if (ours[i] != theirs[i])
          out_.differences.push_back(
              {DifferenceKind::area_sum, contest_, {true, area}, i, ours[i], theirs[i], std::nullopt});
    }
  }

  std::int64_t lacking(UnitRange range) const {
    std::int64_t units = 0;
    for (UnitIndex unit = range.first; unit < range.end; ++unit) units += matrix_.has(unit) && !units_[unit];
    return units;
  }

  // The largest areas of which they have nothing that we have; units elsewhere. Whoever gives areas only is not asked
  // for units inside them.
  void list_missing_there(AreaIndex area) {
    const Area& a = tree_.areas()[area];
    std::int64_t here = lacking(a.units);
    if (here == 0) return;
    bool gives_units = here < matrix_.sheets(area);
    if (!gives_units && areas_[area]) return;
    if (!gives_units && !gives_below(area)) {
      out_.missing.push_back({Side::theirs, contest_, {true, area}, here});
      return;
    }
    UnitIndex own_end = a.children.empty() ? a.units.end : tree_.areas()[a.children[0]].units.first;
    for (UnitIndex unit = a.units.first; unit < own_end; ++unit)
      if (matrix_.has(unit) && !units_[unit]) out_.missing.push_back({Side::theirs, contest_, {false, unit}, 1});
    for (AreaIndex child : a.children) list_missing_there(child);
  }
  bool gives_below(AreaIndex area) const {
    return std::any_of(tree_.areas()[area].children.begin(), tree_.areas()[area].children.end(),
                       [&](AreaIndex child) { return areas_[child] || gives_below(child); });
  }

  const Tally& tally_;
  const UnitTree& tree_;
  const Matrix& matrix_;
  ContestIndex contest_;
  bool states_everything_;
  Reconciliation& out_;
  std::vector<const OtherRow*> units_, areas_;
  std::vector<bool> compared_;
  std::vector<bool> touched_;  // by area: a unit below it differs
  Matching agreement_;
};

}  // namespace

Reconciliation reconcile(const Tally& tally, OtherTally other) {
  Reconciliation result;
  result.with = std::move(other.name);
  result.unknown = std::move(other.unknown);
  result.remarks = std::move(other.remarks);
  const UnitTree& tree = tally.election().tree();
  for (ContestIndex contest = 0; contest < tally.election().contests().size(); ++contest) {
    ContestComparison comparison(tally, contest, other.states_everything, result);
    bool any = false;
    bool blank_apart = tally.totals(contest, 0).stated[static_cast<std::size_t>(Figure::blank)] > 0;
    for (OtherRow& row : other.rows) {
      if (row.contest != contest) continue;
      if (other.states_everything && !blank_apart) merge_blank(row);
      comparison.add(row);
      any = true;
    }
    if (any) comparison.run();
  }
  sort(result.differences, tree, DifferenceOrder::size);
  std::stable_sort(result.missing.begin(), result.missing.end(), [&](const Missing& a, const Missing& b) {
    return std::tuple(a.contest, tree_position(tree, a.place)) < std::tuple(b.contest, tree_position(tree, b.place));
  });
  return result;
}

std::vector<Difference> concurrent_differences(const Tally& tally) {
  std::vector<Difference> differences;
  const auto& units = tally.election().tree().units();
  auto contests = static_cast<ContestIndex>(tally.election().contests().size());
  for (UnitIndex unit = 0; contests > 1 && unit < units.size(); ++unit)
    for (Figure figure : {Figure::ballots_cast, Figure::electors}) {
      std::optional<ContestIndex> first;
      std::optional<std::int64_t> reference;
      for (ContestIndex contest = 0; contest < contests; ++contest) {
        auto value = tally.matrix(contest).row(unit).figure(figure);
        if (!value) continue;
        if (!first) {
          first = contest;
          reference = value;
        } else if (*value != *reference) {
          differences.push_back({DifferenceKind::concurrent,
                                 contest,
                                 {false, unit},
                                 static_cast<std::size_t>(figure),
                                 value,
                                 reference,
                                 first});
        }
      }
    }
  sort(differences, tally.election().tree(), DifferenceOrder::size);
  return differences;
}

void sort(std::vector<Difference>& differences, const UnitTree& tree, DifferenceOrder order) {
  auto key = [&](const Difference& d) {
    std::int64_t size = order == DifferenceOrder::size ? std::abs(d.amount()) : 0;
    return std::tuple(-size, tree_position(tree, d.place), d.contest, d.column, d.kind);
  };
  std::sort(differences.begin(), differences.end(),
            [&](const Difference& a, const Difference& b) { return key(a) < key(b); });
}

std::string column_name(const Contest& contest, std::size_t column) {
  if (column < kFigures) return std::string(kFigureNames[column]);
  return "votes:" + contest.options[column - kFigures].id.value();
}

std::string place_id(const UnitTree& tree, Place place) {
  return place.is_area ? tree.areas()[place.index].path : tree.units()[place.index].id.value();
}

const std::string& place_name(const UnitTree& tree, Place place) {
  return place.is_area ? tree.areas()[place.index].name : tree.units()[place.index].name;
}

}  // namespace scrutineer
