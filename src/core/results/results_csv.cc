#include "core/base/check.h"
#include "core/codec/csv.h"
#include "core/results/claims.h"

namespace scrutineer {
namespace {

std::string_view status_word(CellState state) {
  switch (state) {
    case CellState::empty: return "no-sheet";
    case CellState::counted: return "counted";
    case CellState::conflict: return "conflict";
  }
  __builtin_unreachable();
}

void write_header(CsvWriter& out, const Contest& contest) {
  out.field("kind").field("id").field("name").field("status").field("counted").field("units");
  for (std::string_view figure : kFigureNames) out.field(figure);
  for (const Option& option : contest.options) out.field("votes:" + option.id.value());
  out.end_row();
}

// A figure that nobody stated is an empty field, never 0.
void write_figures(CsvWriter& out, const std::int64_t* figures, std::uint32_t stated) {
  for (std::size_t i = 0; i < kFigures; ++i) {
    if (stated >> i & 1)
      out.field(figures[i]);
    else
      out.field("");
  }
}

void write_area(CsvWriter& out, const Area& area, const Totals& totals, std::size_t options) {
  out.field("area").field(area.path).field(area.name).field("");
  out.field(totals.sheets).field(static_cast<std::int64_t>(area.units.end - area.units.first));
  std::uint32_t stated = 0;
  for (std::size_t i = 0; i < kFigures; ++i) stated |= (totals.stated[i] > 0 ? 1u : 0u) << i;
  write_figures(out, totals.columns.data(), stated);
  for (std::size_t i = 0; i < options; ++i) {
    if (totals.sheets > 0)
      out.field(totals.columns[kFigures + i]);
    else
      out.field("");
  }
  out.end_row();
}

void write_unit(CsvWriter& out, const Unit& unit, CellState state, const Matrix& matrix, UnitIndex index) {
  bool counted = state == CellState::counted;
  out.field(unit.kind).field(unit.id.value()).field(unit.name).field(status_word(state));
  out.field(std::int64_t{counted}).field(std::int64_t{1});
  Row row = matrix.row(index);
  std::int64_t figures[kFigures];
  for (std::size_t i = 0; i < kFigures; ++i) figures[i] = row.columns[i];
  write_figures(out, figures, row.stated);
  for (std::size_t i = kFigures; i < row.columns.size(); ++i) {
    if (counted)
      out.field(std::int64_t{row.columns[i]});
    else
      out.field("");
  }
  out.end_row();
}

}  // namespace

Status write_results_csv(const Tally& tally, ContestIndex contest, const ByteSink& sink) {
  const UnitTree& tree = tally.election().tree();
  const Matrix& matrix = tally.matrix(contest);
  Pieces pieces(sink);
  CsvWriter out;
  auto pass = [&](std::size_t from) {
    if (out.text().size() < from) return;
    pieces.pass(out.text());
    out = CsvWriter();
  };
  write_header(out, tally.election().contests()[contest]);
  for (AreaIndex area = 0; area < tree.areas().size() && pieces.good(); ++area) {
    write_area(out, tree.areas()[area], matrix.totals(area), matrix.options());
    // Units that stand directly in the area follow it.
    const Area& a = tree.areas()[area];
    UnitIndex end = a.children.empty() ? a.units.end : tree.areas()[a.children[0]].units.first;
    for (UnitIndex unit = a.units.first; unit < end; ++unit) {
      write_unit(out, tree.units()[unit], tally.state(contest, unit), matrix, unit);
      pass(kPieceBytes);
    }
  }
  pass(0);
  return pieces.status();
}

std::string write_results_csv(const Tally& tally, ContestIndex contest) {
  std::string whole;
  check(write_results_csv(tally, contest, into(whole)).has_value(), "a string takes everything");
  return whole;
}

}  // namespace scrutineer
