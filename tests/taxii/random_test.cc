// Requests by chance: whatever comes, an answer of TAXII 2.1 goes back, and nothing of what was sent stands in it.
#include <doctest/doctest.h>

#include <random>
#include <set>

#include "core/codec/json.h"
#include "tests/taxii/fixture.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

template <class List>
auto pick(std::mt19937& random, const List& list) {
  return list[std::uniform_int_distribution<std::size_t>(0, std::size(list) - 1)(random)];
}

std::string mangled(std::mt19937& random, std::string text) {
  for (int n = static_cast<int>(random() % 4); n > 0 && !text.empty(); --n) {
    const std::size_t at = random() % text.size();
    if (random() % 2 == 0)
      text.erase(at, 1 + random() % 5);
    else
      text.insert(at, 1, static_cast<char>(random() % 256));
  }
  return text;
}

}  // namespace

TEST_CASE("requests by chance get an answer of TAXII, which repeats nothing") {
  TaxiiWorld world;
  std::mt19937 random(21);
  const std::string a = std::string("/taxii2/api/collections/") + kA;
  const std::string paths[] = {"/taxii2/",
                               "/taxii2/api/",
                               "/taxii2/api/collections/",
                               a + "/",
                               a + "/objects/",
                               a + "/manifest/",
                               a + "/objects/" + indicator_id(1) + "/",
                               a + "/objects/" + indicator_id(1) + "/versions/",
                               "/taxii2/api/status/" + std::string(kA) + "/"};
  const std::string methods[] = {"GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE"};
  const std::string users[] = {"reader", "both", "both", "owner", "nobody", "stranger"};
  const std::string names[] = {"limit",       "next",           "added_after",         "match[id]",
                               "match[type]", "match[version]", "match[spec_version]", "x"};
  const std::string values[] = {
      "1", "0", "2021-04-19T17:44:00Z", "00063735a6a4c000", "last", "first,all", "2.1", "geheim7", "", ",,,"};
  const std::string secret =
      envelope(indicator(7) + R"(,{"type":"incident","id":"geheim7","name":"geheim7","geheim7":["geheim7",null]})");
  const std::set<int> good{200, 202, 400, 401, 403, 404, 405, 406, 413, 415, 422};
  std::set<int> seen;
  for (int n = 0; n < 20'000; ++n) {
    http::Request request;
    request.method = pick(random, methods);
    request.path = random() % 4 == 0 ? mangled(random, pick(random, paths)) : pick(random, paths);
    for (int i = static_cast<int>(random() % 3); i > 0; --i)
      request.query.emplace_back(pick(random, names), pick(random, values));
    if (random() % 20 != 0)
      request.headers.emplace_back("authorization", TaxiiWorld::authorization(pick(random, users)));
    if (random() % 20 != 0) request.headers.emplace_back("accept", mangled(random, std::string(kTaxiiMedia)));
    request.headers.emplace_back("content-type", std::string(kTaxiiMedia));
    request.body = random() % 3 == 0 ? mangled(random, secret) : envelope(indicator(static_cast<int>(random() % 50)));
    if (random() % 10 == 0) request.body = indicator(1);
    const http::Answer answer = answer_taxii(*world.store, request);
    seen.insert(answer.status);
    REQUIRE(good.contains(answer.status));
    REQUIRE(answer.type == kTaxiiMedia);
    REQUIRE(answer.body.find("geheim7") == std::string::npos);
    const auto json = Json::parse(answer.body, limits::kStixDepth, JsonNumbers::any);
    REQUIRE(json);
    REQUIRE(json->root().is_object());
  }
  for (int status : {200, 202, 400, 401, 403, 404, 405, 406, 422}) CHECK(seen.contains(status));
}
