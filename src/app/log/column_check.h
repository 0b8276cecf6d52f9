// Columns computed again and compared with those on disk; private to app/log.
#pragma once

#include "app/log/check.h"
#include "app/log/columns.h"

namespace scrutineer {

// Lists it, or counts it where the list is full.
void add_problem(LogCheck& out, std::string text);

// The columns as they would be written now, compared with those on disk piece by piece.
class ColumnCheck {
 public:
  ColumnCheck(ColumnReader& stored, LogCheck& out) : stored_(stored), out_(out) {}

  Status add(const LeafHash& leaf, std::uint64_t end) {
    ends_.push_back(end);
    frontier_.append(leaf, [this](SubtreeId id, const NodeHash& hash) {
      unsigned level = id.height / kTileHeight;
      if (id.height % kTileHeight == 0 && level < kStoreLevels) levels_[level].push_back(hash);
    });
    return ends_.size() == kTileWidth ? compare() : Status{};
  }
  Status finish() { return compare(); }
  const Frontier& frontier() const { return frontier_; }

 private:
  Status compare() {
    SCRUTINEER_CHECKED(compare_index());
    for (unsigned level = 0; level < kStoreLevels; ++level) SCRUTINEER_CHECKED(compare_level(level));
    return {};
  }
  Status compare_index();
  Status compare_level(unsigned level);
  void problem(std::string text);

  ColumnReader& stored_;
  LogCheck& out_;
  Frontier frontier_;
  std::vector<std::uint64_t> ends_;  // of the entries not compared yet, the last ones
  std::array<std::vector<NodeHash>, kStoreLevels> levels_;
};

}  // namespace scrutineer
