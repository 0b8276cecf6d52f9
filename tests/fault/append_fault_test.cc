// A scripted load of appends; every disk operation of it fails in turn, in every way; then the power goes. What must
// hold: nothing acknowledged is lost, no two signed checkpoints ever contradict each other, and the log opens and goes
// on.
#include <doctest/doctest.h>

#include <cstdlib>

#include "app/disk/sim_disk.h"
#include "app/log/check.h"
#include "app/log/log.h"
#include "core/crypto/hash.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

constexpr const char* kOrigin = "fault.example/log";
constexpr int kAppends = 14;

// Tables and marks so small that the short load flushes, merges and marks several times.
LogOptions options() {
  LogOptions out;
  out.background = false;
  out.commit_interval = std::chrono::microseconds(0);
  out.id_rows = 4;
  out.mark_entries = 3;
  return out;
}

std::unique_ptr<Signer> signer(std::string_view seed) {
  return make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256(seed).view())}).value();
}

struct Given {
  Bytes bytes;
  std::optional<RecordId> record;
};

// Records by one or two signers, opaque entries in between, some as long as several disk pages.
std::vector<Given> load_entries() {
  std::vector<Given> out;
  auto a = signer("a");
  auto b = signer("b");
  for (int i = 0; i < kAppends; ++i) {
    if (i % 3 == 2) {
      out.push_back({Bytes(static_cast<std::size_t>(i * 130), static_cast<char>('a' + i)), std::nullopt});
      continue;
    }
    SignedNote note{"scrutineer/test/1\n{\"n\":" + std::to_string(i / 2) + "}\n", {}};
    Signer& key = i % 2 == 0 ? *a : *b;
    note.signatures.push_back(sign_note(note.text, i % 2 == 0 ? "a" : "b", key).value());
    out.push_back({to_bytes(note), record_id(note.text)});
  }
  return out;
}

// Everything that the outside world has been told.
struct Told {
  bool created = false;
  std::map<std::uint64_t, Bytes> acknowledged;  // index -> entry
  std::vector<Checkpoint> checkpoints;
  std::vector<Bytes> published;
};

void remember(Told& told, const Log& log) {
  told.checkpoints.push_back(log.checkpoint().checkpoint);
}

// Runs the load until something fails; true if nothing did.
bool run_load(SimDisk& disk, Signer& key, const std::vector<Given>& entries, Told& told) {
  auto log = Log::create(disk, "log", kOrigin, key, options());
  if (!log) return false;
  told.created = true;
  remember(told, **log);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto appended = (*log)->append(entries[i].bytes, entries[i].record);
    remember(told, **log);  // whatever is served, acknowledged or not, is out in the world
    if (!appended) {
      CHECK_FALSE((*log)->append("after a failure"));  // stopped for good
      return false;
    }
    told.acknowledged[appended->index] = entries[i].bytes;
    CHECK(appended->covered_by > appended->index);
    if (i % 4 == 3) {
      Bytes note = to_bytes((*log)->checkpoint().note);
      if (!(*log)->publish(note)) return false;
      told.published.push_back(note);
    }
  }
  return (*log)->settle().has_value();
}

void check_promises(SimDisk& disk, Signer& key, const Told& told) {
  auto log = told.created ? Log::open(disk, "log", key, options()) : Log::create(disk, "log", kOrigin, key, options());
  // A creation that was not acknowledged may have got to its end, and a store may be there.
  if (!log && !told.created && log.error().code == ErrorCode::conflict) log = Log::open(disk, "log", key, options());
  REQUIRE_MESSAGE(log, to_string(log.error()));
  const LogReader& reader = (*log)->reader();
  for (const auto& [index, bytes] : told.acknowledged) CHECK(reader.entry(index).value() == bytes);
  for (const Checkpoint& checkpoint : told.checkpoints) {
    REQUIRE(checkpoint.size <= reader.size());
    CHECK(reader.root(checkpoint.size).value() == checkpoint.root);
  }
  std::vector<std::uint64_t> sizes = reader.published_sizes().value();
  for (const Bytes& note : told.published) {
    std::uint64_t size = parse_checkpoint(note).value().checkpoint.size;
    CHECK(std::find(sizes.begin(), sizes.end(), size) != sizes.end());
    CHECK(reader.first_published_covering(size - 1).value() == note);
  }
  std::uint64_t before = reader.size();
  CHECK((*log)->append("it goes on").value().index == before);
  CHECK((*log)->settle());
  log->reset();
  LogCheck check = check_log(disk, "log").value();
  CHECK_MESSAGE(check.good(), (check.good() ? "" : check.problems[0]));
}

std::uint64_t operations_of_load(Signer& key, const std::vector<Given>& entries) {
  SimDisk disk;
  Told told;
  REQUIRE(run_load(disk, key, entries, told));
  CHECK(told.acknowledged.size() == kAppends);
  return disk.operations();
}

}  // namespace

TEST_CASE("every operation fails in every way, and then the power goes") {
  auto key = signer("log");
  std::vector<Given> entries = load_entries();
  std::uint64_t operations = operations_of_load(*key, entries);
  CHECK(operations > 200);
  for (DiskFault fault : {DiskFault::error, DiskFault::short_write, DiskFault::full, DiskFault::lost_sync})
    for (std::uint64_t n = 1; n <= operations; ++n)
      for (unsigned keep : {0u, 128u, 256u}) {
        CAPTURE(n);
        CAPTURE(static_cast<int>(fault));
        CAPTURE(keep);
        SimDisk disk(n * 3 + keep);
        disk.inject(n, fault);
        Told told;
        run_load(disk, *key, entries, told);
        disk.crash(keep);
        check_promises(disk, *key, told);
      }
}

TEST_CASE("recovery itself is interrupted at every operation, and then the power goes again") {
  auto key = signer("log");
  std::vector<Given> entries = load_entries();
  std::uint64_t operations = operations_of_load(*key, entries);
  for (std::uint64_t n = operations / 2; n <= operations; n += 7) {
    SimDisk first(n);
    first.inject(n, DiskFault::lost_sync);
    Told told;
    run_load(first, *key, entries, told);
    first.crash(100);
    auto crashed = first.image();
    for (std::uint64_t again = 1;; ++again) {
      CAPTURE(n);
      CAPTURE(again);
      SimDisk disk(again);
      disk.restore(crashed);
      disk.inject(again, DiskFault::short_write);
      auto log = Log::open(disk, "log", *key, options());
      if (log) remember(told, **log);
      log = fail(ErrorCode::busy, "closed");
      bool interrupted = disk.injected();
      disk.crash(100);
      check_promises(disk, *key, told);
      if (!interrupted) break;
    }
  }
}

}  // namespace scrutineer
