// How often somebody may try, and who was refused. Not thread-safe: the caller holds a lock.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"

namespace scrutineer {

// A token bucket: `burst` at once, and one more every `refill_ns`.
struct Rate {
  std::uint64_t burst = 1;
  std::uint64_t refill_ns = 1'000'000'000;
};
inline constexpr Rate kSignInRate{10, 6'000'000'000};  // of one client: ten at once, then ten a minute
inline constexpr Rate kRequestRate{120, 50'000'000};   // of one session: quick hands, not a program
inline constexpr Rate kHandInRate{256, 1'000'000};     // of one session handing in sheets

class RateLimiter {
 public:
  explicit RateLimiter(const Rate& rate) : rate_(rate) {}

  // 0: go ahead, and one token is taken. Otherwise the seconds after which it is worth trying again (Retry-After), and
  // nothing is taken. Whoever has not asked for long is forgotten; where limits::kRateKeys are known, so is somebody
  // else: many addresses are not slowed down by this, which one of them is.
  std::uint64_t take(const std::string& who, std::uint64_t now_ns);
  std::size_t size() const { return full_at_ns_.size(); }

 private:
  void forget(std::uint64_t now_ns);
  Rate rate_;
  std::unordered_map<std::string, std::uint64_t> full_at_ns_;  // when the bucket will be full again
  std::uint64_t forgot_ns_ = 0;
};

// One refused attempt, for the coordinator. Holds no secret: never a PIN, a cookie or a token.
struct RefusedAttempt {
  UnixSeconds at;
  std::string client;  // address, or name of a key
  std::string reason;
  friend bool operator==(const RefusedAttempt&, const RefusedAttempt&) = default;
};

// The last limits::kRefusedAttempts of them; control characters become '?', long texts are cut.
class RefusedAttempts {
 public:
  void add(UnixSeconds at, std::string_view client, std::string_view reason);
  const std::deque<RefusedAttempt>& list() const { return list_; }  // oldest first
  std::uint64_t count() const { return count_; }                    // with those that are no longer listed

 private:
  std::deque<RefusedAttempt> list_;
  std::uint64_t count_ = 0;
};

}  // namespace scrutineer
