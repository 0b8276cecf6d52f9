// Somebody who can write to the disk or the wire, and has no key: one bit anywhere.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <mutex>

#include "app/disk/posix_disk.h"
#include "app/threads/parallel.h"
#include "app/verify/directory_source.h"
#include "app/verify/service.h"
#include "core/base/limits.h"
#include "tests/tamper/night.h"
#include "tests/tamper/verdict.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

namespace {

constexpr std::size_t kThreads = 2;
constexpr std::uint64_t kSeed = 2031;

struct Place {
  const std::string* path;
  std::size_t byte;
  unsigned bit;
};

std::string spell(const Place& place) {
  return *place.path + ", byte " + std::to_string(place.byte) + ", bit " + std::to_string(place.bit);
}

// A bundle in which one bit is flipped at a time. `judge` is a whole verification or less than one.
using JudgeBundle = Result<Report> (*)(BundleSource&, const TrustFiles&, const std::string&);

Result<Report> whole(BundleSource& source, const TrustFiles& trust, const std::string&) {
  return verify(source, trust);
}
// The list of files has no list that names it: who signed it is known when everything is folded.
Result<Report> file_alone(BundleSource& source, const TrustFiles& trust, const std::string& path) {
  return path == kManifestPath ? verify(source, trust) : verify_one_file(source, trust, path);
}

// Named: the file that was changed, unless the list of files itself was, or the bundle cannot even be opened.
bool is_reported(const Result<Report>& report, const std::string& path) {
  if (!report) return path == kManifestPath || path == kCheckpointPath;
  if (report->good()) return false;
  return path == kManifestPath || has(*report, CheckId::files, Severity::failure, path + " | ");
}

void flip_each(BundleSource& base, const TrustFiles& trust, const std::vector<Place>& places, JudgeBundle judge) {
  auto began = std::chrono::steady_clock::now();
  const std::vector<std::string> paths = base.list().value();
  std::mutex mutex;
  std::vector<std::string> missed;
  std::atomic<std::size_t> refused{0};
  parallel_for(places.size(), kThreads, 1, [&](std::size_t i, std::size_t) {
    const Place& place = places[i];
    Bytes bytes = base.read(*place.path, limits::kManifestBytes).value();
    bytes[place.byte] = static_cast<char>(bytes[place.byte] ^ (1 << place.bit));
    Overlay spoilt(base, paths);
    spoilt.changed[*place.path] = std::move(bytes);
    Result<Report> report = judge(spoilt, trust, *place.path);
    refused += !report;
    if (is_reported(report, *place.path)) return;
    std::lock_guard lock(mutex);
    missed.push_back(spell(place) + "\n" + tamper::spell(report));
  });
  auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  MESSAGE(places.size() << " bits flipped in " << seconds << " s, seed " << kSeed << ": " << missed.size()
                        << " not reported, " << refused.load() << " refused as a whole");
  for (std::size_t i = 0; i < std::min<std::size_t>(missed.size(), 5); ++i) FAIL_CHECK(missed[i]);
  CHECK(missed.empty());
}

// `n` random places: one file in four is the list, the checkpoint or of the log, so that pages do not crowd them out.
std::vector<Place> random_places(BundleSource& base, const std::vector<std::string>& paths, std::size_t n) {
  std::vector<const std::string*> log, all;
  for (const std::string& path : paths) {
    all.push_back(&path);
    if (path == kManifestPath || path == kCheckpointPath || path.starts_with("tile/") || path.starts_with("blob/") ||
        path.starts_with("claims/"))
      log.push_back(&path);
  }
  std::vector<Place> places;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& from = i % 4 == 0 ? log : all;
    const std::string* path = from[mix(kSeed, 3 * i) % from.size()];
    std::size_t size = base.read(*path, limits::kManifestBytes).value().size();
    if (size == 0) continue;
    places.push_back({path, mix(kSeed, 3 * i + 1) % size, static_cast<unsigned>(mix(kSeed, 3 * i + 2) % 8)});
  }
  return places;
}

}  // namespace

TEST_SUITE("bytes") {
  TEST_CASE("bytes: small bundle, every file") {
    SimulatedElection simulated = simulate(6);
    MemorySource base(bundle_of(simulated));
    TrustFiles trust = trust_of(simulated);
    Result<Report> honest = verify(base, trust);
    REQUIRE_MESSAGE((honest && honest->good()), tamper::spell(honest));
    // The question can be answered with no.
    for (const auto& [path, content] : base.files) CHECK_FALSE(is_reported(honest, path));
    std::vector<Place> places;
    std::size_t bytes = 0;
    for (const auto& [path, content] : base.files) {
      for (std::size_t byte = mix(kSeed, bytes) % stride(); byte < content.size(); byte += stride())
        places.push_back({&path, byte, static_cast<unsigned>(mix(kSeed, bytes + byte) % 8)});
      bytes += content.size();
    }
    MESSAGE("small bundle: " << base.files.size() << " files, " << bytes << " bytes, one in " << stride());
    flip_each(base, trust, places, file_alone);
    // And from beginning to end, so that nothing that comes later takes the finding back.
    std::vector<Place> some;
    for (std::size_t i = 0; i < places.size(); i += 10) some.push_back(places[i]);
    flip_each(base, trust, some, whole);
  }

  // Nothing else covers these lines: each of their bits, so that no second spelling of a signature is taken.
  TEST_CASE("bytes: small bundle, every bit of the lines that sign the list and the checkpoint") {
    SimulatedElection simulated = simulate(5);
    MemorySource base(bundle_of(simulated));
    const std::string lists[] = {kManifestPath, kCheckpointPath};
    std::vector<Place> places;
    for (const std::string& path : lists)
      for (std::size_t byte = base.files[path].rfind("\n\n"); byte < base.files[path].size(); ++byte)
        for (unsigned bit = 0; bit<8; bit += stride()> 10 ? 4 : 1) places.push_back({&path, byte, bit});
    flip_each(base, trust_of(simulated), places, whole);
  }

  TEST_CASE("bytes: 500 units, random places") {
    SimulatedElection simulated = simulate(500);
    MemorySource base(bundle_of(simulated));
    TrustFiles trust = trust_of(simulated);
    std::vector<std::string> paths = base.list().value();
    std::vector<Place> places = random_places(base, paths, 2'000 / stride());
    flip_each(base, trust, places, file_alone);
    places.resize(std::min<std::size_t>(places.size(), 40 / stride()));
    flip_each(base, trust, places, whole);
  }

  TEST_CASE("bytes: national bundle, random places") {
    if (!full_run()) {
      MESSAGE("left out: runs with SCRUTINEER_FULL=1");
      return;
    }
    TemporaryDirectory directory;
    SimulatedElection simulated = simulate(18'600);
    PosixDisk disk;
    make_bundle(disk, directory.path, simulated);
    DirectorySource base(disk, directory.path + "/bundle");
    TrustFiles trust = trust_of(simulated);
    auto honest = verify_bundle(base, trust, kThreads);
    CHECK_MESSAGE((honest && honest->good()), tamper::spell(honest));
    std::vector<std::string> paths = base.list().value();
    flip_each(base, trust, random_places(base, paths, 200), file_alone);
  }
}
