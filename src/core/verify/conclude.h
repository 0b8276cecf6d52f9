// The end of a verification: the parts together, then the folds, then the claims.
#pragma once

#include <functional>

#include "core/results/claims.h"
#include "core/verify/plan.h"

namespace scrutineer {

// Runs tasks, perhaps at the same time, and returns when all are done. The default runs one after another.
using RunTasks = std::function<void(std::vector<std::function<void()>>&)>;
void run_in_turn(std::vector<std::function<void()>>& tasks);

// `parts` together cover every file of the plan once. The report is the same to the byte however they were split.
Report conclude(Plan& plan, Part parts, const RunTasks& run = run_in_turn);

// One part of a split verification: files [first, end) of `files`.
struct PartHeader {
  BlobHash manifest;
  Hash256 trust;
  std::uint64_t first = 0, end = 0, files = 0;
  friend bool operator==(const PartHeader&, const PartHeader&) = default;
};
std::string write_part(const PartHeader& header, const Part& part);
struct ReadPart {
  PartHeader header;
  Part part;
};
Result<ReadPart> read_part(std::string_view json);

// The parts of one verification of this plan, together. Errors: conflict where they are of another bundle, trust or
// verification, overlap, or do not cover every file.
Result<Part> merge_parts(const Plan& plan, std::vector<ReadPart> parts);

// Shard i of n (1 <= i <= n) as files [first, end).
std::pair<std::uint64_t, std::uint64_t> shard_range(std::uint64_t files, std::uint64_t shard, std::uint64_t shards);

}  // namespace scrutineer
