#include "core/session/session_table.h"

#include "core/crypto/hash.h"
#include "core/crypto/hmac.h"
#include "core/session/limits.h"

namespace scrutineer {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

}  // namespace

SessionTable::SessionTable(Clock& clock, Rng& rng) : clock_(clock), rng_(rng), secret_(32) {
  rng_.fill({secret_.data(), secret_.size()});
}

bool SessionTable::over(const Session& session, std::uint64_t now_ns) const {
  return now_ns - session.used_ns >= limits::kSessionIdleSeconds * kSecond ||
         now_ns - session.opened_ns >= limits::kSessionSeconds * kSecond;
}

void SessionTable::sweep(std::uint64_t now_ns) {
  std::erase_if(sessions_, [&](const auto& entry) { return over(entry.second, now_ns); });
}

Result<std::string> SessionTable::open(const VerifierKey& key) {
  std::uint64_t now = clock_.monotonic_ns();
  sweep(now);
  auto oldest = sessions_.end();
  std::size_t of_key = 0;
  for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
    if (it->second.key != key) continue;
    ++of_key;
    if (oldest == sessions_.end() || it->second.opened_ns < oldest->second.opened_ns) oldest = it;
  }
  if (of_key >= limits::kSessionsPerKey) sessions_.erase(oldest);
  if (sessions_.size() >= limits::kSessions)
    return fail(ErrorCode::busy, "too many people are signed in: try again in a few minutes");
  Hash256 drawn;
  rng_.fill(drawn.bytes);
  std::string id = to_hex(drawn);
  sessions_[sha256(id)] = Session{key, now, now};
  return id;
}

std::optional<SessionView> SessionTable::use(std::string_view id) {
  auto found = sessions_.find(sha256(id));
  if (found == sessions_.end()) return std::nullopt;
  std::uint64_t now = clock_.monotonic_ns();
  if (over(found->second, now)) return sessions_.erase(found), std::nullopt;
  found->second.used_ns = now;
  std::uint64_t age = (now - found->second.opened_ns) / kSecond;
  return SessionView{found->second.key, csrf(id), limits::kSessionSeconds - age};
}

std::string SessionTable::csrf(std::string_view id) const {
  return to_hex(hmac_sha256(secret_.view(), "csrf\n" + std::string(id)));
}

bool SessionTable::csrf_good(std::string_view id, std::string_view token) const {
  return equal_constant_time(csrf(id), token);
}

void SessionTable::close(std::string_view id) {
  sessions_.erase(sha256(id));
}

std::size_t SessionTable::close_all(const VerifierKey& key) {
  return std::erase_if(sessions_, [&](const auto& entry) { return entry.second.key == key; });
}

std::size_t SessionTable::size() {
  sweep(clock_.monotonic_ns());
  return sessions_.size();
}

}  // namespace scrutineer
