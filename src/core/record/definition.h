// definition/1: what this election is. Its record id is the election's name everywhere else. Signed by the roots.
#pragma once

#include "core/record/body.h"
#include "core/record/record_type.h"

namespace scrutineer {

struct ContestDefinition {
  ContestId id;
  Bilingual title;
  std::int64_t votes_per_ballot = 1;
  std::string seats;  // the seat rule as compact JSON; read by core/results (docs/formats/definition.md)
};

// So many distinct people of one role.
struct RoleNeed {
  Role role;
  std::int64_t count = 1;
};

inline constexpr std::size_t kNeedsPerAlternative = 8;

// One way to sign a type of record: all of `needs`. The label says what that makes of it ("station", "transcribed").
struct SigningAlternative {
  std::string label;
  std::vector<RoleNeed> needs;
};
struct SigningRule {
  RecordType type;
  std::vector<SigningAlternative> any_of;
};

// Holders of `role` may grant these roles, inside their own scope, and revoke what they may grant.
struct GrantorRule {
  Role role;
  std::vector<Role> may_grant;
};

struct Definition {
  Bilingual title;
  bool simulated = false;  // marked as simulated everywhere where it is true
  std::string date;        // 2025-06-03
  std::string time_zone;   // IANA name: Asia/Seoul
  std::optional<std::string> polls_close;
  std::vector<ContestDefinition> contests;
  BlobRef units;    // CSV: unit_id, level1, level2, level3, name, kind
  BlobRef options;  // CSV: contest_id, option_id, party, name
  BlobRef rules;    // JSON: plausibility rules
  std::vector<SigningRule> signing;
  std::vector<GrantorRule> grantors;  // without cycles
};
void write_members(JsonWriter& out, const Definition& definition);
Definition read_definition(const ObjectReader& in);

// The parts of a definition that election.json spells in the same words.
std::vector<SigningRule> read_signing(const ObjectReader& in);
std::vector<GrantorRule> read_grantors(const ObjectReader& in);
ContestDefinition read_contest(const ObjectReader& in);
bool is_date(std::string_view text);  // 2025-06-03

// Copies any JSON value: compact, members in their order.
void write_value(JsonWriter& out, JsonValue value);

}  // namespace scrutineer
