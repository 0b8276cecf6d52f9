// What a publication has to write again, from what entered the log.
#pragma once

#include <algorithm>

#include "app/log/reader.h"
#include "core/tally/fold.h"

namespace scrutineer {

// The records that the entries [begin, end) carry or sign.
struct NewRecords {
  std::vector<RecordId> ids;
  bool machines = false;      // some are about machines, or decide who may speak of them
  bool reaches_back = false;  // a compromised key voids what it signed long ago: everything may differ
};
Result<NewRecords> new_records(const LogReader& reader, std::uint64_t begin, std::uint64_t end);

// Units whose pages these records change, ascending.
std::vector<UnitIndex> touched_units(const ElectionFold& fold, const NewRecords& records);

// The areas above these units, the whole election left out; ascending.
std::vector<AreaIndex> areas_above(const UnitTree& tree, const std::vector<UnitIndex>& units);

std::vector<UnitIndex> every_unit(const UnitTree& tree);

template <class T>
void sort_once(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace scrutineer
