// A whole store: tiles, proofs, export, check; bits flipped at rest; old copies.
#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "app/log/check.h"
#include "app/log/export.h"
#include "app/log/log.h"
#include "core/merkle/anchor_for_test.h"

namespace scrutineer {
namespace {

LogOptions small_options() {
  LogOptions options;
  options.background = false;
  options.commit_interval = std::chrono::microseconds(0);
  options.id_rows = 64;
  options.mark_entries = 50;
  return options;
}

// The log of anchor entries [0, size), settled and closed.
void make_log(SimDisk& disk, std::uint64_t size, std::uint64_t from = 0) {
  auto key = anchor::signer();
  auto log = from == 0 ? Log::create(disk, "log", anchor::kOrigin, *key, small_options())
                       : Log::open(disk, "log", *key, small_options());
  REQUIRE(log);
  for (std::uint64_t i = from; i < size; ++i) REQUIRE((*log)->submit(anchor::entry(i), std::nullopt));
  REQUIRE((*log)->settle());
  REQUIRE((*log)->publish(to_bytes((*log)->checkpoint().note)));
}

}  // namespace

TEST_CASE("70,000 entries: the known root, proofs, tiles, bundles, the export and the check") {
  SimDisk disk;
  LogOptions options;  // with its threads, and batches
  auto key = anchor::signer();
  constexpr std::uint64_t kSize = 70'000;
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, options).value();
  for (std::uint64_t i = 0; i < kSize; ++i) {
    Bytes entry = anchor::entry(i);
    while (!log->submit(entry, std::nullopt)) REQUIRE(log->settle());
  }
  REQUIRE(log->settle());
  const LogReader& reader = log->reader();
  NodeHash root = reader.root(kSize).value();
  CHECK(to_base64(root.view()) == anchor::kRoot70000);
  CHECK(to_base64(reader.root(7).value().view()) == anchor::kRoot7);

  for (std::uint64_t index : {std::uint64_t{0}, std::uint64_t{65'535}, std::uint64_t{65'536}, kSize - 1})
    for (std::uint64_t size : {kSize, std::uint64_t{69'999}, std::uint64_t{65'537}, std::uint64_t{5}}) {
      auto proof = reader.inclusion_proof(index, size);
      REQUIRE(proof.has_value() == (index < size));
      if (proof)
        CHECK(verify_inclusion(leaf_hash(anchor::entry(index)), index, size, *proof, reader.root(size).value()));
    }
  for (std::uint64_t a : {0, 1, 7, 255, 256, 65'536, 69'999, 70'000}) {
    MerkleProof proof = reader.consistency_proof(a, kSize).value();
    CHECK(verify_consistency(a, kSize, reader.root(a).value(), root, proof));
  }
  CHECK(reader.tile({0, 273, 112}).value().size() == 112 * 32);
  CHECK(reader.tile({0, 273, 111}).value() == reader.tile({0, 273, 112}).value().substr(0, 111 * 32));
  CHECK(reader.tile({0, 273, 113}).error().code == ErrorCode::not_found);
  CHECK(reader.tile({1, 1, 17}));
  CHECK(reader.tile({2, 0, 1}));
  CHECK(reader.tile({3, 0, 1}).error().code == ErrorCode::not_found);
  CHECK(parse_bundle(reader.bundle({273, 112}).value(), 112));
  CHECK(reader.bundle({273, 113}).error().code == ErrorCode::not_found);

  std::uint64_t seen = 0;
  CHECK(reader.entries(0, kSize, [&](std::uint64_t index, BytesView entry) -> Status {
    CHECK(index == seen++);
    if (index % 997 == 0) CHECK(entry == anchor::entry(index));
    return {};
  }));
  CHECK(seen == kSize);

  SimDisk out;
  CHECK(export_directory(reader, out, "public/tree"));
  CHECK(out.files().size() == 1 + 274 + 2 + 1 + 274);
  CHECK(read_file(out, "public/tree/tile/1/001.p/17", 10'000).value() == reader.tile({1, 1, 17}).value());
  CHECK(read_file(out, "public/tree/tile/entries/273.p/112", 1 << 20).value() == reader.bundle({273, 112}).value());
  CHECK(read_file(out, "public/tree/checkpoint", 1000).value() == to_bytes(log->checkpoint().note));

  LogCheck check = check_log(disk, "log").value();
  CHECK(check.size == kSize);
  CHECK(check.good());
}

TEST_CASE("every byte of a tiny store flipped: nothing wrong is ever read in silence") {
  constexpr std::uint64_t kSize = 6;
  auto entry = [](std::uint64_t i) { return anchor::entry(i + 7).substr(0, 40); };
  SimDisk disk;
  auto key = anchor::signer();
  {
    auto log = Log::create(disk, "log", anchor::kOrigin, *key, small_options()).value();
    for (std::uint64_t i = 0; i < kSize; ++i) REQUIRE(log->append(entry(i)));
    REQUIRE(log->publish(to_bytes(log->checkpoint().note)));
  }
  CHECK(check_log(disk, "log").value().good());
  NodeHash root = LogReader::open(disk, "log").value()->root(kSize).value();
  auto good = disk.image();

  auto read_all = [&](const LogReader& reader) {
    CHECK(reader.size() <= kSize);  // an older checkpoint is old, not wrong
    for (std::uint64_t i = 0; i < reader.size(); ++i) {
      auto bytes = reader.entry(i);
      CHECK((bytes ? *bytes == entry(i) : bytes.error().code == ErrorCode::corrupt));
      auto proof = reader.inclusion_proof(i, reader.size());
      NodeHash now = reader.checkpoint().checkpoint.root;
      if (proof) CHECK(verify_inclusion(leaf_hash(entry(i)), i, reader.size(), *proof, now));
      auto found = reader.find(leaf_hash(entry(i)));
      CHECK((found ? *found == std::vector<std::uint64_t>{i} : found.error().code == ErrorCode::corrupt));
    }
    for (std::uint64_t size = 1; size < reader.size(); ++size) (void)reader.root(size);
    auto tile = reader.tile({0, 0, static_cast<unsigned>(reader.size())});
    if (tile) CHECK(tile->substr(0, 32) == leaf_hash(entry(0)).view());
    if (auto published = reader.first_published_covering(0); published && *published)
      CHECK(verify_checkpoint(**published, reader.key()));
  };

  for (const std::string& path : disk.files()) {
    disk.restore(good);
    std::uint64_t length = disk.file_size(path);
    // Of the zeros at the end of slots and pages every 61st byte will do.
    for (std::uint64_t byte = 0; byte<length; byte += byte % 4096> 400 ? 61 : 1) {
      disk.restore(good);
      disk.flip(path, byte, static_cast<unsigned char>(1u << byte % 8));
      if (auto reader = LogReader::open(disk, "log")) read_all(**reader);
      auto log = Log::open(disk, "log", *key, small_options());
      if (!log) {
        CHECK(!log.error().message.empty());
        continue;
      }
      // It opened: then it recovered, and nothing acknowledged is missing.
      CHECK_MESSAGE((*log)->reader().size() == kSize, path);
      CHECK((*log)->checkpoint().checkpoint.root == root);
      read_all((*log)->reader());
    }
  }
}

TEST_CASE("check lists every kind of damage") {
  SimDisk disk;
  make_log(disk, 300);
  CHECK(check_log(disk, "log").value().good());
  auto good = disk.image();
  struct Row {
    const char* file;
    std::uint64_t byte;
    const char* problem;
  };
  const Row rows[] = {{"log/entries", 500, "entries:"},
                      {"log/index", 80, "index: entry 10"},
                      {"log/hash.0", 3200, "hash.0: hash 100"},
                      {"log/hash.1", 5, "hash.1: hash 0"},
                      {"log/published", 60, "published"}};
  for (const Row& row : rows) {
    disk.restore(good);
    disk.flip(row.file, row.byte, 4);
    LogCheck check = check_log(disk, "log").value();
    REQUIRE_MESSAGE(!check.good(), row.file);
    bool listed = false;
    for (const std::string& problem : check.problems) listed = listed || problem.find(row.problem) != std::string::npos;
    CHECK_MESSAGE(listed, check.problems[0]);
  }
}

TEST_CASE("a restored old copy refuses to sign") {
  SimDisk store;
  SimDisk second;
  auto key = anchor::signer();
  LogOptions options = small_options();
  options.second_disk = &second;
  options.second_copy = "seen";
  auto log = Log::create(store, "log", anchor::kOrigin, *key, options).value();
  CHECK(log->append("one"));
  auto backup = store.image();
  CHECK(log->append("two"));
  Bytes witnessed = to_bytes(log->checkpoint().note);
  log.reset();

  store.restore(backup);
  auto opened = Log::open(store, "log", *key, options);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::stale);

  SUBCASE("without the second copy it is refused too, unless somebody says otherwise") {
    CHECK(second.remove("seen"));
    CHECK(Log::open(store, "log", *key, options).error().code == ErrorCode::stale);
    options.accept_missing_second_copy = true;
    CHECK(Log::open(store, "log", *key, options));
  }
  SUBCASE("the witness knows as well") {
    CHECK(second.remove("seen"));
    options.accept_missing_second_copy = true;
    options.witness_checkpoint = witnessed;
    CHECK(Log::open(store, "log", *key, options).error().code == ErrorCode::stale);
  }
  SUBCASE("another root at the same size is a fork") {
    CHECK(second.remove("seen"));
    options.accept_missing_second_copy = true;
    auto fork = Log::open(store, "log", *key, options).value();
    CHECK(fork->append("other two"));
    fork.reset();
    options.witness_checkpoint = witnessed;
    CHECK(Log::open(store, "log", *key, options).error().code == ErrorCode::conflict);
  }
  SUBCASE("a new log where a larger one was") {
    SimDisk fresh;
    CHECK(Log::create(fresh, "log", anchor::kOrigin, *key, options).error().code == ErrorCode::conflict);
  }
}

TEST_CASE("lost columns and a lost index are made again from the entries") {
  SimDisk disk;
  make_log(disk, 300);
  auto key = anchor::signer();
  for (const char* lost : {"log/index", "log/hash.0", "log/hash.1", "log/mark", "log/ids/list", "log/checkpoint"}) {
    CHECK(disk.remove(lost));
    auto log = Log::open(disk, "log", *key, small_options());
    REQUIRE_MESSAGE(log, lost);
    CHECK((*log)->reader().size() == 300);
    log->reset();
    CHECK_MESSAGE(check_log(disk, "log").value().good(), lost);
  }
  make_log(disk, 400, 300);
  CHECK(check_log(disk, "log").value().size == 400);
}

}  // namespace scrutineer
