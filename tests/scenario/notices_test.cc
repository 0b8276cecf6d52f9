#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

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
  for (const std::string& notice_path : notices) {
    const ScenarioNotice notice = read_notice_file(notice_path);
    for (const std::string& variant_path : variants) {
      const Variant variant = read_variant_file(variant_path);
      for (const std::string& problem : play(notice, variant)) FAIL_CHECK(notice.name << ", " << problem);
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
