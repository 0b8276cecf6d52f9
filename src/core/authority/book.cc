#include "core/authority/book.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace scrutineer {
namespace {

std::string stranger_key(const NoteSignature& signature) {
  std::string out(reinterpret_cast<const char*>(signature.id.data()), signature.id.size());
  return out.append(signature.name);
}

// One of each key: the earliest `since`.
std::vector<Compromise> sorted_once(std::vector<Compromise> compromises) {
  std::sort(compromises.begin(), compromises.end());
  auto same_key = [](const Compromise& a, const Compromise& b) { return a.public_key == b.public_key; };
  compromises.erase(std::unique(compromises.begin(), compromises.end(), same_key), compromises.end());
  return compromises;
}

}  // namespace

RecordBook::RecordBook(const Election& election, const Roots& roots, std::vector<Compromise> compromises)
    : election_(election), roots_(roots), compromises_(std::move(compromises)) {
  for (const VerifierKey& key : roots.keys)
    check(introduce(key, true, 0).has_value(), "two root keys share a name and a key id");
}

void RecordBook::reserve(std::size_t records) {
  records_.reserve(records);
}

std::optional<RecordIndex> RecordBook::find(const RecordId& record) const {
  return records_.find(record);
}

const Record* RecordBook::waiting(RecordIndex index) const {
  auto found = waiting_.find(index);
  return found == waiting_.end() ? nullptr : &found->second.record;
}

void RecordBook::issue(IssueCode code, Position position, const RecordId& record, std::string detail) {
  issues_.push_back({code, position, record, std::move(detail)});
}

Position carried_at(const RecordState& record) {
  Position at = record.first;
  for (const RecordSigner& signer : record.signers)
    if (signer.position <= record.effect) at = std::max(at, signer.position);
  return at;
}

std::span<const Effect> RecordBook::apply(Position position, const ParsedEntry& entry, std::string_view text,
                                          std::span<const SignatureCheck> checks) {
  check(checks.size() == entry.signatures.size(), "one verdict for each signature");
  effects_.clear();
  released_.clear();
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i] != SignatureCheck::bad) continue;
    issue(IssueCode::bad_signature, position, entry.id,
          "the signature by " + entry.signatures[i].name + " does not verify");
    return {};
  }
  if (entry.record.election && *entry.record.election != election_.id()) {
    issue(IssueCode::other_election, position, entry.id, "it belongs to " + to_hex(*entry.record.election));
    return {};
  }
  if (entry.record.type() == RecordType::definition && entry.id != election_.id()) {
    issue(IssueCode::other_definition, position, entry.id, "this log's election is " + to_hex(election_.id()));
    return {};
  }

  RecordIndex index = enter(position, entry);
  const std::size_t signers = records_[index].signers.size();
  bool has_stranger = take_signers(position, index, entry, checks);
  const bool added = signers == 0 || records_[index].signers.size() > signers;
  if (added && entry.record.type() != RecordType::result_claim) last_change_ = position;
  if (RecordState record = records_[index]; record.effect != kNever) {
    records_.set_alternative(index, best_alternative(record));
    set_signer_states(index);
    return {};
  }
  evaluate(index, position, entry.record);
  if (!effects_.empty() && entry.record.type() != RecordType::result_claim) last_change_ = position;
  if (records_[index].effect == kNever) {
    Waiting& kept = waiting_.try_emplace(index, Waiting{entry.record, {}}).first->second;
    if (has_stranger) kept.text = text;
  } else {
    waiting_.erase(index);
  }
  return effects_;
}

RecordIndex RecordBook::enter(Position position, const ParsedEntry& entry) {
  if (auto known = records_.find(entry.id)) return *known;
  auto target = target_of(entry.record);
  if (!target) issue(IssueCode::unknown_reference, position, entry.id, target.error().message);
  return records_.add(entry.id, entry.record.type(), position, target ? std::optional(*target) : std::nullopt);
}

// Strangers are compared by the whole signature: garbage under a name must not keep the real one out.
bool RecordBook::has_signer(const RecordState& record, std::optional<KeyIndex> key,
                            const NoteSignature& signature) const {
  return std::any_of(record.signers.begin(), record.signers.end(), [&](const RecordSigner& signer) {
    return key ? signer.key == *key : signer.key == kStranger && strangers_[signer.stranger] == signature;
  });
}

// Adds signers that the record did not have. Returns whether the record has any stranger's signature.
bool RecordBook::take_signers(Position position, RecordIndex index, const ParsedEntry& entry,
                              std::span<const SignatureCheck> checks) {
  const RecordState record = records_[index];  // an entry has one signature a key: none meets another of its own
  auto strangers = static_cast<std::size_t>(std::count_if(record.signers.begin(), record.signers.end(),
                                                          [](const RecordSigner& s) { return s.key == kStranger; }));
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const NoteSignature& signature = entry.signatures[i];
    auto key = checks[i] == SignatureCheck::good ? keys_.find(signature.name, signature.id) : std::nullopt;
    if ((!key && strangers == kStrangersPerRecord) || has_signer(record, key, signature)) continue;
    RecordSigner signer;
    signer.position = position;
    if (key) {
      signer.key = *key;
    } else {
      signer.state = SignerState::stranger;
      signer.stranger = static_cast<std::uint32_t>(strangers_.size());
    }
    if (!records_.add_signer(index, signer) || key) continue;
    ++strangers;
    strangers_.push_back(signature);
    strangers_at_[stranger_key(signature)].push_back(index);
  }
  return strangers > 0;
}

void RecordBook::evaluate(RecordIndex index, Position position, const Record& body) {
  const RecordState record = records_[index];
  bool ready = record.target && (definition_in_effect_ || record.type == RecordType::definition);
  auto alternative = ready ? met(record, body) : std::nullopt;
  if (alternative && act(record.id, position, body)) {
    records_.set_effect(index, position);
    records_.set_alternative(index, *alternative);
    // An adopted record follows the adoption that released it.
    effects_.insert(effects_.begin(), Effect{index, &body});
  }
  set_signer_states(index);
}

Result<KeyIndex> RecordBook::introduce(const VerifierKey& key, bool root, Position since) {
  SCRUTINEER_TRY(KeyIndex index, keys_.introduce(key, root, since));
  Person person = keys_[index].person;
  if (compromised_since_.size() <= person) {
    compromised_since_.resize(person + 1, kNever);
    for (const Compromise& compromise : compromises_)
      if (compromise.public_key[0] == static_cast<char>(key.key.type) &&
          BytesView(compromise.public_key).substr(1) == key.key.bytes)
        compromised_since_[person] = std::min(compromised_since_[person], compromise.since);
  }
  return index;
}

// A signature may arrive before the grant that names its key. It counts only once a coordinator adopts the record, but
// from here on it is known whose it is.
void RecordBook::recognise_strangers(KeyIndex key) {
  const VerifierKey& known = keys_[key].key;
  auto found = strangers_at_.find(stranger_key(NoteSignature{known.name, known.id, {}}));
  if (found == strangers_at_.end()) return;
  for (RecordIndex index : found->second) {
    auto kept = waiting_.find(index);
    if (kept == waiting_.end()) continue;
    const SignerList signers = records_[index].signers;
    for (std::size_t i = 0; i < signers.size(); ++i) {
      if (signers[i].key != kStranger) continue;
      if (verify_note_signature(kept->second.text, strangers_[signers[i].stranger], known))
        records_.set_signer(index, i, key, signers[i].state);
    }
    set_signer_states(index);
  }
  strangers_at_.erase(found);
}

void RecordBook::set_signer_states(RecordIndex index) {
  const RecordState record = records_[index];
  for (std::size_t i = 0; i < record.signers.size(); ++i) {
    RecordSigner signer = record.signers[i];
    records_.set_signer(index, i, signer.key, state_of(record, signer));
  }
}

SignerState RecordBook::state_of(const RecordState& record, const RecordSigner& signer) const {
  if (signer.key == kStranger) return SignerState::stranger;
  if (keys_[signer.key].root) return SignerState::authorised;
  const bool adopted = is_adopted(record, signer);
  if (is_compromised(signer.key, signer.position)) return adopted ? SignerState::adopted : SignerState::compromised;
  const SigningRule* rule = election_.signing_rule(record.type);
  bool held = false, revoked = false;  // a wanted role that was not live at the position of the signature
  for (std::size_t index : grants_.of_key(signer.key)) {
    const GrantState grant = grants_[index];
    bool wanted = !rule;  // grants and revocations: effect.cc looks at the grantor's scope
    if (rule && record.target && grant.coverage.covers(*record.target))
      for (const SigningAlternative& alternative : rule->any_of)
        for (const RoleNeed& need : alternative.needs) wanted |= need.role == grant.role;
    if (!wanted) continue;
    if (grant.live_at(signer.position)) return SignerState::authorised;
    held = true;
    revoked |= grant.until <= signer.position;
  }
  if (held && adopted) return SignerState::adopted;
  return revoked ? SignerState::revoked : SignerState::not_granted;
}

namespace {

// Every contest and option that counts of papers name is one of the election's.
Status know_contests(const Election& election, const std::vector<ContestCounts>& contests) {
  for (const ContestCounts& counts : contests) {
    auto contest = election.find_contest(counts.contest);
    if (!contest) return fail(ErrorCode::not_found, "the election has no contest " + counts.contest.value());
    std::size_t place = 0;
    std::int64_t sum = 0;
    for (const auto& [option, votes] : counts.votes.value_or(OptionVotes{})) {
      if (!election.contests()[*contest].find_option(option, place++))
        return fail(ErrorCode::not_found, "contest " + counts.contest.value() + " has no option " + option.value());
      sum += votes;
    }
    if (sum > counts.decided * election.contests()[*contest].definition.votes_per_ballot)
      return fail(ErrorCode::invalid_argument,
                  "contest " + counts.contest.value() + " has more votes than the papers that were decided can hold");
  }
  return {};
}

Result<Target> target_of_batch(const Election& election, const BallotBatch& batch) {
  auto unit = election.tree().find_unit(batch.unit);
  if (!unit) return fail(ErrorCode::not_found, "the election has no unit " + batch.unit.value());
  SCRUTINEER_CHECKED(know_contests(election, batch.contests));
  Target target{{*unit, *unit + 1}, std::nullopt};
  if (batch.contests.size() == 1) target.contest = election.find_contest(batch.contests[0].contest);
  return target;
}

}  // namespace

Result<Target> RecordBook::target_of(const Record& record) const {
  Target everything{election_.tree().all(), std::nullopt};
  auto target_of_record = [&](const RecordId& id) -> Result<Target> {
    auto index = find(id);
    if (!index) return fail(ErrorCode::not_found, "it names a record that is not in the log before it: " + to_hex(id));
    const RecordState other = records_[*index];
    bool domain = other.type == RecordType::count_sheet || other.type >= RecordType::refusal;
    if (!domain || !other.target)
      return fail(ErrorCode::invalid_argument,
                  "it names a record that is not about a unit or a contest: " + to_hex(id));
    return *other.target;
  };
  auto target_of_paper = [&](const RecordId& id, RecordType type) -> Result<Target> {
    auto index = find(id);
    if (index && records_[*index].type != type)
      return fail(ErrorCode::invalid_argument,
                  "it names a record that is no " + std::string(record_type_name(type)) + ": " + to_hex(id));
    return target_of_record(id);
  };
  auto contest_of = [&](const ContestId& id) -> Result<ContestIndex> {
    auto contest = election_.find_contest(id);
    if (!contest) return fail(ErrorCode::not_found, "the election has no contest " + id.value());
    return *contest;
  };
  auto unit_and_contest = [&](const UnitId& id, const ContestId& of) -> Result<Target> {
    auto unit = election_.tree().find_unit(id);
    if (!unit) return fail(ErrorCode::not_found, "the election has no unit " + id.value());
    SCRUTINEER_TRY(ContestIndex contest, contest_of(of));
    return Target{{*unit, *unit + 1}, contest};
  };
  if (auto* sheet = std::get_if<CountSheet>(&record.body)) {
    SCRUTINEER_TRY(Target target, unit_and_contest(sheet->unit, sheet->contest));
    ContestIndex contest = *target.contest;
    std::size_t place = 0;
    for (const auto& [option, votes] : sheet->votes)
      if (!election_.contests()[contest].find_option(option, place++))
        return fail(ErrorCode::not_found, "contest " + sheet->contest.value() + " has no option " + option.value());
    return target;
  }
  if (auto* entry = std::get_if<Entry>(&record.body)) return unit_and_contest(entry->unit, entry->contest);
  if (auto* accepted = std::get_if<Acceptance>(&record.body))
    return unit_and_contest(accepted->unit, accepted->contest);
  if (auto* paper = std::get_if<Attachment>(&record.body)) return unit_and_contest(paper->unit, paper->contest);
  if (auto* custody = std::get_if<Custody>(&record.body)) {
    auto unit = election_.tree().find_unit(custody->unit);
    if (!unit) return fail(ErrorCode::not_found, "the election has no unit " + custody->unit.value());
    return Target{{*unit, *unit + 1}, std::nullopt};
  }
  if (auto* tally = std::get_if<IndependentTally>(&record.body)) {
    auto units = election_.tree().find_range(tally->area);
    if (!units) return fail(ErrorCode::not_found, "the election has no area " + tally->area);
    return Target{*units, std::nullopt};
  }
  auto area_of = [&](const std::string& area) -> Result<Target> {
    auto units = election_.tree().find_range(area);
    if (!units) return fail(ErrorCode::not_found, "the election has no area " + area);
    return Target{*units, std::nullopt};
  };
  if (auto* device = std::get_if<DeviceStatement>(&record.body)) return area_of(device->area);
  if (auto* device = std::get_if<DeviceEnrolment>(&record.body)) return area_of(device->area);
  if (auto* device = std::get_if<Inspection>(&record.body)) return area_of(device->area);
  if (auto* batch = std::get_if<BallotBatch>(&record.body)) return target_of_batch(election_, *batch);
  if (auto* decided = std::get_if<Adjudication>(&record.body)) {
    SCRUTINEER_CHECKED(know_contests(election_, decided->contests));
    return target_of_paper(decided->batch, RecordType::ballot_batch);
  }
  if (auto* vote = std::get_if<CommitteeVote>(&record.body)) {
    SCRUTINEER_CHECKED(contest_of(vote->contest).map([](ContestIndex) {}));
    return target_of_paper(vote->batch, RecordType::ballot_batch);
  }
  if (auto* order = std::get_if<ReleaseOrder>(&record.body))
    return target_of_paper(order->batch, RecordType::ballot_batch);
  if (auto* release = std::get_if<ImageRelease>(&record.body))
    return target_of_paper(release->order, RecordType::release_order);
  if (auto* lot = std::get_if<Lot>(&record.body)) {
    SCRUTINEER_TRY(ContestIndex contest, contest_of(lot->contest));
    for (const OptionId& option : lot->tied)
      if (!election_.contests()[contest].find_option(option))
        return fail(ErrorCode::not_found, "contest " + lot->contest.value() + " has no option " + option.value());
    return Target{election_.tree().all(), contest};
  }
  if (auto* grant = std::get_if<Grant>(&record.body)) {
    SCRUTINEER_CHECKED(resolve_scope(grant->scope, election_).map([](const Coverage&) {}));
    return everything;
  }
  if (auto* refusal = std::get_if<Refusal>(&record.body)) return target_of_record(refusal->of);
  if (auto* remark = std::get_if<Remark>(&record.body)) return target_of_record(remark->of);
  if (auto* adopt = std::get_if<Adopt>(&record.body)) return target_of_record(adopt->record);
  return everything;
}

std::vector<Compromise> RecordBook::declared() const {
  return sorted_once(declared_);
}

bool RecordBook::would_be_met(RecordType type, std::span<const KeyIndex> signers, Position position) const {
  RecordStates one;
  one.add(RecordId{}, type, 0, Target{election_.tree().all(), std::nullopt});
  for (KeyIndex key : signers) one.add_signer(0, {key, 0, position, SignerState::authorised});
  return best_alternative(one[0]) >= 0;
}

Status RecordBook::may_enter(const ParsedEntry& entry, std::span<const SignatureCheck> checks) const {
  if (entry.record.type() == RecordType::definition ? entry.id != election_.id()
                                                    : entry.record.election != election_.id())
    return fail(ErrorCode::conflict, "this record belongs to another election", to_hex(entry.id));
  for (std::size_t i = 0; i < checks.size(); ++i)
    if (checks[i] == SignatureCheck::bad)
      return fail(ErrorCode::bad_signature, "the signature by " + entry.signatures[i].name + " does not verify",
                  to_hex(entry.id));
  if (auto target = target_of(entry.record); !target) return tl::unexpected(placed(target.error(), to_hex(entry.id)));
  if (auto* grant = std::get_if<Grant>(&entry.record.body)) {
    if (auto usable = check_public_key(grant->key.key); !usable)
      return tl::unexpected(placed(usable.error(), to_hex(entry.id)));
    auto same = keys_.find(grant->key.name, grant->key.id);
    if (same && keys_[*same].key != grant->key)
      return fail(ErrorCode::conflict, "another key already has this name and key id", to_hex(entry.id));
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i] != SignatureCheck::good) continue;
    auto key = keys_.find(entry.signatures[i].name, entry.signatures[i].id);
    if (!key) continue;
    if (keys_[*key].root) return {};
    if (is_compromised(*key, kNever - 1)) continue;
    for (std::size_t grant : grants_.of_key(*key))
      if (grants_[grant].until == kNever) return {};
  }
  return fail(ErrorCode::unauthorised, "nobody who signed this holds a grant of this election now", to_hex(entry.id));
}

Result<std::vector<Compromise>> stable_compromises(
    const std::function<Result<std::vector<Compromise>>(std::vector<Compromise>)>& fold, std::size_t rounds) {
  std::vector<Compromise> before, known;
  for (std::size_t round = 0; round < rounds; ++round) {
    SCRUTINEER_TRY(std::vector<Compromise> found, fold(known));
    if (found == known) return known;
    before = std::exchange(known, std::move(found));
  }
  // They contradict each other. Refusing to go on would let whoever made them so stop everything.
  known.insert(known.end(), before.begin(), before.end());
  known = sorted_once(std::move(known));
  SCRUTINEER_CHECKED(fold(known).map([](const std::vector<Compromise>&) {}));
  return known;
}

}  // namespace scrutineer
