#include "core/notice/book.h"

#include <algorithm>
#include <set>

namespace scrutineer {
namespace {

constexpr std::size_t kWaitingRecords = 100'000;

// Who may say what (docs/formats/notice.md, "Who may say what").
bool may_say(const Agreement& terms, NoticeType type, const NoticeBody& body, const Speaker& speaker) {
  const bool person = speaker.capacity == Capacity::person;
  const bool machine = speaker.capacity == Capacity::machine;
  const bool notifier = speaker.party == PartyRole::notifier;
  const bool institution = speaker.party == PartyRole::institution;
  const bool representative = person && speaker.duty == Duty::representative;
  switch (type) {
    case NoticeType::agreement: return representative;
    case NoticeType::key_change: return representative && std::get<KeyChange>(body).party == speaker.party;
    case NoticeType::duty: return representative && std::get<DutyRota>(body).party == speaker.party;
    case NoticeType::notice: return (person || machine) && notifier;
    case NoticeType::availability:
      return speaker.capacity == Capacity::relay &&
             std::get<Availability>(body).relay == terms.relays[speaker.relay].log.name;
    case NoticeType::receipt: return machine && institution;
    case NoticeType::acknowledgement:
    case NoticeType::answer:
    case NoticeType::refusal: return person && institution;
    case NoticeType::call: return person;
    case NoticeType::escalation:
    case NoticeType::silence:
    case NoticeType::closing: return (person || machine) && notifier;
    case NoticeType::statement: return person;
  }
  __builtin_unreachable();
}

bool same_key(const VerifierKey& a, std::string_view name, const KeyId& id) {
  return a.id == id && a.name == name;
}

void add_speaker(AgreementState& state, Speaker speaker) {
  state.speakers_by_key.emplace(speaker.key.id, state.speakers.size());
  state.speakers.push_back(std::move(speaker));
}

void add_party(AgreementState& state, PartyRole role, const AgreedParty& party) {
  add_speaker(state, {party.machine, Capacity::machine, role, Duty::officer, 0, {}, {}});
  for (const AgreedPerson& person : party.people)
    add_speaker(state, {person.key, Capacity::person, role, person.duty, 0, {}, {}});
  state.boxes[static_cast<std::size_t>(role)] = party.boxes;
}

// As whom this key says this: usually one.
std::vector<std::size_t> who_says(const AgreementState& state, const NoticeRecord& record,
                                  const NoteSignature& signature) {
  std::vector<std::size_t> found;
  const auto [first, end] = state.speakers_by_key.equal_range(signature.id);
  for (auto one = first; one != end; ++one)
    if (same_key(state.speakers[one->second].key, signature.name, signature.id) &&
        may_say(state.terms, record.type(), record.body, state.speakers[one->second]))
      found.push_back(one->second);
  return found;
}

AgreementState new_state(const RecordId& id, NoticeIndex record, const Agreement& terms) {
  AgreementState state;
  state.id = id;
  state.record = record;
  state.terms = terms;
  for (PartyRole role : {PartyRole::notifier, PartyRole::institution, PartyRole::oversight})
    if (const AgreedParty* party = terms.party(role)) add_party(state, role, *party);
  for (std::size_t i = 0; i < terms.relays.size(); ++i)
    add_speaker(state, {terms.relays[i].key, Capacity::relay, PartyRole::notifier, Duty::officer, i, {}, {}});
  return state;
}

// How many different people of that party have signed.
std::size_t signed_for(const AgreementState& state, const BookedNotice& record, PartyRole role) {
  std::set<std::size_t> people;
  for (const NoticeSigner& signer : record.signers)
    if (state.speakers[signer.speaker].party == role) people.insert(signer.speaker);
  return people.size();
}

bool suffices(const AgreementState& state, const BookedNotice& record) {
  auto enough = [&](PartyRole role) {
    const AgreedParty* party = state.terms.party(role);
    return party && signed_for(state, record, role) >= static_cast<std::size_t>(party->threshold);
  };
  switch (record.record.type()) {
    case NoticeType::agreement: return enough(PartyRole::notifier) && enough(PartyRole::institution);
    case NoticeType::key_change: return enough(std::get<KeyChange>(record.record.body).party);
    case NoticeType::duty: return enough(std::get<DutyRota>(record.record.body).party);
    default: return !record.signers.empty();
  }
}

template <class Same>
void move_box(std::vector<AgreedBox>& from, std::vector<AgreedBox>& to, Same same) {
  const auto found = std::find_if(from.begin(), from.end(), same);
  if (found == from.end()) return;
  to.push_back(*found);
  from.erase(found);
}

void change_box(AgreementState& state, const KeyChange& change) {
  auto& boxes = state.boxes[static_cast<std::size_t>(change.party)];
  auto& replaced = state.replaced_boxes[static_cast<std::size_t>(change.party)];
  if (auto box = parse_box(change.remove)) move_box(boxes, replaced, [&](const AgreedBox& one) { return one == *box; });
  auto box = parse_box(change.add);
  if (box && std::find(boxes.begin(), boxes.end(), *box) == boxes.end()) boxes.push_back(std::move(*box));
}

void change_speaker(AgreementState& state, const KeyChange& change, NoticeIndex index) {
  const Capacity capacity = change.part == KeyPart::machine ? Capacity::machine : Capacity::person;
  auto same_key = [&](const VerifierKey& key) {
    const auto [first, end] = state.speakers_by_key.equal_range(key.id);
    std::vector<std::size_t> found;
    for (auto one = first; one != end; ++one)
      if (state.speakers[one->second].key.key == key.key) found.push_back(one->second);
    return found;
  };
  if (auto removed = parse_vkey(change.remove)) {
    state.removals.try_emplace({change.party, to_string(*removed)}, index);
    for (std::size_t i : same_key(*removed)) {
      Speaker& speaker = state.speakers[i];
      if (speaker.capacity == capacity && speaker.party == change.party && speaker.key == *removed &&
          !speaker.removed_by)
        speaker.removed_by = index;
    }
  }
  auto added = parse_vkey(change.add);
  if (!added) return;
  // A key of the agreement, or that ever spoke for this party, keeps its meaning, and one that was removed stays
  // removed: else the other side could take over what it had signed. Of a new key that both sides add, both are
  // booked, and what it says is read as whoever may say it: which of the changes comes first decides nothing.
  const std::vector<std::size_t> there = same_key(*added);
  if (std::any_of(there.begin(), there.end(), [&](std::size_t i) {
        return !state.speakers[i].added_by || state.speakers[i].party == change.party;
      }))
    return;
  Speaker speaker{std::move(*added), capacity, change.party, change.duty, 0, index, {}};
  const auto removal = state.removals.find({change.party, to_string(speaker.key)});
  if (removal != state.removals.end() && removal->second != index) speaker.removed_by = removal->second;
  add_speaker(state, std::move(speaker));
}

}  // namespace

std::vector<AgreedBox> AgreementState::boxes_of_both() const {
  std::vector<AgreedBox> both = boxes[static_cast<std::size_t>(PartyRole::institution)];
  const auto& own = boxes[static_cast<std::size_t>(PartyRole::notifier)];
  both.insert(both.end(), own.begin(), own.end());
  return both;
}

std::optional<std::size_t> AgreementState::find_speaker(std::string_view name, const KeyId& key) const {
  std::optional<std::size_t> removed;
  const auto [first, end] = speakers_by_key.equal_range(key);
  for (auto one = first; one != end; ++one) {
    const std::size_t i = one->second;
    if (!same_key(speakers[i].key, name, key)) continue;
    if (!speakers[i].removed_by) return i;
    removed = i;
  }
  return removed;
}

const AgreementState* NoticeBook::agreement(const RecordId& id) const {
  const auto found = agreements_.find(id);
  return found == agreements_.end() ? nullptr : &found->second;
}

std::vector<const AgreementState*> NoticeBook::agreements() const {
  std::vector<const AgreementState*> all;
  for (const RecordId& id : agreement_order_) all.push_back(&agreements_.at(id));
  return all;
}

std::optional<NoticeIndex> NoticeBook::find(const RecordId& id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

const NoticeVersion* NoticeBook::version(const RecordId& notice) const {
  const auto found = versions_.find(notice);
  return found == versions_.end() || !found->second.booked ? nullptr : &found->second;
}

const NoticeVersion* NoticeBook::said_about(const RecordId& notice) const {
  const auto found = versions_.find(notice);
  return found == versions_.end() ? nullptr : &found->second;
}

const Exchange* NoticeBook::exchange(const RecordId& first) const {
  const auto found = exchanges_.find(first);
  return found == exchanges_.end() ? nullptr : &found->second;
}

const RecordId* NoticeBook::first_of(const RecordId& notice) const {
  const auto found = firsts_.find(notice);
  return found == firsts_.end() ? nullptr : &found->second;
}

AgreementState* NoticeBook::state_of(const ParsedNotice& entry, AgreementState& own) {
  if (entry.record.type() != NoticeType::agreement) {
    const auto found = agreements_.find(*entry.record.agreement);
    return found == agreements_.end() ? nullptr : &found->second;
  }
  const auto found = agreements_.find(entry.id);
  if (found != agreements_.end()) return &found->second;
  own = new_state(entry.id, 0, std::get<Agreement>(entry.record.body));
  return &own;
}

std::optional<VerifierKey> NoticeBook::key_of(const ParsedNotice& entry, const NoteSignature& signature) const {
  AgreementState own;
  const AgreementState* state = const_cast<NoticeBook*>(this)->state_of(entry, own);
  const auto speaker = state ? state->find_speaker(signature.name, signature.id) : std::nullopt;
  if (!speaker) return std::nullopt;
  return state->speakers[*speaker].key;
}

Status NoticeBook::may_enter(const ParsedNotice& entry, std::span<const SignedBy> checks) const {
  AgreementState own;
  const AgreementState* state = const_cast<NoticeBook*>(this)->state_of(entry, own);
  if (!state) return fail(ErrorCode::not_found, "the agreement that this record names is not known here");
  bool said = false;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i] == SignedBy::bad)
      return fail(ErrorCode::bad_signature, "a signature in the name of a key of the agreement does not verify");
    if (checks[i] != SignedBy::good) continue;
    for (std::size_t speaker : who_says(*state, entry.record, entry.signatures[i]))
      said |= !state->speakers[speaker].removed_by;
  }
  if (!said) return fail(ErrorCode::unauthorised, "nobody who may say this under the agreement has signed it");
  return {};
}

NoticeBook::Applied NoticeBook::apply(const ParsedNotice& entry, std::span<const SignedBy> checks) {
  if (entry.record.type() == NoticeType::agreement && !agreements_.contains(entry.id)) {
    agreements_.emplace(entry.id, new_state(entry.id, static_cast<NoticeIndex>(records_.size()),
                                            std::get<Agreement>(entry.record.body)));
    agreement_order_.push_back(entry.id);
    Applied applied = book(entry, checks);
    take_waiting(entry.id);
    return applied;
  }
  if (entry.record.agreement && !agreements_.contains(*entry.record.agreement)) {
    std::size_t& count = waiting_count_;
    if (count < kWaitingRecords) {
      waiting_[*entry.record.agreement].push_back({entry, {checks.begin(), checks.end()}});
      ++count;
    }
    return {Outcome::waiting, 0};
  }
  return book(entry, checks);
}

void NoticeBook::take_waiting(const RecordId& agreement) {
  const auto found = waiting_.find(agreement);
  if (found == waiting_.end()) return;
  const std::vector<Waiting> waiting = std::move(found->second);
  waiting_.erase(found);
  waiting_count_ -= waiting.size();
  // Whoever kept them could not know the keys yet: their signatures were said to be unknown and are looked at again.
  for (const Waiting& one : waiting) {
    std::vector<SignedBy> checks;
    for (const NoteSignature& signature : one.entry.signatures) {
      const auto key = key_of(one.entry, signature);
      checks.push_back(!key                                                     ? SignedBy::stranger
                       : verify_note_signature(one.entry.text, signature, *key) ? SignedBy::good
                                                                                : SignedBy::bad);
    }
    book(one.entry, checks);
  }
}

NoticeBook::Applied NoticeBook::book(const ParsedNotice& entry, std::span<const SignedBy> checks) {
  const RecordId agreement_id = entry.record.agreement.value_or(entry.id);
  AgreementState& state = agreements_.at(agreement_id);
  const auto [place, added] = by_id_.try_emplace(entry.id, static_cast<NoticeIndex>(records_.size()));
  const NoticeIndex index = place->second;
  if (added) records_.push_back({entry.id, entry.record, {}, 0, false});
  BookedNotice& record = records_[index];
  const bool more = add_signers(state, record, entry, checks);
  if (!record.counts && suffices(state, record)) {
    record.counts = true;
    take_effect(state, index);
  }
  return {added ? Outcome::added : more ? Outcome::signers : Outcome::known, index};
}

bool NoticeBook::add_signers(AgreementState& state, BookedNotice& record, const ParsedNotice& entry,
                             std::span<const SignedBy> checks) {
  bool more = false;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const std::vector<std::size_t> speakers =
        checks[i] == SignedBy::good ? who_says(state, record.record, entry.signatures[i]) : std::vector<std::size_t>{};
    record.strangers += speakers.empty();
    for (std::size_t speaker : speakers) {
      const bool known = std::any_of(record.signers.begin(), record.signers.end(),
                                     [&](const NoticeSigner& one) { return one.speaker == speaker; });
      if (known) continue;
      record.signers.push_back({speaker});
      more = true;
    }
  }
  return more;
}

NoticeVersion& NoticeBook::version_at(const RecordId& notice) {
  NoticeVersion& version = versions_[notice];
  version.id = notice;
  return version;
}

void NoticeBook::take_effect(AgreementState& state, NoticeIndex index) {
  const BookedNotice& booked = records_[index];
  const NoticeBody& body = booked.record.body;
  // Something said about a notice of another agreement is about nothing (what comes before its notice is looked at in
  // add_version).
  if (const RecordId* notice = notice_of(booked.record)) {
    const auto other = by_id_.find(*notice);
    if (other != by_id_.end() && records_[other->second].record.agreement != booked.record.agreement) return;
  }
  switch (booked.record.type()) {
    case NoticeType::agreement: state.in_effect = true; return;
    case NoticeType::key_change: {
      state.changes.push_back(index);
      const KeyChange& change = std::get<KeyChange>(body);
      return change.part == KeyPart::box ? change_box(state, change) : change_speaker(state, change, index);
    }
    case NoticeType::duty: state.rotas.push_back(index); return;
    case NoticeType::notice: return add_version(state, index);
    case NoticeType::availability:
      for (const RecordId& notice : std::get<Availability>(body).notices)
        version_at(notice).availabilities.push_back(index);
      return;
    case NoticeType::receipt: version_at(std::get<Receipt>(body).notice).receipts.push_back(index); return;
    case NoticeType::acknowledgement:
      version_at(std::get<Acknowledgement>(body).notice).acknowledgements.push_back(index);
      return;
    case NoticeType::answer: version_at(std::get<NoticeAnswer>(body).notice).answers.push_back(index); return;
    case NoticeType::refusal: version_at(std::get<NoticeRefusal>(body).notice).refusals.push_back(index); return;
    case NoticeType::call: version_at(std::get<Call>(body).notice).calls.push_back(index); return;
    case NoticeType::escalation: version_at(std::get<Escalation>(body).notice).escalations.push_back(index); return;
    case NoticeType::silence: version_at(std::get<Silence>(body).notice).silences.push_back(index); return;
    case NoticeType::closing: version_at(std::get<Closing>(body).notice).closings.push_back(index); return;
    case NoticeType::statement: state.statements.push_back(index); return;
  }
}

// Versions under other agreements that came before the first one which they name.
void NoticeBook::stand_alone(const RecordId& agreement, Exchange& exchange) {
  std::vector<RecordId> others;
  std::erase_if(exchange.versions, [&](const RecordId& id) {
    const bool foreign = records_[versions_.at(id).record].record.agreement != agreement;
    if (foreign) others.push_back(id);
    return foreign;
  });
  for (const RecordId& id : others) {
    const RecordId of = *records_[versions_.at(id).record].record.agreement;
    firsts_[id] = id;
    exchanges_[id] = Exchange{of, {id}};
    agreements_.at(of).notices.push_back(id);
  }
}

void NoticeBook::add_version(AgreementState& state, NoticeIndex index) {
  const BookedNotice& booked = records_[index];
  const Notice& notice = std::get<Notice>(booked.record.body);
  NoticeVersion& version = version_at(booked.id);
  version.record = index;
  version.booked = true;
  for (auto list : {&NoticeVersion::availabilities, &NoticeVersion::receipts, &NoticeVersion::acknowledgements,
                    &NoticeVersion::answers, &NoticeVersion::refusals, &NoticeVersion::calls,
                    &NoticeVersion::escalations, &NoticeVersion::silences, &NoticeVersion::closings})
    std::erase_if(version.*list, [&](NoticeIndex one) { return records_[one].record.agreement != state.id; });
  RecordId first = notice.of.value_or(booked.id);
  // Nobody continues, withdraws or covers up what was said under another agreement: it stands by itself.
  if (const auto other = by_id_.find(first);
      other != by_id_.end() && records_[other->second].record.agreement != state.id)
    first = booked.id;
  firsts_[booked.id] = first;
  Exchange& exchange = exchanges_[first];
  if (first == booked.id) stand_alone(state.id, exchange);
  exchange.agreement = state.id;
  // A first version stands first, however late it comes.
  if (first == booked.id) {
    exchange.versions.insert(exchange.versions.begin(), booked.id);
    state.notices.push_back(first);
  } else {
    exchange.versions.push_back(booked.id);
  }
}

}  // namespace scrutineer
