#include "core/count/form.h"

#include <doctest/doctest.h>

#include "core/count/policy.h"

namespace scrutineer {
namespace {

Definition definition_with(std::optional<std::string> close) {
  Definition definition;
  definition.date = "2025-06-03";
  definition.polls_close = std::move(close);
  return definition;
}

std::string shown(const FormField& field, std::string_view typed, const CountClock& clock) {
  auto value = read_typed(field, typed, clock);
  if (value) return *value;
  constexpr const char* kNames[] = {"EMPTY", "NO NUMBER", "TOO LARGE", "MUST BE TOLD", "NO TIME"};
  return kNames[static_cast<std::size_t>(value.error())];
}

std::string spelt(const CountForm& form) {
  std::string out;
  for (const FormSection& section : form.sections) {
    for (const FormField& field : section.fields) out += field.name + " ";
    out += "| ";
  }
  return out;
}

Contest contest_of(std::vector<std::string> ids) {
  Contest contest;
  contest.definition.id = ContestId("mayor");
  for (std::string& id : ids) contest.options.push_back({OptionId(std::move(id)), "", "name"});
  return contest;
}

}  // namespace

TEST_CASE("the form asks in the order of the paper sheet") {
  CHECK(spelt(make_form(HowCounted::by_hand, false, 2)) ==
        "electors ballots_issued ballots_cast | votes/1 votes/2 valid invalid | count_began count_ended | ");
  CHECK(spelt(make_form(HowCounted::machine_then_hand, true, 2)) ==
        "electors ballots_issued ballots_cast | machine/sorted/1 machine/sorted/2 machine/to_recheck | "
        "hand/from_sorted/1 hand/from_sorted/2 hand/from_recheck/1 hand/from_recheck/2 | "
        "votes/1 votes/2 valid invalid blank | count_began count_ended | ");
  CHECK(make_form(HowCounted::by_hand, false, 2).find("votes/2")->option == 1);
  CHECK(make_form(HowCounted::by_hand, false, 2).find("votes/3") == nullptr);
}

TEST_CASE("what people type") {
  CountClock clock = count_clock(definition_with("2025-06-03T20:00:00+09:00"));
  CountForm form = make_form(HowCounted::by_hand, false, 2);
  struct Case {
    const char *field, *typed, *meaning;
  };
  const Case rows[] = {
      {"valid", "123", "123"},
      {"valid", " 1,234 ", "1234"},
      {"valid", "1 234", "1234"},
      {"valid", "007", "7"},
      {"valid", "0", "0"},
      {"valid", "000", "0"},
      {"valid", "１２３", "123"},  // full width
      {"valid", "１，２", "NO NUMBER"},
      {"valid", "", "EMPTY"},
      {"valid", "  ", "EMPTY"},
      {"valid", "-", "-"},
      {"valid", "-5", "NO NUMBER"},
      {"valid", "+5", "NO NUMBER"},
      {"valid", "1.5", "NO NUMBER"},
      {"valid", "12a", "NO NUMBER"},
      {"valid", "10000000", "10000000"},
      {"valid", "10000001", "TOO LARGE"},
      {"valid", "99999999999999999999999", "TOO LARGE"},
      {"votes/1", "-", "MUST BE TOLD"},
      {"votes/1", "0", "0"},
      {"count_ended", "2140", "2025-06-03T21:40:00+09:00"},
      {"count_ended", "21:40", "2025-06-03T21:40:00+09:00"},
      {"count_ended", "20:00", "2025-06-03T20:00:00+09:00"},
      {"count_ended", "19:59", "2025-06-04T19:59:00+09:00"},  // the first such moment after the close
      {"count_ended", "0030", "2025-06-04T00:30:00+09:00"},
      {"count_ended", "130", "2025-06-04T01:30:00+09:00"},
      {"count_ended", "24:00", "NO TIME"},
      {"count_ended", "2160", "NO TIME"},
      {"count_ended", "21:4", "NO TIME"},
      {"count_ended", "9", "NO TIME"},
      {"count_ended", "half past nine", "NO TIME"},
      {"count_ended", "-", "-"},
  };
  for (const Case& row : rows) {
    CAPTURE(row.typed);
    CHECK(shown(*form.find(row.field), row.typed, clock) == row.meaning);
  }
  CHECK(shown(*form.find("valid"), std::string(kTypedBytes + 1, '1'), clock) == "NO NUMBER");
}

TEST_CASE("local time") {
  CHECK(local_time(count_clock(definition_with("2025-06-03T20:00:00+09:00")), 1'748'952'000) ==
        "2025-06-03T21:00:00+09:00");
  CHECK(local_time(count_clock(definition_with("2025-06-03T20:00:00-03:30")), 1'748'952'000) ==
        "2025-06-03T08:30:00-03:30");
  CHECK(local_time(count_clock(definition_with("2025-06-03T20:00:00Z")), 1'748'952'000) == "2025-06-03T12:00:00Z");
  CHECK(local_time(count_clock(definition_with({})), 1'748'952'000) == "2025-06-03T12:00:00Z");
  CHECK(local_time_of_day(count_clock(definition_with("2025-06-03T20:00:00+09:00")), 1'748'952'000) == "21:00");
}

TEST_CASE("answers make a sheet; what is not stated stays absent") {
  CountClock clock = count_clock(definition_with("2025-06-03T20:00:00+09:00"));
  CountForm form = make_form(HowCounted::machine_then_hand, false, 2);
  FieldValues typed = {{"electors", "-"},
                       {"ballots_issued", "101"},
                       {"ballots_cast", "1 00"},
                       {"machine/sorted/1", "50"},
                       {"machine/sorted/2", "40"},
                       {"machine/to_recheck", "10"},
                       {"hand/from_sorted/1", "50"},
                       {"hand/from_sorted/2", "40"},
                       {"hand/from_recheck/1", "6"},
                       {"hand/from_recheck/2", "1"},
                       {"votes/1", "56"},
                       {"votes/2", "41"},
                       {"valid", "97"},
                       {"invalid", "3"},
                       {"count_began", "-"}};
  CHECK_FALSE(read_all(form, typed, clock));  // no end of the count
  typed["count_ended"] = "2231";
  auto values = read_all(form, typed, clock);
  REQUIRE(values);
  CountSheet sheet = make_sheet(form, *values, UnitId("a1"), contest_of({"A", "B"}));
  CHECK_FALSE(sheet.electors);
  CHECK(sheet.ballots_cast == 100);
  CHECK(sheet.votes == OptionVotes{{OptionId("A"), 56}, {OptionId("B"), 41}});
  CHECK(sheet.machine->to_recheck == 10);
  CHECK(sheet.hand->from_recheck == OptionVotes{{OptionId("A"), 6}, {OptionId("B"), 1}});
  CHECK_FALSE(sheet.count_began);
  CHECK(sheet.count_ended == "2025-06-03T22:31:00+09:00");
  CHECK_FALSE(sheet.announced);

  FieldValues other = *values;
  other["votes/2"] = "42";
  other["invalid"] = "2";
  CHECK(differing_fields(form, *values, other) == std::vector<std::string>{"votes/2", "invalid"});
  CHECK(differing_fields(form, *values, *values).empty());
}

TEST_CASE("the policy says when a kind is late and what its sheet asks for; the plausibility rules stand beside it") {
  auto policy = parse_count_policy(R"({"rules":[],"expected":[{"kinds":["early"],"minutes_after_close":240},)"
                                   R"({"kinds":["*"],"minutes_after_close":300}],)"
                                   R"("forms":[{"kinds":["early"],"contests":["mayor"],"how":"machine-then-hand"},)"
                                   R"({"kinds":["early"],"blank":true}]})");
  REQUIRE(policy);
  CHECK(policy->minutes_after_close("early") == 240);
  CHECK(policy->minutes_after_close("polling-day") == 300);
  CHECK(policy->form("early", "mayor").how == HowCounted::machine_then_hand);
  CHECK(policy->form("early", "council").blank);
  CHECK(policy->form("polling-day", "mayor").how == HowCounted::by_hand);
  CHECK(parse_count_policy(R"({"rules":[],"committee":{"tie":"chair-decides"}})")->chair_decides_ties);
  CHECK_FALSE(policy->chair_decides_ties);
  CHECK_FALSE(parse_count_policy(R"({"rules":[],"committee":{"tie":"lots"}})"));
  auto nothing = parse_count_policy(R"({"rules":[]})");
  REQUIRE(nothing);
  CHECK_FALSE(nothing->minutes_after_close("early"));
  for (const char* bad : {R"({"expected":[{"kinds":["*"]}]})", R"({"expected":[{"minutes_after_close":1}]})",
                          R"({"expected":[{"kinds":["*"],"minutes_after_close":-1}]})", R"({"forms":[{}]})",
                          R"({"forms":[{"kinds":["*"],"how":"transcribed"}]})", R"({"expected":{}})", "["}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_count_policy(bad));
  }
}

}  // namespace scrutineer
