// EML_NL as the Dutch Kiesraad exchanges counts (510) and results (520): OASIS EML 5.0 with its extensions,
// version 1.3. What of it is read and written: docs/formats/eml.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/problems.h"

namespace scrutineer::eml {

inline constexpr std::string_view kSpace = "urn:oasis:names:tc:evs:schema:eml";
inline constexpr std::string_view kExtensions = "http://www.kiesraad.nl/extensions";
inline constexpr std::string_view kNames = "urn:oasis:names:tc:ciq:xsdschema:xNL:2.0";
inline constexpr std::string_view kAddresses = "urn:oasis:names:tc:ciq:xsdschema:xAL:2.0";

// The largest figure that is read: more than any electorate, and sums over every unit and list stay exact everywhere
// (limits::kUnits times this is below limits::kMaxInteger).
inline constexpr std::int64_t kLargestFigure = 4'000'000'000;
static_assert(kLargestFigure * static_cast<std::int64_t>(limits::kUnits) <= limits::kMaxInteger);

// Who was elected to what, when, and who says so.
struct Header {
  std::string kind;           // "510b", "520"
  std::string election_id;    // "TK2021"
  std::string election_name;  // may be empty, as the next three
  std::string category;       // "TK"
  std::string domain;
  std::string date;            // 2021-03-17
  std::string created;         // the writer's claim
  std::string authority_id;    // "CSB", "HSB9", "0363", "SB7"
  std::string authority_name;  // "Amsterdam"
  friend bool operator==(const Header&, const Header&) = default;
};

// Votes of a list, or of one candidate of it.
struct Selection {
  std::string list;       // number of the list
  std::string candidate;  // number (or, where lists differ between districts, short code); empty: the list
  std::string name;       // of the list
  std::int64_t votes = 0;
  friend bool operator==(const Selection&, const Selection&) = default;
};

// The figures of one reporting unit, or of the whole file. EML cannot leave a figure out: a 0 may stand for "not
// known".
struct Group {
  std::string id;            // "HSB9::0363::SB4"; empty for the whole
  std::string name;          // of the unit
  std::string type;          // "FixedLocation", "Mobile", "Special"; may be empty
  std::int64_t cast = 0;     // in EML_NL: electors ("kiesgerechtigden"), whatever the word says
  std::int64_t counted = 0;  // valid votes
  std::int64_t invalid = 0;
  std::int64_t blank = 0;
  std::vector<std::pair<std::string, std::int64_t>> uncounted;  // by reason code
  std::vector<Selection> selections;                            // lists, each followed by its candidates
  std::string place;                                            // "file:line"

  // Electors, or nothing where 0 stands beside votes: official files have that.
  std::optional<std::int64_t> electors() const;
  // Voters let in, each of whom is handed one paper; where the file states it.
  std::optional<std::int64_t> admitted() const;
  std::int64_t papers() const { return counted + invalid + blank; }
};

struct ContestCount {
  std::string id;    // "9", "geen", "alle"
  std::string name;  // may be empty
  std::optional<Group> total;
  std::vector<Group> units;
};

struct Count {
  Header header;
  std::vector<ContestCount> contests;
  Problems problems;  // what contradicts itself in the file and is taken in as it stands
};

inline constexpr std::string_view kAdmitted = "toegelaten kiezers";
inline constexpr std::string_view kMorePapers = "meer getelde stembiljetten";
inline constexpr std::string_view kFewerPapers = "minder getelde stembiljetten";

// Errors: malformed, unsupported (another kind of message), conflict (a unit twice), limit_exceeded; with file and
// line.
Result<Count> read_510(std::string_view xml, std::string file);

struct ElectedList {
  std::string list, name;
  std::vector<std::string> elected;  // names of those elected, in the order of their seats; empty where not named
  friend bool operator==(const ElectedList&, const ElectedList&) = default;
};
struct ContestResult {
  std::string id, name;
  std::vector<ElectedList> lists;
};
struct Outcome {
  Header header;
  std::vector<ContestResult> contests;
};
Result<Outcome> read_520(std::string_view xml, std::string file);

}  // namespace scrutineer::eml
