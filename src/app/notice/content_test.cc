#include "app/notice/content.h"

#include <doctest/doctest.h>

#include "core/notice/agreement_for_test.h"

namespace scrutineer::testing {
namespace {

AttackReport beacons() {
  AttackReport report;
  report.kind = AttackKind::malware_infection;
  report.title = "Nine beacons in twelve minutes";
  report.first_seen = "2021-04-19T17:44:00+09:00";
  report.last_seen = "2021-04-19T17:56:00+09:00";
  report.affected = {{AffectedKind::host, "pc-17", true, "2021-04-21T09:00:00+09:00", "by telephone"},
                     {AffectedKind::address, "192.0.2.7", false, "", ""}};
  report.indicators = {{IndicatorKind::ipv4, "198.51.100.7", ""}};
  report.observations = {
      {"192.0.2.7", "198.51.100.7", "2021-04-19T17:44:00+09:00", "2021-04-19T17:56:00+09:00", 9, "tcp", 443}};
  report.relays = {"203.0.113.9"};
  report.actions = {"Take the host off the network."};
  report.reporter = "Security service";
  return report;
}

std::string field(const NoticeContent& content, std::string_view name) {
  for (const PayloadField& one : content.fields)
    if (one.name == name) return one.value;
  return "none";
}

OpenedNotice sealed_and_opened(const NoticeContent& content) {
  CountingRng rng;
  Cast cast;
  const std::vector<AgreedBox> boxes = {{"box", cast.box("box").public_key}};
  const Sealed sealed = *seal_payload(RecordId{}, content.fields, content.files, boxes, rng);
  return *opened_notice(sealed.plaintext);
}

TEST_CASE("content: what is said comes out of the seal as it went in, and who is told is a field of its own") {
  const AttackReport report = beacons();
  const NoticeContent content = *content_of(report, {sha256("seed"), {1'618'000'000}, {1'618'000'000}}, {});
  CHECK(field(content, "attribution") == "null");  // said by nobody, and provably so
  CHECK(field(content, "told") ==
        R"([{"kind":"host","value":"pc-17","at":"2021-04-21T09:00:00+09:00","how":"by telephone"}])");
  CHECK(field(content, "indicators") == R"([{"kind":"ipv4","value":"198.51.100.7"}])");
  CHECK(field(content, "tlp") == "\"amber\"");
  const OpenedNotice opened = sealed_and_opened(content);
  REQUIRE(opened.stix);
  CHECK(opened.stix->report.title == report.title);
  CHECK(opened.stix->report.observations.at(0).count == 9);
  CHECK_FALSE(opened.stix->attributed());
  CHECK(opened.fields == content.fields);
}

TEST_CASE("content: an attribution is a field, and in the STIX") {
  AttackReport report = beacons();
  report.attributions = {{ActorKind::intrusion_set, "Group 7", {"G-7"}, 80}};
  const NoticeContent content = *content_of(report, {sha256("seed"), {1'618'000'000}, {1'618'000'000}}, {});
  CHECK(field(content, "attribution") == R"([{"name":"Group 7","aliases":["G-7"],"confidence":80}])");
  CHECK(sealed_and_opened(content).stix->attributed());
  // The same STIX from elsewhere gives the same fields.
  const NoticeContent foreign = *content_of_stix(content.files.at(0).bytes, {});
  CHECK(field(foreign, "attribution") == field(content, "attribution"));
  CHECK(foreign.files.at(0).bytes == content.files.at(0).bytes);
}

TEST_CASE("content: an answer and its report of looking") {
  AnswerReport answer{AnswerOutcome::infected, "Took it off.", "Found on one host; 3 files could not be read.", "{}"};
  const NoticeContent content = *content_of(answer, {{"note.txt", "text/plain", "x"}});
  auto again = opened_answer(sealed_and_opened(content));
  REQUIRE(again);
  CHECK(again->outcome == AnswerOutcome::infected);
  CHECK(again->results == answer.results);
  CHECK(again->hunt == answer.hunt);
  CHECK_FALSE(content_of(answer, {{"hunt.json", "", ""}}));
}

TEST_CASE("content: a report file is read, and what is wrong in it is placed") {
  const std::string good = R"({"kind":"phishing","title":"Mail","first_seen":"2022-01-01T00:00:00Z",
    "last_seen":"2022-01-01T00:00:00Z","reporter":"S","tlp":"red","language":"en",
    "indicators":[{"kind":"domain","value":"mail.example"}],"attributions":[{"name":"Group 7","confidence":60}]})";
  auto report = read_report_file(good);
  REQUIRE(report);
  CHECK(report->tlp == Tlp::red);
  CHECK(report->attributions.at(0).confidence == 60);
  for (const auto& [from, to, where] :
       {std::tuple{"\"phishing\"", "\"phish\"", "kind"}, std::tuple{"\"domain\"", "\"dns\"", "indicators[0].kind"},
        std::tuple{"mail.example", "not a domain", "indicators[0].value"}, std::tuple{"\"red\"", "\"pink\"", "tlp"}}) {
    std::string text = good;
    text.replace(text.find(from), std::string_view(from).size(), to);
    auto bad = read_report_file(text);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().where == where);
  }
}

}  // namespace
}  // namespace scrutineer::testing
