#include "core/notice/verdict_case.h"

#include <algorithm>

#include "core/crypto/hash.h"

namespace scrutineer {

EvidenceContents::EvidenceContents(const Evidence& evidence) {
  for (BytesView one : evidence.ciphertexts) sealed.emplace(sha256(one), one);
  for (BytesView one : evidence.plaintexts) opened.emplace(sha256(one), one);
  for (std::string_view one : evidence.disclosures) {
    auto read = read_disclosure(one);
    if (read)
      disclosures.emplace(disclosure_digest(one), std::move(*read));
    else
      unreadable.push_back(disclosure_digest(one));
  }
}

Case::Case(const NoticeBook& whole_book, const AgreementState& agreement, const EvidenceEntries& entries,
           const LogTable& logs, const EvidenceContents& all_contents,
           std::vector<std::pair<NoticeIndex, EntryNumber>> entries_of_records)
    : book(whole_book),
      state(agreement),
      contents(all_contents),
      entries_(entries),
      entries_of_records_(std::move(entries_of_records)) {
  std::sort(entries_of_records_.begin(), entries_of_records_.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  auto add_log = [&](const VerifierKey& key) {
    Slot slot{&key, logs.find(key), logs.times(key, state.terms), kNoLower};
    if (slot.times) {
      slot.silent = slot.times->nothing_beyond(slot.log->size);
      if (slots_of_copies_.size() <= slot.log->copy) slots_of_copies_.resize(slot.log->copy + 1, kMaxLogs);
      slots_of_copies_[slot.log->copy] = slots_.size();
    }
    slots_.push_back(slot);
  };
  add_log(state.terms.notifier.log);
  add_log(state.terms.institution.log);
  for (const AgreedRelay& relay : state.terms.relays) add_log(relay.log);
  for (NoticeIndex i = 0; i < book.records().size(); ++i)
    if (record(i).record.type() == NoticeType::notice && record(i).record.agreement == state.id)
      if (const auto& before = body<Notice>(i).replaces) replaced_by[*before].push_back(i);
  find_rotas();
}

Case::Where Case::where(NoticeIndex index) const {
  Where where;
  where.fill(kNowhere);
  const auto [first, end] = std::equal_range(entries_of_records_.begin(), entries_of_records_.end(),
                                             std::pair<NoticeIndex, EntryNumber>{index, {}},
                                             [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto one = first; one != end; ++one)
    entries_.places(one->second, [&](const EntryPlace& place) {
      if (place.log >= slots_of_copies_.size() || slots_of_copies_[place.log] == kMaxLogs) return;
      const std::size_t slot = slots_of_copies_[place.log];
      if (place.index < slots_[slot].log->size) where[slot] = std::min(where[slot], place.index);
    });
  return where;
}

TimeBounds Case::at(std::size_t log, std::uint32_t index) const {
  const Slot& slot = slots_[log];
  if (!slot.times) return {};
  return index == kNowhere ? TimeBounds{slot.silent, kNoUpper} : slot.times->entry(index);
}

TimeBounds Case::in_log(std::size_t log, NoticeIndex index) const {
  return at(log, where(index)[log]);
}

TimeBounds Case::first(NoticeIndex index) const {
  const Where there = where(index);
  TimeBounds first{kNoUpper, kNoUpper};
  for (std::size_t log = 0; log < slots_.size(); ++log)
    if (there[log] != kNowhere) first = earlier(first, at(log, there[log]));
  return first.lower == kNoUpper ? TimeBounds{} : first;
}

TimeBounds Case::served(const Where& there, PartyRole by) const {
  std::array<TimeBounds, kAgreementRelays> relays;
  const std::size_t count = slots_.size() - kFirstRelay;
  for (std::size_t i = 0; i < count; ++i) relays[i] = at(kFirstRelay + i, there[kFirstRelay + i]);
  const TimeBounds at_relays = kth({relays.data(), count}, static_cast<std::size_t>(state.terms.quorum));
  // Whoever has it in their own log cannot say that they never had it.
  const std::size_t other = by == PartyRole::notifier ? kInstitutionLog : kNotifierLog;
  return earlier(at_relays, at(other, there[other]));
}

TimeBounds Case::served(NoticeIndex index, PartyRole by) const {
  return served(where(index), by);
}

TimeBounds Case::said(NoticeIndex index) const {
  const PartyRole party = speaker(index)->party;
  const TimeBounds shown = first(index);
  const TimeBounds own = party == PartyRole::oversight
                             ? TimeBounds{}
                             : in_log(party == PartyRole::notifier ? kNotifierLog : kInstitutionLog, index);
  if (own.shown()) return earlier(own, shown);
  // A log that nobody shows may have had it long before: then only their own words say since when.
  const auto claimed = record(index).record.at ? seconds_of_rfc3339(*record(index).record.at) : std::nullopt;
  return {claimed ? std::min(*claimed, shown.lower) : kNoLower, shown.upper};
}

TimeBounds Case::nothing_served(PartyRole by) const {
  Where nowhere;
  nowhere.fill(kNowhere);
  return served(nowhere, by);
}

TimeBounds Case::held(std::size_t relay, std::span<const NoticeIndex> availabilities) const {
  TimeBounds held = at(kFirstRelay + relay, kNowhere);
  for (NoticeIndex index : availabilities) {
    const bool own = std::any_of(record(index).signers.begin(), record(index).signers.end(), [&](NoticeSigner one) {
      const Speaker& by = state.speakers[one.speaker];
      return by.capacity == Capacity::relay && by.relay == relay;
    });
    if (own) held = earlier(held, in_log(kFirstRelay + relay, index));
  }
  return held;
}

bool Case::before_removal(NoticeIndex index, const Speaker& speaker) const {
  const NoticeIndex change = *speaker.removed_by;
  const Where there = where(index), removal = where(change);
  if (before(first(index), served(removal, speaker.party)) == Before::yes) return true;
  // The order in the log of whoever removed the key, or in as many relays' logs as agreed.
  auto in_order = [&](std::size_t log) {
    return slots_[log].times && there[log] != kNowhere && there[log] < removal[log];
  };
  if (in_order(speaker.party == PartyRole::notifier ? kNotifierLog : kInstitutionLog)) return true;
  std::int64_t relays = 0;
  for (std::size_t log = kFirstRelay; log < slots_.size(); ++log) relays += in_order(log);
  return relays >= state.terms.quorum;
}

const Speaker* Case::speaker(NoticeIndex index) const {
  for (const NoticeSigner& signer : record(index).signers) {
    const Speaker& speaker = state.speakers[signer.speaker];
    if (!speaker.removed_by || before_removal(index, speaker)) return &speaker;
  }
  return nullptr;
}

bool Case::counts(NoticeIndex index) const {
  return record(index).counts && speaker(index) != nullptr;
}

void Case::find_rotas() {
  for (NoticeIndex index : state.rotas) {
    const DutyRota& rota = body<DutyRota>(index);
    const auto from = seconds_of_rfc3339(rota.from), until = seconds_of_rfc3339(rota.until);
    if (!from || !until || rota.party != PartyRole::institution || !counts(index)) continue;
    // "Signed before it begins: a rota that the log holds only afterwards proves nothing."
    if (const TimeBounds recorded = first(index); before(recorded, *from) == Before::yes)
      rotas_.push_back({&rota, *from, *until});
    else
      rota_findings_.push_back({NoticeFinding::rota_afterwards, record(index).id, ""});
  }
}

OnDuty Case::on_duty(const std::string& key, const TimeBounds& when) const {
  bool some = false, perhaps = false;
  for (const Rota& one : rotas_) {
    if (when.shown() && (when.upper < one.from || when.lower > one.until)) continue;
    const bool within = when.shown() && when.lower >= one.from && when.upper <= one.until;
    auto names = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), key) != list.end();
    };
    const bool named = names(one.rota->officers) || names(one.rota->deputies);
    if (within && named) return OnDuty::yes;
    some |= within;
    perhaps |= !within;
  }
  return perhaps ? OnDuty::undetermined : some ? OnDuty::no : OnDuty::no_rota;
}

}  // namespace scrutineer
