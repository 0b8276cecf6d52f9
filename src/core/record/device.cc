#include "core/record/device.h"

#include <algorithm>

#include "core/crypto/hash.h"
#include "core/record/disclosure.h"

namespace scrutineer {
namespace {

template <class Enum, std::size_t N>
void choice(JsonWriter& out, std::string_view name, const std::string_view (&names)[N], Enum value) {
  out.member(name, names[static_cast<std::size_t>(value)]);
}
template <class Enum, std::size_t N>
Enum choice(const ObjectReader& in, std::string_view name, const std::string_view (&names)[N]) {
  return static_cast<Enum>(in.choice(name, names));
}

template <class Thing, class Each>
void list(JsonWriter& out, std::string_view name, const std::vector<Thing>& things, Each each) {
  out.name(name).begin_array();
  for (const Thing& thing : things) {
    out.begin_object();
    each(thing);
    out.end_object();
  }
  out.end_array();
}

template <class Thing, class Each>
std::vector<Thing> list(const ObjectReader& in, std::string_view name, std::size_t most, Each each) {
  std::vector<Thing> things;
  in.objects(name, [&](const ObjectReader& reader, std::size_t index) {
    if (index == most) in.problem(name, "expected at most " + std::to_string(most));
    if (index < most) things.push_back(each(reader));
  });
  return things;
}

// Whether no two have the same key.
template <class Thing, class Key>
bool each_once(const std::vector<Thing>& things, Key key) {
  for (std::size_t i = 0; i < things.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (key(things[i]) == key(things[j])) return false;
  return true;
}

std::vector<std::string> read_texts(const ObjectReader& in, std::string_view name, std::size_t least, std::size_t most,
                                    std::size_t most_bytes = kShortBytes) {
  std::vector<std::string> texts = in.strings(name);
  if (texts.size() < least || texts.size() > most)
    in.problem(name, "expected " + std::to_string(least) + " to " + std::to_string(most));
  for (const std::string& text : texts)
    if (text.empty() || text.size() > most_bytes)
      in.problem(name, "each has 1 to " + std::to_string(most_bytes) + " bytes");
  return texts;
}

void write_note(JsonWriter& out, const std::string& note) {
  if (!note.empty()) out.member("note", note);
}
std::string read_note(const ObjectReader& in) {
  std::string note = in.optional_string("note").value_or("");
  if (note.size() > kShortBytes) in.problem("note", "expected at most 200 bytes");
  return note;
}

void write_digests(JsonWriter& out, const std::vector<std::string>& digests) {
  if (digests.empty()) return;
  write_strings(out, "_sd", digests);
  out.member("_sd_alg", "sha-256");
}
std::vector<std::string> read_digests(const ObjectReader& in) {
  constexpr std::string_view kAlgorithms[] = {"sha-256"};  // RFC 9901 section 4.1.1
  if (!in.has("_sd")) return {};
  std::vector<std::string> digests = in.strings("_sd");
  if (digests.empty() || digests.size() > kDeviceDigests) in.problem("_sd", "expected 1 to 64 digests");
  for (const std::string& digest : digests)
    if (!is_disclosure_digest(digest)) in.problem("_sd", "expected digests of 43 base64url characters");
  in.choice("_sd_alg", kAlgorithms);
  return digests;
}

void write_software(JsonWriter& out, const std::vector<MeasuredFile>& software) {
  list(out, "software", software,
       [&](const MeasuredFile& file) { out.member("name", file.name).member("sha256", to_hex(file.sha256)); });
}

Bytes read_base64(const ObjectReader& in, std::string_view name) {
  auto bytes = from_base64(in.non_empty(name));
  if (!bytes) in.problem(name, "expected base64");
  if (bytes && bytes->size() > kQuoteBytes) in.problem(name, "expected at most 1024 bytes");
  return bytes.value_or(Bytes());
}

void write_registers(JsonWriter& out, const std::vector<RegisterValue>& values) {
  list(out, "pcrs", values,
       [&](const RegisterValue& value) { out.member("index", value.index).member("sha256", to_hex(value.sha256)); });
}

std::vector<RegisterValue> read_registers(const ObjectReader& in) {
  auto values = list<RegisterValue>(in, "pcrs", kDevicePcrs, [](const ObjectReader& reader) {
    return RegisterValue{reader.integer("index", 0, kDevicePcrs - 1), reader.hash("sha256")};
  });
  for (std::size_t i = 1; i < values.size(); ++i)
    if (values[i - 1].index >= values[i].index) in.problem("pcrs", "by index, none twice");
  return values;
}

void write_tpm(JsonWriter& out, const TpmAnswer& tpm) {
  out.name("tpm").begin_object();
  choice(out, "state", kTpmStateNames, tpm.state);
  if (tpm.state == TpmState::failed) out.member("trouble", tpm.trouble);
  if (tpm.state == TpmState::quote) {
    out.member("nonce", to_hex(tpm.nonce)).member("attest", to_base64(tpm.attest));
    out.member("signature", to_base64(tpm.signature));
    write_registers(out, tpm.pcrs);
  }
  out.end_object();
}

TpmAnswer read_tpm(const ObjectReader& in) {
  TpmAnswer tpm;
  in.object("tpm", [&](const ObjectReader& members) {
    tpm.state = choice<TpmState>(members, "state", kTpmStateNames);
    if (tpm.state == TpmState::failed) tpm.trouble = read_short(members, "trouble");
    if (tpm.state != TpmState::quote) return;
    auto nonce = from_hex(members.string("nonce"));
    if (!nonce || nonce->size() < kNonceLeast || nonce->size() > kNonceMost)
      members.problem("nonce", "expected 16 to 64 bytes in hex");
    tpm.nonce = nonce.value_or(Bytes());
    tpm.attest = read_base64(members, "attest");
    tpm.signature = read_base64(members, "signature");
    tpm.pcrs = read_registers(members);
  });
  return tpm;
}

void write_place(JsonWriter& out, const std::string& area, const std::string& device) {
  out.member("area", area).member("device", device);
}

void read_inventory_of(const ObjectReader& in, DeviceStatement& statement) {
  if (in.has("inventory") == in.has("inventory_blob"))
    in.problem("inventory", "say the inventory itself or its blob, one of the two");
  in.object(
      "inventory", [&](const ObjectReader& members) { statement.inventory = read_inventory(members); }, false);
  in.object(
      "inventory_blob", [&](const ObjectReader& members) { statement.inventory_blob = read_blob_ref(members); }, false);
}

std::optional<PublicKey> read_tpm_key(const ObjectReader& in) {
  auto text = in.optional_string("tpm_key");
  if (!text) return std::nullopt;
  auto bytes = from_base64(*text);
  PublicKey key{KeyType::ecdsa_p256, bytes.value_or(Bytes())};
  if (auto form = check_public_key_form(key); !form)
    in.problem("tpm_key", "expected a P-256 key as SubjectPublicKeyInfo in base64");
  return key;
}

}  // namespace

void write_members(JsonWriter& out, const DeviceStatement& statement) {
  write_place(out, statement.area, statement.device);
  choice(out, "event", kDeviceEventNames, statement.event);
  write_software(out, statement.software);
  if (statement.definition) out.member("definition", to_hex(*statement.definition));
  if (statement.thresholds) out.member("thresholds", to_hex(*statement.thresholds));
  if (statement.inventory) write(out, "inventory", *statement.inventory);
  if (statement.inventory_blob) write(out, "inventory_blob", *statement.inventory_blob);
  if (statement.allowed) out.member("allowed", to_hex(*statement.allowed));
  list(out, "differences", statement.differences, [&](const DeviceDifference& difference) {
    choice(out, "code", kDifferenceNames, difference.code);
    out.member("at", difference.at);
  });
  write_tpm(out, statement.tpm);
  if (statement.previous) out.member("previous", to_hex(*statement.previous));
  write_digests(out, statement.digests);
}

DeviceStatement read_device_statement(const ObjectReader& in) {
  DeviceStatement statement;
  statement.area = read_short(in, "area");
  statement.device = read_short(in, "device");
  statement.event = choice<DeviceEvent>(in, "event", kDeviceEventNames);
  statement.software = list<MeasuredFile>(in, "software", kDeviceSoftware, [](const ObjectReader& file) {
    return MeasuredFile{read_short(file, "name"), file.hash("sha256")};
  });
  if (statement.software.empty()) in.problem("software", "say at least one file that runs");
  statement.definition = in.optional_hash("definition");
  statement.thresholds = in.optional_hash("thresholds");
  read_inventory_of(in, statement);
  statement.allowed = in.optional_hash("allowed");
  statement.differences = list<DeviceDifference>(in, "differences", kDeviceDifferences, [](const ObjectReader& reader) {
    return DeviceDifference{choice<DifferenceCode>(reader, "code", kDifferenceNames), read_short(reader, "at")};
  });
  if (std::adjacent_find(statement.differences.begin(), statement.differences.end(), std::greater_equal<>()) !=
      statement.differences.end())
    in.problem("differences", "they are sorted by code and place, none twice");
  if (!statement.allowed && !statement.differences.empty())
    in.problem("allowed", "differences are from an allowed list: name it");
  statement.tpm = read_tpm(in);
  if (auto previous = in.optional_hash("previous")) statement.previous = RecordId{*previous};
  if (!statement.previous && statement.event != DeviceEvent::open)
    in.problem("previous", "closing and changing follow a statement: name it");
  statement.digests = read_digests(in);
  return statement;
}

Hash256 measured_hash(const DeviceStatement& statement) {
  JsonWriter out;
  out.begin_object().member("device", statement.device);
  write_software(out, statement.software);
  if (statement.definition) out.member("definition", to_hex(*statement.definition));
  if (statement.thresholds) out.member("thresholds", to_hex(*statement.thresholds));
  Hash256 inventory = statement.inventory        ? sha256(inventory_text(*statement.inventory))
                      : statement.inventory_blob ? statement.inventory_blob->sha256.hash
                                                 : Hash256{};
  out.member("inventory", to_hex(inventory)).end_object();
  return Sha256().update("scrutineer/measured\n").update(out.text()).finish();
}

void write_members(JsonWriter& out, const DeviceEnrolment& enrolment) {
  write_place(out, enrolment.area, enrolment.device);
  choice(out, "kind", kDeviceKindNames, enrolment.kind);
  out.member("maker", enrolment.maker).member("model", enrolment.model);
  if (enrolment.carrier) out.member("carrier", *enrolment.carrier);
  if (enrolment.market) choice(out, "market", kMarketNames, *enrolment.market);
  list(out, "transmitters", enrolment.transmitters, [&](const Transmitter& transmitter) {
    choice(out, "way", kWayNames, transmitter.way);
    choice(out, "state", kFittedNames, transmitter.state);
    write_note(out, transmitter.note);
  });
  if (enrolment.tpm_key) out.member("tpm_key", to_base64(enrolment.tpm_key->bytes));
  if (!enrolment.pcrs.empty()) write_registers(out, enrolment.pcrs);
  write_strings(out, "seals", enrolment.seals);
  write_strings(out, "sealed_by", enrolment.sealed_by);
  write_digests(out, enrolment.digests);
}

DeviceEnrolment read_device_enrolment(const ObjectReader& in) {
  DeviceEnrolment enrolment;
  enrolment.area = read_short(in, "area");
  enrolment.device = read_short(in, "device");
  enrolment.kind = choice<DeviceKind>(in, "kind", kDeviceKindNames);
  enrolment.maker = read_short(in, "maker");
  enrolment.model = read_short(in, "model");
  enrolment.carrier = read_optional_short(in, "carrier");
  if (in.has("market")) enrolment.market = choice<Market>(in, "market", kMarketNames);
  enrolment.transmitters = list<Transmitter>(in, "transmitters", kWays, [](const ObjectReader& reader) {
    return Transmitter{choice<Way>(reader, "way", kWayNames), choice<Fitted>(reader, "state", kFittedNames),
                       read_note(reader)};
  });
  if (!each_once(enrolment.transmitters, [](const Transmitter& t) { return t.way; }))
    in.problem("transmitters", "each way stands in it once");
  enrolment.tpm_key = read_tpm_key(in);
  if (in.has("pcrs")) enrolment.pcrs = read_registers(in);
  if (!enrolment.pcrs.empty() && !enrolment.tpm_key) in.problem("tpm_key", "values of registers need the TPM's key");
  enrolment.seals = read_texts(in, "seals", 1, kDeviceSeals);
  enrolment.sealed_by = read_texts(in, "sealed_by", 1, kDevicePeople);
  enrolment.digests = read_digests(in);
  return enrolment;
}

void write_members(JsonWriter& out, const Inspection& inspection) {
  write_place(out, inspection.area, inspection.device);
  choice(out, "occasion", kOccasionNames, inspection.occasion);
  list(out, "looked_at", inspection.looked_at, [&](const LookedAt& one) {
    choice(out, "part", kDevicePartNames, one.part);
    choice(out, "found", kFoundNames, one.found);
    write_note(out, one.note);
  });
  list(out, "not_looked_at", inspection.not_looked_at, [&](const NotLookedAt& one) {
    choice(out, "part", kDevicePartNames, one.part);
    out.member("why", one.why);
  });
  list(out, "seals", inspection.seals, [&](const SealSeen& seal) {
    out.member("number", seal.number);
    choice(out, "state", kSealStateNames, seal.state);
  });
  write_strings(out, "findings", inspection.findings);
  write_strings(out, "present", inspection.present);
  if (inspection.statement) out.member("statement", to_hex(*inspection.statement));
}

Inspection read_inspection(const ObjectReader& in) {
  Inspection inspection;
  inspection.area = read_short(in, "area");
  inspection.device = read_short(in, "device");
  inspection.occasion = choice<Occasion>(in, "occasion", kOccasionNames);
  inspection.looked_at = list<LookedAt>(in, "looked_at", kDeviceParts, [](const ObjectReader& reader) {
    return LookedAt{choice<DevicePart>(reader, "part", kDevicePartNames),
                    choice<PartFound>(reader, "found", kFoundNames), read_note(reader)};
  });
  inspection.not_looked_at = list<NotLookedAt>(in, "not_looked_at", kDeviceParts, [](const ObjectReader& reader) {
    return NotLookedAt{choice<DevicePart>(reader, "part", kDevicePartNames), read_short(reader, "why")};
  });
  std::vector<DevicePart> parts;
  for (const LookedAt& one : inspection.looked_at) parts.push_back(one.part);
  for (const NotLookedAt& one : inspection.not_looked_at) parts.push_back(one.part);
  if (!each_once(parts, [](DevicePart part) { return part; }))
    in.problem("looked_at", "a part stands in one of the two lists, once");
  inspection.seals = list<SealSeen>(in, "seals", kDeviceSeals, [](const ObjectReader& reader) {
    return SealSeen{read_short(reader, "number"), choice<SealState>(reader, "state", kSealStateNames)};
  });
  if (!each_once(inspection.seals, [](const SealSeen& seal) -> const std::string& { return seal.number; }))
    in.problem("seals", "a seal's number stands in it once");
  inspection.findings = read_texts(in, "findings", 0, kDeviceFindings, 2'000);
  inspection.present = read_texts(in, "present", 1, kDevicePeople);
  if (auto statement = in.optional_hash("statement")) inspection.statement = RecordId{*statement};
  return inspection;
}

}  // namespace scrutineer
