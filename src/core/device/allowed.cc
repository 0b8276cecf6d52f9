#include "core/device/allowed.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "core/device/transmit.h"

namespace scrutineer::device {
namespace {

constexpr std::size_t kDifferenceCodes = std::size(kDifferenceNames);

// {0}: what it is about.
const std::array<Bilingual, kDifferenceCodes> kSentences = {{
    {"허용 목록에 없는 망 인터페이스가 있습니다: {0}", "A network interface that is not on the list: {0}"},
    {"허용 목록에 없거나 허용된 상태가 아닌 무선 장치가 있습니다: {0}",
     "A radio that is not on the list, or not in the state that the list allows: {0}"},
    {"허용 목록에 없는 장치가 있습니다: {0}", "A device that is not on the list: {0}"},
    {"허용 목록에 없는 저장소가 연결되어 있습니다: {0}", "Storage is mounted that is not on the list: {0}"},
    {"허용 목록에 없는 망 드라이버가 올라와 있습니다: {0}", "A network driver is loaded that is not on the list: {0}"},
    {"허용 목록에 없는 통신 창구가 열려 있거나 연결되어 있습니다: {0}",
     "A socket is open or connected that is not on the list: {0}"},
    {"허용 목록에 없는 포트가 있습니다: {0}", "A port that is not on the list: {0}"},
    {"허용되지 않은 소프트웨어가 돌고 있습니다: {0}", "Software runs that the list does not name: {0}"},
    {"허용된 투표용지 정의가 아닙니다: {0}", "The ballot definition is not the one that the list names: {0}"},
    {"허용된 판독 기준값이 아닙니다: {0}", "The thresholds are not those that the list names: {0}"},
    {"살펴볼 수 없었던 것이 있습니다. 무엇이든 있을 수 있습니다: {0}",
     "Something could not be looked at, and anything may be there: {0}"},
    {"TPM의 서명이 있어야 하는데 없습니다: {0}", "A TPM's signature is required and missing: {0}"},
}};

template <class Enum, std::size_t N>
Enum choice(const ObjectReader& in, std::string_view name, const std::string_view (&names)[N]) {
  return static_cast<Enum>(in.choice(name, names));
}
template <class Enum, std::size_t N>
std::optional<Enum> optional_choice(const ObjectReader& in, std::string_view name, const std::string_view (&names)[N]) {
  if (!in.has(name)) return std::nullopt;
  return choice<Enum>(in, name, names);
}

// A misspelt member would silently allow more than was meant.
void only(const ObjectReader& in, std::initializer_list<std::string_view> known) {
  if (!in.value().is_object()) return;
  for (JsonValue member : in.value())
    if (std::find(known.begin(), known.end(), member.name()) == known.end())
      in.problem(member.name(), "an allowed list has no such member here");
}

template <class Entry, class Read>
void entries(const ObjectReader& in, std::string_view name, std::initializer_list<std::string_view> members,
             std::vector<Entry>& out, Read read) {
  in.objects(
      name,
      [&](const ObjectReader& reader, std::size_t index) {
        if (index == kAllowedEntries) in.problem(name, "a list has at most 512 entries");
        if (index >= kAllowedEntries) return;
        only(reader, members);
        out.push_back(read(reader));
      },
      false);
}

void read_lists(const ObjectReader& in, AllowedList& list) {
  entries(in, "interfaces", {"kind", "name", "driver", "state"}, list.interfaces, [](const ObjectReader& r) {
    return AllowedList::Interface{choice<InterfaceKind>(r, "kind", kInterfaceKindNames), r.optional_string("name"),
                                  r.optional_string("driver"),
                                  optional_choice<InterfaceState>(r, "state", kInterfaceStateNames)};
  });
  entries(in, "radios", {"kind", "name", "blocked"}, list.radios, [](const ObjectReader& r) {
    return AllowedList::Radio{choice<RadioKind>(r, "kind", kRadioKindNames), r.optional_string("name"),
                              optional_choice<Blocked>(r, "blocked", kBlockedNames)};
  });
  entries(in, "devices", {"bus", "id", "place", "at_most"}, list.devices, [](const ObjectReader& r) {
    return AllowedList::Device{choice<Bus>(r, "bus", kBusNames), r.non_empty("id"), r.optional_string("place"),
                               r.optional_integer("at_most", 1, kInventoryItems)};
  });
  entries(in, "mounts", {"target", "source", "filesystem", "writable"}, list.mounts, [](const ObjectReader& r) {
    return AllowedList::Mount{r.non_empty("target"), r.optional_string("source"), r.optional_string("filesystem"),
                              r.optional_boolean("writable")};
  });
  entries(in, "drivers", {"name"}, list.drivers, [](const ObjectReader& r) { return r.non_empty("name"); });
  entries(in, "ports", {"name"}, list.ports, [](const ObjectReader& r) { return r.non_empty("name"); });
  entries(in, "sockets", {"protocol", "local", "peer", "state"}, list.sockets, [](const ObjectReader& r) {
    return AllowedList::Socket{choice<SocketProtocol>(r, "protocol", kSocketProtocolNames), r.optional_string("local"),
                               r.optional_string("peer"), optional_choice<SocketState>(r, "state", kSocketStateNames)};
  });
}

template <class T>
bool fits(const std::optional<T>& wanted, const T& there) {
  return !wanted || *wanted == there;
}

class Comparison {
 public:
  Comparison(const DeviceStatement& statement, const Inventory& inventory, const AllowedList& allowed)
      : statement_(statement), inventory_(inventory), allowed_(allowed) {}

  std::vector<DeviceDifference> run() {
    interfaces_and_radios();
    devices();
    mounts_and_drivers();
    sockets_and_ports();
    hashes();
    for (const Unread& unread : inventory_.unread) add(DifferenceCode::unread, unread.what);
    if (allowed_.tpm_required && statement_.tpm.state != TpmState::quote)
      add(DifferenceCode::tpm, std::string(kTpmStateNames[static_cast<std::size_t>(statement_.tpm.state)]));
    std::sort(out_.begin(), out_.end());
    out_.erase(std::unique(out_.begin(), out_.end()), out_.end());
    shorten();
    return std::move(out_);
  }

 private:
  void shorten() {
    if (out_.size() <= kDeviceDifferences) return;
    const std::size_t all = out_.size();
    out_.resize(kDeviceDifferences - 1);
    std::erase_if(out_, [](const DeviceDifference& one) { return one.code >= DifferenceCode::unread; });
    out_.push_back({DifferenceCode::unread, "and " + std::to_string(all - out_.size()) + " more"});
  }
  void add(DifferenceCode code, std::string at) {
    if (at.size() > kShortBytes) at.resize(utf8_prefix(std::string_view(at).substr(0, kShortBytes)));
    out_.push_back({code, std::move(at)});
  }
  template <class Entries, class Fits>
  static bool any(const Entries& entries, Fits fit) {
    return std::any_of(entries.begin(), entries.end(), fit);
  }

  void interfaces_and_radios() {
    for (const NetInterface& one : inventory_.interfaces)
      if (!any(allowed_.interfaces, [&](const AllowedList::Interface& entry) {
            return entry.kind == one.kind && fits(entry.name, one.name) && fits(entry.driver, one.driver) &&
                   fits(entry.state, one.state);
          }))
        add(DifferenceCode::interface, one.name);
    for (const Radio& one : inventory_.radios)
      if (!any(allowed_.radios, [&](const AllowedList::Radio& entry) {
            return entry.kind == one.kind && fits(entry.name, one.name) && fits(entry.blocked, one.blocked);
          }))
        add(DifferenceCode::radio, one.name);
  }

  // Each entry allows at most so many: a second keyboard is one too many.
  void devices() {
    std::vector<std::int64_t> used(allowed_.devices.size(), 0);
    for (const BusDevice& one : inventory_.devices) {
      bool allowed = false;
      for (std::size_t i = 0; i < used.size() && !allowed; ++i) {
        const AllowedList::Device& entry = allowed_.devices[i];
        if (entry.bus != one.bus || entry.id != one.id || !fits(entry.place, one.place)) continue;
        if (entry.at_most && used[i] >= *entry.at_most) continue;
        ++used[i];
        allowed = true;
      }
      if (!allowed) add(DifferenceCode::device, spelt(one) + (one.name.empty() ? "" : " " + one.name));
    }
  }

  void mounts_and_drivers() {
    for (const Mount& one : inventory_.mounts)
      if (!any(allowed_.mounts, [&](const AllowedList::Mount& entry) {
            return entry.target == one.target && fits(entry.source, one.source) &&
                   fits(entry.filesystem, one.filesystem) && fits(entry.writable, one.writable);
          }))
        add(DifferenceCode::mount, one.target);
    for (const LoadedDriver& one : inventory_.drivers)
      if (!any(allowed_.drivers, [&](const std::string& name) { return name == one.name; }))
        add(DifferenceCode::driver, one.name);
  }

  void sockets_and_ports() {
    for (const Socket& one : inventory_.sockets)
      if (!any(allowed_.sockets, [&](const AllowedList::Socket& entry) {
            return entry.protocol == one.protocol && fits(entry.local, one.local) && fits(entry.peer, one.peer) &&
                   fits(entry.state, one.state);
          }))
        add(DifferenceCode::socket, spelt(one));
    for (const Port& one : inventory_.ports)
      if (!any(allowed_.ports, [&](const std::string& name) { return name == one.name; }))
        add(DifferenceCode::port, one.name);
  }

  void hashes() {
    for (const MeasuredFile& file : statement_.software)
      if (!allowed_.software.empty() &&
          !any(allowed_.software, [&](const Hash256& hash) { return hash == file.sha256; }))
        add(DifferenceCode::software, file.name + " " + to_hex(file.sha256));
    auto one = [&](DifferenceCode code, const std::optional<Hash256>& wanted, const std::optional<Hash256>& there) {
      if (wanted && wanted != there) add(code, there ? to_hex(*there) : std::string("none"));
    };
    one(DifferenceCode::definition, allowed_.definition, statement_.definition);
    one(DifferenceCode::thresholds, allowed_.thresholds, statement_.thresholds);
  }

  const DeviceStatement& statement_;
  const Inventory& inventory_;
  const AllowedList& allowed_;
  std::vector<DeviceDifference> out_;
};

template <class Enum, std::size_t N>
std::string_view name_of(const std::string_view (&names)[N], Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// A list with one object a line.
template <class Things, class Members>
void list(JsonWriter& out, std::string_view name, const Things& things, Members members) {
  out.line().name(name).begin_array();
  for (const auto& thing : things) {
    out.line().begin_object();
    members(thing);
    out.end_object();
  }
  out.end_array();
}

void write_lists(JsonWriter& out, const Inventory& inventory) {
  list(out, "interfaces", inventory.interfaces, [&](const NetInterface& one) {
    out.member("kind", name_of(kInterfaceKindNames, one.kind)).member("name", one.name).member("driver", one.driver);
    out.member("state", name_of(kInterfaceStateNames, one.state));
  });
  list(out, "radios", inventory.radios, [&](const Radio& one) {
    out.member("kind", name_of(kRadioKindNames, one.kind)).member("blocked", name_of(kBlockedNames, one.blocked));
  });
  std::map<std::pair<Bus, std::string>, std::int64_t> counted;
  for (const BusDevice& one : inventory.devices) ++counted[{one.bus, one.id}];
  list(out, "devices", counted, [&](const auto& one) {
    out.member("bus", name_of(kBusNames, one.first.first)).member("id", one.first.second).member("at_most", one.second);
  });
  list(out, "mounts", inventory.mounts, [&](const Mount& one) {
    out.member("target", one.target).member("filesystem", one.filesystem).name("writable").boolean(one.writable);
  });
  list(out, "drivers", inventory.drivers, [&](const LoadedDriver& one) { out.member("name", one.name); });
  list(out, "sockets", inventory.sockets, [&](const Socket& one) {
    out.member("protocol", name_of(kSocketProtocolNames, one.protocol)).member("local", one.local);
    out.member("state", name_of(kSocketStateNames, one.state));
    if (!one.peer.empty()) out.member("peer", one.peer);
  });
  list(out, "ports", inventory.ports, [&](const Port& one) { out.member("name", one.name); });
}

}  // namespace

Result<AllowedList> parse_allowed(std::string_view json) {
  if (json.size() > kAllowedBytes) return fail(ErrorCode::limit_exceeded, "an allowed list has at most 1 MiB");
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  ObjectReader in(document.root(), problems);
  if (in.string("allowed") != "1" && problems.empty())
    return fail(ErrorCode::unsupported, "this program knows version 1 of allowed lists", "allowed");
  AllowedList list;
  list.model = in.optional_string("model").value_or("");
  if (in.has("software"))
    for (const std::string& text : in.strings("software")) {
      auto hash = hash_from_hex(text);
      if (!hash) in.problem("software", "expected 64 lower-case hex digits each");
      list.software.push_back(hash.value_or(Hash256{}));
    }
  list.definition = in.optional_hash("definition");
  list.thresholds = in.optional_hash("thresholds");
  constexpr std::string_view kTpm[] = {"optional", "required"};
  list.tpm_required = in.has("tpm") && in.choice("tpm", kTpm) == 1;
  read_lists(in, list);
  only(in, {"allowed", "model", "software", "definition", "thresholds", "tpm", "interfaces", "radios", "devices",
            "mounts", "drivers", "sockets", "ports"});
  if (!problems.empty()) return tl::unexpected(problems.first());
  return list;
}

std::string allowed_text(const DeviceStatement& statement, const Inventory& inventory, std::string_view model) {
  JsonWriter out;
  out.begin_object().member("allowed", "1").member("model", model).line().name("software").begin_array();
  for (const MeasuredFile& file : statement.software) out.string(to_hex(file.sha256));
  out.end_array();
  if (statement.definition) out.line().member("definition", to_hex(*statement.definition));
  if (statement.thresholds) out.line().member("thresholds", to_hex(*statement.thresholds));
  if (statement.tpm.state == TpmState::quote) out.line().member("tpm", "required");
  write_lists(out, inventory);
  out.line().end_object();
  return out.take() + "\n";
}

std::vector<DeviceDifference> differences(const DeviceStatement& statement, const Inventory& inventory,
                                          const AllowedList& allowed) {
  return Comparison(statement, inventory, allowed).run();
}

Bilingual sentence(const DeviceDifference& difference) {
  const Bilingual& pattern = kSentences[static_cast<std::size_t>(difference.code)];
  return {fmt::format(fmt::runtime(pattern.ko), difference.at), fmt::format(fmt::runtime(pattern.en), difference.at)};
}

}  // namespace scrutineer::device
