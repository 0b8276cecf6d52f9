// Looks at a machine through its kernel's own files and writes down what it sees, and what it could not look at.
// Sees what this kernel has drivers for, in this process's network namespace; nothing else.
#pragma once

#include "app/device/tree.h"
#include "core/record/inventory.h"

namespace scrutineer::device {

// A serial number or a hardware address: for a disclosure, never for a record.
struct Identifier {
  std::string name;  // "interface/eth0/address", "usb/1-2/serial"
  std::string value;
  friend auto operator<=>(const Identifier&, const Identifier&) = default;
};

struct Looked {
  Inventory inventory;  // in order
  std::vector<Identifier> identifiers;
  bool has_tpm = false;  // a TPM 2.0
};

// `root`: "" for this machine. A list that would hold more than kInventoryItems is cut there, and that is listed as not
// looked at. Connections of the machine with itself are left out: they come and go with every page.
Looked look_around(const std::string& root);

// ---- its parts ----

class Looker {
 public:
  explicit Looker(const std::string& root) : tree(root) {}
  Looked run();

 private:
  // look_net.cc
  void interfaces();
  void radios();
  void sockets();
  void socket_table(SocketProtocol protocol, const char* name);
  // look_bus.cc
  void usb();
  void pci();
  void ports();
  // look_kernel.cc
  void mounts();
  void drivers();
  void tpm();

  // The names of a directory. What is absent is nothing where its `above` can be looked at; everything else that fails
  // is listed as not looked at.
  std::vector<std::string> names(const std::string& path, const char* above);
  void unread(const std::string& what, const std::string& why);
  void identifier(std::string name, std::string value);

  Tree tree;
  Looked out;
};

// A text from the machine as a record may hold it: well-formed, no control characters, at most 200 bytes.
std::string tidy(std::string_view text);

}  // namespace scrutineer::device
