// Prints cast vote records of small batches, for ./validate.
#include <doctest/doctest.h>

#include <cstdio>

#include "core/crypto/hash.h"
#include "core/cvr/write_cdf.h"

using namespace scrutineer;

namespace {

void print(const char* name, const BatchInfo& info, const std::vector<BallotLine>& lines,
           const std::vector<BallotOutcome>& outcomes) {
  std::printf("== %s\n", name);
  CdfWriter writer([](std::string_view part) -> Status {
    std::printf("%.*s", static_cast<int>(part.size()), part.data());
    return {};
  });
  const CvrTable table = cvr_table_of(info).value();
  CHECK(writer
            .begin({"2026-06-03T21:00:00+09:00", "scrutineer 0.9", info.device, "Test \"election\" 시험",
                    info.unit.value(), "after people's decisions"},
                   table)
            .has_value());
  for (const BallotLine& line : lines) {
    const BallotOutcome* outcome = nullptr;
    for (const BallotOutcome& decided : outcomes)
      if (decided.id == line.id) outcome = &decided;
    CHECK(writer.add(table, cvr_of(info, line, outcome)).has_value());
  }
  CHECK(writer.end().has_value());
}

BallotLine line(std::size_t i, Decision decision, std::vector<std::uint16_t> options) {
  BallotLine out;
  out.id = BallotId(to_hex(sha256(std::to_string(i))).substr(0, 32));
  out.image = sha256("image " + std::to_string(i));
  if (decision == Decision::rejected) out.reading.defect = SheetDefect::double_feed;
  if (decision != Decision::rejected) out.reading.contests = {{0, decision, std::move(options), {}, 700}};
  out.reading.style = static_cast<std::uint16_t>(i);
  return out;
}

}  // namespace

TEST_CASE("samples") {
  BatchInfo info;
  info.unit = UnitId("종로-1");
  info.device = "sorter-1";
  info.contests = {{ContestId("a \"contest\""), 2, {OptionId("기호 1"), OptionId("2"), OptionId("3")}}};
  const std::vector<BallotLine> lines = {line(0, Decision::counted, {0, 2}), line(1, Decision::counted, {1}),
                                         line(2, Decision::recheck, {}),     line(3, Decision::blank, {}),
                                         line(4, Decision::invalid, {}),     line(5, Decision::rejected, {})};
  print("no paper", info, {}, {});
  print("what the machine said", info, lines, {});
  print("what people decided", info, lines,
        {{lines[2].id, {{0, Decision::counted, {1}, OutcomeHow::agreed}}},
         {lines[5].id, {{0, Decision::invalid, {}, OutcomeHow::committee}}}});
}
