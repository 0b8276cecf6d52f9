#include "core/codec/csv.h"

#include <doctest/doctest.h>

#include <array>

using namespace scrutineer;

namespace {

constexpr std::array<std::string_view, 3> kColumns = {"unit", "name", "votes"};

struct Read {
  std::vector<std::vector<std::string>> rows;
  std::vector<Problem> problems;
};

Read read(std::string_view text, UnknownColumns unknown = UnknownColumns::refuse) {
  Problems problems;
  CsvReader reader(text, kColumns, {.file = "t.csv", .unknown = unknown}, problems);
  Read out;
  while (reader.next()) {
    auto& row = out.rows.emplace_back();
    for (std::size_t i = 0; i < kColumns.size() + reader.extra_columns().size(); ++i) row.emplace_back(reader.field(i));
  }
  out.problems = problems.listed();
  return out;
}

using Row = std::vector<std::string>;

}  // namespace

TEST_CASE("csv: what is accepted") {
  struct {
    std::string what;
    std::string_view text;
    std::vector<Row> rows;
  } cases[] = {
      {"plain", "unit,name,votes\n1,Jongno,64\n2,Jung,7\n", {{"1", "Jongno", "64"}, {"2", "Jung", "7"}}},
      {"no line break at the end", "unit,name,votes\n1,Jongno,64", {{"1", "Jongno", "64"}}},
      {"CRLF, and both mixed", "unit,name,votes\r\n1,a,2\r\n3,b,4\n", {{"1", "a", "2"}, {"3", "b", "4"}}},
      {"byte order mark", "\xef\xbb\xbfunit,name,votes\n1,a,2\n", {{"1", "a", "2"}}},
      {"columns in another order", "votes,unit,name\n64,1,Jongno\n", {{"1", "Jongno", "64"}}},
      {"empty fields", "unit,name,votes\n,,\n", {{"", "", ""}}},
      {"quotes", "unit,name,votes\n\"1\",\"a,b\",\"\"\n", {{"1", "a,b", ""}}},
      {"doubled quotes", "unit,name,votes\n\"\"\"\",\"say \"\"a\"\"\",\"b\"\"\"\n", {{"\"", "say \"a\"", "b\""}}},
      {"line breaks in quotes", "unit,name,votes\n1,\"a\r\nb\nc\",2\n", {{"1", "a\r\nb\nc", "2"}}},
      {"quoted header", "\"unit\",\"name\",\"votes\"\n1,a,2\n", {{"1", "a", "2"}}},
      {"spaces belong to the field", "unit,name,votes\n 1 , a,2\t\n", {{" 1 ", " a", "2\t"}}},
      {"header only", "unit,name,votes\n", {}},
      {"UTF-8", "unit,name,votes\n1,종로구,2\n", {{"1", "종로구", "2"}}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    Read got = read(c.text);
    CHECK(got.rows == c.rows);
    CHECK(got.problems == std::vector<Problem>{});
  }
}

TEST_CASE("csv: what is refused, and where") {
  struct {
    std::string what;
    std::string_view text;
    const char* where;
    const char* words;
    std::size_t good_rows;
  } cases[] = {
      {"an empty file", "", "t.csv:1:1", "empty", 0},
      {"a missing column", "unit,name\n1,a\n", "t.csv:1:1", "\"votes\" is missing", 0},
      {"an unknown column", "unit,name,votes,x\n1,a,2,3\n", "t.csv:1:17", "unknown column \"x\"", 0},
      {"a column twice", "unit,name,votes,unit\n", "t.csv:1:17", "twice", 0},
      {"a column without a name", "unit,name,votes,\n", "t.csv:1:17", "no name", 0},
      {"names are exact", "unit,Name,votes\n", "t.csv:1:6", "unknown column \"Name\"", 0},
      {"too few fields", "unit,name,votes\n1,a\n2,b,3\n", "t.csv:2:1", "has 2 fields; the header has 3", 1},
      {"too many fields", "unit,name,votes\n1,a,2,3\n2,b,3\n", "t.csv:2:7", "more fields than the header", 1},
      {"an empty line", "unit,name,votes\n\n2,b,3\n", "t.csv:2:1", "line is empty", 1},
      {"an empty line at the end", "unit,name,votes\n2,b,3\r\n\r\n", "t.csv:3:1", "line is empty", 1},
      {"a quote inside a field", "unit,name,votes\n1,종\"로,2\n2,b,3\n", "t.csv:2:4", "quote inside", 1},
      {"text behind a quote", "unit,name,votes\n1,\"a\"b,2\n2,b,3\n", "t.csv:2:6", "closing quote", 1},
      {"an open quote", "unit,name,votes\n1,\"a,2\n", "t.csv:2:3", "closing quote is missing", 0},
      {"an open quote loses one line", "unit,name,votes\n1,\"a,2\n2,b,3\n", "t.csv:2:3", "closing quote is missing", 1},
      {"a lone carriage return", "unit,name,votes\n1,a\rb,2\n2,b,3\n", "t.csv:2:4", "carriage return", 1},
      {"a NUL", std::string_view("unit,name,votes\n1,a\0b,2\n2,b,3\n", 30), "t.csv:2:4", "control character", 1},
      {"an escape in quotes", "unit,name,votes\n1,\"\x1b[2J\",2\n2,b,3\n", "t.csv:2:4", "control character", 1},
      {"not UTF-8", "unit,name,votes\n1,a,2\n1,\xb1\xb8,2\n", "t.csv:3:3", "not UTF-8", 0},
      {"behind a field of three lines", "unit,name,votes\n1,\"a\nb\nc\",2\n1,2\n", "t.csv:5:1", "2 fields", 1},
      {"too many fields behind such a field", "unit,name,votes\n1,2,\"a\nb\",3\n2,b,3\n", "t.csv:3:4", "more fields",
       1},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    Read got = read(c.text);
    CHECK(got.rows.size() == c.good_rows);
    REQUIRE(got.problems.size() >= 1);
    CHECK(got.problems[0].where == c.where);
    CHECK_MESSAGE(got.problems[0].message.find(c.words) != std::string::npos, got.problems[0].message);
  }
}

TEST_CASE("csv: one run finds everything") {
  Read got = read("unit,name,votes\n1,a\n2,b,3\n3\n4,c\"d,5\n\n6,e,7\n");
  CHECK(got.rows == std::vector<Row>{{"2", "b", "3"}, {"6", "e", "7"}});
  std::vector<std::string> places;
  for (const Problem& problem : got.problems) places.push_back(problem.where);
  CHECK(places == std::vector<std::string>{"t.csv:2:1", "t.csv:4:1", "t.csv:5:4", "t.csv:6:1"});
}

TEST_CASE("csv: limits") {
  std::string header = "unit,name,votes\n";
  auto row = [](std::size_t size) { return "1," + std::string(size, 'x') + ",2\n"; };
  auto quoted = [](std::size_t size) { return "1,\"" + std::string(size, 'x') + "\",2\n"; };
  CHECK(read(header + row(limits::kCsvFieldBytes)).problems.empty());
  CHECK(read(header + quoted(limits::kCsvFieldBytes)).problems.empty());
  for (const std::string& text : {row(limits::kCsvFieldBytes + 1), quoted(limits::kCsvFieldBytes + 1)}) {
    Read got = read(header + text + "2,b,3\n");
    REQUIRE(got.problems.size() == 1);
    CHECK(got.problems[0].where == "t.csv:2:3");
    CHECK(got.problems[0].message.find("4096 bytes") != std::string::npos);
    CHECK(got.rows.size() == 1);
  }

  std::string wide = "unit,name,votes";
  for (std::size_t i = 3; i < limits::kCsvColumns; ++i) wide += ",c" + std::to_string(i);
  CHECK(read(wide + "\n", UnknownColumns::keep).problems.empty());
  Read too_wide = read(wide + ",more\n", UnknownColumns::keep);
  REQUIRE(too_wide.problems.size() == 1);
  CHECK(too_wide.problems[0].message == "a table has at most 64 columns");

  std::string long_row;
  for (std::size_t i = 0; i < limits::kCsvColumns; ++i) long_row += (i ? "," : "") + std::string(2'000, 'x');
  Read too_long = read(wide + "\n" + long_row + "\n", UnknownColumns::keep);
  REQUIRE(too_long.problems.size() == 1);
  CHECK(too_long.problems[0].message == "this row has more than 65536 bytes");

  std::string many = header;
  for (std::size_t i = 0; i < limits::kErrorsListed + 5; ++i) many += "x\n";
  Problems problems;
  CsvReader reader(many, kColumns, {.file = "t.csv"}, problems);
  CHECK_FALSE(reader.next());
  CHECK(problems.listed().size() == limits::kErrorsListed);
  CHECK(problems.count() == limits::kErrorsListed + 5);
}

TEST_CASE("csv: unknown columns are kept where asked for") {
  Read got = read("x,unit,name,y,votes\n10,1,a,20,2\n", UnknownColumns::keep);
  CHECK(got.problems.empty());
  CHECK(got.rows == std::vector<Row>{{"1", "a", "2", "10", "20"}});
}

TEST_CASE("csv: places of good fields, and complaints about them") {
  std::string text = "votes,unit,name\n64,\"종\n로\",\"b\"\n";
  Problems problems;
  CsvReader reader(text, kColumns, {.file = "t.csv"}, problems);
  REQUIRE(reader.next());
  CHECK(reader.line() == 2);
  CHECK(reader.place() == "t.csv:2:1");
  CHECK(reader.place(0) == "t.csv:2:4");
  CHECK(reader.place(1) == "t.csv:3:4");
  CHECK(reader.place(2) == "t.csv:2:1");
  reader.refuse(2, "too many votes");
  CHECK(problems.listed() == std::vector<Problem>{{"t.csv:2:1", "too many votes"}});
}

TEST_CASE("csv: unquoted fields are views into the text") {
  std::string text = "unit,name,votes\n1,abc,2\n";
  Problems problems;
  CsvReader reader(text, kColumns, {.file = "t.csv"}, problems);
  REQUIRE(reader.next());
  CHECK(reader.field(1).data() == text.data() + 18);
}

TEST_CASE("csv: what is written reads back") {
  std::vector<Row> rows = {{"1", "a,b", "\""}, {"", "", ""}, {"x\ny", "\r\n", " z "}, {"종로구", "'", "-5"}};
  CsvWriter out;
  out.field("unit").field("name").field("votes").end_row();
  for (const Row& row : rows) {
    for (const std::string& field : row) out.field(field);
    out.end_row();
  }
  CHECK(out.text().substr(0, 32) == "unit,name,votes\n1,\"a,b\",\"\"\"\"\n,,\n");
  Read got = read(out.text());
  CHECK(got.problems.empty());
  CHECK(got.rows == rows);

  CsvWriter numbers;
  numbers.field(std::int64_t{0}).field(std::int64_t{-1}).field(std::int64_t{9'007'199'254'740'991}).end_row();
  CHECK(numbers.text() == "0,-1,9007199254740991\n");
  CsvWriter empty;
  empty.field("").end_row();
  CHECK(empty.text() == "\"\"\n");
}
