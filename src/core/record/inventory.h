// What a machine's operating system shows of it: interfaces, radios, devices, storage, drivers, sockets, ports, and
// what could not be looked at. docs/formats/device-statement.md. No serial numbers and no hardware addresses stand
// here.
#pragma once

#include "core/record/body.h"

namespace scrutineer {

inline constexpr std::size_t kInventoryItems = 256;         // in one list
inline constexpr std::size_t kInventoryBytes = 1u << 20;    // of its text
inline constexpr std::size_t kInventoryInline = 40u << 10;  // of its text inside a record: larger ones are a blob
inline constexpr std::size_t kDeviceClasses = 32;           // of one device

enum class InterfaceKind : std::uint8_t {
  loopback,
  ethernet,
  wifi,
  cellular,
  bluetooth,
  usb,  // a network over a USB cable
  serial_line,
  tunnel,
  virtual_,  // bridges and the like: nothing of their own to transmit with
  other,
};
inline constexpr std::string_view kInterfaceKindNames[] = {"loopback", "ethernet",    "wifi",   "cellular", "bluetooth",
                                                           "usb",      "serial-line", "tunnel", "virtual",  "other"};
enum class InterfaceState : std::uint8_t { up, down, unknown };
inline constexpr std::string_view kInterfaceStateNames[] = {"up", "down", "unknown"};
enum class Cable : std::uint8_t { yes, no, unknown };
inline constexpr std::string_view kCableNames[] = {"yes", "no", "unknown"};
struct NetInterface {
  std::string name;
  InterfaceKind kind = InterfaceKind::other;
  std::string driver;  // may be empty
  InterfaceState state = InterfaceState::unknown;
  Cable cable = Cable::unknown;
  friend auto operator<=>(const NetInterface&, const NetInterface&) = default;
};

enum class RadioKind : std::uint8_t { wifi, bluetooth, cellular, nfc, gps, fm, uwb, wimax, other };
inline constexpr std::string_view kRadioKindNames[] = {"wifi", "bluetooth", "cellular", "nfc",  "gps",
                                                       "fm",   "uwb",       "wimax",    "other"};
enum class Blocked : std::uint8_t { no, soft, hard, unknown };  // soft: software can lift it
inline constexpr std::string_view kBlockedNames[] = {"no", "soft", "hard", "unknown"};
struct Radio {
  std::string name;
  RadioKind kind = RadioKind::other;
  Blocked blocked = Blocked::unknown;
  friend auto operator<=>(const Radio&, const Radio&) = default;
};

enum class Bus : std::uint8_t { usb, pci };
inline constexpr std::string_view kBusNames[] = {"usb", "pci"};
struct BusDevice {
  Bus bus = Bus::usb;
  std::string place;                 // 1-2, 0000:00:1f.6
  std::string id;                    // vendor:product, four hex digits each
  std::vector<std::string> classes;  // class, subclass, protocol: six hex digits; sorted; of USB its interfaces', too
  std::string driver, name;          // may be empty
  friend auto operator<=>(const BusDevice&, const BusDevice&) = default;
};

struct Mount {
  std::string source, target, filesystem;
  bool writable = false;
  friend auto operator<=>(const Mount&, const Mount&) = default;
};

enum class DriverKind : std::uint8_t { network, wifi, bluetooth, modem };
inline constexpr std::string_view kDriverKindNames[] = {"network", "wifi", "bluetooth", "modem"};
struct LoadedDriver {
  std::string name;
  DriverKind kind = DriverKind::network;
  friend auto operator<=>(const LoadedDriver&, const LoadedDriver&) = default;
};

enum class SocketProtocol : std::uint8_t { tcp, tcp6, udp, udp6, raw, raw6 };
inline constexpr std::string_view kSocketProtocolNames[] = {"tcp", "tcp6", "udp", "udp6", "raw", "raw6"};
enum class SocketState : std::uint8_t { listening, connected };
inline constexpr std::string_view kSocketStateNames[] = {"listening", "connected"};
struct Socket {
  SocketProtocol protocol = SocketProtocol::tcp;
  SocketState state = SocketState::listening;
  std::string local, peer;  // 127.0.0.1:80, [::1]:80; peer empty: none
  friend auto operator<=>(const Socket&, const Socket&) = default;
};

enum class PortKind : std::uint8_t { serial, usb_serial, modem };
inline constexpr std::string_view kPortKindNames[] = {"serial", "usb-serial", "modem"};
struct Port {
  std::string name;  // ttyS0
  PortKind kind = PortKind::serial;
  std::string driver;  // may be empty
  friend auto operator<=>(const Port&, const Port&) = default;
};

struct Unread {
  std::string what, why;
  friend auto operator<=>(const Unread&, const Unread&) = default;
};

struct Inventory {
  std::vector<NetInterface> interfaces;
  std::vector<Radio> radios;
  std::vector<BusDevice> devices;
  std::vector<Mount> mounts;
  std::vector<LoadedDriver> drivers;
  std::vector<Socket> sockets;
  std::vector<Port> ports;
  std::vector<Unread> unread;
  friend bool operator==(const Inventory&, const Inventory&) = default;
};

// Every list in its order, nothing twice: the same machine gives the same text.
void put_in_order(Inventory& inventory);

void write(JsonWriter& out, std::string_view name, const Inventory& inventory);
Inventory read_inventory(const ObjectReader& members);  // problems go into its Problems

// The text that is hashed, and the blob where it is one. Reading it back gives the same inventory.
std::string inventory_text(const Inventory& inventory);
// Errors: malformed, limit_exceeded (kInventoryBytes).
Result<Inventory> parse_inventory(std::string_view text);

}  // namespace scrutineer
