// Whether a record's signers suffice: root threshold, grantors, or the signing rule that the definition states.
#include <algorithm>
#include <array>
#include <bitset>

#include "core/authority/book.h"

namespace scrutineer {
namespace {

// Whether distinct people can fill all places of a rule. Hall's theorem: they can if and only if every set of needs has
// at least as many able people together as it has places. One person who holds two roles is counted once in the union.
constexpr std::size_t kAbleEnough = 128;  // places that an alternative can have in all
constexpr std::size_t kPeopleLooked = kAbleEnough * kNeedsPerAlternative;
using People = std::bitset<kPeopleLooked>;

}  // namespace

bool RecordBook::is_compromised(KeyIndex key, Position position) const {
  Position since = compromised_since_[keys_[key].person];
  return since != kNever && position > since;
}

bool RecordBook::is_root(Person person) const {
  const auto names = keys_.names_of(person);
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
  const auto& needs = alternative.needs;
  std::array<Person, kPeopleLooked> people;
  std::size_t known = 0;
  std::array<People, kNeedsPerAlternative> able;
  for (const RecordSigner& signer : record.signers) {
    if (signer.key == kStranger) continue;
    Person person = keys_[signer.key].person;
    for (std::size_t i = 0; i < needs.size(); ++i) {
      if (able[i].count() == kAbleEnough || !can_serve(record, signer, needs[i].role)) continue;
      auto place = static_cast<std::size_t>(
          std::find(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(known), person) - people.begin());
      if (place == kPeopleLooked) continue;
      if (place == known) people[known++] = person;
      able[i].set(place);
    }
  }
  for (std::size_t set = 1; set < std::size_t{1} << needs.size(); ++set) {
    People together;
    std::int64_t places = 0;
    for (std::size_t i = 0; i < needs.size(); ++i) {
      if (!(set >> i & 1)) continue;
      together |= able[i];
      places += needs[i].count;
    }
    if (static_cast<std::int64_t>(together.count()) < places) return false;
  }
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
      const GrantState own = grants_[index];
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

std::optional<int> RecordBook::met(const RecordState& record, const Record& body) const {
  auto by_authority = [](bool met) { return met ? std::optional(-1) : std::nullopt; };
  switch (record.type) {
    case RecordType::definition: return by_authority(said_by_roots(record));
    case RecordType::grant: {
      if (said_by_roots(record)) return -1;
      const Grant& grant = std::get<Grant>(body.body);
      auto coverage = resolve_scope(grant.scope, election_);
      return by_authority(coverage && may_grant(record, grant.role, *coverage));
    }
    case RecordType::revoke: {
      auto grant = grants_.find(std::get<Revoke>(body.body).grant);
      return by_authority(said_by_roots(record) || (grant && may_grant(record, grant->role, grant->coverage)));
    }
    case RecordType::compromised:
      return by_authority(said_by_roots(record) ||
                          may_declare_compromised(record, std::get<Compromised>(body.body).key));
    case RecordType::adopt:
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
    case RecordType::image_release: {
      int alternative = best_alternative(record);
      return alternative >= 0 ? std::optional(alternative) : std::nullopt;
    }
  }
  __builtin_unreachable();
}

}  // namespace scrutineer
