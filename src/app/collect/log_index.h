// Which records of the log are about which sheet, for what the tally does not keep: sheets on their way into effect,
// and what was said about a sheet. Brought up to date from the fold, record by record; private to app/collect.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "app/collect/collector.h"

namespace scrutineer {

// What the log says of one unit's sheet for one contest.
struct SheetInLog {
  CellState tally = CellState::empty;
  struct Standing {
    RecordId record;
    RecordIndex index = 0;
    Position carried = 0;  // the entry to read it from
    bool in_effect = false;
  };
  // The sheet to look at: announced after everything that is in effect, or the one that counts, or the last of those
  // that contradict each other. An announced sheet has its chair's signature and waits for more.
  std::optional<Standing> shown;
};

class LogIndex {
 public:
  void update(const Collector::View& view);
  SheetInLog sheet(const Collector::View& view, ContestIndex contest, UnitIndex unit) const;
  // Records of that type about a sheet or, for custody, about the unit; in log order.
  std::vector<RecordIndex> about(const Collector::View& view, RecordType type, ContestIndex contest,
                                 UnitIndex unit) const;

 private:
  const ElectionFold* fold_ = nullptr;
  std::size_t seen_ = 0;
  RecordId last_;
  std::unordered_map<std::uint64_t, std::vector<RecordIndex>>
      waiting_;                                                       // sheets that were not in effect when they came
  std::unordered_map<std::uint64_t, std::vector<RecordIndex>> said_;  // acceptance, remark, refusal, attachment
  std::unordered_map<UnitIndex, std::vector<RecordIndex>> custody_;
};

}  // namespace scrutineer
