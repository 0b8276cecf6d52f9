#include "core/ballot/oval_definition.h"

#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

using namespace scrutineer;

namespace {

const std::string kGood =
    R"({"title":"T","date":"2026-05-06","ballotLayout":{"paperSize":"letter","metadataEncoding":"timing-marks"},
"contests":[{"id":"c","title":"C","type":"candidate","seats":1,"candidates":[{"id":"a","name":"A"},{"id":"b","name":"B"}]}],
"gridLayouts":[{"ballotStyleId":"card-number-3","gridPositions":[
{"type":"option","sheetNumber":1,"side":"front","column":12,"row":8,"contestId":"c","optionId":"a"},
{"type":"option","sheetNumber":1,"side":"front","column":12,"row":10.5,"contestId":"c","optionId":"b"},
{"type":"write-in","sheetNumber":1,"side":"back","column":32,"row":4,"contestId":"c","writeInIndex":0}]}]})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = kGood;
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

std::string code(std::string_view json) {
  const auto read = read_oval_definition(json);
  return read ? "" : std::string(error_code_name(read.error().code));
}

// The same two options as NIST SP 1500-20 says them, inches.
std::string nist(int missing = -1) {
  std::string marks;
  const auto mark = [&](double x, double y) {
    char text[200];
    std::snprintf(
        text, sizeof text,
        R"(%s{"@type":"BallotDefinition.FiducialMark","X":%.4f,"Y":%.4f,"W":0.1875,"H":0.0625,"ShapeId":"s","Side":"front"})",
        marks.empty() ? "" : ",", x, y);
    marks += text;
  };
  for (int c = 0; c < 34; ++c) mark(0.03 + 0.25 * c, 0.47);
  for (int r = 1; r < 41; ++r) {
    if (r != missing) mark(0.03, 0.47 + 0.25 * r);
  }
  return R"({"@type":"BallotDefinition.BallotDefinition","BallotFormat":[{"@id":"f","FiducialMark":[)" + marks +
         R"(]}],"Election":[{"Name":{"Text":[{"Content":"T","Language":"en"}]},"StartDate":"2026-05-06",
"Contest":[{"@id":"c","@type":"BallotDefinition.CandidateContest","Name":"C","VotesAllowed":2,"ContestOption":[{"@id":"a"},{"@id":"b","IsWriteIn":true}]}],
"BallotStyle":[{"OrderedContent":[{"ContestId":"c","Physical":[{"BallotFormatId":"f","PhysicalContestOption":[
{"ContestOptionId":"a","OptionPosition":[{"X":3.0288,"Y":2.3763,"W":0.19,"H":0.25,"Side":"front","NumberVotes":1}]},
{"ContestOptionId":"b","OptionPosition":[{"X":3.0288,"Y":3.3763,"W":0.19,"H":0.25,"Side":"front","NumberVotes":1}]}]}]}]}]}]})";
}

}  // namespace

TEST_CASE("a definition is read as it says") {
  const auto read = read_oval_definition(kGood);
  REQUIRE(read);
  CHECK(read->rows == 41);
  CHECK(read->card == 3);
  CHECK(read->pages() == 2);
  CHECK(read->places[1].row == 1050);
  CHECK(read->places[2].page == 1);
  CHECK(read->contests[0].options[2].write_in);
}

TEST_CASE("whatever contradicts itself is refused, with its kind") {
  CHECK(code(changed("\"optionId\":\"a\"", "\"optionId\":\"x\"")) == "malformed");
  CHECK(code(changed("\"contestId\":\"c\"", "\"contestId\":\"x\"")) == "malformed");
  CHECK(code(changed("\"column\":12,\"row\":8", "\"column\":0,\"row\":8")) == "malformed");
  CHECK(code(changed("\"row\":10.5", "\"row\":8.5")) == "malformed");
  CHECK(code(changed("\"row\":10.5", "\"row\":1e9")) == "malformed");
  CHECK(code(changed("\"row\":10.5", "\"row\":40")) == "malformed");
  CHECK(code(changed("\"seats\":1", "\"seats\":0")) == "malformed");
  CHECK(code(changed("letter", "napkin")) == "unsupported");
  CHECK(code(changed("timing-marks", "qr-code")) == "unsupported");
  CHECK(code(changed("\"candidate\"", "\"ranked\"")) == "unsupported");
  CHECK(code(changed("\"optionId\":\"b\"", "\"optionId\":\"a\"")) == "malformed");  // b stands nowhere
  CHECK(code("{}") == "malformed");
  CHECK(code("[") == "malformed");
  CHECK(!read_vxsuite_definition(kGood, "card-number-4"));
}

TEST_CASE("NIST SP 1500-20: inches become the grid") {
  const auto read = read_oval_definition(nist());
  if (!read) FAIL(to_string(read.error()));
  CHECK(read->rows == 41);
  CHECK(read->contests[0].seats == 2);
  CHECK(read->places[0].column == 1200);
  CHECK(read->places[0].row == 800);
  CHECK(read->places[1].row == 1200);
  CHECK(read->contests[0].options[1].write_in);
  // One timing mark less on one side: the others are beside the grid that is left.
  CHECK(code(nist(20)) == "malformed");
}

TEST_CASE("the real definitions") {
  for (const auto& [name, rows, places] : {std::tuple{"nh_test", 41, 52}, {"nh_hudson", 53, 75}}) {
    std::ifstream in(std::string("../shared/data/ballots/") + name + "/election.json");
    if (!in) {
      MESSAGE("skipped: ../shared/data is not here");
      return;
    }
    std::stringstream text;
    text << in.rdbuf();
    const auto read = read_oval_definition(text.str());
    REQUIRE(read);
    CHECK(read->rows == rows);
    CHECK(static_cast<int>(read->places.size()) == places);
  }
}
