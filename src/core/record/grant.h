// grant/1 {election, at?, key: vkey, role, scope}: from its position on, this key may speak in that role inside the
// scope. No end date: nothing depends on a clock.
#pragma once

#include "core/note/vkey.h"
#include "core/record/body.h"

namespace scrutineer {

struct Grant {
  VerifierKey key;
  Role role;
  Scope scope;
};
void write_members(JsonWriter& out, const Grant& grant);
Grant read_grant(const ObjectReader& in);

// revoke/1 {election, at?, grant: record id, reason}: from its position on; it does not cascade.
struct Revoke {
  RecordId grant;
  std::string reason;
};
void write_members(JsonWriter& out, const Revoke& revoke);
Revoke read_revoke(const ObjectReader& in);

// compromised/1 {election, at?, key: vkey, since: position, reason}: what that key signed at a position above `since`
// no longer counts and is listed for decision.
struct Compromised {
  VerifierKey key;
  std::int64_t since = 0;
  std::string reason;
};
void write_members(JsonWriter& out, const Compromised& compromised);
Compromised read_compromised(const ObjectReader& in);

// adopt/1 {election, at?, record: record id, reason}: a coordinator takes responsibility for a record whose signers
// were not authorised at its position (before the grant, after a revocation, or by a compromised key).
struct Adopt {
  RecordId record;
  std::string reason;
};
void write_members(JsonWriter& out, const Adopt& adopt);
Adopt read_adopt(const ObjectReader& in);

}  // namespace scrutineer
