// Clocks that are wrong, browsers that are closed, disks that are full, two servers, a log put back from a copy.
#include <fstream>

#include "core/crypto/hash.h"
#include "core/merkle/witness.h"
#include "tests/server/hall.h"

namespace scrutineer::testing {
namespace {

std::uint64_t size_of_log(const Person& who) {
  const std::string body = who.get("/api/v1/status").body;
  const std::size_t at = body.find("\"size\":");
  return at == body.npos ? 0 : std::stoull(body.substr(at + 7));
}

// A witness that answers what it is told to.
struct FalseWitness {
  FalseWitness() : key(named_key("party.example/witness", PrivateKey{KeyType::cosignature_ed25519, secret()}).value()) {
    http::ServerOptions options;
    options.port = 0;
    options.threads = 2;
    options.body_limit = [](std::string_view, std::string_view) -> std::size_t { return 1u << 20; };
    server = http::Server::start(options, [this](const http::Request& request) {
               http::Answer answer;
               answer.type = "text/plain";
               if (request.method == "POST") {
                 answer.status = status;
               } else {
                 answer.status = seen.empty() ? 404 : 200;
                 answer.body = seen;
               }
               return answer;
             }).value();
  }
  static SecretBytes secret() { return SecretBytes::copy_of(sha256("a false witness").view()); }
  void known_to(const Hall& hall) const {
    std::string url = server->url();
    url.pop_back();
    std::ofstream(hall.log() + "/witnesses") << to_string(key.vkey) << " " << url << "\n";
  }
  NamedKey key;
  std::atomic<int> status{422};
  std::string seen;
  std::unique_ptr<http::Server> server;
};

}  // namespace

TEST_CASE("server: clocks that are hours wrong end no session and let nobody in who should not be") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto person = hall.person("typist-1");
  for (std::int64_t hours : {-7, 7, -30 * 24, 0}) {
    CAPTURE(hours);
    auto late = hall.person("typist-2");
    Fields asked = late->answered(late->get("/desk/sign-in"));
    hall.clock.wrong_by = hours * 3600;
    CHECK(person->get("/desk/").status == 200);
    CHECK(late->post("/desk/sign-in", asked).status == 403);  // asked by another clock: once more, then it is good
    CHECK(late->sign_in().status == 303);
    CHECK(hall.person("coordinator")->get("/desk/board").status == 200);
  }
  CHECK(person->enter("u00005", kPaper).status == 200);
}

TEST_CASE("server: a browser closed in the middle of a sheet") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto person = hall.person("typist-1");
  Fields fields = person->get("/desk/entry?unit=u00005&contest=LIST&section=0").form("/desk/entry").value();
  for (auto& [name, value] : fields)
    if (kPaper.contains(name)) value = kPaper.at(name);
  set(fields, "go", "next");
  REQUIRE(person->post("/desk/entry", fields).status == 303);
  auto other = hall.person("typist-2");
  CHECK_FALSE(other->get("/desk/entry?unit=u00005&contest=LIST").says("1287"));
  for (bool restarted : {false, true}) {
    if (restarted) REQUIRE(hall.start().has_value());  // the server, too
    auto again = hall.person("typist-1");
    CHECK(again->get("/desk/entry?unit=u00005&contest=LIST&section=0").says("1287"));
  }
  CHECK(hall.person("typist-1")->enter("u00005", kPaper).status == 200);
}

TEST_CASE("server: two servers on one log directory") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  ServeOptions options = hall.serve_options();
  options.bundle = hall.directory + "/other";
  auto second = ElectionServer::start(hall.disk, hall.clock, hall.rng, *hall.signer, &hall.publisher, options);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().code == ErrorCode::busy);
  CHECK(hall.stranger()->get("/api/v1/status").status == 200);
}

TEST_CASE("server: pages never go where the keys are") {
  Hall hall;
  for (std::string bundle : {hall.log(), hall.directory, hall.log() + "/../log", hall.directory + "/."}) {
    CAPTURE(bundle);
    ServeOptions options = hall.serve_options();
    options.bundle = bundle;
    auto server = ElectionServer::start(hall.disk, hall.clock, hall.rng, *hall.signer, &hall.publisher, options);
    REQUIRE_FALSE(server.has_value());
    CHECK(server.error().code == ErrorCode::invalid_argument);
  }
}

TEST_CASE("server: a full disk refuses with a reason, loses nothing, and a restart goes on") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto one = hall.person("typist-1"), two = hall.person("typist-2");
  REQUIRE(one->enter("u00005", kPaper).status == 200);
  const std::uint64_t before = size_of_log(*one);
  int told = 0;
  for (std::uint64_t room : {0, 700, 5'000}) {
    CAPTURE(room);
    hall.disk.room = room;
    Page page = two->enter("u00005", kPaper);
    CHECK((page.says("id=message") || page.status >= 400));
    CHECK_FALSE(page.says("/secret/place"));
    CHECK(one->get("/desk/").status < 500);
    told += two->get("/desk/").says("id=message");  // where it has stopped for good, everybody is told
    CHECK_FALSE(two->get("/desk/").says("/secret/place"));
    CHECK(size_of_log(*one) >= before);
    hall.disk.room = ~std::uint64_t{0} >> 1;
    REQUIRE(hall.start().has_value());
    one = hall.person("typist-1"), two = hall.person("typist-2");
    CHECK(one->type("u00005", kPaper).status == 409);  // what was acknowledged is there
    CHECK(size_of_log(*one) >= before);
  }
  CHECK(told > 0);
  CHECK(two->enter("u00005", kPaper).status == 200);
  CHECK(hall.person("chair")->get(Person::sheet_address("u00005")).form("/desk/sheet/sign").has_value());
}

TEST_CASE("server: a witness that has seen another history stops publishing, and everybody at the desk is told") {
  Hall hall;
  FalseWitness witness;
  witness.known_to(hall);
  REQUIRE(hall.start().has_value());
  auto person = hall.person("observer-1");
  CHECK(soon([&] { return person->get("/desk/").says("id=message"); }));
  CHECK(person->get("/desk/?lang=en").says("another history"));
  CHECK(hall.stranger()->get("/api/v1/status").says("other-history"));
  CHECK(hall.person("typist-1")->enter("u00005", kPaper).status == 200);  // counting goes on
}

TEST_CASE("server: a log older than what a witness has seen does not open") {
  Hall hall;
  FalseWitness witness;
  witness.known_to(hall);
  std::uint64_t size = LogReader::open(hall.disk, store_path(hall.log())).value()->size();
  for (auto [more, good] : {std::pair(5, false), std::pair(0, true)}) {
    CAPTURE(more);
    Checkpoint checkpoint{hall.log_key.vkey.name, size + static_cast<std::uint64_t>(more), {}};
    if (more == 0) checkpoint.root = LogReader::open(hall.disk, store_path(hall.log())).value()->root(size).value();
    SignedNote note = sign_checkpoint(checkpoint, *hall.signer).value();
    auto signer = make_signer(witness.key.secret).value();
    note.signatures.push_back(cosign(note.text, witness.key.vkey.name, hall.clock.now(), *signer).value());
    witness.seen = to_bytes(note);
    witness.status = 503;
    auto started = hall.start();
    CHECK(started.has_value() == good);
    if (!started) CHECK(started.error().code == ErrorCode::stale);
    if (started) size = LogReader::open(hall.disk, store_path(hall.log())).value()->size();
  }
}

}  // namespace scrutineer::testing
