// The paper count sheet as a form: which questions, in which order, on which page; what people may type; and the sheet
// that the answers make. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/election/election.h"

namespace scrutineer {

// One question of the form.
enum class Ask : std::uint8_t {
  electors,
  ballots_issued,
  ballots_cast,
  machine_sorted,  // of an option
  machine_to_recheck,
  hand_from_sorted,   // of an option
  hand_from_recheck,  // of an option
  votes,              // of an option
  valid,
  invalid,
  blank,
  count_began,
  count_ended,
};

struct FormField {
  std::string name;  // "valid", "votes/3" (the third option on the ballot paper), "machine/sorted/3", ...
  Ask ask = Ask::valid;
  std::optional<std::size_t> option;  // from 0
};

// One page each, in this order.
enum class FormPart : std::uint8_t { ballots, machine, hand, votes, times };
struct FormSection {
  FormPart part = FormPart::ballots;
  std::vector<FormField> fields;
};

struct CountForm {
  HowCounted how = HowCounted::by_hand;
  std::size_t options = 0;
  std::vector<FormSection> sections;
  const FormField* find(std::string_view name) const;
};
// `how`: machine_then_hand has the sorter's column and people's columns beside each other. `blank`: blank papers are
// counted apart from invalid ones.
CountForm make_form(HowCounted how, bool blank, std::size_t options);

// What was typed, and what it means, by field name. A meaning is the one spelling of an answer: a number without
// leading zeros, a time as RFC 3339 has it, or "-": the sheet does not state it.
using FieldValues = std::map<std::string, std::string, std::less<>>;
inline constexpr std::string_view kNotStated = "-";
inline constexpr std::size_t kTypedBytes = 64;  // of one answer

// The local time of the election: a time of day is the first such moment at or after the close of the polls.
struct CountClock {
  std::int64_t from = 0;    // seconds since 1970
  std::int64_t offset = 0;  // of local time, in seconds
};
CountClock count_clock(const Definition& definition);
std::string local_time(const CountClock& clock, std::int64_t seconds);         // "2025-06-03T22:14:00+09:00"
std::string local_time_of_day(const CountClock& clock, std::int64_t seconds);  // "22:14"

enum class TypedProblem : std::uint8_t {
  empty,         // nothing was typed: an answer, or "-", is due
  no_number,     // something else than digits
  too_large,     // above limits::kVotesPerSheet
  must_be_told,  // "-" where a sheet always has a figure
  no_time,       // not a time of day
};
// Digits of any width; spaces and commas between them are ignored. Times: 2140, 21:40.
tl::expected<std::string, TypedProblem> read_typed(const FormField& field, std::string_view typed,
                                                   const CountClock& clock);

// All answers, or nothing where one is missing or cannot stand.
std::optional<FieldValues> read_all(const CountForm& form, const FieldValues& typed, const CountClock& clock);

// Names of the fields whose answers differ, in form order. Both have an answer to each field of the form.
std::vector<std::string> differing_fields(const CountForm& form, const FieldValues& a, const FieldValues& b);

// Requires an answer to each field of the form, as read_all() gives them.
CountSheet make_sheet(const CountForm& form, const FieldValues& values, const UnitId& unit, const Contest& contest);

}  // namespace scrutineer
