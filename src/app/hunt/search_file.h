// One file, searched. For hunt.cc.
#pragma once

#include <functional>
#include <unordered_map>

#include "core/crypto/digest.h"
#include "core/hunt/report.h"

namespace scrutineer::hunt {

// What all files have in common.
struct Quarry {
  const IndicatorSet& set;
  const Matcher& matcher;
  std::vector<DigestKind> digests;                         // of files: the kinds that some indicator has
  std::unordered_map<std::string, std::uint32_t> by_hash;  // hexadecimal digits -> indicator
  bool with_lines;
  std::function<void(std::uint64_t bytes)> read;  // called after each piece
};

struct FileFinds {
  std::uint64_t count = 0;
  std::vector<ReportPlace> places;  // limits::kHuntPlaces at most; their `input` is for the caller to fill in
};

struct FileResult {
  ReportInput input;
  bool searched = false;  // false: it could not even be opened, and not_searched says so
  NotSearchedList not_searched;
  std::unordered_map<std::uint32_t, FileFinds> finds;  // by indicator
};

FileResult search_file(const std::string& path, const Quarry& quarry);

}  // namespace scrutineer::hunt
