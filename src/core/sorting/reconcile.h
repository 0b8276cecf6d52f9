// Sorter, review counter, people's count and sheet of one unit and contest against each other. A pure function: figures
// in, findings out. It says what does not fit and by how much; never who is right.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/count_sheet.h"
#include "core/sorting/plan.h"

namespace scrutineer {

// Begin and end of a machine's run, as its log says; RFC 3339.
struct RunTime {
  std::string began, ended;
  std::int64_t machines = 1;  // that ran side by side
};

struct SorterCount {
  OptionVotes piles;
  std::int64_t to_people = 0;
  std::int64_t fed = 0;  // papers through the machine in all passes; 0: each once
  std::optional<RunTime> time;
};

// The second machine, which counts each option's papers in bundles before everybody's eyes.
struct ReviewedPile {
  OptionId option;
  std::vector<std::int64_t> bundles;  // papers in each
};
struct ReviewCount {
  std::vector<ReviewedPile> piles;
  std::optional<RunTime> time;
};

struct PaperTrail {
  UnitId unit;
  ContestId contest;
  std::optional<SorterCount> sorter;
  std::optional<ReviewCount> review;
  std::optional<HandColumns> hand;
  std::int64_t hand_invalid = 0;  // people found invalid or blank; with `hand`
  std::optional<CountSheet> sheet;
};

// What the machines can do at most.
struct TrailLimits {
  std::int64_t sorter_a_minute = 350;  // one machine
  std::int64_t review_a_minute = 300;
};

enum class TrailCode : std::uint8_t {
  sheet_machine_column,  // the sheet's machine column is not what the sorter counted
  sheet_hand_column,     // the sheet's hand columns are not what people counted
  sheet_votes,           // the sheet's votes are not the hand columns together
  sheet_ballots,         // ballots cast are not the papers that the sorter saw
  hand_pile_grew,        // people counted more papers from a sorted pile than the sorter put there
  hand_papers,           // people counted more or fewer papers in all than the sorter saw
  review_pile,           // the review counter and the people's count of a pile differ
  review_unknown,        // it counted a pile that the contest has not, or left one out
  bundle_size,           // a bundle other than the last has not 100 papers, or one has more or none
  sorter_too_fast,       // more papers a minute than the machines can take
  review_too_fast,
  time_backwards,            // an end before its beginning
  announced_before_counted,  // the announcement stands before the end of a machine's run
};
inline constexpr std::size_t kTrailCodes = 13;
std::string_view trail_code_name(TrailCode code);  // "sheet-machine-column"

struct TrailFinding {
  TrailCode code;
  std::string what;  // option, machine or figure: "option A"
  std::int64_t said = 0, other = 0;
  friend bool operator==(const TrailFinding&, const TrailFinding&) = default;
};
Bilingual trail_sentence(const TrailFinding& finding);

// In the order of codes. What a trail does not hold is not compared.
std::vector<TrailFinding> reconcile_papers(const PaperTrail& trail, const TrailLimits& limits = {});

// The trail as JSON (docs/formats/paper-trail.md). Errors: malformed with the member in `where`.
Result<PaperTrail> parse_paper_trail(std::string_view json);

}  // namespace scrutineer
