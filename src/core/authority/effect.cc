// Whether a record's signers suffice: root threshold, grantors, or the signing rule that the definition states.
#include <algorithm>

#include "core/authority/book.h"

namespace scrutineer {
namespace {

// Assigns distinct people to the places of a rule: a maximum matching by augmenting paths. One person who holds two
// roles fills one place.
class Seating {
 public:
  explicit Seating(std::size_t people) : place_of_(people, kFree) {}
  bool seat(std::size_t place, const std::vector<std::vector<std::size_t>>& candidates) {
    tried_.assign(place_of_.size(), false);
    return augment(place, candidates);
  }

 private:
  static constexpr std::size_t kFree = ~std::size_t{0};
  bool augment(std::size_t place, const std::vector<std::vector<std::size_t>>& candidates) {
    for (std::size_t person : candidates[place]) {
      if (tried_[person]) continue;
      tried_[person] = true;
      if (place_of_[person] != kFree && !augment(place_of_[person], candidates)) continue;
      place_of_[person] = place;
      return true;
    }
    return false;
  }
  std::vector<std::size_t> place_of_;
  std::vector<bool> tried_;
};

}  // namespace

bool RecordBook::is_compromised(KeyIndex key, Position position) const {
  Position since = compromised_since_[keys_[key].person];
  return since != kNever && position > since;
}

bool RecordBook::is_root(Person person) const {
  const auto& names = keys_.names_of(person);
  return std::any_of(names.begin(), names.end(), [&](KeyIndex key) { return keys_[key].root; });
}

// Who adopts a record answers for the signatures on it, not for those that somebody adds later.
bool RecordBook::is_adopted(const RecordState& record, const RecordSigner& signer) const {
  return record.adopted && signer.position < record.adopted_at;
}

bool RecordBook::counts_now(const RecordState& record, const RecordSigner& signer) const {
  return signer.key != kStranger && (is_adopted(record, signer) || !is_compromised(signer.key, signer.position));
}

bool RecordBook::can_serve(const RecordState& record, const RecordSigner& signer, const Role& role) const {
  if (!counts_now(record, signer)) return false;
  Timing timing = is_adopted(record, signer) ? Timing::at_any_time : Timing::at_position;
  return grants_.holds(signer.key, role, *record.target, signer.position, timing);
}

bool RecordBook::meets(const RecordState& record, const SigningAlternative& alternative) const {
  std::vector<Person> people;
  for (const RecordSigner& signer : record.signers)
    if (signer.key != kStranger && std::find(people.begin(), people.end(), keys_[signer.key].person) == people.end())
      people.push_back(keys_[signer.key].person);
  std::vector<std::vector<std::size_t>> candidates;  // of each place
  for (const RoleNeed& need : alternative.needs) {
    std::vector<std::size_t> able;
    for (const RecordSigner& signer : record.signers) {
      if (!can_serve(record, signer, need.role)) continue;
      auto person = std::find(people.begin(), people.end(), keys_[signer.key].person) - people.begin();
      if (std::find(able.begin(), able.end(), person) == able.end()) able.push_back(static_cast<std::size_t>(person));
    }
    if (static_cast<std::int64_t>(able.size()) < need.count) return false;
    candidates.insert(candidates.end(), static_cast<std::size_t>(need.count), able);
  }
  Seating seating(people.size());
  for (std::size_t place = 0; place < candidates.size(); ++place)
    if (!seating.seat(place, candidates)) return false;
  return true;
}

int RecordBook::best_alternative(const RecordState& record) const {
  const SigningRule* rule = election_.signing_rule(record.type);
  if (!rule || !record.target) return -1;
  for (std::size_t i = 0; i < rule->any_of.size(); ++i)
    if (meets(record, rule->any_of[i])) return static_cast<int>(i);
  return -1;
}

bool RecordBook::said_by_roots(const RecordState& record) const {
  std::vector<Person> people;
  for (const RecordSigner& signer : record.signers)
    if (signer.key != kStranger && keys_[signer.key].root) people.push_back(keys_[signer.key].person);
  std::sort(people.begin(), people.end());
  auto distinct = std::unique(people.begin(), people.end()) - people.begin();
  return static_cast<std::size_t>(distinct) >= roots_.threshold;
}

// A grantor: a live role that the definition lets grant this one, over at least the same units and contests.
bool RecordBook::may_grant(const RecordState& record, const Role& role, const Coverage& coverage) const {
  for (const RecordSigner& signer : record.signers) {
    if (!counts_now(record, signer)) continue;
    for (std::size_t index : grants_.of_key(signer.key)) {
      const GrantState& own = grants_[index];
      if (!own.live_at(signer.position) || !own.coverage.covers(coverage)) continue;
      for (const GrantorRule& rule : election_.definition().grantors)
        if (rule.role == own.role &&
            std::find(rule.may_grant.begin(), rule.may_grant.end(), role) != rule.may_grant.end())
          return true;
    }
  }
  return false;
}

// Whoever may grant all that the key holds may say that it is in wrong hands. All of it, under every name: a
// coordinator could otherwise grant a small role to a stranger's public key under a new name and void what that key
// signed anywhere.
bool RecordBook::may_declare_compromised(const RecordState& record, const VerifierKey& key) const {
  auto person = keys_.person_of(key.key);
  if (!person || is_root(*person)) return false;
  bool holds_any = false;
  for (KeyIndex name : keys_.names_of(*person)) {
    for (std::size_t grant : grants_.of_key(name)) {
      if (!may_grant(record, grants_[grant].role, grants_[grant].coverage)) return false;
      holds_any = true;
    }
  }
  return holds_any;
}

bool RecordBook::is_met(const RecordState& record, const Record& body) const {
  switch (record.type) {
    case RecordType::definition: return said_by_roots(record);
    case RecordType::grant: {
      const Grant& grant = std::get<Grant>(body.body);
      if (said_by_roots(record)) return true;
      auto coverage = resolve_scope(grant.scope, election_);
      return coverage && may_grant(record, grant.role, *coverage);
    }
    case RecordType::revoke: {
      const GrantState* grant = grants_.find(std::get<Revoke>(body.body).grant);
      return said_by_roots(record) || (grant && may_grant(record, grant->role, grant->coverage));
    }
    case RecordType::compromised:
      return said_by_roots(record) || may_declare_compromised(record, std::get<Compromised>(body.body).key);
    case RecordType::adopt:
    case RecordType::count_sheet:
    case RecordType::refusal:
    case RecordType::lot:
    case RecordType::result_claim: return best_alternative(record) >= 0;
  }
  __builtin_unreachable();
}

}  // namespace scrutineer
