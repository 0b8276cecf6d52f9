#include "app/http/wire.h"

#include <doctest/doctest.h>

namespace scrutineer::http {
namespace {

TEST_CASE("a request's head is read, decoded and its names lowered") {
  const auto head = parse_request_head(
      "POST /api/%EC%8B%9C/a+b?unit=%ED%95%9C+%26&x&&y=1=2 HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nContent-Length: "
      "12\r\n\r\n");
  REQUIRE(head);
  CHECK(head->method == "POST");
  CHECK(head->path == "/api/시/a+b");
  CHECK(head->query == std::vector<Field>{{"unit", "한 &"}, {"x", ""}, {"y", "1=2"}});
  CHECK(first_value(head->headers, "host") == "a");
  CHECK(head->length.size == 12);
  CHECK(head->keep_alive);
}

TEST_CASE("whatever two programs could read in two ways is refused") {
  struct Row {
    const char* head;
    int status;
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0},
      {"GET / HTTP/1.0\r\n\r\n", 0},
      {"GET / HTTP/1.1\r\n\r\n", 400},                        // no host
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},  // two
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /\r\n\r\n", 400},                       // HTTP/0.9
      {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},  // two spaces
      {"GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
      {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /\xed\x95\x9c HTTP/1.1\r\nHost: a\r\n\r\n", 400},  // not percent-encoded
      {"GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},           // not UTF-8
      {"GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: a\r\n\r\n", 400},  // bare LF
      {"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400},          // bare CR
      {"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", 400},  // RFC 9112, 5.2
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},               // RFC 9112, 5.1
      {"GET / HTTP/1.1\r\nHost: a\r\nnocolon\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: a\x01\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
      {"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.head);
    const auto head = parse_request_head(row.head);
    CHECK((head ? 0 : head.error().status) == row.status);
  }
  const std::string long_path = "GET /" + std::string(kTargetBytes, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  CHECK(parse_request_head(long_path).error().status == 414);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (std::size_t i = 1; i < kFields; ++i) many += "X: y\r\n";
  CHECK(parse_request_head(many + "\r\n"));
  CHECK(parse_request_head(many + "X: y\r\n\r\n").error().status == 431);
}

TEST_CASE("the head ends at the first empty line, wherever the pieces were cut") {
  const std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest";
  for (std::size_t scanned = 0; scanned < bytes.size() - 4; ++scanned)
    CHECK(head_size(bytes, scanned) == bytes.size() - 4);
  CHECK_FALSE(head_size(std::string_view(bytes).substr(0, bytes.size() - 5)));
}

struct Fed {
  BodyReader::State state;
  std::string body, rest;
};

Fed feed(BodyReader reader, std::string_view bytes, std::size_t piece) {
  std::string rest;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::string_view part = bytes.substr(at, piece);
    rest += part.substr(reader.feed(part));
  }
  const BodyReader::State state = reader.state();
  return {state, reader.take(), rest};
}

TEST_CASE("a body is the same however it is cut, and never above its limit") {
  using State = BodyReader::State;
  constexpr auto kChunked = BodyLength::Kind::chunked;
  struct Row {
    const char* bytes;
    std::size_t limit;
    State state;
    const char *body, *rest;
  };
  const Row rows[] = {
      {"0\r\n\r\nGET", 0, State::done, "", "GET"},
      {"3\r\nabc\r\n2;x=\"y\"\r\nde\r\n0\r\n\r\nGET", 5, State::done, "abcde", "GET"},
      {"A\r\n0123456789\r\n000\r\nTrailer: x\r\n\r\n", 10, State::done, "0123456789", ""},
      {"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 4, State::too_large, "abc", nullptr},
      {"FFFFFFFF\r\nabc", 1000, State::too_large, "", nullptr},
      {"FFFFFFFFFFFFFFFFFFFF\r\nabc", 1000, State::malformed, "", nullptr},
      {"3\r\nabcd\r\n", 9, State::malformed, "abc", nullptr},
      {"3\nabc\r\n", 9, State::malformed, "", nullptr},
      {"-1\r\nabc\r\n", 9, State::malformed, "", nullptr},
      {"0x3\r\nabc\r\n", 9, State::malformed, "", nullptr},
      {" 3\r\nabc\r\n", 9, State::malformed, "", nullptr},
      {"\r\nabc\r\n", 9, State::malformed, "", nullptr},
      {"3\r\nab", 9, State::more, "ab", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    for (const std::size_t piece : {1u, 2u, 3u, 5u, 1000u}) {
      CAPTURE(piece);
      const Fed fed = feed(BodyReader({kChunked, 0}, row.limit), row.bytes, piece);
      CHECK(fed.state == row.state);
      CHECK(fed.body == row.body);
      if (row.rest != nullptr) CHECK(fed.rest == row.rest);
    }
  }
  const std::string long_extension = "3;" + std::string(kChunkLineBytes, 'x') + "\r\nabc\r\n0\r\n\r\n";
  CHECK(feed(BodyReader({kChunked, 0}, 9), long_extension, 7).state == State::malformed);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 1000; ++i) trailers += "Trailer: x\r\n";
  CHECK(feed(BodyReader({kChunked, 0}, 9), trailers, 7).state == State::malformed);
  CHECK(BodyReader({BodyLength::Kind::fixed, 10}, 9).state() == State::too_large);
  CHECK(BodyReader({BodyLength::Kind::fixed, 0}, 0).state() == State::done);
  CHECK(feed(BodyReader({BodyLength::Kind::fixed, 3}, 3), "abcd", 2).rest == "d");
  BodyReader endless({BodyLength::Kind::until_close, 0}, 3);
  endless.feed("abc");
  endless.closed();
  CHECK(endless.state() == State::done);
}

TEST_CASE("an answer's head says how long its body is") {
  const auto length = [](const char* head, const char* method) { return parse_answer_head(head, method)->length; };
  CHECK(length("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "GET").size == 5);
  CHECK(length("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD").size == 0);
  CHECK(length("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "GET").size == 0);
  CHECK(length("HTTP/1.1 200\r\n\r\n", "GET").kind == BodyLength::Kind::until_close);
  CHECK_FALSE(parse_answer_head("HTTP/1.0 200 OK\r\n\r\n", "GET")->keep_alive);
  for (const char* broken : {"", "HTTP/1.1\r\n\r\n", "HTTP/1.1 20x OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
                             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"}) {
    CAPTURE(broken);
    CHECK_FALSE(parse_answer_head(broken, "GET"));
  }
}

}  // namespace
}  // namespace scrutineer::http
