// One contest's result in one area: figures, chart, table, seats. The same on the first page and on every area page.
#pragma once

#include <span>
#include <vector>

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

void result_block(Html& h, const Site& site, const ContestResult& result, ResultState state);

// "The seats, step by step" (seat_steps.cc).
void seat_steps(Html& h, const Contest& contest, const Seats& seats);

// What shares are shares of: the valid votes, or, where nobody stated them, the sum of the votes.
Count share_base(const Count& valid, std::span<const Count> votes);

// Options by votes, most first; equal ones and missing ones in ballot order.
std::vector<std::size_t> by_votes(std::span<const Count> votes);

// "1 김문수 국민의힘": number, name and party as a cell's content.
void option_name(Html& h, const Contest& contest, std::size_t option);

// One labelled figure: <div><dt>..<dd>..</div>, inside a <dl>.
template <class Value>
void tile(Html& h, const Msg& label, const Value& value) {
  h("<div><dt>"_h, label, "<dd>"_h, value, "</div>"_h);
}

// Electors, ballots, valid, invalid, turnout as tiles.
void figure_tiles(Html& h, const Figures& figures);

}  // namespace scrutineer::ui
