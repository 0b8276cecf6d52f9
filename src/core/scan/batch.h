// The files of a batch directory as texts: batch.json, the lines of readings.jsonl and of decisions/outcome.jsonl
// (docs/formats/batch.md). Canonical: what is read writes the same bytes again. No files here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/strong.h"
#include "core/scan/reading_json.h"

namespace scrutineer {

inline constexpr std::size_t kBatchSheets = 1'000'000;
inline constexpr std::size_t kBatchThresholds = 256;
inline constexpr std::size_t kReadingsBytes = 512u << 20;  // readings.jsonl
inline constexpr std::size_t kBallotLineBytes = 1u << 20;
inline constexpr std::size_t kBatchInfoBytes = 16u << 20;

using BallotId = Strong<struct BallotIdTag, std::string>;  // 32 lower-case hex digits
BallotId make_ballot_id(Rng& rng);
bool is_ballot_id(std::string_view text);

struct BatchContest {
  ContestId id;
  std::int64_t seats = 1;         // how many options a voter may mark
  std::vector<OptionId> options;  // readings name them by their index
  bool operator==(const BatchContest&) const = default;
};

using Thresholds = std::vector<std::pair<std::string, std::int64_t>>;  // sorted by name

struct BatchInfo {
  std::optional<RecordId> election;
  UnitId unit;
  std::vector<BatchContest> contests;  // in the order of the ballot definition
  std::string device;                  // name of the machine's key
  Hash256 definition;                  // SHA-256 of the ballot definition
  std::string software;                // "scrutineer 0.9"
  Hash256 software_sha256;
  Thresholds thresholds;
  std::int64_t sheets = 0;
  bool operator==(const BatchInfo&) const = default;
};
std::string batch_info_json(const BatchInfo& info);  // with its LF
Result<BatchInfo> parse_batch_info(std::string_view json);
Hash256 thresholds_sha256(const Thresholds& thresholds);

// One picture of a paper.
struct BallotLine {
  BallotId id;
  std::string ext = "bin";  // jpg, png, tiff, pgm, bin
  Hash256 image;            // SHA-256 of the scanner's bytes
  std::optional<Hash256> masked;
  std::optional<BallotId> front;  // this is the back side of that one
  std::vector<BallotId> like;     // look as if they were the same paper; ascending
  SheetReading reading;
  bool operator==(const BallotLine&) const = default;
};
std::string ballot_line_json(const BallotLine& line);  // without LF
Result<BallotLine> parse_ballot_line(std::string_view json);

// How people came to an outcome.
enum class OutcomeHow : std::uint8_t { agreed, settled, committee };
inline constexpr std::string_view kOutcomeHowNames[] = {"agreed", "settled", "committee"};

struct ContestOutcome {
  std::uint16_t contest = 0;
  Decision decision = Decision::invalid;  // counted, blank or invalid
  std::vector<std::uint16_t> options;     // ascending; empty unless counted
  OutcomeHow how = OutcomeHow::agreed;
  bool operator==(const ContestOutcome&) const = default;
};
struct BallotOutcome {
  BallotId id;
  std::vector<ContestOutcome> contests;  // ascending
  bool operator==(const BallotOutcome&) const = default;
};
std::string ballot_outcome_json(const BallotOutcome& outcome);  // without LF
Result<BallotOutcome> parse_ballot_outcome(std::string_view json);

// Calls `each` for every line of a whole file: sorted by id, none twice, each ended by LF. Errors: malformed with the
// line number in `where`, limit_exceeded, those of `each`.
Status read_ballot_lines(std::string_view text, std::string_view file, const std::function<Status(BallotLine)>& each);
Status read_ballot_outcomes(std::string_view text, std::string_view file,
                            const std::function<Status(BallotOutcome)>& each);

}  // namespace scrutineer
