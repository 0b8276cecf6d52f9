#include "app/http/client.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/http/server.h"
#include "app/http/socket.h"

namespace scrutineer::http {
namespace {

std::unique_ptr<Server> start_echo() {
  ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.body_limit = [](std::string_view, std::string_view) -> std::size_t { return 100'000; };
  return Server::start(options,
                       [](const Request& request) {
                         Answer answer;
                         if (request.path == "/headers") {
                           answer.headers.emplace_back("X-Seen", std::string(request.header("authorization")));
                           return answer;
                         }
                         if (request.path == "/none") return refusal(404, request.path);
                         answer.type = "text/plain; charset=utf-8";
                         answer.body = request.method + " " + request.path + " " +
                                       std::string(request.header("content-type")) + " [" + request.body + "]";
                         if (request.path == "/big") answer.body = std::string(50'000, 'b');
                         if (request.path == "/close") answer.headers.emplace_back("Connection", "close");
                         return answer;
                       })
      .value();
}

std::unique_ptr<Client> client_of(std::uint16_t port, std::chrono::milliseconds whole = std::chrono::seconds(5)) {
  ClientOptions options;
  options.base = "http://127.0.0.1:" + std::to_string(port);
  options.whole = whole;
  return Client::make(options).value();
}

// Answers every connection with the same bytes, a few at a time, whatever is asked; then closes, or stays silent.
class Canned {
 public:
  Canned(std::string bytes, std::size_t piece, std::chrono::milliseconds pause, bool close_after)
      : listener_(listen_on_loopback(port_)), thread_([=, this] {
          std::string peer;
          std::vector<Descriptor> kept;
          while (!stop_) {
            Descriptor socket = accept_one(listener_, peer);
            if (!socket.open()) {
              std::this_thread::sleep_for(std::chrono::milliseconds(2));
              continue;
            }
            ++accepted_;
            char asked[4096];  // read first: closing with something unread would reset the connection
            std::size_t got = 0;
            receive(socket, asked, sizeof asked, got, std::chrono::steady_clock::now() + std::chrono::seconds(1));
            for (std::size_t at = 0; at < bytes.size() && !stop_; at += piece) {
              if (!send_now(socket, std::string_view(bytes).substr(at, piece))) break;
              std::this_thread::sleep_for(pause);
            }
            if (!close_after) kept.push_back(std::move(socket));
          }
        }) {}
  ~Canned() {
    stop_ = true;
    thread_.join();
  }
  std::uint16_t port() const { return port_; }
  int accepted() const { return accepted_; }

 private:
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<int> accepted_ = 0;
  Descriptor listener_;
  std::thread thread_;
};

TEST_CASE("questions are answered, whatever the status") {
  const auto server = start_echo();
  const auto client = client_of(server->port());
  CHECK(client->get("/a?b=c", 1000)->body == "GET /a  []");
  const auto posted = client->post("/p", "text/x.tlog", "body", 1000);
  CHECK(posted->body == "POST /p text/x.tlog [body]");
  CHECK(posted->type == "text/plain; charset=utf-8");
  CHECK(client->get("/none", 1000)->status == 404);
  CHECK(client->get("/close", 1000)->status == 200);
  CHECK(client->get("/after", 1000)->body == "GET /after  []");
  CHECK(client->post("/p", "a/b", std::string(200'000, 'x'), 1000)->status == 413);
  CHECK(client->get("/big", 50'000)->body.size() == 50'000);
  CHECK(client->get("/big", 49'999).error().code == ErrorCode::limit_exceeded);
  CHECK(client->get("/again", 1000)->status == 200);
  CHECK(client->get("no-slash", 1000).error().code == ErrorCode::invalid_argument);
  CHECK(client->get("/a b", 1000).error().code == ErrorCode::invalid_argument);
  CHECK(client->get("/a\r\nX: y", 1000).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("headers go with every request and come back with the answer, and cannot carry another request") {
  const auto server = start_echo();
  ClientOptions options;
  options.base = "http://127.0.0.1:" + std::to_string(server->port());
  options.headers = {{"Authorization", "Basic eDp5"}};
  const auto answer = Client::make(options).value()->get("/headers", 1000);
  REQUIRE(answer);
  CHECK(std::count(answer->headers.begin(), answer->headers.end(), Field("x-seen", "Basic eDp5")) == 1);
  for (const Field& bad : {Field("A", "secret\r\nX: y"), Field("A:", "secret"), Field("A B", "secret")}) {
    options.headers = {bad};
    const auto made = Client::make(options);
    REQUIRE_FALSE(made);
    CHECK(to_string(made.error()).find("secret") == std::string::npos);
  }
}

TEST_CASE("a server that went away and came back is found again") {
  auto server = start_echo();
  const std::uint16_t port = server->port();
  const auto client = client_of(port);
  CHECK(client->get("/", 1000));
  server->stop();
  CHECK(client->get("/", 1000).error().code == ErrorCode::io_error);
  ServerOptions options;
  options.port = port;
  options.threads = 1;
  auto second = Server::start(options, [](const Request&) { return Answer{}; });
  REQUIRE(second);
  CHECK(client->get("/", 1000)->status == 200);
}

TEST_CASE("broken, endless and dripping answers end in time") {
  struct Row {
    std::string bytes;
    std::size_t piece;
    bool close_after;
    ErrorCode code;
  };
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const Row rows[] = {
      {"", 1, true, ErrorCode::io_error},
      {"", 1, false, ErrorCode::io_error},
      {head + "Content-Length: 9\r\n\r\nabc", 100, true, ErrorCode::io_error},
      {head + "Content-Length: 9\r\n\r\nabc", 100, false, ErrorCode::io_error},
      {head + "Content-Length: 900\r\n\r\n" + std::string(900, 'd'), 1, false, ErrorCode::io_error},  // drips
      {head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", 100, true, ErrorCode::io_error},
      {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabcde\r\n", 100, true, ErrorCode::io_error},
      {head + "Transfer-Encoding: chunked\r\n\r\nFFFFF\r\nabcde", 100, true, ErrorCode::limit_exceeded},
      {head + "Content-Length: 1001\r\n\r\n", 100, true, ErrorCode::limit_exceeded},
      {head + "\r\n" + std::string(1001, 'x'), 5000, true, ErrorCode::limit_exceeded},
      {head + "X: " + std::string(40'000, 'x'), 50'000, false, ErrorCode::limit_exceeded},
      {"SSH-2.0-x\r\n\r\n", 100, true, ErrorCode::malformed},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes.substr(0, 60));
    const Canned server(row.bytes, row.piece, std::chrono::milliseconds(5), row.close_after);
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = client_of(server.port(), std::chrono::milliseconds(300))->get("/", 1000);
    REQUIRE_FALSE(answer);
    CHECK(error_code_name(answer.error().code) == error_code_name(row.code));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(1500));
  }
}

TEST_CASE("an answer may come in pieces, after 100 Continue, or end with the connection") {
  const Canned pieces(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
      3, std::chrono::milliseconds(1), false);
  CHECK(client_of(pieces.port())->get("/", 1000)->body == "abc");
  const Canned closing("HTTP/1.0 200 OK\r\n\r\nabc", 100, std::chrono::milliseconds(1), true);
  CHECK(client_of(closing.port())->get("/", 3)->body == "abc");
}

TEST_CASE("nothing is sent twice") {
  const Canned server("", 1, std::chrono::milliseconds(1), true);
  CHECK_FALSE(client_of(server.port())->post("/", "a/b", "once", 10));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(server.accepted() == 1);
}

TEST_CASE("addresses are checked before anything is asked") {
  const auto code = [](const char* base) {
    ClientOptions options;
    options.base = base;
    const auto made = Client::make(options);
    return made ? std::string("good") : std::string(error_code_name(made.error().code));
  };
  for (const char* good : {"http://127.0.0.1:8080", "http://name", "http://[::1]:80", "https://name.example/prefix"})
    CHECK(code(good) == "good");
  for (const char* bad : {"", "name", "ftp://name", "http://", "http://name/", "http://name:0", "http://name:65536",
                          "http://name:x", "http://[::1", "http://a b", "http://user@name", "http://[::1]x"}) {
    CAPTURE(bad);
    CHECK(code(bad) == "invalid_argument");
  }
}

}  // namespace
}  // namespace scrutineer::http
