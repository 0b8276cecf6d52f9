// Every difference between a claimed file and a computed one has a name; hostile files do not have many.
#include "core/verify/claim_diff.h"

#include <doctest/doctest.h>

using namespace scrutineer;

namespace {

// "where|field|claimed|computed" a line.
std::string differences(const std::string& path, std::string_view claimed, std::string_view computed) {
  Report report;
  name_differences(path, claimed, computed, report);
  CHECK_FALSE(report.good());
  std::string out;
  for (const Finding& f : report.findings()) out += f.where + "|" + f.field + "|" + f.claimed + "|" + f.computed + "\n";
  return out;
}

}  // namespace

TEST_CASE("claim diff: tables, by line and column") {
  const std::string good = "kind,id,votes:A\narea,/,3\nk,a1,1\nk,a2,2\n";
  struct Case {
    std::string what;
    std::string claimed, found;
  };
  const Case cases[] = {
      {"a figure", "kind,id,votes:A\narea,/,4\nk,a1,1\nk,a2,2\n", "t.csv, /|votes:A|4|3\n"},
      {"two figures", "kind,id,votes:A\narea,/,4\nk,a1,1\nk,a2,\n", "t.csv, /|votes:A|4|3\nt.csv, a2|votes:A||2\n"},
      {"a line missing", "kind,id,votes:A\narea,/,3\nk,a1,1\n", "t.csv, a2|line|absent|present\n"},
      {"a line more", good + "k,a3,9\n", "t.csv, a3|line|present|absent\n"},
      {"another order", "kind,id,votes:A\nk,a1,1\narea,/,3\nk,a2,2\n", "t.csv|file|other bytes|39 bytes\n"},
      {"another column", "kind,id,votes:B\narea,/,3\nk,a1,1\nk,a2,2\n", "t.csv|file|other bytes|39 bytes\n"},
      {"an id twice", good + "k,a2,2\n", "t.csv|file|other bytes|39 bytes\n"},
      {"a short line", "kind,id,votes:A\narea,/\n", "t.csv|file|other bytes|39 bytes\n"},
      {"an open quote", "kind,id,votes:A\narea,\"/,3\n", "t.csv|file|other bytes|39 bytes\n"},
      {"no header", "", "t.csv|file|other bytes|39 bytes\n"},
      {"no id column", "kind,votes:A\nk,1\n", "t.csv|file|other bytes|39 bytes\n"},
      {"no text at all", "\xff\xfe\x01", "t.csv|file|other bytes|39 bytes\n"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(differences("t.csv", c.claimed, good) == c.found);
  }
}

TEST_CASE("claim diff: JSON, by path") {
  const std::string good = R"({"a":[1,{"b":"x"}],"c":true,"d":null})";
  struct Case {
    std::string claimed, found;
  };
  const Case cases[] = {
      {R"({"a":[1,{"b":"y"}],"c":true,"d":null})", "r.json|.a[1].b|y|x\n"},
      {R"({"a":[2,{"b":"x"}],"c":true,"d":null})", "r.json|.a[0]|2|1\n"},
      {R"({"a":[1],"c":true,"d":null})", "r.json|.a[1]|absent|an object\n"},
      {R"({"a":[1,{"b":"x"},7],"c":true,"d":null})", "r.json|.a[2]|7|absent\n"},
      {R"({"a":{"b":"x"},"c":true,"d":null})", "r.json|.a|an object|a list of 2\n"},
      {R"({"a":[1,{"b":"x"}],"c":"true","d":null})", "r.json|.c|true|true\n"},
      {R"({"a":[1,{"b":"x"}],"d":null})", "r.json|.c|absent|true\n"},
      {R"({"a":[1,{"b":"x"}],"c":true,"d":null,"e":1})", "r.json|.e|1|absent\n"},
      {R"({"c":true,"a":[1,{"b":"x"}],"d":null})", "r.json|file|other bytes|37 bytes\n"},  // another order
      {good + " ", "r.json|file|other bytes|37 bytes\n"},
      {"[]", "r.json||a list of 0|an object\n"},
      {"{", "r.json|file|other bytes|37 bytes\n"},
      {R"({"a":1.5})", "r.json|file|other bytes|37 bytes\n"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.claimed);
    CHECK(differences("r.json", c.claimed, good) == c.found);
  }
}

TEST_CASE("claim diff: what is far too long is not taken apart; what is too deep is not followed") {
  std::string ones = "[1";
  for (int i = 0; i < 3'000'000; ++i) ones += ",1";
  ones += "]";
  CHECK(differences("r.json", ones, "{}") == "r.json|size|6000003 bytes|2 bytes\n");
  std::string deep(100'000, '[');
  CHECK(differences("r.json", deep, "{}") == "r.json|file|other bytes|2 bytes\n");
}
