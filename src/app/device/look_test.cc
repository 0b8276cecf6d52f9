// A made /sys and /proc: what is seen, what is listed as not looked at, what is bounded.
#include "app/device/look.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include <doctest/doctest.h>

#include "app/device/page.h"
#include "app/device/state.h"
#include "core/crypto/hash.h"
#include "core/record/disclosure.h"

namespace scrutineer::device {
namespace {

namespace fs = std::filesystem;

// A machine that is a directory; it goes with its test.
class Machine {
 public:
  Machine() {
    fs::remove_all(path_);
    for (const char* folder : {"sys/class", "sys/bus", "proc/net", "sys/class/net", "proc/sys/kernel"})
      fs::create_directories(path_ / folder);
    put("proc/sys/kernel/osrelease", "6.1.0-test\n");
    put("proc/mounts", "/dev/sda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n");
    put("proc/modules", "");
    for (const char* name : {"tcp", "udp", "raw"})
      put(std::string("proc/net/") + name, "  sl  local_address rem_address\n");
    interface("lo", 772, "0x9");
    put("sys/class/net/lo/address", "00:00:00:00:00:00\n");
  }
  ~Machine() { fs::remove_all(path_); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  void put(const std::string& name, std::string_view bytes) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  void link(const std::string& name, const std::string& target) {
    fs::create_directories((path_ / name).parent_path());
    fs::remove(path_ / name);
    fs::create_symlink(target, path_ / name);
  }
  void interface(const std::string& name, int type, const std::string& flags, const std::string& driver = {}) {
    const std::string at = "sys/class/net/" + name + "/";
    put(at + "type", std::to_string(type) + "\n");
    put(at + "flags", flags + "\n");
    put(at + "carrier", "1\n");
    if (driver.empty()) return;
    link(at + "device/driver", "../../../bus/pci/drivers/" + driver);
    put(at + "address", "52:54:00:12:34:56\n");
  }
  void usb(const std::string& name, const std::string& id, const std::string& interface_class,
           const std::string& driver) {
    const std::string at = "sys/bus/usb/devices/" + name;
    put(at + "/idVendor", id.substr(0, 4) + "\n");
    put(at + "/idProduct", id.substr(5) + "\n");
    for (const char* part : {"bDeviceClass", "bDeviceSubClass", "bDeviceProtocol"}) put(at + "/" + part, "00\n");
    put(at + "/product", "Thing\n");
    put(at + "/serial", "SN-" + name + "\n");
    put(at + ":1.0/bInterfaceClass", interface_class.substr(0, 2) + "\n");
    put(at + ":1.0/bInterfaceSubClass", interface_class.substr(2, 2) + "\n");
    put(at + ":1.0/bInterfaceProtocol", interface_class.substr(4, 2) + "\n");
    if (!driver.empty()) link(at + ":1.0/driver", "../../drivers/" + driver);
  }
  void remove(const std::string& name) { fs::remove_all(path_ / name); }
  std::string root() const { return path_.string(); }
  Looked look() const { return look_around(root()); }

 private:
  fs::path path_ = fs::temp_directory_path() / ("scrutineer-device-" + std::to_string(::getpid()));
};

TEST_CASE("interfaces are told apart by what the kernel says of them") {
  struct Row {
    const char* what;
    std::function<void(Machine&)> make;
    const char* name;
    InterfaceKind kind;
    InterfaceState state;
  };
  const Row rows[] = {
      {"loopback", [](Machine&) {}, "lo", InterfaceKind::loopback, InterfaceState::up},
      {"wired", [](Machine& m) { m.interface("eth0", 1, "0x1003", "e1000e"); }, "eth0", InterfaceKind::ethernet,
       InterfaceState::up},
      {"wired, off", [](Machine& m) { m.interface("eth0", 1, "0x1002", "e1000e"); }, "eth0", InterfaceKind::ethernet,
       InterfaceState::down},
      {"wireless",
       [](Machine& m) {
         m.interface("wlan0", 1, "0x1003", "iwlwifi");
         m.put("sys/class/net/wlan0/uevent", "DEVTYPE=wlan\nINTERFACE=wlan0\n");
       },
       "wlan0", InterfaceKind::wifi, InterfaceState::up},
      {"wireless without uevent",
       [](Machine& m) {
         m.interface("eth1", 1, "0x1003", "x");
         m.put("sys/class/net/eth1/phy80211/name", "phy0\n");
       },
       "eth1", InterfaceKind::wifi, InterfaceState::up},
      {"mobile", [](Machine& m) { m.interface("wwan0", 519, "0x81", "qmi_wwan"); }, "wwan0", InterfaceKind::cellular,
       InterfaceState::up},
      {"mobile that says it is Ethernet", [](Machine& m) { m.interface("eth5", 1, "0x1003", "cdc_mbim"); }, "eth5",
       InterfaceKind::cellular, InterfaceState::up},
      {"a telephone on a cable", [](Machine& m) { m.interface("usb0", 1, "0x1003", "rndis_host"); }, "usb0",
       InterfaceKind::usb, InterfaceState::up},
      {"Bluetooth", [](Machine& m) { m.interface("bnep0", 1, "0x1003", "x"); }, "bnep0", InterfaceKind::bluetooth,
       InterfaceState::up},
      {"dialled", [](Machine& m) { m.interface("ppp0", 512, "0x10d1"); }, "ppp0", InterfaceKind::serial_line,
       InterfaceState::up},
      {"a tunnel", [](Machine& m) { m.interface("tun0", 65'534, "0x1091"); }, "tun0", InterfaceKind::tunnel,
       InterfaceState::up},
      {"a bridge", [](Machine& m) { m.interface("br0", 1, "0x1003"); }, "br0", InterfaceKind::virtual_,
       InterfaceState::up},
      {"something else", [](Machine& m) { m.interface("ib0", 32, "0x1003", "mlx5"); }, "ib0", InterfaceKind::other,
       InterfaceState::up},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Machine machine;
    row.make(machine);
    const Looked looked = machine.look();
    CHECK(looked.inventory.unread.empty());
    const NetInterface* found = nullptr;
    for (const NetInterface& one : looked.inventory.interfaces)
      if (one.name == row.name) found = &one;
    REQUIRE(found);
    CHECK(found->kind == row.kind);
    CHECK(found->state == row.state);
  }
}

TEST_CASE("everything a machine has is seen, and no serial number stands in the inventory") {
  Machine machine;
  machine.interface("eth0", 1, "0x1003", "e1000e");
  machine.put("sys/class/rfkill/rfkill0/name", "phy0\n");
  machine.put("sys/class/rfkill/rfkill0/type", "wlan\n");
  machine.put("sys/class/rfkill/rfkill0/soft", "1\n");
  machine.put("sys/class/rfkill/rfkill0/hard", "0\n");
  machine.put("sys/class/ieee80211/phy0/macaddress", "x\n");  // the same radio
  machine.put("sys/class/bluetooth/hci0/address", "aa:bb:cc:dd:ee:ff\n");
  machine.put("sys/class/bluetooth/hci0:11/type", "x\n");  // a connection of it
  machine.usb("1-2", "046d:c31c", "030101", "usbhid");
  machine.put("sys/bus/pci/devices/0000:00:1f.6/vendor", "0x8086\n");
  machine.put("sys/bus/pci/devices/0000:00:1f.6/device", "0x15bb\n");
  machine.put("sys/bus/pci/devices/0000:00:1f.6/class", "0x020000\n");
  machine.link("sys/bus/pci/devices/0000:00:1f.6/driver", "../../../bus/pci/drivers/e1000e");
  machine.put("sys/class/tty/ttyS0/type", "4\n");
  machine.link("sys/class/tty/ttyS0/device/driver", "../x/serial8250");
  machine.put("sys/class/tty/ttyS1/type", "0\n");  // no chip behind it
  machine.link("sys/class/tty/ttyS1/device/driver", "../x/serial8250");
  machine.link("sys/class/tty/ttyUSB2/device/driver", "../x/option1");
  machine.put("sys/class/tty/tty1/dev", "4:1\n");  // a console
  machine.put("proc/mounts",
              "/dev/sda1 / ext4 rw,relatime 0 0\nnas:/x /mnt/a\\040b nfs4 ro 0 0\ncgroup2 /c cgroup2 rw 0 0\n");
  machine.put("proc/modules",
              "e1000e 1 0 - Live 0x0\niwlwifi 2 0 - Live 0x0\next4 3 0 - Live 0x0\nour_net 4 0 - Live 0x0\n");
  machine.put("lib/modules/6.1.0-test/modules.dep",
              "kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko: \n"
              "kernel/drivers/net/wireless/intel/iwlwifi/iwlwifi.ko.xz: kernel/net/wireless/cfg80211.ko\n"
              "kernel/fs/ext4/ext4.ko: \nupdates/drivers/net/our-net.ko: \n");
  machine.put("proc/net/tcp",
              "  sl  local_address rem_address   st\n"
              "   0: 0100007F:1F90 00000000:0000 0A 0 0\n"
              "   1: 00000000:0016 00000000:0000 0A 0 0\n"
              "   2: 0200000A:C000 0100000A:01BB 01 0 0\n"
              "   3: 0100007F:C001 0100007F:1F90 01 0 0\n"    // with itself
              "   4: 0200000A:C002 0100000A:01BB 07 0 0\n");  // closed
  machine.put("proc/net/tcp6",
              "  sl  local_address                         remote_address\n"
              "   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0\n"
              "   1: B80D0120000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0\n"
              "   2: 0000000000000000FFFF00000200000A:C000 0000000000000000FFFF00000100000A:01BB 01 0\n");
  machine.put("proc/net/udp", "  sl  local_address\n   0: 00000000:0044 00000000:0000 07 0\n");
  machine.put("sys/class/tpm/tpm0/tpm_version_major", "2\n");

  const Looked looked = machine.look();
  const Inventory& in = looked.inventory;
  CHECK(in.unread.empty());
  CHECK(looked.has_tpm);
  CHECK(in.radios ==
        std::vector<Radio>{{"hci0", RadioKind::bluetooth, Blocked::unknown}, {"phy0", RadioKind::wifi, Blocked::soft}});
  CHECK(in.devices == std::vector<BusDevice>{{Bus::usb, "1-2", "046d:c31c", {"030101"}, "usbhid", "Thing"},
                                             {Bus::pci, "0000:00:1f.6", "8086:15bb", {"020000"}, "e1000e", ""}});
  CHECK(in.mounts == std::vector<Mount>{{"/dev/sda1", "/", "ext4", true}, {"nas:/x", "/mnt/a b", "nfs4", false}});
  CHECK(in.drivers == std::vector<LoadedDriver>{{"e1000e", DriverKind::network},
                                                {"iwlwifi", DriverKind::wifi},
                                                {"our_net", DriverKind::network}});
  CHECK(in.ports ==
        std::vector<Port>{{"ttyS0", PortKind::serial, "serial8250"}, {"ttyUSB2", PortKind::modem, "option1"}});
  std::vector<std::string> sockets;
  for (const Socket& one : in.sockets) sockets.push_back(spelt(one));
  CHECK(sockets == std::vector<std::string>{"tcp 0.0.0.0:22", "tcp 127.0.0.1:8080", "tcp 10.0.0.2:49152 - 10.0.0.1:443",
                                            "tcp6 [2001:db8:0:0:0:0:0:1]:80", "tcp6 [::1]:80",
                                            "tcp6 [::ffff:10.0.0.2]:49152 - [::ffff:10.0.0.1]:443", "udp 0.0.0.0:68"});
  CHECK(looked.identifiers == std::vector<Identifier>{{"interface/eth0/address", "52:54:00:12:34:56"},
                                                      {"radio/hci0/address", "aa:bb:cc:dd:ee:ff"},
                                                      {"usb/1-2/serial", "SN-1-2"}});
  const std::string text = inventory_text(in);
  for (const Identifier& one : looked.identifiers) CHECK(text.find(one.value) == std::string::npos);
  CHECK(parse_inventory(text).value() == in);
}

TEST_CASE("what cannot be looked at is listed, and never left out") {
  struct Row {
    const char* what;
    std::function<void(Machine&)> make;
    const char* unread;  // nullptr: nothing
  };
  const Row rows[] = {
      {"nothing is wrong", [](Machine&) {}, nullptr},
      {"no network at all", [](Machine& m) { m.remove("sys/class/net"); }, "/sys/class/net"},
      {"no mounts", [](Machine& m) { m.remove("proc/mounts"); }, "/proc/mounts"},
      {"no TCP table", [](Machine& m) { m.remove("proc/net/tcp"); }, "/proc/net/tcp"},
      {"a TCP table that is something else", [](Machine& m) { m.put("proc/net/tcp", "head\n garbage here it is\n"); },
       "/proc/net/tcp"},
      {"a TCP table that is a directory", [](Machine& m) { m.remove("proc/net/tcp"), m.put("proc/net/tcp/x", ""); },
       "/proc/net/tcp"},
      {"radios that are a file", [](Machine& m) { m.put("sys/class/rfkill", ""); }, "/sys/class/rfkill"},
      {"a radio that does not say what it is", [](Machine& m) { m.put("sys/class/rfkill/rfkill3/name", "x\n"); },
       "/sys/class/rfkill/rfkill3/type"},
      {"a USB device without numbers", [](Machine& m) { m.put("sys/bus/usb/devices/1-1/product", "x\n"); },
       "/sys/bus/usb/devices/1-1"},
      {"a PCI device without a class",
       [](Machine& m) {
         m.put("sys/bus/pci/devices/a/vendor", "0x8086\n");
         m.put("sys/bus/pci/devices/a/device", "0x8086\n");
       },
       "/sys/bus/pci/devices/a/class"},
      {"an interface without flags", [](Machine& m) { m.put("sys/class/net/eth7/type", "1\n"); },
       "/sys/class/net/eth7/flags"},
      {"no list of modules by place", [](Machine& m) { m.put("proc/modules", "iwlwifi 1 0 - Live 0\n"); },
       "/lib/modules/6.1.0-test/modules.dep"},
      {"no /sys/bus", [](Machine& m) { m.remove("sys/bus"); }, "/sys/bus/pci/devices"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Machine machine;
    row.make(machine);
    const Inventory in = machine.look().inventory;
    CHECK(in.unread.empty() == (row.unread == nullptr));
    if (!in.unread.empty() && row.unread) CHECK(in.unread[0].what == row.unread);
  }
  CHECK(look_around("/nowhere/at/all").inventory.unread.size() >= 6);
}

TEST_CASE("a machine that shows too much, or something strange, is bounded and tidied") {
  Machine machine;
  std::string mounts;
  for (int i = 0; i < 400; ++i) mounts += "/dev/x" + std::to_string(i) + " /m" + std::to_string(i) + " ext4 rw 0 0\n";
  mounts += "a /\x1b[31m\xff " + std::string(500, 'f') + " ro 0 0\n";
  machine.put("proc/mounts", mounts);
  machine.put("sys/class/net/lo/type", std::string(8'000, '7'));
  const Inventory in = machine.look().inventory;
  CHECK(in.mounts.size() == kInventoryItems);
  CHECK(in.unread.size() == 2);
  CHECK(parse_inventory(inventory_text(in)));
  CHECK(tidy("a\x1b[31m") == "a?[31m");
  CHECK(tidy("\xff\xea\xb0\x80") == "?\xea\xb0\x80");
  const std::string longer(300, 'x'), other = std::string(299, 'x') + "y";
  CHECK(tidy(longer).size() == kShortBytes);
  CHECK(tidy(longer) != tidy(other));
}

class CountingRng final : public Rng {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = ++next_;
  }

 private:
  std::uint8_t next_ = 0;
};

StateRequest request_of(const Machine& machine) {
  StateRequest request;
  request.area = "/";
  request.device = "sorter-1";
  request.root = machine.root();
  return request;
}

TEST_CASE("a statement: measured, committed to, compared; the record reads back") {
  Machine machine;
  machine.interface("eth0", 1, "0x1003", "e1000e");
  machine.put("program", "the program");
  machine.put("definition.json", "{}");
  StateRequest request = request_of(machine);
  request.software = {machine.root() + "/program"};
  request.definition = machine.root() + "/definition.json";
  request.allowed = *parse_allowed(R"({"allowed":"1","interfaces":[{"kind":"loopback"}],"mounts":[{"target":"/"}]})");
  request.allowed_hash = Hash256{};
  CountingRng rng;
  auto state = state_of(request, rng);
  REQUIRE(state);
  CHECK(state->statement.software == std::vector<MeasuredFile>{{"program", sha256("the program")}});
  CHECK(state->statement.definition == sha256("{}"));
  CHECK_FALSE(state->statement.thresholds);
  CHECK(state->statement.tpm.state == TpmState::none);
  CHECK(state->statement.differences == std::vector<DeviceDifference>{{DifferenceCode::interface, "eth0"}});
  REQUIRE(state->disclosures.size() == 1);
  CHECK(state->statement.digests == std::vector<std::string>{disclosure_digest(state->disclosures[0])});
  CHECK(read_disclosure(state->disclosures[0])->value == "\"52:54:00:12:34:56\"");
  auto text = state_record(request, *state, "2031-06-03T05:00:00+09:00");
  REQUIRE(text);
  CHECK(text->find("52:54:00") == std::string::npos);
  CHECK(text->find("\"tpm\":{\"state\":\"no TPM\"}") != std::string::npos);
  CHECK(read_record_text(*text));
  // The page says it in both languages, and never without the sentence about absence.
  auto record = read_record_text(*text);
  const RecordId id = record_id(*text);
  const auto page = page_of(StatementPage{*record, id, state->inventory, nullptr, nullptr});
  for (ui::Lang lang : {ui::Lang::ko, ui::Lang::en}) {
    const std::string shown = ui::device_text(page, lang), html = ui::render_device(page, lang);
    for (const std::string& out : {shown, html}) {
      CHECK(out.find(lang == ui::Lang::ko ? kAbsence.ko : kAbsence.en) != std::string::npos);
      CHECK(out.find("eth0") != std::string::npos);
      CHECK(out.find("no TPM") != std::string::npos);
      CHECK(out.find(lang == ui::Lang::ko ? "아무도 살펴보지 않은 부분: 유심" : "Nobody has looked at: the SIM slot") !=
            std::string::npos);
    }
  }
  // A name that a record does not take is refused, not cut.
  request.device = std::string(300, 'x');
  state->statement.device = request.device;
  CHECK_FALSE(state_record(request, *state, "2031-06-03T05:00:00+09:00"));
  request.software = {machine.root() + "/absent"};
  CHECK(state_of(request, rng).error().code == ErrorCode::not_found);
}

TEST_CASE("a large inventory is a blob that the statement names") {
  Machine machine;
  for (int i = 0; i < 250; ++i) machine.interface("veth" + std::to_string(i) + std::string(140, 'x'), 1, "0x1003");
  CountingRng rng;
  StateRequest request = request_of(machine);
  auto state = state_of(request, rng);
  REQUIRE(state);
  REQUIRE(state->statement.inventory_blob);
  CHECK_FALSE(state->statement.inventory);
  CHECK(blob_hash(state->inventory_blob) == state->statement.inventory_blob->sha256);
  CHECK(parse_inventory(state->inventory_blob).value() == state->inventory);
  CHECK(state_record(request, *state, "2031-06-03T05:00:00+09:00"));
}

TEST_CASE("watching: a statement at first and one for every change, each naming the one before") {
  Machine machine;
  CountingRng rng;
  int looks = 0;
  std::vector<std::string> said;
  std::optional<RecordId> last;
  auto change = [&] {
    ++looks;
    if (looks == 2) machine.usb("1-4", "0781:5567", "080650", "usb-storage");
    if (looks == 4) machine.put("proc/mounts", "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media vfat rw 0 0\n");
    if (looks == 6) machine.remove("sys/bus/usb/devices/1-4"), machine.remove("sys/bus/usb/devices/1-4:1.0");
  };
  auto each = [&](const StateRequest& request, const State& state) -> Result<RecordId> {
    CHECK(request.previous == last);
    auto text = state_record(request, state, "2031-06-03T05:00:00+09:00");
    REQUIRE(text);
    said.push_back(std::string(kDeviceEventNames[static_cast<std::size_t>(state.statement.event)]) + " " +
                   std::to_string(state.inventory.devices.size()) + " " +
                   std::to_string(state.inventory.mounts.size()));
    last = record_id(*text);
    return *last;
  };
  REQUIRE(watch(
      request_of(machine), rng, [&] { return looks >= 9; }, change, each));
  CHECK(said == std::vector<std::string>{"open 0 1", "change 1 1", "change 1 2", "change 0 2"});
}

TEST_CASE("a TPM that is asked for and fails is stated as failed") {
  Machine machine;
  machine.put("not-a-tpm", "x");
  CountingRng rng;
  StateRequest request = request_of(machine);
  request.nonce = Bytes(16, 'n');
  request.tpm = machine.root() + "/not-a-tpm";
  auto state = state_of(request, rng);
  REQUIRE(state);
  CHECK(state->statement.tpm.state == TpmState::failed);
  CHECK(state->statement.tpm.trouble.find("neither a TPM nor a socket") != std::string::npos);
  request.nonce = "short";
  CHECK(state_of(request, rng).error().code == ErrorCode::invalid_argument);
}

// A chip that answers what it is told to.
class MadeTpm final : public TpmChannel {
 public:
  std::vector<Bytes> answers;
  std::vector<Bytes> asked;
  Result<Bytes> exchange(BytesView command) override {
    asked.emplace_back(command);
    if (asked.size() > answers.size()) return fail(ErrorCode::io_error, "the TPM does not answer");
    return answers[asked.size() - 1];
  }
};

TEST_CASE("a TPM that refuses, cuts its answer, or goes silent is an error with its reason") {
  struct Row {
    const char* what;
    std::vector<const char*> answers;
    ErrorCode code;
  };
  const Row rows[] = {
      {"silent", {}, ErrorCode::io_error},
      {"refuses to make a key", {"80010000000a00000101"}, ErrorCode::unsupported},
      {"cut", {"80020000"}, ErrorCode::malformed},
      {"another command's answer", {"80010000000a00000000"}, ErrorCode::malformed},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    MadeTpm tpm;
    for (const char* answer : row.answers) tpm.answers.push_back(*from_hex(answer));
    const std::int64_t registers[] = {0, 1};
    CHECK(ask_for_key(tpm, registers).error().code == row.code);
    tpm.asked.clear();
    CHECK(ask_for_quote(tpm, Bytes(16, 'n'), Hash256{}, registers).error().code == row.code);
    CHECK(ask_for_quote(tpm, "short", Hash256{}, registers).error().code == ErrorCode::invalid_argument);
  }
}

TEST_CASE("this very machine can be looked at") {
  const Looked looked = look_around("");
  CHECK_FALSE(looked.inventory.interfaces.empty());
  CHECK(parse_inventory(inventory_text(looked.inventory)));
}

}  // namespace
}  // namespace scrutineer::device
