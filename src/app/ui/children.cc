#include "app/ui/children.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "app/ui/chart.h"
#include "app/ui/messages.h"
#include "app/ui/result_block.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

struct Column {
  const Msg& head;
  Count Figures::*figure;
};

constexpr Column kColumns[] = {
    {msg::electors, &Figures::electors}, {msg::issued, &Figures::issued},   {msg::cast, &Figures::cast},
    {msg::valid, &Figures::valid},       {msg::invalid, &Figures::invalid}, {msg::blank, &Figures::blank},
};

const ChildCounts* counts_of(const Child& child, std::size_t contest) {
  return contest < child.contests.size() ? &child.contests[contest] : nullptr;
}

bool stated_anywhere(std::span<const Child> children, std::size_t contest, Count Figures::*figure) {
  return std::any_of(children.begin(), children.end(), [&](const Child& child) {
    const ChildCounts* counts = counts_of(child, contest);
    return counts && counts->figures.*figure;
  });
}

void open_table(Html& h, const Msg& label) {
  h("<div class=scroll tabindex=0 role=group aria-label=\""_h, label, "\"><table class=list><caption class=vh>"_h,
    label, "</caption><thead><tr><th scope=col>"_h);
}

// Not counted yet is not "not stated": its cells show a dash, its status says why.
bool nothing_yet(const Child& child) {
  return child.is_unit ? child.status == UnitStatus::not_counted : child.progress.counted == 0;
}

void name_cell(Html& h, const Child& child) {
  h("<tr><th scope=row>"_h);
  node_link(h, child.node, child.is_unit);
  if (child.is_unit && !child.kind.empty()) {
    h(" <small class=kd>"_h);
    unit_kind(h, child.kind);
    h("</small>"_h);
  }
  if (child.open_questions > 0)
    h(" <span class=\"st look\">"_h).say(msg::open_questions_n, child.open_questions)("</span>"_h);
}

void status_cell(Html& h, const Child& child) {
  h("<td class=l>"_h);
  if (child.is_unit)
    chip(h, child.status);
  else
    h(child.progress.counted, " / "_h, child.progress.total);
}

// The option with most votes; nullopt where nobody has one, or where two are equal.
struct Leader {
  std::optional<std::size_t> option;
  bool tied = false;
};

Leader leader_of(std::span<const Count> votes) {
  Leader leader;
  std::int64_t most = 0;
  for (std::size_t i = 0; i < votes.size(); ++i) {
    if (!votes[i] || *votes[i] < most || *votes[i] == 0) continue;
    leader = {i, *votes[i] == most};
    most = *votes[i];
  }
  return leader;
}

void leader_cells(Html& h, const Contest& contest, const ChildCounts& counts) {
  const Leader leader = leader_of(counts.votes);
  const Count base = share_base(counts.figures.valid, counts.votes);
  h("<td class=l>"_h);
  if (!leader.option)
    h("<i>"_h, msg::nobody_yet, "</i><td>"_h);
  else if (leader.tied)
    h(msg::tie, "<td>"_h, Percent{counts.votes[*leader.option], base});
  else {
    swatch(h, contest, *leader.option);
    h("<span"_h).name_lang()(">"_h, contest.options[*leader.option].name, "</span><td>"_h,
                             Percent{counts.votes[*leader.option], base});
  }
  h("<td class=w>"_h);
  share_strip(h, contest, counts.votes, by_votes(counts.votes), base, ChartLabel::hidden);
}

struct FullColumns {
  std::vector<const Column*> stated, nowhere;
  bool turnout = false;
};

FullColumns full_columns(std::span<const Child> children, std::size_t contest) {
  FullColumns columns;
  for (const Column& column : kColumns) {
    if (stated_anywhere(children, contest, column.figure))
      columns.stated.push_back(&column);
    else if (column.figure != &Figures::blank)  // counted apart only where the law asks
      columns.nowhere.push_back(&column);
  }
  columns.turnout = stated_anywhere(children, contest, &Figures::electors);
  return columns;
}

void full_head(Html& h, const Contest& contest, const FullColumns& columns) {
  open_table(h, msg::by_area_or_unit);
  h(msg::area_or_unit, "<th scope=col class=l>"_h, msg::status);
  for (const Column* column : columns.stated) h("<th scope=col>"_h, column->head);
  if (columns.turnout) h("<th scope=col>"_h, msg::turnout);
  for (std::size_t option = 0; option < contest.options.size(); ++option) {
    h("<th scope=col"_h).name_lang()(">"_h);
    swatch(h, contest, option);
    h(contest.options[option].name);
  }
  h("<tbody>\n"_h);
}

void full_cells(Html& h, const Contest& contest, const FullColumns& columns, const Child& child,
                const ChildCounts& counts) {
  if (nothing_yet(child)) {
    const std::size_t cells = columns.stated.size() + (columns.turnout ? 1 : 0) + contest.options.size();
    for (std::size_t i = 0; i < cells; ++i) h("<td>–"_h);
    return;
  }
  for (const Column* column : columns.stated) h("<td>"_h, counts.figures.*column->figure);
  if (columns.turnout) h("<td>"_h, Percent{counts.figures.cast, counts.figures.electors});
  for (const Count& votes : counts.votes) h("<td>"_h, votes);
}

}  // namespace

void node_link(Html& h, const NodeRef& node, bool is_unit) {
  h("<a href="_h).to_language_root()(is_unit ? "unit/"_h : "area/"_h, Plain{node.number}, ".html"_h).name_lang();
  h(">"_h, node.name, "</a>"_h);
}

void lead_table(Html& h, const Site& site, std::size_t contest, std::span<const Child> children) {
  if (children.empty()) return;
  const bool turnout = stated_anywhere(children, contest, &Figures::electors);
  const bool valid = stated_anywhere(children, contest, &Figures::valid);
  h("<h3>"_h, msg::by_area, "</h3>"_h);
  open_table(h, msg::by_area);
  h(msg::area, "<th scope=col class=l>"_h, msg::counted_units, "<th scope=col class=l>"_h, msg::leading,
    "<th scope=col>"_h, msg::share, "<th scope=col class=l>"_h, msg::shares);
  if (turnout) h("<th scope=col>"_h, msg::turnout);
  if (valid) h("<th scope=col>"_h, msg::valid);
  h("<tbody>\n"_h);
  for (const Child& child : children) {
    const ChildCounts* counts = counts_of(child, contest);
    if (!counts) continue;
    name_cell(h, child);
    status_cell(h, child);
    leader_cells(h, site.contests[contest], *counts);
    if (nothing_yet(child)) {
      h(turnout ? "<td>–"_h : ""_h, valid ? "<td>–\n"_h : "\n"_h);
      continue;
    }
    if (turnout) h("<td>"_h, Percent{counts->figures.cast, counts->figures.electors});
    if (valid) h("<td>"_h, counts->figures.valid);
    h("\n"_h);
  }
  h("</table></div>\n"_h);
}

void full_table(Html& h, const Site& site, std::size_t contest, std::span<const Child> children) {
  if (children.empty()) return;
  const Contest& c = site.contests[contest];
  const FullColumns columns = full_columns(children, contest);
  h("<h3>"_h, msg::by_area_or_unit, "</h3>"_h);
  if (!columns.nowhere.empty()) {
    h("<p class=fine>"_h, msg::not_stated_here);
    for (const Column* column : columns.nowhere) h(column == columns.nowhere.front() ? " "_h : ", "_h, column->head);
    h("</p>"_h);
  }
  full_head(h, c, columns);
  for (const Child& child : children) {
    const ChildCounts* counts = counts_of(child, contest);
    if (!counts) continue;
    name_cell(h, child);
    status_cell(h, child);
    full_cells(h, c, columns, child, *counts);
    h("\n"_h);
  }
  h("</table></div>\n"_h);
}

}  // namespace scrutineer::ui
