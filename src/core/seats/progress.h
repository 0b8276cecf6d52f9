// One allotment under way: what every method does to the outcome. Internal to core/seats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/seats/outcome.h"
#include "core/seats/seats.h"

namespace scrutineer::seats {

using Options = std::vector<OptionIndex>;

// A seat and what it was won by, in the order of award.
struct Award {
  OptionIndex option;
  Fraction figure;
  StepKind by;
};

// A place for which options may be drawn: what for, what it shows, and the words of the law.
struct Draw {
  TieKind kind;
  StepKind by;
  std::string_view clause;
};

class Progress {
 public:
  explicit Progress(const Contest& contest);

  const Contest& contest() const { return contest_; }
  std::int64_t votes(OptionIndex option) const { return contest_.votes[option]; }
  std::int64_t seats(OptionIndex option) const { return outcome_.seats[option]; }
  std::int64_t left() const { return left_; }  // seats that nobody has yet; below zero where a quota gave too many
  const std::vector<Award>& awards() const { return awards_; }

  // Candidates bind from take_back_excess() on: laws allot first and pass seats on afterwards.
  bool has_room(OptionIndex option) const;
  Options with_room(const Options& options) const;

  // The row of a change that is also made.
  Row change(OptionIndex option, const Fraction& figure, std::int64_t by, StepKind kind);
  void record(StepKind kind, std::string_view clause, std::optional<Fraction> figure, std::vector<Row> rows);

  // Settles a tie by a recorded lot; nullopt where none was recorded, and then the outcome is lots_needed. Makes the
  // changes that the draw is for.
  std::optional<Options> draw(const Draw& what, Options tied, std::int64_t places, const Fraction& figure);

  // Takes back what lists have beyond their candidates; from now on they get no more. How many seats.
  std::int64_t take_back_excess(std::string_view clause);

  void send_to_second_round(Options runners);

  // The end, whether decided or waiting: vacant seats, and every lot that was not used, with the reason.
  Outcome finish() &&;

 private:
  std::optional<std::size_t> lot_for(const Tie& tie);
  void refuse_unused_lots();

  const Contest& contest_;
  Outcome outcome_;
  std::int64_t left_;
  bool candidates_bind_ = false;
  std::vector<Award> awards_;
  std::vector<bool> lot_used_;
  std::vector<Tie> ties_drawn_;
};

// Votes of some options together.
std::int64_t votes_of(const Progress& progress, const Options& options);

}  // namespace scrutineer::seats
