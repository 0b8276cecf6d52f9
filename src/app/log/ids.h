// The writer's index of record ids and entry ids: the newest rows in memory, the rest in sorted runs on disk, merged so
// that each run is at least twice the next. Memory stays flat; everything here can be rebuilt from `entries`.
// Private to app/log.
#pragma once

#include <mutex>

#include "app/log/id_runs.h"
#include "app/log/id_table.h"

namespace scrutineer {

// Threads: one adds; one calls flush_frozen(); one calls merge(); any may find().
class Ids {
 public:
  static constexpr std::size_t kTableRows = 262'144;

  // An index that does not fit is dropped; the caller adds from covered() on.
  // `table_rows`: how many rows are full().
  static Result<std::unique_ptr<Ids>> open(Disk& disk, const Layout& layout, std::size_t table_rows = kTableRows);

  std::uint64_t covered() const;  // entries [0, covered) are in runs

  // Forgets everything, durably: the index is made again from the entries. Only while nothing else is going on.
  Status drop();

  // The rows of entry `position`; positions ascend.
  void add(std::uint64_t position, const LeafHash& entry, const RecordId* record);
  bool full() const;               // time to freeze
  bool can_freeze() const;         // nothing frozen waits for the disk
  void freeze(std::uint64_t end);  // the rows in memory are those of entries below `end`

  bool flush_due() const;
  Status flush_frozen();  // writes the frozen rows as a run, durably
  bool merge_due() const;
  Status merge();  // one merge, durably

  // Positions that may carry this id, ascending. Error corrupt: a run is damaged; the index is condemned, so that the
  // next opening of the log makes it again.
  Result<std::vector<std::uint64_t>> find(const Hash256& id, IdKind kind);

 private:
  Ids(Disk& disk, const Layout& layout, SlotFile list, std::size_t table_rows);
  Status remove_strays();
  std::size_t merge_begin() const;
  Status publish(std::vector<IdRunPtr> runs);
  void condemn();
  std::uint64_t next_number();

  Disk& disk_;
  Layout layout_;
  std::size_t table_rows_;
  mutable std::mutex mutex_;  // the tables, the pointers, the numbers
  std::mutex list_mutex_;     // the list file and who changes `runs_`
  SlotFile list_;
  bool condemned_ = false;  // list_mutex_
  IdRuns runs_;
  std::unique_ptr<IdTable> active_;
  std::unique_ptr<IdTable> frozen_;  // being written
  std::unique_ptr<IdTable> spare_;
  std::uint64_t frozen_end_ = 0;
  std::uint64_t next_number_ = 1;
};

// Entry positions of one kind out of row values, ascending, each once.
std::vector<std::uint64_t> positions_of(std::vector<std::uint64_t> values, IdKind kind);

}  // namespace scrutineer
