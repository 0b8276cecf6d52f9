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

CellState Tally::state(ContestIndex contest, UnitIndex unit) const {
  return cells_[contest][unit].state;
}

std::uint32_t Tally::current_version(const PackedCell& cell) const {
  std::uint32_t version = cell.first;
  while (version != kNone && versions_[version].replaced) version = versions_[version].next;
  return version;
}

std::optional<RecordIndex> Tally::current(ContestIndex contest, UnitIndex unit) const {
  std::uint32_t version = current_version(cells_[contest][unit]);
  return version == kNone ? std::nullopt : std::optional(versions_[version].record);
}

Cell Tally::cell(ContestIndex contest, UnitIndex unit) const {
  const PackedCell& packed = cells_[contest][unit];
  Cell cell;
  cell.state = packed.state;
  cell.duplicate = packed.duplicate;
  std::uint32_t current = current_version(packed);
  for (std::uint32_t i = packed.first; i != kNone; i = versions_[i].next) {
    if (i == current) cell.current = static_cast<std::uint32_t>(cell.versions.size());
    const PackedVersion& stored = versions_[i];
    SheetVersion& version = cell.versions.emplace_back();
    version.record = stored.record;
    version.how = stored.how;
    version.replaced = stored.replaced;
    auto row = rows_.find(i);
    version.row = row == rows_.end() ? matrices_[contest].row(unit) : row->second;
    if (auto replacement = replacements_.find(i); replacement != replacements_.end()) {
      version.replaces = replacement->second.replaces;
      version.reason = replacement->second.reason;
    }
    for (std::size_t code = 0; code < kRuleCodes; ++code)
      if (stored.findings >> code & 1) version.findings.push_back(static_cast<RuleCode>(code));
  }
  return cell;
}

void Tally::apply(const RecordBook& book, const Effect& effect) {
  if (const auto* lot = std::get_if<Lot>(&effect.record->body)) {
    lots_.push_back(*lot);
  } else if (const auto* refusal = std::get_if<Refusal>(&effect.record->body)) {
    refusals_[refusal->of].push_back({effect.index, refusal->reason});
  } else if (const auto* sheet = std::get_if<CountSheet>(&effect.record->body)) {
    const Target target = *book.records()[effect.index].target;
    ContestIndex contest = *target.contest;
    UnitIndex unit = target.units.first;
    Row row = make_row(*sheet, election_.contests()[contest]);
    std::uint32_t version = add_version(effect, *sheet, contest, unit, row);
    PackedCell& cell = cells_[contest][unit];
    if (cell.first == kNone) {
      cell = {version, CellState::counted, false};
      matrices_[contest].put(unit, row);
      return;
    }
    // From the second version on, each keeps its row. A cell with one version is counted.
    if (versions_[cell.first].next == kNone) rows_.emplace(cell.first, matrices_[contest].row(unit));
    rows_.emplace(version, std::move(row));
    add_to_cell(cell, version, book);
    resolve(contest, unit);
  }
}

std::uint32_t Tally::add_version(const Effect& effect, const CountSheet& sheet, ContestIndex contest, UnitIndex unit,
                                 const Row& row) {
  auto version = static_cast<std::uint32_t>(versions_.size());
  unsigned findings = 0;
  static_assert(kRuleCodes <= 16);
  for (RuleCode code : check_sheet(rules_, election_, contest, election_.tree().units()[unit], sheet, row))
    findings |= 1u << static_cast<unsigned>(code);
  versions_.add({effect.index, kNone, static_cast<std::uint16_t>(findings), sheet.how, false});
  if (sheet.replaces || sheet.reason)
    replacements_.emplace(version, Replacement{sheet.replaces, sheet.reason.value_or(std::string())});
  return version;
}

void Tally::add_to_cell(PackedCell& cell, std::uint32_t version, const RecordBook& book) {
  std::uint32_t last = cell.first;
  while (versions_[last].next != kNone) last = versions_[last].next;
  versions_[last].next = version;
  mark_replaced(book, cell, version);
}

const RecordId* Tally::replaced_by(std::uint32_t version) const {
  auto found = replacements_.find(version);
  return found == replacements_.end() || !found->second.replaces ? nullptr : &*found->second.replaces;
}

// What the newest version replaces, and whether a sheet that took effect before it replaces it. A replaced sheet does
// not come back when the sheet that replaced it is itself replaced.
void Tally::mark_replaced(const RecordBook& book, const PackedCell& cell, std::uint32_t newest) {
  const RecordId& id = book.records().id(versions_[newest].record);
  const RecordId* replaces = replaced_by(newest);
  for (std::uint32_t i = cell.first; i != kNone; i = versions_[i].next) {
    if (replaces && *replaces == book.records().id(versions_[i].record)) versions_[i].replaced = true;
    if (const RecordId* earlier = replaced_by(i); earlier && *earlier == id) versions_[newest].replaced = true;
  }
}

// Standing are the sheets in effect that no sheet in effect replaces. One of them counts; several count once if they
// say the same; otherwise none does until a further sheet settles it. A `replaces` that names no sheet of this unit and
// contest replaces nothing, so that the sheet stands beside the others and the contradiction shows.
void Tally::resolve(ContestIndex contest, UnitIndex unit) {
  PackedCell& cell = cells_[contest][unit];
  std::uint32_t current = current_version(cell);
  check(current != kNone, "record ids are hashes: sheets cannot replace each other in a circle");
  const Row& row = rows_.at(current);
  cell.state = CellState::counted;
  cell.duplicate = false;
  for (std::uint32_t i = versions_[current].next; i != kNone && cell.state == CellState::counted;
       i = versions_[i].next) {
    if (versions_[i].replaced) continue;
    if (rows_.at(i) == row)
      cell.duplicate = true;
    else
      cell.state = CellState::conflict;
  }
  if (cell.state == CellState::counted) {
    matrices_[contest].put(unit, row);
  } else {
    cell.duplicate = false;
    matrices_[contest].clear(unit);
  }
}

const std::vector<Tally::RefusalNote>* Tally::refusals(const RecordId& of) const {
  auto found = refusals_.find(of);
  return found == refusals_.end() ? nullptr : &found->second;
}

Tally::SameFigures Tally::find_same_figures() const {
  SameFigures same(cells_.size(), std::vector<std::uint8_t>(election_.tree().units().size()));
  bool wanted = std::any_of(rules_.begin(), rules_.end(),
                            [](const PlausibilityRule& rule) { return rule.code == RuleCode::identical_figures; });
  for (ContestIndex contest = 0; wanted && contest < cells_.size(); ++contest) {
    auto less = [&](UnitIndex a, UnitIndex b) {
      return std::ranges::lexicographical_compare(matrices_[contest].columns(a), matrices_[contest].columns(b));
    };
    auto equal = [&](UnitIndex a, UnitIndex b) {
      return std::ranges::equal(matrices_[contest].columns(a), matrices_[contest].columns(b));
    };
    // By a hash of the figures first: few sheets ever have to be compared number by number.
    std::vector<std::pair<std::size_t, UnitIndex>> order;
    for (UnitIndex unit = 0; unit < cells_[contest].size(); ++unit) {
      if (state(contest, unit) != CellState::counted) continue;
      auto row = matrices_[contest].columns(unit);
      std::string_view bytes(reinterpret_cast<const char*>(row.data()), row.size_bytes());
      order.emplace_back(std::hash<std::string_view>{}(bytes), unit);
    }
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : less(a.second, b.second);
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
      auto [hash, unit] = order[i];
      UnitIndex before = order[i - 1].second;
      if (order[i - 1].first == hash && equal(before, unit)) same[contest][before] = same[contest][unit] = 1;
    }
  }
  return same;
}

bool Tally::differs_from_concurrent(const PlausibilityRule& rule, ContestIndex contest, UnitIndex unit) const {
  auto own = matrices_[contest].figure(unit, Figure::ballots_cast);
  for (ContestIndex c = 0; own && c < cells_.size(); ++c) {
    auto other = matrices_[c].figure(unit, Figure::ballots_cast);
    if (c != contest && other && std::abs(*own - *other) > rule.at_least) return true;
  }
  return false;
}

std::vector<RuleCode> Tally::findings(ContestIndex contest, UnitIndex unit) const {
  const PackedCell& cell = cells_[contest][unit];
  if (cell.state != CellState::counted) return {};
  unsigned fired = versions_[current_version(cell)].findings;
  auto fire = [&](RuleCode code) { fired |= 1u << static_cast<unsigned>(code); };
  for (const PlausibilityRule& rule : rules_) {
    if (rule.code != RuleCode::identical_figures && rule.code != RuleCode::unlike_concurrent_contest) continue;
    if (!applies(rule, election_.tree().units()[unit], election_.contests()[contest].definition.id)) continue;
    auto votes_of = matrices_[contest].columns(unit).subspan(kFigures);
    std::int64_t votes = std::accumulate(votes_of.begin(), votes_of.end(), std::int64_t{0});
    bool fires = rule.code == RuleCode::identical_figures ? identical_[contest][unit] && votes >= rule.at_least
                                                          : differs_from_concurrent(rule, contest, unit);
    if (fires) fire(rule.code);
  }
  std::vector<RuleCode> codes;
  for (std::size_t code = 0; code < kRuleCodes; ++code)
    if (fired >> code & 1) codes.push_back(static_cast<RuleCode>(code));
  return codes;
}

}  // namespace scrutineer
