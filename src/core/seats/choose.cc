#include "core/seats/choose.h"

#include <algorithm>
#include <tuple>

#include "core/base/check.h"

namespace scrutineer::seats {
namespace {

bool equal_rank(const Ranked& a, const Ranked& b) {
  return a.figure == b.figure && a.second == b.second;
}

void sort_ranking(std::vector<Ranked>& ranking, From from) {
  std::stable_sort(ranking.begin(), ranking.end(), [&](const Ranked& a, const Ranked& b) {
    const auto& [first, last] = from == From::highest ? std::tie(b, a) : std::tie(a, b);
    return std::tie(first.figure, first.second) < std::tie(last.figure, last.second);
  });
}

}  // namespace

std::optional<Options> choose(Progress& progress, std::vector<Ranked> ranking, std::int64_t places, const Draw& what,
                              From from) {
  sort_ranking(ranking, from);
  auto count = std::min(static_cast<std::size_t>(places), ranking.size());
  std::size_t certain = count;
  if (count > 0 && count < ranking.size() && equal_rank(ranking[count - 1], ranking[count]))
    while (certain > 0 && equal_rank(ranking[certain - 1], ranking[count])) --certain;

  Options chosen;
  std::vector<Row> rows;
  std::int64_t by = what.kind == TieKind::seat ? 1 : what.kind == TieKind::withdrawal ? -1 : 0;
  for (std::size_t i = 0; i < certain; ++i) {
    rows.push_back(progress.change(ranking[i].option, ranking[i].figure, by, what.by));
    chosen.push_back(ranking[i].option);
  }
  if (!rows.empty()) progress.record(what.by, what.clause, std::nullopt, std::move(rows));
  if (certain == count) return chosen;

  Options tied;
  for (std::size_t i = certain; i < ranking.size() && equal_rank(ranking[i], ranking[count]); ++i)
    tied.push_back(ranking[i].option);
  auto drawn = progress.draw(what, tied, static_cast<std::int64_t>(count - certain), ranking[count].figure);
  if (!drawn) return std::nullopt;
  chosen.insert(chosen.end(), drawn->begin(), drawn->end());
  return chosen;
}

}  // namespace scrutineer::seats
