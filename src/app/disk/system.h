// The machine's own clock and randomness.
#pragma once

#include "core/base/clock.h"

namespace scrutineer {

class SystemClock final : public Clock {  // thread-safe
 public:
  UnixSeconds now() override;
  std::uint64_t monotonic_ns() override;
};

class SystemRng final : public Rng {  // getrandom(2); thread-safe; aborts if the kernel gives none
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace scrutineer
