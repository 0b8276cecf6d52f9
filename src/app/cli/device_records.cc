// Records about machines: compared, checked, shown as a QR code, written, and what is missing in them.
#include "app/cli/arguments.h"
#include "app/cli/choices.h"
#include "app/cli/device_commands.h"
#include "app/cli/device_quote.h"
#include "app/cli/folded.h"
#include "app/cli/terminal.h"
#include "app/device/gather.h"
#include "app/device/tpm.h"
#include "app/disk/system.h"
#include "app/paper/qr.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/device/allowed.h"
#include "core/record/disclosure.h"

namespace scrutineer::cli {
namespace {

struct ReadStatement {
  ReadRecord read;
  DeviceStatement statement;
  Inventory inventory;
};

// `blob`: the file of an inventory that does not stand in the record.
Result<ReadStatement> read_statement(PosixDisk& disk, const std::string& path, const std::string& blob) {
  ReadStatement out;
  SCRUTINEER_TRY(out.read, read_record_file(disk, path));
  SCRUTINEER_TRY(out.statement, body_of<DeviceStatement>(out.read, path, "statement of a machine"));
  if (out.statement.inventory) {
    out.inventory = *out.statement.inventory;
    return out;
  }
  if (blob.empty())
    return fail(ErrorCode::not_found, "its inventory is a blob: say which file holds it, with --inventory", path);
  SCRUTINEER_TRY(Bytes text, read_file(disk, blob, kInventoryBytes));
  if (blob_hash(text) != out.statement.inventory_blob->sha256)
    return fail(ErrorCode::conflict, "this is not the inventory that the statement names", blob);
  SCRUTINEER_TRY(out.inventory, parse_inventory(text));
  return out;
}

struct Side {
  std::string path, blob, name;
};

// A statement, or the enrolment of what runs no software of ours.
Result<device::ModelView> read_side(PosixDisk& disk, const Side& side, const std::string& enrolment_path) {
  SCRUTINEER_TRY(ReadRecord read, read_record_file(disk, side.path));
  std::optional<DeviceEnrolment> enrolment;
  if (!enrolment_path.empty()) {
    SCRUTINEER_TRY(ReadRecord enrolled, read_record_file(disk, enrolment_path));
    SCRUTINEER_TRY(enrolment, body_of<DeviceEnrolment>(enrolled, enrolment_path, "enrolment of a machine"));
  }
  if (const auto* alone = std::get_if<DeviceEnrolment>(&read.record.body)) enrolment = *alone;
  std::string name = side.name;
  if (name.empty() && enrolment) {
    name = enrolment->maker + " " + enrolment->model;
    if (enrolment->market) name += " (" + std::string(kMarketNames[static_cast<std::size_t>(*enrolment->market)]) + ")";
  }
  if (std::holds_alternative<DeviceEnrolment>(read.record.body)) return device::view_of(name, nullptr, &*enrolment);
  SCRUTINEER_TRY(ReadStatement said, read_statement(disk, side.path, side.blob));
  if (name.empty()) name = said.statement.device;
  return device::view_of(name, &said.inventory, enrolment ? &*enrolment : nullptr);
}

bool is_image(BytesView bytes) {
  return bytes.starts_with("\x89PNG") || bytes.starts_with("P5") || bytes.starts_with("P6");
}

}  // namespace

int device_compare(int argc, char** argv) {
  Side first, second;
  std::string enrolment_a, enrolment_b, lang = "en", html;
  auto app = new_app("scrutineer device compare",
                     "Holds two machines or models against each other: by which ways each could transmit. Exit 1: they "
                     "differ.",
                     "scrutineer device compare domestic.txt exported.txt --name-a A-100 --name-b A-100X");
  app->add_option("A", first.path, "a statement, or the enrolment of what runs no software of ours")->required();
  app->add_option("B", second.path, "the other")->required();
  app->add_option("--enrolment-a", enrolment_a, "what people know of the first");
  app->add_option("--enrolment-b", enrolment_b, "what people know of the second");
  app->add_option("--inventory-a", first.blob, "the first's inventory where it is a blob");
  app->add_option("--inventory-b", second.blob, "the second's");
  app->add_option("--name-a", first.name, "what to call the first");
  app->add_option("--name-b", second.name, "what to call the second");
  app->add_option("--html", html, "write it as a page, too");
  app->add_option("--lang", lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto a = read_side(disk, first, enrolment_a);
  if (!a) return complain(a.error());
  auto b = read_side(disk, second, enrolment_b);
  if (!b) return complain(b.error());
  const device::ModelComparison comparison = device::compare(*a, *b);
  if (auto shown = show_page(device::page_of(comparison, *a, *b), lang, html); !shown) return complain(shown.error());
  bool differ = !comparison.only_first.empty() || !comparison.only_second.empty();
  for (const device::WayComparison& one : comparison.ways)
    differ |= one.verdict == device::WayVerdict::only_first || one.verdict == device::WayVerdict::only_second;
  return differ ? kAnswerIsNo : kGood;
}

int device_check(int argc, char** argv) {
  QuoteFiles files;
  std::string allowed, inventory, html;
  auto app =
      new_app("scrutineer device check",
              "Checks a statement: the TPM's answer to your own nonce (--key, --nonce), and what differs from an "
              "allowed list of your own (--allowed). Exit 1: something does not hold.",
              "scrutineer device check photo.png --key sorter-3-enrolment.note --nonce HEX");
  app->add_option("FILE", files.quote, "a statement, the text of a QR code, or a picture of one (PNG, PGM, PPM)")
      ->required();
  auto* key = app->add_option("--key", files.enrolment, "the machine's enrolment");
  app->add_option("--nonce", files.nonce, "your nonce, in hex")->needs(key);
  app->add_option("--statement", files.statement, "the statement that the quote must belong to");
  app->add_option("--allowed", allowed, "compare the statement with this list, whatever it says itself");
  app->add_option("--inventory", inventory, "the statement's inventory where it is a blob");
  app->add_option("--html", html, "write the statement as a page, too");
  app->add_option("--lang", files.lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  if (files.enrolment.empty() && allowed.empty())
    return complain("say what to check: --key and --nonce (the TPM's answer), or --allowed (the list)");
  PosixDisk disk;
  auto bytes = read_file(disk, files.quote, kImageBytes);
  if (!bytes) return complain(bytes.error());
  int answer = kGood;
  if (!files.enrolment.empty()) {
    std::string text;
    if (is_image(*bytes)) {
      auto read = decode_qr(*bytes);
      if (!read) return complain(placed(read.error(), files.quote)), kAnswerIsNo;
      text = *read;
    }
    answer = check_quote_files(files, text);
  }
  if (allowed.empty()) return answer;
  const std::string& path = files.statement.empty() ? files.quote : files.statement;
  auto said = read_statement(disk, path, inventory);
  if (!said) return complain(said.error());
  auto list_text = read_file(disk, allowed, device::kAllowedBytes);
  if (!list_text) return complain(list_text.error());
  auto list = device::parse_allowed(*list_text);
  if (!list) return complain(placed(list.error(), allowed));
  auto& statement = std::get<DeviceStatement>(said->read.record.body);
  statement.allowed = blob_hash(*list_text).hash;
  statement.differences = device::differences(said->statement, said->inventory, *list);
  auto shown = show_page(device::page_of({said->read.record, said->read.id, said->inventory, nullptr, nullptr}),
                         files.lang, html);
  if (!shown) return complain(shown.error());
  return statement.differences.empty() ? answer : std::max(answer, kAnswerIsNo);
}

int device_qr(int argc, char** argv) {
  std::string in, out;
  auto app = new_app("scrutineer device qr",
                     "The TPM's answer in a statement as a QR code: its text on stdout, the code as SVG.",
                     "scrutineer device qr open.txt --out answer.svg");
  app->add_option("STATEMENT", in, "a statement with a quote in it")->required();
  app->add_option("--out", out, "the SVG to write");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto read = read_record_file(disk, in);
  if (!read) return complain(read.error());
  auto statement = body_of<DeviceStatement>(*read, in, "statement of a machine");
  if (!statement) return complain(statement.error());
  if (statement->tpm.state != TpmState::quote)
    return complain("this statement holds no quote: " +
                    std::string(kTpmStateNames[static_cast<std::size_t>(statement->tpm.state)])),
           kAnswerIsNo;
  const std::string text =
      device::to_code_text({statement->device, measured_hash(*statement), statement->tpm}, kQrTextBytes);
  if (!out.empty()) {
    auto svg = qr_svg(text);
    if (!svg) return complain(svg.error());
    if (auto written = write_file(disk, out, *svg, Durability::cached); !written) return complain(written.error());
  }
  print(text + "\n");
  return kGood;
}

int device_key(int argc, char** argv) {
  std::string path = device::kTpmPath;
  std::vector<std::int64_t> registers(std::begin(device::kUsualRegisters), std::end(device::kUsualRegisters));
  auto app =
      new_app("scrutineer device key",
              "The TPM's key and what its registers hold, as an enrolment states them: members for `device write`.",
              "scrutineer device key > tpm.json");
  app->add_option("--tpm", path, "the TPM: a device, or the socket of one of software");
  app->add_option("--register", registers, "which registers (0 to 9), ascending");
  if (auto over = parse(*app, argc, argv)) return *over;
  for (std::size_t i = 0; i < registers.size(); ++i)
    if (registers[i] < 0 || registers[i] >= static_cast<std::int64_t>(kDevicePcrs) ||
        (i > 0 && registers[i - 1] >= registers[i]))
      return complain("--register: numbers from 0 to 23, ascending");
  auto channel = device::open_tpm(path);
  if (!channel) {
    complain(channel.error());
    print("no TPM\n");
    return kAnswerIsNo;
  }
  auto key = device::ask_for_key(**channel, registers);
  if (!key) return complain(key.error());
  JsonWriter out;
  out.begin_object().member("tpm_key", to_base64(key->key.bytes)).line().name("pcrs").begin_array();
  for (const RegisterValue& value : key->registers) {
    out.line().begin_object().member("index", value.index).member("sha256", to_hex(value.sha256));
    out.end_object();
  }
  out.end_array().end_object();
  print(out.take() + "\n");
  return kGood;
}

namespace {

// The members of a JSON object as they stand, without its braces.
Result<std::string> members_of(PosixDisk& disk, const std::string& path) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kEntryBytes));
  SCRUTINEER_TRY(Json document, Json::parse(text));
  if (!document.root().is_object()) return fail(ErrorCode::malformed, "expected one JSON object", path);
  const std::size_t open = text.find('{'), close = text.rfind('}');
  std::string inside = text.substr(open + 1, close - open - 1);
  // A record is one line: what stands between tokens may be anything that is white space.
  for (char& c : inside)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  if (document.root().size() == 0) inside.clear();
  return inside;
}

}  // namespace

int device_write(int argc, char** argv) {
  std::string type, election, out, serial, disclosures, at;
  std::vector<std::string> members;
  auto app =
      new_app("scrutineer device write",
              "Makes the record to be signed out of its members: an enrolment, or an inspection. Members may come "
              "from several files (docs/formats/device-statement.md).",
              "scrutineer device write enrolment sorter-3.json tpm.json --election ID --serial 'SN 4711' "
              "--disclosures private/sorter-3.txt --out enrolment.txt");
  app->add_option("TYPE", type, "enrolment or inspection")->required()->one_of({"enrolment", "inspection"});
  app->add_option("FILE", members, "JSON objects; their members together are the record's")->required();
  app->add_option("--election", election, "the election's record id")->required();
  app->add_option("--at", at, "the time to be stated (now)");
  auto* sheet = app->add_option("--disclosures", disclosures, "where the serial number goes, with its salt");
  app->add_option("--serial", serial, "the serial number: the record commits to it and does not show it")->needs(sheet);
  app->add_option("--out", out, "the record to be signed")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  std::string text =
      "{\"election\":\"" + election + "\",\"at\":\"" + (at.empty() ? to_rfc3339(clock.now()) : at) + "\"";
  for (const std::string& path : members) {
    auto inside = members_of(disk, path);
    if (!inside) return complain(placed(inside.error(), path));
    if (!inside->empty()) text += "," + *inside;
  }
  std::string disclosure;
  if (!serial.empty()) {
    JsonWriter value;
    value.string(serial);
    disclosure = make_disclosure("serial", value.text(), rng);
    text += ",\"_sd\":[\"" + disclosure_digest(disclosure) + "\"],\"_sd_alg\":\"sha-256\"";
  }
  auto record = read_record_text("scrutineer/" + std::string(type == "enrolment" ? "device-enrolment" : "inspection") +
                                 "/1\n" + text + "}\n");
  if (!record) return complain(record.error());
  // Written anew: what this program does not know is not signed by mistake.
  if (auto written = write_file(disk, out, record_text(*record), Durability::durable); !written)
    return complain(written.error());
  if (!disclosure.empty()) {
    if (auto made = disk.make_directories(directory_of(disclosures)); !made) return complain(made.error());
    if (auto written = write_file(disk, disclosures, disclosure + "\n", Durability::durable); !written)
      return complain(written.error());
  }
  print(to_hex(record_id(record_text(*record))) + "\n");
  return kGood;
}

int device_history(int argc, char** argv) {
  std::string log, lang = "en", html;
  auto app =
      new_app("scrutineer device history",
              "What the records of a log say about machines together: what is missing, what does not fit, and what "
              "nobody looked at. Exit 1: something is.",
              "scrutineer device history --log log");
  app->add_option("--log", log, "the log directory")->required();
  app->add_option("--html", html, "write it as a page, too");
  app->add_option("--lang", lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  auto folded = fold_directory(log);
  if (!folded) return complain(folded.error());
  auto gathered = device::gather(folded->fold->book(), *folded->log);
  if (!gathered) return complain(gathered.error());
  if (auto shown = show_page(device::page_of(gathered->machines), lang, html); !shown) return complain(shown.error());
  for (const device::DeviceView& machine : gathered->machines)
    if (!machine.issues.empty()) return kAnswerIsNo;
  return kGood;
}

}  // namespace scrutineer::cli
