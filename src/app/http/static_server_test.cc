// Talks to the server over a bare socket: a client library would tidy up the requests that matter here.
#include "app/http/static_server.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace scrutineer::http {
namespace {

namespace fs = std::filesystem;

int connect_to(std::uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

// Everything the server says to one request, until it closes.
std::string exchange(std::uint16_t port, const std::string& request_line, const std::string& more = {}) {
  const int fd = connect_to(port);
  REQUIRE(fd >= 0);
  const std::string request = request_line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n";
  REQUIRE(send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[65536];
  for (ssize_t got; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;)
    answer.append(buffer, static_cast<std::size_t>(got));
  close(fd);
  return answer;
}

bool says(const std::string& answer, std::string_view text) {
  return answer.find(text) != answer.npos;
}

std::string body(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

void write(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// A bundle with a secret beside it, and links that try to reach the secret.
class Tree {
 public:
  Tree() {
    std::string pattern = (fs::temp_directory_path() / "static-server-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    top_ = pattern;
    write(top_ / "secret.txt", "SECRET");
    write(bundle() / "index.html", "<!DOCTYPE html>both");
    write(bundle() / "ko/index.html", "<!DOCTYPE html>ko");
    write(bundle() / "checkpoint", "origin\n1\nroot=\n");
    write(bundle() / "tile/0/000", std::string(8192, 'h'));
    write(bundle() / "big", std::string(3'000'001, 'b'));
    write(bundle() / "empty.txt", "");
    write(bundle() / ".hidden", "SECRET");
    fs::create_symlink(top_ / "secret.txt", bundle() / "link.txt");
    fs::create_directory_symlink(top_, bundle() / "up");
    REQUIRE(mkfifo((bundle() / "pipe").c_str(), 0600) == 0);
  }
  ~Tree() { fs::remove_all(top_); }
  fs::path bundle() const { return top_ / "bundle"; }

 private:
  fs::path top_;
};

TEST_CASE("files come whole, with their type and strict headers") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  const std::string page = exchange(server->port(), "GET /");
  CHECK(says(page, "200 OK"));
  CHECK(says(page, "Content-Type: text/html; charset=utf-8"));
  CHECK(says(page, "Content-Security-Policy: default-src 'none'; style-src 'self'"));
  CHECK(says(page, "X-Content-Type-Options: nosniff"));
  CHECK(says(page, "Referrer-Policy: no-referrer"));
  CHECK(body(page) == "<!DOCTYPE html>both");
  CHECK(body(exchange(server->port(), "GET /ko/?x=1")) == "<!DOCTYPE html>ko");
  CHECK(body(exchange(server->port(), "GET /%63heckpoint")) == "origin\n1\nroot=\n");
  CHECK(body(exchange(server->port(), "GET /big")) == std::string(3'000'001, 'b'));
  CHECK(says(exchange(server->port(), "GET /empty.txt"), "Content-Length: 0"));
}

TEST_CASE("bytes are sent as they lie on the disk, compressed for nobody") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  const std::string answer = exchange(server->port(), "GET /index.html", "Accept-Encoding: gzip, br\r\n");
  CHECK_FALSE(says(answer, "Content-Encoding"));
  CHECK(body(answer) == "<!DOCTYPE html>both");
  const std::string part = exchange(server->port(), "GET /tile/0/000", "Range: bytes=0-3\r\n");
  CHECK(says(part, "206"));
  CHECK(body(part) == "hhhh");
}

TEST_CASE("HEAD says the size and sends nothing; a folder without its slash is sent there") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  const std::string head = exchange(server->port(), "HEAD /tile/0/000");
  CHECK(says(head, "200 OK"));
  CHECK(says(head, "Content-Length: 8192"));
  CHECK(says(head, "immutable"));
  CHECK(body(head).empty());
  const std::string folder = exchange(server->port(), "GET /ko");
  CHECK(says(folder, "301"));
  CHECK(says(folder, "Location: ./ko/"));
  CHECK(says(exchange(server->port(), "GET /tile/"), "404"));  // no index.html: no listing either
}

TEST_CASE("only GET and HEAD") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
    CAPTURE(method);
    const std::string answer = exchange(server->port(), std::string(method) + " /index.html", "Content-Length: 0\r\n");
    CHECK(says(answer, "405"));
    CHECK_FALSE(says(answer, "both"));
  }
}

TEST_CASE("nothing outside the directory can be reached") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  for (const char* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/ko/../../secret.txt", "/..%2fsecret.txt",
                           "/ko/%2e%2e/%2e%2e/secret.txt", "//secret.txt", "/link.txt", "/up/secret.txt", "/up/",
                           "/.hidden", "/%00", "/index.html%00.txt", "/pipe", "/..\\secret.txt", "/no-such-file"}) {
    CAPTURE(path);
    const std::string answer = exchange(server->port(), std::string("GET ") + path);
    CHECK(says(answer, "404"));
    CHECK_FALSE(says(answer, "SECRET"));
  }
}

TEST_CASE("the next free port is taken, and given back") {
  const Tree tree;
  auto first = StaticServer::start(tree.bundle(), 0).value();
  const std::uint16_t port = first->port();
  auto second = StaticServer::start(tree.bundle(), port).value();
  CHECK(second->port() > port);
  CHECK(second->url() == "http://127.0.0.1:" + std::to_string(second->port()) + "/");
  first->stop();
  first->stop();
  CHECK(connect_to(port) < 0);
  CHECK(says(exchange(second->port(), "GET /"), "200"));
  CHECK(StaticServer::start(tree.bundle() / "nowhere", 0).error().code == ErrorCode::not_found);
}

}  // namespace
}  // namespace scrutineer::http
