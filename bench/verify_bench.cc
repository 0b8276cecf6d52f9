// Import of a real election, and its verification against the bare cost of its hashes and signatures, in one run.
//
//   verify_bench [PACKAGE]      default: ../shared/data/kr2025; without it a simulated night of the same size
#include <cstdlib>
#include <filesystem>

#include "app/bundle/publish.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/import/import.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "app/verify/directory_source.h"
#include "app/verify/service.h"
#include "bench/measure.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer::bench {
namespace {

constexpr std::size_t kThreads = 2;
constexpr int kRounds = 5;
constexpr double kImportSeconds = 3;
constexpr double kVerifyRatio = 1.3;

// Everything that any verifier of this bundle has to hash, and every signature that it has to check, in memory.
struct Bare {
  std::vector<Bytes> files;
  std::vector<std::pair<VerifierKey, Bytes>> entries;  // one signer each
};

void pay(const Bare& bare) {
  std::size_t files = bare.files.size();
  parallel_for(files + bare.entries.size(), kThreads, 1, [&](std::size_t i, std::size_t) {
    if (i >= bare.entries.size()) {
      volatile unsigned char keep = sha256(bare.files[i - bare.entries.size()]).bytes[0];
      (void)keep;
      return;
    }
    const auto& [key, note] = bare.entries[i];
    std::string_view text = entry_text(note);
    NoteView view = must(parse_note_view(note));
    volatile unsigned char keep = record_id(text).hash.bytes[0] ^ leaf_hash(note).hash.bytes[0];
    if (!verify_note_signature(text, view.signatures[0], key)) std::abort();
    (void)keep;
  });
}

Bare load(DirectorySource& source, const VerifierKey& key, const LogReader& log) {
  Bare bare;
  for (const std::string& path : must(source.list())) bare.files.push_back(must(source.read(path, limits::kBlobBytes)));
  must(log.entries(0, log.size(), [&](std::uint64_t, BytesView note) -> Status {
    bare.entries.emplace_back(key, Bytes(note));
    return {};
  }));
  return bare;
}

int run(const std::string& package_directory) {
  Table table("verify_bench PACKAGE=kr2025: one signature a sheet, two threads");
  PosixDisk disk;
  SystemRng rng;
  SystemClock clock;
  std::string directory =
      (std::filesystem::temp_directory_path() / ("scrutineer-bench-" + std::to_string(getpid()))).string();
  std::filesystem::create_directories(directory);

  NamedKey key = must(new_named_key("importer", KeyType::ed25519, rng));
  NamedKey log_key = must(new_named_key("bench.example/log", KeyType::ed25519, rng));
  auto log_signer = must(make_signer(log_key.secret));
  std::string log_directory = directory + "/log";
  must(disk.make_directories(log_directory));
  std::unique_ptr<Log> log;
  std::unique_ptr<Election> election;
  std::unique_ptr<Intake> intake;
  Roots roots{{key.vkey}, 1};
  double import_seconds = seconds_of([&] {
    Problems problems;
    std::vector<std::string> fallbacks = {"examples"};
    auto package = read_package(disk, package_directory, fallbacks, problems);
    if (!package) std::fprintf(stderr, "%s\n", to_text(problems).c_str()), std::exit(2);
    log = must(Log::create(disk, store_path(log_directory), log_key.vkey.name, *log_signer));
    ImportSetup setup = must(make_import_setup(*package, key));
    for (const Bytes* blob : {&package->units_blob, &package->options_blob, &package->rules_blob})
      must(keep_blob(disk, log_directory, *blob));
    election = std::make_unique<Election>(must(Election::build(setup.election, package->definition, package->units_blob,
                                                               package->options_blob, package->rules_blob)));
    must(write_trust_directory(disk, trust_path(log_directory), log_key.vkey, roots, setup.election));
    intake = must(Intake::open(*log, *election, roots, kThreads));
    must(intake->append(setup.definition));
    for (auto& grant : intake->append(setup.grants)) must(std::move(grant));
    must(import_sheets(*package, setup.election, key, *intake, std::nullopt, kThreads, {}));
  });
  table.at_most("import, from the CSV files to the last acknowledgement", import_seconds, kImportSeconds, "s");

  std::string bundle = directory + "/bundle";
  PublishOptions options{log_directory, bundle, "ko", kThreads, false, {}};
  double publish_seconds =
      seconds_of([&] { must(publish(disk, *log, source_of(*intake), *election, key, clock, options)); });
  table.note("publishing (claims, pages in two languages, proofs, manifest)", publish_seconds, "s");

  DirectorySource source(disk, bundle);
  TrustFiles trust = must(read_trust(disk, trust_path(log_directory), {}));
  Bare bare = load(source, key.vkey, log->reader());
  std::vector<double> bare_seconds, verify_seconds, ratios, opening, checking, concluding;
  for (int round = 0; round < kRounds; ++round) {
    bare_seconds.push_back(seconds_of([&] { pay(bare); }));
    // What verify_bundle() does, step by step.
    std::unique_ptr<Plan> plan;
    Part part;
    opening.push_back(seconds_of([&] { plan = must(Plan::open(source, must(parse_trust(trust)))); }));
    checking.push_back(seconds_of([&] { part = check_files(*plan, 0, plan->files(), kThreads, {}); }));
    concluding.push_back(seconds_of([&] {
      Report report = conclude(*plan, std::move(part), [](auto& tasks) { run_parallel(tasks, kThreads); });
      if (!report.good()) std::fprintf(stderr, "%s", report.to_text(20).c_str()), std::exit(2);
    }));
    verify_seconds.push_back(opening.back() + checking.back() + concluding.back());
    ratios.push_back(verify_seconds.back() / bare_seconds.back());
  }
  table.note("hashes and signatures alone, in memory (median)", median(bare_seconds), "s");
  table.note("verification of the bundle from its files (median)", median(verify_seconds), "s");
  table.note("  opening: manifest, list of files, entries, tiles", median(opening), "s");
  table.note("  checking: every file, signature and proof", median(checking), "s");
  table.note("  concluding: folds and claims", median(concluding), "s");
  table.at_most("verification / bare (median of pairs)", median(ratios), kVerifyRatio, "x");
  log.reset();
  std::filesystem::remove_all(directory);
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  std::string package = argc > 1 ? argv[1] : "../shared/data/kr2025";
  if (!std::filesystem::exists(package)) {
    std::printf("verify_bench: SKIPPED: there is no package at %s (give its path)\n", package.c_str());
    return 0;
  }
  return scrutineer::bench::run(package);
}
