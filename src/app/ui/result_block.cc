#include "app/ui/result_block.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "app/ui/chart.h"
#include "app/ui/messages.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

constexpr std::size_t kOptionsWithStrip = 12;  // more pieces side by side say nothing

void outcome(Html& h, OptionOutcome outcome) {
  switch (outcome) {
    case OptionOutcome::none: return;
    case OptionOutcome::leading: h(" <span class=\"st half\">"_h, msg::leading, "</span>"_h); return;
    case OptionOutcome::elected: h(" <span class=\"st ok\">"_h, msg::elected, "</span>"_h); return;
    case OptionOutcome::lot: h(" <span class=\"st lot\">"_h, msg::lot, "</span>"_h); return;
  }
}

void option_row(Html& h, const Contest& contest, const ContestResult& result, std::size_t option, const Count& base) {
  const Count& votes = result.votes[option];
  h("<tr><th scope=row><div class=o><div>"_h);
  option_name(h, contest, option);
  if (option < result.outcomes.size()) outcome(h, result.outcomes[option]);
  h("</div>"_h);
  share_bar(h, contest, option, {votes, base});
  h("</div><td>"_h, votes, "<td>"_h, Percent{votes, base});
  if (result.seats) {
    const std::vector<std::int64_t>& seats = result.seats->by_option;
    h("<td class=big>"_h, option < seats.size() ? Count{seats[option]} : std::nullopt);
  }
  h("\n"_h);
}

void option_table(Html& h, const Contest& contest, const ContestResult& result, std::span<const std::size_t> order,
                  const Count& base) {
  h("<table class=res><caption class=vh>"_h).say(msg::result_of, contest.title);
  h("</caption><thead><tr><th scope=col>"_h, msg::option, "<th scope=col>"_h, msg::votes, "<th scope=col>"_h,
    msg::share);
  if (result.seats) h("<th scope=col>"_h, msg::seats);
  h("<tbody>\n"_h);
  for (std::size_t option : order) option_row(h, contest, result, option, base);
  h("</table>"_h);
}

void strip(Html& h, const Contest& contest, const ContestResult& result, std::span<const std::size_t> order,
           const Count& base) {
  if (order.size() > kOptionsWithStrip || !base || *base <= 0) return;
  h("<div class=strip>"_h);
  share_strip(h, contest, result.votes, order, base, ChartLabel::labelled);
  h("<span class=mid aria-hidden=true>"_h, msg::half, "</span></div>"_h);
}

}  // namespace

Count share_base(const Count& valid, std::span<const Count> votes) {
  if (valid) return valid;
  return std::accumulate(votes.begin(), votes.end(), Count{0}, add);
}

std::vector<std::size_t> by_votes(std::span<const Count> votes) {
  std::vector<std::size_t> order(votes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return votes[a] > votes[b]; });
  return order;
}

void option_name(Html& h, const Contest& contest, std::size_t option) {
  const Option& o = contest.options[option];
  swatch(h, contest, option);
  if (!o.number.empty()) h("<small>"_h, o.number, "</small> "_h);
  h("<b"_h).name_lang()(">"_h, o.name, "</b>"_h);
  if (!o.party.empty()) h(" <span"_h).name_lang()(">"_h, o.party, "</span>"_h);
}

void figure_tiles(Html& h, const Figures& figures) {
  struct Tile {
    const Msg& label;
    const Count& value;
  };
  const Tile tiles[] = {{msg::electors, figures.electors}, {msg::issued, figures.issued},
                        {msg::cast, figures.cast},         {msg::valid, figures.valid},
                        {msg::invalid, figures.invalid},   {msg::blank, figures.blank}};
  std::vector<const Msg*> missing;
  const bool anything = std::any_of(std::begin(tiles), std::end(tiles), [](const Tile& t) { return t.value; });
  if (anything) h("<dl class=tiles>"_h);
  if (figures.cast && figures.electors) tile(h, msg::turnout, Percent{figures.cast, figures.electors});
  for (const Tile& t : tiles) {
    if (t.value)
      tile(h, t.label, t.value);
    else if (&t.label != &msg::blank)  // counted apart only where the law asks
      missing.push_back(&t.label);
  }
  if (anything) h("</dl>"_h);
  if (missing.empty()) return;
  h("<p class=fine>"_h, msg::not_stated_figures);
  for (const Msg* label : missing) h(label == missing.front() ? " "_h : ", "_h, *label);
  h("</p>"_h);
}

void result_block(Html& h, const Site& site, const ContestResult& result, ResultState state) {
  const Contest& contest = site.contests[result.contest];
  const std::vector<std::size_t> order = by_votes(result.votes);
  const Count base = share_base(result.figures.valid, result.votes);
  h("<h2 id=c"_h, Plain(result.contest)).name_lang()(">"_h, contest.title, "</h2>\n<div class=prog><p>"_h);
  h.say(msg::counted_of, result.progress.counted, result.progress.total);
  h(" ("_h, Percent{result.progress.counted, result.progress.total}, ") "_h);
  chip(h, state);
  h("</p>"_h);
  progress_bar(h, result.progress);
  h("</div>\n"_h);
  figure_tiles(h, result.figures);
  if (result.seats && result.seats->total > 1) hemicycle(h, contest, *result.seats, order);
  strip(h, contest, result, order, base);
  option_table(h, contest, result, order, base);
  h("<p class=fine>"_h, result.figures.valid ? msg::share_note : msg::share_note_sum, "</p>\n"_h);
  if (result.seats) seat_steps(h, contest, *result.seats);
}

}  // namespace scrutineer::ui
