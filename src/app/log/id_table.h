// The newest identifier rows, in memory; private to app/log.
#pragma once

#include <vector>

#include "app/log/id_row.h"

namespace scrutineer {

// An append-only list of rows with a hash table beside it. Not thread-safe. Memory: 32 bytes a row of `capacity`.
class IdTable {
 public:
  explicit IdTable(std::size_t capacity);
  std::size_t size() const { return rows_.size(); }
  void add(const IdRow& row);
  void find(std::uint64_t key, std::vector<std::uint64_t>& values) const;
  std::vector<IdRow> sorted() const;
  void clear();

 private:
  void put(std::uint32_t row_number);
  std::vector<IdRow> rows_;
  std::vector<std::uint32_t> slots_;  // row number + 1; 0: free. A power of two, at most half used
};

}  // namespace scrutineer
