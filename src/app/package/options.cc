#include "app/package/options.h"

#include <array>
#include <map>

#include <fmt/format.h>

#include "core/codec/csv.h"

namespace scrutineer {
namespace {

constexpr std::array<std::string_view, 4> kColumns = {"contest_id", "option_id", "party", "name"};
constexpr std::string_view kExpected[] = {"a contest id", "an option id", "", "a name"};

// Also remembers where each option stands, to name the place of its double.
class OptionReader {
 public:
  OptionReader(const TableFile& table, const std::vector<ContestDefinition>& contests, bool contests_known,
               Problems& problems)
      : in_(table.text, kColumns, {table.file, UnknownColumns::refuse}, problems),
        contests_(contests),
        contests_known_(contests_known) {}
  bool next() { return in_.next(); }

  void read_row(OptionTable& out) {
    for (std::size_t column : {0, 1, 3})
      if (in_.field(column).empty()) in_.refuse(column, fmt::format("expected {}", kExpected[column]));
    OptionRow row{ContestId(std::string(in_.field(0))),
                  {OptionId(std::string(in_.field(1))), std::string(in_.field(2)), std::string(in_.field(3))}};
    auto contest = find_contest(contests_, in_.field(0));
    if (!contest && contests_known_ && !in_.field(0).empty())
      in_.refuse(0, fmt::format("election.json has no contest \"{}\"", in_.field(0)));
    auto [known, is_new] = lines_.try_emplace({row.contest, row.option.id}, in_.line());
    if (!is_new)
      in_.refuse(1, fmt::format("contest \"{}\" has an option \"{}\" already in line {}", in_.field(0), in_.field(1),
                                known->second));
    else if (contest)
      out.of_contest[*contest].push_back(static_cast<std::uint32_t>(out.rows.size()));
    out.rows.push_back(std::move(row));
  }

 private:
  CsvReader in_;
  const std::vector<ContestDefinition>& contests_;
  bool contests_known_;
  std::map<std::pair<ContestId, OptionId>, std::size_t> lines_;
};

}  // namespace

std::optional<std::size_t> find_contest(const std::vector<ContestDefinition>& contests, std::string_view id) {
  for (std::size_t i = 0; i < contests.size(); ++i)
    if (contests[i].id.value() == id) return i;
  return std::nullopt;
}

std::optional<std::uint32_t> OptionTable::find(std::size_t contest, std::string_view option) const {
  for (std::uint32_t i = 0; i < of_contest[contest].size(); ++i)
    if (rows[of_contest[contest][i]].option.id.value() == option) return i;
  return std::nullopt;
}

OptionTable read_options(const TableFile& table, const std::vector<ContestDefinition>& contests, bool contests_known,
                         Problems& problems) {
  OptionTable options;
  options.of_contest.resize(contests.size());
  std::size_t before = problems.count();
  OptionReader in(table, contests, contests_known, problems);
  while (in.next()) in.read_row(options);
  options.complete = problems.count() == before;
  for (std::size_t i = 0; i < contests.size(); ++i) {
    if (options.of_contest[i].empty() && options.complete)
      problems.add(table.file, fmt::format("contest \"{}\" has no options", contests[i].id.value()));
    if (options.of_contest[i].size() > limits::kOptionsPerContest)
      problems.add(table.file, fmt::format("contest \"{}\" has more than {} options", contests[i].id.value(),
                                           limits::kOptionsPerContest));
  }
  return options;
}

}  // namespace scrutineer
