// Prints EML_NL messages of small elections, each after a line "== name": validate holds them against the schemas.
#include <cstdio>

#include "core/eml/write.h"
#include "tests/support/script.h"

using namespace scrutineer;
using scrutineer::testing::Country;
using scrutineer::testing::Script;

namespace {

constexpr std::string_view kClerk = "G: grant clerk clerk / * by root-1 root-2\n";
const eml::Stamp kStamp{"2025-06-03T22:00:00+09:00", "TK", ""};

void print(const std::string& name, const Result<eml::Written>& written) {
  REQUIRE_MESSAGE(written.has_value(), (written ? std::string() : to_string(written.error())));
  std::printf("== %s\n%s", name.c_str(), written->bytes.c_str());
}

void print_counts(const std::string& name, const Tally& tally) {
  print(name + " 510a", eml::write_510(tally, 0, eml::CountKind::station, 0, 0, kStamp));
  print(name + " 510b", eml::write_510(tally, 0, eml::CountKind::units, 0, 0, kStamp));
  print(name + " 510c", eml::write_510(tally, 0, eml::CountKind::areas, 1, 0, kStamp));
  print(name + " 510d", eml::write_510(tally, 0, eml::CountKind::areas, 0, 0, kStamp));
}

}  // namespace

TEST_CASE("samples") {
  Country odd;
  odd.units[0].name = "name,  with \"<odd>\" & characters 김";
  Script script(odd);
  script.run(kClerk);
  for (const char* id : {"a1", "a2", "b1", "s1", "s2"}) {
    std::string unit(id);
    script.run("M" + unit + ": sheet " + unit +
               " mayor A=10 B=5 C=1 electors=40 issued=18 cast=17 valid=16 invalid=1 by clerk\nC" + unit + ": sheet " +
               unit + " council X=6 Y=4 by clerk");
  }
  const Tally& tally = script.fold().tally();
  print_counts("numbered", tally);
  for (ContestIndex contest : {0u, 1u})
    print("numbered 520 " + std::to_string(contest),
          eml::write_520(tally, contest, compute_seats(tally, contest).value(), kStamp));

  Country dutch;
  const char* ids[] = {"HSB1::0001::SB1", "HSB1::0001::SB2", "0003::SB3", "SB4", "HSB2::0005"};
  for (std::size_t i = 0; i < 5; ++i) dutch.units[i].id = UnitId(ids[i]);
  dutch.options[0].option = {OptionId("4.1"), "List four", "Ann"};
  dutch.options[1].option = {OptionId("4.2"), "List four", "Bob"};
  dutch.options[2].option = {OptionId("7.1"), "List seven", "Cem"};
  Script kept(dutch);
  kept.run(kClerk);
  for (const char* id : ids)
    kept.run("S" + std::string(id) + ": sheet " + id + " mayor 4.1=10 4.2=5 7.1=1 electors=40 by clerk");
  print_counts("kept", kept.fold().tally());
  print("kept 520", eml::write_520(kept.fold().tally(), 0, compute_seats(kept.fold().tally(), 0).value(), kStamp));
}
