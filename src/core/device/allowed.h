// What a machine may have and run: a list as JSON, and what a machine shows beyond it.
// docs/formats/device-statement.md.
#pragma once

#include "core/record/device.h"

namespace scrutineer::device {

inline constexpr std::size_t kAllowedBytes = 1u << 20;
inline constexpr std::size_t kAllowedEntries = 512;  // in one list

// An entry fits where every member that it has is the same. A kind has to be said.
struct AllowedList {
  std::string model;
  std::vector<Hash256> software;  // empty: not looked at
  std::optional<Hash256> definition, thresholds;
  bool tpm_required = false;

  struct Interface {
    InterfaceKind kind = InterfaceKind::other;
    std::optional<std::string> name, driver;
    std::optional<InterfaceState> state;
  };
  struct Radio {
    RadioKind kind = RadioKind::other;
    std::optional<std::string> name;
    std::optional<Blocked> blocked;
  };
  struct Device {
    Bus bus = Bus::usb;
    std::string id;
    std::optional<std::string> place;
    std::optional<std::int64_t> at_most;
  };
  struct Mount {
    std::string target;
    std::optional<std::string> source, filesystem;
    std::optional<bool> writable;
  };
  struct Socket {
    SocketProtocol protocol = SocketProtocol::tcp;
    std::optional<std::string> local, peer;
    std::optional<SocketState> state;
  };
  std::vector<Interface> interfaces;
  std::vector<Radio> radios;
  std::vector<Device> devices;
  std::vector<Mount> mounts;
  std::vector<std::string> drivers, ports;  // by name
  std::vector<Socket> sockets;
};

// Errors: malformed (where: the member), unsupported (a later version), limit_exceeded.
Result<AllowedList> parse_allowed(std::string_view json);

// The list that allows exactly what this machine shows now: a beginning for the people who write one. What could not be
// looked at stays a difference.
std::string allowed_text(const DeviceStatement& statement, const Inventory& inventory, std::string_view model);

// Sorted, none twice, at most kDeviceDifferences: of more, the last is {unread, "and N more"}. `inventory`: of the
// statement, whether it stands in it or is a blob.
std::vector<DeviceDifference> differences(const DeviceStatement& statement, const Inventory& inventory,
                                          const AllowedList& allowed);

// For a citizen.
Bilingual sentence(const DeviceDifference& difference);

}  // namespace scrutineer::device
