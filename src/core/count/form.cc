#include "core/count/form.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/clock.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;

void ask_each(FormSection& section, Ask ask, const std::string& prefix, std::size_t options) {
  for (std::size_t i = 0; i < options; ++i) section.fields.push_back({prefix + std::to_string(i + 1), ask, i});
}

bool is_time(Ask ask) {
  return ask == Ask::count_began || ask == Ask::count_ended;
}

// What a sheet may leave open. Votes and columns it always has.
bool may_be_open(Ask ask) {
  switch (ask) {
    case Ask::electors:
    case Ask::ballots_issued:
    case Ask::ballots_cast:
    case Ask::valid:
    case Ask::invalid:
    case Ask::blank:
    case Ask::count_began:
    case Ask::count_ended: return true;
    case Ask::machine_sorted:
    case Ask::machine_to_recheck:
    case Ask::hand_from_sorted:
    case Ask::hand_from_recheck:
    case Ask::votes: return false;
  }
  __builtin_unreachable();
}

// Korean keyboards type full-width digits (U+FF10 to U+FF19) too; people group digits with spaces and commas.
std::string plain(std::string_view typed) {
  std::string out;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    std::string_view rest = typed.substr(i);
    if (rest.size() >= 3 && rest.starts_with("\xEF\xBC") && rest[2] >= '\x90' && rest[2] <= '\x99') {
      out += static_cast<char>('0' + (rest[2] - '\x90'));
      i += 2;
    } else if (rest.starts_with("\xE3\x80\x80")) {  // the wide space
      i += 2;
    } else if (typed[i] != ' ' && typed[i] != ',' && typed[i] != '\t') {
      out += typed[i];
    }
  }
  return out;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

tl::expected<std::string, TypedProblem> read_number(std::string_view text) {
  if (!all_digits(text)) return tl::unexpected(TypedProblem::no_number);
  std::string_view digits = text.substr(std::min(text.find_first_not_of('0'), text.size() - 1));
  auto value = parse_decimal(digits);
  if (!value || *value > static_cast<std::uint64_t>(limits::kVotesPerSheet))
    return tl::unexpected(TypedProblem::too_large);
  return std::string(digits);
}

tl::expected<std::string, TypedProblem> read_time_of_day(std::string text, const CountClock& clock) {
  if (auto colon = text.find(':'); colon != text.npos) {
    if (text.size() - colon != 3) return tl::unexpected(TypedProblem::no_time);
    text.erase(colon, 1);
  }
  if (!all_digits(text) || text.size() < 3 || text.size() > 4) return tl::unexpected(TypedProblem::no_time);
  auto number = static_cast<std::int64_t>(*parse_decimal("1" + text)) % 10'000;  // "1" keeps leading zeros legal
  if (text.size() == 3) number = static_cast<std::int64_t>(*parse_decimal("1" + text)) % 1'000;
  if (number / 100 > 23 || number % 100 > 59) return tl::unexpected(TypedProblem::no_time);
  std::int64_t of_day = number / 100 * kHour + number % 100 * kMinute;
  std::int64_t local_from = clock.from + clock.offset;
  std::int64_t from_of_day = ((local_from % kDay) + kDay) % kDay / kMinute * kMinute;
  std::int64_t local = local_from - ((local_from % kDay) + kDay) % kDay + of_day + (of_day < from_of_day ? kDay : 0);
  return local_time(clock, local - clock.offset);
}

std::optional<std::int64_t> number_of(const FieldValues& values, std::string_view name) {
  auto found = values.find(name);
  if (found == values.end() || found->second == kNotStated) return std::nullopt;
  auto value = parse_decimal(found->second);
  check(value.has_value(), "answers were read before a sheet is made of them");
  return static_cast<std::int64_t>(*value);
}

std::optional<std::string> time_of(const FieldValues& values, std::string_view name) {
  auto found = values.find(name);
  if (found == values.end() || found->second == kNotStated) return std::nullopt;
  return found->second;
}

OptionVotes votes_of(const FieldValues& values, const std::string& prefix, const Contest& contest) {
  OptionVotes votes;
  for (std::size_t i = 0; i < contest.options.size(); ++i)
    votes.emplace_back(contest.options[i].id, number_of(values, prefix + std::to_string(i + 1)).value_or(0));
  return votes;
}

}  // namespace

const FormField* CountForm::find(std::string_view name) const {
  for (const FormSection& section : sections)
    for (const FormField& field : section.fields)
      if (field.name == name) return &field;
  return nullptr;
}

CountForm make_form(HowCounted how, bool blank, std::size_t options) {
  CountForm form{how, options, {}};
  form.sections.push_back({FormPart::ballots,
                           {{"electors", Ask::electors, {}},
                            {"ballots_issued", Ask::ballots_issued, {}},
                            {"ballots_cast", Ask::ballots_cast, {}}}});
  if (how == HowCounted::machine_then_hand) {
    FormSection machine{FormPart::machine, {}}, hand{FormPart::hand, {}};
    ask_each(machine, Ask::machine_sorted, "machine/sorted/", options);
    machine.fields.push_back({"machine/to_recheck", Ask::machine_to_recheck, {}});
    ask_each(hand, Ask::hand_from_sorted, "hand/from_sorted/", options);
    ask_each(hand, Ask::hand_from_recheck, "hand/from_recheck/", options);
    form.sections.push_back(std::move(machine));
    form.sections.push_back(std::move(hand));
  }
  FormSection votes{FormPart::votes, {}};
  ask_each(votes, Ask::votes, "votes/", options);
  votes.fields.push_back({"valid", Ask::valid, {}});
  votes.fields.push_back({"invalid", Ask::invalid, {}});
  if (blank) votes.fields.push_back({"blank", Ask::blank, {}});
  form.sections.push_back(std::move(votes));
  form.sections.push_back(
      {FormPart::times, {{"count_began", Ask::count_began, {}}, {"count_ended", Ask::count_ended, {}}}});
  return form;
}

CountClock count_clock(const Definition& definition) {
  const std::string& close = definition.polls_close ? *definition.polls_close : definition.date + "T00:00:00Z";
  CountClock clock;
  clock.from = seconds_of_rfc3339(close).value_or(0);
  // What the same digits would be in UTC, less what they are: the offset.
  if (close.size() == 25)
    clock.offset = seconds_of_rfc3339(close.substr(0, 19) + "Z").value_or(clock.from) - clock.from;
  return clock;
}

std::string local_time(const CountClock& clock, std::int64_t seconds) {
  std::string text = to_rfc3339({seconds + clock.offset});
  if (clock.offset == 0) return text;
  text.pop_back();
  std::int64_t minutes = std::abs(clock.offset) / kMinute;
  text += clock.offset < 0 ? '-' : '+';
  for (std::int64_t part : {minutes / 60, minutes % 60}) {
    if (text.size() == 22) text += ':';
    text += static_cast<char>('0' + part / 10);
    text += static_cast<char>('0' + part % 10);
  }
  return text;
}

std::string local_time_of_day(const CountClock& clock, std::int64_t seconds) {
  return local_time(clock, seconds).substr(11, 5);
}

tl::expected<std::string, TypedProblem> read_typed(const FormField& field, std::string_view typed,
                                                   const CountClock& clock) {
  bool time = is_time(field.ask);
  std::string text = typed.size() > kTypedBytes ? std::string("?") : plain(typed);
  if (text.empty()) return tl::unexpected(TypedProblem::empty);
  if (text == kNotStated) {
    if (!may_be_open(field.ask)) return tl::unexpected(TypedProblem::must_be_told);
    return text;
  }
  return time ? read_time_of_day(std::move(text), clock) : read_number(text);
}

std::optional<FieldValues> read_all(const CountForm& form, const FieldValues& typed, const CountClock& clock) {
  FieldValues values;
  for (const FormSection& section : form.sections)
    for (const FormField& field : section.fields) {
      auto found = typed.find(field.name);
      if (found == typed.end()) return std::nullopt;
      auto value = read_typed(field, found->second, clock);
      if (!value) return std::nullopt;
      values.emplace(field.name, std::move(*value));
    }
  return values;
}

std::vector<std::string> differing_fields(const CountForm& form, const FieldValues& a, const FieldValues& b) {
  std::vector<std::string> names;
  for (const FormSection& section : form.sections)
    for (const FormField& field : section.fields)
      if (a.at(field.name) != b.at(field.name)) names.push_back(field.name);
  return names;
}

CountSheet make_sheet(const CountForm& form, const FieldValues& values, const UnitId& unit, const Contest& contest) {
  CountSheet sheet;
  sheet.unit = unit;
  sheet.contest = contest.definition.id;
  sheet.how = form.how;
  sheet.electors = number_of(values, "electors");
  sheet.ballots_issued = number_of(values, "ballots_issued");
  sheet.ballots_cast = number_of(values, "ballots_cast");
  sheet.valid = number_of(values, "valid");
  sheet.invalid = number_of(values, "invalid");
  sheet.blank = number_of(values, "blank");
  sheet.votes = votes_of(values, "votes/", contest);
  if (form.how == HowCounted::machine_then_hand) {
    sheet.machine = MachineColumn{votes_of(values, "machine/sorted/", contest),
                                  number_of(values, "machine/to_recheck").value_or(0)};
    sheet.hand =
        HandColumns{votes_of(values, "hand/from_sorted/", contest), votes_of(values, "hand/from_recheck/", contest)};
  }
  sheet.count_began = time_of(values, "count_began");
  sheet.count_ended = time_of(values, "count_ended");
  return sheet;
}

}  // namespace scrutineer
