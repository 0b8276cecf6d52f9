// The log's side, against witnesses that answer, dawdle, keep silent, lie or have seen something else: over real
// connections.
#include "app/witness/ask.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "app/disk/sim_disk.h"
#include "app/http/server.h"
#include "app/witness/logs_for_test.h"
#include "app/witness/routes.h"

namespace scrutineer {
namespace {

using namespace testing;
using std::chrono::milliseconds;
using Clock_ = std::chrono::steady_clock;

constexpr milliseconds kSoon{10'000};  // far more than is ever needed on a busy machine

std::unique_ptr<http::Server> serve(http::Handler handler) {
  http::ServerOptions options;
  options.port = 0;
  options.threads = 8;
  options.body_limit = witness_body_limit;
  return http::Server::start(options, std::move(handler)).value();
}

std::string url_of(const http::Server& server) {
  return "http://127.0.0.1:" + std::to_string(server.port());
}

// A good witness on a server of its own.
struct Witness {
  explicit Witness(const std::string& word, const TestLog& log, milliseconds delay = {})
      : service(WitnessService::open(disk, "w", {log.vkey()}, witness_key(word), clock).value()),
        server(serve([this, delay](const http::Request& request) {
          std::this_thread::sleep_for(delay);
          ++requests;
          return answer(*service, request);
        })) {}
  WitnessAddress address() const { return {service->key(), url_of(*server)}; }
  SimDisk disk;
  StoppedClock clock;
  std::atomic<int> requests{0};
  std::unique_ptr<WitnessService> service;
  std::unique_ptr<http::Server> server;
};

// Whatever is asked, this is the answer.
struct Liar {
  Liar(const std::string& word, http::Handler handler)
      : key(witness_key(word).vkey), server(serve(std::move(handler))) {}
  WitnessAddress address() const { return {key, url_of(*server)}; }
  VerifierKey key;
  std::unique_ptr<http::Server> server;
};

AskOptions quick() {
  AskOptions options;
  options.connect = milliseconds(1'000);
  options.whole = milliseconds(1'500);
  options.pause = milliseconds(50);
  return options;
}

ProofSource proofs_of(TestLog& log) {
  return [&log](std::uint64_t from, std::uint64_t to) -> Result<MerkleProof> { return log.proof(from, to); };
}

// Waits until somebody has said what is wrong.
WitnessStanding trouble_of(const WitnessPool& pool, std::size_t index) {
  for (int i = 0; i < 1'000; ++i) {
    WitnessStanding standing = pool.standings()[index];
    if (standing.trouble != WitnessTrouble::none) return standing;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return pool.standings()[index];
}

}  // namespace

TEST_CASE("a log asks its witnesses, and every cosignature on the note is good") {
  TestLog log("log.example/a");
  Witness one("one", log), two("two", log), three("three", log);
  auto pool = WitnessPool::start({one.address(), two.address(), three.address()}, proofs_of(log), quick()).value();
  CHECK_FALSE(pool->collected(5));
  CHECK_FALSE(pool->best());
  for (std::uint64_t size : {5, 9, 40}) {
    CAPTURE(size);
    pool->offer(log.signed_at(size));
    CHECK(pool->wait(size, 3, kSoon) == 3);
    Cosigned got = pool->collected(size).value();
    CHECK(got.cosigned == 3);
    CHECK(got.known == 3);
    std::string policy = "log " + to_string(log.vkey()) + "\n";
    for (const Witness* witness : {&one, &two, &three})
      policy += "witness " + witness->service->key().name + " " + to_string(witness->service->key()) + "\n";
    policy += "group all all one.example two.example three.example\nquorum all\n";
    auto note = parse_checkpoint(to_bytes(got.checkpoint.note)).value();
    CHECK(note.note.signatures.size() == 4);
    CHECK(evaluate(parse_policy(policy).value(), note).value().quorum_met);
  }
  pool->offer(log.signed_at(9));  // older: nobody is asked
  CHECK(pool->best()->checkpoint.checkpoint.size == 40);
  CHECK(one.requests == 3);  // with what it saw last remembered, one request a checkpoint
}

TEST_CASE("a log that starts again learns from each witness what it saw last") {
  TestLog log("log.example/a");
  Witness one("one", log), two("two", log);
  REQUIRE(one.service->add_checkpoint(to_bytes(log.request(0, 17)))->status == WitnessStatus::cosigned);
  auto pool = WitnessPool::start({one.address(), two.address()}, proofs_of(log), quick()).value();
  pool->offer(log.signed_at(30));
  CHECK(pool->wait(30, 2, kSoon) == 2);
  CHECK(one.requests == 2);  // 409, then the right proof
  CHECK(two.requests == 1);
}

TEST_CASE("slow, silent and absent witnesses delay nobody") {
  TestLog log("log.example/a");
  Witness good("good", log), slow("slow", log, milliseconds(700));
  Liar silent("silent", [](const http::Request&) {
    std::this_thread::sleep_for(milliseconds(2'500));
    return http::Answer{};
  });
  WitnessAddress absent{witness_key("absent").vkey, "http://127.0.0.1:1"};
  auto pool =
      WitnessPool::start({silent.address(), absent, slow.address(), good.address()}, proofs_of(log), quick()).value();
  auto start = Clock_::now();
  pool->offer(log.signed_at(5));
  CHECK(Clock_::now() - start < milliseconds(100));  // the caller goes on at once
  CHECK(pool->wait(5, 1, kSoon) == 1);
  CHECK(pool->standings()[3].size == 5);  // the good one first
  CHECK(pool->wait(5, 2, kSoon) == 2);
  CHECK(pool->standings()[2].size == 5);
  CHECK(trouble_of(*pool, 0).trouble == WitnessTrouble::unreachable);
  CHECK(trouble_of(*pool, 1).trouble == WitnessTrouble::unreachable);
  CHECK(pool->collected(5)->cosigned == 2);
  CHECK(pool->collected(5)->known == 4);
  start = Clock_::now();
  pool.reset();
  CHECK(Clock_::now() - start < milliseconds(3'000));  // one request's deadline
}

TEST_CASE("a witness that comes back is asked again") {
  TestLog log("log.example/a");
  Witness good("good", log);
  std::atomic<bool> up{false};
  Liar moody("good", [&](const http::Request& request) {
    return up ? answer(*good.service, request) : http::problem(503, "busy", "Busy", "later");
  });
  auto pool = WitnessPool::start({moody.address()}, proofs_of(log), quick()).value();
  pool->offer(log.signed_at(5));
  CHECK(trouble_of(*pool, 0).trouble == WitnessTrouble::refused);
  up = true;
  CHECK(pool->wait(5, 1, kSoon) == 1);
  CHECK(pool->standings()[0].trouble == WitnessTrouble::none);
}

TEST_CASE("what liars say is not used, and told") {
  TestLog log("log.example/a");
  auto say = [](int status, std::string body) {
    return [status, body](const http::Request&) {
      http::Answer out;
      out.status = status;
      out.type = "text/plain; charset=utf-8";
      out.body = body;
      return out;
    };
  };
  auto cosigned_by = [&](const std::string& key, const std::string& name, std::uint64_t size) {
    Bytes out;
    append_signature_line(out, cosign(to_text(log.at(size)), name, UnixSeconds{1'700'000'000},
                                      *make_signer(witness_key(key).secret).value())
                                   .value());
    return out;
  };
  NoteSignature bad =
      cosign(to_text(log.at(5)), "w.example", UnixSeconds{1'700'000'000}, *make_signer(witness_key("w").secret).value())
          .value();
  bad.signature[30] ^= 1;
  Bytes bad_line;
  append_signature_line(bad_line, bad);
  struct {
    const char* what;
    http::Handler handler;
    WitnessTrouble trouble;
  } rows[] = {
      {"a signature that does not verify", say(200, bad_line), WitnessTrouble::bad_answer},
      {"over another checkpoint", say(200, cosigned_by("w", "w.example", 4)), WitnessTrouble::bad_answer},
      {"by somebody else", say(200, cosigned_by("x", "x.example", 5)), WitnessTrouble::bad_answer},
      {"by another key under its name", say(200, cosigned_by("x", "w.example", 5)), WitnessTrouble::bad_answer},
      {"nothing", say(200, ""), WitnessTrouble::bad_answer},
      {"a page", say(200, "<html>"), WitnessTrouble::bad_answer},
      {"far too much", say(200, std::string(1u << 20, 'x')), WitnessTrouble::unreachable},
      {"that it has seen more", say(409, "6\n"), WitnessTrouble::other_history},
      {"another size, again and again", say(409, "3\n"), WitnessTrouble::refused},
      {"no size", say(409, "many\n"), WitnessTrouble::refused},
      {"that it does not follow", say(422, "no\n"), WitnessTrouble::other_history},
      {"who are you", say(404, "no\n"), WitnessTrouble::refused},
      {"not your key", say(403, "no\n"), WitnessTrouble::refused},
      {"go elsewhere", say(302, ""), WitnessTrouble::refused},
      {"out of order", say(500, ""), WitnessTrouble::refused},
  };
  Witness good("good", log);
  for (auto& row : rows) {
    CAPTURE(row.what);
    Liar liar("w", row.handler);
    auto pool = WitnessPool::start({liar.address(), good.address()}, proofs_of(log), quick()).value();
    pool->offer(log.signed_at(5));
    WitnessStanding standing = trouble_of(*pool, 0);
    CHECK(standing.trouble == row.trouble);
    CHECK_FALSE(standing.words.empty());
    CHECK_FALSE(standing.size);
    CHECK(pool->wait(5, 1, kSoon) == 1);
    CHECK(pool->collected(5)->checkpoint.note.signatures.size() == 2);
  }
}

TEST_CASE("two servers with the same log: the witness tells the second one") {
  TestLog first("log.example/a"), second("log.example/a", 3);
  Witness witness("w", first);
  auto pool = WitnessPool::start({witness.address()}, proofs_of(first), quick()).value();
  pool->offer(first.signed_at(5));
  REQUIRE(pool->wait(5, 1, kSoon) == 1);
  for (std::uint64_t size : {4, 5, 9}) {  // an old copy, the same size, ahead
    CAPTURE(size);
    auto other = WitnessPool::start({witness.address()}, proofs_of(second), quick()).value();
    other->offer(second.signed_at(size));
    CHECK(trouble_of(*other, 0).trouble == WitnessTrouble::other_history);
    CHECK(other->collected(size)->cosigned == 0);
  }
  pool->offer(first.signed_at(9));
  CHECK(pool->wait(9, 1, kSoon) == 1);
}

TEST_CASE("what a witness has seen last can be asked for") {
  TestLog log("log.example/a"), other("log.example/b");
  Witness witness("w", log);
  CHECK_FALSE(ask_last_seen(witness.address(), log.vkey(), quick()).value());
  REQUIRE(witness.service->add_checkpoint(to_bytes(log.request(0, 17)))->status == WitnessStatus::cosigned);
  CHECK(ask_last_seen(witness.address(), log.vkey(), quick()).value()->checkpoint == log.at(17));
  CHECK_FALSE(ask_last_seen(witness.address(), other.vkey(), quick()).value());
  WitnessAddress not_it = witness.address();
  not_it.key = witness_key("x").vkey;
  CHECK(ask_last_seen(not_it, log.vkey(), quick()).error().code == ErrorCode::bad_signature);
  not_it.url = "http://127.0.0.1:1";
  CHECK(ask_last_seen(not_it, log.vkey(), quick()).error().code == ErrorCode::io_error);
}

TEST_CASE("the list of witnesses beside a log") {
  SimDisk disk;
  REQUIRE(disk.make_directories("log"));
  CHECK(read_witnesses(disk, "log").value().empty());
  WitnessAddress one{witness_key("one").vkey, "http://127.0.0.1:8090"};
  REQUIRE(
      write_file(disk, "log/witnesses", "# press\n" + to_string(one.key) + " " + one.url + "\n", Durability::cached));
  CHECK(read_witnesses(disk, "log").value() == std::vector{one});
  REQUIRE(write_file(disk, "log/witnesses", "nobody\n", Durability::cached));
  CHECK(read_witnesses(disk, "log").error().where.find("log/witnesses") != std::string::npos);
  CHECK(WitnessPool::start({{one.key, "gopher://x"}}, {}).error().code == ErrorCode::invalid_argument);
}

}  // namespace scrutineer
