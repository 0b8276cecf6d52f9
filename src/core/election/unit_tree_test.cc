// The tree of units: areas in the order of their first unit, ranges without gaps, references as scopes spell them.
#include "core/election/unit_tree.h"

#include <doctest/doctest.h>

#include <random>

using namespace scrutineer;

namespace {

UnitRow row(const char* id, std::vector<std::string> levels) {
  return {UnitId(id), std::move(levels), std::string("name of ") + id, "polling-day"};
}

std::string ids_in(const UnitTree& tree, UnitRange range) {
  std::string out;
  for (UnitIndex unit = range.first; unit < range.end; ++unit) out += tree.units()[unit].id.value() + " ";
  return out;
}

// Every area's units are its direct ones, then its sub-areas' in order, without gap or overlap.
void check_shape(const UnitTree& tree) {
  const auto& areas = tree.areas();
  REQUIRE(!areas.empty());
  CHECK(areas[0].path == "/");
  CHECK(areas[0].units == tree.all());
  for (AreaIndex area = 0; area < areas.size(); ++area) {
    const Area& a = areas[area];
    CHECK(tree.find_area(a.path) == area);
    CHECK(tree.find_range(a.path) == a.units);
    CHECK(a.units.first < a.units.end);
    if (area != 0) CHECK(a.parent < area);  // preorder
    UnitIndex end = a.units.end;
    for (std::size_t child = a.children.size(); child-- > 0;) {
      CHECK(areas[a.children[child]].parent == area);
      CHECK(areas[a.children[child]].units.end == end);
      end = areas[a.children[child]].units.first;
    }
    for (UnitIndex unit = a.units.first; unit < end; ++unit) CHECK(tree.units()[unit].area == area);
  }
  for (UnitIndex unit = 0; unit < tree.units().size(); ++unit) {
    CHECK(tree.find_unit(tree.units()[unit].id) == unit);
    CHECK(areas[tree.units()[unit].area].units.covers({unit, unit + 1}));
  }
}

}  // namespace

TEST_CASE("unit tree: areas stand in the order of their first unit, and each holds one range of units") {
  auto tree = UnitTree::build({row("a1", {"north", "town"}), row("s1", {"south"}), row("b1", {"north", "village"}),
                               row("a2", {"north", "town"}), row("n0", {"north"}), row("x", {})})
                  .value();
  check_shape(tree);
  struct Case {
    std::string reference;
    const char* units;
  };
  const Case cases[] = {{"/", "x n0 a1 a2 b1 s1 "}, {"/north", "n0 a1 a2 b1 "}, {"/north/town", "a1 a2 "},
                        {"/north/village", "b1 "},  {"/south", "s1 "},          {"a2", "a2 "}};
  for (const Case& c : cases) {
    CAPTURE(c.reference);
    REQUIRE(tree.find_range(c.reference).has_value());
    CHECK(ids_in(tree, *tree.find_range(c.reference)) == c.units);
  }
  for (const char* wrong : {"", "//", "/north/", "/town", "north", "/north/town/a1", "/NORTH", "a3", "*"})
    CHECK_FALSE(tree.find_range(wrong).has_value());
  // The row of the table names a unit's page, whatever the tree looks like.
  CHECK(tree.units()[*tree.find_unit(UnitId("a2"))].row == 4);
}

TEST_CASE("unit tree: empty levels are skipped") {
  auto tree =
      UnitTree::build({row("a", {"p", "", "q"}), row("b", {"p", "q"}), row("c", {"", "", ""}), row("d", {"", "p", ""})})
          .value();
  check_shape(tree);
  CHECK(ids_in(tree, *tree.find_range("/p/q")) == "a b ");
  CHECK(ids_in(tree, *tree.find_range("/p")) == "d a b ");
  CHECK(tree.areas().size() == 3);
}

TEST_CASE("unit tree: what is refused") {
  struct Case {
    std::string what;
    std::vector<UnitRow> rows;
    ErrorCode code;
    const char* where;
  };
  const Case cases[] = {
      {"an id twice", {row("a", {"n"}), row("b", {}), row("a", {"s"})}, ErrorCode::conflict, "unit table, row 3"},
      {"no id", {row("", {})}, ErrorCode::malformed, "unit table, row 1"},
      {"an id that looks like an area", {row("a", {}), row("/a", {})}, ErrorCode::malformed, "unit table, row 2"},
      {"a slash in an area", {row("a", {"n/s"})}, ErrorCode::malformed, "unit table, row 1"},
      {"no name", {{UnitId("a"), {}, "", "k"}}, ErrorCode::malformed, "unit table, row 1"},
      {"seven levels", {row("a", {"1", "2", "3", "4", "5", "6", "7"})}, ErrorCode::limit_exceeded, "unit table, row 1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    auto tree = UnitTree::build(c.rows);
    REQUIRE_FALSE(tree.has_value());
    CHECK(tree.error().code == c.code);
    CHECK(tree.error().where == c.where);
  }
}

TEST_CASE("unit tree: random trees keep their shape") {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<UnitRow> rows;
    auto units = 1 + random() % 30;
    for (unsigned i = 0; i < units; ++i) {
      std::vector<std::string> levels;
      for (unsigned level = random() % 4; level > 0; --level)
        levels.push_back(random() % 4 ? std::to_string(random() % 3) : "");
      rows.push_back(row(("u" + std::to_string(i)).c_str(), levels));
    }
    auto tree = UnitTree::build(rows);
    REQUIRE(tree.has_value());
    CHECK(tree->units().size() == units);
    check_shape(*tree);
  }
}
