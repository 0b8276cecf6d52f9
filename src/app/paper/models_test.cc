#include "app/paper/models.h"

#include <doctest/doctest.h>

#include "tests/support/script.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr const char* kOrigin = "log.example";

// Two units counted, one of them twice; the third sheet lacks signatures.
constexpr std::string_view kNight = R"(
  G1: grant chair-1 chair / * by root-1 root-2
  G2: grant member-1 member / * by root-1 root-2
  G3: grant member-2 member / * by root-1 root-2
  A: sheet a1 mayor A=10 B=5 valid=15 cast=16 by chair-1 member-1 member-2
  B: sheet a2 mayor A=7 B=8 valid=15 by chair-1 member-1 member-2
  C: sheet a2 mayor A=8 B=7 valid=15 replaces B by chair-1 member-1 member-2
  D: sheet s1 mayor A=1 by chair-1
  R: refusal A by member-2
)";

CountSheet sheet_of(const Script& script, const std::string& label) {
  return std::get<CountSheet>(read_record_text(script.text(label)).value().body);
}

std::string opened(const PaperCode& code, const ElectionFold& fold) {
  auto paper = paper::open_paper(code, fold, kOrigin);
  if (!paper) return std::string(error_code_name(paper.error().code));
  CHECK_FALSE(paper->sentence.ko.empty());
  return (paper->agrees ? "agrees: " : "differs: ") + paper->sentence.en;
}

}  // namespace

TEST_CASE("a printed sheet shows what the record says, and nothing that it does not") {
  Script script;
  script.run(kNight);
  auto form = paper::filled_sheet(script.fold(), script.id("A"), sheet_of(script, "A"));
  REQUIRE(form.has_value());
  CHECK(form->area == "north town");
  CHECK(form->unit == "A one");
  CHECK(form->cast == 16);
  CHECK_FALSE(form->electors.has_value());  // not stated
  CHECK(form->options[1].votes == 5);
  CHECK_FALSE(form->options[2].votes.has_value());
  CHECK_FALSE(form->options[0].sorted.has_value());
  REQUIRE(form->signers.size() == 3);
  CHECK(form->signers[0].name == "chair-1");
  CHECK(form->signers[0].role.ko == "위원장");
  REQUIRE(form->statements.size() == 1);
  CHECK(form->statements[0].name == "member-2");
  CHECK(form->record_id == to_hex(script.id("A")));
  CHECK(form->status.en == "counted");
  CHECK(form->head.code.hash == form->record_id.substr(0, 32));
  CHECK(paper::count_sheets_pdf(std::span(&*form, 1)).has_value());
  CHECK(paper::filled_sheet(script.fold(), RecordId{}, sheet_of(script, "A")).error().code == ErrorCode::not_found);
}

TEST_CASE("what the code of a sheet opens") {
  Script script;
  script.run(kNight);
  const ElectionFold& fold = script.fold();
  auto code = [&](const std::string& label) {
    return paper::filled_sheet(fold, script.id(label), sheet_of(script, label)).value().head.code;
  };
  CHECK(opened(code("A"), fold) ==
        "agrees: The paper was printed from this record of the log: counted. Compare the figures.");
  CHECK(opened(code("B"), fold).find("replaced by a later record") != std::string::npos);
  CHECK(opened(code("C"), fold).find("counted") != std::string::npos);
  CHECK(opened(code("D"), fold).find("not enough signatures") != std::string::npos);

  PaperCode other = code("A");
  other.hash = std::string(32, '0');
  CHECK(opened(other, fold) ==
        "differs: The paper and the log differ: the log does not hold the record that the paper names.");
  other = code("A");
  other.unit = "a2";
  CHECK(opened(other, fold) == "differs: The paper and the log differ: that record is about another unit or contest.");
  other = code("A");
  other.contest = "council";
  CHECK(opened(other, fold) == "differs: The paper and the log differ: that record is about another unit or contest.");
  other.contest = "senate";
  CHECK(opened(other, fold) == "not_found");
  other = code("A");
  other.unit = "zz";
  CHECK(opened(other, fold) == "not_found");
  other = code("A");
  other.election = std::string(16, '0');
  CHECK(opened(other, fold) == "conflict");
}

TEST_CASE("what the code of an empty form opens") {
  Script script;
  script.run(kNight);
  const ElectionFold& fold = script.fold();
  const Election& election = fold.tally().election();
  PaperCode counted = paper::blank_sheet(election, 0, 0).head.code;
  auto paper = paper::open_paper(counted, fold, kOrigin);
  REQUIRE(paper.has_value());
  CHECK(paper->agrees);
  CHECK(fold.book().records().id(paper->record.value()) == script.id("A"));
  CHECK(opened(paper::blank_sheet(election, 0, 4).head.code, fold) ==
        "agrees: A form filled by hand. The log holds no record of this unit yet.");
  counted.hash[0] = counted.hash[0] == '0' ? '1' : '0';
  CHECK(opened(counted, fold).starts_with("differs: The paper and the log differ: this is not this election's form"));
  // Every form has its own hash.
  CHECK(paper::blank_sheet(election, 0, 0).head.code.hash != paper::blank_sheet(election, 0, 1).head.code.hash);
  CHECK(paper::blank_sheet(election, 0, 0).head.code.hash != paper::blank_sheet(election, 1, 0).head.code.hash);
}

TEST_CASE("lists and summaries follow from the log as of their size, and from no other") {
  Script script;
  script.run(kNight);
  const ElectionFold& fold = script.fold();
  std::uint64_t size = script.world().entries().size();
  auto list = paper::unit_list(fold, 0, 0, size, kOrigin);
  CHECK(list.counted == 2);
  REQUIRE(list.units.size() == 5);
  CHECK(list.units[0].status.en == "Counted, signed");
  CHECK(list.units[1].status.en == "Corrected and counted");
  CHECK(list.units[3].status.en == "Not counted yet");
  CHECK_FALSE(list.units[3].cast.has_value());
  CHECK(list.units[1].record == to_hex(script.id("C")).substr(0, 12));
  auto summary = paper::summary(fold, 0, 0, size, kOrigin);
  CHECK(summary.options[0].votes == 18);
  CHECK(summary.options[1].votes == 12);
  CHECK(summary.total.counted == 2);
  REQUIRE(summary.below.size() == 2);
  CHECK(summary.below[0].name == "north");
  CHECK(summary.below[0].votes[0] == 18);
  CHECK_FALSE(summary.below[1].votes[0].has_value());  // nothing counted there: not 0
  auto town = paper::summary(fold, 0, fold.tally().election().tree().find_area("/north/town").value(), size, kOrigin);
  REQUIRE(town.below.size() == 2);  // its units
  CHECK(town.below[1].votes[0] == 8);
  for (const PaperCode& code : {list.head.code, summary.head.code, town.head.code})
    CHECK(opened(code, fold) == "agrees: The log, as of then, says the same.");

  script.run("E: sheet b1 mayor A=100 by chair-1 member-1 member-2");
  for (const PaperCode& code : {list.head.code, summary.head.code})
    CHECK(opened(code, script.fold()).starts_with("differs"));
}
