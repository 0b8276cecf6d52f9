// What taking effect does to the authority itself.
#include <algorithm>

#include "core/authority/book.h"

namespace scrutineer {

bool RecordBook::act(const RecordId& id, Position position, const Record& body) {
  switch (body.type()) {
    case RecordType::definition: return definition_in_effect_ = true;
    case RecordType::grant: return act(id, position, std::get<Grant>(body.body));
    case RecordType::revoke: return act(id, position, std::get<Revoke>(body.body));
    case RecordType::compromised: return act(id, position, std::get<Compromised>(body.body));
    case RecordType::adopt: return act(position, std::get<Adopt>(body.body));
    case RecordType::count_sheet:
    case RecordType::refusal:
    case RecordType::lot:
    case RecordType::result_claim:
    case RecordType::entry:
    case RecordType::acceptance:
    case RecordType::remark:
    case RecordType::attachment:
    case RecordType::custody:
    case RecordType::independent_tally:
    case RecordType::device_statement:
    case RecordType::device_enrolment:
    case RecordType::inspection:
    case RecordType::ballot_batch:
    case RecordType::adjudication:
    case RecordType::committee_vote:
    case RecordType::release_order:
    case RecordType::image_release: return true;  // their own folds decide what they mean
  }
  __builtin_unreachable();
}

bool RecordBook::act(const RecordId& id, Position position, const Grant& grant) {
  auto coverage = resolve_scope(grant.scope, election_);
  if (!coverage) return false;  // enter() has said so
  if (grant.key.key.type != KeyType::ed25519 && grant.key.key.type != KeyType::ecdsa_p256) {
    issue(IssueCode::key_conflict, position, id, "a key of this type does not sign records");
    return false;
  }
  auto key = introduce(grant.key, false, position);
  if (!key) {
    issue(IssueCode::key_conflict, position, id, key.error().message);
    return false;
  }
  grants_.add(id, *key, grant.role, *coverage, position);
  recognise_strangers(*key);
  return true;
}

bool RecordBook::act(const RecordId& id, Position position, const Revoke& revoke) {
  if (grants_.revoke(revoke.grant, position)) return true;
  issue(IssueCode::nothing_to_revoke, position, id,
        "the grant is not in effect or is already revoked: " + to_hex(revoke.grant));
  return false;
}

bool RecordBook::act(const RecordId& id, Position position, const Compromised& compromised) {
  auto person = keys_.person_of(compromised.key.key);
  if (!person || is_root(*person)) {
    issue(IssueCode::unknown_reference, position, id,
          person ? "a root key is replaced by handing out another trust directory, not by a record"
                 : "no grant names the key " + compromised.key.name);
    return false;
  }
  Bytes public_key(1, static_cast<char>(compromised.key.key.type));
  declared_.push_back({public_key + compromised.key.key.bytes, static_cast<Position>(compromised.since)});
  return true;
}

bool RecordBook::act(Position position, const Adopt& adopt) {
  auto index = find(adopt.record);
  if (!index) return false;  // target_of() has said so
  records_.set_adopted(*index, position);
  auto kept = waiting_.find(*index);
  if (kept == waiting_.end()) {  // in effect before: what it is signed as may be better now
    records_.set_alternative(*index, best_alternative(records_[*index]));
    set_signer_states(*index);
    return true;
  }
  // Effects hand out a pointer: the record moves to where it lives until the next apply().
  auto record = std::make_unique<Record>(kept->second.record);
  evaluate(*index, position, *record);
  if (records_[*index].effect == kNever) return true;
  waiting_.erase(kept);
  released_.push_back(std::move(record));
  return true;
}

}  // namespace scrutineer
