// Record id -> index of its state: open addressing over numbers, since ids are hashes and states stand in a vector.
#pragma once

#include <cstring>
#include <optional>
#include <vector>

#include "core/base/bytes.h"

namespace scrutineer {

// Holds indexes into a vector of States that have a member `id`. Nothing is ever removed.
template <class State>
class RecordTable {
 public:
  explicit RecordTable(const std::vector<State>& states) : states_(states) { resize(kLeast); }

  void reserve(std::size_t records) {
    std::size_t slots = kLeast;
    while (slots < records * 2) slots *= 2;
    if (slots > slots_.size()) resize(slots);
  }

  std::optional<std::uint32_t> find(const RecordId& id) const {
    std::uint32_t found = slots_[slot_of(id)];
    if (found == kEmpty) return std::nullopt;
    return found;
  }

  // Adds states_.size() - 1, whose id was not there.
  void add_last() {
    if (states_.size() * 2 > slots_.size()) return resize(slots_.size() * 2);
    slots_[slot_of(states_.back().id)] = static_cast<std::uint32_t>(states_.size() - 1);
  }

 private:
  static constexpr std::uint32_t kEmpty = ~std::uint32_t{0};
  static constexpr std::size_t kLeast = 1'024;  // a power of two

  std::size_t slot_of(const RecordId& id) const {
    std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<RecordId>{}(id);
    // The step comes from other bytes of the id: whoever grinds ids into one slot does not get a long run.
    std::uint64_t step;
    std::memcpy(&step, id.hash.bytes.data() + 8, sizeof step);
    for (slot &= mask, step |= 1; slots_[slot] != kEmpty && states_[slots_[slot]].id != id;)
      slot = (slot + step) & mask;
    return slot;
  }

  void resize(std::size_t slots) {
    slots_.assign(slots, kEmpty);
    for (std::uint32_t i = 0; i < states_.size(); ++i) slots_[slot_of(states_[i].id)] = i;
  }

  const std::vector<State>& states_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace scrutineer
