// Files that records name by their hash and people hand in: photographs of the paper, counts by
// others, lists of scanned ballots, what was shown of them. They stand in
// LOGDIR/blob once somebody has handed them in, which may be long after the record, or never.
#pragma once

#include <set>

#include "app/bundle/writer.h"
#include "app/log/reader.h"
#include "core/tally/fold.h"

namespace scrutineer {

class NamedBlobs {
 public:
  // Borrows disk and writer.
  NamedBlobs(Disk& disk, std::string log_directory, BundleWriter& writer)
      : disk_(disk), log_directory_(std::move(log_directory)), writer_(writer) {}

  // Which records about these units name files, and which independent tallies there are. Short: the fold stands still.
  void look(const ElectionFold& fold, const std::vector<UnitIndex>& units);

  // A file that no page of a unit shows.
  void want(const BlobHash& hash);

  // Puts into the bundle whatever is there. What is missing is tried again by the next call. Returns the units whose
  // pages can link a file that they could not link before.
  Result<std::vector<UnitIndex>> fetch(const LogReader& log);

  // Whether fetch() would find one of those that were missing.
  Result<bool> has_arrived() const;
  bool has(const BlobHash& hash) const;
  std::vector<BlobHash> missing() const;

 private:
  struct Named {
    RecordIndex record = 0;
    Position position = 0;
    std::optional<UnitIndex> unit;
  };
  struct Wanted {
    BlobHash hash;
    std::optional<UnitIndex> unit;
  };
  void name(const RecordBook& book, RecordIndex record, std::optional<UnitIndex> unit);
  Result<bool> put(const BlobHash& hash);

  Disk& disk_;
  std::string log_directory_;
  BundleWriter& writer_;
  std::set<RecordIndex> seen_;
  std::vector<Named> found_;    // not yet read
  std::vector<Wanted> wanted_;  // not in the bundle
};

}  // namespace scrutineer
