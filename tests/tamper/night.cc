#include "tests/tamper/night.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>

#include "app/bundle/publish.h"
#include "app/demo/people.h"
#include "app/disk/posix_disk.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "app/verify/directory_source.h"
#include "core/base/check.h"
#include "core/base/limits.h"

namespace scrutineer::tamper {
namespace {

constexpr std::size_t kThreads = 2;
constexpr std::size_t kBatch = 4'096, kPiece = 128;

// A clock that stands still, so that the same election gives the same bundle.
class Standing final : public Clock {
 public:
  UnixSeconds now() override { return {1'930'000'000}; }
  std::uint64_t monotonic_ns() override { return 0; }
};

void take_in(Intake& intake, const SimulatedElection& simulated) {
  for (std::size_t begin = 0; begin < simulated.size(); begin += kBatch) {
    std::size_t end = std::min(simulated.size(), begin + kBatch);
    std::vector<std::vector<Bytes>> pieces((end - begin + kPiece - 1) / kPiece);
    parallel_for(pieces.size(), kThreads, 1, [&](std::size_t i, std::size_t) {
      pieces[i] = simulated.make(begin + i * kPiece, std::min(end, begin + (i + 1) * kPiece));
    });
    std::vector<Bytes> entries;
    for (auto& piece : pieces) std::move(piece.begin(), piece.end(), std::back_inserter(entries));
    for (const auto& result : intake.append(entries)) check(result.has_value(), "an honest entry is taken in");
  }
}

}  // namespace

SimulatedElection simulate(std::size_t units, const std::string& seed) {
  SimulationOptions options;
  options.units = units;
  options.seed = seed;
  return SimulatedElection::build(options).value();
}

Election election_of(const SimulatedElection& simulated) {
  return Election::build(simulated.election(), simulated.definition(), simulated.units_blob(), simulated.options_blob(),
                         simulated.rules_blob())
      .value();
}

TrustFiles trust_of(const SimulatedElection& simulated) {
  return {"log " + to_string(simulated.keys().front().vkey) + "\nquorum none\n",
          to_text(simulated.roots()),
          to_hex(simulated.election()) + "\n",
          {}};
}

PrivateKey key_of(const std::string& seed, const std::string& name) {
  return demo::key_of(seed, name);
}

void make_bundle(Disk& disk, const std::string& directory, const SimulatedElection& simulated) {
  const std::string log_directory = directory + "/log";
  check(disk.make_directories(log_directory).has_value(), "the test's directory can be made");
  std::vector<SimulatedKey> keys = simulated.keys();
  auto key = [&](std::string_view file) -> SimulatedKey& {
    return *std::find_if(keys.begin(), keys.end(), [&](const SimulatedKey& k) { return k.file == file; });
  };
  const VerifierKey log_key = key("log.key").vkey;
  auto signer = make_signer(key("log.key").key).value();
  auto log = Log::create(disk, store_path(log_directory), log_key.name, *signer).value();
  for (const Bytes* blob : {&simulated.units_blob(), &simulated.options_blob(), &simulated.rules_blob()})
    check(keep_blob(disk, log_directory, *blob).has_value(), "blobs are kept");
  for (const std::string& trust : {trust_path(log_directory), directory + "/trust"})
    check(write_trust_directory(disk, trust, log_key, simulated.roots(), simulated.election()).has_value(), "trust");
  Election election = election_of(simulated);
  auto intake = Intake::open(*log, election, simulated.roots(), kThreads).value();
  take_in(*intake, simulated);
  NamedKey publisher = named_key("publisher", std::move(key("publisher.key").key)).value();
  Standing clock;
  PublishOptions options;
  options.log_directory = log_directory;
  options.out = directory + "/bundle";
  options.data_lang = "ko";
  options.threads = kThreads;
  auto published = publish(disk, *log, source_of(*intake), election, publisher, clock, options);
  check(published.has_value(), "an honest bundle is published");
}

TemporaryDirectory::TemporaryDirectory() {
  static std::atomic<int> made{0};
  auto name = "tam-" + std::to_string(::getpid()) + "-" + std::to_string(++made);
  path = (std::filesystem::temp_directory_path() / name).string();
  std::filesystem::create_directories(path);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Files bundle_of(const SimulatedElection& simulated) {
  TemporaryDirectory directory;
  PosixDisk disk;
  make_bundle(disk, directory.path, simulated);
  DirectorySource source(disk, directory.path + "/bundle");
  Files files;
  const std::vector<std::string> paths = source.list().value();
  for (const std::string& path : paths) files[path] = source.read(path, limits::kBlobBytes).value();
  return files;
}

}  // namespace scrutineer::tamper
