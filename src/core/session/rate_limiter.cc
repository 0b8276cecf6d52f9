#include "core/session/rate_limiter.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/session/limits.h"

namespace scrutineer {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

std::string plain(std::string_view text) {
  std::string out(text.substr(0, limits::kAttemptTextBytes));
  out.resize(utf8_prefix(out));  // never half a character
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return out;
}

}  // namespace

void RateLimiter::forget(std::uint64_t now_ns) {
  if (full_at_ns_.size() < limits::kRateKeys) return;
  // Going through all of them at each request would be the attack itself: at most once a second.
  if (now_ns - forgot_ns_ >= kSecond) {
    forgot_ns_ = now_ns;
    std::erase_if(full_at_ns_, [&](const auto& entry) { return entry.second <= now_ns; });
  }
  if (full_at_ns_.size() >= limits::kRateKeys) full_at_ns_.erase(full_at_ns_.begin());
}

std::uint64_t RateLimiter::take(const std::string& who, std::uint64_t now_ns) {
  auto found = full_at_ns_.find(who);
  if (found == full_at_ns_.end()) {
    forget(now_ns);
    found = full_at_ns_.emplace(who, now_ns).first;
  }
  std::uint64_t full_at = std::max(found->second, now_ns);
  // Of `burst` tokens (full_at - now) / refill are missing, rounded up; one must be there.
  std::uint64_t room = (rate_.burst - 1) * rate_.refill_ns;
  if (full_at - now_ns > room) return std::max<std::uint64_t>(1, (full_at - now_ns - room + kSecond - 1) / kSecond);
  found->second = full_at + rate_.refill_ns;
  return 0;
}

void RefusedAttempts::add(UnixSeconds at, std::string_view client, std::string_view reason) {
  ++count_;
  if (list_.size() >= limits::kRefusedAttempts) list_.pop_front();
  list_.push_back({at, plain(client), plain(reason)});
}

}  // namespace scrutineer
