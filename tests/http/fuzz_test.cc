// 10,000 broken requests against the server: it refuses or answers, tells nothing, keeps nothing, and goes on.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "app/http/server.h"
#include "tests/http/request_fuzz.h"

namespace scrutineer::http {
namespace {

std::size_t open_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

const std::vector<std::string> kSeeds = {
    "GET /ko/index.html?a=1&b=%ED%95%9C HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"a\", W/\"b\"\r\n\r\n",
    "POST /api/records HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world",
    "POST /api/records HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n "
    "world\r\n0\r\nT: x\r\n\r\n",
    "POST /api/form HTTP/1.1\r\nHost: x\r\nCookie: session=abc\r\nContent-Length: 9\r\n\r\na=1&b=%20",
    "POST /api/multipart HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: "
    "72\r\n\r\n"
    "--XX\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n1\r\n--XX--",
    "GET / HTTP/1.0\r\n\r\n",
    "DELETE /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n",
};

TEST_CASE("10,000 malformed requests") {
  std::atomic<std::size_t> unfit = 0;  // what no handler may ever see
  ServerOptions options;
  options.port = 0;
  options.threads = 8;
  options.body_limit = [](std::string_view, std::string_view path) -> std::size_t {
    return path.starts_with("/api/") ? 1000 : 0;
  };
  const auto server = Server::start(options, [&](const Request& request) {
                        if (!request.path.starts_with('/') || !is_utf8(request.path) || request.body.size() > 1000)
                          ++unfit;
                        if (request.path == "/api/form") {
                          const auto form = parse_form(request.body);
                          return form ? Answer{} : problem(form.error());
                        }
                        if (request.path == "/api/multipart") {
                          const auto parts = parse_multipart(request);
                          return parts ? Answer{} : problem(parts.error());
                        }
                        if (request.method != "GET") return refusal(405, request.path);
                        Answer answer;
                        answer.body = "good";
                        return answer;
                      }).value();
  CHECK(status_of(exchange(server->port(), "GET /")) == 200);
  const std::size_t before = open_descriptors();
  constexpr std::size_t kThreads = 4, kEach = 2'500;
  std::vector<FuzzOutcome> outcomes(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i)
    threads.emplace_back([&, i] {
      outcomes[i] = RequestFuzz(kSeeds, static_cast<std::uint32_t>(20'250'603 + i)).run(server->port(), kEach);
    });
  for (std::thread& thread : threads) thread.join();
  FuzzOutcome sum;
  for (const FuzzOutcome& one : outcomes) {
    sum.answered += one.answered;
    sum.refused += one.refused;
    sum.closed += one.closed;
    for (const std::string& bad : one.bad) {
      CAPTURE(bad);
      CHECK(bad.empty());
    }
  }
  MESSAGE("answered " << sum.answered << ", refused " << sum.refused << ", closed " << sum.closed);
  CHECK(sum.answered + sum.refused + sum.closed == kThreads * kEach);
  CHECK(sum.refused > kThreads * kEach / 4);  // the fuzz does break something
  CHECK(sum.answered > kThreads * kEach / 10);
  CHECK(unfit == 0);
  CHECK(status_of(exchange(server->port(), "GET /")) == 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));  // connections that were drained are given back
  CHECK(open_descriptors() <= before + 1);
}

}  // namespace
}  // namespace scrutineer::http
