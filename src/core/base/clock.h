// Time and randomness are parameters: tests bring their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace scrutineer {

struct UnixSeconds {
  std::int64_t value = 0;
  friend auto operator<=>(UnixSeconds, UnixSeconds) = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixSeconds now() = 0;  // wall clock: a claim, never an order
  virtual std::uint64_t monotonic_ns() = 0;
};

class Rng {
 public:
  virtual ~Rng() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

// "2025-06-03T20:00:00Z" (RFC 3339, UTC).
std::string to_rfc3339(UnixSeconds time);

}  // namespace scrutineer
