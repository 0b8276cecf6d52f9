#include "app/package/definition_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/package/shape.h"

namespace scrutineer {
namespace {

// The parser says "byte 17".
std::size_t offset_of(const Error& error) {
  std::string_view where = error.where;
  std::size_t space = where.rfind(' ');
  auto offset = space == where.npos ? std::nullopt : parse_decimal(where.substr(space + 1));
  return offset ? static_cast<std::size_t>(*offset) : 0;
}

void read_when(const ObjectReader& in, Definition& definition) {
  definition.date = in.non_empty("date");
  if (!definition.date.empty() && !is_date(definition.date)) in.problem("date", "expected a date such as 2025-06-03");
  definition.time_zone = in.non_empty("time_zone");
  if (definition.time_zone.find_first_of(" \t+") != std::string::npos)
    in.problem("time_zone", "expected the IANA name of a time zone, such as Asia/Seoul");
  definition.polls_close = read_time(in, "polls_close");
}

void read_contests(const ObjectReader& in, DefinitionFile& file) {
  auto& contests = file.definition.contests;
  in.objects("contests", [&](const ObjectReader& contest, std::size_t) {
    contests.push_back(read_contest(contest));
    SeatConfig& seats = file.seats.emplace_back();
    contest.object("seats", [&](const ObjectReader& rule) { seats = read_seat_config(rule); });
    auto same = [&](const ContestDefinition& other) { return other.id == contests.back().id; };
    if (std::any_of(contests.begin(), contests.end() - 1, same) && !contests.back().id.value().empty())
      contest.problem("id", fmt::format("an earlier contest has the id \"{}\"", contests.back().id.value()));
  });
  if (in.has("contests") && contests.empty()) in.problem("contests", "an election has at least one contest");
  if (contests.size() > limits::kContests)
    in.problem("contests", fmt::format("an election has at most {} contests", limits::kContests));
}

// Without these two nothing can ever be counted, or published.
void expect_signing(const ObjectReader& in, const Definition& definition) {
  for (RecordType type : {RecordType::count_sheet, RecordType::result_claim})
    if (std::none_of(definition.signing.begin(), definition.signing.end(),
                     [&](const SigningRule& rule) { return rule.type == type && !rule.any_of.empty(); }))
      in.problem("signing", fmt::format("nobody may sign a {}: name the roles", record_type_name(type)));
}

void read_members(const ObjectReader& in, DefinitionFile& file) {
  Definition& definition = file.definition;
  if (in.non_empty("format") != kPackageFormat && in.has("format"))
    in.problem("format", fmt::format("expected \"{}\"", kPackageFormat));
  definition.title = read_bilingual(in, "title");
  definition.simulated = in.boolean("simulated");
  read_when(in, definition);
  read_contests(in, file);
  definition.signing = read_signing(in);
  if (in.has("signing")) expect_signing(in, definition);
  definition.grantors = read_grantors(in);
  file.rules = read_rules(in);
  file.source = in.optional_string("source");
}

void write_words(JsonWriter& out, std::string_view name, const std::vector<std::string>& words) {
  out.name(name).begin_array();
  for (const std::string& word : words) out.string(word);
  out.end_array();
}

}  // namespace

void with_reader(const DefinitionFile& file, Problems& problems, const std::function<void(const ObjectReader&)>& look) {
  ObjectReader::Locate locate = locate_in(file.file, file.text, problems);
  look(ObjectReader(file.document.root(), problems, &locate));
}

void read_definition_file(DefinitionFile& file, Problems& problems) {
  auto parsed = Json::parse_into(file.document, file.text, limits::kPackageJsonDepth);
  if (!parsed) {
    problems.add(place_in(file.file, file.text, offset_of(parsed.error())), parsed.error().message);
    return;
  }
  file.is_json = true;
  with_reader(file, problems, [&](const ObjectReader& in) {
    refuse_unknown_members(in);
    if (in.value().is_object()) read_members(in, file);
  });
}

Bytes write_rules(const std::vector<PlausibilityRule>& rules) {
  JsonWriter out;
  out.begin_object().name("rules").begin_array();
  for (const PlausibilityRule& rule : rules) {
    const RuleText& text = rule_text(rule.code);
    out.begin_object().member("code", text.code);
    write_words(out, "kinds", rule.kinds);
    write_words(out, "contests", rule.contests);
    if (text.needs_share) out.member("share", fmt::format("{}/{}", rule.share.numerator(), rule.share.denominator()));
    if (text.needs_at_least) out.member("at_least", rule.at_least);
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace scrutineer
