// What a hunt found, and what it could not search (docs/formats/hunt.md).
#pragma once

#include <optional>

#include "core/base/bytes.h"
#include "core/hunt/not_searched.h"
#include "core/hunt/source.h"
#include "core/hunt/stream.h"

namespace scrutineer::hunt {

struct ReportSource {
  std::string file;
  std::uint64_t size = 0;
  Hash256 sha256;
  SourceForm form = SourceForm::text;
};

struct ReportInput {
  std::string file;
  std::uint64_t size = 0;   // of the file
  Hash256 sha256;           // of the file
  std::uint64_t bytes = 0;  // searched, after decompression
  std::uint64_t lines = 0;
  std::string packing;   // "gzip", "zstd"; empty: none
  std::string encoding;  // "utf-16le", "utf-16be": searched as UTF-8; empty: as it is
};

struct ReportPlace {
  std::uint32_t input = 0;    // in HuntReport::inputs
  bool whole_file = false;    // the file's own hash is the indicator; no place in it
  Place place;                // else
  std::optional<Bytes> text;  // the line, cut to limits::kHuntLineKept, where that was asked for
};

struct Finding {
  Indicator indicator;
  std::uint64_t count = 0;  // all; places has limits::kHuntPlaces of them at most
  std::vector<ReportPlace> places;
};

struct HuntReport {
  std::vector<ReportSource> sources;
  std::vector<std::pair<IndicatorKind, std::uint64_t>> looked_for;  // how many of each kind there are
  std::vector<ReportInput> inputs;                                  // in the order in which they were searched
  std::vector<Finding> findings;                                    // by kind and value
  NotSearchedList not_searched;

  bool found() const { return !findings.empty(); }
  // False: what was not found may be in what could not be searched.
  bool complete() const { return not_searched.count() == 0; }
};

// The same report gives the same bytes.
std::string to_json(const HuntReport& report);

// A file's name as people may see it: what is not UTF-8, and control characters, as \xHH.
std::string printable(std::string_view text);

}  // namespace scrutineer::hunt
