// Reports: the same whoever found what when, bounded, and safe to print.
#include "core/verify/report.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "core/base/limits.h"
#include "core/verify/conclude.h"
#include "core/verify/printable.h"

using namespace scrutineer;

namespace {

Part part_of(const Report& report) {
  Part part;
  part.report = report;
  return part;
}

}  // namespace

TEST_CASE("report: as text and as JSON") {
  Report report;
  report.facts = {{"title", "Test election"}};
  report.count(CheckId::files, 3);
  CHECK(report.good());
  CHECK(report.to_text(10).ends_with("VERIFIED: everything that is claimed follows from the signed records.\n"));
  report.fail(CheckId::files, "a/b", "this file is not what the manifest says");
  report.notice(CheckId::sheets, "unit a1", "conflict");
  report.add(
      {CheckId::claimed_values, Severity::failure, "claims/x.csv, a1", "votes:A", "10", "11", "the claim differs"});
  report.sort_findings();
  CHECK_FALSE(report.good());
  std::string text = report.to_text(10);
  CHECK(text.starts_with("title: Test election\n\n"));
  CHECK(text.find("  FAILED           3  files are what the list says; failures: 1\n") != text.npos);
  CHECK(text.find("\nWhat is wrong:\n"
                  "  files | a/b | this file is not what the manifest says\n"
                  "  claimed-values | claims/x.csv, a1 | votes:A: claimed 10, computed 11 | the claim differs\n"
                  "\nTo be known (shown, and not counted or unusual):\n"
                  "  sheets | unit a1 | conflict\n"
                  "\nNOT VERIFIED: see what is wrong above.\n") != text.npos);
  CHECK(report.to_text(1).find("  and 1 more (see --json)\n") != text.npos);

  auto json = Json::parse(report.to_json());
  REQUIRE(json.has_value());
  CHECK(json->root().find("verified")->as_boolean() == false);
  CHECK(json->root().find("checks")->size() == kCheckIds);
  CHECK(json->root().find("findings")->size() == 3);
}

TEST_CASE("report: text out of a bundle does not steer a terminal") {
  struct Case {
    std::string text, shown;
  };
  const Case cases[] = {
      {"plain, 한국어, é, 🙂", "plain, 한국어, é, 🙂"},
      {"\x1b[2J\nVERIFIED", "\\x1b[2J\\x0aVERIFIED"},
      {"tab\there\r\x7f", "tab\\x09here\\x0d\\x7f"},
      {"\u202eright to left\u2066", "\\u202eright to left\\u2066"},
      {"\u0085\u009b\u200b\ufeff", "\\u0085\\u009b\\u200b\\ufeff"},
      {"broken \xff\xc3 A\xe2\x82", "broken \\xff\\xc3 A\\xe2\\x82"},
      {"A\x80", "A\\x80"},
      {std::string("\0", 1), "\\x00"},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.shown);
    CHECK(printable(c.text) == c.shown);
  }
  Report report;
  report.facts = {{"title", "a\nVERIFIED: b"}};
  report.add({CheckId::extra_files, Severity::failure, "x\n\nVERIFIED: y", "f\x1b", "\xff", "\r", "m\n"});
  for (char c : report.to_text(10)) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  CHECK(report.to_text(10).find("\nVERIFIED") == std::string::npos);
  CHECK(Json::parse(report.to_json()).has_value());
}

TEST_CASE("report: long texts are cut between characters") {
  CHECK(well_formed("short", 10) == "short");
  CHECK(well_formed("0123456789a", 10) == "0123456789...");
  CHECK(well_formed("012345678é", 10) == "012345678...");
  CHECK(well_formed("\x80\x80\x80\x80", 2) == "...");
  Report report;
  report.fail(CheckId::files, std::string(100'000, 'x'), "m");
  CHECK(report.findings()[0].where.size() == Report::kFindingTextBytes + 3);
}

TEST_CASE("report: what is listed is the same however the findings came together") {
  std::mt19937 random(5);
  std::vector<int> numbers(5'000);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int>(i);
  auto report_of = [&](std::size_t parts) {
    std::shuffle(numbers.begin(), numbers.end(), random);
    std::vector<Report> reports(parts);
    for (int n : numbers) {
      Report& report = reports[random() % parts];
      report.count(CheckId::files);
      report.fail(CheckId::files, std::to_string(n), "wrong");
      if (n % 5 == 0) report.notice(CheckId::files, std::to_string(n), "odd");
    }
    Report all;
    for (const Report& report : reports) all.absorb(report);
    all.sort_findings();
    return all;
  };
  Report one = report_of(1), many = report_of(7);
  CHECK(one.findings() == many.findings());
  CHECK(one.to_json() == many.to_json());
  CHECK(one.findings().size() == 2 * Report::kFindingsListed);
  CHECK(one[CheckId::files].failures == 5'000);
}

TEST_CASE("report: half a million findings take neither all memory nor all day") {
  Report report;
  for (std::int64_t i = 0; i < 500'000; ++i)
    report.fail(CheckId::entries, std::to_string(i * 7919 % 500'000), "no record");
  CHECK(report.findings().size() <= 4 * 2 * kCheckIds * Report::kFindingsListed);
  report.sort_findings();
  CHECK(report.findings().size() == Report::kFindingsListed);
  CHECK(report.findings()[1].where == "1");
  CHECK(report.findings()[2].where == "10");
  CHECK(report[CheckId::entries].failures == 500'000);
}

TEST_CASE("report: counts beyond what JSON holds do not abort") {
  Report report;
  for (int i = 0; i < 3; ++i) report.count(CheckId::files, static_cast<std::uint64_t>(limits::kMaxInteger));
  CHECK(Json::parse(report.to_json()).has_value());
  CHECK(Json::parse(write_part({}, part_of(report))).has_value());
}
