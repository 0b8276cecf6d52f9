// Totals against a recomputation by the words of the rule, over random trees and random sheets with corrections.
#include <doctest/doctest.h>

#include <random>
#include <set>

#include "tests/support/world.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

using Random = std::mt19937;

Country random_country(Random& random) {
  Country country;
  country.units.clear();
  auto units = 1 + random() % 12;
  for (unsigned i = 0; i < units; ++i) {
    std::vector<std::string> levels;
    for (std::size_t level = 0; level < Country::kLevels; ++level)
      levels.push_back(random() % 4 ? std::string(1, static_cast<char>('p' + random() % 3)) : "");
    country.units.push_back({UnitId("u" + std::to_string(i)), levels, "n", "k"});
  }
  return country;
}

struct Said {
  std::size_t unit, contest;
  CountSheet sheet;
  RecordId id;
};

CountSheet random_sheet(Random& random, const Country& country, const std::vector<Said>& before, Said& said) {
  CountSheet sheet;
  said.unit = random() % country.units.size();
  said.contest = random() % 2;
  sheet.unit = country.units[said.unit].id;
  sheet.contest = ContestId(said.contest == 0 ? "mayor" : "council");
  // Few different figures, so that sheets agree now and then.
  auto maybe = [&](std::optional<std::int64_t>& figure) {
    if (random() % 2) figure = 100 + static_cast<std::int64_t>(random() % 2);
  };
  maybe(sheet.electors), maybe(sheet.ballots_cast), maybe(sheet.blank);
  const std::vector<const char*> options = said.contest == 0 ? std::vector{"A", "B", "C"} : std::vector{"X", "Y"};
  for (const char* option : options) sheet.votes.emplace_back(OptionId(option), random() % 2);
  if (!before.empty() && random() % 2) {
    const Said& other = before[random() % before.size()];
    sheet.replaces = other.id;
    sheet.reason = "again";
    if (random() % 4) {  // mostly of the same unit and contest, now and then of another
      said.unit = other.unit, said.contest = other.contest;
      sheet.unit = other.sheet.unit, sheet.contest = other.sheet.contest;
      if (said.contest != (sheet.votes.size() == 3 ? 0u : 1u)) sheet.votes = other.sheet.votes;
    }
  }
  return sheet;
}

using Figures = std::array<std::optional<std::int64_t>, kFigures>;
Figures figures_of(const CountSheet& s) {
  return {s.electors, s.ballots_issued, s.ballots_cast, s.valid, s.invalid, s.blank};
}

// The one sheet that counts for a unit and contest, by the words of the rule.
const Said* counting(const std::vector<Said>& said, std::size_t unit, std::size_t contest) {
  std::vector<const Said*> here, standing;
  for (const Said& s : said)
    if (s.unit == unit && s.contest == contest) here.push_back(&s);
  for (const Said* s : here) {
    bool replaced =
        std::any_of(here.begin(), here.end(), [&](const Said* other) { return other->sheet.replaces == s->id; });
    if (!replaced) standing.push_back(s);
  }
  for (const Said* s : standing)
    if (figures_of(s->sheet) != figures_of(standing[0]->sheet) || s->sheet.votes != standing[0]->sheet.votes)
      return nullptr;
  return standing.empty() ? nullptr : standing[0];
}

bool is_below(const UnitRow& row, const std::string& area) {
  std::string path;
  if (area == "/") return true;
  for (const std::string& level : row.levels) {
    if (level.empty()) continue;
    path += "/" + level;
    if (path == area) return true;
  }
  return false;
}

void check_totals(const World& world, const Tally& tally, const std::vector<Said>& said) {
  const auto& tree = world.election().tree();
  for (ContestIndex contest = 0; contest < 2; ++contest) {
    Matrix again = tally.matrix(contest);
    again.recompute();
    for (AreaIndex area = 0; area < tree.areas().size(); ++area) {
      CAPTURE(tree.areas()[area].path);
      Totals totals = tally.totals(contest, area);
      std::vector<std::int64_t> columns(totals.columns.size());
      std::array<std::int64_t, kFigures> stated{};
      std::int64_t sheets = 0;
      for (std::size_t unit = 0; unit < world.country().units.size(); ++unit) {
        if (!is_below(world.country().units[unit], tree.areas()[area].path)) continue;
        const Said* s = counting(said, unit, contest);
        if (!s) continue;
        ++sheets;
        Figures figures = figures_of(s->sheet);
        for (std::size_t i = 0; i < kFigures; ++i)
          if (figures[i]) columns[i] += *figures[i], ++stated[i];
        for (const auto& [option, votes] : s->sheet.votes)
          columns[kFigures + *world.election().contests()[contest].find_option(option)] += votes;
      }
      CHECK(totals.columns == columns);
      CHECK(totals.stated == stated);
      CHECK(totals.sheets == sheets);
      Totals recomputed = again.totals(area);
      CHECK(recomputed.columns == columns);
      CHECK(recomputed.stated == stated);
      CHECK(recomputed.sheets == sheets);
    }
  }
}

}  // namespace

TEST_CASE("tally: totals are the sums of the sheets that count, in every area, after every sheet") {
  Random random(20250603);
  for (int round = 0; round < 40; ++round) {
    World world(random_country(random));
    world.append(world.definition_text(), {"root-1", "root-2"});
    world.append(world.text(Grant{Signatory("clerk").key, Role("clerk"), {{"/"}, {"*"}}}), {"root-1", "root-2"});
    ElectionFold fold(world.election(), world.roots(), {});
    REQUIRE(world.feed(fold).has_value());
    std::vector<Said> said;
    Signatory clerk("clerk");
    auto sheets = random() % 40;
    for (unsigned i = 0; i < sheets; ++i) {
      Said next;
      next.sheet = random_sheet(random, world.country(), said, next);
      std::string text = world.text(next.sheet, "2025-06-03T21:00:" + std::to_string(10 + i) + "Z");
      next.id = record_id(text);
      Bytes bytes = World::entry(text, {"clerk"});
      ParsedEntry entry = parse_entry(bytes).value();
      const SignatureCheck good[] = {SignatureCheck::good};
      fold.apply(100 + i, entry, text, good);
      said.push_back(std::move(next));
      if (i % 8 == 0) check_totals(world, fold.tally(), said);
    }
    check_totals(world, fold.tally(), said);
  }
}

TEST_CASE("tally: put, put again, clear: what is kept current is what a recomputation gives") {
  Random random(7);
  World world;
  const UnitTree& tree = world.election().tree();
  Matrix matrix(tree, 3);
  for (int step = 0; step < 2'000; ++step) {
    auto unit = static_cast<UnitIndex>(random() % tree.units().size());
    if (random() % 4 == 0) {
      matrix.clear(unit);
      CHECK_FALSE(matrix.has(unit));
      CHECK(matrix.row(unit) == Row{std::vector<std::uint32_t>(kFigures + 3), 0});
    } else {
      Row row;
      for (std::size_t i = 0; i < kFigures + 3; ++i)
        row.columns.push_back(static_cast<std::uint32_t>(random() % 10'000'001));
      row.stated = static_cast<std::uint8_t>(random() % 64);
      matrix.put(unit, row);
      CHECK(matrix.has(unit));
      CHECK(matrix.row(unit) == row);
    }
    if (step % 50 != 0) continue;
    Matrix again = matrix;
    again.recompute();
    for (AreaIndex area = 0; area < tree.areas().size(); ++area) {
      CHECK(matrix.totals(area).columns == again.totals(area).columns);
      CHECK(matrix.totals(area).stated == again.totals(area).stated);
      CHECK(matrix.totals(area).sheets == again.totals(area).sheets);
    }
  }
}
