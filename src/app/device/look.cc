#include "app/device/look.h"

#include <algorithm>

#include "core/crypto/hash.h"

namespace scrutineer::device {
namespace {

constexpr std::size_t kUnreadListed = 200;  // of 256; further ones are one entry

template <class Thing>
std::size_t cut(std::vector<Thing>& things) {
  const std::size_t most = kInventoryItems;
  if (things.size() <= most) return 0;
  const std::size_t more = things.size() - most;
  things.resize(most);
  return more;
}

}  // namespace

std::string tidy(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t good = std::min(utf8_prefix(text), text.size());
    for (char c : text.substr(0, good)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    text.remove_prefix(good);
    if (text.empty()) break;
    out += '?';
    text.remove_prefix(1);
  }
  if (out.size() <= kShortBytes) return out;
  // What is shortened stays different from what begins alike.
  const std::string mark = "~" + to_hex(sha256(out)).substr(0, 16);
  out.resize(utf8_prefix(std::string_view(out).substr(0, kShortBytes - mark.size())));
  return out + mark;
}

void Looker::unread(const std::string& what, const std::string& why) {
  out.inventory.unread.push_back({tidy(what), tidy(why)});
}

void Looker::identifier(std::string name, std::string value) {
  if (!value.empty()) out.identifiers.push_back({tidy(name), tidy(value)});
}

std::vector<std::string> Looker::names(const std::string& path, const char* above) {
  auto list = tree.list(path);
  if (list) return std::move(*list);
  const bool none = list.error().code == ErrorCode::not_found && tree.list(above).has_value();
  if (!none) unread(path, list.error().message);
  return {};
}

Looked Looker::run() {
  interfaces();
  radios();
  usb();
  pci();
  ports();
  mounts();
  drivers();
  sockets();
  tpm();
  Inventory& all = out.inventory;
  put_in_order(all);
  auto shorten = [&](auto& list, const char* what) {
    if (const std::size_t more = cut(list); more > 0) unread(what, std::to_string(more) + " more than a list holds");
  };
  shorten(all.interfaces, "network interfaces");
  shorten(all.radios, "radios");
  shorten(all.devices, "devices");
  shorten(all.mounts, "mounted storage");
  shorten(all.drivers, "network drivers");
  shorten(all.sockets, "sockets");
  shorten(all.ports, "ports");
  if (all.unread.size() > kUnreadListed) {
    const std::size_t more = all.unread.size() - kUnreadListed;
    all.unread.resize(kUnreadListed);
    unread("further places", std::to_string(more) + " more could not be looked at");
  }
  put_in_order(all);
  std::sort(out.identifiers.begin(), out.identifiers.end());
  return std::move(out);
}

Looked look_around(const std::string& root) {
  return Looker(root).run();
}

}  // namespace scrutineer::device
