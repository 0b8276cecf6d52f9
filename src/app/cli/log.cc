#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/log/check.h"
#include "app/log/export.h"
#include "core/base/limits.h"
#include "core/merkle/tlog_proof.h"

namespace scrutineer::cli {
namespace {

int init(int argc, char** argv) {
  std::string directory, key_file, passphrase_file, trust;
  auto app = new_app("scrutineer log init", "Makes an empty log. Its name (origin) is that of its key.",
                     "scrutineer log init --log log --key log.key --trust trust");
  app->add_option("--log", directory, "the log directory")->required();
  app->add_option("--key", key_file, "the log's own key file (Ed25519)")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--trust", trust, "roots and election of the records that it is to take in; kept as LOGDIR/trust");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto key = load_key(disk, key_file, passphrase_file);
  if (!key) return complain(key.error());
  auto session = Session::create(directory, *key);
  if (!session) return complain(session.error());
  if (!trust.empty()) {
    auto files = read_trust_directory(disk, trust);
    if (!files) return complain(files.error());
    auto roots = parse_roots(files->roots);
    auto election = parse_election_file(files->election);
    if (!roots || !election) return complain(!roots ? roots.error() : election.error());
    auto written =
        write_trust_directory(disk, trust_path(directory), (*session)->log().reader().key(), *roots, *election);
    if (!written) return complain(written.error());
  }
  print(to_string((*session)->log().reader().key()) + "\n");
  return kGood;
}

int append(int argc, char** argv) {
  std::string directory, key_file, passphrase_file;
  std::vector<std::string> files, blobs;
  bool raw = false;
  auto app =
      new_app("scrutineer log append",
              "Appends signed records. What nobody granted has signed is refused, with the reason; what is there "
              "already is said to be there.",
              "scrutineer log append --log log --key log.key sheet.note");
  app->add_option("--log", directory, "the log directory")->required();
  app->add_option("--key", key_file, "the log's key file (default: LOGDIR/log.key)");
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--blob", blobs, "a file that a record names by its hash; kept beside the log");
  app->add_flag("--raw", raw, "append the files as they are: a log of anything, without an election");
  app->add_option("FILE", files, "signed notes, one a file");
  if (auto over = parse(*app, argc, argv)) return *over;
  auto session = Session::open(directory, key_file, passphrase_file);
  if (!session) return complain(session.error());
  Session& s = **session;
  for (const std::string& path : blobs) {
    auto bytes = read_file(s.disk(), path, limits::kBlobBytes);
    if (!bytes) return complain(bytes.error());
    if (auto kept = keep_blob(s.disk(), directory, *bytes); !kept) return complain(kept.error());
  }
  int code = kGood;
  for (const std::string& path : files) {
    auto bytes = read_file(s.disk(), path, limits::kEntryBytes);
    if (!bytes) return complain(bytes.error());
    Result<Appended> result = fail(ErrorCode::not_found, "");
    if (raw) {
      result = s.log().append(*bytes);
    } else {
      // The definition itself comes in before anything can be folded: its signatures are what the trusted roots say.
      if (auto started = s.start_intake_with(*bytes); !started) return complain(placed(started.error(), path));
      result = s.intake().append(*bytes);
    }
    if (!result) {
      complain(placed(result.error(), path));
      code = kAnswerIsNo;
      continue;
    }
    print(std::to_string(result->index) + (result->already_there ? " already-there " : " appended ") + path + "\n");
  }
  return code;
}

void show_entry(std::uint64_t index, BytesView bytes) {
  auto entry = parse_entry(bytes);
  std::string out = std::to_string(index) + "  ";
  if (!entry) {
    print(out + std::to_string(bytes.size()) + " bytes, no record: " + to_string(entry.error()) + "\n");
    return;
  }
  out.append(record_type_name(entry->record.type())).append("  ").append(to_hex(entry->id)).append("\n");
  for (const NoteSignature& signature : entry->signatures)
    out.append("    signed by ").append(signature.name).append("\n");
  std::size_t first = bytes.find('\n');
  out.append("    ").append(bytes.substr(first + 1, bytes.find('\n', first + 1) - first - 1)).append("\n");
  print(out);
}

// What of a log is shown: all entries, those of one type, or one record's note as it was signed.
struct Shown {
  std::uint64_t from = 0, count = 20;
  std::string type, record;
};

Status show_record(LogReader& log, const std::string& record) {
  auto wanted = hash_from_hex(record);
  if (!wanted) return fail(ErrorCode::invalid_argument, "a record is named by 64 hex digits");
  SCRUTINEER_TRY(auto positions, log.find(RecordId{*wanted}));
  if (positions.empty()) return fail(ErrorCode::not_found, "the log has no such record: " + record);
  SCRUTINEER_TRY(Bytes note, log.entry(positions.front()));
  print(note);
  return {};
}

bool is_of(BytesView bytes, const std::string& type) {
  if (type.empty()) return true;
  auto entry = parse_entry(bytes);
  return entry && record_type_name(entry->record.type()) == type;
}

Status show_entries(LogReader& log, const Shown& what) {
  const std::uint64_t size = log.size(), from = std::min(what.from, size);
  std::uint64_t left = what.count;
  print(to_bytes(log.checkpoint().note) + "\n");
  const std::uint64_t end = what.type.empty() ? from + std::min(left, size - from) : size;
  return log.entries(from, end, [&](std::uint64_t index, BytesView bytes) -> Status {
    if (left > 0 && is_of(bytes, what.type)) show_entry(index, bytes), --left;
    return {};
  });
}

int show(int argc, char** argv) {
  std::string directory;
  Shown what;
  auto app = new_app("scrutineer log show",
                     "Prints a log for people: checkpoint and entries; or one record's note, as it was signed.",
                     "scrutineer log show --log log --type ballot-batch");
  app->add_option("--log", directory, "the log directory")->required();
  app->add_option("--from", what.from, "first entry");
  app->add_option("--count", what.count, "how many");
  app->add_option("--type", what.type, "only records of this type, such as ballot-batch");
  app->add_option("--record", what.record, "this record's signed note, and nothing else");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto log = LogReader::open(disk, store_path(directory));
  if (!log) return complain(log.error());
  auto shown = what.record.empty() ? show_entries(**log, what) : show_record(**log, what.record);
  return shown ? kGood : complain(shown.error());
}

int export_log(int argc, char** argv) {
  std::string directory, out;
  auto app = new_app("scrutineer log export", "Writes the log as a C2SP tlog-tiles directory.",
                     "scrutineer log export --log log --out tiles");
  app->add_option("--log", directory, "the log directory")->required();
  app->add_option("--out", out, "the directory to write")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto log = LogReader::open(disk, store_path(directory));
  if (!log) return complain(log.error());
  Progress progress("exporting");
  auto done =
      export_directory(**log, disk, out, [&](std::uint64_t n, std::uint64_t total) { progress.update(n, total); });
  if (!done) return complain(done.error());
  progress.finish();
  return kGood;
}

int prove(int argc, char** argv) {
  std::string directory, out;
  std::uint64_t index = 0;
  auto app = new_app("scrutineer log prove", "Writes a proof (C2SP tlog-proof) that an entry is in the log.",
                     "scrutineer log prove --log log 1234 --out sheet.tlog-proof");
  app->add_option("--log", directory, "the log directory")->required();
  app->add_option("INDEX", index, "the entry's position")->required();
  app->add_option("--out", out, "where to write it (default: stdout)");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto log = LogReader::open(disk, store_path(directory));
  if (!log) return complain(log.error());
  auto hashes = (*log)->inclusion_proof(index, (*log)->size());
  if (!hashes) return complain(hashes.error());
  Bytes proof = to_bytes(TlogProof{std::nullopt, index, *hashes, (*log)->checkpoint()});
  if (out.empty()) return print(proof), kGood;
  auto written = write_file(disk, out, proof, Durability::cached);
  return written ? kGood : complain(written.error());
}

int check(int argc, char** argv) {
  std::string directory;
  auto app = new_app("scrutineer log check", "Re-hashes a whole log and lists every problem.",
                     "scrutineer log check --log log");
  app->add_option("--log", directory, "the log directory")->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  Progress progress("re-hashing");
  auto result =
      check_log(disk, store_path(directory), [&](std::uint64_t n, std::uint64_t total) { progress.update(n, total); });
  if (!result) return complain(result.error());
  progress.finish();
  for (const std::string& problem : result->problems) print(problem + "\n");
  if (result->more_problems > 0) print("and " + std::to_string(result->more_problems) + " more\n");
  if (result->good()) print(std::to_string(result->size) + " entries: everything fits\n");
  return result->good() ? kGood : kAnswerIsNo;
}

}  // namespace

int log_command(int argc, char** argv) {
  struct Word {
    std::string_view name;
    int (*run)(int, char**);
  };
  constexpr Word kWords[] = {{"init", init},         {"append", append}, {"show", show},
                             {"export", export_log}, {"prove", prove},   {"check", check}};
  std::string word = subcommand(argc, argv);
  for (const Word& known : kWords)
    if (known.name == word) return known.run(argc - 1, argv + 1);
  if (word == "--help" || word == "-h") {
    print(
        "scrutineer log init|append|show|export|prove|check ... (each has --help)\n\nExample:\n  scrutineer log check "
        "--log demo/log\n");
    return kGood;
  }
  return complain("say log init, append, show, export, prove or check (see: scrutineer log --help)");
}

}  // namespace scrutineer::cli
