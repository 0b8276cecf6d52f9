#include "core/record/grant.h"

#include "core/record/keys_in_json.h"

namespace scrutineer {
void write_members(JsonWriter& out, const Grant& grant) {
  out.member("key", to_string(grant.key)).member("role", grant.role.value());
  write(out, "scope", grant.scope);
}

Grant read_grant(const ObjectReader& in) {
  Grant grant;
  grant.key = read_vkey(in, "key");
  grant.role = Role(in.non_empty("role"));
  grant.scope = read_scope(in);
  return grant;
}

void write_members(JsonWriter& out, const Revoke& revoke) {
  out.member("grant", to_hex(revoke.grant)).member("reason", revoke.reason);
}

Revoke read_revoke(const ObjectReader& in) {
  return {read_record_id(in, "grant"), read_reason(in)};
}

void write_members(JsonWriter& out, const Compromised& compromised) {
  out.member("key", to_string(compromised.key)).member("since", compromised.since).member("reason", compromised.reason);
}

Compromised read_compromised(const ObjectReader& in) {
  Compromised compromised;
  compromised.key = read_vkey(in, "key");
  compromised.since = in.integer("since", 0, limits::kMaxInteger);
  compromised.reason = read_reason(in);
  return compromised;
}

void write_members(JsonWriter& out, const Adopt& adopt) {
  out.member("record", to_hex(adopt.record)).member("reason", adopt.reason);
}

Adopt read_adopt(const ObjectReader& in) {
  return {read_record_id(in, "record"), read_reason(in)};
}

}  // namespace scrutineer
