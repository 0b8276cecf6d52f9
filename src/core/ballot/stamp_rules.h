// What may stand on a stamp paper, what the law makes of it, and what a machine may say of it by itself: data with
// dates.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace scrutineer {

// Everything that one paper can show, as far as the law tells it apart. Codes are the names: "two_boxes".
enum class StampCase : std::uint8_t {
  clean,          // one official stamp in one box
  light,          // the same, pale
  partial,        // only a part of the stamp was printed
  filled,         // its inside is full of ink
  repeated,       // several official stamps in one box
  smeared,        // wet ink drawn along
  fold_transfer,  // a mirror print elsewhere, from folding
  touching_line,  // over a line of its box, and in no other box
  extra_outside,  // one box, and one more stamp outside all boxes
  beside_column,  // in one option's box, but over its number or name
  two_boxes,      // stamps in two boxes
  straddling,     // one stamp across two boxes
  outside_only,   // outside all boxes and nowhere else
  no_stamp,       // nothing at all
  other_tool,     // pen, finger, another seal
  added_writing,  // letters, drawings, marks besides the stamp
  unofficial_paper,
  publicly_shown,  // shown to others, and stamped so by an officer
  seal_missing,    // no officer's seal
  serial_left,     // the stub with the serial number was not cut off
  mirror_only,     // a mirror print and no stamp that it could come from
};
inline constexpr std::size_t kStampCases = 21;

enum class StampVerdict : std::uint8_t { valid, invalid, people };

struct StampRule {
  StampCase what;
  std::string_view from;    // first election day for which this row stands; a later row of the same case replaces it
  StampVerdict law;         // of the paper: people: decided by people for each paper, whatever it looks like
  bool machine = false;     // a machine may say so by itself; else it sends the paper to people, with the reason
  std::string_view source;  // of the rule
  std::string_view ko, en;  // a sentence for people
};

// The row in force on that day; nullptr: none was known yet, and people decide.
const StampRule* stamp_rule(StampCase what, std::string_view date);
std::span<const StampRule> stamp_rules();  // all rows, all dates

std::string_view stamp_case_name(StampCase what);
std::optional<StampCase> stamp_case_of(std::string_view name);
std::string_view stamp_verdict_name(StampVerdict verdict);  // "people"

}  // namespace scrutineer
