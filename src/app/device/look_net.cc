// Interfaces, radios and sockets.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "app/device/look.h"

namespace scrutineer::device {
namespace {

// include/uapi/linux/if_arp.h
enum Arphrd : unsigned {
  kEther = 1,
  kSlip = 256,
  kRawIp = 519,
  kPpp = 512,
  kTunnel = 768,
  kTunnel6 = 769,
  kLoopback = 772,
  kSit = 776,
  kGre = 778,
  kWifi = 801,
  kWifiLast = 803,
  kNone = 65'534,
};
constexpr unsigned kUp = 1;  // IFF_UP, include/uapi/linux/if.h

constexpr std::string_view kCellular[] = {"qmi_wwan", "cdc_mbim", "huawei_cdc_ncm", "sierra_net", "mhi_net", "iosm"};
constexpr std::string_view kOverUsb[] = {"cdc_ether", "cdc_ncm", "cdc_eem", "cdc_subset", "rndis_host", "ipheth"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

unsigned number(const std::optional<std::string>& text, int base = 10) {
  unsigned value = 0;
  if (!text) return 0;
  std::string_view digits = *text;
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

// "DEVTYPE=wlan" in a uevent.
std::string devtype(const std::optional<std::string>& uevent) {
  if (!uevent) return {};
  const std::size_t at = uevent->find("DEVTYPE=");
  if (at == uevent->npos) return {};
  return uevent->substr(at + 8, uevent->find('\n', at) - at - 8);
}

struct Signs {
  unsigned type = 0;
  std::string name, devtype, driver;
  bool wireless = false, has_device = false;
};

InterfaceKind kind_of(const Signs& signs) {
  if (signs.type == kLoopback) return InterfaceKind::loopback;
  if (signs.wireless || signs.devtype == "wlan" || (signs.type >= kWifi && signs.type <= kWifiLast))
    return InterfaceKind::wifi;
  if (signs.devtype == "wwan" || signs.type == kRawIp || is_one_of(signs.driver, kCellular))
    return InterfaceKind::cellular;
  if (signs.devtype == "bluetooth" || signs.name.starts_with("bnep")) return InterfaceKind::bluetooth;
  if (signs.devtype == "gadget" || is_one_of(signs.driver, kOverUsb)) return InterfaceKind::usb;
  if (signs.type == kPpp || signs.type == kSlip) return InterfaceKind::serial_line;
  if (signs.type == kNone || signs.type == kTunnel || signs.type == kTunnel6 || signs.type == kSit ||
      signs.type == kGre || signs.devtype == "wireguard")
    return InterfaceKind::tunnel;
  if (!signs.has_device) return InterfaceKind::virtual_;
  return signs.type == kEther ? InterfaceKind::ethernet : InterfaceKind::other;
}

RadioKind radio_kind(std::string_view type) {
  if (type == "wlan") return RadioKind::wifi;
  if (type == "bluetooth") return RadioKind::bluetooth;
  if (type == "wwan") return RadioKind::cellular;
  for (RadioKind kind : {RadioKind::nfc, RadioKind::gps, RadioKind::fm, RadioKind::wimax})
    if (type == kRadioKindNames[static_cast<std::size_t>(kind)]) return kind;
  return type == "ultrawideband" ? RadioKind::uwb : RadioKind::other;
}

// "0100007F:1F90": 32-bit words in the machine's order (little-endian), the port in network order.
std::optional<std::string> address_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || (colon != 8 && colon != 32) || text.size() != colon + 5) return std::nullopt;
  std::array<unsigned, 16> bytes{};
  for (std::size_t i = 0; i < colon / 2; ++i) {
    auto result = std::from_chars(text.data() + 2 * i, text.data() + 2 * i + 2, bytes[i / 4 * 4 + 3 - i % 4], 16);
    if (result.ec != std::errc() || result.ptr != text.data() + 2 * i + 2) return std::nullopt;
  }
  unsigned port = 0;
  auto result = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port, 16);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  if (colon == 8) return fmt::format("{}.{}.{}.{}:{}", bytes[0], bytes[1], bytes[2], bytes[3], port);
  if (std::all_of(bytes.begin(), bytes.begin() + 10, [](unsigned b) { return b == 0; }) && bytes[10] == 0xff &&
      bytes[11] == 0xff)
    return fmt::format("[::ffff:{}.{}.{}.{}]:{}", bytes[12], bytes[13], bytes[14], bytes[15], port);
  const auto head = std::all_of(bytes.begin(), bytes.begin() + 15, [](unsigned b) { return b == 0; });
  if (head && bytes[15] <= 1) return fmt::format("[::{}]:{}", bytes[15] == 1 ? "1" : "", port);
  std::string out = "[";
  for (std::size_t i = 0; i < 16; i += 2) out += fmt::format("{}{:x}", i ? ":" : "", bytes[i] << 8 | bytes[i + 1]);
  return out + fmt::format("]:{}", port);
}

bool is_own(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("[::1]") || address.starts_with("[::ffff:127.");
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == line.npos) return words;
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

// include/net/tcp_states.h
constexpr std::string_view kListen = "0A", kClosed = "07";

}  // namespace

void Looker::interfaces() {
  auto list = tree.list("/sys/class/net");
  if (!list) return unread("/sys/class/net", list.error().message);  // every Linux has it
  for (const std::string& name : *list) {
    const std::string at = "/sys/class/net/" + name;
    auto type = tree.read(at + "/type", kTreeValueBytes);
    if (!tree.is_directory(at)) continue;  // bonding_masters
    Signs signs;
    signs.name = name;
    signs.devtype = devtype(tree.value(at + "/uevent"));
    signs.driver = tree.link_name(at + "/device/driver");
    signs.has_device = tree.exists(at + "/device");
    signs.wireless = tree.exists(at + "/wireless") || tree.exists(at + "/phy80211");
    signs.type = number(tree.value(at + "/type"));
    if (!type) unread(at + "/type", type.error().message);
    NetInterface interface;
    interface.name = tidy(name);
    interface.kind = type ? kind_of(signs) : InterfaceKind::other;
    interface.driver = tidy(signs.driver);
    if (auto flags = tree.value(at + "/flags"))
      interface.state = (number(flags, 16) & kUp) != 0 ? InterfaceState::up : InterfaceState::down;
    else
      unread(at + "/flags", "its state is not told");
    if (auto carrier = tree.value(at + "/carrier")) interface.cable = *carrier == "1" ? Cable::yes : Cable::no;
    auto address = tree.value(at + "/address");
    if (address && address->find_first_not_of("0:") != address->npos)
      identifier("interface/" + name + "/address", *address);
    out.inventory.interfaces.push_back(std::move(interface));
  }
}

void Looker::radios() {
  std::vector<std::string> known;
  for (const std::string& name : names("/sys/class/rfkill", "/sys/class")) {
    const std::string at = "/sys/class/rfkill/" + name;
    Radio radio;
    const std::string owner = tree.value(at + "/name").value_or("");
    radio.name = tidy(owner.empty() ? name : owner);
    auto type = tree.value(at + "/type"), soft = tree.value(at + "/soft"), hard = tree.value(at + "/hard");
    if (!type) unread(at + "/type", "what kind of radio it is, is not told");
    radio.kind = radio_kind(type.value_or(""));
    radio.blocked = !soft || !hard ? Blocked::unknown
                    : *hard == "1" ? Blocked::hard
                    : *soft == "1" ? Blocked::soft
                                   : Blocked::no;
    known.push_back(radio.name);
    out.inventory.radios.push_back(std::move(radio));
  }
  // Radios that no rfkill switch belongs to.
  const std::pair<const char*, RadioKind> others[] = {{"/sys/class/ieee80211", RadioKind::wifi},
                                                      {"/sys/class/bluetooth", RadioKind::bluetooth},
                                                      {"/sys/class/nfc", RadioKind::nfc},
                                                      {"/sys/class/wwan", RadioKind::cellular}};
  for (const auto& [path, kind] : others)
    for (const std::string& name : names(path, "/sys/class")) {
      if (name.find(':') != name.npos) continue;  // a connection of it
      if (std::find(known.begin(), known.end(), tidy(name)) != known.end()) continue;
      out.inventory.radios.push_back({tidy(name), kind, Blocked::unknown});
      if (auto address = tree.value(std::string(path) + "/" + name + "/address"))
        identifier("radio/" + name + "/address", *address);
    }
}

void Looker::sockets() {
  socket_table(SocketProtocol::tcp, "tcp");
  socket_table(SocketProtocol::tcp6, "tcp6");
  socket_table(SocketProtocol::udp, "udp");
  socket_table(SocketProtocol::udp6, "udp6");
  socket_table(SocketProtocol::raw, "raw");
  socket_table(SocketProtocol::raw6, "raw6");
}

void Looker::socket_table(SocketProtocol protocol, const char* name) {
  const std::string path = std::string("/proc/net/") + name;
  auto text = tree.read(path);
  if (!text) {
    // A kernel without IPv6 has no tables for it; those of IPv4 every kernel with a network has.
    const bool six = path.ends_with('6');
    if (text.error().code != ErrorCode::not_found || !six || !tree.exists("/proc/net"))
      unread(path, text.error().message);
    return;
  }
  const bool tcp = protocol == SocketProtocol::tcp || protocol == SocketProtocol::tcp6;
  std::string_view rest = *text;
  std::size_t bad = 0;
  for (bool head = true; !rest.empty(); head = false) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    auto words = words_of(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (head || words.empty()) continue;
    auto local = words.size() > 3 ? address_of(words[1]) : std::nullopt;
    auto peer = words.size() > 3 ? address_of(words[2]) : std::nullopt;
    if (!local || !peer) {
      ++bad;
      continue;
    }
    if (tcp && words[3] == kClosed) continue;
    const bool listening = tcp ? words[3] == kListen : words[3] != "01";
    if (!listening && is_own(*local) && is_own(*peer)) continue;
    out.inventory.sockets.push_back({protocol, listening ? SocketState::listening : SocketState::connected, *local,
                                     listening ? std::string() : *peer});
  }
  if (bad > 0) unread(path, std::to_string(bad) + " lines are not as the kernel writes them");
}

}  // namespace scrutineer::device
