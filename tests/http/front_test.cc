// The shipped nginx configuration in front of the server: what it lets through, what it keeps away.
#include "tests/http/front.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "app/http/raw_client_for_test.h"
#include "app/http/static_server.h"
#include "core/codec/gzip.h"
#include "tests/http/siege.h"

namespace scrutineer::http {
namespace {

namespace fs = std::filesystem;

Answer echo(const Request& request) {
  Answer answer;
  answer.type = "text/plain; charset=utf-8";
  answer.body = request.method + " " + request.path + " from " + request.client + (request.https ? " https" : " http") +
                " to " + std::string(request.header("host")) + " [" + std::to_string(request.body.size()) + "]";
  return answer;
}

ServerOptions behind_nginx() {
  ServerOptions options;
  options.port = 0;
  options.threads = 8;
  options.behind_proxy = true;
  options.body_limit = [](std::string_view method, std::string_view) -> std::size_t {
    return method == "POST" ? 2u << 20 : 0;
  };
  return options;
}

void write(const std::string& path, std::string_view bytes) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST_CASE("browsers that trust the authority reach the server, and only under its names") {
  const Front front(echo, behind_nginx());
  const std::string at = ":" + std::to_string(front.port());
  for (const char* name : {"localhost", "127.0.0.1"}) {
    CAPTURE(name);
    const auto answer = front.client(name)->get("/desk/", 1000);
    REQUIRE(answer);
    CHECK(answer->body == "GET /desk/ from 127.0.0.1 https to " + std::string(name) + at + " [0]");
  }
  ClientOptions stranger;
  stranger.base = "https://localhost" + at;  // the system's authorities know nothing of ours
  const auto refused = Client::make(stranger).value()->get("/desk/", 1000);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("not believed") != std::string::npos);
  ClientOptions other;
  other.base = "https://127.0.0.2" + at;
  other.ca_file = front.ca_file();
  CHECK_FALSE(Client::make(other).value()->get("/desk/", 1000));
}

TEST_CASE("what clients claim about themselves does not pass") {
  const Front front(echo, behind_nginx());
  const std::string answer = front.say(
      "GET /desk/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: 6.6.6.6\r\nX-Real-IP: "
      "6.6.6.6\r\n"
      "X-Forwarded-Proto: http\r\nForwarded: for=6.6.6.6\r\n\r\n");
  CHECK(status_of(answer) == 200);
  CHECK(says(answer, "from 127.0.0.1 https"));
  CHECK(says(answer, "Strict-Transport-Security") == false);  // "localhost" is everybody's
  CHECK(status_of(front.say("GET /desk/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")) == 421);
  CHECK(front.errors().empty());
}

TEST_CASE("plain HTTP is sent to https") {
  const Front front(echo, behind_nginx());
  const std::string target = "Location: https://localhost:" + std::to_string(front.port()) + "/ko/?a=1";
  for (const std::uint16_t port : {front.http_port(), front.port()}) {
    const std::string answer = exchange(port, "GET /ko/?a=1");
    CHECK(status_of(answer) == 301);
    CHECK(says(answer, target));
  }
}

TEST_CASE("bodies are limited by nginx and by the server, chunked or not") {
  const Front front(echo, behind_nginx());
  const auto post = [&](const std::string& path, const std::string& rest) {
    return front.say("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + rest);
  };
  CHECK(says(post("/api/r", "Content-Length: 100000\r\n\r\n" + std::string(100'000, 'x')), "[100000]"));
  CHECK(
      says(post("/api/r", "Transfer-Encoding: chunked\r\n\r\n186A0\r\n" + std::string(100'000, 'x') + "\r\n0\r\n\r\n"),
           "[100000]"));
  const std::string declared = post("/api/r", "Content-Length: 2000000\r\n\r\n");
  CHECK(status_of(declared) == 413);
  CHECK(says(declared, "application/problem+json"));
  CHECK(says(declared, "\"code\":\"limit_exceeded\""));
  std::string chunks = "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunks += "186A0\r\n" + std::string(100'000, 'x') + "\r\n";
  const std::string chunked = post("/desk/r", chunks + "0\r\n\r\n");
  CHECK(status_of(chunked) == 413);
  CHECK(says(chunked, "text/plain; charset=utf-8"));
  CHECK(says(chunked, "너무 큽니다"));
  CHECK(status_of(post("/ko/", "Content-Length: 2000\r\n\r\n" + std::string(2000, 'x'))) == 413);
}

TEST_CASE("a server that is away is a sentence, not a page of nginx") {
  Front front(echo, behind_nginx());
  front.stop_server();
  const std::string api = front.say("GET /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string desk = front.say("GET /desk/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  CHECK(status_of(api) == 503);
  CHECK(says(api, "application/problem+json"));
  CHECK(status_of(desk) == 503);
  CHECK(says(desk, "닿지 않습니다"));
}

// The value of a header, without the parts that two servers may spell in two ways.
std::string header(const std::string& answer, const std::string& name) {
  const std::size_t at = answer.find("\r\n" + name + ": ");
  if (at == answer.npos) return {};
  const std::size_t start = at + name.size() + 4;
  return answer.substr(start, answer.find('\r', start) - start);
}

TEST_CASE("nginx labels the public's files as our own server does") {
  const Front front(echo, behind_nginx());
  const std::string table(50'000, '1');
  const char* paths[] = {"index.html",
                         "ko/index.html",
                         "style.css",
                         "checkpoint",
                         "manifest",
                         "tile/0/x001/067",
                         "tile/entries/000.p/7",
                         "blob/ab/cd/abcd",
                         "proof/7.tlog-proof",
                         "claims/results.csv",
                         "claims/results.json",
                         "claims/results.xml",
                         "picture.svg",
                         "web.js",
                         "strange.exe"};
  for (const char* path : paths) write(front.bundle() + "/" + path, table);
  const auto own = StaticServer::start(front.bundle(), 0).value();
  const auto ask = [&](const std::string& path, const std::string& more = {}) {
    return front.say("GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n");
  };
  for (const char* path : paths) {
    CAPTURE(path);
    const std::string theirs = ask(path), ours = exchange(own->port(), std::string("GET /") + path);
    CHECK(status_of(theirs) == 200);
    CHECK(body_of(theirs) == table);
    for (const char* name : {"Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options",
                             "Referrer-Policy", "Cross-Origin-Opener-Policy"}) {
      CAPTURE(name);
      CHECK(header(theirs, name) == header(ours, name));
      CHECK_FALSE(header(theirs, name).empty());
    }
    const bool text = says(ours, "Vary: Accept-Encoding");
    CHECK(says(ask(path, "Accept-Encoding: gzip\r\n"), "Content-Encoding: gzip") == text);
    CHECK(status_of(ask(path, "If-None-Match: " + header(theirs, "ETag") + "\r\n")) == 304);
  }
  CHECK(status_of(ask("")) == 200);
  CHECK(status_of(ask("ko/")) == 200);
  CHECK(says(ask("web/other.js"), "GET /web/other.js"));  // what the bundle does not hold, the server is asked for
  write(fs::path(front.bundle()).parent_path() / "secret", "SECRET");
  fs::create_symlink("../secret", front.bundle() + "/link");
  write(front.bundle() + "/.hidden", "SECRET");
  for (const char* path : {"../secret", "%2e%2e/secret", "link", ".hidden", "ko/../../secret", "tile/../../secret"}) {
    CAPTURE(path);
    CHECK_FALSE(says(ask(path), "SECRET"));
  }
}

TEST_CASE("slow clients and 5,000 idle connections do not stop a centre from handing in its sheet") {
  const Front front(echo, behind_nginx());
  Siege siege(front.port());
  const std::size_t idle = siege.idle(5'000);
  const std::size_t heads = siege.drip_heads(300, front.ca_file()), bodies = siege.drip_bodies(300, front.ca_file());
  CHECK(idle + heads + bodies >= 5'000);
  siege.keep_dripping();
  std::chrono::milliseconds worst{0};
  const std::string sheet(20'000, 's');
  for (int i = 0; i < 60; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = front.client()->post("/api/records", "text/plain", sheet, 1000);  // a new connection each time
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    REQUIRE(answer);
    CHECK(answer->status == 200);
    worst = std::max(worst, took);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  MESSAGE(idle << " idle, " << heads << " dripping heads, " << bodies
               << " dripping bodies; slowest of 60 sheets: " << worst.count() << " ms");
  CHECK(worst < std::chrono::seconds(1));
  CHECK(siege.still_open() > idle * 9 / 10);  // they were there all the time
}

TEST_CASE("whoever asks too often is told so, and others are not") {
  const Front front(echo, behind_nginx());
  int refused = 0;
  const auto client = front.client();
  for (int i = 0; i < 1'000 && refused == 0; ++i) refused += client->get("/api/x", 1000)->status == 429 ? 1 : 0;
  CHECK(refused == 1);
  const auto problem = client->get("/api/x", 1000);
  CHECK(problem->type == "application/problem+json");
  Siege neighbour(front.port());
  CHECK(says(neighbour.ask_from("127.0.0.9", "GET /api/x", front.ca_file()), "200 OK"));
}

}  // namespace
}  // namespace scrutineer::http
