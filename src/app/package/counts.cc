#include "app/package/counts.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/codec/csv.h"

namespace scrutineer {
namespace {

constexpr std::array<std::string_view, 4> kColumns = {"unit_id", "contest_id", "option_id", "votes"};

auto cell_of(const CountRow& row) {
  return std::tie(row.unit, row.contest, row.option);
}

class CountReader {
 public:
  CountReader(const TableFile& table, const Known& known, Problems& problems)
      : in_(table.text, kColumns, {table.file, UnknownColumns::refuse}, problems), known_(known) {}
  bool next() { return in_.next(); }

  // nullopt: something in it is unknown or no number.
  std::optional<CountRow> read_row() {
    auto unit = find_unit();
    auto contest = find_contest(known_.contests, in_.field(1));
    if (!contest && known_.contests_known)
      in_.refuse(1, fmt::format("election.json has no contest \"{}\"", in_.field(1)));
    auto option = contest ? known_.options.find(*contest, in_.field(2)) : std::nullopt;
    if (contest && !option && known_.options.complete && !known_.options.of_contest[*contest].empty())
      in_.refuse(2, fmt::format("contest \"{}\" has no option \"{}\" in the option table", in_.field(1), in_.field(2)));
    auto votes = parse_decimal(in_.field(3));
    if (!votes || *votes > static_cast<std::uint64_t>(limits::kVotesPerSheet)) {
      in_.refuse(3, fmt::format("expected a whole number from 0 to {}", limits::kVotesPerSheet));
      return std::nullopt;
    }
    if (!unit || !option) return std::nullopt;
    return CountRow{*unit, static_cast<std::uint16_t>(*contest), static_cast<std::uint16_t>(*option),
                    static_cast<std::uint32_t>(*votes), static_cast<std::uint32_t>(in_.line())};
  }

 private:
  // Tables list a unit's options one after the other: most look-ups repeat the last one.
  std::optional<std::uint32_t> find_unit() {
    if (last_unit_ && known_.units.rows[*last_unit_].id.value() == in_.field(0)) return last_unit_;
    auto found = known_.unit_by_id.find(in_.field(0));
    if (found != known_.unit_by_id.end()) return last_unit_ = found->second;
    if (known_.units.complete) in_.refuse(0, fmt::format("the unit table has no unit \"{}\"", in_.field(0)));
    return std::nullopt;
  }

  CsvReader in_;
  const Known& known_;
  std::optional<std::uint32_t> last_unit_;
};

void refuse_doubles(const CountTable& counts, const Known& known, Problems& problems) {
  for (std::size_t i = 1; i < counts.rows.size(); ++i) {
    const CountRow& row = counts.rows[i];
    if (cell_of(counts.rows[i - 1]) != cell_of(row)) continue;
    const auto& option = known.options.rows[known.options.of_contest[row.contest][row.option]];
    problems.add(place_of_line(counts.file, row.line),
                 fmt::format("unit \"{}\", contest \"{}\", option \"{}\" is counted already in line {}",
                             known.units.rows[row.unit].id.value(), option.contest.value(), option.option.id.value(),
                             counts.rows[i - 1].line));
  }
}

}  // namespace

CountTable read_counts(const TableFile& table, const Known& known, Problems& problems) {
  CountTable counts;
  counts.file = table.file;
  std::size_t before = problems.count();
  CountReader in(table, known, problems);
  while (in.next())
    if (auto row = in.read_row()) counts.rows.push_back(*row);
  bool options_known =
      known.options.complete && std::none_of(known.options.of_contest.begin(), known.options.of_contest.end(),
                                             [](const auto& options) { return options.empty(); });
  counts.complete = problems.count() == before && known.units.complete && known.contests_known && options_known;
  std::stable_sort(counts.rows.begin(), counts.rows.end(),
                   [](const CountRow& a, const CountRow& b) { return cell_of(a) < cell_of(b); });
  refuse_doubles(counts, known, problems);
  return counts;
}

}  // namespace scrutineer
