#include "core/eml/naming.h"

#include <algorithm>
#include <set>

#include "core/base/bytes.h"

namespace scrutineer::eml {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
// AffiliationIdType, CandidateIdType: [1-9]\d*
bool positive(std::string_view text) {
  return digits(text) && text[0] != '0' && text.size() <= 9;
}
// ContestIdType, without the Roman numbers
bool is_contest_id(std::string_view id) {
  return positive(id) || id == "geen" || id == "alle";
}

bool contests_kept(const Election& election) {
  return std::all_of(election.contests().begin(), election.contests().end(),
                     [](const Contest& c) { return is_contest_id(c.definition.id.value()); });
}

std::optional<std::size_t> position(std::string_view text, std::size_t size) {
  auto value = parse_decimal(text);
  if (!value || *value == 0 || *value > size) return std::nullopt;
  return static_cast<std::size_t>(*value - 1);
}

// "Party (Name)" where an option is a person whom a party nominated.
std::string list_name(const Option& option) {
  if (option.party.empty() || option.party == option.name) return option.name;
  return option.party + " (" + option.name + ")";
}

// Candidates of one list must stand together: in EML they follow their list.
bool lists_stand_together(const Contest& contest) {
  std::set<std::string_view> done;
  std::string_view current;
  for (const Option& option : contest.options) {
    std::string_view id = option.id.value();
    std::string_view list = id.substr(0, id.find('.'));
    if (list != current && !done.insert(list).second) return false;
    current = list;
  }
  return true;
}

}  // namespace

bool is_unit_id(std::string_view id) {
  int last = -1;
  while (true) {
    std::size_t end = id.find("::");
    std::string_view part = id.substr(0, end);
    int level = part.starts_with("HSB") && digits(part.substr(3))  ? 0
                : digits(part) && part.size() == 4                 ? 1
                : part.starts_with("SB") && digits(part.substr(2)) ? 2
                                                                   : -1;
    if (level <= last) return false;
    last = level;
    if (end == id.npos) return true;
    id.remove_prefix(end + 2);
  }
}

Naming::Naming(const Election& election, ContestIndex contest)
    : election_(election), contest_(election.contests()[contest]), index_(contest) {
  const auto& units = election.tree().units();
  units_kept_ = std::all_of(units.begin(), units.end(), [](const Unit& u) { return is_unit_id(u.id.value()); });
  if (!units_kept_) by_row_.resize(units.size());
  for (UnitIndex unit = 0; unit < by_row_.size(); ++unit) by_row_[units[unit].row - 1] = unit;
  const auto& options = contest_.options;
  auto is_candidate = [](const Option& option) {
    std::string_view id = option.id.value();
    std::size_t dot = id.find('.');
    return dot != id.npos && positive(id.substr(0, dot)) && positive(id.substr(dot + 1));
  };
  candidates_ = std::all_of(options.begin(), options.end(), is_candidate) && lists_stand_together(contest_);
  options_kept_ = candidates_ || std::all_of(options.begin(), options.end(),
                                             [](const Option& option) { return positive(option.id.value()); });
}

std::string Naming::unit(UnitIndex unit) const {
  const Unit& u = election_.tree().units()[unit];
  return units_kept_ ? u.id.value() : "SB" + std::to_string(u.row);
}

std::optional<UnitIndex> Naming::find_unit(std::string_view id) const {
  const auto& units = election_.tree().units();
  if (auto unit = election_.tree().find_unit(UnitId(std::string(id)))) return unit;
  if (units_kept_ || !id.starts_with("SB")) return std::nullopt;
  auto row = position(id.substr(2), units.size());
  return row ? std::optional(by_row_[*row]) : std::nullopt;
}

std::string Naming::area(AreaIndex area) const {
  return area == 0 ? "CSB" : "HSB" + std::to_string(area);
}

std::string Naming::area_name(AreaIndex area) const {
  return area == 0 ? election_.definition().title.en : election_.tree().areas()[area].name;
}

std::optional<AreaIndex> Naming::find_area(std::string_view id, std::string_view name) const {
  if (id == "CSB") return AreaIndex{0};
  const auto& areas = election_.tree().areas();
  if (!units_kept_) {
    if (!id.starts_with("HSB")) return std::nullopt;
    auto number = position(id.substr(3), areas.size() - 1);
    return number ? std::optional(static_cast<AreaIndex>(*number + 1)) : std::nullopt;
  }
  std::optional<AreaIndex> found;
  for (AreaIndex area = 1; area < areas.size(); ++area) {
    if (areas[area].name != name) continue;
    if (found) return std::nullopt;
    found = area;
  }
  return found;
}

OptionName Naming::option(OptionIndex option) const {
  const Option& o = contest_.options[option];
  const std::string& id = o.id.value();
  if (candidates_) return {id.substr(0, id.find('.')), id.substr(id.find('.') + 1), o.party.empty() ? o.name : o.party};
  return {options_kept_ ? id : std::to_string(option + 1), "", list_name(o)};
}

std::optional<OptionIndex> Naming::find_option(std::string_view list, std::string_view candidate) const {
  if (candidate.empty() == candidates_) return std::nullopt;  // the other kind
  if (options_kept_)
    return contest_.find_option(
        OptionId(candidates_ ? std::string(list) + "." + std::string(candidate) : std::string(list)));
  auto found = position(list, contest_.options.size());
  return found ? std::optional(static_cast<OptionIndex>(*found)) : std::nullopt;
}

std::string Naming::contest() const {
  return contests_kept(election_) ? contest_.definition.id.value() : std::to_string(index_ + 1);
}

std::string Naming::contest_name() const {
  return contest_.definition.title.en;
}

std::optional<ContestIndex> find_contest(const Election& election, std::string_view id) {
  if (auto contest = election.find_contest(ContestId(std::string(id)))) return contest;
  if (election.contests().size() == 1 && (id == "geen" || id == "alle")) return ContestIndex{0};
  if (contests_kept(election)) return std::nullopt;
  auto found = position(id, election.contests().size());
  return found ? std::optional(static_cast<ContestIndex>(*found)) : std::nullopt;
}

}  // namespace scrutineer::eml
