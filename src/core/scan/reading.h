// What a machine says of one sheet of paper: the closed sets that both ballot families, the records, the sorter and the
// adjudication page share. A reading is a decision, or a reason for people to look. It is never silently wrong.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer {

// What stands at (or besides) the places for marks. The classes of docs/formats/reading.md; codes are their names.
enum class MarkClass : std::uint8_t {
  none,            // nothing that the blank form has not
  clean,           // a mark as the instructions ask
  light,           // pale or thin, and still a mark
  erased,          // was there and was rubbed out
  crossed_out,     // struck through
  circled,         // around the place, not in it
  smeared,         // ink drawn along
  fold_transfer,   // printed through by folding: mirrored
  partial_stamp,   // an official stamp, in part
  repeated_stamp,  // several official stamps in one box
  straddling,      // across two boxes
  outside,         // an official stamp outside all boxes
  other_tool,      // not the official tool
  added_writing,   // letters, drawings, dirt that may be either
  machine_doubt,   // the two readers disagree, or neither knows it
  seal_missing,    // of a stamp paper: no officer's seal at its place
  serial_left,     // of a stamp paper: the stub with the serial number was not cut off
  overvote,        // of a contest: more options marked than seats
};

enum class Decision : std::uint8_t {
  counted,   // the machine says which options are marked; within the seats of the contest
  blank,     // valid papers with no mark, where blank is counted apart
  invalid,   // only where the rules of the family let a machine say so
  recheck,   // people decide, on the paper
  rejected,  // the sheet was not read at all: `defect`
};

// Why a sheet was not read. Names are for people, too: docs/formats/reading.md has both languages' sentences.
enum class SheetDefect : std::uint8_t {
  none,
  not_an_image,         // broken or unsupported file
  too_large,            // limits of core/image
  blank_page,           // nothing printed on it
  not_this_ballot,      // no frame or timing marks of this election: another paper, a cat
  wrong_election,       // a ballot, of another election or style
  registration_frame,   // timing marks or frame not found completely
  registration_anchor,  // the independent anchor contradicts the frame: one row off is here
  skew,                 // turned or sheared further than allowed
  stretch,              // feed stretched further than allowed
  torn,                 // a corner or an edge is missing
  hole,
  fold,
  streak,  // a line along the feed, through places for marks
  blur,
  faded,
  dark_border,
  double_feed,  // two sheets, one over the other
  cut_short,    // the picture ends before the paper
};

// What one reader says of one place. Per mille, so that every machine says the same.
struct ReaderView {
  MarkClass mark = MarkClass::none;
  std::uint16_t score = 0;  // reader's own measure, per mille: share of dark, likeness to the mark
  bool operator==(const ReaderView&) const = default;
};

// One place for a mark, in the order of the definition's places.
struct PlaceReading {
  std::uint16_t place = 0;  // index into the ballot definition's places
  ReaderView density, shape;
  MarkClass mark = MarkClass::none;  // what both agree on, or machine_doubt
  bool operator==(const PlaceReading&) const = default;
};

// One contest on one sheet.
struct ContestReading {
  std::uint16_t contest = 0;
  Decision decision = Decision::recheck;
  std::vector<std::uint16_t> options;  // indices; what is counted, ascending; empty unless `counted`
  std::vector<MarkClass> reasons;      // why people look, or why it is invalid; ascending, none twice
  std::uint16_t confidence = 0;        // per mille: how far from the next threshold; not a probability
  bool operator==(const ContestReading&) const = default;
};

struct SheetReading {
  SheetDefect defect = SheetDefect::none;  // none: it was read
  std::string detail;                      // where and how much, for a person; no figures about votes
  std::uint16_t style = 0, side = 0;       // of the definition
  bool upside_down = false;
  std::vector<PlaceReading> places;
  std::vector<ContestReading> contests;
  bool operator==(const SheetReading&) const = default;
};

std::string_view mark_class_name(MarkClass mark);   // "fold_transfer"
std::string_view decision_name(Decision decision);  // "recheck"
std::string_view sheet_defect_name(SheetDefect defect);
std::optional<MarkClass> mark_class_of(std::string_view name);
std::optional<Decision> decision_of(std::string_view name);
std::optional<SheetDefect> sheet_defect_of(std::string_view name);

}  // namespace scrutineer
