// Seeded chance: the same seed and label give the same numbers, on every machine. Not for keys.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace scrutineer::demo {

class Dice {
 public:
  // Dice with different labels or indices have nothing to do with each other.
  Dice(std::string_view seed, std::string_view label, std::uint64_t index = 0);
  std::uint64_t next();
  std::int64_t below(std::int64_t bound);                     // 0 <= x < bound
  std::int64_t between(std::int64_t low, std::int64_t high);  // both included
  bool one_in(std::int64_t bound) { return below(bound) == 0; }
  void shuffle(std::vector<std::uint32_t>& list);

 private:
  std::uint64_t state_;
};

// Splits `total` by weight, exactly: the parts add up.
std::vector<std::int64_t> split(std::int64_t total, const std::vector<std::int64_t>& weights);

// Splits `total` into so many parts of unequal size, none below `least`. Requires total >= least * parts.
std::vector<std::int64_t> spread(std::int64_t total, std::size_t parts, std::int64_t least, Dice& dice);

}  // namespace scrutineer::demo
