#include "core/hunt/source.h"

#include <doctest/doctest.h>

using namespace scrutineer;
using namespace scrutineer::hunt;

namespace {

struct Read {
  IndicatorSet set;
  NotSearchedList not_searched;
  std::string values() const {  // "kind value" lines in order
    std::string out;
    for (const Indicator& i : set.all()) out += std::string(kind_name(i.kind)) + " " + i.shown() + "\n";
    return out;
  }
};

Read read(std::string text) {
  Read out;
  auto form = read_indicators({"list", std::move(text)}, 0, out.set, out.not_searched);
  if (!form) FAIL(to_string(form.error()));
  return out;
}

}  // namespace

TEST_CASE("list: one a line, its kind guessed or given, in one spelling") {
  struct Row {
    const char *line, *value;
  };
  for (const Row& row : std::vector<Row>{
           {"1.2.3.4", "ipv4 1.2.3.4"},
           {"1[.]2[.]3[.]0/24", "ipv4 1.2.3.0/24"},
           {"1.2.3.4/32", "ipv4 1.2.3.4"},
           {"2001:DB8:0:0::1", "ipv6 2001:db8::1"},
           {"2001:db8::/32", "ipv6 2001:db8::/32"},
           {"::ffff:1.2.3.4", "ipv4 1.2.3.4"},
           {"Evil[.]Com.", "domain evil.com"},
           {"악성.한국", "domain xn--oj4bp8e.xn--3e0b707e"},
           {"domain:setup.exe", "domain setup.exe"},
           {"string: setup.exe ", "string setup.exe"},
           {"string:a # b", "string a # b"},
           {"evil.com # seen in March", "domain evil.com"},
           {"A.B[@]Evil.com", "mail a.b@evil.com"},
           {"hxxps://Evil[.]com:443/A?b", "url https://evil.com/A?b"},
           {"http://evil.com/", "url http://evil.com"},
           {"http://evil.com/a%20b%41%25", "url http://evil.com/a%20bA%25"},
           {"D41D8CD98F00B204E9800998ECF8427E", "md5 d41d8cd98f00b204e9800998ecf8427e"},
           {"hash:da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709"},
           {"ip:10.0.0.1", "ipv4 10.0.0.1"},
           {"ip:2001:db8::1", "ipv6 2001:db8::1"},
       }) {
    CAPTURE(row.line);
    Read got = read(std::string(row.line) + "\r\n");
    CHECK(got.values() == std::string(row.value) + "\n");
    CHECK(got.not_searched.count() == 0);
  }
}

TEST_CASE("list: what cannot be classified is said with its line, never guessed") {
  for (const char* line : {"setup.exe",
                           "evil",
                           "evil.com:8080",
                           "evil.com/path",
                           "1.2.3",
                           "1.2.3.4.5",
                           "1.2.3.256",
                           "01.2.3.4",
                           "1.2.3.4/8",
                           "1.2.3.4/33",
                           "2001:db8::g",
                           "abc123",
                           "domain:com",
                           "domain:*.evil.com",
                           "domain:-evil.com",
                           "domain:a..b.com",
                           "md5:abc",
                           "sha1:d41d8cd98f00b204e9800998ecf8427e",
                           "string:ab",
                           "url:evil.com",
                           "http://",
                           "http://evil.com/a b",
                           "a@b@",
                           "@evil.com",
                           "\"a b\"@evil.com",
                           "Evil Corporation",
                           "*.evil.com",
                           "0.0.0.0/0"}) {
    CAPTURE(line);
    Read got = read(std::string("# first\n\n") + line + "\nevil.com\n");
    CHECK(got.values() == "domain evil.com\n");
    REQUIRE(got.not_searched.count() == 1);
    CHECK(got.not_searched.listed()[0].what == "list:3");
    CHECK(got.not_searched.listed()[0].why == Why::indicator);
    CHECK_FALSE(got.not_searched.listed()[0].detail.empty());
  }
}

TEST_CASE("list: the same value twice is one indicator with two origins") {
  Read got = read("evil.com\nEVIL[.]COM\n");
  REQUIRE(got.set.size() == 1);
  REQUIRE(got.set[0].origins.size() == 2);
  CHECK(got.set[0].origins[1].line == 2);
}

TEST_CASE("patterns: what can be looked for, and why the rest cannot") {
  struct Row {
    const char* pattern;
    std::size_t values, refused;
  };
  for (const Row& row : std::vector<Row>{
           {"[ipv4-addr:value = '1.2.3.4']", 1, 0},
           {"[ipv4-addr:value = '1.2.3.4' OR ipv6-addr:value='2001:db8::1']", 2, 0},
           {"[domain-name:value = 'evil.com'] OR [url:value = 'http://evil.com/it\\'s']", 2, 0},
           {"[file:hashes.'SHA-256' = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']", 1, 0},
           {"[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']", 1, 0},
           {"[domain-name:value IN ('a.com', 'b.com')]", 2, 0},
           {"[ipv4-addr:value ISSUBSET '10.0.0.0/8']", 1, 0},
           {"[email-message:from_ref.value = 'a@evil.com']", 1, 0},
           {"[file:name = 'setup.exe' OR domain-name:value = 'evil.com']", 1, 1},
           {"[domain-name:value = 'evil.com' AND url:value = 'http://evil.com']", 0, 1},
           {"[domain-name:value LIKE '%.evil.com']", 0, 1},
           {"[domain-name:value != 'evil.com']", 0, 1},
           {"[NOT domain-name:value = 'evil.com']", 0, 1},
           {"[domain-name:value = 'evil.com'] AND [url:value = 'http://a.com']", 0, 1},
           {"[domain-name:value = 'evil.com'] FOLLOWEDBY [url:value = 'http://a.com']", 0, 1},
           {"[domain-name:value = 'evil.com'] REPEATS 5 TIMES", 0, 1},
           {"[network-traffic:dst_port = 443]", 0, 1},
           {"[domain-name:value = 'evil.com", 0, 1},
           {"[domain-name:value = 'evil.com'", 0, 1},
           {"[ipv4-addr:value = '1.2.3']", 0, 1},
           {"domain-name:value = 'evil.com'", 0, 1},
           {"[", 0, 1},
           {"", 0, 1},
       }) {
    CAPTURE(row.pattern);
    PatternReading got = read_pattern(row.pattern);
    CHECK(got.values.size() == row.values);
    CHECK(got.refused.size() == row.refused);
  }
}

TEST_CASE("STIX: indicators and observables, with what cannot be looked for") {
  Read got = read(R"({"type":"bundle","id":"bundle--1","objects":[
    {"type":"location","id":"location--1","latitude":37.5},
    {"type":"indicator","id":"indicator--1","pattern_type":"stix","pattern":"[ipv4-addr:value = '1.2.3.4']"},
    {"type":"indicator","id":"indicator--2","pattern_type":"yara","pattern":"rule x {}"},
    {"type":"indicator","id":"indicator--3","pattern_type":"stix","revoked":true,"pattern":"[url:value = 'http://a.com']"},
    {"type":"indicator","id":"indicator--4","pattern_type":"stix","pattern":"[process:name = 'x']"},
    {"type":"domain-name","id":"domain-name--1","value":"evil.com"},
    {"type":"file","id":"file--1","name":"x","hashes":{"MD5":"d41d8cd98f00b204e9800998ecf8427e","SSDEEP":"3::"}},
    {"type":"observed-data","id":"observed-data--1","objects":{"0":{"type":"email-addr","value":"a@evil.com"}}},
    {"type":"identity","id":"identity--1","name":"x","value":7}]})");
  CHECK(got.values() == "ipv4 1.2.3.4\ndomain evil.com\nmd5 d41d8cd98f00b204e9800998ecf8427e\nmail a@evil.com\n");
  CHECK(got.set[0].origins[0].id == "indicator--1");
  CHECK(got.set[3].origins[0].id == "observed-data--1");
  std::string not_searched;
  for (const NotSearched& n : got.not_searched.listed())
    not_searched += n.what + " " + std::string(words_of(n.why).code) + "\n";
  CHECK(
      not_searched ==
      "list: indicator--2 pattern\nlist: indicator--3 revoked\nlist: indicator--4 pattern\nlist: file--1 indicator\n");
}

TEST_CASE("STIX: what is none is refused as a whole") {
  for (const char* text : {"{", "{}", "{\"type\":\"bundle\"}", "{\"objects\":7}", "{\"objects\":[]} x",
                           "{\"objects\":[{\"type\":\"a\",\"type\":\"b\"}]}"}) {
    CAPTURE(text);
    Read out;
    CHECK_FALSE(read_indicators({"list", text}, 0, out.set, out.not_searched).has_value());
  }
  // Anything inside it is skipped, or said.
  CHECK(read("{\"objects\":[1,null,[],{},{\"type\":7},{\"type\":\"indicator\"},{\"type\":\"file\",\"hashes\":[]}]}")
            .not_searched.count() == 1);
}
