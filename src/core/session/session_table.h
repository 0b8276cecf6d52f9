// Who is signed in. Time and randomness are parameters; nothing here is thread-safe: the caller holds a lock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"
#include "core/note/vkey.h"

namespace scrutineer {

// What a page may know of its session.
struct SessionView {
  VerifierKey key;
  std::string csrf;                // 64 hex digits; stands in every form of this session
  std::uint64_t seconds_left = 0;  // until it ends in any case; idleness may end it before
};

// Sessions end after limits::kSessionIdleSeconds without a request and after limits::kSessionSeconds in any case, by
// the monotonic clock, which nobody can set. The table knows hashes of ids only: whoever reads it cannot act as
// anybody.
class SessionTable {
 public:
  SessionTable(Clock& clock, Rng& rng);

  // A new session's id: 64 hex digits for the cookie, never shown or logged. Where the key has
  // limits::kSessionsPerKey of them, its oldest ends. Error: busy (limits::kSessions).
  Result<std::string> open(const VerifierKey& key);
  // The session of that cookie, and it has been used now. nullopt: none, or over.
  std::optional<SessionView> use(std::string_view id);
  // True if `token` is that of this session. In constant time; use() says whether the session still lives.
  bool csrf_good(std::string_view id, std::string_view token) const;
  void close(std::string_view id);                // sign-out
  std::size_t close_all(const VerifierKey& key);  // the key's grant was revoked; how many sessions it had
  std::size_t size();                             // those that live

 private:
  struct Session {
    VerifierKey key;
    std::uint64_t opened_ns = 0, used_ns = 0;
  };
  bool over(const Session& session, std::uint64_t now_ns) const;
  void sweep(std::uint64_t now_ns);
  std::string csrf(std::string_view id) const;

  Clock& clock_;
  Rng& rng_;
  SecretBytes secret_;                             // of the CSRF tokens; new with each start, as the sessions are
  std::unordered_map<Hash256, Session> sessions_;  // by SHA-256 of the id
};

}  // namespace scrutineer
