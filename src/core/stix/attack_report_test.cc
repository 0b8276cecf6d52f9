#include "core/stix/attack_report.h"

#include <doctest/doctest.h>

#include "core/stix/stix_pattern.h"
#include "tests/stix/reports.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

StixBundle read(const Bytes& text) {
  Problems problems;
  auto bundle = read_stix(text, {}, &problems);
  for (const Problem& problem : problems.listed()) MESSAGE(problem.where << ": " << problem.message);
  REQUIRE(bundle);
  return std::move(*bundle);
}

}  // namespace

TEST_CASE("eight reports, with and without attribution: what is written is read back, every word") {
  int named = 0;
  for (const AttackReport& report : historical_reports()) {
    named += report.attributions.empty() ? 0 : 1;
    for (const AttackReport& one : {report, without_attribution(report)}) {
      CAPTURE(one.title);
      auto text = write_stix(one, stamp_of(one.title));
      REQUIRE(text);
      CHECK(*text == *write_stix(one, stamp_of(one.title)));
      const StixBundle bundle = read(*text);
      CHECK(bundle.notices.empty());
      const StixSummary summary = summary_of(bundle);
      CHECK(summary.report == one);
      CHECK(summary.kind_said);
      CHECK(summary.tlp == one.tlp);
      CHECK(summary.attributed() == !one.attributions.empty());
      CHECK(summary.not_understood.empty());
    }
  }
  CHECK(named == 7);
}

TEST_CASE("a later version replaces the first: the same ids, another time") {
  AttackReport report = without_attribution(infection());
  StixStamp stamp = stamp_of("case");
  const Bytes first = *write_stix(report, stamp);
  stamp.modified.value += 3'600;
  report.attributions = {lazarus()};
  const Bytes second = *write_stix(report, stamp);
  // Both in one feed: the newest of each object counts.
  std::string both = first.substr(0, first.rfind("\n]}")) + "," + second.substr(second.find("\"objects\":[") + 11);
  auto bundle = read_stix(both);
  REQUIRE(bundle);
  const StixSummary summary = summary_of(*bundle);
  CHECK(summary.report == report);
  const StixBundle a = read(first), b = read(second);
  CHECK(a.objects[3].id == b.objects[3].id);
  CHECK(write_stix(report, {stamp.seed, stamp.modified, stamp.created}).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("a report that cannot be: refused by field, and its values are not repeated") {
  using Change = void (*)(AttackReport&);
  struct Row {
    const char* where;
    Change change;
  };
  const Row rows[] = {
      {"title", [](AttackReport& r) { r.title.clear(); }},
      {"title", [](AttackReport& r) { r.title = "\xff"; }},
      {"description", [](AttackReport& r) { r.description.assign(65'537, 'x'); }},
      {"language", [](AttackReport& r) { r.language = "geheim7"; }},
      {"first_seen", [](AttackReport& r) { r.first_seen = "geheim7"; }},
      {"last_seen", [](AttackReport& r) { r.last_seen = "2020-01-01T00:00:00Z"; }},
      {"indicators[0].value", [](AttackReport& r) { r.indicators[0].value = "203.0.113[.]77"; }},
      {"indicators[1].value", [](AttackReport& r) { r.indicators[1].value = "geheim7"; }},
      {"indicators", [](AttackReport& r) { r.indicators.resize(1'001, r.indicators[0]); }},
      {"affected[0].value", [](AttackReport& r) { r.affected[0].value = "geheim7"; }},
      {"affected[0].told", [](AttackReport& r) { r.affected[0].told_how = "geheim7"; }},
      {"observations[0]", [](AttackReport& r) { r.observations[0].from = r.observations[0].to = ""; }},
      {"observations[0].from", [](AttackReport& r) { r.observations[0].from = "geheim7"; }},
      {"observations[0].to", [](AttackReport& r) { r.observations[0].to = "geheim7@a.example"; }},
      {"observations[0].count", [](AttackReport& r) { r.observations[0].count = 0; }},
      {"observations[0].protocol", [](AttackReport& r) { r.observations[0].protocol = "TCP"; }},
      {"observations[0].port", [](AttackReport& r) { r.observations[0].port = 65'536; }},
      {"observations[0].last", [](AttackReport& r) { r.observations[0].last = r.observations[0].first.substr(1); }},
      {"relays[1]", [](AttackReport& r) { r.relays[1] = "geheim7@a.example"; }},
      {"actions[0]", [](AttackReport& r) { r.actions[0].clear(); }},
      {"attributions[0].confidence", [](AttackReport& r) { r.attributions[0].confidence = 101; }},
      {"attributions[0].aliases[1]", [](AttackReport& r) { r.attributions[0].aliases[1].clear(); }},
  };
  CHECK(problems_of(infection()).empty());
  for (const Row& row : rows) {
    CAPTURE(row.where);
    AttackReport report = infection();
    row.change(report);
    auto written = write_stix(report, stamp_of("x"));
    REQUIRE_FALSE(written);
    CHECK(written.error().where == row.where);
    CHECK(to_string(written.error()).find("geheim7") == std::string::npos);
  }
}

TEST_CASE("what is an address, a domain, a hash, and what is not") {
  struct Row {
    const char* value;
    IndicatorKind kind;
    bool is;
  };
  using K = IndicatorKind;
  const Row rows[] = {
      {"1.2.3.4", K::ipv4, true},
      {"1.2.3.0/24", K::ipv4, true},
      {"1.2.3.4/33", K::ipv4, false},
      {"1.2.3", K::ipv4, false},
      {"1.2.3.4.5", K::ipv4, false},
      {"1.2.3.04", K::ipv4, false},
      {"1.2.3.256", K::ipv4, false},
      {"1.2.3.", K::ipv4, false},
      {"::", K::ipv6, true},
      {"2001:db8::1", K::ipv6, true},
      {"2001:db8::/32", K::ipv6, true},
      {"1:2:3:4:5:6:7:8", K::ipv6, true},
      {"1:2:3:4:5:6:7", K::ipv6, false},
      {"1:2:3:4:5:6:7:8:9", K::ipv6, false},
      {"::ffff:1.2.3.4", K::ipv6, true},
      {"1::2::3", K::ipv6, false},
      {"12345::", K::ipv6, false},
      {":1", K::ipv6, false},
      {"1:", K::ipv6, false},
      {"1:2:3:4:5:6:7::8", K::ipv6, false},
      {"a.example", K::domain, true},
      {"메일.example", K::domain, true},
      {"example", K::domain, false},
      {"a..example", K::domain, false},
      {"-a.example", K::domain, false},
      {"a.example.", K::domain, false},
      {"a b.example", K::domain, false},
      {"1.2.3.4", K::domain, false},
      {"a[.]example", K::domain, false},
      {"x@a.example", K::email, true},
      {"x@@a.example", K::email, false},
      {"@a.example", K::email, false},
      {"x@a", K::email, false},
      {"x y@a.example", K::email, false},
      {"http://a.example/", K::url, true},
      {"hxxp://a.example/", K::url, false},
      {"http://", K::url, false},
      {"a.example/x", K::url, false},
      {"http://a.example/ x", K::url, false},
      {"http://a[.]example", K::url, false},
      {"d41d8cd98f00b204e9800998ecf8427e", K::file_md5, true},
      {"d41d8cd98f00b204e9800998ecf8427", K::file_md5, false},
      {"g41d8cd98f00b204e9800998ecf8427e", K::file_md5, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(is_indicator(row.kind, row.value) == row.is);
  }
}

TEST_CASE("patterns: the values that they name, and whether that is all they say") {
  struct Row {
    const char* pattern;
    const char* values;
    bool whole;
  };
  const Row rows[] = {
      {"[ipv4-addr:value = '1.2.3.4']", "ipv4 1.2.3.4;", true},
      {"[ipv4-addr:value='1.2.3.4' OR domain-name:value = 'a.example'] OR [url:value = 'http://a.example/\\'\\\\']",
       "ipv4 1.2.3.4;domain a.example;url http://a.example/'\\;", true},
      {"[file:hashes.'SHA-256' = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855']",
       "file-sha256 E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855;", true},
      {"[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']", "file-md5 d41d8cd98f00b204e9800998ecf8427e;", true},
      {"[file:hashes.'MD5' = 'd41d8cd98f00b204e9800998ecf8427e']", "file-md5 d41d8cd98f00b204e9800998ecf8427e;", true},
      {"[network-traffic:dst_ref.value = '2001:db8::1']", "ipv6 2001:db8::1;", true},
      {"[email-message:from_ref.value = 'x@a.example']", "email x@a.example;", true},
      {"[ipv4-addr:value = '1.2.3.4' AND domain-name:value = 'a.example']", "ipv4 1.2.3.4;domain a.example;", false},
      {"[ipv4-addr:value != '1.2.3.4']", "", false},
      {"[NOT ipv4-addr:value = '1.2.3.4']", "", false},
      {"[ipv4-addr:value NOT = '1.2.3.4']", "", false},
      {"[ipv4-addr:value LIKE '1.2.3.%']", "", false},
      {"[ipv4-addr:value IN ('1.2.3.4','1.2.3.5')]", "", false},
      {"[file:name = 'a.exe']", "", false},
      {"[ipv4-addr:value = '1.2.3.4'] WITHIN 5 SECONDS", "ipv4 1.2.3.4;", false},
      {"[process:extensions.'x'.list[*].value = 'a']", "", false},
      {"[ipv4-addr:value = '", "", false},
      {"[a:b[", "", false},
      {"", "", false},
      {"rule x { condition: true }", "", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    const PatternValues read = values_of_pattern(row.pattern);
    std::string values;
    for (const ReportIndicator& one : read.indicators)
      values += std::string(indicator_kind_code(one.kind)) + " " + one.value + ";";
    CHECK(values == row.values);
    CHECK(read.whole == row.whole);
  }
  for (const AttackReport& report : historical_reports())
    for (const ReportIndicator& one : report.indicators) {
      const PatternValues read = values_of_pattern(pattern_of(one));
      REQUIRE(read.indicators.size() == 1);
      CHECK(read.indicators[0].value == one.value);
      CHECK(read.indicators[0].kind == one.kind);
      CHECK(read.whole);
    }
}

TEST_CASE("other people's STIX: who is named, and what was not understood") {
  const std::string text = R"({"type":"bundle","id":"bundle--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6","objects":[
    {"type":"x-geheim7","spec_version":"2.1","id":"x-geheim7--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6","created":"2021-01-01T00:00:00.000Z","modified":"2021-01-01T00:00:00.000Z"},
    {"type":"indicator","spec_version":"2.1","id":"indicator--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6","created":"2021-01-01T00:00:00.000Z","modified":"2021-01-01T00:00:00.000Z","pattern":"geheim7","pattern_type":"yara","valid_from":"2021-01-01T00:00:00Z","object_marking_refs":["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"]},
    {"type":"threat-actor","spec_version":"2.1","id":"threat-actor--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f6","created":"2021-01-01T00:00:00.000Z","modified":"2021-01-01T00:00:00.000Z","name":"Somebody"},
    {"type":"threat-actor","spec_version":"2.1","id":"threat-actor--b1a7c9d2-64e0-4d0b-8f53-0c7a9e21d5f7","created":"2021-01-01T00:00:00.000Z","modified":"2021-01-01T00:00:00.000Z","name":"Nobody","revoked":true}]})";
  auto bundle = read_stix(text);
  REQUIRE(bundle);
  const StixSummary summary = summary_of(*bundle);
  CHECK_FALSE(summary.kind_said);
  REQUIRE(summary.report.attributions.size() == 1);
  CHECK(summary.report.attributions[0].name == "Somebody");
  CHECK(summary.tlp == Tlp::red);
  CHECK(summary.not_understood ==
        std::vector<std::string>{"1 x a language of patterns that is not read here: indicator",
                                 "1 x kept, not understood: a type that STIX 2.1 does not know",
                                 "1 x revoked, left out: threat-actor"});
}
