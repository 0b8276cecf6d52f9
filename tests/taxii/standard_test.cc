// The sentences of TAXII 2.1 that bind a server, asked one by one over a real connection: section, who asks what, which
// status and what the answer holds.
#include <doctest/doctest.h>

#include "app/http/raw_client_for_test.h"
#include "tests/taxii/fixture.h"

using namespace scrutineer;
using namespace scrutineer::testing;
using scrutineer::http::body_of;
using scrutineer::http::says;

namespace {

struct Asked {
  std::string section;
  std::string user;     // "" for nobody
  std::string request;  // method and path below /taxii2/; $A: the collection
  int status;
  std::string holds;  // in head or body; "!x": does not hold x
  std::string accept = std::string(kTaxiiMedia);
  std::string type = {}, body = {};
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string ask(std::uint16_t port, const Asked& asked) {
  const std::size_t space = asked.request.find(' ');
  const std::string path =
      replaced(replaced(asked.request.substr(space + 1), "$A", std::string("api/collections/") + kA), "$B",
               std::string("api/collections/") + kB);
  std::string more;
  if (!asked.user.empty()) more += "Authorization: " + TaxiiWorld::authorization(asked.user) + "\r\n";
  if (!asked.accept.empty()) more += "Accept: " + asked.accept + "\r\n";
  if (!asked.type.empty()) more += "Content-Type: " + asked.type + "\r\n";
  more += asked.body.empty() ? "" : "Content-Length: " + std::to_string(asked.body.size()) + "\r\n";
  return http::say(port, asked.request.substr(0, space) + " /taxii2/" + path +
                             " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + more + "\r\n" + asked.body);
}

void check_all(std::uint16_t port, const std::vector<Asked>& rows) {
  for (const Asked& row : rows) {
    CAPTURE(row.section);
    CAPTURE(row.request);
    CAPTURE(row.accept);
    const std::string answer = ask(port, row);
    CAPTURE(answer);
    CHECK(http::status_of(answer) == row.status);
    CHECK(says(answer, "Content-Type: application/taxii+json;version=2.1\r\n"));
    if (row.holds.starts_with('!'))
      CHECK_FALSE(says(answer, row.holds.substr(1)));
    else
      CHECK(says(answer, row.holds));
    if (row.status < 400) continue;
    // Section 3.6.1: an error says its title and its status.
    CHECK(says(answer, "\"title\":"));
    CHECK(says(answer, "\"http_status\":\"" + std::to_string(row.status) + "\""));
  }
}

const std::string kTaxii(kTaxiiMedia);

Asked post(const std::string& section, const std::string& user, const std::string& path, int status,
           const std::string& holds, const std::string& body, const std::string& type = kTaxii) {
  return {section, user, "POST " + path, status, holds, kTaxii, type, body};
}

}  // namespace

TEST_CASE("what a server must answer: discovery, API root, collections, errors") {
  TaxiiWorld world;
  const auto server = world.serve();
  const std::string object = "GET $A/objects/" + indicator_id(1) + "/";
  check_all(
      server->port(),
      {
          // Section 1.6.9, 3.6: authentication
          {"3.2 WWW-Authenticate", "", "GET ", 401, "WWW-Authenticate: Basic realm="},
          {"3.2", "", "GET $A/objects/", 401, "!Collection A"},
          {"3.2", "", "GET nowhere/", 401, ""},
          // Section 1.6.8, 3.2: Accept
          {"3.2 Accept required", "both", "GET ", 406, "", ""},
          {"1.6.8", "both", "GET ", 406, "", "application/json"},
          {"1.6.8", "both", "GET ", 406, "", "application/taxii+json;version=2.0"},
          {"1.6.8", "both", "GET ", 406, "", "application/taxii+json;version=99"},
          {"1.6.8", "both", "GET ", 406, "", "application/taxii+json;version=2.1;q=0"},
          {"1.6.8", "both", "GET ", 406, "", "application/vnd.oasis.taxii+json; version=2.0"},
          {"1.6.8", "both", "GET ", 200, "", "application/taxii+json"},
          {"1.6.8", "both", "GET ", 200, "", "application/json, APPLICATION/taxii+json; version=\"2.1\""},
          {"1.6.8", "both", "GET ", 200, "", "*/*"},
          {"1.6.8", "both", "GET api/collections/", 406, "", "text/html"},
          {"1.6.8", "both", object, 406, "", "application/stix+json;version=2.1"},
          // Section 4.1
          {"4.1", "nobody", "GET ", 200, "\"title\":\"Feeds\""},
          {"4.1.1", "nobody", "GET ", 200, "\"api_roots\":[\"/taxii2/api/\"]"},
          {"4.1.1", "nobody", "GET ", 200, "\"default\":\"/taxii2/api/\""},
          {"4.1", "nobody", "POST ", 405, "Allow: GET, HEAD"},
          // Section 4.2
          {"4.2.1", "nobody", "GET api/", 200, "\"versions\":[\"application/taxii+json;version=2.1\"]"},
          {"4.2.1", "nobody", "GET api/", 200, "\"max_content_length\":16777216"},
          {"4.2", "nobody", "GET other/", 404, ""},
          // Section 4.3
          {"4.3", "both", "GET api/status/00000000-0000-4000-8000-000000000000/", 404, ""},
          {"4.3", "both", "DELETE api/status/00000000-0000-4000-8000-000000000000/", 405, "Allow: GET, HEAD"},
          // Section 5.1, 5.2
          {"5.1 none: an empty object", "nobody", "GET api/collections/", 200, "\r\n\r\n{}"},
          {"5.1 only what one may know of", "reader", "GET api/collections/", 200, "!Collection B"},
          {"5.1", "owner", "GET api/collections/", 200, "Collection B"},
          {"5.2.1", "reader", "GET $A/", 200, "\"can_read\":true,\"can_write\":false"},
          {"5.2.1", "writer", "GET $A/", 200, "\"can_read\":false,\"can_write\":true"},
          {"5.2.1", "reader", "GET $A/", 200, "\"media_types\":[\"application/stix+json;version=2.1\"]"},
          {"5.2.1 alias", "reader", "GET api/collections/feed-a/", 200, std::string("\"id\":\"") + kA},
          {"5.2", "reader", "GET $B/", 404, "!Collection B"},
          {"5.2", "reader", "GET api/collections/nothing/", 404, ""},
          // Sections 5.3 and 5.4: nothing there is an empty object, without the two headers
          {"5.3", "reader", "GET $A/manifest/", 200, "\r\n\r\n{}"},
          {"5.4", "reader", "GET $A/objects/", 200, "\r\n\r\n{}"},
          {"3.2 no dates of nothing", "reader", "GET $A/objects/", 200, "!X-TAXII-Date"},
          {"5.4", "writer", "GET $A/objects/", 403, ""},
          {"5.3", "writer", "GET $A/manifest/", 403, ""},
          {"5.6", "writer", object, 403, ""},
          {"5.6", "reader", object, 404, ""},
          {"5.8", "reader", object.substr(0, object.size()) + "versions/", 404, ""},
          {"5.4", "reader", "GET $B/objects/", 404, ""},
          {"5.4", "reader", "PUT $A/objects/", 405, "Allow: GET, HEAD, POST"},
          {"5.7 not offered", "both", "DELETE $A/objects/" + indicator_id(1) + "/", 405, "Allow: GET, HEAD"},
          // Section 3.4, 3.5: parameters
          {"3.4 limit", "reader", "GET $A/objects/?limit=0", 400, ""},
          {"3.4 limit", "reader", "GET $A/objects/?limit=-1", 400, ""},
          {"3.4 limit", "reader", "GET $A/objects/?limit=x", 400, ""},
          {"3.4 next", "reader", "GET $A/objects/?next=x", 400, ""},
          {"3.4 added_after", "reader", "GET $A/objects/?added_after=yesterday", 400, ""},
          {"3.4 added_after in UTC", "reader", "GET $A/objects/?added_after=2021-01-01T00:00:00%2B09:00", 400, ""},
          {"3.4.1 each field once", "reader", "GET $A/objects/?match%5Btype%5D=indicator&match%5Btype%5D=url", 400, ""},
          {"3.4.1", "reader", "GET $A/objects/?match%5Bversion%5D=newest", 400, ""},
          {"3.4.1", "reader", "GET $A/objects/?match%5Bother%5D=x&other=1&other=2", 200, "{}"},
          // Section 5.5: what may be sent
          post("5.5", "reader", "$A/objects/", 403, "", envelope(indicator(1))),
          post("5.5", "nobody", "$A/objects/", 404, "", envelope(indicator(1))),
          post("5.5 media type", "writer", "$A/objects/", 415, "", envelope(indicator(1)), "application/json"),
          post("5.5 media type", "writer", "$A/objects/", 415, "", envelope(indicator(1)),
               "application/taxii+json;version=2.0"),
          post("5.5 media type", "writer", "$A/objects/", 415, "", envelope(indicator(1)),
               "application/stix+json;version=2.1"),
          post("5.5 not JSON", "writer", "$A/objects/", 400, "", "{\"objects\":["),
          post("5.5 a bundle is no envelope", "writer", "$A/objects/", 422, "",
               R"({"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[)" + indicator(1) +
                   "]}"),
          post("5.5 an object is no envelope", "writer", "$A/objects/", 422, "", indicator(1)),
          post("5.5", "writer", "$A/objects/", 422, "", "{}"),
          post("4.2.1 max_content_length", "writer", "$A/objects/", 413, "",
               envelope(indicator(1)) + std::string(limits::kTaxiiContent, ' ')),
      });
  CHECK(world.store->find({"both"}, {kA, {}, {}, {}, true, true}, {})->heads.empty());
}

TEST_CASE("objects that are added come back byte for byte, in order, by page, with their dates") {
  TaxiiWorld world;
  const auto server = world.serve();
  const std::string new_version = indicator(2, "2021-05-01T00:00:00.000Z");
  std::string objects = indicator(1);
  for (int n = 2; n <= 5; ++n) objects += " ,\n" + indicator(n);
  const std::string url =
      R"({"type":"url","spec_version":"2.1","id":"url--00000000-0000-4000-8000-000000000009","value":"http://a.example/"})";
  const std::string wrong =
      R"({"type":"incident","id":"incident--00000000-0000-4000-8000-000000000008","name":"geheim7"})";
  check_all(
      server->port(),
      {post("5.5", "writer", "$A/objects/", 202, "\"status\":\"complete\"", envelope(objects)),
       post("5.5 the same again", "writer", "$A/objects/", 202, "\"success_count\":5,", envelope(objects)),
       post("4.3.1 each object has its outcome", "writer", "$A/objects/", 202, "\"failure_count\":1",
            envelope(wrong + "," + url)),
       post("4.3.1 and why", "writer", "$A/objects/", 202, "spec_version: expected 2.1", envelope(wrong)),
       post("4.3.1 no values", "writer", "$A/objects/", 202, "!geheim7", envelope(wrong)),
       post("the same version with other content", "writer", "$A/objects/", 202,
            "another object of this id and version", envelope(replaced(indicator(3), "192.0.2.1", "192.0.2.2"))),
       post("a new version", "writer", "$A/objects/", 202, "\"success_count\":1", envelope(new_version)),
       {"5.4", "reader", "GET $A/objects/", 200,
        envelope(indicator(1) + "," + indicator(3) + "," + indicator(4) + "," + indicator(5) + "," + url + "," +
                 new_version)},
       {"5.4 alias", "reader", "GET api/collections/feed-a/objects", 200, url},
       {"3.2", "reader", "GET $A/objects/?limit=2", 200, "X-TAXII-Date-Added-First: 2025-06-03T20:00:00.000000Z\r\n"},
       {"3.2", "reader", "GET $A/objects/?limit=2", 200, "X-TAXII-Date-Added-Last: 2025-06-03T20:00:00.000002Z\r\n"},
       {"3.5", "reader", "GET $A/objects/?limit=2", 200, "\"more\":true,\"next\":\""},
       {"3.5", "reader", "GET $A/objects/?limit=6", 200, "!more"},
       {"3.4 added_after", "reader", "GET $A/objects/?added_after=2025-06-03T20:00:00.000004Z", 200,
        envelope(url + "," + new_version)},
       {"3.4 added_after is not at", "reader", "GET $A/objects/?added_after=2025-06-03T20:00:00.000006Z", 200,
        "\r\n\r\n{}"},
       {"3.4.1 id", "reader", "GET $A/objects/?match%5Bid%5D=" + indicator_id(4) + "," + indicator_id(1), 200,
        envelope(indicator(1) + "," + indicator(4))},
       {"3.4.1 type", "reader", "GET $A/objects/?match%5Btype%5D=url,file", 200, envelope(url)},
       {"3.4.1 all fields must match", "reader", "GET $A/objects/?match%5Btype%5D=url&match%5Bid%5D=" + indicator_id(1),
        200, "\r\n\r\n{}"},
       {"3.4.1 version first", "reader", "GET $A/objects/?match%5Bversion%5D=first&match%5Bid%5D=" + indicator_id(2),
        200, envelope(indicator(2))},
       {"3.4.1 version last", "reader", "GET $A/objects/?match%5Bversion%5D=last&match%5Bid%5D=" + indicator_id(2), 200,
        envelope(new_version)},
       {"3.4.1 version all", "reader", "GET $A/objects/?match%5Bversion%5D=all&match%5Bid%5D=" + indicator_id(2), 200,
        envelope(indicator(2) + "," + new_version)},
       {"3.4.1 version by time", "reader",
        "GET $A/objects/?match%5Bversion%5D=2021-04-19T17:44:00Z&match%5Bid%5D=" + indicator_id(2), 200,
        envelope(indicator(2))},
       {"3.4.1 spec_version", "reader", "GET $A/objects/?match%5Bspec_version%5D=2.0", 200, "\r\n\r\n{}"},
       {"3.4.1 spec_version", "reader", "GET $A/objects/?match%5Bspec_version%5D=2.0,2.1&match%5Btype%5D=url", 200,
        url},
       {"5.3.1", "reader", "GET $A/manifest/?match%5Bid%5D=" + indicator_id(1), 200,
        "{\"objects\":[{\"id\":\"" + indicator_id(1) +
            "\",\"date_added\":\"2025-06-03T20:00:00.000000Z\",\"version\":\"2021-04-19T17:44:00.000Z\",\"media_type\":"
            "\"application/stix+json;version=2.1\"}]}"},
       {"5.3.1 an object without versions", "reader", "GET $A/manifest/?match%5Btype%5D=url", 200,
        "\"version\":\"2025-06-03T20:00:00.000005Z\""},
       {"5.3", "reader", "GET $A/manifest/?limit=1", 200, "X-TAXII-Date-Added-First: "},
       {"5.6", "reader", "GET $A/objects/" + indicator_id(2) + "/", 200, envelope(new_version)},
       {"5.6", "reader", "GET $A/objects/" + indicator_id(2) + "/?match%5Bversion%5D=all", 200,
        envelope(indicator(2) + "," + new_version)},
       {"5.6", "reader", "GET $A/objects/" + indicator_id(2) + "/?match%5Bversion%5D=2020-01-01T00:00:00Z", 200,
        "\r\n\r\n{}"},
       {"5.6", "reader", "GET $A/objects/" + indicator_id(6) + "/", 404, ""},
       {"5.8.1", "reader", "GET $A/objects/" + indicator_id(2) + "/versions/", 200,
        "{\"versions\":[\"2021-04-19T17:44:00.000Z\",\"2021-05-01T00:00:00.000Z\"]}"},
       {"5.8", "reader", "GET $A/objects/" + indicator_id(2) + "/versions/?limit=1", 200, "\"more\":true"}});
}

TEST_CASE("a status is for whoever asked for it") {
  TaxiiWorld world;
  const auto server = world.serve();
  const std::string added = ask(server->port(), post("", "both", "$A/objects/", 202, "", envelope(indicator(1))));
  const std::string id = added.substr(added.find("\"id\":\"") + 6, 36);
  check_all(server->port(), {{"4.3", "both", "GET api/status/" + id + "/", 200, body_of(added)},
                             {"4.3", "owner", "GET api/status/" + id + "/", 404, ""},
                             {"4.3", "", "GET api/status/" + id + "/", 401, ""}});
}

TEST_CASE("wrong names and tokens are all the same") {
  TaxiiWorld world;
  const auto server = world.serve();
  const auto tried = [&](const std::string& header) {
    const std::string answer = http::exchange(server->port(), "GET /taxii2/", "Accept: */*\r\n" + header);
    return std::to_string(http::status_of(answer)) + body_of(answer);
  };
  const std::string refused = tried("");
  CHECK(refused.starts_with("401"));
  for (const std::string& header :
       {std::string("Authorization: x"), std::string("Authorization: Basic"), std::string("Authorization: Basic !"),
        "Authorization: Basic " + to_base64("both"), "Authorization: Basic " + to_base64("both:"),
        "Authorization: Basic " + to_base64("both:token of reader"),
        "Authorization: Basic " + to_base64("Both:token of both"),
        "Authorization: Basic " + to_base64("stranger:token of stranger"),
        "Authorization: Bearer " + to_base64("both:token of both"),
        "Authorization: Basic " + to_base64(std::string(2'000, 'x') + ":x"),
        "Authorization: Basic " + to_base64(std::string("both\0:token of both", 19))})
    CHECK(tried(header + "\r\n") == refused);
  CHECK(tried("Authorization: basic " + to_base64("both:token of both") + "\r\n").starts_with("200"));
}

TEST_CASE("odd requests get an answer that says nothing about what is there") {
  TaxiiWorld world;
  const auto server = world.serve();
  for (const char* path : {"/taxii2//", "/taxii2/api//", "/taxii2/api/collections/../",
                           "/taxii2/api/collections/%2e%2e/", "/taxii2/api/status/", "/taxii2/api/status/x/y/",
                           "/taxii2/api/collections/a1111111-0000-4000-8000-000000000001/objects/x/versions/y/",
                           "/taxii2/api/collections/a1111111-0000-4000-8000-000000000001/other/", "/taxii2/%00/",
                           "/taxii2/api/collections/%ff/",
                           "/taxii2/api/collections/a1111111-0000-4000-8000-000000000001/objects/..%2f..%2flock/"}) {
    CAPTURE(path);
    const std::string answer =
        http::exchange(server->port(), std::string("GET ") + path,
                       "Accept: */*\r\nAuthorization: " + TaxiiWorld::authorization("reader") + "\r\n");
    CHECK((http::status_of(answer) == 404 || http::status_of(answer) == 400));
    CHECK_FALSE(says(answer, "Collection"));
  }
}
