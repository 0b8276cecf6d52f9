// Hand-marked papers with ovals: a border of timing marks gives a grid, and the definition says at which of its points
// which option stands. Format and sources: docs/formats/oval-ballot.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace scrutineer {

inline constexpr std::size_t kOvalDefinitionBytes = 16u << 20;
inline constexpr std::size_t kOvalContests = 256;
inline constexpr std::size_t kOvalOptions = 1'000;  // of one contest, write-ins included
inline constexpr std::size_t kOvalPlaces = 4'096;   // of all sheets
inline constexpr int kOvalColumns = 34;   // timing marks along a letter or legal sheet's short edge: 8.5 in * 4
inline constexpr int kOvalRowsMost = 85;  // 22 in * 4 - 3: the longest paper known
inline constexpr int kOvalSheets = 8;

using GridUnits = std::int32_t;  // hundredths of the distance between two timing marks; 0: the middle of the first one

struct OvalOption {
  std::string id, name;
  bool write_in = false;
  bool operator==(const OvalOption&) const = default;
};

struct OvalContest {
  std::string id, title;
  std::int64_t seats = 1;  // how many may be marked
  std::vector<OvalOption> options;
  bool operator==(const OvalContest&) const = default;
};

struct GridArea {
  GridUnits x = 0, y = 0, width = 0, height = 0;
  bool operator==(const GridArea&) const = default;
};

// One oval. The same option may stand at two places (a person whom two parties nominated).
struct OvalPlace {
  std::uint16_t contest = 0, option = 0;  // indices into contests and their options
  std::uint16_t page = 0;                 // 2 * sheet + side; sheet from 0, front 0, back 1
  GridUnits column = 0, row = 0;          // of its middle
  std::optional<GridArea> writing;        // where a name is written in
  bool operator==(const OvalPlace&) const = default;
};

// Everything of one ballot style. Immutable once read.
struct OvalDefinition {
  std::string election;  // title or id, for people
  int year = 0, month = 0, day = 0;
  std::string style;        // id of the ballot style
  std::optional<int> card;  // the number that the front's timing marks encode, where the style's id says it
  int rows = 0;             // timing marks along each long edge
  std::vector<OvalContest> contests;
  std::vector<OvalPlace> places;  // by page, then in the order of the source
  bool operator==(const OvalDefinition&) const = default;
  int columns() const { return kOvalColumns; }
  int pages() const;
};

// election.json of the vxsuite kind: contests, ballotStyles, gridLayouts. One grid layout; `style` picks it where there
// are more (empty: the only one). Errors: malformed (with the path of the member), unsupported (another layout),
// limit_exceeded, not_found (no such style).
Result<OvalDefinition> read_vxsuite_definition(std::string_view json, std::string_view style = {});

// NIST SP 1500-20 (BallotDefinition version 1): the physical contests of one ballot style, with its fiducial marks.
// Errors: as above.
Result<OvalDefinition> read_nist_definition(std::string_view json);

// Either, by what stands in it.
Result<OvalDefinition> read_oval_definition(std::string_view json);

// Empty, or what contradicts itself: places beside the grid, two at one point, contests without places, and limits.
Status check_oval_definition(const OvalDefinition& definition);

}  // namespace scrutineer
