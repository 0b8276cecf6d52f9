// Limits of sign-in and sessions (docs/formats/sign-in.md).
#pragma once

#include <cstddef>
#include <cstdint>

namespace scrutineer::limits {

inline constexpr std::size_t kOriginBytes = 255;
inline constexpr std::size_t kChallengeBytes = 2'048;      // the whole text
inline constexpr std::int64_t kChallengeSeconds = 120;     // from the question to the answer
inline constexpr std::size_t kSignatureTextBytes = 1'024;  // base64, in a form
inline constexpr std::size_t kOpenChallenges = 10'000;     // asked and not yet answered; then the oldest goes
inline constexpr std::uint64_t kSessionIdleSeconds = 30 * 60;
inline constexpr std::uint64_t kSessionSeconds = 12 * 60 * 60;  // a counting night, then sign in again
inline constexpr std::size_t kSessionsPerKey = 4;               // then the oldest of that key ends
inline constexpr std::size_t kSessions = 10'000;
inline constexpr std::size_t kRateKeys = 65'536;         // clients and keys that a rate limiter remembers
inline constexpr std::size_t kRefusedAttempts = 10'000;  // kept for the coordinator; then the oldest goes
inline constexpr std::size_t kAttemptTextBytes = 512;    // of the client and of the reason

}  // namespace scrutineer::limits
