#include "app/log/id_table.h"

#include <algorithm>
#include <bit>

namespace scrutineer {

IdTable::IdTable(std::size_t capacity) : slots_(std::bit_ceil(2 * capacity), 0) {
  rows_.reserve(capacity);
}

// Keys are the beginnings of hashes: they are spread already.
void IdTable::put(std::uint32_t row_number) {
  std::size_t slot = rows_[row_number].key & (slots_.size() - 1);
  while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = row_number + 1;
}

void IdTable::add(const IdRow& row) {
  rows_.push_back(row);
  if (rows_.size() * 2 <= slots_.size()) return put(static_cast<std::uint32_t>(rows_.size() - 1));
  slots_.assign(slots_.size() * 2, 0);
  for (std::uint32_t i = 0; i < rows_.size(); ++i) put(i);
}

void IdTable::find(std::uint64_t key, std::vector<std::uint64_t>& values) const {
  for (std::size_t slot = key & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
    if (const IdRow& row = rows_[slots_[slot] - 1]; row.key == key) values.push_back(row.value);
}

std::vector<IdRow> IdTable::sorted() const {
  std::vector<IdRow> rows = rows_;
  std::sort(rows.begin(), rows.end());
  return rows;
}

void IdTable::clear() {
  rows_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
}

}  // namespace scrutineer
