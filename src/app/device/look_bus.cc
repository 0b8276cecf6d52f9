// What is plugged in: USB, PCI, ports.
#include <algorithm>

#include "app/device/look.h"

namespace scrutineer::device {
namespace {

bool is_hex(std::string_view text, std::size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// "0x8086" of PCI, "8086" of USB.
std::string four(const std::optional<std::string>& text) {
  std::string_view digits = text ? std::string_view(*text) : std::string_view();
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  return is_hex(digits, 4) ? std::string(digits) : std::string();
}

// Class, subclass and protocol of a USB device or interface; empty where one is missing.
std::string usb_class(const Tree& tree, const std::string& at, const std::string& prefix) {
  std::string code;
  for (const char* part : {"Class", "SubClass", "Protocol"}) code += tree.value(at + "/" + prefix + part).value_or("");
  return is_hex(code, 6) ? code : std::string();
}

// Classes of a whole device that send the reader to its interfaces.
bool says_nothing(std::string_view code) {
  return code.starts_with("00") || code.starts_with("ef");
}

constexpr std::string_view kLinuxFoundation = "1d6b:";  // root hubs: what the kernel calls their serial is a place
constexpr std::string_view kModemDrivers[] = {"option", "option1", "sierra", "qcserial", "hso", "cdc_acm"};

}  // namespace

void Looker::usb() {
  const std::string folder = "/sys/bus/usb/devices/";
  const std::vector<std::string> all = names("/sys/bus/usb/devices", "/sys/bus");
  for (const std::string& name : all) {
    if (name.find(':') != name.npos) continue;  // an interface: below
    BusDevice device;
    device.bus = Bus::usb;
    device.place = tidy(name);
    const std::string vendor = four(tree.value(folder + name + "/idVendor"));
    const std::string product = four(tree.value(folder + name + "/idProduct"));
    if (vendor.empty() || product.empty()) {
      unread(folder + name, "it does not say what it is");
      continue;
    }
    device.id = vendor + ":" + product;
    std::vector<std::string> drivers;
    if (std::string code = usb_class(tree, folder + name, "bDevice"); !code.empty() && !says_nothing(code))
      device.classes.push_back(std::move(code));
    for (const std::string& interface : all) {
      if (!interface.starts_with(name + ":")) continue;
      std::string code = usb_class(tree, folder + interface, "bInterface");
      if (code.empty())
        unread(folder + interface, "it does not say what it is");
      else if (device.classes.size() < kDeviceClasses)
        device.classes.push_back(std::move(code));
      std::string driver = tree.link_name(folder + interface + "/driver");
      if (!driver.empty() && std::find(drivers.begin(), drivers.end(), driver) == drivers.end())
        drivers.push_back(std::move(driver));
    }
    std::string joined;
    for (const std::string& driver : drivers) joined += (joined.empty() ? "" : ",") + driver;
    device.driver = tidy(joined);
    device.name = tidy(tree.value(folder + name + "/product").value_or(""));
    if (!device.id.starts_with(kLinuxFoundation))
      identifier("usb/" + name + "/serial", tree.value(folder + name + "/serial").value_or(""));
    out.inventory.devices.push_back(std::move(device));
  }
}

void Looker::pci() {
  const std::string folder = "/sys/bus/pci/devices/";
  for (const std::string& name : names("/sys/bus/pci/devices", "/sys/bus")) {
    BusDevice device;
    device.bus = Bus::pci;
    device.place = tidy(name);
    const std::string vendor = four(tree.value(folder + name + "/vendor"));
    const std::string product = four(tree.value(folder + name + "/device"));
    if (vendor.empty() || product.empty()) {
      unread(folder + name, "it does not say what it is");
      continue;
    }
    device.id = vendor + ":" + product;
    std::string code = tree.value(folder + name + "/class").value_or("");
    if (code.starts_with("0x") && is_hex(std::string_view(code).substr(2), 6))
      device.classes.push_back(code.substr(2));
    else
      unread(folder + name + "/class", "its class is not told");
    device.driver = tidy(tree.link_name(folder + name + "/driver"));
    out.inventory.devices.push_back(std::move(device));
  }
}

void Looker::ports() {
  const std::string folder = "/sys/class/tty/";
  for (const std::string& name : names("/sys/class/tty", "/sys/class")) {
    if (!name.starts_with("tty") || !tree.exists(folder + name + "/device")) continue;  // consoles have none
    // The 8250 driver makes four ports, whether they are there or not: type 0 is a port without a chip.
    if (name.starts_with("ttyS") && tree.value(folder + name + "/type") == "0") continue;
    Port port;
    port.name = tidy(name);
    port.driver = tidy(tree.link_name(folder + name + "/device/driver"));
    const bool modem =
        std::find(std::begin(kModemDrivers), std::end(kModemDrivers), port.driver) != std::end(kModemDrivers) ||
        name.starts_with("ttyACM");
    port.kind = modem ? PortKind::modem : name.starts_with("ttyUSB") ? PortKind::usb_serial : PortKind::serial;
    out.inventory.ports.push_back(std::move(port));
  }
}

}  // namespace scrutineer::device
