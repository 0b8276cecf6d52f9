// Inventories, allowed lists, models, and what is missing: tables.
#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

#include "core/device/allowed.h"
#include "core/device/history.h"
#include "core/device/models.h"

namespace scrutineer::device {
namespace {

Inventory domestic() {
  Inventory in;
  in.interfaces = {{"lo", InterfaceKind::loopback, "", InterfaceState::up, Cable::yes}};
  in.devices = {{Bus::usb, "1-1", "04a9:1909", {"060101"}, "usbfs", "scanner"},
                {Bus::usb, "1-2", "046d:c31c", {"030101"}, "usbhid", "keyboard"}};
  in.mounts = {{"/dev/sda1", "/", "ext4", true}};
  in.sockets = {{SocketProtocol::tcp, SocketState::listening, "127.0.0.1:8080", ""}};
  put_in_order(in);
  return in;
}

Inventory exported() {
  Inventory in = domestic();
  in.interfaces.push_back({"wwan0", InterfaceKind::cellular, "qmi_wwan", InterfaceState::up, Cable::yes});
  in.interfaces.push_back({"eth0", InterfaceKind::ethernet, "e1000e", InterfaceState::up, Cable::yes});
  in.devices.push_back({Bus::usb, "1-3", "1199:9071", {"ff0000"}, "qmi_wwan", "modem"});
  put_in_order(in);
  return in;
}

TEST_CASE("each thing is a sentence about what it could transmit with") {
  struct Row {
    const char* what;
    void (*put)(Inventory&);
    const char* en;  // nullptr: nothing
  };
  const Row rows[] = {
      {"loopback",
       [](Inventory& i) {
         i.interfaces = {{"lo", InterfaceKind::loopback, "", InterfaceState::up, Cable::yes}};
       },
       nullptr},
      {"a bridge",
       [](Inventory& i) {
         i.interfaces = {{"br0", InterfaceKind::virtual_, "", InterfaceState::up, Cable::yes}};
       },
       nullptr},
      {"LAN, cable",
       [](Inventory& i) {
         i.interfaces = {{"eth0", InterfaceKind::ethernet, "x", InterfaceState::up, Cable::yes}};
       },
       "Wired network (eth0): switched on, and a cable is plugged in. It can transmit now."},
      {"LAN, no cable",
       [](Inventory& i) {
         i.interfaces = {{"eth0", InterfaceKind::ethernet, "x", InterfaceState::up, Cable::no}};
       },
       "Wired network (eth0): switched on. It can transmit as soon as something receives."},
      {"LAN, off",
       [](Inventory& i) {
         i.interfaces = {{"eth0", InterfaceKind::ethernet, "x", InterfaceState::down, Cable::no}};
       },
       "Wired network (eth0): switched off. Software can switch it on."},
      {"LAN, state not told",
       [](Inventory& i) {
         i.interfaces = {{"eth0", InterfaceKind::ethernet, "x", InterfaceState::unknown, Cable::unknown}};
       },
       "Wired network (eth0): switched on. It can transmit as soon as something receives."},
      {"Wi-Fi soft",
       [](Inventory& i) {
         i.radios = {{"phy0", RadioKind::wifi, Blocked::soft}};
       },
       "Wireless network (Wi-Fi) (phy0): blocked by software, which software can lift."},
      {"Bluetooth hard",
       [](Inventory& i) {
         i.radios = {{"hci0", RadioKind::bluetooth, Blocked::hard}};
       },
       "Bluetooth (hci0): blocked by a switch of the hardware. Who can reach that switch is for people to look at."},
      {"GPS receives",
       [](Inventory& i) {
         i.radios = {{"gps", RadioKind::gps, Blocked::no}};
       },
       nullptr},
      {"a Wi-Fi card without driver",
       [](Inventory& i) {
         i.devices = {{Bus::pci, "0000:02:00.0", "8086:2723", {"028000"}, "", ""}};
       },
       "Wireless network (Wi-Fi) (pci 0000:02:00.0 8086:2723): the device is there and no driver uses it. A driver "
       "would "
       "make it usable."},
      {"a Bluetooth stick",
       [](Inventory& i) {
         i.devices = {{Bus::usb, "1-4", "0a12:0001", {"e00101"}, "btusb", ""}};
       },
       "Bluetooth (usb 1-4 0a12:0001): the device is there, and the driver btusb uses it."},
      {"an unknown stick",
       [](Inventory& i) {
         i.devices = {{Bus::usb, "1-4", "0bda:8152", {"ffff00"}, "", ""}};
       },
       "Other (usb 1-4 0bda:8152): a device of a kind that only its maker knows. What it could transmit cannot be told "
       "from here."},
      {"a keyboard",
       [](Inventory& i) {
         i.devices = {{Bus::usb, "1-2", "046d:c31c", {"030101"}, "usbhid", ""}};
       },
       nullptr},
      {"a loaded driver",
       [](Inventory& i) {
         i.drivers = {{"iwlwifi", DriverKind::wifi}};
       },
       "Wireless network (Wi-Fi) (iwlwifi): a driver is loaded. A matching device works as soon as it is plugged in."},
      {"a serial port",
       [](Inventory& i) {
         i.ports = {{"ttyS0", PortKind::serial, "serial8250"}};
       },
       "Serial port (ttyS0): there is a port. With a cable or a modem in it, it can transmit."},
      {"a page for the machine itself",
       [](Inventory& i) {
         i.sockets = {{SocketProtocol::tcp, SocketState::listening, "127.0.0.1:80", ""}};
       },
       nullptr},
      {"the same over IPv6",
       [](Inventory& i) {
         i.sockets = {{SocketProtocol::tcp6, SocketState::listening, "[::1]:80", ""}};
       },
       nullptr},
      {"a page for everybody",
       [](Inventory& i) {
         i.sockets = {{SocketProtocol::tcp, SocketState::listening, "0.0.0.0:80", ""}};
       },
       "Other (tcp 0.0.0.0:80): a program waits for other machines to connect."},
      {"a connection",
       [](Inventory& i) {
         i.sockets = {{SocketProtocol::tcp, SocketState::connected, "10.0.0.2:5000", "10.0.0.1:443"}};
       },
       "Other (tcp 10.0.0.2:5000 - 10.0.0.1:443): connected to another machine (10.0.0.1:443) now."},
      {"another machine's folder",
       [](Inventory& i) {
         i.mounts = {{"nas:/x", "/mnt", "nfs4", true}};
       },
       "Other (/mnt): connected to another machine (nas:/x) now."},
      {"what could not be looked at",
       [](Inventory& i) {
         i.unread = {{"/sys/class/rfkill", "permission denied"}};
       },
       "Other (/sys/class/rfkill): could not be looked at. Anything may be there."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Inventory inventory;
    row.put(inventory);
    auto found = capabilities(inventory);
    REQUIRE(found.size() == (row.en ? 1 : 0));
    if (row.en) CHECK(sentence(found[0]).en == row.en);
    if (row.en) CHECK(sentence(found[0]).ko.find(found[0].at) != std::string::npos);
  }
}

TEST_CASE("a driver that serves what is listed is no further way") {
  Inventory inventory;
  inventory.interfaces = {{"eth0", InterfaceKind::ethernet, "e1000e", InterfaceState::up, Cable::yes}};
  inventory.drivers = {{"e1000e", DriverKind::network}, {"iwlwifi", DriverKind::wifi}};
  auto found = capabilities(inventory);
  REQUIRE(found.size() == 2);
  CHECK(found[0].at == "eth0");
  CHECK(found[1].at == "iwlwifi");
}

DeviceStatement statement_of(const Inventory& inventory) {
  DeviceStatement statement;
  statement.area = "/";
  statement.device = "sorter-1";
  statement.software = {{"scrutineer", Hash256{}}};
  statement.inventory = inventory;
  return statement;
}

std::string codes(const std::vector<DeviceDifference>& found) {
  std::string out;
  for (const DeviceDifference& one : found)
    out += std::string(out.empty() ? "" : "; ") + std::string(kDifferenceNames[static_cast<std::size_t>(one.code)]) +
           " " + one.at;
  return out;
}

TEST_CASE("differences from the allowed list") {
  const Inventory inventory = domestic();
  const DeviceStatement statement = statement_of(inventory);
  const std::string mine = allowed_text(statement, inventory, "A-100");
  auto exact = parse_allowed(mine);
  if (!exact) CAPTURE(to_string(exact.error()));
  REQUIRE(exact);
  CHECK(differences(statement, inventory, *exact).empty());  // the list made from a machine fits it

  struct Row {
    const char* what;
    void (*change)(DeviceStatement&, Inventory&);
    const char* expected;
  };
  const Row rows[] = {
      {"an interface more",
       [](DeviceStatement&, Inventory& i) {
         i.interfaces.push_back({"wlan0", InterfaceKind::wifi, "", InterfaceState::down, Cable::no});
       },
       "interface wlan0"},
      {"an allowed interface, in another state",
       [](DeviceStatement&, Inventory& i) { i.interfaces[0].state = InterfaceState::down; }, "interface lo"},
      {"a radio, even a blocked one",
       [](DeviceStatement&, Inventory& i) {
         i.radios.push_back({"phy0", RadioKind::wifi, Blocked::hard});
       },
       "radio phy0"},
      {"a second keyboard of an allowed kind",
       [](DeviceStatement&, Inventory& i) {
         i.devices.push_back({Bus::usb, "1-5", "046d:c31c", {"030101"}, "usbhid", ""});
       },
       "device usb 1-5 046d:c31c"},
      {"a stick",
       [](DeviceStatement&, Inventory& i) {
         i.devices.push_back({Bus::usb, "1-5", "0781:5567", {"080650"}, "", "Cruzer"});
       },
       "device usb 1-5 0781:5567 Cruzer"},
      {"storage",
       [](DeviceStatement&, Inventory& i) {
         i.mounts.push_back({"/dev/sdb1", "/media/stick", "vfat", true});
       },
       "mount /media/stick"},
      {"storage that became writable", [](DeviceStatement&, Inventory& i) { i.mounts[0].writable = false; }, "mount /"},
      {"a driver",
       [](DeviceStatement&, Inventory& i) {
         i.drivers.push_back({"iwlwifi", DriverKind::wifi});
       },
       "driver iwlwifi"},
      {"a socket",
       [](DeviceStatement&, Inventory& i) {
         i.sockets.push_back({SocketProtocol::tcp, SocketState::listening, "0.0.0.0:22", ""});
       },
       "socket tcp 0.0.0.0:22"},
      {"a port",
       [](DeviceStatement&, Inventory& i) {
         i.ports.push_back({"ttyUSB0", PortKind::usb_serial, "ftdi_sio"});
       },
       "port ttyUSB0"},
      {"another program", [](DeviceStatement& s, Inventory&) { s.software[0].sha256.bytes[31] = 1; },
       "software scrutineer 0000000000000000000000000000000000000000000000000000000000000001"},
      {"what could not be looked at",
       [](DeviceStatement&, Inventory& i) {
         i.unread.push_back({"/proc/net/tcp", "absent"});
       },
       "unread /proc/net/tcp"},
      {"several, in order",
       [](DeviceStatement&, Inventory& i) {
         i.ports.push_back({"ttyS0", PortKind::serial, ""});
         i.radios.push_back({"hci0", RadioKind::bluetooth, Blocked::no});
       },
       "radio hci0; port ttyS0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    DeviceStatement changed = statement;
    Inventory there = inventory;
    row.change(changed, there);
    auto found = differences(changed, there, *exact);
    CHECK(codes(found) == row.expected);
    for (const DeviceDifference& one : found) {
      CHECK(sentence(one).ko.find(one.at) != std::string::npos);
      CHECK(sentence(one).en.find(one.at) != std::string::npos);
    }
  }

  SUBCASE("hashes and the TPM") {
    AllowedList list;
    list.interfaces = {{InterfaceKind::loopback, {}, {}, {}}};
    list.definition = Hash256{};
    list.tpm_required = true;
    Inventory lo;
    lo.interfaces = inventory.interfaces;
    CHECK(codes(differences(statement, lo, list)) == "definition none; tpm no TPM");
  }
  SUBCASE("more than a record holds") {
    Inventory many;
    for (int i = 0; i < 700; ++i) many.ports.push_back({"ttyS" + std::to_string(i), PortKind::serial, ""});
    auto found = differences(statement, many, *exact);
    REQUIRE(found.size() == kDeviceDifferences);
    CHECK(found.back().at == "and 201 more");
  }
}

TEST_CASE("allowed lists are read strictly") {
  struct Row {
    const char* text;
    const char* where;  // nullptr: good
  };
  const Row rows[] = {
      {R"({"allowed":"1"})", nullptr},
      {R"({"allowed":"1","interfaces":[{"kind":"loopback"}],"radios":[{"kind":"wifi","blocked":"hard"}]})", nullptr},
      {R"({"allowed":"2"})", "allowed"},
      {R"({})", "allowed"},
      {R"([])", ""},
      {R"({"allowed":"1","intefaces":[]})", "intefaces"},
      {R"({"allowed":"1","interfaces":[{"name":"eth0"}]})", "interfaces[0].kind"},
      {R"({"allowed":"1","interfaces":[{"kind":"ethernet","diver":"e1000e"}]})", "interfaces[0].diver"},
      {R"({"allowed":"1","software":["abc"]})", "software"},
      {R"({"allowed":"1","tpm":"perhaps"})", "tpm"},
      {R"({"allowed":"1","devices":[{"bus":"usb","id":"1:2","at_most":0}]})", "devices[0].at_most"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    auto list = parse_allowed(row.text);
    CHECK(list.has_value() == (row.where == nullptr));
    if (!list && row.where) CHECK(list.error().where == row.where);
  }
}

TEST_CASE("the exported model transmits, the domestic one does not show that it can") {
  const Inventory at_home = domestic(), abroad = exported();
  DeviceEnrolment looked;
  looked.transmitters = {{Way::wifi, Fitted::absent, ""}, {Way::cellular, Fitted::removed, ""}};
  const ModelView first = view_of("A-100 domestic", &at_home, &looked),
                  second = view_of("A-100 exported", &abroad, nullptr);
  const ModelComparison both = compare(first, second);
  auto verdict = [&](Way way) { return both.ways[static_cast<std::size_t>(way)].verdict; };
  CHECK(verdict(Way::cellular) == WayVerdict::only_second);
  CHECK(verdict(Way::ethernet) == WayVerdict::only_second);
  CHECK(verdict(Way::wifi) == WayVerdict::neither_shown);
  CHECK(both.ways[static_cast<std::size_t>(Way::wifi)].first == Presence::absent);
  CHECK(both.ways[static_cast<std::size_t>(Way::wifi)].second == Presence::not_shown);
  CHECK(both.only_first.empty());
  CHECK(both.only_second.size() == 3);
  CHECK(both.summary.en.starts_with(
      "A-100 exported can transmit by: Wired network, Mobile network; A-100 domestic does not"));
  CHECK(both.summary.en.find("cannot show that something is absent") != std::string::npos);
  CHECK(both.summary.ko.find("보일 수 없습니다") != std::string::npos);
  // Of a router that runs no software of ours only people's knowledge is there.
  DeviceEnrolment router;
  router.transmitters = {{Way::cellular, Fitted::fitted, ""}, {Way::wifi, Fitted::sealed, ""}};
  const ModelComparison routers = compare(view_of("R", nullptr, &router), first);
  CHECK(routers.ways[static_cast<std::size_t>(Way::cellular)].verdict == WayVerdict::only_first);
  CHECK(routers.ways[static_cast<std::size_t>(Way::wifi)].first == Presence::disabled);
  CHECK(routers.ways[static_cast<std::size_t>(Way::serial)].verdict == WayVerdict::not_known);
}

TEST_CASE("people's absent gives way to what the machine itself shows") {
  const Inventory abroad = exported();
  DeviceEnrolment looked;
  looked.transmitters = {{Way::cellular, Fitted::absent, ""}};
  CHECK(view_of("x", &abroad, &looked).ways[static_cast<std::size_t>(Way::cellular)] == Presence::shown);
}

// ---- the history of a machine ----

RecordId id_of(std::size_t n) {
  RecordId id;
  id.hash.bytes[0] = static_cast<std::uint8_t>(n + 1);
  return id;
}

struct Said {
  std::vector<RecordBody> bodies;
  std::vector<std::vector<std::string>> signers;
  void add(RecordBody body, std::vector<std::string> by = {"m"}) {
    bodies.push_back(std::move(body));
    signers.push_back(std::move(by));
  }
  DeviceStatement statement(DeviceEvent event) const {
    DeviceStatement out = statement_of(domestic());
    out.event = event;
    out.allowed = Hash256{};
    if (!bodies.empty() && std::holds_alternative<DeviceStatement>(bodies.back()))
      out.previous = id_of(bodies.size() - 1);
    return out;
  }
  std::vector<DeviceView> views() const {
    std::vector<DeviceRecord> records;
    for (std::size_t i = 0; i < bodies.size(); ++i) records.push_back({id_of(i), &bodies[i], signers[i]});
    return devices(records);
  }
  // Without the parts that nobody looked at: "no-close; seal-broken S-1 (broken)".
  std::string issues() const {
    std::string out;
    const DeviceView view = views().at(0);
    for (const IssueAt& one : view.issues) {
      if (one.issue == DeviceIssue::part_not_looked_at) continue;
      out += (out.empty() ? "" : "; ") + std::string(kDeviceIssueNames[static_cast<std::size_t>(one.issue)]);
      if (!one.at.empty()) out += " " + one.at;
    }
    return out;
  }
};

DeviceEnrolment enrolment() {
  DeviceEnrolment out;
  out.area = "/";
  out.device = "sorter-1";
  out.kind = DeviceKind::sorter;
  out.maker = "M", out.model = "A-100";
  out.seals = {"S-1", "S-2"};
  out.sealed_by = {"m"};
  return out;
}

Inspection inspection(std::vector<SealSeen> seals) {
  Inspection out;
  out.area = "/";
  out.device = "sorter-1";
  out.seals = std::move(seals);
  out.present = {"m"};
  return out;
}

TEST_CASE("what is missing in the records about a machine") {
  const std::vector<SealSeen> intact = {{"S-1", SealState::intact}, {"S-2", SealState::intact}};
  struct Row {
    const char* what;
    std::function<void(Said&)> say;
    const char* expected;
  };
  const Row rows[] = {
      {"nothing is missing",
       [&](Said& s) {
         s.add(enrolment());
         s.add(inspection(intact));
         s.add(s.statement(DeviceEvent::open));
         s.add(s.statement(DeviceEvent::change));
         s.add(s.statement(DeviceEvent::close));
       },
       ""},
      {"only sealed", [&](Said& s) { s.add(enrolment()); }, "no-statement; not-inspected"},
      {"a router says nothing of itself",
       [&](Said& s) {
         DeviceEnrolment router = enrolment();
         router.kind = DeviceKind::router;
         s.add(router);
         s.add(inspection(intact));
       },
       ""},
      {"never closed",
       [&](Said& s) {
         s.add(enrolment());
         s.add(inspection(intact));
         s.add(s.statement(DeviceEvent::open));
       },
       "no-close"},
      {"closed without having been opened, and not enrolled",
       [&](Said& s) {
         s.add(inspection({}));
         DeviceStatement closing = s.statement(DeviceEvent::close);
         closing.previous = id_of(9);
         s.add(closing);
       },
       "not-enrolled; no-open; chain-broken"},
      {"a statement left out",
       [&](Said& s) {
         s.add(enrolment());
         s.add(inspection(intact));
         s.add(s.statement(DeviceEvent::open));
         DeviceStatement closing = s.statement(DeviceEvent::close);
         closing.previous = id_of(9);
         s.add(closing);
       },
       "chain-broken"},
      {"opened twice",
       [&](Said& s) {
         s.add(enrolment());
         s.add(inspection(intact));
         s.add(s.statement(DeviceEvent::open));
         s.add(s.statement(DeviceEvent::open));
         s.add(s.statement(DeviceEvent::close));
       },
       "opened-twice"},
      {"a seal is broken, another unknown, a third not mentioned",
       [&](Said& s) {
         DeviceEnrolment three = enrolment();
         three.seals.push_back("S-3");
         three.kind = DeviceKind::printer;
         s.add(three);
         s.add(inspection({{"S-1", SealState::broken}, {"S-2", SealState::intact}, {"X-9", SealState::intact}}));
       },
       "seal-broken S-1 (broken); seal-unknown X-9; seal-not-seen S-3"},
      {"opened by those present, and sealed again",
       [&](Said& s) {
         DeviceEnrolment printer = enrolment();
         printer.kind = DeviceKind::printer;
         s.add(printer);
         s.add(inspection({{"S-1", SealState::replaced}, {"S-2", SealState::intact}, {"S-7", SealState::fresh}}));
         s.add(inspection({{"S-7", SealState::intact}, {"S-2", SealState::intact}}));
       },
       ""},
      {"somebody was present and did not sign",
       [&](Said& s) {
         DeviceEnrolment printer = enrolment();
         printer.kind = DeviceKind::printer;
         s.add(printer);
         Inspection seen = inspection(intact);
         seen.present = {"m", "observer-2"};
         s.add(seen);
       },
       "present-not-signed observer-2"},
      {"findings, differences, unread, not compared",
       [&](Said& s) {
         s.add(enrolment());
         Inspection seen = inspection(intact);
         seen.looked_at = {{DevicePart::wireless_cards, PartFound::differs, "a card is in it"}};
         seen.findings = {"a scratch at the case"};
         s.add(seen);
         DeviceStatement opening = s.statement(DeviceEvent::open);
         opening.differences = {{DifferenceCode::radio, "phy0"}};
         opening.inventory->unread = {{"/proc/net/tcp", "absent"}};
         s.add(opening);
         DeviceStatement closing = s.statement(DeviceEvent::close);
         closing.allowed.reset();
         s.add(closing);
       },
       "differences radio phy0; not-compared; unread /proc/net/tcp; part-differs wireless-cards: a card is in it; "
       "finding "
       "a scratch at the case"},
      {"a quote by no enrolled key",
       [&](Said& s) {
         s.add(enrolment());
         s.add(inspection(intact));
         DeviceStatement opening = s.statement(DeviceEvent::open);
         opening.tpm.state = TpmState::quote;
         s.add(opening);
         s.add(s.statement(DeviceEvent::close));
       },
       "tpm-refused no key of this machine was enrolled"},
      {"a key was enrolled, and no quote was given",
       [&](Said& s) {
         DeviceEnrolment with = enrolment();
         with.tpm_key = *p256_key(*from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                                  *from_hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
         s.add(with);
         s.add(inspection(intact));
         s.add(s.statement(DeviceEvent::open));
         DeviceStatement closing = s.statement(DeviceEvent::close);
         closing.tpm.state = TpmState::quote;
         s.add(closing);
       },
       "tpm-missing no TPM; tpm-refused magic: it ends before its time"},
      {"one nonce is answered twice",
       [&](Said& s) {
         DeviceEnrolment with = enrolment();
         with.tpm_key = *p256_key(*from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                                  *from_hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
         s.add(with);
         s.add(inspection(intact));
         for (DeviceEvent event : {DeviceEvent::open, DeviceEvent::close}) {
           DeviceStatement said = s.statement(event);
           said.tpm.state = TpmState::quote;
           said.tpm.nonce = Bytes(16, 'n');
           s.add(said);
         }
       },
       "tpm-refused magic: it ends before its time; tpm-refused magic: it ends before its time; tpm-refused the same "
       "nonce "
       "as in a statement before"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Said said;
    row.say(said);
    CHECK(said.issues() == row.expected);
    const DeviceView view = said.views().at(0);
    for (const IssueAt& one : view.issues) {
      CHECK_FALSE(sentence(one).ko.empty());
      CHECK_FALSE(sentence(one).en.empty());
    }
  }
}

TEST_CASE("what nobody looked at is listed, part by part") {
  Said said;
  said.add(enrolment());
  Inspection seen = inspection({});
  seen.looked_at = {{DevicePart::case_, PartFound::sealed, ""}, {DevicePart::cables, PartFound::absent, ""}};
  seen.not_looked_at = {{DevicePart::mainboard, "the seal was not to be broken"}};
  said.add(seen);
  std::vector<std::string> parts;
  const DeviceView view = said.views().at(0);
  for (const IssueAt& one : view.issues)
    if (one.issue == DeviceIssue::part_not_looked_at) parts.push_back(one.at);
  CHECK(parts.size() == kDeviceParts - 2);
  CHECK(std::find(parts.begin(), parts.end(), "mainboard") != parts.end());
  CHECK(std::find(parts.begin(), parts.end(), "case") == parts.end());
  CHECK(sentence({DeviceIssue::part_not_looked_at, "sim-slot", {}}).en == "Nobody has looked at: the SIM slot");
}

TEST_CASE("machines are told apart by place and name") {
  Said said;
  said.add(enrolment());
  DeviceEnrolment other = enrolment();
  other.area = "/busan";
  said.add(other);
  CHECK(said.views().size() == 2);
}

}  // namespace
}  // namespace scrutineer::device
