// Korean stamp ballots: one contest a paper, one column of boxes, a round stamp pressed into one of them. Geometry and
// rules are data with dates, since they change between elections. Format: docs/formats/stamp-paper.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace scrutineer {

using Length = std::int32_t;  // hundredths of a millimetre

inline constexpr std::size_t kStampOptionsMost = 34;        // more: the paper is longer than a machine takes
inline constexpr Length kStampPaperLongest = 46'900;        // 46.9 cm
inline constexpr std::size_t kStampTextBytes = 200;         // of one printed text
inline constexpr std::size_t kStampPaperBytes = 64u << 10;  // of the JSON

struct PaperArea {
  Length x = 0, y = 0, width = 0, height = 0;
  Length right() const { return x + width; }
  Length bottom() const { return y + height; }
  bool holds(Length px, Length py) const { return px >= x && px < right() && py >= y && py < bottom(); }
  bool operator==(const PaperArea&) const = default;
};

struct StampOption {
  std::string number, party, name;  // as printed; the party may be empty
  std::string id{};                 // as the election's definition names it; empty: the number
  bool operator==(const StampOption&) const = default;
};

// Papers voted at home or aboard ship may be marked with other tools: people read all of those.
enum class StampMarking : std::uint8_t { official_stamp, any_tool };

struct StampPaper {
  std::string election, contest;  // ids, as the election's definition spells them
  std::string date;               // election day, "2025-06-03": picks geometry and rules
  std::string title, area;        // printed above the boxes
  StampMarking marking = StampMarking::official_stamp;
  std::vector<std::string> people;  // codes of stamp_rules.h that this election leaves to people altogether
  std::vector<StampOption> options;
  bool operator==(const StampPaper&) const = default;
};

// Where everything stands on the paper. Origin: its top left corner.
struct StampGeometry {
  Length width = 0, height = 0;
  Length line = 0;          // thickness of printed lines
  Length stamp = 0;         // outer diameter of the official stamp
  PaperArea first_box;      // the whole row of the first option, middle of line to middle of line
  Length pitch = 0;         // from one box's top to the next one's
  Length number_width = 0;  // columns of a box, from its left: number, party and name, stamp
  Length party_width = 0;   // of the middle column the part with the party
  Length stamp_width = 0;
  PaperArea title, area;      // printed texts
  PaperArea commission_seal;  // printed
  PaperArea officer_label;    // printed
  PaperArea officer_seal;     // pressed by hand when the paper is handed out
  PaperArea stub;             // with the serial number; cut off when the paper is handed out
  std::size_t boxes = 0;

  PaperArea box(std::size_t option) const;
  PaperArea number_cell(std::size_t option) const;
  PaperArea name_cell(std::size_t option) const;
  PaperArea stamp_cell(std::size_t option) const;
  bool operator==(const StampGeometry&) const = default;
};

// Errors: unsupported (no rules for that day), invalid_argument (no option), limit_exceeded (longer than 46.9 cm, more
// than 34 options: counted by hand only).
Result<StampGeometry> stamp_geometry(std::string_view date, std::size_t options);

// Errors: malformed (with the member's path), unsupported, those of stamp_geometry.
Result<StampPaper> parse_stamp_paper(std::string_view json);
// The same paper always gives the same bytes.
std::string write_stamp_paper(const StampPaper& paper);

// "2025-06-03": ten characters of an existing day.
bool is_election_day(std::string_view text);

}  // namespace scrutineer
