#include "app/device/page.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/device/allowed.h"

namespace scrutineer::device {
namespace {

using ui::DeviceFact;
using ui::DeviceLine;
using ui::DeviceList;
using ui::DevicePageModel;
using ui::DeviceTable;
using ui::DeviceTone;
using Two = ui::Bilingual;

Two two(const Bilingual& text) {
  return {text.ko, text.en};
}
Two both(std::string text) {
  return {text, text};
}
template <class Enum, std::size_t N>
Two named(const std::string_view (&names)[N], Enum value) {
  return both(std::string(names[static_cast<std::size_t>(value)]));
}

const Two kEvents[] = {{"시작할 때의 진술", "statement at opening"},
                       {"마칠 때의 진술", "statement at closing"},
                       {"바뀐 것이 있을 때의 진술", "statement after a change"}};
const Two kNone{"없음", "none"};
const Two kNothingListed{"기기가 보여 주는 것이 없습니다.", "The machine shows none."};
const Two kNothingToLookAt{"확인할 것이 없습니다.", "Nothing to look at."};
const Two kName{"이름", "Name"}, kKind{"종류", "Kind"}, kDriver{"드라이버", "Driver"}, kState{"상태", "State"},
    kWhat{"대상", "What"}, kWhy{"까닭", "Why"};

// In the order of their enumerations.
const Two kInterfaceWords[] = {{"기기 자신", "the machine itself"},
                               {"유선 랜", "wired"},
                               {"무선 랜", "wireless"},
                               {"이동통신", "mobile network"},
                               {"블루투스", "Bluetooth"},
                               {"USB 케이블", "USB cable"},
                               {"전화·직렬 회선", "serial line"},
                               {"터널", "tunnel"},
                               {"가상", "virtual"},
                               {"그 밖", "other"}};
const Two kRadioWords[] = {{"무선 랜", "wireless network"}, {"블루투스", "Bluetooth"}, {"이동통신", "mobile network"},
                           {"근거리 무선(NFC)", "NFC"},     {"위성 위치(GPS)", "GPS"}, {"FM", "FM"},
                           {"초광대역", "ultra-wideband"},  {"와이맥스", "WiMAX"},     {"그 밖", "other"}};
const Two kPortWords[] = {{"직렬", "serial"}, {"USB 직렬", "serial over USB"}, {"모뎀", "modem"}};
const Two kDriverWords[] = {{"망", "network"}, {"무선 랜", "wireless"}, {"블루투스", "Bluetooth"}, {"모뎀", "modem"}};
static_assert(std::size(kInterfaceWords) == std::size(kInterfaceKindNames));
static_assert(std::size(kRadioWords) == std::size(kRadioKindNames));
static_assert(std::size(kPortWords) == std::size(kPortKindNames));
static_assert(std::size(kDriverWords) == std::size(kDriverKindNames));
template <class Enum, std::size_t N>
const Two& worded(const Two (&words)[N], Enum value) {
  return words[static_cast<std::size_t>(value)];
}

Two switched(InterfaceState state) {
  if (state == InterfaceState::up) return {"켜짐", "on"};
  return state == InterfaceState::down ? Two{"꺼짐", "off"} : Two{"알 수 없음", "not known"};
}
Two cable(Cable cable) {
  if (cable == Cable::yes) return {"연결됨", "connected"};
  return cable == Cable::no ? Two{"연결 안 됨", "not connected"} : Two{"알 수 없음", "not known"};
}
Two blocked(Blocked state) {
  switch (state) {
    case Blocked::no: return {"차단되지 않음", "not blocked"};
    case Blocked::soft: return {"소프트웨어로 차단", "blocked by software"};
    case Blocked::hard: return {"하드웨어 스위치로 차단", "blocked by a switch of the hardware"};
    case Blocked::unknown: return {"알 수 없음", "not known"};
  }
  __builtin_unreachable();
}

DeviceTable table(Two title, std::vector<Two> columns) {
  return {std::move(title), std::move(columns), {}, kNothingListed};
}

void network_tables(const Inventory& inventory, std::vector<DeviceTable>& out) {
  DeviceTable& interfaces = out.emplace_back(
      table({"망 인터페이스", "Network interfaces"}, {kName, kKind, kDriver, kState, {"케이블", "Cable"}}));
  for (const NetInterface& one : inventory.interfaces)
    interfaces.rows.push_back(
        {both(one.name), worded(kInterfaceWords, one.kind), both(one.driver), switched(one.state), cable(one.cable)});
  DeviceTable& radios = out.emplace_back(table({"무선 장치", "Radios"}, {kName, kKind, kState}));
  for (const Radio& one : inventory.radios)
    radios.rows.push_back({both(one.name), worded(kRadioWords, one.kind), blocked(one.blocked)});
  DeviceTable& sockets = out.emplace_back(
      table({"통신 창구 (기기 안에서 끝나는 연결 제외)", "Sockets (without connections of the machine with itself)"},
            {{"주소", "Address"}, {"규약", "Protocol"}, kState, {"상대", "Other side"}}));
  for (const Socket& one : inventory.sockets)
    sockets.rows.push_back({both(one.local), named(kSocketProtocolNames, one.protocol),
                            one.state == SocketState::listening ? Two{"기다림", "waiting"} : Two{"연결됨", "connected"},
                            both(one.peer)});
  DeviceTable& ports =
      out.emplace_back(table({"직렬 포트와 모뎀", "Serial ports and modems"}, {kName, kKind, kDriver}));
  for (const Port& one : inventory.ports)
    ports.rows.push_back({both(one.name), worded(kPortWords, one.kind), both(one.driver)});
  DeviceTable& drivers = out.emplace_back(table({"올라와 있는 망 드라이버", "Loaded network drivers"}, {kName, kKind}));
  for (const LoadedDriver& one : inventory.drivers)
    drivers.rows.push_back({both(one.name), worded(kDriverWords, one.kind)});
}

void device_tables(const Inventory& inventory, std::vector<DeviceTable>& out) {
  DeviceTable& devices = out.emplace_back(
      table({"USB와 PCI 장치", "USB and PCI devices"},
            {{"자리", "Place"}, {"제조사:제품", "Vendor:product"}, {"분류", "Class"}, kDriver, kName}));
  for (const BusDevice& one : inventory.devices) {
    std::string classes;
    for (const std::string& code : one.classes) classes += (classes.empty() ? "" : " ") + code;
    devices.rows.push_back({both(std::string(kBusNames[static_cast<std::size_t>(one.bus)]) + " " + one.place),
                            both(one.id), both(classes), both(one.driver), both(one.name)});
  }
  DeviceTable& mounts = out.emplace_back(table({"연결된 저장소", "Mounted storage"},
                                               {{"위치", "Where"}, {"원본", "What"}, {"형식", "File system"}, kState}));
  for (const Mount& one : inventory.mounts)
    mounts.rows.push_back({both(one.target), both(one.source), both(one.filesystem),
                           one.writable ? Two{"쓰기 가능", "writable"} : Two{"읽기 전용", "read-only"}});
}

DeviceList transmit_list(const Inventory& inventory) {
  DeviceList out{{"이 기기가 전송할 수 있는 수단", "What this machine could transmit with"}, {}, two(kNothingShown)};
  for (const Capability& one : capabilities(inventory)) out.lines.push_back({two(sentence(one)), DeviceTone::look});
  return out;
}

DeviceList unread_list(const Inventory& inventory) {
  DeviceList out{
      {"기기가 살펴보지 못한 것", "What the machine could not look at"},
      {},
      {"기기가 살펴보려 한 것은 모두 살펴보았습니다.", "It could look at everything that it tries to look at."}};
  for (const Unread& one : inventory.unread) out.lines.push_back({both(one.what + ": " + one.why), DeviceTone::look});
  return out;
}

// Beside every statement stands what people looked at, and what nobody did: where nothing was given, that is all of it.
DeviceList people_list(const DeviceView* beside) {
  DeviceList out{
      {"사람이 살펴본 것과 아무도 살펴보지 않은 것", "What people looked at, and what nobody looked at"}, {}, {}};
  std::array<bool, kDeviceParts> looked_at{};
  std::array<std::string, kDeviceParts> why_not;  // the last that somebody wrote down
  if (beside)
    for (const auto& [id, inspection] : beside->inspections)
      for (const LookedAt& one : inspection.looked_at) {
        const Bilingual &part = word(one.part), &found = word(one.found);
        const std::string note = one.note.empty() ? "" : " (" + one.note + ")";
        looked_at[static_cast<std::size_t>(one.part)] = true;
        out.lines.push_back({{"사람이 살펴봄: " + part.ko + ": " + found.ko + note,
                              "People looked at " + part.en + ": " + found.en + note},
                             one.found == PartFound::differs ? DeviceTone::look : DeviceTone::plain});
      }
  if (beside)
    for (const auto& [id, inspection] : beside->inspections)
      for (const NotLookedAt& one : inspection.not_looked_at) why_not[static_cast<std::size_t>(one.part)] = one.why;
  if (beside)
    for (const IssueAt& issue : beside->issues)
      if (issue.issue >= DeviceIssue::seal_broken && issue.issue != DeviceIssue::not_inspected &&
          issue.issue != DeviceIssue::part_not_looked_at)
        out.lines.push_back({two(sentence(issue)), DeviceTone::look});
  if (!beside || beside->inspections.empty())
    out.lines.push_back(
        {{"이 진술 곁에 점검 기록이 없습니다.", "No inspection was put beside this statement."}, DeviceTone::look});
  for (std::size_t i = 0; i < kDeviceParts; ++i) {
    if (looked_at[i]) continue;
    Bilingual said = sentence({DeviceIssue::part_not_looked_at, std::string(kDevicePartNames[i]), {}});
    const std::string why = why_not[i].empty() ? "" : " (" + why_not[i] + ")";
    out.lines.push_back({{said.ko + why, said.en + why}, DeviceTone::look});
  }
  return out;
}

Two tpm_words(const DeviceStatement& statement, const Result<Quote>* quoted) {
  switch (statement.tpm.state) {
    case TpmState::none: return {"TPM이 없습니다 (no TPM).", "no TPM"};
    case TpmState::not_asked: return {"TPM이 있으나 묻지 않았습니다.", "There is a TPM; it was not asked."};
    case TpmState::failed:
      return {"TPM이 답하지 못했습니다: " + statement.tpm.trouble,
              "The TPM could not answer: " + statement.tpm.trouble};
    case TpmState::quote: break;
  }
  if (!quoted)
    return {"TPM의 서명이 있습니다. 아직 확인하지 않았습니다.", "There is a TPM's quote; it was not checked here."};
  if (*quoted) return {"TPM의 서명이 맞습니다.", "The TPM's quote holds."};
  return {"TPM의 서명이 맞지 않습니다: " + to_string(quoted->error()),
          "The TPM's quote does not hold: " + to_string(quoted->error())};
}

void summarise(const StatementPage& page, const DeviceStatement& statement, DevicePageModel& out) {
  const auto shown = capabilities(page.inventory);
  const auto ways = std::count_if(shown.begin(), shown.end(),
                                  [](const Capability& one) { return one.readiness != Readiness::not_looked; });
  out.summary.push_back(ways > 0 ? DeviceLine{{fmt::format("전송할 수 있는 수단이 {}가지 보입니다.", ways),
                                               fmt::format("Ways to transmit that it shows: {}.", ways)},
                                              DeviceTone::look}
                                 : DeviceLine{two(kNothingShown), DeviceTone::plain});
  const std::size_t count = statement.differences.size();
  if (!statement.allowed)
    out.summary.push_back(
        {{"허용 목록과 비교하지 않았습니다.", "It was compared with no allowed list."}, DeviceTone::look});
  else if (count > 0)
    out.summary.push_back({{fmt::format("허용 목록과 다른 것이 {}가지입니다.", count),
                            fmt::format("Differences from the allowed list: {}.", count)},
                           DeviceTone::look});
  else
    out.summary.push_back(
        {{"허용 목록과 다른 것이 없습니다.", "No difference from the allowed list."}, DeviceTone::good});
  if (!page.inventory.unread.empty())
    out.summary.push_back({{fmt::format("살펴보지 못한 것이 {}가지입니다.", page.inventory.unread.size()),
                            fmt::format("Places that could not be looked at: {}.", page.inventory.unread.size())},
                           DeviceTone::look});
  const bool holds = page.quoted && *page.quoted && statement.tpm.state == TpmState::quote;
  out.summary.push_back({tpm_words(statement, page.quoted), holds ? DeviceTone::good : DeviceTone::look});
}

void state_facts(const StatementPage& page, const DeviceStatement& statement, DevicePageModel& out) {
  auto fact = [&](Two name, std::string value, Two words = {}) {
    out.facts.push_back({std::move(name), std::move(value), std::move(words)});
  };
  auto hash = [](const std::optional<Hash256>& value) { return value ? to_hex(*value) : std::string(); };
  fact({"기기", "Machine"}, statement.device);
  fact({"있는 곳", "Where"}, statement.area);
  if (page.record.at) fact({"때 (진술한 사람의 말)", "When (as stated)"}, *page.record.at);
  for (const MeasuredFile& file : statement.software)
    fact({"소프트웨어 " + file.name, "Software " + file.name}, to_hex(file.sha256));
  fact({"투표용지 정의", "Ballot definition"}, hash(statement.definition), kNone);
  fact({"판독 기준값", "Thresholds"}, hash(statement.thresholds), kNone);
  fact({"허용 목록", "Allowed list"}, hash(statement.allowed), kNone);
  fact({"측정값", "Measured values"}, to_hex(measured_hash(statement)));
  fact({"앞의 진술", "Statement before"}, statement.previous ? to_hex(*statement.previous) : std::string(), kNone);
  fact({"가려 둔 일련번호와 주소", "Serial numbers and addresses committed to"},
       std::to_string(statement.digests.size()));
  fact({"기록 번호", "Record id"}, to_hex(page.id));
}

std::string title_of(const DeviceView& machine) {
  const std::string what =
      machine.enrolment ? " (" + machine.enrolment->maker + " " + machine.enrolment->model + ")" : "";
  return machine.device + what + ", " + machine.area;
}

}  // namespace

DevicePageModel page_of(const StatementPage& page) {
  const auto& statement = std::get<DeviceStatement>(page.record.body);
  const Two& event = kEvents[static_cast<std::size_t>(statement.event)];
  DevicePageModel out;
  out.title = {statement.device + ": " + event.ko, statement.device + ": " + event.en};
  out.caveat = two(kAbsence);
  summarise(page, statement, out);
  out.lists.push_back(transmit_list(page.inventory));
  DeviceList& different =
      out.lists.emplace_back(DeviceList{{"허용 목록과 다른 것", "Differences from the allowed list"}, {}, {}});
  different.empty = statement.allowed ? kNone : Two{"비교하지 않았습니다.", "Not compared."};
  for (const DeviceDifference& one : statement.differences)
    different.lines.push_back({two(sentence(one)), DeviceTone::look});
  out.lists.push_back(unread_list(page.inventory));
  out.lists.push_back(people_list(page.beside));
  state_facts(page, statement, out);
  network_tables(page.inventory, out.tables);
  device_tables(page.inventory, out.tables);
  return out;
}

DevicePageModel page_of(const ModelComparison& comparison, const ModelView& first, const ModelView& second) {
  DevicePageModel out;
  out.title = {first.name + " / " + second.name, first.name + " / " + second.name};
  out.caveat = two(kAbsence);
  out.summary.push_back({two(comparison.summary), DeviceTone::plain});
  DeviceTable& ways = out.tables.emplace_back(table(
      {"전송 수단", "Ways to transmit"}, {{"수단", "Way"}, both(first.name), both(second.name), {"비교", "Compared"}}));
  for (const WayComparison& one : comparison.ways)
    ways.rows.push_back({two(word(one.way)), two(word(one.first)), two(word(one.second)), two(one.sentence)});
  auto only = [&](const std::string& name, const std::vector<Capability>& capabilities) {
    DeviceList& list = out.lists.emplace_back(DeviceList{{name + "에만 있는 것", "Only in " + name}, {}, kNone});
    for (const Capability& one : capabilities) list.lines.push_back({two(sentence(one)), DeviceTone::look});
  };
  only(first.name, comparison.only_first);
  only(second.name, comparison.only_second);
  return out;
}

DevicePageModel page_of(const std::vector<DeviceView>& machines) {
  DevicePageModel out;
  out.title = {"개표 기기에 관한 기록에서 빠진 것", "What is missing in the records about machines"};
  out.caveat = two(kAbsence);
  std::size_t issues = 0;
  for (const DeviceView& machine : machines) issues += machine.issues.size();
  out.summary.push_back({{fmt::format("기기 {}대, 확인할 것 {}가지", machines.size(), issues),
                          fmt::format("Machines: {}. To look at: {}.", machines.size(), issues)},
                         issues > 0 ? DeviceTone::look : DeviceTone::good});
  for (const DeviceView& machine : machines) {
    DeviceList& list = out.lists.emplace_back(DeviceList{both(title_of(machine)), {}, kNothingToLookAt});
    for (const IssueAt& issue : machine.issues) list.lines.push_back({two(sentence(issue)), DeviceTone::look});
  }
  return out;
}

ui::DevicePageModel page_of(const DeviceView& machine) {
  DevicePageModel out;
  out.title = both(title_of(machine));
  out.caveat = two(kAbsence);
  out.summary.push_back(
      {{"이 기기가 스스로 말한 것이 여기에 없습니다.", "Nothing that this machine said of itself is here."},
       DeviceTone::look});
  DeviceList& stated = out.lists.emplace_back(DeviceList{
      {"진술에서 다르거나 비교되지 않은 것", "What differs in its statements, or was not compared"}, {}, kNone});
  for (const IssueAt& issue : machine.issues)
    if (issue.issue >= DeviceIssue::differences && issue.issue < DeviceIssue::seal_broken)
      stated.lines.push_back({two(sentence(issue)), DeviceTone::look});
  out.lists.push_back(people_list(&machine));
  add_history(machine, out);
  return out;
}

void add_history(const DeviceView& machine, ui::DevicePageModel& page) {
  DeviceList& open = page.lists.emplace_back(DeviceList{
      {"기록에서 빠졌거나 맞지 않는 것", "What is missing or does not fit in the records"}, {}, kNothingToLookAt});
  for (const IssueAt& issue : machine.issues)
    if (issue.issue < DeviceIssue::differences) open.lines.push_back({two(sentence(issue)), DeviceTone::look});
  DeviceList& all = page.lists.emplace_back(
      DeviceList{{"이 기기의 진술 전체", "All statements of this machine"}, {}, {"없습니다.", "None."}});
  for (const auto& [id, statement] : machine.statements) {
    const Two& event = kEvents[static_cast<std::size_t>(statement.event)];
    const std::string hex = " (" + to_hex(id) + ")";
    all.lines.push_back({{event.ko + hex, event.en + hex}, DeviceTone::plain});
  }
}

}  // namespace scrutineer::device
