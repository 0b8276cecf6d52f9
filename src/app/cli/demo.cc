#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/demo_paper.h"
#include "app/cli/demo_servers.h"
#include "app/cli/demo_stack.h"
#include "app/cli/steps.h"
#include "app/cli/terminal.h"
#include "app/demo/simulation.h"
#include "app/threads/parallel.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

constexpr std::size_t kBatch = 4'096;        // entries that are signed and taken in together
constexpr std::size_t kCentreUnits = 1'000;  // more than a district has: all of the first one is counted by people
constexpr std::size_t kPiece = 128;          // of them, what one thread signs at a time

struct Arguments {
  std::size_t units = 18'600;
  std::string directory = "demo";
  std::string election;
  std::string seed = "1";
  bool serve = false;
  std::uint16_t port = 8080;
  std::size_t papers = kDemoPapers;
};

// A demonstration starts afresh: what an earlier one left is removed, and nothing but that.
Status clear(Disk& disk, const std::string& directory) {
  SCRUTINEER_TRY(bool there, disk.exists(directory));
  if (!there) return {};
  SCRUTINEER_TRY(std::vector<std::string> names, disk.list(directory));
  for (const std::string& name : names)
    if (name != "log/" && name != "bundle/" && name != "trust/" && name != "keys/" && name != "centre/" &&
        name != "witnesses/" && name != "notices/" && name != "paper/" && name != "papers/" &&
        name != "paper-definition/" && name != "tls/" && name != "README")
      return fail(ErrorCode::conflict, "this directory holds something else (" + name + "): choose another with --dir",
                  directory);
  // A national bundle has 64,000 files: piece by piece, so that somebody sees it going on.
  cli::Progress progress("removing the last one");
  std::vector<std::string> pieces;
  for (const std::string& name : names) {
    if (!name.ends_with('/')) continue;
    SCRUTINEER_TRY(std::vector<std::string> below, disk.list(directory + "/" + name.substr(0, name.size() - 1)));
    for (const std::string& one : below)
      if (one.ends_with('/')) pieces.push_back(directory + "/" + name + one.substr(0, one.size() - 1));
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    SCRUTINEER_CHECKED(remove_directory(disk, pieces[i]));
    progress.update(i + 1, pieces.size());
  }
  return remove_directory(disk, directory);
}

Result<NamedKey> to_named(const SimulatedKey& key) {
  return named_key(key.vkey.name, PrivateKey{key.key.type, SecretBytes::copy_of(key.key.secret.view())});
}

Status write_keys(Disk& disk, const std::string& directory, const SimulatedElection& election) {
  SystemRng rng;
  auto write_all = [&](const std::string& folder, const std::vector<SimulatedKey>& keys) -> Status {
    SCRUTINEER_CHECKED(disk.make_directories(folder));
    for (const SimulatedKey& key : keys) {
      SCRUTINEER_TRY(NamedKey named, to_named(key));
      SCRUTINEER_TRY(Bytes text, write_key_file(named, std::nullopt, rng));
      SCRUTINEER_CHECKED(save_key(disk, folder + "/" + key.file, text));
    }
    return {};
  };
  SCRUTINEER_CHECKED(write_all(directory, election.keys()));
  SCRUTINEER_CHECKED(write_all(directory + "/centre", election.centre_keys()));
  return write_file(disk, directory + "/centre/area", election.centre_area() + "\n", Durability::cached);
}

Result<NamedKey> find_key(const SimulatedElection& election, const std::string& file) {
  for (const SimulatedKey& key : election.keys())
    if (key.file == file) return to_named(key);
  return fail(ErrorCode::not_found, "the simulation has no key " + file);
}

// Signs and takes in the script, in order. Signing runs on all threads, and so does checking at intake.
Status run_night(const SimulatedElection& election, Intake& intake) {
  cli::Progress progress("election night (simulated)");
  for (std::size_t begin = 0; begin < election.size(); begin += kBatch) {
    std::size_t end = std::min(election.size(), begin + kBatch);
    std::size_t pieces = (end - begin + kPiece - 1) / kPiece;
    std::vector<std::vector<Bytes>> made(pieces);
    parallel_for(pieces, default_threads(), 1, [&](std::size_t i, std::size_t) {
      made[i] = election.make(begin + i * kPiece, std::min(end, begin + (i + 1) * kPiece));
    });
    std::vector<Bytes> entries;
    for (auto& piece : made) std::move(piece.begin(), piece.end(), std::back_inserter(entries));
    for (const auto& result : intake.append(entries))
      if (!result) return tl::unexpected(result.error());
    progress.update(end, election.size());
  }
  progress.finish(std::to_string(election.size()) + " signed records");
  return {};
}

Result<SimulatedElection> plan_night(const Arguments& in) {
  SimulationOptions options;
  options.units = in.units;
  options.seed = in.seed;
  options.centre_units = in.serve ? kCentreUnits : 0;
  return SimulatedElection::build(options);
}

Result<std::unique_ptr<Session>> simulate(const Arguments& in, const SimulatedElection& simulated) {
  PosixDisk disk;
  SCRUTINEER_CHECKED(write_keys(disk, in.directory + "/keys", simulated));
  SCRUTINEER_TRY(NamedKey log_key, find_key(simulated, "log.key"));
  std::string log_directory = in.directory + "/log";
  SCRUTINEER_TRY(auto session, Session::create(log_directory, log_key));
  SCRUTINEER_TRY(Bytes log_key_text, read_file(disk, in.directory + "/keys/log.key", limits::kKeyFileBytes));
  SCRUTINEER_CHECKED(save_key(disk, log_key_path(log_directory), log_key_text));
  for (const Bytes* blob : {&simulated.units_blob(), &simulated.options_blob(), &simulated.rules_blob()})
    SCRUTINEER_CHECKED(keep_blob(disk, log_directory, *blob));
  for (const std::string& directory : {trust_path(log_directory), in.directory + "/trust"})
    SCRUTINEER_CHECKED(write_trust_directory(disk, directory, log_key.vkey, simulated.roots(), simulated.election()));
  SCRUTINEER_TRY(Election election,
                 Election::build(simulated.election(), simulated.definition(), simulated.units_blob(),
                                 simulated.options_blob(), simulated.rules_blob()));
  session->use_election(std::move(election), simulated.roots());
  SCRUTINEER_CHECKED(session->start_intake());
  SCRUTINEER_CHECKED(run_night(simulated, session->intake()));
  return session;
}

// Real data: nobody signed it at a station, so that one key, made here, signs as importer.
Result<std::unique_ptr<Session>> transcribe(const Arguments& in, const Package& package, NamedKey& key) {
  PosixDisk disk;
  SystemRng rng;
  SCRUTINEER_TRY(key, new_named_key("importer", KeyType::ed25519, rng));
  SCRUTINEER_TRY(Bytes text, write_key_file(key, std::nullopt, rng));
  SCRUTINEER_CHECKED(disk.make_directories(in.directory + "/keys"));
  SCRUTINEER_CHECKED(save_key(disk, in.directory + "/keys/importer.key", text));
  SCRUTINEER_TRY(auto session, import_package(package, in.directory + "/log", key,
                                              "import.example/" + package.definition.date, std::nullopt));
  SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk, trust_path(in.directory + "/log")));
  SCRUTINEER_CHECKED(disk.make_directories(in.directory + "/trust"));
  for (auto [name, file] :
       {std::pair{"policy", &trust.policy}, std::pair{"roots", &trust.roots}, std::pair{"election", &trust.election}})
    SCRUTINEER_CHECKED(write_file(disk, in.directory + "/trust/" + name, *file, Durability::durable));
  return session;
}

Result<std::unique_ptr<Session>> make_election(const Arguments& in, const std::optional<Package>& package,
                                               NamedKey& publisher) {
  if (package) return transcribe(in, *package, publisher);
  SCRUTINEER_TRY(SimulatedElection simulated, plan_night(in));
  SCRUTINEER_TRY(auto session, simulate(in, simulated));
  SCRUTINEER_TRY(publisher, load_key(session->disk(), in.directory + "/keys/publisher.key", ""));
  return session;
}

int run(const Arguments& in) {
  PosixDisk disk;
  std::optional<Package> package;
  if (!in.election.empty()) {
    package = load_package(disk, in.election);
    if (!package) return kCouldNotRun;
  }
  if (auto cleared = clear(disk, in.directory); !cleared) return complain(cleared.error());
  tell(package ? "A real election, transcribed: no station signed these sheets."
               : "A SIMULATED election: no real votes, no real people.");
  NamedKey publisher;
  auto session = make_election(in, package, publisher);
  if (!session) return complain(session.error());
  std::string bundle = in.directory + "/bundle";
  auto published =
      publish_with_progress(**session, publisher, bundle, data_language((*session)->election().definition()));
  if (!published) return complain(published.error());
  session->reset();  // the log is closed: whoever verifies needs the bundle alone
  int code = verify_with_progress(bundle, in.directory + "/trust");
  if (code != kGood) return code;
  tell("Check it yourself:  scrutineer-verify " + bundle + " --trust " + in.directory + "/trust");
  if (!in.serve) return kGood;
  if (package) tell("It was counted elsewhere: the pages are shown as they are, and there is no counting centre.");
  return serve(bundle, in.port);
}

std::uint64_t hash_seed(const std::string& seed) {
  const Hash256 hash = sha256("scrutineer/demo/papers\n" + seed);
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8 | hash.bytes[i];
  return out;
}

// A simulated night goes on: the rest of it is counted at a counting centre, by whoever sits in front of the screen.
int run_servers(const Arguments& in) {
  PosixDisk disk;
  if (auto cleared = clear(disk, in.directory); !cleared) return complain(cleared.error());
  tell("A SIMULATED election: no real votes, no real people.");
  std::vector<CentreUnit> units;
  std::optional<DemoStack> stack;
  auto made = [&]() -> Status {
    SCRUTINEER_TRY(SimulatedElection simulated, plan_night(in));
    SCRUTINEER_TRY(auto session, simulate(in, simulated));
    units = simulated.centre_units();
    SCRUTINEER_TRY(stack,
                   make_demo_stack(disk, in.directory, session->election(), units, in.papers, hash_seed(in.seed)));
    return write_papers(in.directory + "/paper", session->election(), units);
  }();
  if (!made) return complain(made.error());
  return serve_demo(in.directory, in.port, units, stack);
}

}  // namespace

int demo_command(int argc, char** argv) {
  Arguments in;
  auto app = new_app(
      "scrutineer demo",
      "A whole election from definition to independent verification: simulated, or with --election a real one "
      "from a package. Writes DIR/log, DIR/bundle, DIR/trust, DIR/keys. With --serve a simulated night goes on at "
      "a counting centre (DIR/centre, DIR/paper); a real election's pages are served as they are.",
      "scrutineer demo --units 500 --dir demo --serve");
  app->add_option("--units", in.units, "units of the simulated election (national size by default)")
      ->between(int{kSimulatedUnitsLeast}, int{kSimulatedUnitsMost});
  app->add_option("--dir", in.directory, "where to keep it all; what an earlier demo left there is replaced");
  app->add_option("--election", in.election, "an election package with real data");
  app->add_option("--seed", in.seed, "another seed, another night");
  app->add_flag("--serve", in.serve, "then serve the result pages on this machine until stopped");
  app->add_option("--papers", in.papers, "with --serve: ballot papers of one unit that are drawn and read; 0: none")
      ->between(0, int{kDemoPapersMost});
  app->add_option("--port", in.port, "the first port to try");
  if (auto over = parse(*app, argc, argv)) return *over;
  return in.serve && in.election.empty() ? run_servers(in) : run(in);
}

}  // namespace scrutineer::cli
