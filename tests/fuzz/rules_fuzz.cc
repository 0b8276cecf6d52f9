// Plausibility rules and seat rules that read can be applied to any sheet and any votes.
#include "core/results/seat_config.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/world.h"

using namespace scrutineer;

namespace {

CountSheet sheet_of(std::int64_t n) {
  CountSheet sheet;
  sheet.unit = UnitId("a1"), sheet.contest = ContestId("mayor");
  sheet.electors = n, sheet.ballots_issued = n / 2, sheet.ballots_cast = n, sheet.valid = 0, sheet.invalid = n;
  sheet.blank = n;
  sheet.votes = {{OptionId("A"), n}, {OptionId("B"), n}, {OptionId("C"), 0}};
  sheet.count_began = "0000-01-01T00:00:00Z", sheet.count_ended = "9999-12-31T23:59:59Z";
  sheet.announced = "0000-01-01T00:00:00Z";
  return sheet;
}

void apply_rules(std::string_view json) {
  static const testing::World world;
  auto rules = parse_rules(json);
  if (!rules) return;
  check(rules->size() <= kRules, "the limit did not hold");
  const Election& election = world.election();
  for (std::int64_t n : {std::int64_t{0}, std::int64_t{1}, limits::kVotesPerSheet}) {
    CountSheet sheet = sheet_of(n);
    Row row = make_row(sheet, election.contests()[0]);
    for (const Unit& unit : election.tree().units())
      check(check_sheet(*rules, election, 0, unit, sheet, row).size() <= kRuleCodes, "a rule fires once");
  }
}

void apply_seats(std::string_view json) {
  auto document = Json::parse(json);
  if (!document) return;
  Problems problems;
  SeatConfig config = read_seat_config(ObjectReader(document->root(), problems));
  if (!problems.empty()) return;
  for (std::int64_t n : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1'000'003}, seats::kVotesPerContest / 8}) {
    seats::Contest contest;
    contest.votes = {n, n, n / 3, 5 * n, 0};
    contest.seats = std::min<std::int64_t>(config.seats, 500);
    contest.rules = config.rules;
    contest.independents = config.independents;
    static_cast<void>(seats::allot(contest));
    for (const SeatConfig::Party& party : config.parties) contest.parties.push_back({std::nullopt, party.seats_won});
    static_cast<void>(seats::allot(contest));
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  apply_rules(fuzz_text(data, size));
  apply_seats(fuzz_text(data, size));
  return 0;
}
