#include "core/election/election.h"

#include "core/base/limits.h"
#include "core/crypto/hash.h"
#include "core/election/tables.h"

namespace scrutineer {
namespace {

Status check_blob(BytesView bytes, const BlobRef& stated, std::string_view what) {
  if (static_cast<std::int64_t>(bytes.size()) != stated.size || blob_hash(bytes) != stated.sha256)
    return fail(ErrorCode::corrupt, "this is not the table that the definition names", std::string(what));
  return {};
}

Result<std::vector<Contest>> build_contests(const Definition& definition, std::vector<OptionRow> rows) {
  std::vector<Contest> contests;
  std::unordered_map<std::string, std::size_t> by_id;
  for (const ContestDefinition& contest : definition.contests) {
    by_id.emplace(contest.id.value(), contests.size());
    contests.push_back({contest, {}, {}});
  }
  for (OptionRow& row : rows) {
    auto found = by_id.find(row.contest.value());
    if (found == by_id.end())
      return fail(ErrorCode::malformed,
                  "the option table names a contest that the definition lacks: " + row.contest.value());
    Contest& contest = contests[found->second];
    if (!contest.option_by_id.emplace(row.option.id.value(), static_cast<OptionIndex>(contest.options.size())).second)
      return fail(ErrorCode::conflict,
                  "two options of contest " + row.contest.value() + " have the id " + row.option.id.value());
    contest.options.push_back(std::move(row.option));
  }
  for (const Contest& contest : contests) {
    if (contest.options.empty())
      return fail(ErrorCode::malformed, "contest " + contest.definition.id.value() + " has no options");
    if (contest.options.size() > limits::kOptionsPerContest)
      return fail(ErrorCode::limit_exceeded,
                  "contest " + contest.definition.id.value() + " has more than 1000 options");
  }
  return contests;
}

// Folding keeps a row a unit and contest: what a definition asks for in memory has a limit of its own.
Status check_extent(const UnitTree& tree, const std::vector<Contest>& contests) {
  constexpr std::size_t kRowFigures = 16;  // about what a row takes beside its options
  if (tree.units().empty()) return fail(ErrorCode::malformed, "an election has at least one unit", "unit table");
  std::size_t figures = 0;
  for (const Contest& contest : contests) figures += tree.units().size() * (kRowFigures + contest.options.size());
  if (figures > kElectionFigures)
    return fail(ErrorCode::limit_exceeded, "units x contests x options are more than one election can have");
  return {};
}

}  // namespace

std::optional<OptionIndex> Contest::find_option(const OptionId& option, std::size_t guess) const {
  if (guess < options.size() && options[guess].id == option) return static_cast<OptionIndex>(guess);
  auto found = option_by_id.find(option.value());
  if (found == option_by_id.end()) return std::nullopt;
  return found->second;
}

Result<Election> Election::build(const RecordId& id, Definition definition, BytesView units, BytesView options,
                                 BytesView rules) {
  SCRUTINEER_CHECKED(check_blob(units, definition.units, "unit table"));
  SCRUTINEER_CHECKED(check_blob(options, definition.options, "option table"));
  SCRUTINEER_CHECKED(check_blob(rules, definition.rules, "plausibility rules"));
  Problems problems;
  auto unit_rows = read_unit_table(units, "unit table", problems);
  auto option_rows = read_option_table(options, "option table", problems);
  if (!problems.empty()) return tl::unexpected(problems.first());
  Election election;
  election.id_ = id;
  SCRUTINEER_TRY(election.tree_, UnitTree::build(std::move(unit_rows)));
  SCRUTINEER_TRY(election.contests_, build_contests(definition, std::move(option_rows)));
  SCRUTINEER_CHECKED(check_extent(election.tree_, election.contests_));
  election.definition_ = std::move(definition);
  election.rules_ = rules;
  return election;
}

std::optional<ContestIndex> Election::find_contest(const ContestId& contest) const {
  for (std::size_t i = 0; i < contests_.size(); ++i)
    if (contests_[i].definition.id == contest) return static_cast<ContestIndex>(i);
  return std::nullopt;
}

const SigningRule* Election::signing_rule(RecordType type) const {
  for (const SigningRule& rule : definition_.signing)
    if (rule.type == type) return &rule;
  return nullptr;
}

}  // namespace scrutineer
