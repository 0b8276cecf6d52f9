// The tree of reporting units: areas inside areas, and the smallest units (polling stations, early-voting groups).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"
#include "core/base/strong.h"

namespace scrutineer {

using UnitIndex = std::uint32_t;  // position in UnitTree::units(): tree order
using AreaIndex = std::uint32_t;  // position in UnitTree::areas(): preorder; 0 is the whole election

// Units [first, end) in tree order.
struct UnitRange {
  UnitIndex first = 0;
  UnitIndex end = 0;
  bool covers(UnitRange other) const { return first <= other.first && other.end <= end; }
  friend bool operator==(UnitRange, UnitRange) = default;
};

// One line of the unit table.
struct UnitRow {
  UnitId id;
  std::vector<std::string> levels;  // from the top; empty ones are skipped
  std::string name;
  std::string kind;  // "polling-day", "early-in-district", ...: names the plausibility rules that apply
};

struct Unit {
  UnitId id;
  std::string name;
  std::string kind;
  AreaIndex area = 0;     // the smallest area that holds it
  std::uint32_t row = 0;  // its line in the unit table, from 1: names its page, whatever the tree looks like
};

struct Area {
  std::string name;      // empty for the whole election
  std::string path;      // "/level1/level2"; "/" for the whole election
  AreaIndex parent = 0;  // itself for the whole election
  std::uint32_t level = 0;
  UnitRange units;  // contiguous
  std::vector<AreaIndex> children;
};

class UnitTree {
 public:
  // Errors: conflict (an id twice), malformed (empty id or name, an id that starts with '/', '/' in a level's name),
  // limit_exceeded. `where` names the row.
  static Result<UnitTree> build(std::vector<UnitRow> rows);

  const std::vector<Unit>& units() const { return units_; }
  const std::vector<Area>& areas() const { return areas_; }
  std::optional<UnitIndex> find_unit(const UnitId& id) const;
  std::optional<AreaIndex> find_area(std::string_view path) const;
  // What a scope or a person names: "/..." an area, else a unit's id.
  std::optional<UnitRange> find_range(std::string_view reference) const;
  UnitRange all() const { return {0, static_cast<UnitIndex>(units_.size())}; }

 private:
  std::vector<Unit> units_;
  std::vector<Area> areas_;
  std::unordered_map<std::string, UnitIndex> unit_by_id_;
  std::unordered_map<std::string, AreaIndex> area_by_path_;
};

}  // namespace scrutineer
