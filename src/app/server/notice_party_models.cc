// Agreements with their keys, and who is on duty.
#include <algorithm>
#include <set>

#include "app/server/notice_models.h"

namespace scrutineer {
namespace {

template <class Enum, std::size_t N>
std::string code(const std::string_view (&names)[N], Enum value) {
  return std::string(names[static_cast<std::size_t>(value)]);
}

ui::KeysPage::Key shown_key(const VerifierKey& key, std::string part, std::string duty, bool removed) {
  return {key.name,        to_hex(BytesView(reinterpret_cast<const char*>(key.id.data()), key.id.size())),
          std::move(duty), std::move(part),
          removed,         to_string(key)};
}

ui::KeysPage::Party party_keys(const AgreementState& agreement, PartyRole role, const AgreedParty& terms) {
  ui::KeysPage::Party party;
  party.role = code(kPartyRoleNames, role);
  party.title = shown(terms.title);
  party.threshold = terms.threshold;
  for (const Speaker& speaker : agreement.speakers) {
    if (speaker.capacity == Capacity::relay || speaker.party != role) continue;
    const bool person = speaker.capacity == Capacity::person;
    party.keys.push_back(shown_key(speaker.key, person ? "person" : "machine",
                                   person ? code(kDutyNames, speaker.duty) : std::string(),
                                   speaker.removed_by.has_value()));
  }
  const auto index = static_cast<std::size_t>(role);
  for (const AgreedBox& box : agreement.boxes[index])
    party.keys.push_back({box.name, {}, {}, "box", false, to_string(box)});
  for (const AgreedBox& box : agreement.replaced_boxes[index])
    party.keys.push_back({box.name, {}, {}, "box", true, to_string(box)});
  party.keys.push_back(shown_key(terms.log, "log", {}, false));
  return party;
}

ui::KeysPage::Party third_parties(const Agreement& terms) {
  ui::KeysPage::Party party;
  for (const AgreedRelay& relay : terms.relays) party.keys.push_back(shown_key(relay.key, "relay", {}, false));
  for (const VerifierKey& witness : terms.witnesses) party.keys.push_back(shown_key(witness, "witness", {}, false));
  return party;
}

ui::KeysPage::Agreement shown_agreement(const AgreementState& state) {
  ui::KeysPage::Agreement one;
  one.id = to_hex(state.id);
  one.title = shown(state.terms.title);
  one.in_effect = state.in_effect;
  one.quorum = state.terms.quorum;
  one.witness_quorum = state.terms.witness_quorum;
  one.heartbeat = state.terms.heartbeat;
  one.received = code(kCountsAsReceivedNames, state.terms.received);
  for (PartyRole role : {PartyRole::notifier, PartyRole::institution, PartyRole::oversight})
    if (const AgreedParty* party = state.terms.party(role)) one.parties.push_back(party_keys(state, role, *party));
  one.parties.push_back(third_parties(state.terms));
  for (const AgreedDeadline& deadline : state.terms.deadlines) {
    ui::NoticeClock clock;
    clock.code = deadline.code;
    clock.step = code(kNoticeStepNames, deadline.step);
    clock.law = deadline.law;
    clock.seconds = deadline.after;
    clock.then = code(kEscalateToNames, deadline.then);
    one.deadlines.push_back(std::move(clock));
  }
  return one;
}

}  // namespace

std::vector<ui::ComposePage::Agreement> agreements_of(const NoticeSight& sight) {
  std::vector<ui::ComposePage::Agreement> all;
  for (const AgreementState* agreement : sight.book.agreements())
    if (agreement->in_effect)
      all.push_back(
          {to_hex(agreement->id), shown(sight.role == NodeRole::institution ? agreement->terms.notifier.title
                                                                            : agreement->terms.institution.title)});
  return all;
}

ui::DutyPage duty_page_of(const NoticeSight& sight, const VerifierKey& person) {
  ui::DutyPage page;
  page.agreements = agreements_of(sight);
  std::set<std::string> people;
  const PartyRole party = party_of(sight.role);
  for (const AgreementState* agreement : sight.book.agreements()) {
    if (auto duty = duty_of(*agreement, party, person)) page.may_sign = page.may_sign || may_commit(*duty);
    for (const Speaker& speaker : agreement->speakers)
      if (speaker.capacity == Capacity::person && speaker.party == party && !speaker.removed_by)
        people.insert(speaker.key.name);
    for (NoticeIndex index : agreement->rotas) {
      const auto& rota = std::get<DutyRota>(sight.book.records()[index].record.body);
      const auto from = seconds_of_rfc3339(rota.from), until = seconds_of_rfc3339(rota.until);
      const AgreedParty* whose = agreement->terms.party(rota.party);
      page.rotas.push_back({to_hex(agreement->id), shown_time(rota.from), shown_time(rota.until),
                            whose ? shown(whose->title) : ui::Bilingual{}, rota.officers, rota.deputies,
                            from && until && *from <= sight.now && sight.now < *until,
                            from && sight.since(index) > *from});
    }
  }
  std::reverse(page.rotas.begin(), page.rotas.end());
  page.people.assign(people.begin(), people.end());
  return page;
}

ui::KeysPage keys_of(const NoticeSight& sight, const VerifierKey& person) {
  ui::KeysPage page;
  for (const AgreementState* agreement : sight.book.agreements()) {
    const auto duty = duty_of(*agreement, party_of(sight.role), person);
    if (duty && may_commit(*duty)) page.may_sign = true;
    ui::KeysPage::Agreement one = shown_agreement(*agreement);
    one.ours = duty.has_value();
    const auto& signers = sight.book.records()[agreement->record].signers;
    const bool has_signed = std::any_of(signers.begin(), signers.end(), [&](const NoticeSigner& signer) {
      return agreement->speakers[signer.speaker].key == person;
    });
    if (duty && may_commit(*duty) && !has_signed && !agreement->in_effect) {
      one.sign.emplace();
      one.sign->type = "agreement";
      one.sign->text = notice_record_text(sight.book.records()[agreement->record].record);
    }
    page.agreements.push_back(std::move(one));
  }
  return page;
}

}  // namespace scrutineer
