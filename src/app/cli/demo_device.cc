#include "app/cli/demo_device.h"

#include "app/cli/session.h"
#include "app/collect/collector.h"
#include "app/device/state.h"
#include "app/disk/system.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "core/count/form.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

// The centre's log, and who signs.
class MachineLog {
 public:
  // Stays where it is: the collector refers to the election.
  static Result<std::unique_ptr<MachineLog>> open(const std::string& centre, const std::string& keys, UnixSeconds now) {
    PosixDisk disk;
    auto log = std::make_unique<MachineLog>();
    log->keys_ = keys;
    SCRUTINEER_TRY(log->session_, Session::open(centre, "", ""));
    SCRUTINEER_TRY(log->trusted_, read_trusted_election(disk, centre, log->session_->log().reader()));
    SCRUTINEER_TRY(log->collector_, Collector::open(log->session_->log(), log->trusted_.election, log->trusted_.roots,
                                                    {default_threads()}));
    log->at_ = local_time(count_clock(log->trusted_.election.definition()), now.value);
    return log;
  }

  RecordId election() const { return trusted_.election.id(); }

  Result<RecordId> sign(RecordBody body, std::initializer_list<const char*> signers) {
    PosixDisk disk;
    const std::string text = record_text({election(), at_, std::move(body)});
    std::vector<NoteSignature> signatures;
    for (const char* name : signers) {
      SCRUTINEER_TRY(NamedKey key, load_key(disk, keys_ + "/" + name + ".key", ""));
      SCRUTINEER_TRY(auto signer, make_signer(key.secret));
      SCRUTINEER_TRY(signatures.emplace_back(), sign_note(text, key.vkey.name, *signer));
    }
    SCRUTINEER_TRY(Bytes note, entry_bytes(text, signatures));
    SCRUTINEER_CHECKED(collector_->submit(std::move(note)).map([](const Appended&) {}));
    return record_id(text);
  }

 private:
  std::string keys_, at_;
  std::unique_ptr<Session> session_;
  TrustedElection trusted_;
  std::unique_ptr<Collector> collector_;
};

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

Result<device::State> statement(Disk& disk, device::StateRequest& request, const std::string& directory) {
  SystemRng rng;
  SCRUTINEER_TRY(device::State seen, device::state_of(request, rng));
  const std::string list = offline_list(seen, "A-100");
  SCRUTINEER_CHECKED(write_file(disk, directory + "/allowed-A-100.json", list, Durability::cached));
  SCRUTINEER_TRY(request.allowed, device::parse_allowed(list));
  request.allowed_hash = blob_hash(list).hash;
  return device::state_of(request, rng);
}

}  // namespace

Status sign_demo_machine(const std::string& centre, const std::string& keys, const std::string& area,
                         const DemoStack& stack, UnixSeconds now) {
  PosixDisk disk;
  SCRUTINEER_TRY(auto log, MachineLog::open(centre, keys, now));
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
