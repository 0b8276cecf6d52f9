// The book of records: every record in the log with its signers, whether it takes effect, where, and if not why not.
// A pure fold over entries in log order; the same entries give the same book. Nothing here verifies signatures but the
// few whose key is introduced after them: the caller says which verified (docs/formats/authority.md).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/authority/grants.h"
#include "core/authority/keys.h"
#include "core/authority/record_states.h"
#include "core/authority/trust.h"
#include "core/election/election.h"

namespace scrutineer {

enum class SignatureCheck : std::uint8_t { good, bad, unknown_key };

// Signatures by strangers that one record keeps: more are ignored, so that nobody can make a record slow to look at.
inline constexpr std::size_t kStrangersPerRecord = 64;

// The entry that carries the record with the signatures that put it into effect: an adopted record stands before its
// adoption, one signed bit by bit in its last part.
Position carried_at(const RecordState& record);

// Something about an entry that is shown and makes it, or part of it, not count.
enum class IssueCode : std::uint8_t {
  bad_signature,      // a known key, and a signature that does not verify: the whole entry is void
  other_election,     // a record of another election or rehearsal
  other_definition,   // a second definition
  unknown_reference,  // names a record, unit, contest or option that is not there
  key_conflict,       // grants a key whose name and id another key has
  nothing_to_revoke,  // the grant is not in effect or is already revoked
};
inline constexpr std::string_view kIssueCodeNames[] = {"bad-signature",     "other-election", "other-definition",
                                                       "unknown-reference", "key-conflict",   "nothing-to-revoke"};
struct Issue {
  IssueCode code;
  Position position = 0;
  RecordId record;
  std::string detail;
};

// A key that a compromised record in effect names. Ordered, so that two sets can be compared.
struct Compromise {
  Bytes public_key;  // type byte || key
  Position since = 0;
  friend auto operator<=>(const Compromise&, const Compromise&) = default;
};

// A record that has just taken effect. `record` is valid until the next apply().
struct Effect {
  RecordIndex index = 0;
  const Record* record = nullptr;
};

class RecordBook {
 public:
  // `compromises`: those that are known to be in effect at the end (see stable_book). election and roots must outlive.
  RecordBook(const Election& election, const Roots& roots, std::vector<Compromise> compromises = {});
  RecordBook(const RecordBook&) = delete;
  RecordBook& operator=(const RecordBook&) = delete;

  // Makes room for that many records: saves moving them.
  void reserve(std::size_t records);

  // The next entry. `checks` has one verdict for each of its signatures: good or bad if the key was known at this
  // position, unknown_key otherwise. `text` is the entry's signed text. Returns what took effect.
  std::span<const Effect> apply(Position position, const ParsedEntry& entry, std::string_view text,
                                std::span<const SignatureCheck> checks);

  const KeyTable& keys() const { return keys_; }
  const GrantTable& grants() const { return grants_; }
  const RecordStates& records() const { return records_; }
  std::optional<RecordIndex> find(const RecordId& record) const;
  const std::vector<Issue>& issues() const { return issues_; }
  const std::vector<NoteSignature>& strangers() const { return strangers_; }
  // The record itself while it is not in effect; nullptr afterwards.
  const Record* waiting(RecordIndex index) const;

  // Compromise declarations that are in effect now, sorted. Where they differ from those given at the start, the fold
  // has to be run again with these.
  std::vector<Compromise> declared() const;
  // The last entry that added anything but a result claim: a record, a signer, an effect.
  std::optional<Position> last_change() const { return last_change_; }
  bool definition_in_effect() const { return definition_in_effect_; }

  // Whether these keys, signing at that position, would meet the signing rule of a type for the whole election. For
  // what is signed outside the log: the manifest of a bundle needs whoever may sign a result claim.
  bool would_be_met(RecordType type, std::span<const KeyIndex> signers, Position position) const;

  // Intake: whether an entry may enter the log here, at the head. unauthorised: no good signature by a key that is
  // granted now (or a root); bad_signature; conflict: another election; not_found: it names what the election lacks.
  Status may_enter(const ParsedEntry& entry, std::span<const SignatureCheck> checks) const;

 private:
  struct Waiting {
    Record record;
    std::string text;  // kept only while a stranger's signature may still turn out to be somebody's
  };

  RecordIndex enter(Position position, const ParsedEntry& entry);
  bool take_signers(Position position, RecordIndex index, const ParsedEntry& entry,
                    std::span<const SignatureCheck> checks);
  void evaluate(RecordIndex index, Position position, const Record& body);
  void set_signer_states(RecordIndex index);
  SignerState state_of(const RecordState& record, const RecordSigner& signer) const;

  // effect.cc: whether the signers suffice.
  // The alternative of the signing rule that is met (-1 where authority follows other rules); nullopt: none.
  std::optional<int> met(const RecordState& record, const Record& body) const;
  int best_alternative(const RecordState& record) const;
  bool meets(const RecordState& record, const SigningAlternative& alternative) const;
  bool is_adopted(const RecordState& record, const RecordSigner& signer) const;
  bool can_serve(const RecordState& record, const RecordSigner& signer, const Role& role) const;
  bool said_by_roots(const RecordState& record) const;
  bool may_grant(const RecordState& record, const Role& role, const Coverage& coverage) const;
  bool may_declare_compromised(const RecordState& record, const VerifierKey& key) const;
  bool counts_now(const RecordState& record, const RecordSigner& signer) const;
  bool is_compromised(KeyIndex key, Position position) const;
  bool is_root(Person person) const;
  bool has_signer(const RecordState& record, std::optional<KeyIndex> key, const NoteSignature& signature) const;

  // act.cc: what taking effect does. False: it cannot, and an issue says why.
  bool act(const RecordId& id, Position position, const Record& body);
  bool act(const RecordId& id, Position position, const Grant& grant);
  bool act(const RecordId& id, Position position, const Revoke& revoke);
  bool act(const RecordId& id, Position position, const Compromised& compromised);
  bool act(Position position, const Adopt& adopt);
  Result<KeyIndex> introduce(const VerifierKey& key, bool root, Position since);
  void recognise_strangers(KeyIndex key);
  Result<Target> target_of(const Record& record) const;
  void issue(IssueCode code, Position position, const RecordId& record, std::string detail);

  const Election& election_;
  const Roots& roots_;
  std::vector<Compromise> compromises_;
  std::vector<Position> compromised_since_;  // by person; kNever: not compromised
  KeyTable keys_;
  GrantTable grants_;
  RecordStates records_;
  std::unordered_map<RecordIndex, Waiting> waiting_;
  std::vector<std::unique_ptr<Record>> released_;  // what left `waiting_` in this apply(): effects point to it
  std::vector<NoteSignature> strangers_;
  std::unordered_map<std::string, std::vector<RecordIndex>> strangers_at_;  // name + key id -> records
  std::vector<Compromise> declared_;
  std::vector<Issue> issues_;
  std::vector<Effect> effects_;
  bool definition_in_effect_ = false;
  std::optional<Position> last_change_;
};

// Runs `fold` until the compromises that are in effect at its end are those that it started with; the last run is the
// one that counts. `fold` builds a fresh book from all entries and returns its declared(). Converges while keys keep
// their place in the chain of roles, since roles grant each other without circles (Definition::grantors) and roots
// cannot be declared compromised. Where keys that rose in between declare each other compromised it may not: after
// `rounds` every key that one of the last two rounds names counts as compromised. Errors: those of `fold`.
Result<std::vector<Compromise>> stable_compromises(
    const std::function<Result<std::vector<Compromise>>(std::vector<Compromise>)>& fold, std::size_t rounds = 16);

}  // namespace scrutineer
