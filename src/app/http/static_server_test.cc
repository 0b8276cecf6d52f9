#include "app/http/static_server.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/http/raw_client_for_test.h"
#include "core/codec/gzip.h"

namespace scrutineer::http {
namespace {

namespace fs = std::filesystem;

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
  CHECK(body_of(page) == "<!DOCTYPE html>both");
  CHECK(body_of(exchange(server->port(), "GET /ko/?x=1")) == "<!DOCTYPE html>ko");
  CHECK(body_of(exchange(server->port(), "GET /%63heckpoint")) == "origin\n1\nroot=\n");
  CHECK(body_of(exchange(server->port(), "GET /big")) == std::string(3'000'001, 'b'));
  CHECK(says(exchange(server->port(), "GET /empty.txt"), "Content-Length: 0"));
}

TEST_CASE("text is compressed where it is worth it, tiles and small files never") {
  const Tree tree;
  write(tree.bundle() / "claims/results.csv", std::string(50'000, '1'));
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  const std::string gzipped = "Accept-Encoding: gzip, br\r\n";
  const std::string small = exchange(server->port(), "GET /index.html", gzipped);
  CHECK_FALSE(says(small, "Content-Encoding"));
  CHECK(body_of(small) == "<!DOCTYPE html>both");
  CHECK_FALSE(says(exchange(server->port(), "GET /tile/0/000", gzipped), "Content-Encoding"));
  const std::string table = exchange(server->port(), "GET /claims/results.csv", gzipped);
  CHECK(says(table, "Content-Encoding: gzip"));
  CHECK(gunzip(body_of(table), 50'000) == std::string(50'000, '1'));
  CHECK(body_of(exchange(server->port(), "GET /claims/results.csv")) == std::string(50'000, '1'));
}

TEST_CASE("parts of a file are sent to whoever asks for one") {
  const Tree tree;
  write(tree.bundle() / "digits.bin", "0123456789");
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  struct Row {
    const char* range;
    int status;
    const char* body;
  };
  const Row rows[] = {
      {"bytes=0-3", 206, "0123"},       {"bytes=7-", 206, "789"},         {"bytes=-2", 206, "89"},
      {"bytes=-99", 206, "0123456789"}, {"bytes=9-99", 206, "9"},         {"bytes=0-0,2-3", 200, "0123456789"},
      {"bytes=3-2", 200, "0123456789"}, {"lines=0-3", 200, "0123456789"}, {"bytes=x-3", 200, "0123456789"},
      {"bytes=-", 200, "0123456789"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.range);
    const std::string answer = exchange(server->port(), "GET /digits.bin", std::string("Range: ") + row.range + "\r\n");
    CHECK(status_of(answer) == row.status);
    CHECK(body_of(answer) == row.body);
  }
  const std::string beyond = exchange(server->port(), "GET /digits.bin", "Range: bytes=10-\r\n");
  CHECK(status_of(beyond) == 416);
  CHECK(says(beyond, "Content-Range: bytes */10"));
  CHECK(status_of(exchange(server->port(), "GET /empty.txt", "Range: bytes=-1\r\n")) == 416);
  CHECK(status_of(exchange(server->port(), "GET /digits.bin", "Range: bytes=0-3\r\nIf-Range: \"old\"\r\n")) == 200);
}

TEST_CASE("a file that has not changed is not sent again; one that has is") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  const auto tag = [&] {
    const std::string answer = exchange(server->port(), "GET /checkpoint");
    const std::size_t at = answer.find("ETag: ") + 6;
    return answer.substr(at, answer.find('\r', at) - at);
  };
  const std::string known = "If-None-Match: " + tag() + "\r\n";
  CHECK(status_of(exchange(server->port(), "GET /checkpoint", known)) == 304);
  write(tree.bundle() / "checkpoint.new", "origin\n2\nroot=\n");
  fs::rename(tree.bundle() / "checkpoint.new", tree.bundle() / "checkpoint");
  CHECK(status_of(exchange(server->port(), "GET /checkpoint", known)) == 200);
}

TEST_CASE("a bundle that replaces another under its name is the one that is served") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  write(tree.bundle().string() + ".new/index.html", "second");
  fs::rename(tree.bundle(), tree.bundle().string() + ".old");
  fs::rename(tree.bundle().string() + ".new", tree.bundle());
  CHECK(body_of(exchange(server->port(), "GET /")) == "second");
}

TEST_CASE("HEAD says the size and sends nothing; a folder without its slash is sent there") {
  const Tree tree;
  const auto server = StaticServer::start(tree.bundle(), 0).value();
  const std::string head = exchange(server->port(), "HEAD /tile/0/000");
  CHECK(says(head, "200 OK"));
  CHECK(says(head, "Content-Length: 8192"));
  CHECK(says(head, "immutable"));
  CHECK(body_of(head).empty());
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
  CHECK_FALSE(RawClient(port).connected());
  CHECK(says(exchange(second->port(), "GET /"), "200"));
  CHECK(StaticServer::start(tree.bundle() / "nowhere", 0).error().code == ErrorCode::not_found);
}

}  // namespace
}  // namespace scrutineer::http
