#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/notice/report.h"
#include "tests/scenario/protocol.h"

using namespace scrutineer::testing;

namespace {

std::vector<std::string> files_of(const char* folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(SCENARIOS "/") + folder))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("the eight notices in every variant") {
  const auto notices = files_of("notices"), variants = files_of("variants");
  CHECK(notices.size() == 8);
  CHECK(variants.size() >= 15);
  bool attributed = false, unattributed = false;
  for (const std::string& notice_path : notices) {
    const ScenarioNotice notice = read_notice_file(notice_path);
    // One of each kind is enough for what does not depend on the notice.
    const bool less = !std::exchange(notice.attribution.empty() ? unattributed : attributed, true);
    for (const std::string& variant_path : variants) {
      const Variant variant = read_variant_file(variant_path);
      for (const std::string& problem : play(notice, variant, less)) FAIL_CHECK(notice.name << ", " << problem);
    }
  }
}

TEST_CASE("a protocol that is not what happened is noticed") {
  const ScenarioNotice notice = read_notice_file(files_of("notices").front());
  auto problems = [&](std::vector<VariantLine> lines) { return play(notice, {"wrong", std::move(lines)}).size(); };
  CHECK(
      problems({{1, "+0:00:00 service sends the notice"}, {2, "evidence from service"}, {3, "  verdict: available"}}) ==
      0);
  CHECK(problems({{1, "+0:00:00 service sends the notice"}, {2, "evidence from service"}, {3, "  verdict: opened"}}) ==
        1);
  CHECK(problems({{1, "+0:00:00 service sends the notice"},
                  {2, "evidence from service"},
                  {3, "  deadline machine-5s: met"}}) == 1);
  CHECK(problems({{1, "+0:00:00 service sends the notice"},
                  {2, "evidence from service"},
                  {3, "  finding: log-withheld relay-1.example/notices"}}) == 1);
  CHECK(problems({{1, "+0:00:00 service sends the notice"}, {2, "evidence from service"}, {3, "  nonsense: 3"}}) == 1);
  CHECK(problems({{1, "+0:00:00 service dances"}}) == 1);
}

// Every code that a report can hold has its row in the documentation, and a sentence in both languages.
TEST_CASE("the documented tables are complete") {
  using namespace scrutineer;
  std::ifstream in(SCENARIOS "/../../docs/formats/notice-verdicts.md");
  const std::string page(std::istreambuf_iterator<char>(in), {});
  auto all = [&](const auto& names, auto code) {
    for (std::size_t i = 0; i < std::size(names); ++i) {
      if (names[i].empty()) continue;
      CAPTURE(names[i]);
      CHECK(page.find("`" + std::string(names[i]) + "`") != page.npos);
      const Bilingual& sentence = sentence_of(static_cast<decltype(code)>(i));
      CHECK(!sentence.ko.empty());
      CHECK(!sentence.en.empty());
    }
  };
  all(kNoticeVerdictNames, NoticeVerdict{});
  all(kDeadlineVerdictNames, DeadlineVerdict{});
  all(kDeadlineBecauseNames, DeadlineBecause{});
  all(kNoticeFindingNames, NoticeFinding{});
  all(kStatementVerdictNames, StatementVerdict{});
  all(kStatementReasonNames, StatementReason{});
  all(kClaimNames, Claim{});
  all(kOnDutyNames, OnDuty{});
}
