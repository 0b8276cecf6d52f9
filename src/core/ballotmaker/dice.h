// Chance that is the same for the same number, on every machine.
#pragma once

#include <cstdint>

namespace scrutineer {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }
  std::int32_t between(std::int32_t low, std::int32_t high) {  // both included
    return low + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(high - low + 1)));
  }
  std::uint32_t bits() { return static_cast<std::uint32_t>(next()); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  double share() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }  // in [0, 1)

 private:
  std::uint64_t state_;
};

}  // namespace scrutineer
