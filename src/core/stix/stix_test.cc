#include "core/stix/stix.h"

#include <doctest/doctest.h>

#include "core/codec/json.h"
#include "core/stix/stix_time.h"
#include "core/stix/tlp.h"

using namespace scrutineer;

namespace {

constexpr std::string_view kUuid = "b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6";
// Stands in every value that is wrong: nothing that anybody is told may contain it.
constexpr std::string_view kSecret = "geheim7";

std::string times() {
  return R"("created":"2021-04-19T17:44:00.000Z","modified":"2021-04-19T17:44:00.000Z")";
}
std::string head(std::string_view type) {
  return R"({"type":")" + std::string(type) + R"(","spec_version":"2.1","id":")" + std::string(type) + "--" +
         std::string(kUuid) + R"(",)";
}
std::string domain(std::string_view type, const std::string& rest) {
  return head(type) + times() + (rest.empty() ? "" : ",") + rest + "}";
}
std::string observable(std::string_view type, const std::string& rest) {
  return head(type) + rest + "}";
}
std::string other(std::string_view type) {
  return std::string(type) + "--00000000-0000-4000-8000-000000000001";
}
std::string bundle(const std::string& objects) {
  return R"({"type":"bundle","id":"bundle--)" + std::string(kUuid) + R"(","objects":[)" + objects + "]}";
}

struct Row {
  std::string text;
  std::string where;    // ends in this
  std::string because;  // begins with this
  ErrorCode code = ErrorCode::malformed;
};

void check_refused(const Row& row) {
  CAPTURE(row.text.substr(0, 300));
  Problems problems;
  auto read = read_stix(row.text, {}, &problems);
  REQUIRE_FALSE(read);
  CAPTURE(to_string(read.error()));
  CHECK(error_code_name(read.error().code) == error_code_name(row.code));
  CHECK(read.error().where.ends_with(row.where));
  CHECK(read.error().message.starts_with(row.because));
  for (const Problem& problem : problems.listed()) {
    CHECK(problem.where.find(kSecret) == std::string::npos);
    CHECK(problem.message.find(kSecret) == std::string::npos);
  }
  CHECK(to_string(read.error()).find(kSecret) == std::string::npos);
}

}  // namespace

TEST_CASE("an object is kept byte for byte, with its id, times and references") {
  const std::string object = domain("identity", R"( "name" : "A\u00e9" , "created_by_ref":")" + other("identity") +
                                                    R"(","object_marking_refs":[")" + tlp_marking_id(Tlp::red).text() +
                                                    R"("],"x_far":48.8566,"revoked":true)");
  for (const std::string& text : {object, "\n " + object + " \n", bundle(" " + object + "\n"),
                                  "{\"more\":true,\"next\":\"n\",\"objects\":[" + object + "]}"}) {
    auto read = read_stix(text);
    REQUIRE(read);
    REQUIRE(read->objects.size() == 1);
    const StixObject& one = read->objects[0];
    CHECK(one.text == object);
    CHECK(one.id.type() == "identity");
    CHECK(one.id.uuid() == kUuid);
    CHECK(one.version() == "2021-04-19T17:44:00.000Z");
    CHECK(one.created_by.text() == other("identity"));
    CHECK(one.markings == std::vector{tlp_marking_id(Tlp::red)});
    CHECK(one.revoked);
    CHECK_FALSE(one.custom);
  }
  CHECK(read_stix("{\"more\":true,\"next\":\"n\"}")->next == "n");
  CHECK(read_stix("{}")->container == StixContainer::envelope);
}

TEST_CASE("what the specification says must be, and is not: refused, with the place and never the value") {
  const std::string s(kSecret);
  const Row rows[] = {
      {"", "byte 0", "this is not JSON"},
      {"[]", "byte 0", "expected an object, a bundle"},
      {"{\"name\":\"" + s + "\"}", "byte 0", "this is no object"},
      {R"({"type":"bundle","id":"bundle--1","objects":[]})", "bundle: id", "expected bundle"},
      {R"({"type":"bundle","spec_version":"2.0","id":"bundle--)" + std::string(kUuid) + R"("})", "bundle",
       "this is STIX 2.0", ErrorCode::unsupported},
      {bundle(""), "objects", "expected a list that is not empty"},
      {bundle("3"), "objects[0]", "expected an object"},
      {bundle("{\"type\":\"" + s + "_\"}"), "objects[0]: type", "expected a type"},
      {"{\"more\":\"" + s + "\"}", "envelope: more", "expected true"},
      // Section 2.9, 3.2
      {R"({"type":"incident","spec_version":"2.1","id":"identity--)" + std::string(kUuid) + "\"," + times() + "}",
       "objects[0]: id", "expected the type"},
      {R"({"type":"incident","spec_version":"2.1","id":"incident--geheim7","name":"x",)" + times() + "}",
       "objects[0]: id", "expected the type"},
      {R"({"type":"identity","id":"identity--)" + std::string(kUuid) + R"(","name":"x",)" + times() + "}",
       "spec_version", "expected 2.1", ErrorCode::unsupported},
      {R"({"type":"identity","spec_version":"2.0","id":"identity--)" + std::string(kUuid) + R"(","name":"x",)" +
           times() + "}",
       "spec_version", "expected 2.1", ErrorCode::unsupported},
      {head("identity") + R"("name":"x","modified":"2021-04-19T17:44:00.000Z"})", "created",
       "this property is required"},
      {head("identity") + R"("name":"x","created":"2021-04-19T17:44:00Z","modified":"2021-04-19T17:44:00.000Z"})",
       "created", "expected a time in UTC with milliseconds"},
      {head("identity") + R"("name":"x","created":"2021-04-19T17:44:00.000Z","modified":"2021-04-19T17:43:59.999Z"})",
       "modified", "this is earlier"},
      {head("identity") + R"("name":"x","created":"2021-02-29T17:44:00.000Z","modified":"2021-04-19T17:44:00.000Z"})",
       "created", "expected a time"},
      {head("identity") +
           R"("name":"x","created":"2021-04-19T17:44:00.000+09:00","modified":"2021-04-19T17:44:00.000Z"})",
       "created", "expected a time"},
      {domain("identity", R"("name":null)"), "name", "null may not"},
      {domain("identity", R"("name":5)"), "name", "expected a text"},
      {domain("identity", ""), "name", "this property is required"},
      {domain("identity", R"("name":"x","labels":[])"), "labels", "a list may not be empty"},
      {domain("identity", R"("name":"x","labels":"geheim7")"), "labels", "expected a list"},
      {domain("identity", R"("name":"x","labels":["a",1])"), "labels[1]", "expected a text"},
      {domain("identity", R"("name":"x","revoked":"geheim7")"), "revoked", "expected true"},
      {domain("identity", R"("name":"x","confidence":101)"), "confidence", "expected an integer from 0 to 100"},
      {domain("identity", R"("name":"x","confidence":50.5)"), "confidence", "expected an integer"},
      {domain("identity", R"("name":"x","created_by_ref":"geheim7")"), "created_by_ref", "expected the id"},
      {domain("identity", R"("name":"x","created_by_ref":")" + other("malware") + "\""), "created_by_ref",
       "this refers to an object of a type"},
      {domain("identity", R"("name":"x","object_marking_refs":[")" + other("identity") + "\"]"),
       "object_marking_refs[0]", "this refers to an object of a type"},
      {domain("identity", R"("name":"x","external_references":[{"url":"http://geheim7"}])"),
       "external_references[0].source_name", "this text is required"},
      {domain("identity", R"("name":"x","external_references":[{"source_name":"geheim7"}])"), "external_references[0]",
       "a reference has"},
      {domain("identity", R"("name":"x","granular_markings":[{"marking_ref":"x"}])"), "granular_markings[0].selectors",
       "expected a list"},
      {domain("identity", R"("name":"x","extensions":{})"), "extensions", "expected an object that is not empty"},
      {domain("identity", R"("name":"x","extensions":{"geheim7":{"a":1}})"), "extensions.#1", "expected an extension"},
      {domain("identity", R"("name":"x","extensions":{")" + other("extension-definition") + R"(":{"a":"b"}})"),
       "extensions.#1.extension_type", "expected one of"},
      {domain("identity", R"("name":"x","Geheim7":1)"), "#7", "the name of a property"},
      {domain("identity", R"("name":"x","geheim7_list":[{"geheim7":null}])"), "#7[0].#1", "null may not"},
      // Sections 4 and 5
      {domain("indicator", R"("pattern":"x","pattern_type":"stix")"), "valid_from", "this property is required"},
      {domain(
           "indicator",
           R"("pattern":"x","pattern_type":"stix","valid_from":"2021-01-02T00:00:00Z","valid_until":"2021-01-02T00:00:00Z")"),
       "valid_until", "this is earlier"},
      {domain(
           "observed-data",
           R"("first_observed":"2021-01-02T00:00:00Z","last_observed":"2021-01-02T00:00:00Z","number_observed":0,"object_refs":[")" +
               other("url") + "\"]"),
       "number_observed", "expected an integer from 1"},
      {domain(
           "observed-data",
           R"("first_observed":"2021-01-02T00:00:00Z","last_observed":"2021-01-01T00:00:00Z","number_observed":1,"object_refs":[")" +
               other("url") + "\"]"),
       "last_observed", "this is earlier"},
      {domain("observed-data",
              R"("first_observed":"2021-01-02T00:00:00Z","last_observed":"2021-01-02T00:00:00Z","number_observed":1)"),
       "objects", "at least one"},
      {domain("sighting", R"("count":2)"), "sighting_of_ref", "this property is required"},
      {domain("relationship", R"("relationship_type":"Uses","source_ref":")" + other("malware") +
                                  R"(","target_ref":")" + other("malware") + "\""),
       "relationship_type", "expected a-z"},
      {domain("relationship", R"("relationship_type":"uses","source_ref":")" + other("relationship") +
                                  R"(","target_ref":")" + other("malware") + "\""),
       "source_ref", "this refers to an object"},
      {domain("malware", R"("is_family":true)"), "name", "a family"},
      {domain("malware", R"("name":"x")"), "is_family", "this property is required"},
      {domain("report", R"("name":"x","published":"2021-01-02T00:00:00Z")"), "object_refs",
       "this property is required"},
      {domain("grouping", R"("object_refs":[")" + other("url") + "\"]"), "context", "this property is required"},
      {domain("note", R"("object_refs":[")" + other("url") + "\"]"), "content", "this property is required"},
      {domain("threat-actor", ""), "name", "this property is required"},
      {domain("intrusion-set", ""), "name", "this property is required"},
      {domain("attack-pattern", R"("name":"x","kill_chain_phases":[{"phase_name":"geheim7"}])"),
       "kill_chain_phases[0].kill_chain_name", "this text is required"},
      {domain("course-of-action", ""), "name", "this property is required"},
      {domain("extension-definition", R"("name":"x","schema":"x","version":"1","extension_types":["new-sdo"])"),
       "created_by_ref", "this property is required"},
      // Section 6
      {observable("ipv4-addr", R"("x_geheim7":1)"), "value", "this property is required"},
      {observable("domain-name", R"("value":["geheim7"])"), "value", "expected a text"},
      {observable("url", R"("valu":"http://geheim7")"), "value", "this property is required"},
      {observable("email-message", R"("subject":"geheim7")"), "is_multipart", "this property is required"},
      {observable("email-message", R"("is_multipart":true,"body":"geheim7")"), "body", "a message of several parts"},
      {observable("file", R"("size":3)"), "hashes", "at least one"},
      {observable("file", R"("hashes":{"SHA-256":"geheim7"})"), "hashes", "SHA-256 has 64"},
      {observable("file", R"("name":"x","size":-1)"), "size", "expected an integer"},
      {observable("network-traffic", R"("protocols":["tcp"])"), "src_ref", "at least one"},
      {observable("network-traffic", R"("protocols":["tcp"],"src_ref":")" + other("email-addr") + "\""), "src_ref",
       "this refers to an object"},
      {observable("network-traffic", R"("protocols":["tcp"],"dst_port":65536,"src_ref":")" + other("ipv4-addr") + "\""),
       "dst_port", "expected an integer"},
      {observable("user-account", R"("x_geheim7":1)"), "extensions", "at least one"},
      {observable("artifact", R"("payload_bin":"geheim7")"), "payload_bin", "expected base64"},
      {observable("artifact",
                  R"("payload_bin":"AAAA","url":"http://geheim7","hashes":{"MD5":"d41d8cd98f00b204e9800998ecf8427e"})"),
       "url", "an artifact has its bytes"},
      {observable("artifact", R"("url":"http://geheim7")"), "hashes", "an artifact with a url"},
      // Section 7 and the extension TLP 2.0
      {head("marking-definition") + R"("created":"2021-01-01T00:00:00Z"})", "definition", "a marking states"},
      {head("marking-definition") +
           R"("created":"2021-01-01T00:00:00Z","definition_type":"tlp","definition":{"tlp":"red"}})",
       "definition", "this is not one of the four"},
      {head("marking-definition") +
           R"("created":"2021-01-01T00:00:00Z","name":"TLP:CLEAR","extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{"extension_type":"property-extension","tlp_2_0":"clear"}}})",
       "extensions", "this is not one of the five"},
      {R"({"type":"marking-definition","spec_version":"2.1","id":")" + tlp_marking_id(Tlp::red).text() +
           R"(","created":"2022-10-01T00:00:00.000Z","name":"TLP:CLEAR","extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{"extension_type":"property-extension","tlp_2_0":"clear"}}})",
       "extensions", "this is not one of the five"},
      {R"({"type":"marking-definition","spec_version":"2.1","id":")" + tlp_marking_id(Tlp::red).text() +
           R"(","created":"2022-10-01T00:00:00.000Z","definition_type":"statement","definition":{"statement":"geheim7"}})",
       "id", "this id belongs"},
  };
  for (const Row& row : rows) check_refused(row);
}

TEST_CASE("what is too much is refused before it costs anything") {
  const auto code = [](const std::string& text, const StixLimits& limits) {
    auto read = read_stix(text, limits);
    return read ? std::string("read") : std::string(error_code_name(read.error().code));
  };
  const std::string one = domain("identity", R"("name":"x")");
  StixLimits small;
  small.bytes = one.size();
  CHECK(code(one, small) == "read");
  CHECK(code(one + " ", small) == "limit_exceeded");
  small = {};
  small.objects = 2;
  CHECK(code(bundle(one + "," + one), small) == "read");
  CHECK(code(bundle(one + "," + one + "," + one), small) == "limit_exceeded");
  small = {};
  small.values = 6;  // an object with six members is seven values; what stands in a text does not count
  CHECK(code(domain("identity", R"("name":",[{\"],,,")"), small) == "limit_exceeded");
  small.values = 7;
  CHECK(code(domain("identity", R"("name":",[{\"],,,")"), small) == "read");
  CHECK(code(domain(
                 "identity", "\"name\":\"x\",\"many\":[1" +
                                 [] {
                                   std::string many;
                                   for (int i = 0; i < 1'000'000; ++i) many += ",1";
                                   return many;
                                 }() +
                                 "]"),
             {}) == "limit_exceeded");
  small = {};
  small.string_bytes = 100;
  CHECK(code(domain("identity", "\"name\":\"" + std::string(100, 'x') + "\""), small) == "read");
  CHECK(code(domain("identity", "\"name\":\"" + std::string(101, 'x') + "\""), small) == "limit_exceeded");
  CHECK(code(domain("identity", "\"name\":\"x\",\"deep\":" + std::string(31, '[') + "1" + std::string(31, ']')), {}) ==
        "read");
  CHECK(code(domain("identity", "\"name\":\"x\",\"deep\":" + std::string(32, '[') + "1" + std::string(32, ']')), {}) ==
        "limit_exceeded");
  CHECK(code(std::string(1'000'000, '['), {}) == "limit_exceeded");
  std::string many = domain("report", R"("name":"x","published":"2021-01-02T00:00:00Z","object_refs":[)");
  many.resize(many.size() - 1);
  for (int i = 0; i <= 100'000; ++i) many += (i > 0 ? ",\"" : "\"") + other("url") + "\"";
  CHECK(code(many + "]}", {}) == "limit_exceeded");
}

TEST_CASE("references in a circle, to nothing and to themselves are read, and noticed") {
  const std::string a = other("malware"), b = "malware--00000000-0000-4000-8000-000000000002";
  const auto malware = [&](const std::string& id, const std::string& to) {
    return R"({"type":"malware","spec_version":"2.1","id":")" + id + "\"," + times() +
           R"(,"is_family":false,"x_next_ref":")" + to + "\"}";
  };
  auto circle = read_stix(bundle(malware(a, b) + "," + malware(b, a)));
  REQUIRE(circle);
  CHECK(circle->notices.empty());
  auto self = read_stix(bundle(malware(a, a)));
  REQUIRE(self);
  REQUIRE(self->notices.count() == 1);
  CHECK(self->notices.listed()[0].message == "an object that refers to itself");
  auto nothing = read_stix(bundle(malware(a, b)));
  REQUIRE(nothing);
  REQUIRE(nothing->notices.count() == 1);
  CHECK(nothing->notices.listed()[0].where == a + ": #7");
  auto twice = read_stix(bundle(malware(a, a) + "," + malware(a, b)));
  REQUIRE(twice);
  CHECK(twice->notices.listed()[0].message == "two objects of this id and version have different contents");
}

TEST_CASE("custom objects are kept and said to be custom") {
  const std::string thing = domain("x-thing", R"("x_what":{"a":[1.5,{"b":"c"}]})");
  const std::string seen = observable("x-seen", R"("value":"v")");
  auto read = read_stix(bundle(thing + "," + seen));
  REQUIRE(read);
  CHECK(read->objects[0].custom);
  CHECK_FALSE(read->objects[0].observable);
  CHECK(read->objects[1].observable);
  CHECK(read->objects[0].text == thing);
  CHECK(read->notices.count() == 2);
}

TEST_CASE("one wrong object does not take the others along, where each is answered for") {
  const std::string good = domain("identity", R"("name":"x")"), bad = domain("incident", R"("title":"x")");
  std::vector<StixRefused> refused;
  auto read = read_stix_each("{\"objects\":[" + bad + "," + good + "]}", {}, refused);
  REQUIRE(read);
  CHECK(read->objects.size() == 1);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].index == 0);
  CHECK(refused[0].id.type() == "incident");
  CHECK(refused[0].version == "2021-04-19T17:44:00.000Z");
}

TEST_CASE("the Traffic Light Protocol: five markings, and the four old ones") {
  std::string all;
  for (Tlp tlp : kAllTlp) {
    JsonWriter json;
    write_tlp_marking(json, tlp);
    all += (all.empty() ? "" : ",") + json.text();
    CHECK(tlp_of_code(tlp_code(tlp)) == tlp);
    CHECK(tlp_of_marking(tlp_marking_id(tlp)) == tlp);
  }
  CHECK(read_stix(bundle(all)));
  CHECK(tlp_label(Tlp::amber_strict) == "TLP:AMBER+STRICT");
  CHECK(tlp_marking_id(Tlp::clear).text() == "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487");
  CHECK(tlp_of_marking(*parse_stix_id("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9")) == Tlp::clear);
  CHECK(read_stix(
      R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82","created":"2017-01-20T00:00:00.000Z","definition_type":"tlp","name":"TLP:AMBER","definition":{"tlp":"amber"}})"));
  CHECK_FALSE(tlp_of_marking(*parse_stix_id(other("marking-definition"))));
  CHECK(Tlp::amber < Tlp::amber_strict);
}

// Known answers of other programs: names made of the same value must be the same everywhere (section 2.9).
TEST_CASE("names of observables are those of the specification") {
  struct {
    const char *type, *json, *uuid;
  } rows[] = {
      {"ipv4-addr", R"({"value":"198.51.100.3"})", "28bb3599-77cd-5a82-a950-b5bc3caf07c4"},
      {"domain-name", R"({"value":"example.com"})", "bedb4899-d24b-5401-bc86-8f6b4cc18ec7"},
      {"email-addr", R"({"value":"john@example.com"})", "7165e2a9-671f-585d-b1e1-ca59c671d934"},
  };
  for (const auto& row : rows)
    CHECK(observable_id(row.type, row.json).text() == std::string(row.type) + "--" + row.uuid);
  const Hash256 seed{};
  CHECK(seeded_id("incident", seed, "a") == seeded_id("incident", seed, "a"));
  CHECK(seeded_id("incident", seed, "a") != seeded_id("incident", seed, "b"));
  CHECK(seeded_id("incident", seed, "a").uuid()[14] == '4');
  for (const char* bad :
       {"", "identity", "identity--1", "x--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6",
        "identity--b1a7c9d2-64e0-6d0b-8f53-0c7a9e21d5f6", "identity--b1a7c9d2-64e0-4d0b-cf53-0c7a9e21d5f6",
        "Identity--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6", "a--b--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6",
        "identity-b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6"})
    CHECK_FALSE(parse_stix_id(bad));
}

TEST_CASE("times of STIX: in UTC, any number of digits, compared exactly") {
  for (const char* good : {"2021-04-19T17:44:00Z", "2021-04-19T17:44:00.1Z", "2020-02-29T00:00:60.123456789012Z"})
    CHECK(is_stix_time(good));
  for (const char* bad :
       {"", "2021-04-19", "2021-04-19T17:44:00", "2021-04-19T17:44:00+00:00", "2021-04-19T17:44:00.Z",
        "2021-02-29T17:44:00Z", "2021-04-19T24:00:00Z", "2021-04-19t17:44:00z", "2021-04-19T17:44:00.1 Z"})
    CHECK_FALSE(is_stix_time(bad));
  CHECK_FALSE(is_stix_millisecond_time("2021-04-19T17:44:00.12Z"));
  CHECK(is_stix_millisecond_time("2021-04-19T17:44:00.123Z"));
  CHECK(stix_time_before("2021-04-19T17:44:00Z", "2021-04-19T17:44:00.001Z"));
  CHECK_FALSE(stix_time_before("2021-04-19T17:44:00.000Z", "2021-04-19T17:44:00Z"));
  CHECK(stix_time_before("2021-04-19T17:44:00.09Z", "2021-04-19T17:44:00.1Z"));
  CHECK(stix_time({1'618'854'240}) == "2021-04-19T17:44:00.000Z");
  CHECK(stix_time_of("2021-04-20T02:44:00+09:00") == "2021-04-19T17:44:00.000Z");
  CHECK(stix_time_of("2021-04-20T02:44:00.12345+09:00") == "2021-04-19T17:44:00.12345Z");
  for (const char* bad : {"", "x", "2021-04-20T02:44:00", "2021-04-20T02:44:00.Z", "2021-13-20T02:44:00Z"})
    CHECK(stix_time_of(bad).empty());
}
