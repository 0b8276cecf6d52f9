// Chance from a seed: the same papers on every machine. Of its own, so that nothing is shared with core/ballotmaker.
#pragma once

#include <cstdint>

namespace scrutineer::foreign {

class Luck {
 public:
  explicit Luck(std::uint64_t seed) : state_(seed * 0xd1342543de82ef95u + 0x2545f4914f6cdd1du) { bits(), bits(); }
  // PCG, XSH-RR (O'Neill, 2014).
  std::uint32_t bits() {
    const std::uint64_t old = state_;
    state_ = old * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
    const auto mixed = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
    const auto turn = static_cast<std::uint32_t>(old >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
  }
  std::uint64_t seed() { return static_cast<std::uint64_t>(bits()) << 32 | bits(); }
  double real(double from, double to) { return from + (to - from) * bits() / 4'294'967'296.0; }
  int whole(int from, int to) { return from + static_cast<int>(real(0, to - from + 1)); }  // both included
  bool once_in(double n) { return real(0, n) < 1; }
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(whole(0, static_cast<int>(count) - 1)); }

 private:
  std::uint64_t state_;
};

}  // namespace scrutineer::foreign
