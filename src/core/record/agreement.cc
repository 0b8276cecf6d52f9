#include "core/record/agreement.h"

#include <algorithm>
#include <set>

#include "core/record/keys_in_json.h"

namespace scrutineer {
void write(JsonWriter& out, const AgreedParty& party) {
  out.begin_object();
  write(out, "title", party.title);
  out.member("log", to_string(party.log)).member("machine", to_string(party.machine));
  out.name("boxes").begin_array();
  for (const AgreedBox& box : party.boxes) out.string(to_string(box));
  out.end_array().name("people").begin_array();
  for (const AgreedPerson& person : party.people)
    out.begin_object()
        .member("key", to_string(person.key))
        .member("duty", kDutyNames[static_cast<std::size_t>(person.duty)])
        .end_object();
  out.end_array().member("threshold", party.threshold).name("addresses").begin_array();
  for (const AgreedAddress& address : party.addresses)
    out.begin_object()
        .member("channel", kChannelNames[static_cast<std::size_t>(address.channel)])
        .member("address", address.address)
        .end_object();
  out.end_array().end_object();
}

void write(JsonWriter& out, const AgreedRelay& relay) {
  out.begin_object();
  write(out, "title", relay.title);
  out.member("log", to_string(relay.log)).member("key", to_string(relay.key)).member("url", relay.url).end_object();
}

namespace {

AgreedParty read_party(const ObjectReader& in) {
  AgreedParty party;
  party.title = read_bilingual(in, "title");
  party.log = read_vkey(in, "log");
  party.machine = read_vkey(in, "machine");
  for (const std::string& text : in.strings("boxes")) {
    auto box = parse_box(text);
    if (!box) in.problem("boxes", "expected NAME and a key of 32 bytes in base64");
    if (box) party.boxes.push_back(std::move(*box));
  }
  if (party.boxes.empty() || party.boxes.size() > kAgreementBoxes) in.problem("boxes", "expected 1 to 8 boxes");
  std::int64_t representatives = 0;
  in.objects("people", [&](const ObjectReader& one, std::size_t) {
    AgreedPerson person{read_vkey(one, "key"), static_cast<Duty>(one.choice("duty", kDutyNames))};
    representatives += person.duty == Duty::representative;
    party.people.push_back(std::move(person));
  });
  if (party.people.size() > kAgreementPeople) in.problem("people", "expected at most 64 people");
  party.threshold = in.integer("threshold", 1, static_cast<std::int64_t>(kAgreementPeople));
  if (party.threshold > representatives) in.problem("threshold", "more than there are representatives");
  in.objects("addresses", [&](const ObjectReader& one, std::size_t) {
    party.addresses.push_back({static_cast<Channel>(one.choice("channel", kChannelNames)), read_short(one, "address")});
  });
  if (party.addresses.size() > kAgreementAddresses) in.problem("addresses", "expected at most 16 addresses");
  return party;
}

void write_deadlines(JsonWriter& out, const Agreement& agreement) {
  out.name("deadlines").begin_array();
  for (const AgreedDeadline& deadline : agreement.deadlines) {
    out.begin_object().member("code", deadline.code);
    out.member("step", kNoticeStepNames[static_cast<std::size_t>(deadline.step)]).member("after", deadline.after);
    out.member("then", kEscalateToNames[static_cast<std::size_t>(deadline.then)]);
    if (!deadline.kinds.empty()) write_strings(out, "kinds", deadline.kinds);
    if (!deadline.law.empty()) out.member("law", deadline.law);
    out.end_object();
  }
  out.end_array();
}

AgreedDeadline read_deadline(const ObjectReader& in) {
  AgreedDeadline deadline;
  deadline.code = read_short(in, "code");
  deadline.step = static_cast<NoticeStep>(in.choice("step", kNoticeStepNames));
  deadline.after = in.integer("after", 1, kDeadlineSeconds);
  deadline.then = static_cast<EscalateTo>(in.choice("then", kEscalateToNames));
  if (in.has("kinds")) deadline.kinds = in.strings("kinds");
  deadline.law = read_optional_short(in, "law").value_or("");
  return deadline;
}

// A key has one meaning in an agreement, or nobody could say who spoke.
void check_keys(const ObjectReader& in, const Agreement& agreement) {
  std::set<std::string> seen;
  auto once = [&](const VerifierKey& key) {
    if (!seen.insert(key.key.bytes).second) in.problem({}, "the key " + key.name + " stands in two places");
  };
  for (PartyRole role : {PartyRole::notifier, PartyRole::institution, PartyRole::oversight}) {
    const AgreedParty* party = agreement.party(role);
    if (!party) continue;
    once(party->log), once(party->machine);
    for (const AgreedPerson& person : party->people) once(person.key);
  }
  for (const AgreedRelay& relay : agreement.relays) once(relay.log), once(relay.key);
  for (const VerifierKey& witness : agreement.witnesses) once(witness);
}

void read_third_parties(const ObjectReader& in, Agreement& agreement) {
  in.objects("relays", [&](const ObjectReader& one, std::size_t) {
    agreement.relays.push_back(
        {read_bilingual(one, "title"), read_vkey(one, "log"), read_vkey(one, "key"), read_short(one, "url")});
  });
  const auto relays = static_cast<std::int64_t>(agreement.relays.size());
  if (agreement.relays.empty() || agreement.relays.size() > kAgreementRelays)
    in.problem("relays", "expected 1 to 15 relays");
  agreement.quorum = in.integer("quorum", 1, std::max<std::int64_t>(1, relays));
  for (const std::string& text : in.strings("witnesses")) {
    auto key = parse_vkey(text);
    if (!key || key->key.type != KeyType::cosignature_ed25519) in.problem("witnesses", "expected keys of cosigners");
    if (key) agreement.witnesses.push_back(std::move(*key));
  }
  const auto witnesses = static_cast<std::int64_t>(agreement.witnesses.size());
  if (agreement.witnesses.empty() || agreement.witnesses.size() > kAgreementWitnesses)
    in.problem("witnesses", "expected 1 to 15 witnesses");
  agreement.witness_quorum = in.integer("witness_quorum", 1, std::max<std::int64_t>(1, witnesses));
}

}  // namespace

std::string to_string(const AgreedBox& box) {
  return box.name + " " + to_base64(box.public_key);
}

std::optional<AgreedBox> parse_box(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == text.npos || !check_key_name(text.substr(0, space))) return std::nullopt;
  auto key = from_base64(text.substr(space + 1));
  if (!key || key->size() != 32) return std::nullopt;
  return AgreedBox{std::string(text.substr(0, space)), std::move(*key)};
}

const AgreedParty* Agreement::party(PartyRole role) const {
  switch (role) {
    case PartyRole::notifier: return &notifier;
    case PartyRole::institution: return &institution;
    case PartyRole::oversight: return oversight ? &*oversight : nullptr;
  }
  __builtin_unreachable();
}

void write_members(JsonWriter& out, const Agreement& agreement) {
  write(out, "title", agreement.title);
  if (agreement.simulated) out.name("simulated").boolean(true);
  write(out.name("notifier"), agreement.notifier);
  write(out.name("institution"), agreement.institution);
  if (agreement.oversight) write(out.name("oversight"), *agreement.oversight);
  out.name("relays").begin_array();
  for (const AgreedRelay& relay : agreement.relays) write(out, relay);
  out.end_array().member("quorum", agreement.quorum);
  out.name("witnesses").begin_array();
  for (const VerifierKey& witness : agreement.witnesses) out.string(to_string(witness));
  out.end_array().member("witness_quorum", agreement.witness_quorum).member("heartbeat", agreement.heartbeat);
  out.member("received", kCountsAsReceivedNames[static_cast<std::size_t>(agreement.received)]);
  write_deadlines(out, agreement);
}

Agreement read_agreement(const ObjectReader& in) {
  Agreement agreement;
  agreement.title = read_bilingual(in, "title");
  agreement.simulated = in.optional_boolean("simulated").value_or(false);
  in.object("notifier", [&](const ObjectReader& one) { agreement.notifier = read_party(one); });
  in.object("institution", [&](const ObjectReader& one) { agreement.institution = read_party(one); });
  in.object(
      "oversight", [&](const ObjectReader& one) { agreement.oversight = read_party(one); }, false);
  read_third_parties(in, agreement);
  agreement.heartbeat = in.integer("heartbeat", 1, 86'400);
  agreement.received = static_cast<CountsAsReceived>(in.choice("received", kCountsAsReceivedNames));
  std::set<std::string> codes;
  in.objects("deadlines", [&](const ObjectReader& one, std::size_t) {
    agreement.deadlines.push_back(read_deadline(one));
    if (!codes.insert(agreement.deadlines.back().code).second) one.problem("code", "stands twice");
  });
  if (agreement.deadlines.size() > kAgreementDeadlines) in.problem("deadlines", "expected at most 32 deadlines");
  check_keys(in, agreement);
  return agreement;
}

void write_members(JsonWriter& out, const KeyChange& change) {
  out.member("party", kPartyRoleNames[static_cast<std::size_t>(change.party)]);
  out.member("part", kKeyPartNames[static_cast<std::size_t>(change.part)]);
  if (!change.add.empty()) out.member("add", change.add);
  if (!change.add.empty() && change.part == KeyPart::person)
    out.member("duty", kDutyNames[static_cast<std::size_t>(change.duty)]);
  if (!change.remove.empty()) out.member("remove", change.remove);
  out.member("reason", change.reason);
}

KeyChange read_key_change(const ObjectReader& in) {
  KeyChange change;
  change.party = static_cast<PartyRole>(in.choice("party", kPartyRoleNames));
  change.part = static_cast<KeyPart>(in.choice("part", kKeyPartNames));
  for (auto [name, into] : {std::pair{"add", &change.add}, std::pair{"remove", &change.remove}}) {
    if (!in.has(name)) continue;
    *into = in.non_empty(name);
    const bool good = change.part == KeyPart::box ? parse_box(*into).has_value() : parse_vkey(*into).has_value();
    if (!good) in.problem(name, "expected a key");
  }
  if (change.add.empty() && change.remove.empty()) in.problem({}, "neither adds a key nor removes one");
  if (change.part == KeyPart::machine && (change.add.empty() || change.remove.empty()))
    in.problem({}, "a machine's key is replaced: both the old and the new one are named");
  if (!change.add.empty() && change.part == KeyPart::person)
    change.duty = static_cast<Duty>(in.choice("duty", kDutyNames));
  change.reason = read_reason(in);
  return change;
}

void write_members(JsonWriter& out, const DutyRota& rota) {
  out.member("party", kPartyRoleNames[static_cast<std::size_t>(rota.party)]);
  out.member("from", rota.from).member("until", rota.until);
  write_strings(out, "officers", rota.officers);
  write_strings(out, "deputies", rota.deputies);
}

DutyRota read_duty_rota(const ObjectReader& in) {
  DutyRota rota;
  rota.party = static_cast<PartyRole>(in.choice("party", kPartyRoleNames));
  for (auto [name, into] : {std::pair{"from", &rota.from}, std::pair{"until", &rota.until}}) {
    *into = read_time(in, name).value_or("");
    if (into->empty()) in.problem(name, "a rota says from when until when");
  }
  if (in.problems().empty() && *seconds_of_rfc3339(rota.from) >= *seconds_of_rfc3339(rota.until))
    in.problem("until", "is not after `from`");
  rota.officers = in.strings("officers");
  rota.deputies = in.strings("deputies");
  if (rota.officers.size() + rota.deputies.size() > kAgreementPeople) in.problem("officers", "expected at most 64");
  return rota;
}

}  // namespace scrutineer
