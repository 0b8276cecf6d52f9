#include "core/device/transmit.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace scrutineer::device {

const Bilingual kAbsence{
    "이 목록은 기기가 스스로 말한 것입니다. 기기의 진술로는 무엇이 없다는 것을 보일 수 없습니다. 운영체제가 모르는 "
    "부품이나 숨겨진 부품은 여기에 나타나지 않으므로, 사람이 직접 살펴보고 봉인한 기록을 함께 보아야 합니다.",
    "This is what the machine says of itself. A statement by the machine cannot show that something is absent: a part "
    "that its operating system does not know, or that is hidden from it, does not appear here. What people looked at "
    "and sealed has to be read beside it."};
const Bilingual kNothingShown{"운영체제가 보여 주는 것 가운데 전송할 수 있는 것은 없습니다.",
                              "Of what the operating system shows, nothing could transmit."};

namespace {

const std::array<Bilingual, kWays> kWayWords = {{{"유선 랜", "Wired network"},
                                                 {"무선 랜", "Wireless network (Wi-Fi)"},
                                                 {"블루투스", "Bluetooth"},
                                                 {"이동통신", "Mobile network"},
                                                 {"모뎀", "Modem"},
                                                 {"직렬 포트", "Serial port"},
                                                 {"적외선", "Infrared"},
                                                 {"근거리 무선(NFC)", "Near-field radio (NFC)"},
                                                 {"USB 케이블을 통한 망", "Network over USB"},
                                                 {"그 밖의 것", "Other"}}};

// {0}: the way, {1}: what it is about, {2}: a driver or another machine.
const std::array<Bilingual, kReadinesses> kSentences = {{
    {"{0} ({1}): 지금 다른 기기({2})와 연결되어 있습니다.", "{0} ({1}): connected to another machine ({2}) now."},
    {"{0} ({1}): 켜져 있고 케이블이 꽂혀 있습니다. 지금 전송할 수 있습니다.",
     "{0} ({1}): switched on, and a cable is plugged in. It can transmit now."},
    {"{0} ({1}): 켜져 있습니다. 받을 상대가 있으면 전송할 수 있습니다.",
     "{0} ({1}): switched on. It can transmit as soon as something receives."},
    {"{0} ({1}): 다른 기기의 연결을 기다리는 프로그램이 있습니다.",
     "{0} ({1}): a program waits for other machines to connect."},
    {"{0} ({1}): 장치가 있고 드라이버 {2}이(가) 쓰고 있습니다.",
     "{0} ({1}): the device is there, and the driver {2} uses it."},
    {"{0} ({1}): 포트가 있습니다. 선이나 모뎀을 꽂으면 전송할 수 있습니다.",
     "{0} ({1}): there is a port. With a cable or a modem in it, it can transmit."},
    {"{0} ({1}): 꺼져 있습니다. 소프트웨어가 켤 수 있습니다.", "{0} ({1}): switched off. Software can switch it on."},
    {"{0} ({1}): 소프트웨어로 차단되어 있습니다. 소프트웨어가 다시 풀 수 있습니다.",
     "{0} ({1}): blocked by software, which software can lift."},
    {"{0} ({1}): 장치가 있으나 쓰는 드라이버가 없습니다. 드라이버를 넣으면 쓸 수 있습니다.",
     "{0} ({1}): the device is there and no driver uses it. A driver would make it usable."},
    {"{0} ({1}): 드라이버가 올라와 있습니다. 맞는 장치를 꽂으면 바로 쓸 수 있습니다.",
     "{0} ({1}): a driver is loaded. A matching device works as soon as it is plugged in."},
    {"{0} ({1}): 하드웨어 스위치로 차단되어 있습니다. 그 스위치에 누가 손댈 수 있는지는 사람이 보아야 합니다.",
     "{0} ({1}): blocked by a switch of the hardware. Who can reach that switch is for people to look at."},
    {"{0} ({1}): 제조사만 아는 종류의 장치입니다. 무엇을 전송할 수 있는지 이 기기로는 알 수 없습니다.",
     "{0} ({1}): a device of a kind that only its maker knows. What it could transmit cannot be told from here."},
    {"{0} ({1}): 살펴볼 수 없었습니다. 무엇이든 있을 수 있습니다.",
     "{0} ({1}): could not be looked at. Anything may be there."},
}};

Way way_of(InterfaceKind kind) {
  switch (kind) {
    case InterfaceKind::ethernet: return Way::ethernet;
    case InterfaceKind::wifi: return Way::wifi;
    case InterfaceKind::cellular: return Way::cellular;
    case InterfaceKind::bluetooth: return Way::bluetooth;
    case InterfaceKind::usb: return Way::usb;
    case InterfaceKind::serial_line: return Way::modem;
    default: return Way::other;
  }
}

// Radios that only receive are none of it.
std::optional<Way> way_of(RadioKind kind) {
  switch (kind) {
    case RadioKind::wifi: return Way::wifi;
    case RadioKind::bluetooth: return Way::bluetooth;
    case RadioKind::cellular: return Way::cellular;
    case RadioKind::nfc: return Way::nfc;
    case RadioKind::gps: return std::nullopt;
    default: return Way::other;
  }
}

Way way_of(DriverKind kind) {
  switch (kind) {
    case DriverKind::network: return Way::ethernet;
    case DriverKind::wifi: return Way::wifi;
    case DriverKind::bluetooth: return Way::bluetooth;
    case DriverKind::modem: return Way::modem;
  }
  __builtin_unreachable();
}

struct ClassWay {
  Bus bus;
  std::string_view prefix;  // of the six digits; the first that fits decides
  Way way;
};
// PCI Code and ID Assignment Specification, and USB.org "Defined Class Codes" with the CDC subclasses.
constexpr ClassWay kClassWays[] = {
    {Bus::pci, "0200", Way::ethernet},    {Bus::pci, "0280", Way::wifi},     {Bus::pci, "02", Way::other},
    {Bus::pci, "0703", Way::modem},       {Bus::pci, "0700", Way::serial},   {Bus::pci, "0d00", Way::infrared},
    {Bus::pci, "0d11", Way::bluetooth},   {Bus::pci, "0d20", Way::wifi},     {Bus::pci, "0d21", Way::wifi},
    {Bus::pci, "0d4", Way::cellular},     {Bus::pci, "0d", Way::other},      {Bus::usb, "e00101", Way::bluetooth},
    {Bus::usb, "e00104", Way::bluetooth}, {Bus::usb, "e00103", Way::usb},    {Bus::usb, "e0", Way::other},
    {Bus::usb, "0202", Way::modem},       {Bus::usb, "0206", Way::usb},      {Bus::usb, "020d", Way::usb},
    {Bus::usb, "020c", Way::usb},         {Bus::usb, "020e", Way::cellular}, {Bus::usb, "02", Way::modem},
};
constexpr std::string_view kVendorSpecific = "ff";

constexpr std::string_view kNetworkFilesystems[] = {"nfs",  "nfs4",       "cifs",       "smb3", "9p",
                                                    "ceph", "fuse.sshfs", "fuse.davfs", "afs",  "glusterfs"};

void of_interfaces(const Inventory& inventory, std::vector<Capability>& out) {
  for (const NetInterface& interface : inventory.interfaces) {
    if (interface.kind == InterfaceKind::loopback || interface.kind == InterfaceKind::virtual_) continue;
    // What cannot be told is taken for switched on.
    Readiness readiness = interface.state == InterfaceState::down ? Readiness::off
                          : interface.cable == Cable::yes         ? Readiness::connected
                                                                  : Readiness::on;
    // A radio has no cable: with a carrier it is connected to something.
    if (readiness == Readiness::connected && interface.kind != InterfaceKind::ethernet) readiness = Readiness::on;
    out.push_back({readiness, way_of(interface.kind), interface.name, interface.driver});
  }
}

void of_radios(const Inventory& inventory, std::vector<Capability>& out) {
  for (const Radio& radio : inventory.radios) {
    auto way = way_of(radio.kind);
    if (!way) continue;
    Readiness readiness = radio.blocked == Blocked::hard   ? Readiness::hard_blocked
                          : radio.blocked == Blocked::soft ? Readiness::soft_blocked
                                                           : Readiness::on;
    out.push_back({readiness, *way, radio.name, ""});
  }
}

std::optional<Way> way_of(const BusDevice& device, bool& vendor_specific) {
  vendor_specific = false;
  for (const ClassWay& known : kClassWays)
    for (const std::string& code : device.classes)
      if (known.bus == device.bus && std::string_view(code).starts_with(known.prefix)) return known.way;
  for (const std::string& code : device.classes)
    vendor_specific |= device.bus == Bus::usb && std::string_view(code).starts_with(kVendorSpecific);
  // A device that states no class at all may be anything.
  vendor_specific |= device.classes.empty();
  return vendor_specific ? std::optional(Way::other) : std::nullopt;
}

void of_devices(const Inventory& inventory, std::vector<Capability>& out) {
  for (const BusDevice& device : inventory.devices) {
    bool vendor_specific = false;
    auto way = way_of(device, vendor_specific);
    if (!way) continue;
    // Its driver made an interface: then that says what it is.
    for (const NetInterface& interface : inventory.interfaces)
      if (vendor_specific && !device.driver.empty() && interface.driver == device.driver) {
        way = way_of(interface.kind);
        vendor_specific = false;
      }
    Readiness readiness = vendor_specific         ? Readiness::unknown_kind
                          : device.driver.empty() ? Readiness::no_driver
                                                  : Readiness::driven;
    out.push_back({readiness, *way, spelt(device), device.driver});
  }
}

void of_the_rest(const Inventory& inventory, std::vector<Capability>& out) {
  for (const Mount& mount : inventory.mounts)
    if (std::find(std::begin(kNetworkFilesystems), std::end(kNetworkFilesystems), mount.filesystem) !=
        std::end(kNetworkFilesystems))
      out.push_back({Readiness::talking, Way::other, mount.target, mount.source});
  for (const LoadedDriver& driver : inventory.drivers)
    out.push_back({Readiness::driver_only, way_of(driver.kind), driver.name, ""});
  for (const Socket& socket : inventory.sockets) {
    if (socket.state == SocketState::connected && !is_loopback(socket.peer))
      out.push_back({Readiness::talking, Way::other, spelt(socket), socket.peer});
    if (socket.state == SocketState::listening && !is_loopback(socket.local))
      out.push_back({Readiness::accepting, Way::other, spelt(socket), ""});
  }
  for (const Port& port : inventory.ports)
    out.push_back({Readiness::port, port.kind == PortKind::modem ? Way::modem : Way::serial, port.name, port.driver});
  for (const Unread& unread : inventory.unread)
    out.push_back({Readiness::not_looked, Way::other, unread.what, unread.why});
}

std::string filled(std::string_view pattern, std::string_view way, const Capability& capability) {
  return fmt::format(fmt::runtime(pattern), way, capability.at, capability.detail);
}

}  // namespace

std::vector<Capability> capabilities(const Inventory& inventory) {
  std::vector<Capability> out;
  of_interfaces(inventory, out);
  of_radios(inventory, out);
  of_devices(inventory, out);
  of_the_rest(inventory, out);
  // A driver that serves something listed already is no further way.
  auto used = [&](const Capability& driver) {
    return std::any_of(out.begin(), out.end(), [&](const Capability& other) {
      return other.readiness != Readiness::driver_only && other.detail == driver.at;
    });
  };
  std::vector<Capability> kept;
  for (const Capability& one : out)
    if (one.readiness != Readiness::driver_only || !used(one)) kept.push_back(one);
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

Bilingual sentence(const Capability& capability) {
  const Bilingual& pattern = kSentences[static_cast<std::size_t>(capability.readiness)];
  const Bilingual& way = word(capability.way);
  return {filled(pattern.ko, way.ko, capability), filled(pattern.en, way.en, capability)};
}

const Bilingual& word(Way way) {
  return kWayWords[static_cast<std::size_t>(way)];
}

std::string spelt(const BusDevice& device) {
  return std::string(kBusNames[static_cast<std::size_t>(device.bus)]) + " " + device.place + " " + device.id;
}

std::string spelt(const Socket& socket) {
  std::string out(kSocketProtocolNames[static_cast<std::size_t>(socket.protocol)]);
  out += " " + socket.local;
  if (!socket.peer.empty()) out += " - " + socket.peer;
  return out;
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("[::1]:") || address.starts_with("[::ffff:127.");
}

}  // namespace scrutineer::device
