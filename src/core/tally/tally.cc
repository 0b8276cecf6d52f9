#include "core/tally/tally.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"

namespace scrutineer {

Tally::Tally(const Election& election, std::vector<PlausibilityRule> rules)
    : election_(election), rules_(std::move(rules)) {
  for (const Contest& contest : election.contests()) {
    matrices_.emplace_back(election.tree(), contest.options.size());
    cells_.emplace_back(election.tree().units().size());
    identical_.emplace_back(election.tree().units().size());
  }
}

const Cell& Tally::cell(ContestIndex contest, UnitIndex unit) const {
  return cells_[contest][unit];
}
Cell& Tally::cell(ContestIndex contest, UnitIndex unit) {
  return cells_[contest][unit];
}

void Tally::apply(const RecordBook& book, const Effect& effect) {
  if (const auto* lot = std::get_if<Lot>(&effect.record->body)) {
    lots_.push_back(*lot);
  } else if (const auto* refusal = std::get_if<Refusal>(&effect.record->body)) {
    refusals_[refusal->of].push_back({effect.index, refusal->reason});
  } else if (const auto* sheet = std::get_if<CountSheet>(&effect.record->body)) {
    const Target& target = *book.records()[effect.index].target;
    ContestIndex contest = *target.contest;
    UnitIndex unit = target.units.first;
    SheetVersion version;
    version.record = effect.index;
    version.row = make_row(*sheet, election_.contests()[contest]);
    version.how = sheet->how;
    version.replaces = sheet->replaces;
    version.reason = sheet->reason.value_or(std::string());
    version.findings = check_sheet(rules_, election_, contest, election_.tree().units()[unit], *sheet, version.row);
    Cell& versions = cell(contest, unit);
    versions.versions.push_back(std::move(version));
    mark_replaced(book, versions);
    resolve(contest, unit);
  }
}

// What the newest version replaces, and whether a sheet that took effect before it replaces it. A replaced sheet does
// not come back when the sheet that replaced it is itself replaced.
void Tally::mark_replaced(const RecordBook& book, Cell& cell) {
  SheetVersion& newest = cell.versions.back();
  const RecordId& id = book.records()[newest.record].id;
  for (SheetVersion& version : cell.versions) {
    if (newest.replaces == book.records()[version.record].id) version.replaced = true;
    if (version.replaces == id) newest.replaced = true;
  }
}

// Standing are the sheets in effect that no sheet in effect replaces. One of them counts; several count once if they
// say the same; otherwise none does until a further sheet settles it. A `replaces` that names no sheet of this unit and
// contest replaces nothing, so that the sheet stands beside the others and the contradiction shows.
void Tally::resolve(ContestIndex contest, UnitIndex unit) {
  Cell& c = cell(contest, unit);
  std::optional<std::uint32_t> first;
  c.state = CellState::counted;
  c.duplicate = false;
  for (std::uint32_t i = 0; i < c.versions.size() && c.state == CellState::counted; ++i) {
    if (c.versions[i].replaced) continue;
    if (!first)
      first = i;
    else if (c.versions[i].row == c.versions[*first].row)
      c.duplicate = true;
    else
      c.state = CellState::conflict;
  }
  check(first.has_value(), "record ids are hashes: sheets cannot replace each other in a circle");
  c.current = *first;
  if (c.state == CellState::counted) {
    matrices_[contest].put(unit, c.versions[*first].row);
  } else {
    c.duplicate = false;
    matrices_[contest].clear(unit);
  }
}

const std::vector<Tally::RefusalNote>* Tally::refusals(const RecordId& of) const {
  auto found = refusals_.find(of);
  return found == refusals_.end() ? nullptr : &found->second;
}

void Tally::compare_sheets() {
  bool wanted = std::any_of(rules_.begin(), rules_.end(),
                            [](const PlausibilityRule& rule) { return rule.code == RuleCode::identical_figures; });
  for (ContestIndex contest = 0; wanted && contest < cells_.size(); ++contest) {
    auto columns = [&](UnitIndex unit) -> const std::vector<std::uint32_t>& {
      const Cell& c = cells_[contest][unit];
      return c.versions[c.current].row.columns;
    };
    // By a hash of the figures first: few sheets ever have to be compared number by number.
    std::vector<std::pair<std::size_t, UnitIndex>> order;
    for (UnitIndex unit = 0; unit < cells_[contest].size(); ++unit) {
      if (cells_[contest][unit].state != CellState::counted) continue;
      const auto& row = columns(unit);
      std::string_view bytes(reinterpret_cast<const char*>(row.data()), row.size() * sizeof row[0]);
      order.emplace_back(std::hash<std::string_view>{}(bytes), unit);
    }
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : columns(a.second) < columns(b.second);
    });
    std::fill(identical_[contest].begin(), identical_[contest].end(), 0);
    for (std::size_t i = 1; i < order.size(); ++i) {
      auto [hash, unit] = order[i];
      UnitIndex before = order[i - 1].second;
      if (order[i - 1].first != hash || columns(before) != columns(unit)) continue;
      identical_[contest][before] = identical_[contest][unit] = 1;
    }
  }
}

bool Tally::differs_from_concurrent(const PlausibilityRule& rule, ContestIndex contest, UnitIndex unit) const {
  auto cast = [&](ContestIndex c) -> std::optional<std::int64_t> {
    const Cell& other = cell(c, unit);
    if (other.state != CellState::counted) return std::nullopt;
    return other.versions[other.current].row.figure(Figure::ballots_cast);
  };
  auto own = cast(contest);
  for (ContestIndex c = 0; own && c < cells_.size(); ++c) {
    auto other = cast(c);
    if (c != contest && other && std::abs(*own - *other) > rule.at_least) return true;
  }
  return false;
}

std::vector<RuleCode> Tally::findings(ContestIndex contest, UnitIndex unit) const {
  const Cell& c = cell(contest, unit);
  if (c.state != CellState::counted) return {};
  const SheetVersion& version = c.versions[c.current];
  std::vector<RuleCode> fired = version.findings;
  for (const PlausibilityRule& rule : rules_) {
    if (rule.code != RuleCode::identical_figures && rule.code != RuleCode::unlike_concurrent_contest) continue;
    if (!applies(rule, election_.tree().units()[unit], election_.contests()[contest].definition.id)) continue;
    std::int64_t votes =
        std::accumulate(version.row.columns.begin() + kFigures, version.row.columns.end(), std::int64_t{0});
    bool fires = rule.code == RuleCode::identical_figures ? identical_[contest][unit] && votes >= rule.at_least
                                                          : differs_from_concurrent(rule, contest, unit);
    if (fires) fired.push_back(rule.code);
  }
  std::sort(fired.begin(), fired.end());
  fired.erase(std::unique(fired.begin(), fired.end()), fired.end());
  return fired;
}

}  // namespace scrutineer
