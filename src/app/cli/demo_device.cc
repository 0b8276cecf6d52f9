#include "app/cli/demo_device.h"

#include "app/cli/demo_log.h"
#include "app/device/state.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

DeviceEnrolment enrolment(const std::string& area, const std::string& device) {
  DeviceEnrolment out;
  out.area = area, out.device = device;
  out.kind = DeviceKind::sorter;
  out.maker = "모의 제작소", out.model = "A-100";
  out.market = Market::domestic;
  out.transmitters = {{Way::ethernet, Fitted::sealed, "봉인 KA-0417"},
                      {Way::usb, Fitted::sealed, "봉인 KA-0418"},
                      {Way::wifi, Fitted::removed, ""}};
  out.seals = {"KA-0417", "KA-0418", "KA-0419"};
  out.sealed_by = {"d001/member-1", "d001/member-2"};
  return out;
}

// As on many evenings: the case and its seals were looked at, the inside was not.
Inspection inspection(const std::string& area, const std::string& device, const RecordId& statement) {
  Inspection out;
  out.area = area, out.device = device;
  out.occasion = Occasion::opening;
  out.looked_at = {{DevicePart::case_, PartFound::as_stated, ""},
                   {DevicePart::seals, PartFound::as_stated, ""},
                   {DevicePart::network_ports, PartFound::sealed, ""},
                   {DevicePart::usb_ports, PartFound::sealed, ""},
                   {DevicePart::cables, PartFound::as_stated, ""}};
  out.not_looked_at = {{DevicePart::wireless_cards, "상자를 열지 않았음"},
                       {DevicePart::modem, "상자를 열지 않았음"},
                       {DevicePart::firmware, "읽을 도구가 없었음"}};
  out.seals = {{"KA-0417", SealState::intact}, {"KA-0418", SealState::intact}, {"KA-0419", SealState::intact}};
  out.present = {"d001/chair", "d001/member-1", "d001/observer-1"};
  out.statement = statement;
  return out;
}

// Of what is here, only what cannot leave this machine: its disks, its devices, its connection with itself.
std::string offline_list(const device::State& state, const std::string& model) {
  Inventory allowed = state.inventory;
  std::erase_if(allowed.interfaces, [](const NetInterface& one) { return one.kind != InterfaceKind::loopback; });
  allowed.radios.clear(), allowed.drivers.clear(), allowed.sockets.clear(), allowed.ports.clear();
  return device::allowed_text(state.statement, allowed, model);
}

// What this computer says of itself, compared with the list that its own look made.
Result<device::State> statement(Disk& disk, const device::StateRequest& request, const std::string& directory) {
  SystemRng rng;
  SCRUTINEER_TRY(device::State seen, device::state_of(request, rng));
  const std::string list = offline_list(seen, "A-100");
  SCRUTINEER_CHECKED(write_file(disk, directory + "/allowed-A-100.json", list, Durability::cached));
  SCRUTINEER_TRY(device::AllowedList allowed, device::parse_allowed(list));
  seen.statement.allowed = blob_hash(list).hash;
  seen.statement.differences = device::differences(seen.statement, seen.inventory, allowed);
  return seen;
}

}  // namespace

Status sign_demo_machine(const std::string& centre, const std::string& keys, const std::string& area,
                         const DemoStack& stack, UnixSeconds now) {
  PosixDisk disk;
  SCRUTINEER_TRY(auto log, DemoLog::open(centre, keys, now));
  SCRUTINEER_CHECKED(log->sign(enrolment(area, stack.record.device), {"member-1", "member-2"}).map([](RecordId) {}));
  device::StateRequest request;
  request.election = log->election();
  request.area = area, request.device = stack.record.device;
  request.definition = stack.definition;
  SCRUTINEER_TRY(device::State state, statement(disk, request, stack.directory));
  if (!state.inventory_blob.empty()) {
    SCRUTINEER_CHECKED(keep_blob(disk, centre, state.inventory_blob));
  }
  SCRUTINEER_TRY(RecordId said, log->sign(state.statement, {"sorter-1"}));
  return log->sign(inspection(area, stack.record.device, said), {"chair", "member-1"}).map([](RecordId) {});
}

}  // namespace scrutineer::cli
