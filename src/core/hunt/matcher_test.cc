#include "core/hunt/matcher.h"

#include <random>

#include <doctest/doctest.h>

#include "core/hunt/reference_for_test.h"

using namespace scrutineer;
using namespace scrutineer::hunt;

namespace {

IndicatorSet set_of(const std::vector<std::string>& values) {
  IndicatorSet set;
  for (const std::string& value : values) {
    auto made =
        value.starts_with("string:") ? make_indicator(IndicatorKind::string, value.substr(7)) : guess_indicator(value);
    if (!made) FAIL(value << ": " << made.error().message);
    REQUIRE(set.add(std::move(*made), {}).has_value());
  }
  return set;
}

std::vector<Hit> found(const IndicatorSet& set, std::string_view line) {
  Matcher::Scratch scratch;
  std::vector<Hit> hits = Matcher(set, 42).search(line, scratch);
  CHECK(hits == Reference(set).search(line));
  return hits;
}

struct Row {
  const char* indicator;
  const char* line;
  int at;  // where it is found; -1: it is not
};

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.indicator);
    CAPTURE(row.line);
    auto hits = found(set_of({row.indicator}), row.line);
    if (row.at < 0) {
      CHECK(hits.empty());
    } else {
      REQUIRE(hits.size() == 1);
      CHECK(hits[0].offset == static_cast<std::uint32_t>(row.at));
    }
  }
}

constexpr char kMd5[] = "d41d8cd98f00b204e9800998ecf8427e";
constexpr char kSha256[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

}  // namespace

TEST_CASE("matcher: an address is not part of a longer number") {
  check_rows({
      {"1.2.3.4", "from 1.2.3.4 port 22", 5},
      {"1.2.3.4", "1.2.3.4", 0},
      {"1.2.3.4", "(1.2.3.4:443)", 1},
      {"1.2.3.4", "Lost 1.2.3.4.", 5},
      {"1.2.3.4", "1.2.3.4...", 0},
      {"1.2.3.4", "10.0.0.1-1.2.3.4", 9},
      {"1.2.3.4", "주소1.2.3.4에서", 6},
      {"1.2.3.4", "001.002.003.004", 0},
      {"1.2.3.4", "::ffff:1.2.3.4", 7},
      {"1.2.3.4", "::ffff:102:304", 0},
      {"1.2.3.4", "11.2.3.45", -1},
      {"1.2.3.4", "11.2.3.4", -1},
      {"1.2.3.4", "1.2.3.45", -1},
      {"1.2.3.4", "1.2.3.4.5", -1},
      {"1.2.3.4", "0.1.2.3.4", -1},
      {"1.2.3.4", "v1.2.3.4", -1},
      {"1.2.3.4", "1.2.3.4a", -1},
      {"1.2.3.4", "1.2.3.4_old", -1},
      {"1.2.3.4", "4.1.2.3.4.zen.example.org", -1},
      {"1.2.3.4", "1.2.3.4.in-addr.arpa", -1},
      {"10.20.0.0/16", "at 10.20.255.1", 3},
      {"10.20.0.0/16", "at 10.21.0.1", -1},
      {"203.0.113.128/25", "203.0.113.127 203.0.113.128", 14},
  });
}

TEST_CASE("matcher: IPv6 in any legal spelling, and what only looks like it") {
  check_rows({
      {"2001:db8::1", "[2001:db8::1]:443", 1},
      {"2001:db8::1", "2001:0DB8:0:0:0:0:0:1", 0},
      {"2001:db8::1", "2001:db8:0:0::0.0.0.1", 0},
      {"2001:0db8::0001", "src=2001:db8::1%eth0", 4},
      {"2001:db8::1", "src:2001:db8::1: refused", 4},
      {"2001:db8::1", "2001:db8::1.", 0},
      {"::1", "listen ::1", 7},
      {"2001:db8::/32", "x 2001:db8:ffff::9", 2},
      {"1:2:3:4:5:6:102:304", "1:2:3:4:5:6:1.2.3.4", 0},
      {"2001:db8::1", "2001:db8::11", -1},
      {"2001:db8::1", "2001:db8::1:1", -1},
      {"2001:db8::1", "12001:db8::1", -1},
      {"2001:db8::1", "2001:db8::1::", -1},
      {"::1", "12:34:56::1", -1},
      {"::102:304", "12:34:56.789", -1},
      {"aa:bb:cc:dd:ee:ff:0:1", "aa:bb:cc:dd:ee:ff", -1},
  });
}

TEST_CASE("matcher: a domain, what is below it, and what only contains it") {
  check_rows({
      {"evil.com", "GET http://evil.com/", 11},
      {"evil.com", "query: EVIL.com. IN A", 7},
      {"evil.com", "a.b.evil.com", 4},
      {"evil.com", "user@evil.com>", 5},
      {"evil.com", "evil.com:8080", 0},
      {"evil.com", "The site evil.com.", 9},
      {"evil.com", "evil.com에서 접속", 0},
      {"evil.com", "evil.com..kr", 0},
      {"evil.com", "notevil.com", -1},
      {"evil.com", "not-evil.com", -1},
      {"evil.com", "evil.com.kr", -1},
      {"evil.com", "evil.community", -1},
      {"evil.com", "evil.com-log", -1},
      {"evil.com", "evil_com", -1},
      {"evil.com", "악evil.com", -1},
      {"evil.com", "evil.com.한국", -1},
      {"t.co", "https://t.co/x", 8},
      {"t.co", "at.co", -1},
  });
}

TEST_CASE("matcher: Punycode and its Unicode form") {
  check_rows({
      {"악성.한국", "to 악성.한국 now", 3},
      {"악성.한국", "to xn--oj4bp8e.xn--3e0b707e", 3},
      {"xn--oj4bp8e.xn--3e0b707e", "a.악성.한국", 2},
      {"bücher.example", "BÜCHER.EXAMPLE", 0},
      {"xn--bcher-kva.example", "shop.Bücher.example에서", 5},
      {"한국f.examples", "악성.한국f.examples", 7},
      {"악성.한국", "선악성.한국", -1},
      {"bücher.example", "bucher.example", -1},
      {"evil.com", "ｅｖｉｌ．ｃｏｍ", 0},
      {"evil.com", "evil。com", 0},
      {"evil.com", "evil\u200b.com", 0},
  });
}

TEST_CASE("matcher: mail addresses") {
  check_rows({
      {"a.b@evil.com", "from=<A.B@Evil.Com>", 6},
      {"a.b@evil.com", "from=a.b@evil.com,", 5},
      {"a.b@evil.com", "mailto:a.b@evil.com?x", 7},
      {"a.b@evil.com", "보낸이a.b@evil.com님", 9},
      {"o'brien@evil.com", "to 'o'brien@evil.com'", 4},
      {"a.b@evil.com", "xa.b@evil.com", -1},
      {"a.b@evil.com", "x+a.b@evil.com", -1},
      {"a.b@evil.com", "x.a.b@evil.com", -1},
      {"a.b@evil.com", "a.b@evil.com.kr", -1},
      {"a.b@evil.com", "a.b@sub.evil.com", -1},
      {"a@한국.kr", "a@xn--3e0b707e.kr", 0},
  });
}

TEST_CASE("matcher: a hash is a whole run of digits") {
  const std::string md5 = kMd5, sha = kSha256;
  check_rows({
      {kMd5, "md5 D41D8CD98F00B204E9800998ECF8427E ok", 4},
      {kMd5, "x_d41d8cd98f00b204e9800998ecf8427e.exe", 2},
      {kMd5, "0d41d8cd98f00b204e9800998ecf8427e", -1},
      {kMd5, "d41d8cd98f00b204e9800998ecf8427e0", -1},
      {kMd5, "zd41d8cd98f00b204e9800998ecf8427e", -1},
      {kMd5, "d41d8cd98f00b204e9800998ecf8427ez", -1},
  });
  CHECK(found(set_of({sha}), std::string(61, ' ') + sha).size() == 1);
  CHECK(found(set_of({md5}), sha).empty());
  CHECK(found(set_of({md5, sha}), md5 + " " + sha + "/" + md5).size() == 3);
}

TEST_CASE("matcher: a URL and what is below it") {
  check_rows({
      {"http://evil.com/a", "GET http://evil.com/a HTTP/1.1", 4},
      {"http://evil.com/a", "http://EVIL.com:80/a/b", 0},
      {"http://evil.com/a", "http://user:pw@evil.com/a?x=1", 0},
      {"http://evil.com/a", "http://evil.com/a#top", 0},
      {"http://evil.com/a", "\"http://evil.com/a\"", 1},
      {"http://evil.com/a", "See http://evil.com/a.", 4},
      {"http://evil.com/a", "(http://evil.com/a)", 1},
      {"http://evil.com/a", "r=http%3A%2F%2Fevil.com%2Fa", 2},
      {"http://evil.com/a", "{\"u\":\"http:\\/\\/evil.com\\/a\"}", 6},
      {"http://evil.com/a", "hxxp[://]evil[.]com/a", 0},
      {"http://evil.com/a", "http://evil.com/ab", -1},
      {"http://evil.com/a", "http://evil.com/a.b", -1},
      {"http://evil.com/a", "http://evil.com/a%20b", -1},
      {"http://evil.com/a", "http://evil.com/A", -1},
      {"http://evil.com/a", "http://evil.com/a&b", -1},
      {"http://evil.com/a", "http://evil.com:443/a", -1},
      {"https://evil.com/a", "https://evil.com:443/a", 0},
      {"http://evil.com/a", "https://evil.com/a", -1},
      {"http://evil.com/a", "http://evil.com:8080/a", -1},
      {"http://evil.com/a", "http://x.evil.com/a", -1},
      {"http://evil.com/a", "xhttp://evil.com/a", -1},
      {"http://evil.com/a%20b", "http://evil.com/a%20b", 0},
      {"http://evil.com/a?x=1", "http://evil.com/a?x=1&y=2", 0},
      {"http://evil.com/a?x=1", "http://evil.com/a?x=12", -1},
      {"http://evil.com/a/", "http://evil.com/a/b", 0},
      {"http://evil.com/a/", "http://evil.com/a", -1},
      {"http://evil.com/", "http://evil.com", 0},
      {"http://evil.com", "http://evil.com/x", 0},
      {"http://evil.com", "http://evil.com.kr/", -1},
      {"http://[2001:db8::1]/x", "http://[2001:db8:0::1]/x", 0},
      {"http://악성.한국/x", "http://xn--oj4bp8e.xn--3e0b707e/x", 0},
  });
}

TEST_CASE("matcher: defanged forms are read in the data and in indicators") {
  check_rows({
      {"1[.]2[.]3[.]4", "1.2.3.4", 0},
      {"1.2.3.4", "at 1[.]2[.]3(.)4", 3},
      {"1.2.3.4", "1{.}2[dot]3(DOT)4", 0},
      {"evil[.]com", "evil.com", 0},
      {"evil.com", "sub.evil[.]com", 4},
      {"evil.com", "evil [dot] com", 0},
      {"evil.com", "evil\\.com", 0},
      {"evil.com", "evil%2Ecom", 0},
      {"evil.com", "x%20evil.com", 4},
      {"evil.com", "evil.com[.]kr", -1},
      {"evil.com", "evil [.] com", -1},
      {"evil.com", "notevil[.]com", -1},
      {"a[at]evil[.]com", "a@evil.com", 0},
      {"a@evil.com", "a (at) evil (dot) com", 0},
      {"a@evil.com", "a[@]evil.com", 0},
      {"hxxps://evil[.]com/x", "https://evil.com/x", 0},
      {"https://evil.com/x", "HXXPS[:]//evil[.]com/x", 0},
      {"2001:db8::1", "2001[:]db8[:][:]1", 0},
      {"string:evil[.]com", "evil[.]com", 0},
      {"string:evil[.]com", "evil.com", -1},
  });
}

TEST_CASE("matcher: fixed strings stand anywhere, byte for byte") {
  check_rows({
      {"string:Kimsuky", "xxKimsukyyy", 2},
      {"string:Kimsuky", "kimsuky", -1},
      {"string:a.b", "-a.b-", 1},
      {"string:김수키", "그룹 김수키가", 7},
      {"string:\\x90\\x90", "..\\x90\\x90", 2},
  });
  CHECK(found(set_of({"string:aaa"}), "aaaaa").size() == 3);
  CHECK(found(set_of({"string:abcabcabc"}), "abcabcabcabc").size() == 2);
}

TEST_CASE("matcher: several indicators in one line, each once a place, in order") {
  IndicatorSet set = set_of({"evil.com", "http://evil.com/a", "1.2.3.0/24", "1.2.3.4", "string:evil"});
  auto hits = found(set, "1.2.3.4 http://evil.com/a");
  REQUIRE(hits.size() == 5);
  CHECK(std::is_sorted(hits.begin(), hits.end()));
}

namespace {

// Pieces that stick together to what is, nearly is, and is not an indicator.
const std::vector<std::string> kPieces = {"evil.com",
                                          "evil",
                                          ".",
                                          "com",
                                          "kr",
                                          "-",
                                          "_",
                                          "1.2.3.4",
                                          "1",
                                          "2",
                                          ".3.4",
                                          "12.",
                                          ":",
                                          "::",
                                          "2001:db8",
                                          "db8::1",
                                          "ffff",
                                          "@",
                                          "a.b",
                                          "http",
                                          "hxxps",
                                          "://",
                                          "/",
                                          "a",
                                          "?x=1",
                                          "&",
                                          "#",
                                          "%2e",
                                          "%2F",
                                          "%20",
                                          "%25",
                                          "%ff",
                                          "[.]",
                                          "(dot)",
                                          "[at]",
                                          " ",
                                          "악성",
                                          ".한국",
                                          "xn--oj4bp8e",
                                          ".xn--3e0b707e",
                                          "에서",
                                          "\xff",
                                          "ｅ",
                                          "．",
                                          "d41d8cd98f00b204",
                                          "e9800998ecf8427e",
                                          "\\/",
                                          "\"",
                                          "'",
                                          "=",
                                          "+",
                                          "80",
                                          "[",
                                          "]",
                                          ")",
                                          ",",
                                          "abc",
                                          "abcabcabc",
                                          "\xe2\x80\x8b"};

}  // namespace

TEST_CASE("matcher: the same finds as the slow rules, on near misses without end") {
  IndicatorSet set = set_of({"evil.com",
                             "com.kr",
                             "xn--oj4bp8e.xn--3e0b707e",
                             "evil.xn--3e0b707e",
                             "t.co",
                             "1.2.3.4",
                             "1.2.0.0/16",
                             "12.1.2.3",
                             "2001:db8::1",
                             "2001:db8::/32",
                             "db8::1",
                             "a.b@evil.com",
                             "a@evil.com",
                             "http://evil.com",
                             "http://evil.com/a",
                             "https://evil.com/a?x=1",
                             "http://1.2.3.4/a/",
                             kMd5,
                             "string:evil",
                             "string:abcabcabc",
                             "string:com",
                             "string:악성"});
  Matcher matcher(set, 7);
  Reference reference(set);
  Matcher::Scratch scratch;
  std::mt19937 random(20260501);
  std::size_t bytes = 0, finds = 0;
  while (bytes < 200'000) {
    std::string line;
    for (std::size_t n = random() % 40; n > 0; --n) line += kPieces[random() % kPieces.size()];
    const auto& hits = matcher.search(line, scratch);
    if (hits != reference.search(line)) FAIL("they differ on: " << line);
    finds += hits.size();
    bytes += line.size() + 1;
  }
  CHECK(finds > 3'000);
}
