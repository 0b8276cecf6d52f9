// What a counting machine states of itself, what people saw when they sealed it, and what they looked at. The same for
// routers, printers and terminals. docs/formats/device-statement.md.
#pragma once

#include "core/crypto/signature.h"
#include "core/record/inventory.h"

namespace scrutineer {

inline constexpr std::size_t kDeviceDigests = 64;
inline constexpr std::size_t kDeviceDifferences = 500;
inline constexpr std::size_t kDeviceSoftware = 32;
inline constexpr std::size_t kDeviceSeals = 64;
inline constexpr std::size_t kDevicePeople = 16;
inline constexpr std::size_t kDeviceFindings = 32;
inline constexpr std::size_t kDevicePcrs = 24;  // registers that a TPM has (PC Client Platform Profile)
inline constexpr std::size_t kNonceLeast = 16, kNonceMost = 64;
inline constexpr std::size_t kQuoteBytes = 1'024;  // of TPMS_ATTEST, and of its signature

enum class DeviceEvent : std::uint8_t { open, close, change };
inline constexpr std::string_view kDeviceEventNames[] = {"open", "close", "change"};

struct MeasuredFile {
  std::string name;
  Hash256 sha256;
  friend auto operator<=>(const MeasuredFile&, const MeasuredFile&) = default;
};

// What differs from the allowed list. `at`: spelt as in the inventory.
enum class DifferenceCode : std::uint8_t {
  interface,
  radio,
  device,
  mount,
  driver,
  socket,
  port,
  software,
  definition,
  thresholds,
  unread,
  tpm,
};
inline constexpr std::string_view kDifferenceNames[] = {"interface",  "radio",      "device", "mount",
                                                        "driver",     "socket",     "port",   "software",
                                                        "definition", "thresholds", "unread", "tpm"};
struct DeviceDifference {
  DifferenceCode code = DifferenceCode::interface;
  std::string at;
  friend auto operator<=>(const DeviceDifference&, const DeviceDifference&) = default;
};

struct RegisterValue {  // of the TPM's SHA-256 bank
  std::int64_t index = 0;
  Hash256 sha256;
  friend auto operator<=>(const RegisterValue&, const RegisterValue&) = default;
};

enum class TpmState : std::uint8_t { none, not_asked, failed, quote };
inline constexpr std::string_view kTpmStateNames[] = {"no TPM", "not asked", "failed", "quote"};
struct TpmAnswer {
  TpmState state = TpmState::none;
  Bytes nonce, attest, signature;   // of a quote: raw; attest is TPMS_ATTEST, signature is r and s in DER
  std::vector<RegisterValue> pcrs;  // of a quote: what its registers held; by index, none twice
  std::string trouble;              // of `failed`
  friend bool operator==(const TpmAnswer&, const TpmAnswer&) = default;
};

// device-statement/1
struct DeviceStatement {
  std::string area, device;
  DeviceEvent event = DeviceEvent::open;
  std::vector<MeasuredFile> software;
  std::optional<Hash256> definition, thresholds;
  std::optional<Inventory> inventory;     // one of the two
  std::optional<BlobRef> inventory_blob;  // of exactly inventory_text()
  std::optional<Hash256> allowed;
  std::vector<DeviceDifference> differences;
  TpmAnswer tpm;
  std::optional<RecordId> previous;
  std::vector<std::string> digests;  // of the disclosures that hold serial numbers and addresses
};
void write_members(JsonWriter& out, const DeviceStatement& statement);
DeviceStatement read_device_statement(const ObjectReader& in);

// SHA-256("scrutineer/measured" LF object): what a quote vouches for. The inventory by the hash of its text.
Hash256 measured_hash(const DeviceStatement& statement);

enum class DeviceKind : std::uint8_t { sorter, scanner, counter, computer, router, printer, terminal, other };
inline constexpr std::string_view kDeviceKindNames[] = {"sorter", "scanner", "counter",  "computer",
                                                        "router", "printer", "terminal", "other"};
enum class Market : std::uint8_t { domestic, exported, both };
inline constexpr std::string_view kMarketNames[] = {"domestic", "exported", "both"};
enum class Way : std::uint8_t { ethernet, wifi, bluetooth, cellular, modem, serial, infrared, nfc, usb, other };
inline constexpr std::string_view kWayNames[] = {"ethernet", "wifi",     "bluetooth", "cellular", "modem",
                                                 "serial",   "infrared", "nfc",       "usb",      "other"};
inline constexpr std::size_t kWays = std::size(kWayNames);
enum class Fitted : std::uint8_t { absent, fitted, removed, sealed, unknown };
inline constexpr std::string_view kFittedNames[] = {"absent", "fitted", "removed", "sealed", "unknown"};

struct Transmitter {  // what people know of one way to transmit
  Way way = Way::other;
  Fitted state = Fitted::unknown;
  std::string note;  // may be empty
};
// device-enrolment/1
struct DeviceEnrolment {
  std::string area, device;
  DeviceKind kind = DeviceKind::counter;
  std::string maker, model;
  std::optional<std::string> carrier;
  std::optional<Market> market;
  std::vector<Transmitter> transmitters;  // each way once
  std::optional<PublicKey> tpm_key;       // P-256
  std::vector<RegisterValue> pcrs;        // by index, none twice
  std::vector<std::string> seals, sealed_by, digests;
};
void write_members(JsonWriter& out, const DeviceEnrolment& enrolment);
DeviceEnrolment read_device_enrolment(const ObjectReader& in);

enum class Occasion : std::uint8_t { sealing, opening, closing, dispute, other };
inline constexpr std::string_view kOccasionNames[] = {"sealing", "opening", "closing", "dispute", "other"};
enum class DevicePart : std::uint8_t {
  case_,
  seals,
  mainboard,
  network_ports,
  wireless_cards,
  antennas,
  modem,
  sim_slot,
  usb_ports,
  serial_ports,
  storage,
  firmware,
  cables,
  power,
  software,
};
inline constexpr std::string_view kDevicePartNames[] = {
    "case",      "seals",        "mainboard", "network-ports", "wireless-cards", "antennas", "modem",   "sim-slot",
    "usb-ports", "serial-ports", "storage",   "firmware",      "cables",         "power",    "software"};
inline constexpr std::size_t kDeviceParts = std::size(kDevicePartNames);
enum class PartFound : std::uint8_t { absent, present, removed, sealed, as_stated, differs };
inline constexpr std::string_view kFoundNames[] = {"absent", "present", "removed", "sealed", "as-stated", "differs"};
enum class SealState : std::uint8_t { intact, broken, missing, replaced, fresh };
inline constexpr std::string_view kSealStateNames[] = {"intact", "broken", "missing", "replaced", "new"};

struct LookedAt {
  DevicePart part = DevicePart::case_;
  PartFound found = PartFound::present;
  std::string note;  // may be empty
};
struct NotLookedAt {
  DevicePart part = DevicePart::case_;
  std::string why;
};
struct SealSeen {
  std::string number;
  SealState state = SealState::intact;
};

// inspection/1
struct Inspection {
  std::string area, device;
  Occasion occasion = Occasion::opening;
  std::vector<LookedAt> looked_at;
  std::vector<NotLookedAt> not_looked_at;
  std::vector<SealSeen> seals;
  std::vector<std::string> findings, present;
  std::optional<RecordId> statement;
};
void write_members(JsonWriter& out, const Inspection& inspection);
Inspection read_inspection(const ObjectReader& in);

}  // namespace scrutineer
