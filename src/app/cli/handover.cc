#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/handover/service.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

// For whoever stands at the telephone.
void tell_words(const TelephoneWords& words) {
  tell("To read out over the telephone:");
  tell("  " + spoken(words.ko));
  tell("  " + spoken(words.en));
}

int make(int argc, char** argv) {
  std::string directory, key_file, passphrase_file, out;
  std::vector<std::string> ids;
  PackRequest request;
  auto app = new_app("scrutineer handover make",
                     "Packs records with what they name (photographs) into one signed file for a stick or an e-mail.",
                     "scrutineer handover make --log centre --since 120 --key chair.key --out centre.handover");
  app->add_option("--log", directory, "the log directory")->required();
  auto* since = app->add_option("--since", request.since, "everything from this position of the log on");
  app->add_option("--records", ids, "or these records, by their ids")->excludes(since)->separated_by(',');
  app->add_option("--key", key_file, "the key file of whoever hands over; it holds a grant")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--out", out, "the package")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  SystemClock clock;
  auto run = [&]() -> Result<Packed> {
    if (!ids.empty()) request.records.emplace();
    for (const std::string& id : ids) {
      auto hash = hash_from_hex(id);
      if (!hash) return fail(ErrorCode::invalid_argument, "a record id has 64 hex digits: " + id);
      request.records->push_back(RecordId{*hash});
    }
    SCRUTINEER_TRY(auto log, LogReader::open(disk, store_path(directory)));
    SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk, trust_path(directory)));
    SCRUTINEER_TRY(RecordId election, parse_election_file(trust.election));
    SCRUTINEER_TRY(NamedKey key, load_key(disk, key_file, passphrase_file));
    auto read_blob = [&](const BlobHash& hash) { return read_file(disk, blob_file(directory, hash), kHandoverBytes); };
    SCRUTINEER_TRY(Packed packed, pack_records(*log, election, request, read_blob, key, clock.now()));
    SCRUTINEER_CHECKED(write_file(disk, out, packed.file, Durability::durable));
    return packed;
  };
  auto packed = run();
  if (!packed) return complain(packed.error());
  print(std::to_string(packed->entries) + " entries and " + std::to_string(packed->blobs) + " blobs, " +
        std::to_string(packed->file.size()) + " bytes\n");
  for (const BlobHash& hash : packed->absent) tell("Not here, so not in the package: " + to_hex(hash));
  tell_words(telephone_words(packed->file));
  return kGood;
}

int read(int argc, char** argv) {
  std::string path;
  auto app = new_app("scrutineer handover read",
                     "Prints what a package says that it holds, and the words to compare over the telephone.",
                     "scrutineer handover read centre.handover");
  app->add_option("FILE", path, "the package")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto file = read_file(disk, path, kHandoverBytes);
  if (!file) return complain(file.error());
  auto package = parse_handover(*file);
  if (!package) return complain(placed(package.error(), path)), kAnswerIsNo;
  const HandoverHeader& header = package->header;
  TelephoneWords words = telephone_words(*file);
  print("from      " + header.from + "\nat        " + header.at + "\nelection  " + to_hex(header.election) +
        "\nentries   " + std::to_string(header.records) + "\nblobs     " + std::to_string(header.blobs) +
        "\nwords ko  " + spoken(words.ko) + "\nwords en  " + spoken(words.en) + "\n");
  for (BytesView entry : package->entries) {
    auto parsed = parse_entry(entry);
    print(parsed ? to_hex(parsed->id) + "  " + std::string(record_type_name(parsed->record.type())) + "\n"
                 : "no record: " + to_string(parsed.error()) + "\n");
  }
  tell("Read only: whether whoever packed this may, and whether each record counts, is checked at import.");
  return kGood;
}

// In a log that is still empty the package brings its own beginning: the tables and the definition that the trust
// directory names.
Status begin(Session& session, const Handover& package) {
  if (session.log().reader().size() > 0) return session.start_intake();
  if (package.entries.empty()) return fail(ErrorCode::not_found, "the log is empty, and so is the package");
  auto named = blobs_named_by(package.entries.front());
  for (BytesView blob : package.blobs)
    for (const BlobRef& reference : named)
      if (blob_hash(blob) == reference.sha256) SCRUTINEER_CHECKED(keep_blob(session.disk(), session.directory(), blob));
  return session.start_intake_with(Bytes(package.entries.front()));
}

void print_report(const ImportReport& report) {
  for (const ImportedRecord& record : report.records) {
    std::string line(kImportOutcomeNames[static_cast<std::size_t>(record.outcome)]);
    if (!record.why) line.append(" ").append(std::to_string(record.position));
    if (record.id) line.append(" ").append(to_hex(*record.id)).append(" ").append(record.what);
    if (record.why) line.append(": ").append(to_string(*record.why));
    print(line + "\n");
  }
  std::string summary;
  for (ImportOutcome outcome : {ImportOutcome::added, ImportOutcome::known, ImportOutcome::refused})
    summary.append(std::to_string(report.count(outcome)))
        .append(" ")
        .append(kImportOutcomeNames[static_cast<std::size_t>(outcome)])
        .append(", ");
  summary.append(std::to_string(report.blobs_kept)).append(" blobs");
  if (report.blobs_unnamed > 0)
    summary.append(", ").append(std::to_string(report.blobs_unnamed)).append(" that no record names, not kept");
  tell(summary);
}

int import(int argc, char** argv) {
  std::string path, directory, key_file, passphrase_file;
  auto app = new_app("scrutineer handover import",
                     "Takes a package into a log. Each record is new, known or refused, with the reason; a second "
                     "import changes nothing. An empty log whose trust directory names the election may begin with a "
                     "package: compare the words first.",
                     "scrutineer handover import centre.handover --log log");
  app->add_option("FILE", path, "the package")->required();
  app->add_option("--log", directory, "the log directory")->required();
  app->add_option("--key", key_file, "the log's key file (default: LOGDIR/log.key)");
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto file = read_file(disk, path, kHandoverBytes);
  if (!file) return complain(file.error());
  auto package = parse_handover(*file);
  if (!package) return complain(placed(package.error(), path)), kAnswerIsNo;
  auto session = Session::open(directory, key_file, passphrase_file);
  if (!session) return complain(session.error());
  Session& s = **session;
  bool empty = s.log().reader().size() == 0;
  if (auto begun = begin(s, *package); !begun) return complain(begun.error());
  auto report = import_package(
      *file, s.election(), [&](std::span<const Bytes> entries) { return s.intake().append(entries); },
      [&](BytesView blob) { return keep_blob(s.disk(), directory, blob); }, s.intake().fold().book(),
      empty ? PackerCheck::none : PackerCheck::before);
  if (!report) return complain(placed(report.error(), path)), kAnswerIsNo;
  print_report(*report);
  tell_words(report->words);
  if (empty) tell("This log was empty: it has taken the package without knowing who packed it. Compare the words.");
  return report->count(ImportOutcome::refused) == 0 ? kGood : kAnswerIsNo;
}

}  // namespace

int handover_command(int argc, char** argv) {
  std::string word = subcommand(argc, argv);
  if (word == "make") return make(argc - 1, argv + 1);
  if (word == "read") return read(argc - 1, argv + 1);
  if (word == "import") return import(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer handover make|read|import ... (each has --help)\n\nExample:\n  scrutineer handover import "
        "centre.handover --log log\n");
    return kGood;
  }
  return complain("say handover make, read or import (see: scrutineer handover --help)");
}

}  // namespace scrutineer::cli
