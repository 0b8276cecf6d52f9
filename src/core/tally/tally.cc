#include "core/tally/tally.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"

namespace scrutineer {
namespace {

std::uint16_t bits_of(const std::vector<RuleCode>& codes) {
  static_assert(kRuleCodes <= 16);
  unsigned bits = 0;
  for (RuleCode code : codes) bits |= 1u << static_cast<unsigned>(code);
  return static_cast<std::uint16_t>(bits);
}

std::vector<RuleCode> codes_of(unsigned bits) {
  std::vector<RuleCode> codes;
  for (std::size_t code = 0; code < kRuleCodes; ++code)
    if (bits >> code & 1) codes.push_back(static_cast<RuleCode>(code));
  return codes;
}

std::uint32_t first_standing(const std::vector<SheetVersion>& versions) {
  std::uint32_t first = 0;
  while (first < versions.size() && versions[first].replaced) ++first;
  return first;
}

}  // namespace

Tally::Tally(const Election& election, std::vector<PlausibilityRule> rules)
    : election_(election), rules_(std::move(rules)), papers_(election) {
  keeps_sorter_columns_ = std::any_of(rules_.begin(), rules_.end(), [](const PlausibilityRule& rule) {
    return rule.code == RuleCode::machine_unlike_batches;
  });
  for (const Contest& contest : election.contests()) {
    matrices_.emplace_back(election.tree(), contest.options.size());
    cells_.emplace_back(election.tree().units().size());
    identical_.emplace_back(election.tree().units().size());
  }
}

CellState Tally::state(ContestIndex contest, UnitIndex unit) const {
  return cells_[contest][unit].state;
}

std::optional<RecordIndex> Tally::current(ContestIndex contest, UnitIndex unit) const {
  const PackedCell& packed = cells_[contest][unit];
  if (packed.state == CellState::empty) return std::nullopt;
  if (!packed.aside) return packed.record;
  const Versions& versions = aside_.at(key(contest, unit));
  return versions[first_standing(versions)].record;
}

SheetVersion Tally::only_version(ContestIndex contest, UnitIndex unit) const {
  const PackedCell& packed = cells_[contest][unit];
  SheetVersion version;
  version.record = packed.record;
  version.row = matrices_[contest].row(unit);
  version.how = packed.how;
  version.findings = codes_of(packed.findings);
  return version;
}

Cell Tally::cell(ContestIndex contest, UnitIndex unit) const {
  const PackedCell& packed = cells_[contest][unit];
  Cell cell;
  cell.state = packed.state;
  cell.duplicate = packed.duplicate;
  if (packed.aside) {
    cell.versions = aside_.at(key(contest, unit));
    cell.current = first_standing(cell.versions);
  } else if (packed.state != CellState::empty) {
    cell.versions.push_back(only_version(contest, unit));
  }
  return cell;
}

void Tally::apply(const RecordBook& book, const Effect& effect) {
  if (const auto* lot = std::get_if<Lot>(&effect.record->body)) {
    lots_.push_back(*lot);
  } else if (const auto* refusal = std::get_if<Refusal>(&effect.record->body)) {
    refusals_[refusal->of].push_back({effect.index, refusal->reason});
  } else if (const auto* sheet = std::get_if<CountSheet>(&effect.record->body)) {
    add_sheet(book, effect.index, *sheet);
  } else {
    add_said(book, effect);
  }
}

void Tally::add_said(const RecordBook& book, const Effect& effect) {
  switch (effect.record->type()) {
    case RecordType::independent_tally: independent_tallies_.push_back(effect.index); return;
    case RecordType::entry:
    case RecordType::acceptance:
    case RecordType::remark:
    case RecordType::attachment:
    case RecordType::custody: break;
    default: return papers_.apply(book, effect);
  }
  // A remark may also be about a lot: that is of no unit.
  const UnitRange units = book.records()[effect.index].target->units;
  if (units.end - units.first == 1) said_of_[units.first].push_back(effect.index);
}

void Tally::add_sheet(const RecordBook& book, RecordIndex record, const CountSheet& sheet) {
  const Target target = *book.records()[record].target;
  ContestIndex contest = *target.contest;
  UnitIndex unit = target.units.first;
  SheetVersion version;
  version.record = record;
  version.row = make_row(sheet, election_.contests()[contest]);
  version.how = sheet.how;
  version.replaces = sheet.replaces;
  version.reason = sheet.reason.value_or(std::string());
  version.findings = check_sheet(rules_, election_, contest, election_.tree().units()[unit], sheet, version.row);
  if (keeps_sorter_columns_ && sheet.machine) {
    SorterColumn column{std::vector<std::uint32_t>(version.row.columns.size() - kFigures),
                        static_cast<std::uint32_t>(sheet.machine->to_recheck)};
    std::size_t place = 0;
    for (const auto& [option, votes] : sheet.machine->sorted)
      if (auto index = election_.contests()[contest].find_option(option, place++))
        column.sorted[*index] = static_cast<std::uint32_t>(votes);
    sorter_columns_[record] = std::move(column);
  }
  PackedCell& cell = cells_[contest][unit];
  if (cell.state == CellState::empty && !sheet.replaces && !sheet.reason) {
    matrices_[contest].put(unit, version.row);
    cell.record = record;
    cell.findings = bits_of(version.findings);
    cell.how = sheet.how;
    cell.state = CellState::counted;
    return;
  }
  Versions& versions = put_aside(contest, unit);
  versions.push_back(std::move(version));
  mark_replaced(book, versions);
  resolve(contest, unit, versions);
}

// From here on each version of the cell has its own row.
Tally::Versions& Tally::put_aside(ContestIndex contest, UnitIndex unit) {
  PackedCell& cell = cells_[contest][unit];
  Versions& versions = aside_[key(contest, unit)];
  if (!cell.aside && cell.state != CellState::empty) versions.push_back(only_version(contest, unit));
  cell.aside = true;
  return versions;
}

// What the newest version replaces, and whether a sheet that took effect before it replaces it. A replaced sheet does
// not come back when the sheet that replaced it is itself replaced.
void Tally::mark_replaced(const RecordBook& book, Versions& versions) {
  SheetVersion& newest = versions.back();
  const RecordId& id = book.records().id(newest.record);
  for (SheetVersion& version : versions) {
    if (newest.replaces == book.records().id(version.record)) version.replaced = true;
    if (version.replaces == id) newest.replaced = true;
  }
}

// Standing are the sheets in effect that no sheet in effect replaces. One of them counts; several count once if they
// say the same; otherwise none does until a further sheet settles it. A `replaces` that names no sheet of this unit and
// contest replaces nothing, so that the sheet stands beside the others and the contradiction shows.
void Tally::resolve(ContestIndex contest, UnitIndex unit, const Versions& versions) {
  PackedCell& cell = cells_[contest][unit];
  std::uint32_t first = first_standing(versions);
  check(first < versions.size(), "record ids are hashes: sheets cannot replace each other in a circle");
  cell.state = CellState::counted;
  cell.duplicate = false;
  for (std::size_t i = first + 1; i < versions.size() && cell.state == CellState::counted; ++i) {
    if (versions[i].replaced) continue;
    if (versions[i].row == versions[first].row)
      cell.duplicate = true;
    else
      cell.state = CellState::conflict;
  }
  if (cell.state == CellState::counted) {
    matrices_[contest].put(unit, versions[first].row);
    cell.findings = bits_of(versions[first].findings);
  } else {
    cell.duplicate = false;
    matrices_[contest].clear(unit);
  }
}

const std::vector<Tally::RefusalNote>* Tally::refusals(const RecordId& of) const {
  auto found = refusals_.find(of);
  return found == refusals_.end() ? nullptr : &found->second;
}

const std::vector<RecordIndex>* Tally::said_of(UnitIndex unit) const {
  auto found = said_of_.find(unit);
  return found == said_of_.end() ? nullptr : &found->second;
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

// docs/formats/ballot-records.md: `sorted` option by option, or in all where votes are not published; and what went to
// people. An option that the column names and the contest has not is the rule parts-do-not-add-up's.
bool Tally::differs_from_batches(ContestIndex contest, UnitIndex unit) const {
  auto column = sorter_columns_.find(*current(contest, unit));
  auto batches = papers_.machine(contest, unit);
  if (column == sorter_columns_.end() || !batches) return false;
  if (column->second.to_recheck != batches->to_recheck()) return true;
  const auto& sorted = column->second.sorted;
  if (!batches->votes.empty()) return !std::equal(sorted.begin(), sorted.end(), batches->votes.begin());
  const bool one_vote = election_.contests()[contest].definition.votes_per_ballot == 1;
  return one_vote && std::accumulate(sorted.begin(), sorted.end(), std::int64_t{0}) != batches->decided;
}

bool Tally::differs_from_decisions(ContestIndex contest, UnitIndex unit) const {
  auto decided = papers_.decided(contest, unit);
  if (!decided) return false;
  const Matrix& matrix = matrices_[contest];
  for (OptionIndex option = 0; option < decided->votes.size(); ++option)
    if (matrix.votes(unit, option) != decided->votes[option]) return true;
  auto invalid = matrix.figure(unit, Figure::invalid);
  return invalid && *invalid + matrix.figure(unit, Figure::blank).value_or(0) != decided->invalid + decided->blank;
}

// The rules that compare the sheet with something else.
bool Tally::fires(const PlausibilityRule& rule, ContestIndex contest, UnitIndex unit) const {
  switch (rule.code) {
    case RuleCode::identical_figures: {
      auto votes = matrices_[contest].columns(unit).subspan(kFigures);
      return identical_[contest][unit] && std::accumulate(votes.begin(), votes.end(), std::int64_t{0}) >= rule.at_least;
    }
    case RuleCode::unlike_concurrent_contest: return differs_from_concurrent(rule, contest, unit);
    case RuleCode::machine_unlike_batches: return differs_from_batches(contest, unit);
    case RuleCode::votes_unlike_decisions: return differs_from_decisions(contest, unit);
    default: return false;  // about one sheet by itself: check_sheet()
  }
}

std::vector<RuleCode> Tally::findings(ContestIndex contest, UnitIndex unit) const {
  const PackedCell& cell = cells_[contest][unit];
  if (cell.state != CellState::counted) return {};
  unsigned fired = cell.findings;
  auto fire = [&](RuleCode code) { fired |= 1u << static_cast<unsigned>(code); };
  for (const PlausibilityRule& rule : rules_)
    if (rule.code >= RuleCode::identical_figures && !(fired >> static_cast<unsigned>(rule.code) & 1) &&
        applies(rule, election_.tree().units()[unit], election_.contests()[contest].definition.id) &&
        fires(rule, contest, unit))
      fire(rule.code);
  return codes_of(fired);
}

}  // namespace scrutineer
