// What the folds say about each thing that is claimed. Private to core/verify.
#pragma once

#include <span>

#include "core/tally/fold.h"
#include "core/verify/conclude.h"

namespace scrutineer {

struct Judge {
  Plan& plan;
  const Election& election;
  const Part& part;
  Report& report;
  const RunTasks& run;

  void definition(const RecordBook& book);
  void publisher(const RecordBook& book);
  // Bad signatures and foreign records are failures (an honest intake refuses them); records that do not count are
  // notices.
  void issues(const RecordBook& book);
  void claim(const ClaimInEffect& claim, const Tally& tally);
  void sheets(const Tally& tally, const RecordBook& book);
  void proofs(const ElectionFold& claimed, const ElectionFold& now);
  void named_files(const RecordBook& book);
  void papers(const Tally& tally, const RecordBook& book);

  void ballot_batch(const Tally& tally, const RecordBook& book, const BatchState& state);
  void named_ballots(const RecordBook& book, const RecordId& batch, std::span<const LeafHash> ballots,
                     const std::string& where);
  void decisions(const Tally& tally, const RecordBook& book);
  void image_release(const RecordBook& book, const RecordState& record);
  bool is_transcribed(const RecordState& record, const SheetVersion& version) const;

  std::size_t shown_ = 0;  // ballots that releases show
};

}  // namespace scrutineer
