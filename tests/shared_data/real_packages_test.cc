// The published counts of two real elections, read as packages: their sums at every level, and which of their units the
// plausibility rules of examples/ flag.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "app/disk/posix_disk.h"
#include "app/package/package.h"
#include "core/tally/fold.h"

namespace scrutineer {
namespace {

std::string shared_data() {
  const char* set = std::getenv("SCRUTINEER_SHARED");
  return set ? set : SCRUTINEER_SOURCE "/../shared/data";
}

// One election folded as a log would have it. Nothing is signed: the fold is told that every signature is good.
class Night {
 public:
  explicit Night(const std::string& name) {
    PosixDisk disk;
    std::string directory = shared_data() + "/" + name;
    std::string examples = SCRUTINEER_SOURCE "/examples";
    Problems problems;
    auto read = read_package(disk, directory, {&examples, 1}, problems);
    INFO(to_text(problems));
    REQUIRE(read.has_value());
    package = std::move(*read);
    expected = Json::parse(*read_file(disk, directory + "/expected.json", 1u << 20)).value();
    std::string text = record_text({{}, {}, package.definition});
    election = std::make_unique<Election>(*Election::build(record_id(text), package.definition, package.units_blob,
                                                           package.options_blob, package.rules_blob));
    roots.keys = {fake_key("root")};
    fold = std::make_unique<ElectionFold>(*election, roots, parse_rules(package.rules_blob).value());
    say("root", package.definition);
    say("root", Grant{fake_key("importer"), Role("importer"), {{"/"}, {"*"}}});
    for (const CountSheet& sheet : package.sheets) say("importer", sheet);
    fold->finish();
  }

  // "party name" -> votes, as expected.json spells it.
  void check_votes(JsonValue votes, const std::string& area) const {
    INFO(area);
    auto index = election->tree().find_area(area);
    REQUIRE(index.has_value());
    Totals totals = fold->tally().totals(0, *index);
    CHECK(votes.size() == election->contests()[0].options.size());
    for (OptionIndex i = 0; i < election->contests()[0].options.size(); ++i) {
      const Option& option = election->contests()[0].options[i];
      CHECK(votes.find(option.party + " " + option.name)->as_integer() == totals.votes(i));
    }
  }
  void check_level(std::string_view member) const {
    JsonValue areas = *expected.root().find(member);
    for (JsonValue area : areas) check_votes(area, "/" + std::string(area.name()));
  }

  // "rule, kind of unit: how many units it flags" a line.
  std::string findings() const {
    std::map<std::string, int> found;
    for (UnitIndex unit = 0; unit < election->tree().units().size(); ++unit)
      for (RuleCode code : fold->tally().findings(0, unit))
        ++found[std::string(rule_text(code).code) + ", " + election->tree().units()[unit].kind];
    std::string lines;
    for (const auto& [what, units] : found) lines += what + ": " + std::to_string(units) + "\n";
    return lines;
  }

  Package package;
  Json expected;
  std::unique_ptr<Election> election;
  Roots roots;
  std::unique_ptr<ElectionFold> fold;

 private:
  static VerifierKey fake_key(const std::string& name) {
    PublicKey key{KeyType::ed25519, Bytes(32, name[0])};
    return {name, key_id(name, key), key};
  }
  void say(const std::string& who, RecordBody body) {
    Record record{election->id(), {}, std::move(body)};
    if (record.type() == RecordType::definition) record.election.reset();
    auto entry = parse_entry(entry_bytes(record_text(record), {{who, fake_key(who).id, Bytes(64, '\0')}}).value());
    REQUIRE(entry.has_value());
    SignatureCheck good = SignatureCheck::good;
    fold->apply(position_++, *entry, {}, {&good, 1});
  }
  Position position_ = 0;
};

TEST_CASE("Republic of Korea, president, 3 June 2025") {
  Night night("kr2025");
  CHECK(night.package.warnings.empty());
  CHECK(night.package.sheets.size() == 18'608);
  Totals totals = night.fold->tally().totals(0, 0);
  JsonValue sums = *night.expected.root().find("totals");
  auto sum = [&](std::string_view name) { return sums.find(name)->as_integer(); };
  CHECK(totals.sheets == sum("units"));
  CHECK(totals.figure(Figure::electors) == sum("electors"));
  CHECK(totals.figure(Figure::ballots_cast) == sum("ballots"));
  CHECK(totals.figure(Figure::valid) == sum("valid"));
  CHECK(totals.figure(Figure::invalid) == sum("invalid"));
  CHECK(*totals.figure(Figure::electors) - *totals.figure(Figure::ballots_cast) == sum("abstain"));
  night.check_votes(*night.expected.root().find("votes"), "/");
  night.check_level("by_level1");
  night.check_level("by_level1_level2");

  std::map<std::string, std::int64_t> kinds;
  for (const Unit& unit : night.election->tree().units()) ++kinds[unit.kind];
  JsonValue expected_kinds = *night.expected.root().find("by_kind_units");
  for (JsonValue kind : expected_kinds) CHECK(kinds[std::string(kind.name())] == kind.as_integer());
}

// docs/formats/package.md states these numbers and the reason for each limit.
TEST_CASE("Republic of Korea: what the rules flag") {
  Night night("kr2025");
  CHECK(night.findings() ==
        "invalid-share, early-in-district: 11\n"
        "invalid-share, home/ship: 1\n"
        "invalid-share, overseas: 3\n"
        "invalid-share, polling-day: 29\n"
        "more-ballots-than-electors, early-in-district: 5\n");
}

TEST_CASE("Taiwan, president, 13 January 2024") {
  Night night("tw2024");
  CHECK(night.package.warnings.empty());
  CHECK(night.package.sheets.size() == 17'795);
  CHECK(night.fold->tally().totals(0, 0).sheets == night.expected.root().find("units")->as_integer());
  CHECK_FALSE(night.fold->tally().totals(0, 0).figure(Figure::electors).has_value());
  night.check_votes(*night.expected.root().find("votes"), "/");
  night.check_level("by_county");
}

TEST_CASE("Taiwan: what the rules flag") {
  Night night("tw2024");
  CHECK(night.findings() == "identical-figures, polling-day: 10\n");
}

}  // namespace
}  // namespace scrutineer

int main(int argc, char** argv) {
  scrutineer::PosixDisk disk;
  auto present = disk.exists(scrutineer::shared_data() + "/kr2025/expected.json");
  if (!present || !*present) {
    std::printf("Skipped: the shared data is not in %s (SCRUTINEER_SHARED names another place).\n",
                scrutineer::shared_data().c_str());
    return 77;
  }
  return doctest::Context(argc, argv).run();
}
