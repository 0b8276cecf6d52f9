// Grants and revocations along the log: who could say what, where, at which position.
#pragma once

#include <optional>
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
  friend bool operator==(const Coverage&, const Coverage&) = default;
};

// Errors: not_found (a unit, area or contest that the definition lacks).
Result<Coverage> resolve_scope(const Scope& scope, const Election& election);

// A grant as it is when it is asked for. Role and coverage belong to the table.
struct GrantState {
  const RecordId& record;
  KeyIndex key = 0;
  const Role& role;
  const Coverage& coverage;
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
  void add(const RecordId& record, KeyIndex key, const Role& role, const Coverage& coverage, Position from);
  // False if there is no such grant or it is already revoked.
  bool revoke(const RecordId& grant, Position position);
  std::optional<GrantState> find(const RecordId& grant) const;
  // Whether the key holds the role over the target at that position.
  bool holds(KeyIndex key, const Role& role, const Target& target, Position position, Timing timing) const;
  GrantState operator[](std::size_t index) const;
  std::size_t size() const { return grants_.size(); }

  // The indexes of a key's grants, in log order.
  class OfKey {
   public:
    class Iterator {
     public:
      Iterator(const GrantTable* table, std::uint32_t at) : table_(table), at_(at) {}
      std::size_t operator*() const { return at_; }
      Iterator& operator++();
      bool operator!=(const Iterator& other) const { return at_ != other.at_; }

     private:
      const GrantTable* table_;
      std::uint32_t at_;
    };
    OfKey(const GrantTable* table, std::uint32_t first) : table_(table), first_(first) {}
    Iterator begin() const { return {table_, first_}; }
    Iterator end() const { return {table_, kNone}; }

   private:
    const GrantTable* table_;
    std::uint32_t first_;
  };
  OfKey of_key(KeyIndex key) const { return {this, key < first_.size() ? first_[key] : kNone}; }

 private:
  // A country has three grants for each unit: roles and coverages that many share are kept once.
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Packed {
    RecordId record;
    KeyIndex key = 0;
    std::uint32_t role = 0;      // in roles_
    std::uint32_t coverage = 0;  // in coverages_
    std::uint32_t next = kNone;  // the key's next grant
    Position from = 0;
    Position until = kNever;
  };
  template <class T>
  static std::uint32_t kept_once(Chunks<T>& list, const T& value);
  std::optional<std::uint32_t> index_of(const RecordId& grant) const;

  Chunks<Packed> grants_;
  IndexTable by_record_;
  Chunks<Role> roles_;
  Chunks<Coverage> coverages_;
  std::vector<std::uint32_t> first_, last_;  // by key
};

}  // namespace scrutineer
