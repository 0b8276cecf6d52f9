// What every server with restricted pages has: sign-in, sessions, a turnstile for what costs much. Private to
// app/server.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/http/message.h"
#include "app/ui/desk_model.h"
#include "core/session/challenge.h"
#include "core/session/rate_limiter.h"
#include "core/session/session_table.h"

namespace scrutineer {

inline constexpr Rate kQuestionRate{60, 1'000'000'000};  // of one client: a hall full of people behind one address

// How many may do something costly at once. Whoever does not get a turn in time is told to come again.
class Turnstile {
 public:
  explicit Turnstile(std::size_t places) : free_(places) {}
  class Turn {
   public:
    explicit Turn(Turnstile& of, bool has) : of_(of), has_(has) {}
    Turn(const Turn&) = delete;
    ~Turn();
    explicit operator bool() const { return has_; }

   private:
    Turnstile& of_;
    const bool has_;
  };
  Turn enter();

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  std::size_t free_;
};

// Sign-in, sessions, and what was said to each session last. Holds its own lock.
class Door {
 public:
  Door(Clock& clock, Rng& rng, std::vector<Origin> origins)
      : clock_(clock), rng_(rng), origins_(std::move(origins)), sessions_(clock, rng) {}

  bool knows(std::string_view origin) const;
  // The text that a person signs to come in through that address. unauthorised: not an address of ours.
  Result<std::string> ask(std::string_view origin);
  // Who has answered rightly; a session is not opened yet. Errors are recorded as refused attempts.
  Result<VerifierKey> answer(std::string_view text, const NoteSignature& signature, const std::string& client);
  Result<std::string> open(const VerifierKey& key);
  std::optional<SessionView> use(std::string_view id);
  bool csrf_good(std::string_view id, std::string_view token) const;
  void close(std::string_view id);
  void close_all(const VerifierKey& key);

  // Seconds to wait; 0: go ahead. Questions are limited, too: only so many are open, and strangers could make those of
  // honest people go.
  std::uint64_t wait_before_question(const std::string& client);
  std::uint64_t wait_before_sign_in(const std::string& client);
  std::uint64_t wait_before_request(const std::string& session);
  void refused(const std::string& client, const std::string& reason);
  std::vector<RefusedAttempt> refused_attempts() const;  // newest first, at most 100

  // A sentence for the next page of that session.
  void say(std::string_view session, ui::DeskMessage message);
  std::optional<ui::DeskMessage> said(std::string_view session);

 private:
  mutable std::mutex mutex_;
  Clock& clock_;
  Rng& rng_;
  std::vector<Origin> origins_;
  OpenChallenges challenges_;
  SessionTable sessions_;
  RateLimiter questions_{kQuestionRate};
  RateLimiter sign_ins_{kSignInRate};
  RateLimiter requests_{kRequestRate};
  RefusedAttempts attempts_;
  std::map<Hash256, ui::DeskMessage> messages_;  // by hash of the session id
};

// ---- Around every request ----

ui::Lang language_of(const http::Request& request);
// The answer, and the language remembered where the address names one: forms lead to addresses that name none.
http::Answer in_language_of(const http::Request& request, http::Answer answer);
http::Answer page(std::string html, int status = 200);
int status_of(ErrorCode code);
// The scripts and style sheets of the pages, below /web/.
http::Answer answer_web(const http::Request& request);
// 503 with a time after which it is worth trying again.
http::Answer come_again(std::string_view path, std::uint64_t seconds = 2, int status = 503);

// Browsers send a __Host- cookie over TLS only, and for no other path or domain (RFC 6265bis section 4.1.3.2).
std::string_view session_cookie_name(const http::Request& request);
http::Field session_cookie(const http::Request& request, const std::string& id);  // empty: forgotten
// The address that the browser is at: of a form what it says itself, of a page what it asked for.
std::string origin_of(const http::Request& request);
// Fields of a form, those of a multipart body that are no files included.
Result<std::vector<http::Field>> form_of(const http::Request& request);

}  // namespace scrutineer
