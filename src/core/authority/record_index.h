// From a hash to the index of what has it: open addressing over numbers, since what is looked for stands in a list.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace scrutineer {

// Where to look first, and how far to go on from there: whoever grinds hashes into one slot does not get a long run.
struct Spread {
  std::uint64_t slot = 0;
  std::uint64_t step = 0;
};

inline Spread spread_of(const RecordId& id) {
  Spread spread;
  std::memcpy(&spread.slot, id.hash.bytes.data(), sizeof spread.slot);
  std::memcpy(&spread.step, id.hash.bytes.data() + 8, sizeof spread.step);
  return spread;
}
inline Spread spread_of(std::string_view bytes, std::uint64_t more = 0) {
  std::uint64_t hash = (std::hash<std::string_view>{}(bytes) ^ more) * 0x9e3779b97f4a7c15u;
  return {hash >> 32 ^ hash, hash >> 17};
}

// Holds 0, 1, 2, ... in the order in which they are added. Nothing is ever removed.
class IndexTable {
 public:
  IndexTable() : slots_(kLeast, kEmpty) {}

  // The index with that spread that `same` accepts.
  template <class Same>
  std::optional<std::uint32_t> find(Spread spread, const Same& same) const {
    std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = spread.slot & mask; slots_[slot] != kEmpty; slot = (slot + (spread.step | 1)) & mask)
      if (same(slots_[slot])) return slots_[slot];
    return std::nullopt;
  }

  // Adds the next index, which was not found. `spread_at` says the spread of every index so far, this one included.
  template <class SpreadAt>
  void add(const SpreadAt& spread_at) {
    if ((size_ + 1) * 2 > slots_.size()) resize(slots_.size() * 2, spread_at);
    put(size_, spread_at(size_));
    ++size_;
  }

  template <class SpreadAt>
  void reserve(std::size_t indexes, const SpreadAt& spread_at) {
    std::size_t slots = kLeast;
    while (slots < indexes * 2) slots *= 2;
    if (slots > slots_.size()) resize(slots, spread_at);
  }

 private:
  static constexpr std::uint32_t kEmpty = ~std::uint32_t{0};
  static constexpr std::size_t kLeast = 64;  // a power of two

  void put(std::uint32_t index, Spread spread) {
    std::size_t mask = slots_.size() - 1;
    std::size_t slot = spread.slot & mask;
    while (slots_[slot] != kEmpty) slot = (slot + (spread.step | 1)) & mask;
    slots_[slot] = index;
  }
  template <class SpreadAt>
  void resize(std::size_t slots, const SpreadAt& spread_at) {
    slots_.assign(slots, kEmpty);
    for (std::uint32_t i = 0; i < size_; ++i) put(i, spread_at(i));
  }

  std::vector<std::uint32_t> slots_;
  std::uint32_t size_ = 0;
};

}  // namespace scrutineer
