#include "core/authority/grants.h"

#include <algorithm>

namespace scrutineer {
namespace {

bool any_covers(const std::vector<UnitRange>& ranges, UnitRange wanted) {
  return std::any_of(ranges.begin(), ranges.end(), [&](UnitRange range) { return range.covers(wanted); });
}

void join_neighbours(std::vector<UnitRange>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](UnitRange a, UnitRange b) { return a.first < b.first; });
  std::vector<UnitRange> joined;
  for (UnitRange range : ranges) {
    if (!joined.empty() && range.first <= joined.back().end)
      joined.back().end = std::max(joined.back().end, range.end);
    else
      joined.push_back(range);
  }
  ranges = std::move(joined);
}

}  // namespace

bool Coverage::covers(const Target& target) const {
  if (!any_covers(units, target.units)) return false;
  if (all_contests) return true;
  return target.contest && std::find(contests.begin(), contests.end(), *target.contest) != contests.end();
}

bool Coverage::covers(const Coverage& other) const {
  if (!std::all_of(other.units.begin(), other.units.end(), [&](UnitRange r) { return any_covers(units, r); }))
    return false;
  if (all_contests) return true;
  return !other.all_contests && std::all_of(other.contests.begin(), other.contests.end(), [&](ContestIndex contest) {
    return std::find(contests.begin(), contests.end(), contest) != contests.end();
  });
}

Result<Coverage> resolve_scope(const Scope& scope, const Election& election) {
  Coverage coverage;
  for (const std::string& unit : scope.units) {
    auto range = election.tree().find_range(unit);
    if (!range) return fail(ErrorCode::not_found, "the scope names a unit or area that the election lacks: " + unit);
    coverage.units.push_back(*range);
  }
  join_neighbours(coverage.units);
  for (const std::string& contest : scope.contests) {
    if (contest == "*") {
      coverage.all_contests = true;
      continue;
    }
    auto index = election.find_contest(ContestId(contest));
    if (!index) return fail(ErrorCode::not_found, "the scope names a contest that the election lacks: " + contest);
    coverage.contests.push_back(*index);
  }
  return coverage;
}

// The last few are looked at: chair and members of a unit are granted one after the other.
template <class T>
std::uint32_t GrantTable::kept_once(Chunks<T>& list, const T& value) {
  constexpr std::size_t kLooked = 16;
  for (std::size_t back = 1; back <= std::min(kLooked, list.size()); ++back)
    if (list[list.size() - back] == value) return static_cast<std::uint32_t>(list.size() - back);
  list.add(value);
  return static_cast<std::uint32_t>(list.size() - 1);
}

void GrantTable::add(const RecordId& record, KeyIndex key, const Role& role, const Coverage& coverage, Position from) {
  auto index = static_cast<std::uint32_t>(grants_.size());
  Packed grant;
  grant.record = record;
  grant.key = key;
  grant.role = kept_once(roles_, role);
  grant.coverage = kept_once(coverages_, coverage);
  grant.from = from;
  grants_.add(grant);
  by_record_.add([this](std::uint32_t i) { return spread_of(grants_[i].record); });
  if (first_.size() <= key) {
    first_.resize(key + 1, kNone);
    last_.resize(key + 1, kNone);
  }
  if (first_[key] == kNone)
    first_[key] = index;
  else
    grants_[last_[key]].next = index;
  last_[key] = index;
}

std::optional<std::uint32_t> GrantTable::index_of(const RecordId& grant) const {
  return by_record_.find(spread_of(grant), [&](std::uint32_t i) { return grants_[i].record == grant; });
}

bool GrantTable::revoke(const RecordId& grant, Position position) {
  auto index = index_of(grant);
  if (!index || grants_[*index].until != kNever) return false;
  grants_[*index].until = position;
  return true;
}

GrantState GrantTable::operator[](std::size_t index) const {
  const Packed& grant = grants_[index];
  return {grant.record, grant.key, roles_[grant.role], coverages_[grant.coverage], grant.from, grant.until};
}

std::optional<GrantState> GrantTable::find(const RecordId& grant) const {
  auto index = index_of(grant);
  return index ? std::optional((*this)[*index]) : std::nullopt;
}

GrantTable::OfKey::Iterator& GrantTable::OfKey::Iterator::operator++() {
  at_ = table_->grants_[at_].next;
  return *this;
}

bool GrantTable::holds(KeyIndex key, const Role& role, const Target& target, Position position, Timing timing) const {
  for (std::size_t index : of_key(key)) {
    const GrantState grant = (*this)[index];
    if (timing == Timing::at_position && !grant.live_at(position)) continue;
    if (grant.role == role && grant.coverage.covers(target)) return true;
  }
  return false;
}

}  // namespace scrutineer
