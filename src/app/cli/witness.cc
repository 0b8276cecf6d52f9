#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/http/server.h"
#include "app/witness/ask.h"
#include "app/witness/routes.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

int run_witness(int argc, char** argv) {
  std::string directory, key_file, passphrase_file, logs_file;
  std::uint16_t port = 8090;
  auto app = new_app("scrutineer witness",
                     "Watches logs for others (C2SP tlog-witness): cosigns a log's checkpoint only if it follows from "
                     "the one that it saw before. Listens on this machine alone; a web server stands in front of it "
                     "(docs/runbooks/witness.md). 'witness ask' is the other side.",
                     "scrutineer witness --dir witness --key witness.key --logs logs");
  app->add_option("--dir", directory, "where it remembers what it has seen; never lose it, never copy it back")
      ->required();
  app->add_option("--key", key_file, "its key file (key new --cosigner)")->required();
  app->add_option("--passphrase-file", passphrase_file, "read the passphrase from the first line of this file");
  app->add_option("--logs", logs_file, "verifier keys of the logs that it watches, one a line")->required();
  app->add_option("--port", port, "on 127.0.0.1; 0: any free one");
  if (auto over = parse(*app, argc, argv)) return *over;
  StopSignals stop;
  PosixDisk disk;
  SystemClock clock;
  auto text = read_file(disk, logs_file, limits::kTrustFileBytes);
  if (!text) return complain(text.error());
  auto logs = parse_log_keys(*text);
  if (!logs) return complain(placed(logs.error(), logs_file));
  auto key = load_key(disk, key_file, passphrase_file);
  if (!key) return complain(key.error());
  auto witness = WitnessService::open(disk, directory, std::move(*logs), *key, clock);
  if (!witness) return complain(witness.error());
  http::ServerOptions options;
  options.port = port;
  options.threads = 16;
  options.body_limit = witness_body_limit;
  auto server = http::Server::start(options, [&](const http::Request& request) { return answer(**witness, request); });
  if (!server) return complain(server.error());
  print("Witness " + to_string((*witness)->key()) + ": " + (*server)->url() + "\n");
  tell("It watches " + std::to_string((*witness)->logs().size()) + " logs. (stop with Ctrl-C)");
  stop.wait();
  (*server)->stop();
  return kGood;
}

void tell_standing(const WitnessStanding& standing) {
  if (standing.trouble == WitnessTrouble::none && standing.size)
    return tell(standing.name + ": cosigned at " + to_rfc3339(standing.time));
  const bool grave = standing.trouble == WitnessTrouble::other_history;
  tell(standing.name + ": " + (grave ? "HAS SEEN ANOTHER HISTORY OF THIS LOG: " : "") +
       (standing.words.empty() ? std::string("no answer yet") : standing.words));
}

int ask(int argc, char** argv) {
  std::string log_directory, out;
  std::uint32_t seconds = 10;
  auto app = new_app("scrutineer witness ask",
                     "Asks the witnesses in LOGDIR/witnesses to cosign the log's checkpoint, and prints it with what "
                     "came in.",
                     "scrutineer witness ask --log log --out checkpoint");
  app->add_option("--log", log_directory, "the log directory")->required();
  app->add_option("--seconds", seconds, "how long to wait for them")->between(1, 600);
  app->add_option("--out", out, "where to write the checkpoint (default: stdout)");
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto log = LogReader::open(disk, store_path(log_directory));
  if (!log) return complain(log.error());
  auto witnesses = read_witnesses(disk, log_directory);
  if (!witnesses) return complain(witnesses.error());
  const std::size_t known = witnesses->size();
  if (known == 0) return complain("no witness is listed in " + log_directory + "/witnesses");
  auto pool = WitnessPool::start(
      std::move(*witnesses), [&](std::uint64_t from, std::uint64_t to) { return (*log)->consistency_proof(from, to); });
  if (!pool) return complain(pool.error());
  const SignedCheckpoint checkpoint = (*log)->checkpoint();
  (*pool)->offer(checkpoint);
  const std::size_t got = (*pool)->wait(checkpoint.checkpoint.size, known, std::chrono::seconds(seconds));
  for (const WitnessStanding& standing : (*pool)->standings()) tell_standing(standing);
  tell("Witnessed by " + std::to_string(got) + " of " + std::to_string(known) + ".");
  Bytes note = to_bytes((*pool)->collected(checkpoint.checkpoint.size)->checkpoint.note);
  if (out.empty()) {
    print(note);
  } else if (auto written = write_file(disk, out, note, Durability::durable); !written) {
    return complain(written.error());
  }
  return got == known ? kGood : kAnswerIsNo;
}

}  // namespace

int witness_command(int argc, char** argv) {
  if (subcommand(argc, argv) == "ask") return ask(argc - 1, argv + 1);
  return run_witness(argc, argv);
}

}  // namespace scrutineer::cli
