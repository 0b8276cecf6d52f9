// The list of units with their status, and the summary of an area.
#include <algorithm>

#include "app/paper/flow.h"
#include "app/ui/number.h"

namespace scrutineer::paper {
namespace {

constexpr double kRow = 7.5, kHeadRow = 9;

std::string progress(std::int64_t counted, std::int64_t of) {
  return figure(counted) + " / " + figure(of);
}

// "49.4%", exactly rounded; empty where there is nothing to divide.
std::string share(const Count& part, const Count& whole) {
  std::string out;
  auto tenths = ui::per_mille({part, whole});
  if (!tenths) return out;
  ui::append_grouped(out, *tenths / 10);
  return out + "." + std::to_string(*tenths % 10) + "%";
}

void paint_area(Canvas& c, double y, const std::string& area, const std::string& progressed) {
  head_cell(c, {kMargin, y, 24, 9}, {"지역", "Area"});
  cell(c, {kMargin + 24, y, 84, 9}, area, {.size = 11, .bold = true});
  head_cell(c, {kMargin + 108, y, 30, 9}, {"집계된 투표구", "Units counted"});
  cell(c, {kMargin + 138, y, 44, 9}, progressed, {.size = 11, .bold = true, .align = Align::centre});
}

std::string foot_of(const Head& head, const std::string& as_of) {
  return as_of + "\n" + to_text(head.code);
}

// ---- units ----

const Bilingual kUnitsTitle{"투표구별 상황", "List of units with their status"};
constexpr double kUnitColumns[] = {11, 34, 43, 24, 28, 14, 14, 14};
const Bilingual kUnitHeads[] = {{"순번", "No."},    {"지역", "Area"},   {"투표구", "Unit"}, {"구분", "Kind"},
                                {"상태", "Status"}, {"투표수", "Cast"}, {"유효", "Valid"},  {"무효", "Invalid"}};

void paint_unit(Canvas& c, double y, std::size_t number, const UnitLine& unit) {
  double x = kMargin;
  std::size_t column = 0;
  auto next = [&](const std::string& text, Style style) {
    cell(c, {x, y, kUnitColumns[column], kRow}, text, style);
    x += kUnitColumns[column++];
  };
  next(std::to_string(number), {.size = 8, .align = Align::right});
  next(unit.area, {.size = 7.5});
  double name_x = x;
  next("", {});
  c.text({name_x, y, kUnitColumns[2], kRow * 0.6}, unit.name, {.size = 8.5, .bold = unit.open});
  c.text({name_x, y + kRow * 0.55, kUnitColumns[2], kRow * 0.42}, unit.id + "  " + unit.record,
         {.size = 5.5, .grey = 0.35});
  next(unit.kind.ko + "\n" + unit.kind.en, {.size = 6.5});
  next(unit.status.ko + "\n" + unit.status.en, {.size = 7, .bold = unit.open});
  next(figure(unit.cast), {.size = 8.5, .align = Align::right});
  next(figure(unit.valid), {.size = 8.5, .align = Align::right});
  next(figure(unit.invalid), {.size = 8.5, .align = Align::right});
}

// ---- summary ----

const Bilingual kSummaryTitle{"개표 집계표", "Summary of an area"};

void paint_totals(Canvas& c, double y, const AreaLine& total) {
  constexpr double kEach = kWidth / 4;
  const std::pair<Bilingual, Count> figures[] = {{{"선거인수", "Electors"}, total.electors},
                                                 {{"투표수", "Ballots cast"}, total.cast},
                                                 {{"유효투표수", "Valid"}, total.valid},
                                                 {{"무효투표수", "Invalid"}, total.invalid}};
  double x = kMargin;
  for (const auto& [name, count] : figures) {
    head_cell(c, {x, y, kEach, 8}, name);
    figure_cell(c, {x, y + 8, kEach, 9}, count, true);
    x += kEach;
  }
}

constexpr double kOptionColumns[] = {14, 80, 36, 18, 34};
void paint_option_head(Canvas& c, double y) {
  const Bilingual heads[] = {{"기호", "No."},
                             {"정당 · 후보자", "Party, candidate"},
                             {"득표수", "Votes"},
                             {"득표율", "Share"},
                             {"유효투표 중", "Of valid votes"}};
  double x = kMargin;
  for (std::size_t i = 0; i < std::size(heads); x += kOptionColumns[i++])
    head_cell(c, {x, y, kOptionColumns[i], kHeadRow}, heads[i]);
}
void paint_option(Canvas& c, double y, const OptionLine& option, const Count& valid) {
  double x = kMargin;
  auto box = [&](std::size_t i) {
    Box out{x, y, kOptionColumns[i], kRow};
    x += kOptionColumns[i];
    return out;
  };
  cell(c, box(0), option.number, {.size = 10, .bold = true, .align = Align::centre});
  cell(c, box(1), option.party.empty() || option.party == option.name ? option.name : option.party + "  " + option.name,
       {.size = 9.5});
  figure_cell(c, box(2), option.votes, true);
  cell(c, box(3), share(option.votes, valid), {.size = 9, .align = Align::right});
  Box bar = box(4);
  c.frame(bar);
  if (auto tenths = ui::per_mille({option.votes, valid}))
    c.fill({bar.x + 1, bar.y + 2, (bar.width - 2) * static_cast<double>(std::min<std::int64_t>(*tenths, 1000)) / 1000,
            bar.height - 4},
           0.45);
}

// Below: a table for every six columns of figures.
constexpr double kNameColumn = 46, kProgressColumn = 22;
constexpr std::size_t kFigureColumns = 6;
constexpr double kFigureColumn = (kWidth - kNameColumn - kProgressColumn) / kFigureColumns;
struct Column {
  Bilingual name;
  std::function<Count(const AreaLine&)> value;
};
std::vector<Column> columns_of(const SummaryForm& s) {
  std::vector<Column> out = {{{"선거인수", "Electors"}, [](const AreaLine& a) { return a.electors; }},
                             {{"투표수", "Cast"}, [](const AreaLine& a) { return a.cast; }},
                             {{"유효", "Valid"}, [](const AreaLine& a) { return a.valid; }},
                             {{"무효", "Invalid"}, [](const AreaLine& a) { return a.invalid; }}};
  for (std::size_t i = 0; i < s.options.size(); ++i)
    out.push_back({{s.options[i].number + " " + s.options[i].name, s.options[i].party},
                   [i](const AreaLine& a) { return i < a.votes.size() ? a.votes[i] : std::nullopt; }});
  return out;
}

void add_below(Flow& flow, const SummaryForm& s, const std::vector<Column>& all) {
  for (std::size_t first = 0; first < all.size(); first += kFigureColumns) {
    std::vector<Column> part(all.begin() + static_cast<std::ptrdiff_t>(first),
                             all.begin() + static_cast<std::ptrdiff_t>(std::min(first + kFigureColumns, all.size())));
    flow.space(4);
    if (flow.left() < kHeadRow + 3 * kRow) flow.space(flow.left());
    flow.begin_table(kHeadRow, [part](Canvas& c, double y) {
      head_cell(c, {kMargin, y, kNameColumn, kHeadRow}, {"지역", "Area"});
      head_cell(c, {kMargin + kNameColumn, y, kProgressColumn, kHeadRow}, {"집계", "Counted"});
      for (std::size_t i = 0; i < part.size(); ++i)
        head_cell(c,
                  {kMargin + kNameColumn + kProgressColumn + static_cast<double>(i) * kFigureColumn, y, kFigureColumn,
                   kHeadRow},
                  part[i].name, 7.5);
    });
    for (const AreaLine& area : s.below)
      flow.add(kRow, [part, &area](Canvas& c, double y) {
        cell(c, {kMargin, y, kNameColumn, kRow}, area.name, {.size = 8.5});
        cell(c, {kMargin + kNameColumn, y, kProgressColumn, kRow}, progress(area.counted, area.units),
             {.size = 8, .align = Align::centre});
        for (std::size_t i = 0; i < part.size(); ++i)
          cell(c,
               {kMargin + kNameColumn + kProgressColumn + static_cast<double>(i) * kFigureColumn, y, kFigureColumn,
                kRow},
               figure(part[i].value(area)), {.size = 8.5, .align = Align::right});
      });
    flow.end_table();
  }
}

}  // namespace

Result<Bytes> unit_list_pdf(const UnitListForm& list) {
  if (list.units.size() > kListRows)
    return fail(ErrorCode::limit_exceeded, "at most 50,000 units go into one list: print smaller areas");
  Canvas canvas(kUnitsTitle.ko + " " + list.head.election.en, list.head.date);
  Flow flow;
  flow.add(9, [&](Canvas& c, double y) {
    paint_area(c, y, list.area, progress(list.counted, static_cast<std::int64_t>(list.units.size())));
  });
  flow.space(3);
  flow.begin_table(kHeadRow, [](Canvas& c, double y) {
    double x = kMargin;
    for (std::size_t i = 0; i < std::size(kUnitHeads); x += kUnitColumns[i++])
      head_cell(c, {x, y, kUnitColumns[i], kHeadRow}, kUnitHeads[i]);
  });
  for (std::size_t i = 0; i < list.units.size(); ++i)
    flow.add(kRow, [&, i](Canvas& c, double y) { paint_unit(c, y, i + 1, list.units[i]); });
  SCRUTINEER_CHECKED(flow.render(canvas, list.head, kUnitsTitle, foot_of(list.head, list.as_of)));
  return canvas.finish();
}

Result<Bytes> summary_pdf(const SummaryForm& summary) {
  if (summary.below.size() > kListRows)
    return fail(ErrorCode::limit_exceeded, "at most 50,000 areas go into one summary: print smaller areas");
  Canvas canvas(kSummaryTitle.ko + " " + summary.head.election.en, summary.head.date);
  Flow flow;
  flow.add(9, [&](Canvas& c, double y) {
    paint_area(c, y, summary.area, progress(summary.total.counted, summary.total.units));
  });
  flow.space(3);
  flow.add(17, [&](Canvas& c, double y) { paint_totals(c, y, summary.total); });
  flow.space(3);
  flow.begin_table(kHeadRow, paint_option_head);
  for (const OptionLine& option : summary.options)
    flow.add(kRow, [&](Canvas& c, double y) { paint_option(c, y, option, summary.total.valid); });
  flow.end_table();
  if (!summary.below.empty()) add_below(flow, summary, columns_of(summary));
  SCRUTINEER_CHECKED(flow.render(canvas, summary.head, kSummaryTitle, foot_of(summary.head, summary.as_of)));
  return canvas.finish();
}

}  // namespace scrutineer::paper
