#include "core/election/unit_tree.h"

#include <functional>

#include "core/base/limits.h"

namespace scrutineer {
namespace {

// The tree while it grows, in order of first appearance.
struct Sketch {
  std::string name;
  std::vector<std::size_t> children;
  std::vector<std::size_t> rows;
};

Status check_row(const UnitRow& row) {
  if (row.id.value().empty()) return fail(ErrorCode::malformed, "a unit needs an id");
  if (row.id.value().front() == '/') return fail(ErrorCode::malformed, "a unit's id must not start with '/'");
  if (row.name.empty()) return fail(ErrorCode::malformed, "a unit needs a name");
  if (row.levels.size() > limits::kUnitLevels) return fail(ErrorCode::limit_exceeded, "too many levels of areas");
  for (const std::string& level : row.levels)
    if (level.find('/') != level.npos) return fail(ErrorCode::malformed, "the name of an area must not hold a '/'");
  return {};
}

}  // namespace

Result<UnitTree> UnitTree::build(std::vector<UnitRow> rows) {
  if (rows.size() > limits::kUnits) return fail(ErrorCode::limit_exceeded, "an election has at most 2,000,000 units");
  std::vector<Sketch> sketch(1);
  std::unordered_map<std::string, std::size_t> by_path{{"", 0}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (auto ok = check_row(rows[i]); !ok)
      return tl::unexpected(placed(ok.error(), "unit table, row " + std::to_string(i + 1)));
    std::string path;
    std::size_t at = 0;
    for (const std::string& level : rows[i].levels) {
      if (level.empty()) continue;
      path += '/';
      path += level;
      auto [known, is_new] = by_path.try_emplace(path, sketch.size());
      if (is_new) {
        sketch[at].children.push_back(sketch.size());
        sketch.push_back({level, {}, {}});
      }
      at = known->second;
    }
    sketch[at].rows.push_back(i);
  }

  UnitTree tree;
  tree.units_.reserve(rows.size());
  std::function<Status(std::size_t, AreaIndex, std::uint32_t, const std::string&)> place =
      [&](std::size_t from, AreaIndex parent, std::uint32_t level, const std::string& path) -> Status {
    auto index = static_cast<AreaIndex>(tree.areas_.size());
    tree.areas_.push_back({sketch[from].name,
                           path.empty() ? "/" : path,
                           parent,
                           level,
                           {static_cast<UnitIndex>(tree.units_.size()), 0},
                           {}});
    tree.area_by_path_.emplace(tree.areas_.back().path, index);
    for (std::size_t row : sketch[from].rows) {
      auto unit = static_cast<UnitIndex>(tree.units_.size());
      if (!tree.unit_by_id_.try_emplace(rows[row].id.value(), unit).second)
        return fail(ErrorCode::conflict, "two units have the id " + rows[row].id.value(),
                    "unit table, row " + std::to_string(row + 1));
      tree.units_.push_back({std::move(rows[row].id), std::move(rows[row].name), std::move(rows[row].kind), index,
                             static_cast<std::uint32_t>(row + 1)});
    }
    for (std::size_t child : sketch[from].children) {
      tree.areas_[index].children.push_back(static_cast<AreaIndex>(tree.areas_.size()));
      SCRUTINEER_CHECKED(place(child, index, level + 1, path + "/" + sketch[child].name));
    }
    tree.areas_[index].units.end = static_cast<UnitIndex>(tree.units_.size());
    return {};
  };
  SCRUTINEER_CHECKED(place(0, 0, 0, ""));
  return tree;
}

std::optional<UnitIndex> UnitTree::find_unit(const UnitId& id) const {
  auto found = unit_by_id_.find(id.value());
  if (found == unit_by_id_.end()) return std::nullopt;
  return found->second;
}

std::optional<AreaIndex> UnitTree::find_area(std::string_view path) const {
  auto found = area_by_path_.find(std::string(path));
  if (found == area_by_path_.end()) return std::nullopt;
  return found->second;
}

std::optional<UnitRange> UnitTree::find_range(std::string_view reference) const {
  if (reference.starts_with('/')) {
    auto area = find_area(reference);
    if (!area) return std::nullopt;
    return areas_[*area].units;
  }
  auto unit = find_unit(UnitId(std::string(reference)));
  if (!unit) return std::nullopt;
  return UnitRange{*unit, *unit + 1};
}

}  // namespace scrutineer
