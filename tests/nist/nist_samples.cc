// Prints NIST claims of small elections, each after a line "== name": validate holds them against the schema.
#include <cstdio>

#include "core/results/claims.h"
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Country;
using scrutineer::testing::Script;

namespace {

constexpr std::string_view kClerk = "G: grant clerk clerk / * by root-1 root-2\n";

void print(const char* name, const Country& country, std::string_view lines) {
  Script script(country);
  script.run(kClerk);
  script.run(lines);
  std::string json = write_results_nist(script.fold().tally(), "2025-06-03T22:00:00+09:00", 9);
  std::printf("== %s\n%s", name, json.c_str());
}

}  // namespace

TEST_CASE("samples") {
  Country country;
  print("no sheet at all", country, "");
  print("some sheets", country, R"(
    A: sheet a1 mayor A=10 B=5 C=1 electors=40 issued=18 cast=17 valid=16 invalid=1 by clerk
    B: sheet b1 mayor A=1 B=1 C=0 cast=2 by clerk
    C: sheet s2 mayor A=0 B=0 C=7 by clerk
    D: sheet s2 mayor A=0 B=0 C=8 by clerk
    K: sheet a1 council X=6 Y=4 cast=17 by clerk)");
  Country odd;
  odd.units = {{UnitId("기호 \"1\""), {"", ""}, "name, with \\ \n <and> more", "odd kind"}};
  print("odd names, one unit, all counted", odd, "");
}
