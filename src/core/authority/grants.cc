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

void GrantTable::add(GrantState grant) {
  if (by_key_.size() <= grant.key) by_key_.resize(grant.key + 1);
  by_key_[grant.key].push_back(grants_.size());
  by_record_.emplace(grant.record, grants_.size());
  grants_.push_back(std::move(grant));
}

bool GrantTable::revoke(const RecordId& grant, Position position) {
  auto found = by_record_.find(grant);
  if (found == by_record_.end() || grants_[found->second].until != kNever) return false;
  grants_[found->second].until = position;
  return true;
}

const GrantState* GrantTable::find(const RecordId& grant) const {
  auto found = by_record_.find(grant);
  return found == by_record_.end() ? nullptr : &grants_[found->second];
}

const std::vector<std::size_t>& GrantTable::of_key(KeyIndex key) const {
  static const std::vector<std::size_t> none;
  return key < by_key_.size() ? by_key_[key] : none;
}

bool GrantTable::holds(KeyIndex key, const Role& role, const Target& target, Position position, Timing timing) const {
  for (std::size_t index : of_key(key)) {
    const GrantState& grant = grants_[index];
    if (timing == Timing::at_position && !grant.live_at(position)) continue;
    if (grant.role == role && grant.coverage.covers(target)) return true;
  }
  return false;
}

}  // namespace scrutineer
