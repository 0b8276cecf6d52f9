// Every address of docs/formats/desk.md, signed in and not, with requests broken in seeded ways: the server answers or
// refuses, tells nothing of its inside, keeps nothing, and goes on. SCRUTINEER_FULL=1: 10,000 requests an address.
#include <cstdlib>

#include "tests/http/request_fuzz.h"
#include "tests/server/hall.h"

namespace scrutineer::testing {
namespace {

constexpr std::size_t kFew = 400, kAll = 10'000;
constexpr std::size_t kInARow = 25;  // from one client address

struct Endpoint {
  const char* method;
  std::string path;
  Fields form;
  bool file = false;
};

std::vector<Endpoint> public_endpoints() {
  std::vector<Endpoint> all;
  for (const char* path :
       {"/", "/ko/index.html", "/en/index.html", "/ko/unit/5.html", "/checkpoint", "/manifest", "/claims/", "/proof/",
        "/tile/entries/000", "/tile/0/000", "/blob/", "/bundle.tar.zst", "/explore?q=u00005", "/web/sign.js",
        "/web/desk.js", "/web/desk.css", "/api/v1/status", "/desk/sign-in", "/desk/"})
    all.push_back({"GET", path, {}});
  all.push_back({"GET", "/api/v1/records/" + std::string(64, 'a'), {}});
  all.push_back({"POST", "/api/v1/records", {{"x", "y"}}});
  all.push_back({"POST", "/api/v1/blobs?record=" + std::string(64, 'a'), {{"x", "y"}}});
  all.push_back({"POST", "/desk/sign-in", {{"text", "scrutineer/sign-in/1\n{}\n"}, {"signature", "AAAA"}}});
  return all;
}

std::vector<Endpoint> desk_endpoints(const Person& person) {
  std::vector<Endpoint> all;
  const std::string of = "?unit=u00005&contest=LIST";
  for (const char* place : {"", "?q=u0", "board"}) all.push_back({"GET", "/desk/" + std::string(place), {}});
  for (const char* place : {"entry", "third", "sheet", "live", "live/screen", "custody"})
    all.push_back({"GET", "/desk/" + std::string(place) + of, {}});
  for (const char* place : {"entry/check?entry=0", "handover", "handover/file?name=a", "people", "reconcile"})
    all.push_back({"GET", "/desk/" + std::string(place), {}});
  const Fields cell = {{"unit", "u00005"}, {"contest", "LIST"}};
  auto post = [&](const char* place, Fields more, bool file = false) {
    more.insert(more.begin(), cell.begin(), cell.end());
    all.push_back({"POST", "/desk/" + std::string(place), std::move(more), file});
  };
  const Page page = person.get("/desk/entry?unit=u00005&contest=LIST&section=0");
  Fields typed = page.form("/desk/entry").value_or(Fields{});
  std::erase_if(typed, [](const auto& field) { return field.first == "csrf"; });
  const std::string token = find(typed, "entry") == nullptr ? "0" : *find(typed, "entry");
  const Fields signature = {{"text", "scrutineer/entry/1\n{}\n"},
                            {"signer", "d001/typist-1"},
                            {"key_id", "01234567"},
                            {"signature", std::string(86, 'A') + "=="}};
  auto with = [](Fields a, const Fields& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  post("entry", typed);
  post("entry/confirm", {{"entry", token}, {"code", "invalid-share"}});
  post("entry/sign", with({{"entry", token}}, signature));
  post("entry/discard", {{"entry", token}});
  post("third", {{"entry", token}, {"votes/1", "1"}});
  post("third/sign", with({{"entry", token}}, signature));
  post("sheet/reason", {{"act", "accept"}, {"code", "invalid-share"}, {"reason", "because"}});
  post("sheet/attach", {{"note", "a photograph"}}, true);
  post("sheet/sign", with({{"act", "sign"}}, signature));
  post("sheet/correct", {{"reason", "a recount"}, {"order", "1"}});
  for (const char* place : {"live/start", "live/call", "live/undo", "live/end", "live/confirm"})
    post(place, {{"entry", token}, {"option", "0"}});
  post("custody/new", {{"object", "box"}, {"name", "1"}, {"event", "sealed"}, {"seals", "A1\r\nA2"}, {"note", "n"}});
  post("custody/sign", signature);
  post("handover/make", {});
  post("handover/sign", signature);
  post("handover/read", {}, true);
  post("handover/link", {{"off", "1"}});
  post("people/new", {{"vkey", "a+01234567+AAAA"}, {"role", "typist"}, {"units", "u00005"}});
  post("people/revoke", {{"grant", std::string(64, 'a')}, {"reason", "left"}});
  post("people/sign", signature);
  post("reconcile", {}, true);
  return all;
}

// As a browser would send it, from a client of its own: limits are for one client.
std::string request_of(const Endpoint& endpoint, const Person& person, const std::string& csrf, std::size_t client) {
  std::string body, type;
  if (endpoint.file) {
    auto part = [](const std::string& head, const std::string& value) {
      return "--XX\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + value + "\r\n";
    };
    body = part("name=\"csrf\"", csrf);
    for (const auto& [name, value] : endpoint.form) body += part("name=\"" + name + "\"", value);
    body += part("name=\"file\"; filename=\"a.csv\"", "%PDF-1.7 scrutineer/handover/1\nunit,votes\nu00005,1\n") +
            "--XX--\r\n";
    type = "multipart/form-data; boundary=XX";
  } else if (std::string(endpoint.method) == "POST") {
    Fields form = endpoint.form;
    if (!csrf.empty()) set(form, "csrf", csrf);
    body = form_text(form);
    type = "application/x-www-form-urlencoded";
  }
  std::string request = std::string(endpoint.method) + " " + endpoint.path +
                        " HTTP/1.1\r\nHost: hall.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 10." +
                        std::to_string(client / 65'536 % 256) + "." + std::to_string(client / 256 % 256) + "." +
                        std::to_string(client % 256) + "\r\n";
  if (!person.session.empty()) request += "Cookie: __Host-session=" + person.session + "\r\n";
  if (!type.empty())
    request += "Origin: https://hall.example\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  return request + "\r\n" + body;
}

struct Sum {
  std::size_t answered = 0, refused = 0, closed = 0;
};

// What no answer of ours is or holds: the server's own errors, its files, its names for things.
void judge(const Hall& hall, const std::string& request, const std::string& answer, Sum& sum) {
  const int status = http::status_of(answer);
  ++(answer.empty() ? sum.closed : status >= 400 ? sum.refused : sum.answered);
  bool good = answer.empty() || (status >= 100 && status < 500) || status == 501 || status == 503 || status == 505;
  for (const std::string& leak : {hall.directory, std::string("/src/"), std::string(".cc:"), std::string("std::"),
                                  std::string("what():"), std::string("scrutineer::"), std::string("/private/"),
                                  std::string("0x7f"), std::string("errno"), std::string("No such file")})
    good = good && (answer.find(leak) == answer.npos || request.find(leak) != request.npos);
  if (good) return;
  CAPTURE(request);
  CAPTURE(answer);
  CHECK(good);
}

void attack(Hall& hall, Person& person, const Endpoint& endpoint, std::size_t count, std::uint32_t seed, Sum& sum) {
  static std::size_t client = 0;
  for (std::size_t done = 0; done < count; done += kInARow) {
    hall.clock.later_ns += 2'000'000'000;  // a session's limits, too, are for people
    if (!person.session.empty() && person.get("/desk/").status != 200) person.sign_in();
    const std::string csrf = person.session.empty() ? "" : person.csrf();
    http::RequestFuzz fuzz({request_of(endpoint, person, csrf, ++client)}, seed + static_cast<std::uint32_t>(done));
    for (std::size_t i = 0; i < std::min(kInARow, count - done); ++i) {
      const std::string request = fuzz.next();
      http::RawClient line(hall.server->port());
      REQUIRE(line.connected());
      line.send(request);
      line.end();
      judge(hall, request, line.rest(), sum);
    }
  }
}

}  // namespace

TEST_CASE("server: broken requests at every address, as a stranger and signed in") {
  const std::size_t count = std::getenv("SCRUTINEER_FULL") != nullptr ? kAll : kFew;
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto stranger = hall.stranger();
  const std::uint64_t before = LogReader::open(hall.disk, store_path(hall.log())).value()->size();
  Sum sum;
  std::uint32_t seed = 20'310'603;
  for (const Endpoint& endpoint : public_endpoints()) attack(hall, *stranger, endpoint, count, ++seed, sum);
  auto coordinator = hall.person("coordinator"), typist = hall.person("typist-1");
  for (const Endpoint& endpoint : desk_endpoints(*typist)) {
    attack(hall, *stranger, endpoint, count / 4, ++seed, sum);
    attack(hall, *typist, endpoint, count, ++seed, sum);
    attack(hall, *coordinator, endpoint, count, ++seed, sum);
  }
  MESSAGE("answered " << sum.answered << ", refused " << sum.refused << ", closed " << sum.closed);
  CHECK(sum.answered > 0);
  CHECK(sum.refused > sum.answered / 10);
  // Nothing came of it, and it goes on.
  CHECK(hall.stranger()->get("/api/v1/status").says("\"counted\":0,"));
  CHECK(hall.stranger()->get("/api/v1/status").says("\"accepting\":true"));
  CHECK(LogReader::open(hall.disk, store_path(hall.log())).value()->size() <= before + 2);  // claims
  hall.clock.later_ns += 3'600'000'000'000;
  CHECK(hall.person("typist-2")->enter("u00006", kPaper).status == 200);
  REQUIRE(hall.start().has_value());
}

}  // namespace scrutineer::testing
