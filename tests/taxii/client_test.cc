// Our client against our server, and against servers that mean no good.
#include "app/taxii/client.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/base/check.h"
#include "tests/stix/reports.h"
#include "tests/taxii/fixture.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

TaxiiClientOptions as(const std::string& user, std::uint16_t port) {
  TaxiiClientOptions options;
  options.url = "http://127.0.0.1:" + std::to_string(port) + "/taxii2/";
  options.name = user;
  options.token = "token of " + user;
  options.seconds = 5;
  return options;
}

std::vector<StixObject> pull_all(TaxiiClient& client, TaxiiTime since = {}) {
  std::vector<StixObject> out;
  auto pulled = client.pull(kA, since, [&](StixObject object) -> Status {
    out.push_back(std::move(object));
    return {};
  });
  REQUIRE(pulled);
  return out;
}

// Answers everything below /api/collections/ with `page`, called with the number of the request.
std::unique_ptr<http::Server> hostile(const std::function<http::Answer(int)>& page) {
  auto asked = std::make_shared<std::atomic<int>>(0);
  http::ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.body_limit = [](std::string_view, std::string_view) -> std::size_t { return 1u << 20; };
  return http::Server::start(options,
                             [=](const http::Request& request) {
                               if (request.path != "/taxii2/") return page((*asked)++);
                               http::Answer answer;
                               answer.type = kTaxiiMedia;
                               answer.body = R"({"title":"x","default":"/taxii2/api/","api_roots":["/taxii2/api/"]})";
                               return answer;
                             })
      .value();
}

http::Answer json(std::string body, int status = 200, std::string type = std::string(kTaxiiMedia)) {
  http::Answer answer;
  answer.status = status;
  answer.type = std::move(type);
  answer.body = std::move(body);
  return answer;
}

std::string code_of_pull(const std::function<http::Answer(int)>& page, std::size_t pages = 20,
                         std::size_t objects = 1'000) {
  const auto server = hostile(page);
  TaxiiClientOptions options = as("both", server->port());
  options.pages = pages;
  options.objects = objects;
  auto client = TaxiiClient::connect(options);
  REQUIRE(client);
  auto pulled = (*client)->pull(kA, {}, [](const StixObject&) -> Status { return {}; });
  if (pulled) return "pulled";
  CHECK(to_string(pulled.error()).find("geheim7") == std::string::npos);
  return std::string(error_code_name(pulled.error().code));
}

}  // namespace

TEST_CASE("reports are pushed by one and pulled by another, byte for byte, and summed up the same") {
  TaxiiWorld world;
  const auto server = world.serve();
  auto writer = TaxiiClient::connect(as("writer", server->port()));
  auto reader = TaxiiClient::connect(as("reader", server->port()));
  REQUIRE(writer);
  REQUIRE(reader);
  CHECK((*reader)->collections()->size() == 1);
  CHECK((*reader)->collections()->front().alias == "feed-a");
  for (const AttackReport& report : historical_reports()) {
    const Bytes text = *write_stix(report, stamp_of(report.title));
    const StixBundle bundle = *read_stix(text);
    const auto before = pull_all(**reader);
    auto status = (*writer)->push(kA, bundle);
    REQUIRE(status);
    CHECK(status->complete());
    CHECK(status->failures.empty());
    CHECK(status->successes.size() == bundle.objects.size());
    auto asked = (*writer)->status(status->id);
    REQUIRE(asked);
    CHECK(asked->successes.size() == status->successes.size());
    // What is shared by reports (markings, identities) came with an earlier one.
    StixBundle got;
    for (StixObject& object : pull_all(**reader)) {
      const bool ours = std::any_of(bundle.objects.begin(), bundle.objects.end(),
                                    [&](const StixObject& o) { return o.text == object.text; });
      if (ours) got.objects.push_back(std::move(object));
    }
    CHECK(got.objects.size() == bundle.objects.size());
    // The order may differ by what was there before; who is named does not.
    CHECK(summary_of(got).report.attributions == report.attributions);
    CHECK(summary_of(got).report.indicators == report.indicators);
    CHECK(before.size() < pull_all(**reader).size());
  }
  CHECK((*reader)->push(kA, *read_stix(indicator(1))).error().code == ErrorCode::unauthorised);
  CHECK((*writer)->pull(kA, {}, [](const StixObject&) -> Status { return {}; }).error().code ==
        ErrorCode::unauthorised);
  CHECK((*reader)->pull(kB, {}, [](const StixObject&) -> Status { return {}; }).error().code == ErrorCode::not_found);
  CHECK((*reader)->status("00000000-0000-4000-8000-000000000000").error().code == ErrorCode::not_found);
  TaxiiClientOptions stranger = as("reader", server->port());
  stranger.token = "geheim7";
  auto refused = TaxiiClient::connect(stranger);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unauthorised);
  CHECK(to_string(refused.error()).find("geheim7") == std::string::npos);
}

TEST_CASE("pages stay in order while objects arrive: none twice, none left out") {
  TaxiiWorld world;
  const auto server = world.serve();
  constexpr int kObjects = 3'000;
  std::atomic<bool> done = false;
  std::thread adding([&] {
    auto writer = TaxiiClient::connect(as("writer", server->port())).value();
    for (int n = 1; n <= kObjects; n += 50) {
      std::string objects = indicator(n);
      for (int m = n + 1; m < n + 50; ++m) objects += "," + indicator(m);
      scrutineer::check(writer->push(kA, *read_stix(envelope(objects))).has_value(), "pushed");
    }
    done = true;
  });
  auto reader = TaxiiClient::connect(as("reader", server->port())).value();
  std::vector<std::string> seen;
  TaxiiTime since;
  while (true) {
    const bool last_round = done;
    auto pulled = reader->pull(kA, since, [&](const StixObject& object) -> Status {
      seen.push_back(object.id.text());
      return {};
    });
    REQUIRE(pulled);
    if (pulled->last) since = *pulled->last;
    if (last_round) break;
  }
  adding.join();
  REQUIRE(seen.size() == kObjects);
  for (int n = 1; n <= kObjects; ++n) CHECK(seen[static_cast<std::size_t>(n) - 1] == indicator_id(n));
}

TEST_CASE("servers that mean no good: every pull ends, with a reason") {
  const std::string page = "{\"more\":true,\"next\":\"";
  const std::string object = "\",\"objects\":[" + indicator(1) + "]}";
  CHECK(code_of_pull([&](int) { return json(envelope(indicator(1))); }) == "pulled");
  CHECK(code_of_pull([&](int) { return json("{}"); }) == "pulled");
  struct Row {
    const char* because;
    std::function<http::Answer(int)> page;
    const char* code;
  };
  const Row rows[] = {
      {"the same page for ever", [&](int) { return json(page + "x" + object); }, "malformed"},
      {"new pages for ever", [&](int n) { return json(page + std::to_string(n) + object); }, "limit_exceeded"},
      {"empty pages for ever", [&](int n) { return json(page + std::to_string(n) + "\"}"); }, "malformed"},
      {"more, and not where", [&](int) { return json("{\"more\":true,\"objects\":[" + indicator(1) + "]}"); },
       "unsupported"},
      {"another media type", [&](int) { return json("{}", 200, "application/json"); }, "unsupported"},
      {"another version", [&](int) { return json("{}", 200, "application/taxii+json;version=2.0"); }, "unsupported"},
      {"a page for people", [&](int) { return json("<p>geheim7", 200, "text/html"); }, "unsupported"},
      {"no JSON", [&](int) { return json("geheim7"); }, "malformed"},
      {"a bundle", [&](int) { return json(*write_stix(infection(), stamp_of("x"))); }, "malformed"},
      {"an endless answer", [&](int) { return json(std::string(limits::kTaxiiAnswer + 1, ' ')); }, "limit_exceeded"},
      {"depth", [&](int) { return json(std::string(1'000'000, '[')); }, "limit_exceeded"},
      {"moved", [&](int) { return json("{}", 302); }, "io_error"},
      {"failing", [&](int) { return json("geheim7", 500); }, "io_error"},
      {"busy", [&](int) { return json("{}", 503); }, "busy"},
      {"too many", [&](int) { return json("{}", 429); }, "busy"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.because);
    CHECK(code_of_pull(row.page) == row.code);
  }
  std::string many = "{\"objects\":[" + indicator(1);
  for (int n = 2; n <= 1'001; ++n) many += "," + indicator(n);
  CHECK(code_of_pull([&](int) { return json(many + "]}"); }) == "limit_exceeded");
}

TEST_CASE("what is not STIX in a page is counted and left out; the rest is taken") {
  const auto server = hostile(
      [](int) { return json(envelope(indicator(1) + R"(,{"type":"incident","name":"geheim7"},)" + indicator(2))); });
  auto client = TaxiiClient::connect(as("both", server->port())).value();
  std::size_t taken = 0;
  auto pulled = client->pull(kA, {}, [&](const StixObject&) -> Status { return ++taken, Status(); });
  REQUIRE(pulled);
  CHECK(taken == 2);
  CHECK(pulled->refused == 1);
  for (const Problem& problem : pulled->problems.listed())
    CHECK((problem.where + problem.message).find("geheim7") == std::string::npos);
}

TEST_CASE("an API root elsewhere gets no token") {
  for (const auto& [root, code] : {std::pair{"https://other.example/taxii2/", "unauthorised"},
                                   {"//other.example/x/", "malformed"},
                                   {"/a/../b/", "malformed"},
                                   {"api/", "malformed"},
                                   {"", "malformed"},
                                   {"/x y/", "malformed"}}) {
    http::ServerOptions options;
    options.port = 0;
    options.threads = 1;
    const std::string body = std::string(R"({"title":"x","api_roots":[")") + root + "\"]}";
    const auto server = http::Server::start(options, [body](const http::Request&) { return json(body); }).value();
    auto client = TaxiiClient::connect(as("both", server->port()));
    CAPTURE(root);
    REQUIRE_FALSE(client);
    CHECK(error_code_name(client.error().code) == code);
  }
}
