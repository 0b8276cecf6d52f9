#include "core/record/device.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

const std::string kHash(64, 'a');
const std::string kDigest = "uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY";

Result<Record> read(std::string_view type, const std::string& members) {
  return read_record_text("scrutineer/" + std::string(type) + "/1\n{\"election\":\"" + kHash + "\"," + members + "}\n");
}

const std::string kEmpty =
    R"("interfaces":[],"radios":[],"devices":[],"mounts":[],"drivers":[],"sockets":[],"ports":[],"unread":[])";
const std::string kWifi = R"({"name":"wlan0","kind":"wifi","driver":"iwlwifi","state":"down","cable":"no"})";
const std::string kLan = R"({"name":"eth0","kind":"ethernet","driver":"e1000e","state":"up","cable":"yes"})";

std::string interfaces(const std::string& list) {
  return R"("inventory":{)" + std::string(kEmpty).replace(0, 15, R"("interfaces":[)" + list + "]") + "}";
}

struct Row {
  const char* type;
  std::string members;
  const char* problem;  // nullptr: good
};

void judge(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CAPTURE(row.members);
    auto record = read(row.type, row.members);
    if (!record) CAPTURE(to_string(record.error()));
    CHECK(record.has_value() == (row.problem == nullptr));
    if (!record && row.problem) CHECK(record.error().where.find(row.problem) != std::string::npos);
    if (!record) continue;
    auto again = read_record_text(record_text(*record));
    REQUIRE(again);
    CHECK(record_text(*again) == record_text(*record));
  }
}

TEST_CASE("statements of a machine are read strictly") {
  const std::string who =
      R"("area":"/","device":"counter-3","software":[{"name":"scrutineer","sha256":")" + kHash + R"("}],)";
  const std::string open = who + R"("event":"open","differences":[],)";
  const std::string none = R"("tpm":{"state":"no TPM"},)";
  const std::string inventory = R"("inventory":{)" + kEmpty + "}";
  const std::string blob = R"("inventory_blob":{"sha256":")" + kHash + R"(","size":9,"type":"application/json"})";
  const std::string nonce(32, '0');
  judge({
      {"device-statement", open + none + inventory, nullptr},
      {"device-statement", open + none + blob, nullptr},
      {"device-statement", open + none + blob + "," + inventory, "inventory"},
      {"device-statement", open + R"("tpm":{"state":"no TPM"})", "inventory"},
      {"device-statement", open + inventory, "tpm"},
      {"device-statement", open + R"("tpm":{"state":"there is one"},)" + inventory, "tpm.state"},
      {"device-statement", open + R"("tpm":{"state":"failed"},)" + inventory, "tpm.trouble"},
      {"device-statement", open + R"("tpm":{"state":"failed","trouble":"busy"},)" + inventory, nullptr},
      {"device-statement",
       open + R"("tpm":{"state":"quote","nonce":")" + nonce + R"(","attest":"AAAA","signature":"AAAA","pcrs":[]},)" +
           inventory,
       nullptr},
      {"device-statement",
       open + R"("tpm":{"state":"quote","nonce":"00","attest":"AAAA","signature":"AAAA","pcrs":[]},)" + inventory,
       "tpm.nonce"},
      {"device-statement",
       open + R"("tpm":{"state":"quote","nonce":")" + nonce + R"(","attest":"A","signature":"AAAA","pcrs":[]},)" +
           inventory,
       "tpm.attest"},
      {"device-statement", who + R"("event":"close","differences":[],)" + none + inventory, "previous"},
      {"device-statement", who + R"("event":"close","differences":[],"previous":")" + kHash + "\"," + none + inventory,
       nullptr},
      {"device-statement", who + R"("event":"sleep","differences":[],)" + none + inventory, "event"},
      {"device-statement", open + none + inventory + R"(,"_sd":["x"],"_sd_alg":"sha-256")", "_sd"},
      {"device-statement", open + none + inventory + R"(,"_sd":[")" + kDigest + R"("],"_sd_alg":"sha-256")", nullptr},
      {"device-statement", who + R"("event":"open","differences":[{"code":"radio","at":"phy0"}],)" + none + inventory,
       "allowed"},
      {"device-statement",
       who + R"("event":"open","allowed":")" + kHash + R"(","differences":[{"code":"radio","at":"phy0"}],)" + none +
           inventory,
       nullptr},
      {"device-statement",
       who + R"("event":"open","allowed":")" + kHash +
           R"(","differences":[{"code":"radio","at":"b"},{"code":"interface","at":"a"}],)" + none + inventory,
       "differences"},
      {"device-statement",
       R"("area":"/","device":"c","software":[],"event":"open","differences":[],)" + none + inventory, "software"},
      // the inventory
      {"device-statement", open + none + interfaces(kLan + "," + kWifi), nullptr},
      {"device-statement", open + none + interfaces(kWifi + "," + kLan), "interfaces"},  // not in order
      {"device-statement", open + none + interfaces(kLan + "," + kLan), "interfaces"},
      {"device-statement", open + none + interfaces(R"({"name":"eth0"})"), "inventory.interfaces[0].kind"},
      {"device-statement", open + none + R"("inventory":{"interfaces":[]})", "inventory.radios"},
  });
}

TEST_CASE("enrolments and inspections are read strictly") {
  const std::string box = R"("area":"/","device":"router-1","kind":"router","maker":"A","model":"B",)";
  const std::string sealed = R"("seals":["S-1"],"sealed_by":["jongno/member-1"])";
  const std::string seen = R"("area":"/","device":"counter-3","occasion":"opening","present":["jongno/observer-1"],)";
  const std::string rest = R"("seals":[],"findings":[])";
  judge({
      {"device-enrolment", box + R"("transmitters":[],)" + sealed, nullptr},
      {"device-enrolment", box + R"("carrier":"C","market":"exported","transmitters":[],)" + sealed, nullptr},
      {"device-enrolment",
       box + R"("transmitters":[{"way":"wifi","state":"removed","note":"card taken out"}],)" + sealed, nullptr},
      {"device-enrolment",
       box + R"("transmitters":[{"way":"wifi","state":"absent"},{"way":"wifi","state":"fitted"}],)" + sealed,
       "transmitters"},
      {"device-enrolment", box + R"("transmitters":[{"way":"telepathy","state":"absent"}],)" + sealed,
       "transmitters[0].way"},
      {"device-enrolment", box + R"("transmitters":[],"tpm_key":"AAAA",)" + sealed, "tpm_key"},
      {"device-enrolment", box + R"("transmitters":[],"pcrs":[{"index":0,"sha256":")" + kHash + R"("}],)" + sealed,
       "tpm_key"},
      {"device-enrolment", box + R"("transmitters":[],"seals":[],"sealed_by":["a"])", "seals"},
      {"device-enrolment", box + R"("transmitters":[],"seals":["1"],"sealed_by":[])", "sealed_by"},
      {"inspection", seen + R"("looked_at":[{"part":"case","found":"sealed"}],"not_looked_at":[],)" + rest, nullptr},
      {"inspection",
       seen + R"("looked_at":[],"not_looked_at":[{"part":"mainboard","why":"the seal was not to be broken"}],)" + rest,
       nullptr},
      {"inspection", seen + R"("looked_at":[],"not_looked_at":[{"part":"mainboard","why":""}],)" + rest, "why"},
      {"inspection",
       seen + R"("looked_at":[{"part":"case","found":"sealed"}],"not_looked_at":[{"part":"case","why":"x"}],)" + rest,
       "looked_at"},
      {"inspection",
       seen + R"("looked_at":[],"not_looked_at":[],"findings":[],"seals":[{"number":"1","state":"new"},)" +
           R"({"number":"1","state":"broken"}])",
       "seals"},
      {"inspection", seen + R"("looked_at":[{"part":"soul","found":"absent"}],"not_looked_at":[],)" + rest, "part"},
      {"inspection",
       R"("area":"/","device":"c","occasion":"opening","present":[],"looked_at":[],"not_looked_at":[],)" + rest,
       "present"},
  });
}

TEST_CASE("what is measured is the machine's name, software, definition, thresholds and inventory, and nothing else") {
  DeviceStatement statement;
  statement.device = "counter-3";
  statement.software = {{"scrutineer", sha256("program")}};
  statement.inventory = Inventory{};
  const Hash256 before = measured_hash(statement);
  DeviceStatement other = statement;
  other.event = DeviceEvent::close;
  other.tpm.state = TpmState::failed;
  other.digests = {kDigest};
  CHECK(measured_hash(other) == before);
  // The same inventory as a blob is the same inventory.
  other.inventory_blob = BlobRef{blob_hash(inventory_text(*statement.inventory)), 1, "application/json"};
  other.inventory.reset();
  CHECK(measured_hash(other) == before);
  std::vector<DeviceStatement> changed(5, statement);
  changed[0].device = "counter-4";
  changed[1].software[0].sha256 = sha256("another");
  changed[2].definition = sha256("definition");
  changed[3].thresholds = sha256("definition");
  changed[4].inventory->radios.push_back({"phy0", RadioKind::wifi, Blocked::soft});
  for (std::size_t i = 0; i < changed.size(); ++i) {
    CAPTURE(i);
    CHECK(measured_hash(changed[i]) != before);
    for (std::size_t j = 0; j < i; ++j) CHECK(measured_hash(changed[i]) != measured_hash(changed[j]));
  }
}

TEST_CASE("an inventory has one text") {
  Inventory inventory;
  inventory.interfaces = {{"wlan0", InterfaceKind::wifi, "", InterfaceState::down, Cable::no},
                          {"eth0", InterfaceKind::ethernet, "e1000e", InterfaceState::up, Cable::yes},
                          {"wlan0", InterfaceKind::wifi, "", InterfaceState::down, Cable::no}};
  inventory.devices = {{Bus::usb, "1-2", "0bda:8152", {"0a0000", "020600", "0a0000"}, "r8152", "LAN"}};
  put_in_order(inventory);
  CHECK(inventory.interfaces.size() == 2);
  CHECK(inventory.devices[0].classes == std::vector<std::string>{"020600", "0a0000"});
  auto again = parse_inventory(inventory_text(inventory));
  REQUIRE(again);
  CHECK(*again == inventory);
  inventory.ports.assign(kInventoryItems + 1, {});
  for (std::size_t i = 0; i < inventory.ports.size(); ++i) inventory.ports[i].name = "tty" + std::to_string(1'000 + i);
  auto many = parse_inventory(inventory_text(inventory));
  REQUIRE_FALSE(many);
  CHECK(many.error().where.find("ports[256]") != std::string::npos);
}

}  // namespace
}  // namespace scrutineer
