#include "app/witness/service.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "app/disk/sim_disk.h"
#include "app/witness/logs_for_test.h"
#include "app/witness/routes.h"

namespace scrutineer {
namespace {

using namespace testing;

struct Fixture {
  SimDisk disk;
  StoppedClock clock;
  TestLog log{"log.example/a"};
  TestLog other{"log.example/b"};

  Result<std::unique_ptr<WitnessService>> open(const char* key = "w") {
    return WitnessService::open(disk, "w", {log.vkey(), other.vkey()}, witness_key(key), clock);
  }
};

int status_of(WitnessService& witness, const AddCheckpoint& request) {
  auto decision = witness.add_checkpoint(to_bytes(request));
  return decision ? static_cast<int>(decision->status) : 500;
}

http::Answer get(WitnessService& witness, const std::string& path, const std::string& method = "GET") {
  http::Request request;
  request.method = method;
  request.path = path;
  return answer(witness, request);
}

}  // namespace

TEST_CASE("a witness cosigns what follows, and remembers it over a restart") {
  Fixture f;
  auto witness = f.open().value();
  auto decision = witness->add_checkpoint(to_bytes(f.log.request(0, 5))).value();
  CHECK(decision.status == WitnessStatus::cosigned);
  auto cosignature = read_cosignature(decision.body, to_text(f.log.at(5)), witness->key()).value();
  CHECK(cosignature.time == f.clock.now());
  CHECK(f.open().error().code == ErrorCode::busy);

  witness.reset();
  witness = f.open().value();
  CHECK(status_of(*witness, f.log.request(0, 7)) == 409);
  CHECK(witness->add_checkpoint(to_bytes(f.log.request(0, 7))).value().body == "5\n");
  CHECK(status_of(*witness, f.log.request(5, 7)) == 200);
  CHECK(status_of(*witness, f.log.request(7, 7)) == 200);
  CHECK(status_of(*witness, f.other.request(0, 3)) == 200);  // each log for itself
  CHECK(status_of(*witness, TestLog("log.example/c").request(0, 3)) == 404);
  CHECK(witness->add_checkpoint("nonsense").value().status == WitnessStatus::malformed);
  auto logs = witness->logs();
  REQUIRE(logs.size() == 2);
  for (const WitnessedLog& log : logs) CHECK(log.last == (log.origin == f.log.origin() ? f.log.at(7) : f.other.at(3)));
}

TEST_CASE("two servers with the same log: the second branch is refused, and kept as evidence") {
  Fixture f;
  TestLog second("log.example/a", /*fork_at=*/3);
  auto witness = f.open().value();
  CHECK(status_of(*witness, f.log.request(0, 5)) == 200);
  CHECK(status_of(*witness, second.request(5, 5)) == 422);
  CHECK(status_of(*witness, second.request(5, 9)) == 422);
  CHECK(status_of(*witness, second.request(0, 9)) == 409);
  CHECK(status_of(*witness, f.log.request(5, 9)) == 200);
  std::string directory = "w/" + origin_hash(f.log.origin());
  auto forks = f.disk.list(directory + "/forks").value();
  REQUIRE(forks.size() == 1);
  CHECK(verify_checkpoint(read_file(f.disk, directory + "/forks/" + forks[0], 1000).value(), f.log.vkey())
            .value()
            .checkpoint == second.at(5));
  CHECK(verify_checkpoint(read_file(f.disk, directory + "/refused", 1000).value(), f.log.vkey()).value().checkpoint ==
        second.at(9));
  CHECK(status_of(*witness, second.request(9, 9)) == 422);
  CHECK(status_of(*witness, second.request(9, 9)) == 422);
  CHECK(f.disk.list(directory + "/forks").value().size() == 2);
  witness.reset();
  witness = f.open().value();
  CHECK(witness->logs()[witness->logs()[0].origin == f.log.origin() ? 0 : 1].forks == 2);
}

TEST_CASE("power fails at any point: what was answered is remembered") {
  for (std::uint64_t at = 1;; ++at) {
    Fixture f;
    std::uint64_t answered = 0;
    f.disk.inject(at, DiskFault::lost_sync);
    if (auto witness = f.open()) {
      for (std::uint64_t size : {2, 4, 9}) {
        auto decision = (*witness)->add_checkpoint(to_bytes(f.log.request(answered, size)));
        if (!decision) break;
        REQUIRE(decision->status == WitnessStatus::cosigned);
        answered = size;
      }
      if (answered < 9) CHECK(status_of(**witness, f.log.request(answered, 9)) == 500);  // it does not go on
    }
    bool over = answered == 9 && !f.disk.injected();
    f.disk.crash();
    f.disk.inject(0, DiskFault::error);
    CAPTURE(at);
    auto witness = f.open().value();
    std::uint64_t remembered = 0;
    for (const WitnessedLog& log : witness->logs())
      if (log.origin == f.log.origin() && log.last) remembered = log.last->size;
    CHECK(remembered >= answered);  // more is possible: it was durable, and nobody was told
    CHECK(status_of(*witness, f.log.request(remembered, 9)) == 200);
    if (over) break;
  }
}

TEST_CASE("many ask at once: one history comes out") {
  Fixture f;
  TestLog second("log.example/a", 3);
  auto witness = f.open().value();
  REQUIRE(status_of(*witness, f.log.request(0, 3)) == 200);
  std::vector<std::thread> threads;
  std::atomic<int> of_log{0}, of_second{0};
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      TestLog& mine = i % 2 == 0 ? f.log : second;
      for (std::uint64_t size = 4; size < 40; ++size)
        for (std::uint64_t old = 3; old < size; ++old)
          if (status_of(*witness, mine.request(old, size)) == 200) ++(i % 2 == 0 ? of_log : of_second);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK((of_log == 0) != (of_second == 0));
}

TEST_CASE("what a witness remembers is damaged, or another's: it does not begin anew") {
  Fixture f;
  CHECK(status_of(*f.open().value(), f.log.request(0, 5)) == 200);
  CHECK(f.open("another").error().code == ErrorCode::conflict);
  std::string path = "w/" + origin_hash(f.log.origin()) + "/checkpoint";
  std::uint64_t size = f.disk.file_size(path);
  for (std::uint64_t byte = 0; byte < size; byte += 7) {
    CAPTURE(byte);
    f.disk.flip(path, byte, 1);
    auto opened = f.open();
    if (opened) {  // a byte of the log's own signature: the witness's still vouches for the text
      for (const WitnessedLog& log : (*opened)->logs())
        if (log.origin == f.log.origin()) CHECK(log.last == f.log.at(5));
    }
    opened = fail(ErrorCode::not_found, "");
    f.disk.flip(path, byte, 1);
  }
  NamedKey ordinary = named_key("w", PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("w").view())}).value();
  CHECK(WitnessService::open(f.disk, "w2", {f.log.vkey()}, ordinary, f.clock).error().code ==
        ErrorCode::invalid_argument);
}

TEST_CASE("a clock that is not set: nothing is cosigned") {
  Fixture f;
  auto witness = f.open().value();
  f.clock.seconds = 0;
  CHECK(status_of(*witness, f.log.request(0, 5)) == 500);
  f.clock.seconds = 1'700'000'000;
  CHECK(status_of(*witness, f.log.request(0, 5)) == 200);
}

TEST_CASE("a witness over HTTP: what is answered under which address") {
  Fixture f;
  auto witness = f.open().value();
  const std::string mine = "/" + origin_hash(f.log.origin()) + "/checkpoint";
  CHECK(get(*witness, mine).status == 404);
  http::Request post;
  post.method = "POST";
  post.path = "/add-checkpoint";
  post.body = to_bytes(f.log.request(0, 5));
  CHECK(answer(*witness, post).status == 200);
  post.body = to_bytes(f.log.request(0, 7));
  http::Answer conflict = answer(*witness, post);
  CHECK(conflict.status == 409);
  CHECK(conflict.type == "text/x.tlog.size");
  CHECK(conflict.body == "5\n");

  http::Answer note = get(*witness, mine);
  REQUIRE(note.status == 200);
  auto seen = verify_checkpoint(note.body, f.log.vkey()).value();
  REQUIRE(seen.note.signatures.size() == 2);
  CHECK(verify_cosignature(seen.note.text, seen.note.signatures[1], witness->key()));

  http::Answer page = get(*witness, "/");
  CHECK(page.status == 200);
  for (const char* part : {"증인 w.example", "Witness w.example", "log.example/a", "log.example/b", "아직 없음",
                           "nothing yet", "2023-11-14T22:13:20Z", "lang=ko", "lang=en"})
    CHECK_MESSAGE(page.body.find(part) != std::string::npos, part);
  CHECK(get(*witness, "/style.css").type == "text/css; charset=utf-8");

  CHECK(get(*witness, "/add-checkpoint").status == 405);
  CHECK(get(*witness, "/", "POST").status == 405);
  CHECK(get(*witness, "/", "DELETE").status == 405);
  for (const char* path : {"/checkpoint", "//checkpoint", "/x/checkpoint", "/w", "/lock", "/../checkpoint"})
    CHECK_MESSAGE(get(*witness, path).status == 404, path);
  CHECK(witness_body_limit("POST", "/add-checkpoint") == kWitnessRequestBytes);
  CHECK(witness_body_limit("POST", "/") == 0);
  CHECK(witness_body_limit("GET", "/add-checkpoint") == 0);
}

}  // namespace scrutineer
