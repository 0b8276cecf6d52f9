#include "app/log/log.h"

#include <doctest/doctest.h>

#include "app/disk/sim_disk.h"
#include "core/merkle/anchor_for_test.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

// A record's note: any text will do for the log.
struct Note {
  Bytes bytes;
  RecordId id;
};
Note note_by(const std::string& text, std::initializer_list<const char*> signers) {
  Note out{"scrutineer/test/1\n" + text + "\n", {}};
  out.id = record_id(out.bytes);
  SignedNote note{out.bytes, {}};
  for (const char* name : signers) {
    auto key = make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256(name).view())}).value();
    note.signatures.push_back(sign_note(note.text, name, *key).value());
  }
  out.bytes = to_bytes(note);
  return out;
}

LogOptions inline_options() {
  LogOptions options;
  options.background = false;
  options.commit_interval = std::chrono::microseconds(0);
  return options;
}

}  // namespace

TEST_CASE("the anchor log: seven entries give the known root and signature") {
  SimDisk disk;
  auto key = anchor::signer();
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, inline_options()).value();
  CHECK(log->checkpoint().checkpoint.root == empty_root());
  for (std::uint64_t i = 0; i < 7; ++i) {
    Appended appended = log->append(anchor::entry(i)).value();
    CHECK(appended.index == i);
    CHECK_FALSE(appended.already_there);
    CHECK(appended.covered_by == i + 1);
  }
  CHECK(to_base64(log->checkpoint().checkpoint.root.view()) == anchor::kRoot7);
  CHECK(to_bytes(log->checkpoint().note).find(anchor::kSignature7) != std::string::npos);
  for (std::uint64_t i = 0; i < 7; ++i) CHECK(log->reader().entry(i).value() == anchor::entry(i));

  SUBCASE("and again after it was opened again") {
    log.reset();
    log = Log::open(disk, "log", *key, inline_options()).value();
    CHECK(to_base64(log->checkpoint().checkpoint.root.view()) == anchor::kRoot7);
    CHECK(log->append(anchor::entry(7)).value().index == 7);
  }
  SUBCASE("and in another process, which follows") {
    auto reader = LogReader::open(disk, "log").value();
    CHECK(reader->size() == 7);
    CHECK(reader->entry(6).value() == anchor::entry(6));
    CHECK(log->append("eighth").value().index == 7);
    CHECK(reader->entry(7).error().code == ErrorCode::invalid_argument);
    CHECK(reader->refresh());
    CHECK(reader->entry(7).value() == "eighth");
    CHECK(reader->find(leaf_hash("eighth")).value() == std::vector<std::uint64_t>{7});
  }
}

TEST_CASE("opaque entries are appended as they are; records are appended once a signer") {
  SimDisk disk;
  auto key = anchor::signer();
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, inline_options()).value();
  CHECK(log->append("same").value().index == 0);
  CHECK(log->append("same").value().index == 1);
  CHECK(log->reader().find(leaf_hash("same")).value() == std::vector<std::uint64_t>{0, 1});

  struct Row {
    std::initializer_list<const char*> signers;
    std::uint64_t index;
    bool already_there;
  };
  const Row rows[] = {{{"a"}, 2, false},           {{"a"}, 2, true}, {{"b"}, 3, false}, {{"a", "b"}, 2, true},
                      {{"a", "b", "c"}, 4, false}, {{"c"}, 2, true}};
  auto check_rows = [&](bool again) {
    for (const Row& row : rows) {
      Note note = note_by("{}", row.signers);
      Appended appended = log->append(note.bytes, note.id).value();
      CHECK(appended.index == (again ? 2 : row.index));
      CHECK(appended.already_there == (again || row.already_there));
    }
  };
  check_rows(false);
  CHECK(log->reader().find(note_by("{}", {"a"}).id).value() == std::vector<std::uint64_t>{2, 3, 4});
  log.reset();
  log = Log::open(disk, "log", *key, inline_options()).value();
  check_rows(true);
  CHECK(log->reader().find(note_by("{}", {"a"}).id).value() == std::vector<std::uint64_t>{2, 3, 4});
  CHECK(log->reader().find(note_by("{1}", {"a"}).id).value().empty());
}

TEST_CASE("the same record twice in one batch") {
  SimDisk disk;
  auto key = anchor::signer();
  auto log = Log::create(disk, "log", anchor::kOrigin, *key).value();
  std::mutex mutex;
  std::vector<Appended> seen;
  Note note = note_by("{}", {"a"});
  for (int i = 0; i < 100; ++i)
    REQUIRE(log->submit(note.bytes, note.id, [&](const Result<Appended>& result) {
      std::lock_guard lock(mutex);
      seen.push_back(result.value());
    }));
  REQUIRE(log->settle());
  std::lock_guard lock(mutex);
  REQUIRE(seen.size() == 100);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    CHECK(seen[i].index == 0);
    CHECK(seen[i].already_there == (i != 0));
    CHECK(seen[i].covered_by == 1);
  }
  CHECK(log->reader().size() == 1);
}

TEST_CASE("what is refused before it is queued") {
  SimDisk disk;
  auto key = anchor::signer();
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, inline_options()).value();
  Note note = note_by("{}", {"a"});
  CHECK(log->append(Bytes(65'536, 'x')).error().code == ErrorCode::limit_exceeded);
  CHECK(log->append(Bytes(65'535, 'x')).value().index == 0);
  CHECK(log->append(note.bytes, note_by("other", {"a"}).id).error().code == ErrorCode::invalid_argument);
  CHECK(log->append("no note", note.id).error().code == ErrorCode::invalid_argument);
  CHECK(log->reader().size() == 1);
}

TEST_CASE("one writer at a time, and the right key") {
  SimDisk disk;
  auto key = anchor::signer();
  LogOptions options = inline_options();
  options.holder = "the first";
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, options).value();
  auto second = Log::open(disk, "log", *key, options);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::busy);
  CHECK(second.error().message.find("the first") != std::string::npos);
  CHECK_FALSE(Log::create(disk, "log", anchor::kOrigin, *key, options));
  log.reset();
  CHECK(Log::create(disk, "log", anchor::kOrigin, *key, options).error().code == ErrorCode::conflict);
  auto other = make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("x").view())}).value();
  CHECK(Log::open(disk, "log", *other, options).error().code == ErrorCode::conflict);
  CHECK(Log::open(disk, "nowhere", *key, options).error().code == ErrorCode::not_found);
  CHECK(Log::open(disk, "log", *key, options));
}

TEST_CASE("published checkpoints: proofs stay frozen against the first that covers them") {
  SimDisk disk;
  auto key = anchor::signer();
  auto log = Log::create(disk, "log", anchor::kOrigin, *key, inline_options()).value();
  Bytes notes[4];
  for (int i = 0; i < 4; ++i) {
    CHECK(log->append(std::to_string(i)));
    notes[i] = to_bytes(log->checkpoint().note);
  }
  CHECK(log->publish(notes[1]));
  CHECK(log->publish(notes[1]));  // again: nothing
  CHECK(log->publish(notes[0]).error().code == ErrorCode::conflict);
  CHECK(log->publish(notes[3]));
  SignedNote fork = sign_checkpoint({anchor::kOrigin, 4, NodeHash{sha256("x")}}, *key).value();
  CHECK(log->publish(to_bytes(fork)).error().code == ErrorCode::conflict);
  SignedNote ahead = sign_checkpoint({anchor::kOrigin, 9, NodeHash{sha256("x")}}, *key).value();
  CHECK(log->publish(to_bytes(ahead)).error().code == ErrorCode::stale);
  CHECK(log->publish("nonsense").error().code == ErrorCode::malformed);
  CHECK(log->append("5"));

  auto check_list = [&](const LogReader& reader) {
    CHECK(reader.published_sizes().value() == std::vector<std::uint64_t>{2, 4});
    CHECK(reader.first_published_covering(0).value() == notes[1]);
    CHECK(reader.first_published_covering(1).value() == notes[1]);
    CHECK(reader.first_published_covering(2).value() == notes[3]);
    CHECK(reader.first_published_covering(3).value() == notes[3]);
    CHECK(reader.first_published_covering(4).value() == std::nullopt);
    CHECK(reader.last_published().value() == notes[3]);
  };
  check_list(log->reader());
  check_list(*LogReader::open(disk, "log").value());
  log.reset();
  log = Log::open(disk, "log", *key, inline_options()).value();
  check_list(log->reader());
}

}  // namespace scrutineer
