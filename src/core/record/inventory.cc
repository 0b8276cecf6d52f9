#include "core/record/inventory.h"

#include <algorithm>

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

std::string may_be_empty(const ObjectReader& in, std::string_view name) {
  std::string text = in.string(name);
  if (text.size() > kShortBytes) in.problem(name, "expected at most 200 bytes");
  return text;
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// ---- one thing of each list: written, and read ----

void members(JsonWriter& out, const NetInterface& interface) {
  out.member("name", interface.name);
  choice(out, "kind", kInterfaceKindNames, interface.kind);
  out.member("driver", interface.driver);
  choice(out, "state", kInterfaceStateNames, interface.state);
  choice(out, "cable", kCableNames, interface.cable);
}
void members(const ObjectReader& in, NetInterface& interface) {
  interface.name = read_short(in, "name");
  interface.kind = choice<InterfaceKind>(in, "kind", kInterfaceKindNames);
  interface.driver = may_be_empty(in, "driver");
  interface.state = choice<InterfaceState>(in, "state", kInterfaceStateNames);
  interface.cable = choice<Cable>(in, "cable", kCableNames);
}

void members(JsonWriter& out, const Radio& radio) {
  out.member("name", radio.name);
  choice(out, "kind", kRadioKindNames, radio.kind);
  choice(out, "blocked", kBlockedNames, radio.blocked);
}
void members(const ObjectReader& in, Radio& radio) {
  radio.name = read_short(in, "name");
  radio.kind = choice<RadioKind>(in, "kind", kRadioKindNames);
  radio.blocked = choice<Blocked>(in, "blocked", kBlockedNames);
}

void members(JsonWriter& out, const BusDevice& device) {
  choice(out, "bus", kBusNames, device.bus);
  out.member("place", device.place).member("id", device.id);
  write_strings(out, "classes", device.classes);
  out.member("driver", device.driver).member("name", device.name);
}
void members(const ObjectReader& in, BusDevice& device) {
  device.bus = choice<Bus>(in, "bus", kBusNames);
  device.place = read_short(in, "place");
  device.id = in.string("id");
  if (device.id.size() != 9 || device.id[4] != ':' || !is_hex(device.id.substr(0, 4)) || !is_hex(device.id.substr(5)))
    in.problem("id", "expected vendor:product, four hex digits each");
  device.classes = in.strings("classes");
  if (device.classes.size() > kDeviceClasses) in.problem("classes", "expected at most 32");
  for (const std::string& code : device.classes)
    if (code.size() != 6 || !is_hex(code)) in.problem("classes", "expected six hex digits each");
  if (!std::is_sorted(device.classes.begin(), device.classes.end())) in.problem("classes", "expected them in order");
  device.driver = may_be_empty(in, "driver");
  device.name = may_be_empty(in, "name");
}

void members(JsonWriter& out, const Mount& mount) {
  out.member("source", mount.source).member("target", mount.target).member("filesystem", mount.filesystem);
  out.name("writable").boolean(mount.writable);
}
void members(const ObjectReader& in, Mount& mount) {
  mount.source = read_short(in, "source");
  mount.target = read_short(in, "target");
  mount.filesystem = read_short(in, "filesystem");
  mount.writable = in.boolean("writable");
}

void members(JsonWriter& out, const LoadedDriver& driver) {
  out.member("name", driver.name);
  choice(out, "kind", kDriverKindNames, driver.kind);
}
void members(const ObjectReader& in, LoadedDriver& driver) {
  driver.name = read_short(in, "name");
  driver.kind = choice<DriverKind>(in, "kind", kDriverKindNames);
}

void members(JsonWriter& out, const Socket& socket) {
  choice(out, "protocol", kSocketProtocolNames, socket.protocol);
  choice(out, "state", kSocketStateNames, socket.state);
  out.member("local", socket.local).member("peer", socket.peer);
}
void members(const ObjectReader& in, Socket& socket) {
  socket.protocol = choice<SocketProtocol>(in, "protocol", kSocketProtocolNames);
  socket.state = choice<SocketState>(in, "state", kSocketStateNames);
  socket.local = read_short(in, "local");
  socket.peer = may_be_empty(in, "peer");
}

void members(JsonWriter& out, const Port& port) {
  out.member("name", port.name);
  choice(out, "kind", kPortKindNames, port.kind);
  out.member("driver", port.driver);
}
void members(const ObjectReader& in, Port& port) {
  port.name = read_short(in, "name");
  port.kind = choice<PortKind>(in, "kind", kPortKindNames);
  port.driver = may_be_empty(in, "driver");
}

void members(JsonWriter& out, const Unread& unread) {
  out.member("what", unread.what).member("why", unread.why);
}
void members(const ObjectReader& in, Unread& unread) {
  unread.what = read_short(in, "what");
  unread.why = read_short(in, "why");
}

// ---- lists ----

template <class Thing>
void list(JsonWriter& out, std::string_view name, const std::vector<Thing>& things) {
  out.name(name).begin_array();
  for (const Thing& thing : things) {
    out.begin_object();
    members(out, thing);
    out.end_object();
  }
  out.end_array();
}

template <class Thing>
void list(const ObjectReader& in, std::string_view name, std::vector<Thing>& things) {
  in.objects(name, [&](const ObjectReader& reader, std::size_t index) {
    if (index == kInventoryItems) reader.problem({}, "a list of the inventory has at most 256 entries");
    if (index >= kInventoryItems) return;
    members(reader, things.emplace_back());
  });
  // In their order: two spellings of one inventory would have two hashes.
  if (!std::is_sorted(things.begin(), things.end()) || std::adjacent_find(things.begin(), things.end()) != things.end())
    in.problem(name, "the list is not in order, or holds something twice");
}

template <class Thing>
void sort_once(std::vector<Thing>& things) {
  std::sort(things.begin(), things.end());
  things.erase(std::unique(things.begin(), things.end()), things.end());
}

void lists(JsonWriter& out, const Inventory& inventory) {
  out.begin_object();
  list(out, "interfaces", inventory.interfaces);
  list(out, "radios", inventory.radios);
  list(out, "devices", inventory.devices);
  list(out, "mounts", inventory.mounts);
  list(out, "drivers", inventory.drivers);
  list(out, "sockets", inventory.sockets);
  list(out, "ports", inventory.ports);
  list(out, "unread", inventory.unread);
  out.end_object();
}

}  // namespace

void put_in_order(Inventory& inventory) {
  for (BusDevice& device : inventory.devices) sort_once(device.classes);
  sort_once(inventory.interfaces);
  sort_once(inventory.radios);
  sort_once(inventory.devices);
  sort_once(inventory.mounts);
  sort_once(inventory.drivers);
  sort_once(inventory.sockets);
  sort_once(inventory.ports);
  sort_once(inventory.unread);
}

void write(JsonWriter& out, std::string_view name, const Inventory& inventory) {
  out.name(name);
  lists(out, inventory);
}

Inventory read_inventory(const ObjectReader& in) {
  Inventory inventory;
  list(in, "interfaces", inventory.interfaces);
  list(in, "radios", inventory.radios);
  list(in, "devices", inventory.devices);
  list(in, "mounts", inventory.mounts);
  list(in, "drivers", inventory.drivers);
  list(in, "sockets", inventory.sockets);
  list(in, "ports", inventory.ports);
  list(in, "unread", inventory.unread);
  return inventory;
}

std::string inventory_text(const Inventory& inventory) {
  JsonWriter out;
  lists(out, inventory);
  return out.take();
}

Result<Inventory> parse_inventory(std::string_view text) {
  if (text.size() > kInventoryBytes) return fail(ErrorCode::limit_exceeded, "an inventory has at most 1 MiB");
  SCRUTINEER_TRY(Json document, Json::parse(text));
  Problems problems;
  Inventory inventory = read_inventory(ObjectReader(document.root(), problems));
  if (!problems.empty()) return tl::unexpected(problems.first());
  return inventory;
}

}  // namespace scrutineer
