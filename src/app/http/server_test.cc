#include "app/http/server.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "app/http/raw_client_for_test.h"
#include "app/http/reply.h"
#include "core/codec/gzip.h"

namespace scrutineer::http {
namespace {

// Says what it was asked, so that tests can see what arrives.
Answer echo(const Request& request) {
  Answer answer;
  answer.type = "text/plain; charset=utf-8";
  answer.body = request.method + " " + request.path + " from " + request.client + (request.https ? " https" : "");
  for (const auto& [name, value] : request.query) answer.body += " " + name + "=" + value;
  answer.body += " [" + request.body + "]";
  if (request.has_header("x-forwarded-for")) answer.body += " forwarded";
  if (request.path == "/tagged") answer.headers.emplace_back("ETag", "\"v1\"");
  if (request.path == "/tagged" || request.path == "/long") answer.body += std::string(5000, 'x');
  if (request.path == "/desk/") answer = restricted(std::move(answer));
  if (request.path == "/inject") answer.headers.emplace_back("Location", "/a\r\nSet-Cookie: evil=1");
  if (request.path == "/secret") answer.body = std::string(5000, 's');
  if (request.path == "/secret") answer = restricted(std::move(answer));
  if (request.path == "/hashed") answer = tagged(std::move(answer));
  if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::milliseconds(300));
  return answer;
}

ServerOptions options() {
  ServerOptions out;
  out.port = 0;
  out.threads = 4;
  out.body_limit = [](std::string_view method, std::string_view path) -> std::size_t {
    return method == "POST" && path.starts_with("/api/") ? 1000 : 0;
  };
  return out;
}

std::unique_ptr<Server> start(const ServerOptions& with = options()) {
  return Server::start(with, echo).value();
}

TEST_CASE("requests reach the handler whole, many on one connection") {
  const auto server = start();
  RawClient client(server->port());
  client.send(
      "GET /a%20b?x=1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /api/r HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(body_of(client.answer()) == "GET /a b from 127.0.0.1 x=1 []");
  CHECK(body_of(client.answer()) == "POST /api/r from 127.0.0.1 [abc]");
  for (const char byte : std::string(
           "POST /api/r HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"))
    client.send(std::string_view(&byte, 1));
  CHECK(body_of(client.answer()) == "POST /api/r from 127.0.0.1 [abc]");
  const std::string last = exchange(server->port(), "GET /");
  CHECK(says(last, "Connection: close"));
  CHECK(says(last, "Content-Security-Policy: default-src 'none'; style-src 'self'"));
  CHECK(says(last, "Date: "));
}

TEST_CASE("bodies have the limit of their address, chunked or not") {
  const auto server = start();
  const auto post = [&](const std::string& path, const std::string& rest) {
    return say(server->port(), "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + rest);
  };
  CHECK(status_of(post("/api/r", "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x'))) == 200);
  CHECK(status_of(post("/api/r", "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'))) == 413);
  CHECK(status_of(post("/api/r", "Content-Length: 1001\r\n\r\n")) == 413);  // refused before it is sent
  CHECK(status_of(post("/page", "Content-Length: 1\r\n\r\nx")) == 413);
  CHECK(status_of(post("/page", "Content-Length: 0\r\n\r\n")) == 200);
  std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 100; ++i) chunked += "A\r\n0123456789\r\n";
  CHECK(status_of(post("/api/r", chunked + "0\r\n\r\n")) == 200);
  CHECK(status_of(post("/api/r", chunked + "1\r\nx\r\n0\r\n\r\n")) == 413);
  CHECK(status_of(post("/page", chunked + "0\r\n\r\n")) == 413);
  const std::string problem = post("/api/r", "Content-Length: 1001\r\n\r\n");
  CHECK(says(problem, "Content-Type: application/problem+json"));
  CHECK(says(problem, "\"code\":\"limit_exceeded\""));
  CHECK(says(post("/page", "Content-Length: 1\r\n\r\nx"), "Content-Type: text/plain"));
  // The refusal arrives although megabytes are on their way.
  CHECK(status_of(post("/api/r", "Content-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'))) == 413);
  RawClient polite(server->port());
  polite.send("POST /api/r HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(status_of(polite.answer()) == 100);
  polite.send("abc");
  CHECK(status_of(polite.answer()) == 200);
}

TEST_CASE("what is cut short is refused") {
  const auto server = start();
  for (const char* bytes :
       {"GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "POST /api/r HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc",
        "POST /api/r HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"}) {
    CAPTURE(bytes);
    RawClient client(server->port());
    client.send(bytes);
    client.end();
    CHECK(status_of(client.rest()) == 400);
  }
  CHECK(status_of(say(server->port(), "GET /" + std::string(40'000, 'a'))) == 431);
  CHECK(status_of(exchange(server->port(), "BREW /")) == 501);
}

TEST_CASE("what the proxy says is believed where there is one, and reaches no handler") {
  const auto alone = start();
  const std::string headers = "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n";
  CHECK(body_of(exchange(alone->port(), "GET /", headers)) == "GET / from 127.0.0.1 []");
  ServerOptions behind = options();
  behind.behind_proxy = true;
  const auto server = start(behind);
  CHECK(body_of(exchange(server->port(), "GET /", headers)) == "GET / from 203.0.113.7 https []");
  CHECK(body_of(exchange(server->port(), "GET /", "X-Forwarded-For: 2001:db8::1\r\n")) == "GET / from 2001:db8::1 []");
  CHECK(body_of(exchange(server->port(), "GET /", "X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n")) ==
        "GET / from 127.0.0.1 []");
}

TEST_CASE("HEAD has the length and nothing else; a known version is not sent again") {
  const auto server = start();
  const std::string head = exchange(server->port(), "HEAD /long");
  CHECK(says(head, "Content-Length: 5028"));
  CHECK(body_of(head).empty());
  for (const char* tags : {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"}) {
    CAPTURE(tags);
    const std::string known = exchange(server->port(), "GET /tagged", std::string("If-None-Match: ") + tags + "\r\n");
    CHECK(status_of(known) == 304);
    CHECK(body_of(known).empty());
    CHECK(says(known, "ETag: \"v1\""));
  }
  CHECK(status_of(exchange(server->port(), "GET /tagged", "If-None-Match: \"v2\"\r\n")) == 200);
  const std::string hashed = exchange(server->port(), "GET /hashed");
  const std::size_t at = hashed.find("ETag: ") + 6;
  const std::string tag = hashed.substr(at, hashed.find('\r', at) - at);
  CHECK(tag.size() == 66);
  CHECK(status_of(exchange(server->port(), "GET /hashed", "If-None-Match: " + tag + "\r\n")) == 304);
  CHECK(status_of(exchange(server->port(), "GET /hashed?x=1", "If-None-Match: " + tag + "\r\n")) == 200);
}

TEST_CASE("text is compressed for whoever takes it, restricted pages for nobody") {
  const auto server = start();
  const std::string zipped = exchange(server->port(), "GET /tagged", "Accept-Encoding: br, gzip;q=0.8\r\n");
  CHECK(says(zipped, "Content-Encoding: gzip"));
  CHECK(says(zipped, "ETag: W/\"v1\""));
  CHECK(says(zipped, "Vary: Accept-Encoding"));
  CHECK(gunzip(body_of(zipped), 10'000)->size() == 5000 + std::string("GET /tagged from 127.0.0.1 []").size());
  CHECK_FALSE(says(exchange(server->port(), "GET /long", "Accept-Encoding: gzip;q=0\r\n"), "Content-Encoding"));
  CHECK_FALSE(says(exchange(server->port(), "GET /long", "Accept-Encoding: xgzip\r\n"), "Content-Encoding"));
  CHECK_FALSE(says(exchange(server->port(), "GET /secret", "Accept-Encoding: gzip\r\n"), "Content-Encoding"));
  const std::string desk = exchange(server->port(), "GET /desk/");
  CHECK(says(desk, "script-src 'self'"));
  CHECK_FALSE(says(desk, "form-action 'none'"));
  CHECK(says(desk, "Cache-Control: no-store"));
}

TEST_CASE("a header that would break the answer's head becomes a failure") {
  const auto server = start();
  const std::string answer = exchange(server->port(), "GET /inject");
  CHECK(status_of(answer) == 500);
  CHECK_FALSE(says(answer, "evil"));
}

TEST_CASE("idle and dripping connections hold no thread") {
  const auto server = start();  // four threads
  std::vector<RawClient> idle, dripping;
  for (int i = 0; i < 200; ++i) idle.emplace_back(server->port());
  for (int i = 0; i < 200; ++i)
    dripping.emplace_back(server->port()).send("POST /api/r HTTP/1.1\r\nHost: x\r\nContent-Le");
  const auto begin = std::chrono::steady_clock::now();
  CHECK(status_of(exchange(server->port(), "GET /")) == 200);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
  for (RawClient& client : dripping) client.send("ngth: 1\r\n\r\nx");
  for (RawClient& client : dripping) CHECK(status_of(client.answer()) == 200);
  for (RawClient& client : idle) client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  for (RawClient& client : idle) CHECK(status_of(client.answer()) == 200);
}

TEST_CASE("stopping finishes the answers in progress") {
  const auto server = start();
  RawClient client(server->port());
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  server->stop();
  CHECK(says(client.rest(), "GET /slow"));
  CHECK_FALSE(RawClient(server->port()).connected());
  server->stop();
}

TEST_CASE("a port that is taken is refused, or the next one taken") {
  const auto first = start();
  ServerOptions same = options();
  same.port = first->port();
  CHECK(Server::start(same, echo).error().code == ErrorCode::busy);
  same.try_next_ports = true;
  CHECK(Server::start(same, echo).value()->port() > first->port());
}

TEST_CASE("dates are those of RFC 9110") {
  CHECK(http_date(784'111'777) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace scrutineer::http
