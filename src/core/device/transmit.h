// What a machine could transmit with, as its own operating system shows it, in sentences for a citizen. That nothing is
// shown does not show that nothing is there: kAbsence goes beside every such list.
#pragma once

#include "core/record/device.h"

namespace scrutineer::device {

extern const Bilingual kAbsence;
extern const Bilingual kNothingShown;

// How near it is to transmitting, nearest first.
enum class Readiness : std::uint8_t {
  talking,       // a connection to another machine stands
  connected,     // switched on, and a cable is plugged in
  on,            // switched on
  accepting,     // a program waits for other machines
  driven,        // the device is there and a driver uses it
  port,          // a socket on the case: a cable or a modem makes it transmit
  off,           // software can switch it on
  soft_blocked,  // blocked by software, which software can lift
  no_driver,     // the device is there, no driver uses it
  driver_only,   // a driver waits for a device
  hard_blocked,  // blocked by a switch of the hardware
  unknown_kind,  // only its maker knows what it is
  not_looked,    // it could not be looked at
};
inline constexpr std::size_t kReadinesses = 13;

struct Capability {
  Readiness readiness = Readiness::on;
  Way way = Way::other;
  std::string at;      // as in the inventory: "eth0", "usb 1-2 0bda:8152"
  std::string detail;  // driver, or the other side of a connection; may be empty
  friend auto operator<=>(const Capability&, const Capability&) = default;
};

// Sorted, none twice. What can only receive (GPS) or reaches only the machine itself is not in it.
std::vector<Capability> capabilities(const Inventory& inventory);

Bilingual sentence(const Capability& capability);
const Bilingual& word(Way way);

// How a device of a bus is spelt in differences and sentences: "usb 1-2 0bda:8152".
std::string spelt(const BusDevice& device);
std::string spelt(const Socket& socket);
// Whether an address ("127.0.0.1:80", "[::1]:80") is of the machine itself.
bool is_loopback(std::string_view address);

}  // namespace scrutineer::device
