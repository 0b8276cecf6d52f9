// A counting centre and the server above it: off the network, a file on a stick, back on; and what answers in place of
// the server.
#include "app/server/uplink.h"
#include "tests/server/hall.h"

namespace scrutineer::testing {
namespace {

struct CentreHall {
  explicit CentreHall(Hall& hall) : hall(hall), key(new_named_key("centre.example/1", KeyType::ed25519, rng).value()) {
    signer = make_signer(key.secret).value();
    auto reader = LogReader::open(hall.disk, store_path(hall.log())).value();
    auto election = Election::build(hall.election.election(), hall.election.definition(), hall.election.units_blob(),
                                    hall.election.options_blob(), hall.election.rules_blob());
    base = make_centre(hall.disk, {*reader, hall.log(), *election, hall.election.roots()}, key,
                       {hall.directory + "/centre", hall.election.centre_area(), 2})
               .value();
  }
  void start(const std::string& upstream) {
    server.reset();
    ServeOptions options = hall.serve_options();
    options.log_directory = hall.directory + "/centre";
    options.bundle.clear();
    options.upstream = upstream;
    server = ElectionServer::start(hall.disk, hall.clock, hall.rng, *signer, nullptr, options).value();
  }
  std::unique_ptr<Person> person(const std::string& who) {
    auto one = std::make_unique<Person>(server->port(), Hall::kHost, hall.key(who + ".key"));
    one->sign_in();
    return one;
  }
  Hall& hall;
  SystemRng rng;
  NamedKey key;
  std::unique_ptr<Signer> signer;
  std::uint64_t base = 0;
  std::unique_ptr<ElectionServer> server;
};

std::string address(const ElectionServer& server) {
  std::string url = server.url();
  url.pop_back();
  return url;
}

bool counts(const Hall& hall, int sheets) {
  Person stranger(hall.server->port(), Hall::kHost, std::nullopt);
  return stranger.get("/api/v1/status").says("\"counted\":" + std::to_string(sheets) + ",");
}

void count(CentreHall& centre, const std::string& unit) {
  CHECK(centre.person("typist-1")->enter(unit, kPaper).status == 200);
  CHECK(centre.person("typist-2")->enter(unit, kPaper).status == 200);
  for (const char* who : {"chair", "member-1", "member-2"}) CHECK(centre.person(who)->sign_sheet(unit).status == 200);
}

std::string carry(CentreHall& centre, Person& person) {
  REQUIRE(person.post("/desk/handover/make", {{"csrf", person.csrf()}}).status == 303);
  Fields form = person.get("/desk/handover").form("/desk/handover/sign").value();
  person.sign(form);
  Page made = person.post("/desk/handover/sign", form);
  REQUIRE(made.status == 303);
  const std::string location = made.header("Location");
  return person.get("/desk/handover/file?name=" + location.substr(location.find('=') + 1)).body;
}

bool is_off(const CentreHall& centre) {
  return read_link_file(centre.hall.disk, centre.hall.directory + "/centre").value().off;
}

}  // namespace

TEST_CASE("server: a centre off the network, a file handed in twice, and the network back: each sheet once") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  CentreHall centre(hall);
  centre.start(address(*hall.server));
  count(centre, "u00005");
  REQUIRE(soon([&] { return counts(hall, 1); }));

  auto typist = centre.person("typist-1");
  CHECK(typist->post("/desk/handover/link", {{"csrf", typist->csrf()}, {"off", "1"}}).status == 403);
  CHECK_FALSE(is_off(centre));
  auto coordinator = centre.person("coordinator");
  CHECK(coordinator->post("/desk/handover/link", {{"csrf", coordinator->csrf()}, {"off", "maybe"}}).status == 400);
  REQUIRE(coordinator->post("/desk/handover/link", {{"csrf", coordinator->csrf()}, {"off", "1"}}).status == 303);
  centre.start(address(*hall.server));  // off survives a restart
  CHECK(is_off(centre));
  for (const char* unit : {"u00006", "u00007", "u00008"}) count(centre, unit);
  std::this_thread::sleep_for(std::chrono::milliseconds(1'500));
  CHECK(counts(hall, 1));

  coordinator = centre.person("coordinator");
  const std::string file = carry(centre, *coordinator);
  auto receiver = hall.person("coordinator");
  for (int time = 0; time < 2; ++time) {
    CAPTURE(time);
    CHECK(receiver->upload("/desk/handover/read", receiver->csrf(), file).status == 200);
    CHECK(counts(hall, 4));
  }
  for (std::size_t at : {std::size_t{30}, file.size() / 2, file.size() - 1}) {
    std::string forged = file;
    forged[at] = static_cast<char>(forged[at] ^ 1);
    CHECK(receiver->upload("/desk/handover/read", receiver->csrf(), forged).status >= 400);
    CHECK(receiver->upload("/desk/handover/read", receiver->csrf(), file.substr(0, at)).status >= 400);
  }
  const std::string size = hall.stranger()->get("/api/v1/status").body;
  REQUIRE(coordinator->post("/desk/handover/link", {{"csrf", coordinator->csrf()}, {"off", "0"}}).status == 303);
  CHECK(soon([&] { return !coordinator->get("/desk/handover").says("id=message") && !is_off(centre); }));
  CHECK(soon([&] {
    return read_link_file(hall.disk, hall.directory + "/centre").value().handed_over ==
           LogReader::open(hall.disk, hall.directory + "/centre/store").value()->size();
  }));
  CHECK(counts(hall, 4));
  auto everything = hall.stranger();
  for (int row : {5, 6, 7, 8}) {
    CAPTURE(row);
    CHECK(soon([&] { return everything->get("/ko/unit/" + std::to_string(row) + ".html").says("1,287"); }));
    Page page = everything->get("/ko/unit/" + std::to_string(row) + ".html");
    for (const char* signer : {"d001/chair", "d001/member-1", "d001/member-2"}) CHECK(page.says(signer));
  }
}

TEST_CASE("server: only the election's own server acknowledges what a centre hands over") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  CentreHall centre(hall);
  // A hotel's sign-in page, a proxy that redirects, a proxy without a server, a server of another election.
  std::atomic<int> status{200};
  std::atomic<int> asked{0};
  std::string body = "<html>welcome</html>";
  http::ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.body_limit = [](std::string_view, std::string_view) -> std::size_t { return 1u << 20; };
  auto hotel = http::Server::start(options, [&](const http::Request& request) {
                 if (request.method == "POST") ++asked;
                 http::Answer answer;
                 answer.status = status;
                 answer.body = body;
                 return answer;
               }).value();
  std::string url = hotel->url();
  url.pop_back();
  for (int said : {200, 302, 404, 403, 502}) {
    CAPTURE(said);
    status = said;
    centre.start(url);
    if (said == 200) count(centre, "u00005");
    std::this_thread::sleep_for(std::chrono::milliseconds(1'200));
    CHECK(asked == 0);
    CHECK(read_link_file(hall.disk, hall.directory + "/centre").value().handed_over == centre.base);
  }
  centre.start(address(*hall.server));
  CHECK(soon([&] { return counts(hall, 1); }));
}

TEST_CASE("server: what the server refuses is set aside, said, and stops nothing behind it") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  CentreHall centre(hall);
  // Between the two: it refuses the first sheet that comes, until it is told not to.
  std::atomic<bool> refusing{true};
  std::string refused;
  std::mutex mutex;
  http::ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.body_limit = [](std::string_view, std::string_view) -> std::size_t { return 1u << 20; };
  http::ClientOptions to_server;
  to_server.base = address(*hall.server);
  auto middle = http::Server::start(options, [&](const http::Request& request) {
                  std::lock_guard lock(mutex);
                  if (request.method == "POST" && refused.empty() && request.body.starts_with("scrutineer/count-sheet"))
                    refused = request.body;
                  if (request.method == "POST" && refusing && request.body == refused)
                    return http::problem(Error{ErrorCode::unauthorised, "not by these people", {}});
                  auto client = http::Client::make(to_server).value();
                  auto said = request.method == "POST" ? client->post(request.path, "text/plain", request.body, 1 << 20)
                                                       : client->get(request.path, 1 << 20);
                  http::Answer answer;
                  answer.status = said ? said->status : 503;
                  answer.type = said ? said->type : "text/plain";
                  if (said) answer.body = said->body;
                  return answer;
                }).value();
  std::string url = middle->url();
  url.pop_back();
  centre.start(url);
  count(centre, "u00005");
  count(centre, "u00006");
  CHECK(soon([&] { return counts(hall, 1) || counts(hall, 2); }));
  auto coordinator = centre.person("coordinator");
  CHECK(soon([&] { return coordinator->get("/desk/handover?lang=en").says("not by these people"); }));
  refusing = false;
  for (const char* off : {"1", "0"})
    REQUIRE(coordinator->post("/desk/handover/link", {{"csrf", coordinator->csrf()}, {"off", off}}).status == 303);
  CHECK(soon([&] { return counts(hall, 2); }));
  CHECK(soon([&] { return !coordinator->get("/desk/handover?lang=en").says("not by these people"); }));
  centre.server.reset();
}

}  // namespace scrutineer::testing
