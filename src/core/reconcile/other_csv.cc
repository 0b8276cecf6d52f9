#include <algorithm>
#include <map>

#include "core/base/bytes.h"
#include "core/codec/csv.h"
#include "core/reconcile/other.h"

namespace scrutineer {
namespace {

constexpr std::string_view kVotes = "votes:";
// Columns that other tables have beside figures; they are not compared.
constexpr std::array<std::string_view, 13> kIgnored = {"kind",   "name",   "status", "counted", "units",
                                                       "level1", "level2", "level3", "level4",  "level5",
                                                       "level6", "party",  "abstain"};

// What one column of their table is.
struct Column {
  enum class Kind : std::uint8_t { ignored, place, contest, figure, votes_of_option, option, votes, unknown } kind;
  std::size_t figure = 0;
  std::string option;
};

Column column_of(const std::string& name, bool by_option) {
  using Kind = Column::Kind;
  if (name == "unit_id" || name == "id") return {Kind::place, 0, {}};
  if (name == "contest_id") return {Kind::contest, 0, {}};
  if (name == "option_id") return {Kind::option, 0, {}};
  if (name == "votes" && by_option) return {Kind::votes, 0, {}};
  auto figure = std::find(kFigureNames.begin(), kFigureNames.end(), name);
  if (figure != kFigureNames.end()) return {Kind::figure, static_cast<std::size_t>(figure - kFigureNames.begin()), {}};
  // units.csv of a package says "ballots" of ballots cast.
  if (name == "ballots") return {Kind::figure, static_cast<std::size_t>(Figure::ballots_cast), {}};
  if (name.starts_with(kVotes)) return {Kind::votes_of_option, 0, name.substr(kVotes.size())};
  if (std::find(kIgnored.begin(), kIgnored.end(), name) != kIgnored.end()) return {Kind::ignored, 0, {}};
  return {Kind::unknown, 0, {}};
}

class Reader {
 public:
  Reader(const Election& election, std::optional<ContestIndex> contest, std::string_view csv, const std::string& file,
         Problems& problems)
      : election_(election),
        contest_(contest),
        before_(problems.count()),
        csv_(csv, std::span<const std::string_view>(), {file, UnknownColumns::keep}, problems),
        problems_(problems),
        file_(file) {}

  std::optional<OtherTally> read() {
    read_header();
    if (problems_.count() > before_) return std::nullopt;
    while (csv_.next()) read_row();
    if (problems_.count() > before_) return std::nullopt;
    OtherTally tally;
    tally.name = file_;
    for (auto& [key, row] : rows_)
      if (std::any_of(row.columns.begin(), row.columns.end(), [](const auto& c) { return c.has_value(); }))
        tally.rows.push_back(std::move(row));
    tally.unknown = std::move(unknown_);
    return tally;
  }

 private:
  using Kind = Column::Kind;

  std::optional<std::size_t> find(Kind kind) const {
    auto found = std::find_if(columns_.begin(), columns_.end(), [&](const Column& c) { return c.kind == kind; });
    return found == columns_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns_.begin()));
  }
  void header_problem(std::string message) { problems_.add(file_ + ":1:1", std::move(message)); }

  void read_header() {
    const auto& names = csv_.extra_columns();
    bool by_option = std::find(names.begin(), names.end(), "option_id") != names.end();
    for (const std::string& name : names) {
      columns_.push_back(column_of(name, by_option));
      if (columns_.back().kind == Kind::unknown)
        header_problem("the column " + name + " is neither a figure nor votes:<option>: nothing is left out silently");
    }
    place_ = find(Kind::place);
    if (names.empty()) return;  // the header was refused
    if (!place_) header_problem("a column unit_id (or id) must say whose figures these are");
    auto places =
        std::count_if(columns_.begin(), columns_.end(), [](const Column& c) { return c.kind == Kind::place; });
    if (places > 1) header_problem("unit_id and id stand side by side: one of them names the unit");
    option_ = find(Kind::option);
    votes_ = find(Kind::votes);
    if (option_ && !votes_) header_problem("option_id without votes");
    contest_column_ = find(Kind::contest);
    for (const Column& column : columns_)
      if (column.kind == Kind::votes_of_option && contests_with(column.option).empty())
        header_problem("votes:" + column.option + ": no contest has this option");
    if (!contest_column_ && !contest_) guess_contest();
  }

  std::vector<ContestIndex> contests_with(const std::string& option) const {
    std::vector<ContestIndex> found;
    for (ContestIndex c = 0; c < election_.contests().size(); ++c)
      if (election_.contests()[c].find_option(OptionId(option))) found.push_back(c);
    return found;
  }

  // The only contest, or the only one that has every option of the header.
  void guess_contest() {
    std::vector<ContestIndex> fitting;
    for (ContestIndex c = 0; c < election_.contests().size(); ++c) {
      bool fits = std::all_of(columns_.begin(), columns_.end(), [&](const Column& column) {
        return column.kind != Kind::votes_of_option ||
               election_.contests()[c].find_option(OptionId(column.option)).has_value();
      });
      if (fits) fitting.push_back(c);
    }
    if (fitting.size() == 1)
      contest_ = fitting[0];
    else
      header_problem("say which contest these figures are of: the table has no contest_id");
  }

  void read_row() {
    std::string_view id = csv_.field(*place_);
    const UnitTree& tree = election_.tree();
    Place place;
    if (id.starts_with('/')) {
      auto area = tree.find_area(id);
      if (!area) return unknown_.add(csv_.place(*place_), "this election has no area " + std::string(id));
      place = {true, *area};
    } else {
      auto unit = tree.find_unit(UnitId(std::string(id)));
      if (!unit) return unknown_.add(csv_.place(*place_), "this election has no unit " + std::string(id));
      place = {false, *unit};
    }
    auto contest = contest_;
    if (contest_column_) {
      std::string name(csv_.field(*contest_column_));
      contest = election_.find_contest(ContestId(name));
      if (!contest) return unknown_.add(csv_.place(*contest_column_), "this election has no contest " + name);
    }
    auto [at, fresh] = rows_.try_emplace({*contest, place});
    OtherRow& row = at->second;
    if (fresh) {
      row.contest = *contest;
      row.place = place;
      row.columns.resize(kFigures + election_.contests()[*contest].options.size());
    } else if (!option_) {
      return csv_.refuse(*place_, "the figures of " + std::string(id) + " stand here twice");
    }
    if (option_)
      read_votes(row);
    else
      read_figures(row);
  }

  std::optional<std::int64_t> number(std::size_t column) {
    std::string_view text = csv_.field(column);
    if (text.empty()) return std::nullopt;
    auto value = parse_decimal(text);
    if (value && *value <= static_cast<std::uint64_t>(eml::kLargestFigure)) return static_cast<std::int64_t>(*value);
    csv_.refuse(column, "a number was expected, not '" + std::string(text.substr(0, 40)) + "'");
    return std::nullopt;
  }

  void read_figures(OtherRow& row) {
    const Contest& contest = election_.contests()[row.contest];
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].kind == Kind::figure) {
        row.columns[columns_[i].figure] = number(i);
      } else if (columns_[i].kind == Kind::votes_of_option) {
        auto votes = number(i);
        auto option = contest.find_option(OptionId(columns_[i].option));
        if (option)
          row.columns[kFigures + *option] = votes;
        else if (votes)
          csv_.refuse(i, "the contest " + contest.definition.id.value() + " has no option " + columns_[i].option);
      }
    }
  }

  void read_votes(OtherRow& row) {
    const Contest& contest = election_.contests()[row.contest];
    std::string id(csv_.field(*option_));
    auto option = contest.find_option(OptionId(id));
    if (!option) return unknown_.add(csv_.place(*option_), "the contest has no option " + id);
    auto& column = row.columns[kFigures + *option];
    if (column) return csv_.refuse(*option_, "the votes of this option stand here twice");
    column = number(*votes_);
  }

  const Election& election_;
  std::optional<ContestIndex> contest_;
  std::size_t before_;  // problems before this table was opened
  CsvReader csv_;
  Problems& problems_;
  std::string file_;
  Problems unknown_;
  std::vector<Column> columns_;
  std::optional<std::size_t> place_, contest_column_, option_, votes_;
  std::map<std::pair<ContestIndex, Place>, OtherRow> rows_;
};

}  // namespace

std::optional<OtherTally> read_other_csv(const Election& election, std::optional<ContestIndex> contest,
                                         std::string_view csv, std::string file, Problems& problems) {
  return Reader(election, contest, csv, file, problems).read();
}

}  // namespace scrutineer
