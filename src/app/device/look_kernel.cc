// Mounted storage, loaded drivers, the TPM.
#include <algorithm>
#include <map>

#include "app/device/look.h"

namespace scrutineer::device {
namespace {

// File systems that are views of the kernel and store nothing.
constexpr std::string_view kViews[] = {"proc",       "sysfs",     "devtmpfs", "devpts", "cgroup",      "cgroup2",
                                       "securityfs", "debugfs",   "tracefs",  "pstore", "bpf",         "mqueue",
                                       "hugetlbfs",  "configfs",  "fusectl",  "autofs", "binfmt_misc", "rpc_pipefs",
                                       "nsfs",       "selinuxfs", "efivarfs"};

// "\040" in /proc/mounts.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool octal = text[i] == '\\' && text.size() - i > 3 && text[i + 1] >= '0' && text[i + 1] <= '3' &&
                       text[i + 2] >= '0' && text[i + 2] <= '7' && text[i + 3] >= '0' && text[i + 3] <= '7';
    if (!octal) {
      out += text[i];
      continue;
    }
    out += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
    i += 3;
  }
  return out;
}

template <class Each>
void lines(std::string_view text, Each each) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string_view word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  std::string_view out = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return out;
}

struct Place {
  std::string_view prefix;
  DriverKind kind;
};
// Where a kernel keeps its modules, in the order in which they are tried.
constexpr Place kPlaces[] = {
    {"drivers/net/wireless/", DriverKind::wifi},
    {"net/wireless/", DriverKind::wifi},
    {"net/mac80211/", DriverKind::wifi},
    {"drivers/bluetooth/", DriverKind::bluetooth},
    {"net/bluetooth/", DriverKind::bluetooth},
    {"drivers/net/wwan/", DriverKind::modem},
    {"drivers/usb/class/cdc-acm", DriverKind::modem},
    {"drivers/usb/class/cdc-wdm", DriverKind::modem},
    {"drivers/usb/serial/", DriverKind::modem},
    {"drivers/net/ppp/", DriverKind::modem},
    {"drivers/net/", DriverKind::network},
    {"net/nfc/", DriverKind::network},
    {"drivers/nfc/", DriverKind::network},
    {"drivers/thunderbolt/", DriverKind::network},
    {"drivers/infiniband/", DriverKind::network},
};
// Without modules.dep only names tell: the usual ones.
constexpr Place kNames[] = {
    {"cfg80211", DriverKind::wifi},      {"mac80211", DriverKind::wifi},  {"iwl", DriverKind::wifi},
    {"ath", DriverKind::wifi},           {"rtw", DriverKind::wifi},       {"rtl8", DriverKind::wifi},
    {"brcm", DriverKind::wifi},          {"mt76", DriverKind::wifi},      {"bluetooth", DriverKind::bluetooth},
    {"btusb", DriverKind::bluetooth},    {"hci", DriverKind::bluetooth},  {"cdc_", DriverKind::modem},
    {"option", DriverKind::modem},       {"qmi_wwan", DriverKind::modem}, {"ppp", DriverKind::modem},
    {"usbnet", DriverKind::network},     {"e1000", DriverKind::network},  {"igb", DriverKind::network},
    {"igc", DriverKind::network},        {"r8169", DriverKind::network},  {"r8152", DriverKind::network},
    {"tg3", DriverKind::network},        {"ax88", DriverKind::network},   {"asix", DriverKind::network},
    {"virtio_net", DriverKind::network},
};

std::string module_name(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  std::string name(path.substr(0, path.find(".ko")));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// "kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko.xz: ..."; "extra/..." and "updates/..." are others' modules.
std::map<std::string, DriverKind, std::less<>> kinds_by_path(std::string_view table) {
  std::map<std::string, DriverKind, std::less<>> kinds;
  lines(table, [&](std::string_view line) {
    std::string_view path = line.substr(0, line.find(':'));
    std::string_view below = path.starts_with("kernel/") ? path.substr(7) : path;
    for (const Place& place : kPlaces)
      if (below.find(place.prefix) != below.npos) {
        kinds.emplace(module_name(path), place.kind);
        return;
      }
  });
  return kinds;
}

std::map<std::string, DriverKind, std::less<>> kinds_by_name(const std::vector<std::string>& loaded) {
  std::map<std::string, DriverKind, std::less<>> kinds;
  for (const std::string& name : loaded)
    for (const Place& place : kNames)
      if (name.starts_with(place.prefix)) {
        kinds.emplace(name, place.kind);
        break;
      }
  return kinds;
}

}  // namespace

void Looker::mounts() {
  auto text = tree.read("/proc/mounts");
  if (!text) return unread("/proc/mounts", text.error().message);
  lines(*text, [&](std::string_view line) {
    Mount mount;
    mount.source = tidy(unescaped(word(line)));
    mount.target = tidy(unescaped(word(line)));
    mount.filesystem = tidy(word(line));
    if (mount.target.empty() || mount.filesystem.empty())
      return unread("/proc/mounts", "a line is not as it should be");
    if (std::find(std::begin(kViews), std::end(kViews), mount.filesystem) != std::end(kViews)) return;
    if (mount.source.empty()) mount.source = "none";
    std::string_view options = word(line);
    mount.writable = options == "rw" || options.starts_with("rw,");
    out.inventory.mounts.push_back(std::move(mount));
  });
}

void Looker::drivers() {
  auto text = tree.read("/proc/modules");
  if (!text) {
    // A kernel that cannot load modules has no such table.
    if (text.error().code != ErrorCode::not_found || !tree.exists("/proc/mounts"))
      unread("/proc/modules", text.error().message);
    return;
  }
  std::vector<std::string> loaded;
  lines(*text, [&](std::string_view line) { loaded.emplace_back(word(line)); });
  if (loaded.empty()) return;
  const std::string table = "/lib/modules/" + tree.value("/proc/sys/kernel/osrelease").value_or("") + "/modules.dep";
  auto paths = tree.read(table);
  if (!paths)
    unread(table, "which modules are network drivers was told by their names alone: " + paths.error().message);
  const auto kinds = paths ? kinds_by_path(*paths) : kinds_by_name(loaded);
  for (const std::string& name : loaded)
    if (auto kind = kinds.find(name); kind != kinds.end()) out.inventory.drivers.push_back({tidy(name), kind->second});
}

void Looker::tpm() {
  for (const std::string& name : names("/sys/class/tpm", "/sys/class"))
    out.has_tpm |= tree.value("/sys/class/tpm/" + name + "/tpm_version_major") == "2";
}

}  // namespace scrutineer::device
