// scrutineer device: the counting machine's statement of itself.
#include <algorithm>

#include <fmt/format.h>

#include "app/cli/arguments.h"
#include "app/cli/choices.h"
#include "app/cli/commands.h"
#include "app/cli/device_commands.h"
#include "app/cli/device_quote.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/device/state.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/paper/qr.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kWatchStatements = 100'000;  // of one watch: then somebody has to look
constexpr std::size_t kPage = 16u << 20;

struct Wanted {
  device::StateRequest request;
  std::string election, event = "open", previous, allowed, nonce, registers;
  std::vector<std::string> beside;
  std::string out, html, disclosures, blob, lang = "en", write_allowed, at;
  double interval = 1.0;
  std::size_t count = 0;
};

void add_common(CommandLine& app, Wanted& in) {
  app.add_option("--device", in.request.device, "the machine's name, as it is written on it")->required();
  app.add_option("--area", in.request.area, "where it stands: an area's path or a unit's id")->required();
  app.add_option("--election", in.election, "the election's record id")->required();
  app.add_option("--software", in.request.software, "the files that run (this program); may be given several times");
  app.add_option("--definition", in.request.definition, "the ballot definition in use");
  app.add_option("--thresholds", in.request.thresholds, "the thresholds in use");
  app.add_option("--allowed", in.allowed, "the allowed list to compare with");
  app.add_option("--previous", in.previous, "record id of this machine's statement before");
  app.add_option("--nonce", in.nonce, "an observer's own nonce, 32 to 128 hex digits: the TPM answers it");
  app.add_option("--tpm", in.request.tpm, "the TPM: a device, or the socket of one of software");
  app.add_option("--registers", in.registers, "which of the TPM's registers: 0,1,2 (0 to 9)");
  app.add_option("--root", in.request.root, "look below this directory and not at this machine");
  app.add_option("--beside", in.beside, "enrolment and inspections of this machine, to be shown beside what it says");
  app.add_option("--at", in.at, "the time to be stated (now)");
  app.add_option("--lang", in.lang, "ko or en")->one_of({"ko", "en"});
}

Result<std::vector<std::int64_t>> parse_registers(std::string_view text) {
  std::vector<std::int64_t> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    auto index = parse_decimal(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (!index || *index >= kDevicePcrs || (!out.empty() && out.back() >= static_cast<std::int64_t>(*index)))
      return fail(ErrorCode::invalid_argument, "--registers: numbers from 0 to 23, ascending, such as 0,1,7");
    out.push_back(static_cast<std::int64_t>(*index));
  }
  return out;
}

Result<RecordId> parse_id(const std::string& text, const char* option) {
  auto hash = hash_from_hex(text);
  if (!hash) return fail(ErrorCode::invalid_argument, std::string(option) + " is a record id: 64 hex digits");
  return RecordId{*hash};
}

Status prepare(Wanted& in) {
  SCRUTINEER_TRY(in.request.election, parse_id(in.election, "--election"));
  if (!in.previous.empty()) {
    SCRUTINEER_TRY(in.request.previous, parse_id(in.previous, "--previous"));
  }
  in.request.event = *value_of<DeviceEvent>(kDeviceEventNames, in.event);
  if (!in.nonce.empty()) {
    auto nonce = from_hex(in.nonce);
    if (!nonce) return fail(ErrorCode::invalid_argument, "--nonce: 32 to 128 lower-case hex digits");
    in.request.nonce = *nonce;
  }
  SCRUTINEER_TRY(in.request.registers, parse_registers(in.registers));
  if (in.allowed.empty()) return {};
  PosixDisk disk;
  SCRUTINEER_TRY(Bytes text, read_file(disk, in.allowed, device::kAllowedBytes));
  auto list = device::parse_allowed(text);
  if (!list) return tl::unexpected(placed(list.error(), in.allowed));
  in.request.allowed = std::move(*list);
  in.request.allowed_hash = blob_hash(text).hash;
  return {};
}

Status write_text(const std::string& path, const std::string& text) {
  PosixDisk disk;
  SCRUTINEER_CHECKED(disk.make_directories(directory_of(path)));
  return write_file(disk, path, text, Durability::durable);
}

// A sheet for the people who hold the disclosures: one a line, as RFC 9901 spells them. Its folder "private" keeps it
// to its owner.
Status write_disclosures(const std::string& path, const device::State& state) {
  std::string text;
  for (const std::string& one : state.disclosures) text += one + "\n";
  return write_text(path, text);
}

ui::DeviceQr qr_of(const device::State& state) {
  ui::DeviceQr out;
  if (state.statement.tpm.state != TpmState::quote) return out;
  out.text =
      device::to_code_text({state.statement.device, measured_hash(state.statement), state.statement.tpm}, kQrTextBytes);
  auto code = encode_qr(out.text);
  if (!code) return {};  // too long for a code: the statement holds the quote all the same
  out.size = code->size;
  out.dark = std::move(code->dark);
  return out;
}

Result<RecordId> put_out(const Wanted& in, const device::StateRequest& request, const device::State& state,
                         const std::string& out, const std::string& disclosures, const std::string& blob) {
  SystemClock clock;
  SCRUTINEER_TRY(std::string text,
                 device::state_record(request, state, in.at.empty() ? to_rfc3339(clock.now()) : in.at));
  SCRUTINEER_TRY(Record record, read_record_text(text));
  const RecordId id = record_id(text);
  PosixDisk disk;
  SCRUTINEER_TRY(auto beside, read_beside(disk, in.beside, request.device));
  // With the enrolment beside it the quote is checked as an observer will check it, before anybody is shown it.
  std::optional<Result<device::Quote>> quoted;
  const std::optional<DeviceEnrolment>& enrolment = beside->view.enrolment;
  if (enrolment && enrolment->tpm_key && state.statement.tpm.state == TpmState::quote)
    quoted = device::check_quote(state.statement.tpm,
                                 {request.nonce, measured_hash(state.statement), *enrolment->tpm_key, enrolment->pcrs});
  auto page =
      device::page_of(device::StatementPage{record, id, state.inventory, quoted ? &*quoted : nullptr, &beside->view});
  page.qr = qr_of(state);
  SCRUTINEER_CHECKED(show_page(page, in.lang, in.html));
  if (!out.empty()) {
    SCRUTINEER_CHECKED(write_text(out, text));
  }
  if (!disclosures.empty()) {
    SCRUTINEER_CHECKED(write_disclosures(disclosures, state));
  }
  if (!state.inventory_blob.empty() && blob.empty())
    return fail(ErrorCode::invalid_argument,
                "this inventory is too large for the record: say where it goes, with --blob");
  if (!state.inventory_blob.empty()) {
    SCRUTINEER_CHECKED(write_text(blob, state.inventory_blob));
  }
  return id;
}

}  // namespace

Status show_page(const ui::DevicePageModel& page, const std::string& lang, const std::string& html) {
  const ui::Lang shown = lang == "ko" ? ui::Lang::ko : ui::Lang::en;
  print(ui::device_text(page, shown));
  if (html.empty()) return {};
  PosixDisk disk;
  const std::string text = ui::render_device(page, shown);
  if (text.size() > kPage) return fail(ErrorCode::limit_exceeded, "this page would be larger than 16 MiB");
  return write_file(disk, html, text, Durability::cached);
}

int device_state(int argc, char** argv) {
  Wanted in;
  auto app =
      new_app("scrutineer device state",
              "What this machine says of itself: software, what it could transmit with, what differs from the "
              "allowed list, what could not be looked at. Writes the record to be signed. Exit 1: differences.",
              "scrutineer device state --device sorter-3 --area /seoul/jongno --election ID --allowed a-100.json "
              "--out open.txt");
  add_common(*app, in);
  app->add_option("--event", in.event, "open, close or change")->one_of(names_of(kDeviceEventNames));
  app->add_option("--out", in.out, "write the record to be signed to this file");
  app->add_option("--disclosures", in.disclosures,
                  "write serial numbers and addresses, with their salts; never publish it");
  app->add_option("--blob", in.blob, "write the inventory here where it is too large for the record");
  app->add_option("--html", in.html, "write it as a page, too");
  app->add_option("--write-allowed", in.write_allowed,
                  "write a list that allows exactly what is there, as a beginning");
  if (auto over = parse(*app, argc, argv)) return *over;
  if (auto prepared = prepare(in); !prepared) return complain(prepared.error());
  SystemRng rng;
  auto state = device::state_of(in.request, rng);
  if (!state) return complain(state.error());
  if (!in.write_allowed.empty()) {
    auto written =
        write_text(in.write_allowed, device::allowed_text(state->statement, state->inventory, in.request.device));
    if (!written) return complain(written.error());
  }
  auto id = put_out(in, in.request, *state, in.out, in.disclosures, in.blob);
  if (!id) return complain(id.error());
  return state->statement.differences.empty() ? kGood : kAnswerIsNo;
}

int device_watch(int argc, char** argv) {
  Wanted in;
  auto app =
      new_app("scrutineer device watch",
              "Looks again and again, and writes a statement at first and one for every change, each naming the "
              "one before. What comes and goes between two looks is not seen. Exit 1: differences.",
              "scrutineer device watch --device sorter-3 --area /seoul/jongno --election ID --interval 0.5 --out "
              "statements");
  add_common(*app, in);
  app->add_option("--event", in.event, "of the first statement: open, or change where it goes on")
      ->one_of({"open", "change"});
  app->add_option("--interval", in.interval, "seconds between two looks")->between(0.05, 3'600.0);
  app->add_option("--count", in.count, "end after so many statements (0: never)");
  app->add_option("--out", in.out, "directory for 000001-open.txt, 000002-change.txt, ...")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  if (auto prepared = prepare(in); !prepared) return complain(prepared.error());
  PosixDisk disk;
  if (auto made = disk.make_directories(in.out + "/private"); !made) return complain(made.error());
  StopSignals signals;
  SystemRng rng;
  std::size_t written = 0;
  bool stopped = false, differs = false;
  auto each = [&](const device::StateRequest& request, const device::State& state) -> Result<RecordId> {
    if (++written > kWatchStatements)
      return fail(ErrorCode::limit_exceeded, "100,000 statements: something keeps changing, and somebody has to look");
    const std::string stem =
        fmt::format("{:06}-{}", written, kDeviceEventNames[static_cast<std::size_t>(request.event)]);
    differs |= !state.statement.differences.empty();
    return put_out(in, request, state, in.out + "/" + stem + ".txt", in.out + "/private/" + stem + ".disclosures",
                   in.out + "/" + stem + ".inventory.json");
  };
  auto status = device::watch(
      in.request, rng, [&] { return stopped || (in.count > 0 && written >= in.count); },
      [&] { stopped = signals.wait_for(std::chrono::milliseconds(static_cast<std::int64_t>(in.interval * 1'000))); },
      each);
  if (!status) return complain(status.error());
  return differs ? kAnswerIsNo : kGood;
}

int device_command(int argc, char** argv) {
  const std::string word = subcommand(argc, argv);
  --argc, ++argv;
  if (word == "state") return device_state(argc, argv);
  if (word == "watch") return device_watch(argc, argv);
  if (word == "compare") return device_compare(argc, argv);
  if (word == "check") return device_check(argc, argv);
  if (word == "qr") return device_qr(argc, argv);
  if (word == "key") return device_key(argc, argv);
  if (word == "write") return device_write(argc, argv);
  if (word == "history") return device_history(argc, argv);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer device state|watch|compare|check|qr|key|write|history ... (each has --help)\n\nExample:\n  "
        "scrutineer "
        "device state --device sorter-3 --area / --election ID --allowed a-100.json --out open.txt\n");
    return kGood;
  }
  return complain("say device state, watch, compare, check, qr, key, write or history (see: scrutineer device --help)");
}

}  // namespace scrutineer::cli
