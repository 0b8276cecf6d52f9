// What a method says, step by step, so that a page can show it and a lawyer can follow it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fraction.h"
#include "core/base/result.h"

namespace scrutineer::seats {

// Position in the contest's list of options (the ballot's order).
using OptionIndex = std::size_t;

// What is drawn for.
enum class TieKind : std::uint8_t {
  seat,        // the options drawn get a seat each
  withdrawal,  // the options drawn give up a seat each
  runner,      // the options drawn go into the second round
};

// A tie that exists: `places` of `options` are to be drawn.
struct Tie {
  std::size_t step = 0;  // its place in Outcome::steps
  TieKind kind = TieKind::seat;
  std::vector<OptionIndex> options;  // ascending
  std::int64_t places = 0;           // fewer than options
  friend bool operator==(const Tie&, const Tie&) = default;
};

// A lot that was drawn for a stated tie: exactly `places` of its options, in the order drawn.
struct Lot {
  Tie tie;
  std::vector<OptionIndex> drawn;
  friend bool operator==(const Lot&, const Lot&) = default;
};

enum class StepKind : std::uint8_t {
  threshold,        // rows: every option; figure: its share of the valid votes; taken: it takes part
  quota,            // figure: the quota; no rows
  full_quotas,      // rows: figure = votes / quota, change = its whole part
  highest_average,  // rows in the order of award: figure = the average that won the seat
  remainder,        // rows in the order of award: figure = the remainder, as a part of the quota (or of a seat)
  votes,            // rows in the order of votes: figure = votes; a seat or a place in the second round
  majority,         // the largest option's share (figure of its row) against the share needed (figure of the step)
  withdrawn,        // rows: figure = what they were chosen by, change = -1
  reassigned,       // an absolute majority of votes gets a seat from another list (Kieswet P 9): rows -1, +1
  exhausted,        // rows: more seats than candidates, change < 0
  entitlement,      // rows: figure = (total seats - deducted) x share; figure of the step: total seats - deducted
  linked,           // rows: figure = half of what the entitlement exceeds own seats by (absent if it does not);
                    // linked: rounded
  shared,           // rows: figure = seats x own / all, change = its whole part; figure of the step: seats
  lot_needed,       // rows: the tied options
  lot,              // rows: the options drawn, in the order drawn
};

std::string_view step_kind_name(StepKind kind);  // "threshold", "full-quotas", ...
std::string_view tie_kind_name(TieKind kind);    // "seat", "withdrawal", "runner"

struct Row {
  OptionIndex option = 0;
  std::optional<Fraction> figure;
  std::int64_t change = 0;  // seats gained or given up here
  std::int64_t seats = 0;   // seats held after this row
  bool taken = true;        // threshold, majority: passed; otherwise always true
  std::int64_t linked = 0;  // StepKind::linked only: the linked number, seats only after the next step
  friend bool operator==(const Row&, const Row&) = default;
};

struct Step {
  StepKind kind;
  std::string clause;  // the article of law or the method's own words
  std::optional<Fraction> figure;
  std::vector<Row> rows;
  friend bool operator==(const Step&, const Step&) = default;
};

struct RefusedLot {
  std::size_t lot = 0;  // its place in Contest::lots
  Error reason;         // conflict: no such tie, or already drawn; invalid_argument: not a draw for it
};

struct Outcome {
  enum class Kind : std::uint8_t { decided, lots_needed, second_round_needed };
  Kind kind = Kind::decided;
  std::vector<std::int64_t> seats;        // per option; while lots are needed: what is certain up to that step
  std::int64_t vacant = 0;                // seats that nobody gets; 0 unless decided
  std::optional<Tie> tie;                 // lots_needed: what must be drawn next
  std::vector<OptionIndex> second_round;  // second_round_needed: between whom, ascending
  std::vector<Step> steps;
  std::vector<RefusedLot> refused;  // lots that had no effect, and why
};

std::string_view outcome_kind_name(Outcome::Kind kind);  // "decided", "lots-needed", "second-round-needed"

// Whether this lot settles the tie that `outcome` waits for. conflict: there is no such tie (the counts changed, or it
// was already drawn); invalid_argument: the options drawn are not so many different ones of the tied.
Status check_lot(const Outcome& outcome, const Lot& lot);

}  // namespace scrutineer::seats
