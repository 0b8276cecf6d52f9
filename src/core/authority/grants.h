// Grants and revocations along the log: who could say what, where, at which position.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/authority/keys.h"
#include "core/election/election.h"

namespace scrutineer {

// What a record is about, as scopes see it.
struct Target {
  UnitRange units;
  std::optional<ContestIndex> contest;  // absent: all contests
};

// A scope with its references resolved.
struct Coverage {
  std::vector<UnitRange> units;  // sorted, disjoint, neighbours joined
  bool all_contests = false;
  std::vector<ContestIndex> contests;
  bool covers(const Target& target) const;
  bool covers(const Coverage& other) const;
};

// Errors: not_found (a unit, area or contest that the definition lacks).
Result<Coverage> resolve_scope(const Scope& scope, const Election& election);

struct GrantState {
  RecordId record;
  KeyIndex key = 0;
  Role role;
  Coverage coverage;
  Position from = 0;
  Position until = kNever;  // revoked at
  bool live_at(Position position) const { return from < position && position < until; }
};

enum class Timing : std::uint8_t {
  at_position,  // the grant was live at the position of the signature
  at_any_time,  // for adopted records: it was or will be live at some position
};

class GrantTable {
 public:
  void add(GrantState grant);
  // False if there is no such grant or it is already revoked.
  bool revoke(const RecordId& grant, Position position);
  const GrantState* find(const RecordId& grant) const;
  // Whether the key holds the role over the target at that position.
  bool holds(KeyIndex key, const Role& role, const Target& target, Position position, Timing timing) const;
  const std::vector<std::size_t>& of_key(KeyIndex key) const;
  const GrantState& operator[](std::size_t index) const { return grants_[index]; }
  std::size_t size() const { return grants_.size(); }

 private:
  std::vector<GrantState> grants_;
  std::vector<std::vector<std::size_t>> by_key_;
  std::unordered_map<RecordId, std::size_t> by_record_;
};

}  // namespace scrutineer
