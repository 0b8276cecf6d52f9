// One log, its witnesses and its mirrors: what each of them notices when the server is lost, or there are two of it.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <thread>

#include "app/disk/posix_disk.h"
#include "app/http/server.h"
#include "app/log/check.h"
#include "app/mirror/restore.h"
#include "app/mirror/served_for_test.h"
#include "app/witness/ask.h"
#include "app/witness/logs_for_test.h"
#include "app/witness/routes.h"

namespace scrutineer {
namespace {

using namespace testing;
namespace fs = std::filesystem;

struct Temporary {
  std::string path = (fs::temp_directory_path() / "history-XXXXXX").string();
  Temporary() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  ~Temporary() { fs::remove_all(path); }
};

std::unique_ptr<http::Server> serve(http::Handler handler) {
  http::ServerOptions options;
  options.port = 0;
  options.threads = 4;
  options.body_limit = witness_body_limit;
  return http::Server::start(options, std::move(handler)).value();
}

// A witness, a mirror and a web server, over connections.
struct Stage {
  Temporary top;
  PosixDisk disk{top.path};
  World world;
  Operator server{disk, "op"};
  StoppedClock clock;
  NamedKey key = witness_key("w");
  std::unique_ptr<WitnessService> witness = WitnessService::open(disk, "witness", {log_key().vkey}, key, clock).value();
  std::unique_ptr<http::Server> witness_server =
      serve([this](const http::Request& request) { return answer(*witness, request); });
  WitnessAddress address{key.vkey, "http://127.0.0.1:" + std::to_string(witness_server->port())};

  std::string policy() const { return policy_text("witness w " + to_string(key.vkey) + "\nquorum w\n"); }
  // Publishes what the operator has, cosigned where the witness cosigns it; what the witness made of it.
  WitnessTrouble publish(Operator& by) {
    const LogReader& reader = by.log().reader();
    auto pool = WitnessPool::start({address}, [&](std::uint64_t from, std::uint64_t to) {
                  return reader.consistency_proof(from, to);
                }).value();
    const SignedCheckpoint checkpoint = reader.checkpoint();
    pool->offer(checkpoint);
    while (pool->collected(checkpoint.checkpoint.size)->cosigned == 0 &&
           pool->standings()[0].trouble == WitnessTrouble::none)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    by.serve();
    Bytes note = to_bytes(pool->collected(checkpoint.checkpoint.size)->checkpoint.note);
    REQUIRE(write_file(disk, by.served() + "/checkpoint", note, Durability::cached));
    return pool->standings()[0].trouble;
  }
  Result<Mirrored> mirror(Operator& from, const std::string& copy) {
    auto files = http::StaticFiles::open(top.path + "/" + from.served()).value();
    auto web = serve([&](const http::Request& request) { return files->answer(request); });
    auto source = http_mirror_source(web->url()).value();
    SCRUTINEER_TRY(auto mirror, Mirror::open(disk, copy, parse_policy(policy()).value()));
    return mirror->update(*source);
  }
  Result<Restored> restore(const std::string& copy) {
    RestoreOptions options{copy,
                           server.log_directory(),
                           {policy(), to_text(world.roots()), to_hex(world.election().id()) + "\n", {}},
                           {},
                           {}};
    SCRUTINEER_TRY(auto seen, ask_last_seen(address, log_key().vkey));
    if (seen) options.seen.push_back(*seen);
    return restore_log(disk, server.key(), std::nullopt, options);
  }
};

}  // namespace

TEST_CASE("the server is wiped, made again from a mirror, and goes on as if nothing had happened") {
  Stage s;
  s.server.create();
  s.server.begin_election(s.world);
  s.server.grow_to(400);
  REQUIRE(s.publish(s.server) == WitnessTrouble::none);
  auto copied = s.mirror(s.server, "copy");
  REQUIRE_MESSAGE(copied.has_value(), (copied ? "" : to_string(copied.error())));
  CHECK(copied->checkpoint.size == 400);
  CHECK(copied->witnessing.quorum_met);
  CHECK(copied->blobs == 3);

  s.server.close();
  fs::remove_all(s.top.path + "/op");
  auto restored = s.restore("copy");
  REQUIRE_MESSAGE(restored.has_value(), (restored ? "" : to_string(restored.error())));
  CHECK(restored->checkpoint == copied->checkpoint);
  CHECK(check_log(s.disk, "op/log/store").value().good());

  s.server.open();
  s.server.grow_to(900);
  CHECK(s.publish(s.server) == WitnessTrouble::none);
  copied = s.mirror(s.server, "copy");
  REQUIRE_MESSAGE(copied.has_value(), (copied ? "" : to_string(copied.error())));
  CHECK(copied->had == 400);
  CHECK(copied->checkpoint.size == 900);
  CHECK(copied->witnessing.quorum_met);
}

TEST_CASE("a copy that is older than what a witness saw does not become a server: it would fork the log") {
  Stage s;
  s.server.create();
  s.server.begin_election(s.world);
  s.server.grow_to(300);
  s.publish(s.server);
  REQUIRE(s.mirror(s.server, "copy"));
  s.server.grow_to(310);
  REQUIRE(s.publish(s.server) == WitnessTrouble::none);
  s.server.close();
  fs::remove_all(s.top.path + "/op/log");
  auto restored = s.restore("copy");
  REQUIRE_FALSE(restored.has_value());
  CHECK(restored.error().code == ErrorCode::stale);
  CHECK_FALSE(s.disk.exists("op/log").value());
  REQUIRE(s.mirror(s.server, "copy"));  // what was served is still there: with it, it works
  CHECK(s.restore("copy"));
}

TEST_CASE("two servers with the same log: witness and mirror refuse the second branch") {
  Stage s;
  s.server.create();
  s.server.begin_election(s.world);
  s.server.grow_to(300);
  REQUIRE(s.publish(s.server) == WitnessTrouble::none);
  REQUIRE(s.mirror(s.server, "copy"));
  s.server.close();
  // Somebody starts a second server from a backup.
  fs::copy(s.top.path + "/op", s.top.path + "/op2", fs::copy_options::recursive);
  Operator second(s.disk, "op2");
  s.server.open();
  second.open();
  s.server.grow_to(350);
  REQUIRE(s.publish(s.server) == WitnessTrouble::none);
  REQUIRE(s.mirror(s.server, "copy"));
  for (std::uint64_t size : {340, 350, 700}) {  // behind, at the same size, ahead
    CAPTURE(size);
    second.grow_to(size, "second ");
    CHECK(s.publish(second) == WitnessTrouble::other_history);
    auto copied = s.mirror(second, "copy");
    REQUIRE_FALSE(copied.has_value());
    CHECK(copied.error().code == ErrorCode::conflict);
  }
  CHECK(s.witness->logs()[0].forks == 1);  // the one at the same size proves itself
  CHECK(files_below(s.disk, "copy/evidence").size() == 6);
  s.server.grow_to(800);
  CHECK(s.publish(s.server) == WitnessTrouble::none);
  CHECK(s.mirror(s.server, "copy"));
}

TEST_CASE("a mirror follows over a server that fails every third time") {
  Stage s;
  s.server.create();
  s.server.begin_election(s.world);
  s.server.grow_to(700);
  s.publish(s.server);
  auto files = http::StaticFiles::open(s.top.path + "/op/served").value();
  int requests = 0;
  std::mutex mutex;
  auto web = serve([&](const http::Request& request) {
    std::lock_guard lock(mutex);
    if (++requests % 3 == 0) return http::problem(503, "busy", "Busy", "later");
    return files->answer(request);
  });
  auto source = http_mirror_source(web->url()).value();
  auto mirror = Mirror::open(s.disk, "copy", parse_policy(s.policy()).value()).value();
  Result<Mirrored> done = fail(ErrorCode::not_found, "");
  int tries = 0;
  while ((!done || done->trouble || done->missing > 0) && tries < 50) {
    done = mirror->update(*source);
    ++tries;
  }
  REQUIRE(done.has_value());
  CHECK(done->checkpoint.size == 700);
  CHECK(tries > 1);
}

}  // namespace scrutineer
