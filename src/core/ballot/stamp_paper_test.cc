#include "core/ballot/stamp_paper.h"

#include <doctest/doctest.h>

#include "core/ballot/ink.h"
#include "core/ballot/stamp_rules.h"

using namespace scrutineer;

namespace {

constexpr std::string_view kPaper =
    R"({"format":"scrutineer/stamp-paper/1","election":"kr2025","contest":"president","date":"2025-06-03",)"
    R"("title":"제21대 대통령선거투표","area":"종로구","marking":"official_stamp","people":["fold_transfer"],"options":[
{"number":"1","party":"가나당","name":"김하나"},
{"number":"2","party":"","name":"이둘"}
]}
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kPaper);
  text.replace(text.find(from), from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("stamp paper: sizes by the number of options are those that were printed") {
  struct Row {
    std::size_t options;
    Length box, gap, height;
  };
  const Row rows[] = {{1, 1'500, 1'000, 7'800}, {6, 1'500, 1'000, 20'300}, {7, 1'300, 500, 18'400},
                      {10, 1'300, 500, 23'800}, {11, 1'000, 300, 20'300},  {14, 1'000, 300, 24'200},
                      {22, 1'000, 300, 34'600}, {23, 1'000, 200, 33'700},  {34, 1'000, 200, 46'900}};
  for (const Row& row : rows) {
    CAPTURE(row.options);
    auto g = stamp_geometry("2025-06-03", row.options);
    REQUIRE(g.has_value());
    CHECK(g->first_box.height == row.box);
    CHECK(g->pitch - g->first_box.height == row.gap);
    CHECK(g->height == row.height);
    CHECK(g->box(row.options - 1).bottom() + 2'500 == g->height);
    CHECK(g->stamp_cell(0).right() == g->first_box.right());
    CHECK(g->name_cell(0).right() == g->stamp_cell(0).x);
    CHECK(g->number_cell(0).right() == g->name_cell(0).x);
  }
}

TEST_CASE("stamp paper: what no machine takes") {
  CHECK(stamp_geometry("2020-04-15", 35).error().code == ErrorCode::limit_exceeded);  // 48.1 cm in 2020
  CHECK(stamp_geometry("2020-04-15", 35).error().message.find("48.1 cm") != std::string::npos);
  CHECK(stamp_geometry("2024-04-10", 38).error().message.find("51.7 cm") != std::string::npos);
  CHECK(stamp_geometry("2025-06-03", 0).error().code == ErrorCode::invalid_argument);
  CHECK(stamp_geometry("2012-12-19", 7).error().code == ErrorCode::unsupported);
  CHECK(stamp_geometry("2025-06-31", 7).error().code == ErrorCode::unsupported);
}

TEST_CASE("stamp paper: the definition is read strictly and written as it was read") {
  auto paper = parse_stamp_paper(kPaper);
  REQUIRE(paper.has_value());
  CHECK(paper->options[0].party == "가나당");
  CHECK(paper->people == std::vector<std::string>{"fold_transfer"});
  CHECK(write_stamp_paper(*paper) == kPaper);

  const std::pair<std::string_view, std::string_view> wrong[] = {
      {"stamp-paper/1", "stamp-paper/2"},
      {"\"area\"", "\"region\""},
      {"\"date\":\"2025-06-03\"", "\"date\":\"2025-02-29\""},
      {"official_stamp", "pencil"},
      {"fold_transfer", "folded"},
      {"\"number\":\"2\"", "\"number\":\"1\""},
      {"\"name\":\"이둘\"", "\"name\":\"\""},
      {"\"name\":\"이둘\"", "\"name\":\"이둘\",\"votes\":3"},
      {"가나당", "가\\u0001당"},
  };
  for (const auto& [from, to] : wrong) {
    CAPTURE(to);
    auto refused = parse_stamp_paper(with(from, to));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::malformed);
    CHECK_FALSE(refused.error().message.empty());
  }
  CHECK(parse_stamp_paper(with("2025-06-03", "1997-12-18")).error().code == ErrorCode::unsupported);
}

TEST_CASE("stamp rules: every case has one row in force, sentences in both languages, and no machine says invalid") {
  for (std::size_t i = 0; i < kStampCases; ++i) {
    auto what = static_cast<StampCase>(i);
    CAPTURE(stamp_case_name(what));
    CHECK(stamp_case_of(stamp_case_name(what)) == what);
    const StampRule* rule = stamp_rule(what, "2025-06-03");
    REQUIRE(rule);
    CHECK_FALSE(rule->ko.empty());
    CHECK_FALSE(rule->en.empty());
    CHECK_FALSE((rule->machine && rule->law != StampVerdict::valid));
    CHECK(stamp_rule(what, "1997-12-18") == nullptr);
  }
  CHECK_FALSE(stamp_case_of("no such case").has_value());
  CHECK(stamp_rule(StampCase::two_boxes, "2024-04-10")->law == StampVerdict::invalid);
  CHECK(stamp_rule(StampCase::fold_transfer, "2024-04-10")->law == StampVerdict::valid);
  CHECK(stamp_rule(StampCase::seal_missing, "2024-04-10")->law == StampVerdict::people);
}

TEST_CASE("stamp paper: every option's text looks different from every other's on the blank paper") {
  StampPaper paper;
  paper.date = "2025-06-03";
  paper.title = "대통령선거투표";
  for (int i = 1; i <= 34; ++i) paper.options.push_back({std::to_string(i), "당", "이름"});
  GreyPage ink = blank_stamp_paper(paper, 100);
  auto g = stamp_geometry(paper.date, paper.options.size());
  auto text = [&](std::size_t i) {
    PaperArea cell = g->number_cell(i);
    std::vector<std::uint8_t> out;
    for (int y = cell.y * 100 / 2'540 + 3; y < cell.bottom() * 100 / 2'540 - 3; ++y)
      for (int x = cell.x * 100 / 2'540 + 3; x < cell.right() * 100 / 2'540 - 3; ++x) out.push_back(ink.at(x, y) > 128);
    return out;
  };
  for (std::size_t i = 0; i < 34; ++i) {
    const std::vector<std::uint8_t> cell = text(i);
    CHECK(std::count(cell.begin(), cell.end(), 1) > 10);
  }
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t k = i + 1; k < 9; ++k) CHECK(text(i) != text(k));
}
