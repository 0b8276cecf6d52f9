// A batch directory's texts: what is written is read back; whatever else is refused, and nothing is guessed.
#include "core/scan/batch.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"

using namespace scrutineer;

namespace {

const std::string kA(32, 'a'), kB(32, 'b'), kC(32, 'c');

SheetReading stamped() {
  SheetReading reading;
  reading.style = 1;
  reading.places = {{0, {MarkClass::clean, 312}, {MarkClass::clean, 950}, MarkClass::clean},
                    {1, {MarkClass::none, 4}, {MarkClass::fold_transfer, 610}, MarkClass::machine_doubt}};
  reading.contests = {{0, Decision::recheck, {}, {MarkClass::fold_transfer, MarkClass::machine_doubt}, 120}};
  return reading;
}

BallotLine line() {
  BallotLine ballot;
  ballot.id = BallotId(kA);
  ballot.ext = "png";
  ballot.image = sha256("image");
  ballot.masked = sha256("masked");
  ballot.reading = stamped();
  return ballot;
}

BatchInfo info() {
  BatchInfo batch;
  batch.unit = UnitId("종로-1");
  batch.contests = {{ContestId("president"), 1, {OptionId("1"), OptionId("2")}}};
  batch.device = "jongno/sorter-1";
  batch.definition = sha256("definition");
  batch.software = "scrutineer 0.9";
  batch.software_sha256 = sha256("software");
  batch.thresholds = {{"dark", 300}, {"light", 40}};
  batch.sheets = 2;
  return batch;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("batch: a reading is these bytes and no others") {
  CHECK(
      reading_json(stamped()) ==
      R"({"defect":"none","detail":"","style":1,"side":0,"upside_down":false,"places":[)"
      R"({"place":0,"density":["clean",312],"shape":["clean",950],"mark":"clean"},)"
      R"({"place":1,"density":["none",4],"shape":["fold_transfer",610],"mark":"machine_doubt"}],"contests":[)"
      R"({"contest":0,"decision":"recheck","options":[],"reasons":["fold_transfer","machine_doubt"],"confidence":120}]})");
}

TEST_CASE("batch: every name of the closed sets survives the round trip") {
  for (int mark = 0; mark <= static_cast<int>(MarkClass::machine_doubt); ++mark)
    for (int decision = 0; decision < 4; ++decision) {
      SheetReading reading;
      const auto code = static_cast<MarkClass>(mark);
      reading.places = {{7, {code, 0}, {code, 1'000}, code}};
      reading.contests = {{3, static_cast<Decision>(decision), {}, {code}, 1'000}};
      auto read = parse_reading(reading_json(reading));
      REQUIRE(read.has_value());
      CHECK(*read == reading);
    }
  for (int defect = 1; defect <= static_cast<int>(SheetDefect::cut_short); ++defect) {
    SheetReading reading;
    reading.defect = static_cast<SheetDefect>(defect);
    reading.detail = "왼쪽 위 \"모서리\"";
    reading.contests = {{0, Decision::rejected, {}, {}, 0}};
    auto read = parse_reading(reading_json(reading));
    REQUIRE(read.has_value());
    CHECK(*read == reading);
  }
}

TEST_CASE("batch: readings that contradict their grammar or themselves are refused") {
  const std::string good = reading_json(stamped());
  struct Case {
    std::string what, from, to;
  };
  const Case cases[] = {
      {"a name that nobody knows", "\"clean\",312", "\"neat\",312"},
      {"a score above 1000", "312", "1001"},
      {"a negative score", "312", "-1"},
      {"a score with a fraction", "312", "312.0"},
      {"a space", "\"style\":1", "\"style\": 1"},
      {"another order", "\"style\":1,\"side\":0", "\"side\":0,\"style\":1"},
      {"one member more", "\"style\":1", "\"style\":1,\"serial\":\"00123\""},
      {"one member less", "\"style\":1,", ""},
      {"a place twice", "\"place\":1", "\"place\":0"},
      {"options without a count", "\"options\":[]", "\"options\":[1]"},
      {"options in another order", "\"recheck\",\"options\":[]", "\"counted\",\"options\":[2,1]"},
      {"an option twice", "\"recheck\",\"options\":[]", "\"counted\",\"options\":[1,1]"},
      {"reasons in another order", "\"fold_transfer\",\"machine_doubt\"]", "\"machine_doubt\",\"fold_transfer\"]"},
      {"rejected, and yet read", "\"recheck\"", "\"rejected\""},
      {"a defect, and yet decided", "\"defect\":\"none\"", "\"defect\":\"torn\""},
      {"a confidence above 1000", "120", "1200"},
      {"an escape that is not needed", "recheck", "r\\u0065check"},
  };
  REQUIRE(parse_reading(good).has_value());
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK_FALSE(parse_reading(replaced(good, c.from, c.to)).has_value());
  }
}

TEST_CASE("batch: batch.json is read back, its thresholds have a hash of their own") {
  const std::string json = batch_info_json(info());
  auto read = parse_batch_info(json);
  REQUIRE(read.has_value());
  CHECK(*read == info());
  CHECK(thresholds_sha256(info().thresholds) == sha256(R"({"dark":300,"light":40})"));
  struct Case {
    std::string what, from, to;
  };
  const Case cases[] = {
      {"another format", "scrutineer-batch/1", "scrutineer-batch/2"},
      {"no unit", "종로-1", ""},
      {"an option twice", "[\"1\",\"2\"]", "[\"1\",\"1\"]"},
      {"no option", "[\"1\",\"2\"]", "[]"},
      {"no seat", "\"seats\":1", "\"seats\":0"},
      {"thresholds unsorted", "\"dark\":300,\"light\":40", "\"light\":40,\"dark\":300"},
      {"a threshold that is no integer", "300", "\"300\""},
      {"a time", "\"sheets\":2", "\"sheets\":2,\"at\":\"2025-06-03T20:00:00+09:00\""},
      {"fewer than no sheets", "\"sheets\":2", "\"sheets\":-1"},
      {"no line feed", "}\n", "}"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK_FALSE(parse_batch_info(replaced(json, c.from, c.to)).has_value());
  }
}

TEST_CASE("batch: a ballot's line, with and without what may be absent") {
  BallotLine full = line();
  full.front = BallotId(kB);
  full.like = {BallotId(kB), BallotId(kC)};
  BallotLine bare = line();
  bare.masked.reset();
  bare.ext = "bin";
  bare.reading = {};
  bare.reading.defect = SheetDefect::not_an_image;
  for (const BallotLine& ballot : {line(), full, bare}) {
    auto read = parse_ballot_line(ballot_line_json(ballot));
    REQUIRE(read.has_value());
    CHECK(*read == ballot);
  }
  const std::string json = ballot_line_json(full);
  struct Case {
    std::string what, from, to;
  };
  const Case cases[] = {
      {"a path in the extension", "\"png\"", "\"../png\""},
      {"an id that says something", kA, "ballot-00001"},
      {"capital letters in an id", kA, std::string(32, 'A')},
      {"its own front", "\"front\":\"" + kB, "\"front\":\"" + kA},
      {"like itself", "[\"" + kB, "[\"" + kA},
      {"likenesses unsorted", "[\"" + kB + "\",\"" + kC, "[\"" + kC + "\",\"" + kB},
      {"a serial number", "\"reading\"", "\"serial\":1,\"reading\""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK_FALSE(parse_ballot_line(replaced(json, c.from, c.to)).has_value());
  }
}

TEST_CASE("batch: readings.jsonl is sorted, whole, and says at which line it is not") {
  BallotLine first = line(), second = line();
  second.id = BallotId(kB);
  const std::string a = ballot_line_json(first) + "\n", b = ballot_line_json(second) + "\n";
  struct Case {
    std::string what, text, where;
  };
  const Case cases[] = {
      {"two lines", a + b, ""},
      {"no line", "", ""},
      {"unsorted", b + a, "readings.jsonl:2"},
      {"one twice", a + a, "readings.jsonl:2"},
      {"cut short", a + b.substr(0, b.size() - 1), "readings.jsonl:2"},
      {"an empty line", a + "\n" + b, "readings.jsonl:2"},
      {"CR LF", a.substr(0, a.size() - 1) + "\r\n", "readings.jsonl:1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    std::size_t count = 0;
    auto status = read_ballot_lines(c.text, "readings.jsonl", [&](BallotLine) -> Status {
      ++count;
      return {};
    });
    CHECK(status.has_value() == c.where.empty());
    if (!status) CHECK(status.error().where.substr(0, c.where.size()) == c.where);
    if (c.what == "two lines") CHECK(count == 2);
  }
}

TEST_CASE("batch: outcomes of people's decisions") {
  BallotOutcome outcome{
      BallotId(kA), {{0, Decision::counted, {1}, OutcomeHow::settled}, {2, Decision::invalid, {}, OutcomeHow::agreed}}};
  const std::string json = ballot_outcome_json(outcome);
  CHECK(json == R"({"id":")" + kA +
                    R"(","contests":[{"contest":0,"decision":"counted","options":[1],"how":"settled"},)" +
                    R"({"contest":2,"decision":"invalid","options":[],"how":"agreed"}]})");
  auto read = parse_ballot_outcome(json);
  REQUIRE(read.has_value());
  CHECK(*read == outcome);
  CHECK_FALSE(parse_ballot_outcome(replaced(json, "\"counted\"", "\"recheck\"")).has_value());
  CHECK_FALSE(
      parse_ballot_outcome(replaced(json, "\"invalid\",\"options\":[]", "\"invalid\",\"options\":[0]")).has_value());
  CHECK_FALSE(parse_ballot_outcome(replaced(json, "\"contest\":2", "\"contest\":0")).has_value());
}
