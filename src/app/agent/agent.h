// The signing agent: a person's key answers one page, the counting centre's, on this computer alone
// (docs/formats/sign-in.md, "Agent"). It shows what is to be signed before it signs, and signs nothing but records
// and sign-ins to that page's own server.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "app/agent/key_holder.h"
#include "app/http/message.h"
#include "core/base/clock.h"
#include "core/session/origin.h"
#include "core/session/rate_limiter.h"

namespace scrutineer::agent {

inline constexpr std::uint16_t kPort = 47110;
inline constexpr std::size_t kBodyBytes = 192u << 10;  // a record of 65,535 bytes, its quotes escaped, and a PIN
inline constexpr std::size_t kSecretBytes = 1'024;
inline constexpr int kWrongSecrets = 3;                // in a row; then the person at the terminal says go on
inline constexpr Rate kSignRate{20, 3'000'000'000};    // twenty at once, then one in three seconds
inline constexpr Rate kNoticeRate{5, 12'000'000'000};  // refused attempts of one kind that are shown

// The person at the agent's terminal. Thread-safe.
class Console {
 public:
  virtual ~Console() = default;
  virtual void show(const std::vector<std::string>& lines) = 0;
  // Empty: nobody is there, or nothing was typed.
  virtual SecretBytes ask_secret(const std::string& prompt) = 0;
  virtual bool confirm(const std::string& question) = 0;
};

struct AgentOptions {
  Origin origin;         // the page that may ask
  bool ask = false;      // the PIN is typed at the terminal, never in the page
  bool unasked = false;  // a key that asks for no secret signs without a question at the terminal: simulations
};

// How many bytes of body a request may have: for http::ServerOptions.
std::size_t body_limit(std::string_view method, std::string_view path);

class Agent {
 public:
  Agent(const AgentOptions& options, KeyHolder& key, Console& console, Clock& clock)
      : options_(options), key_(key), console_(console), clock_(clock), rate_(kSignRate), notices_(kNoticeRate) {}

  http::Answer answer(const http::Request& request);  // thread-safe
  // The port at which it answers; until then everything is refused.
  void serve_at(std::uint16_t port) { port_ = port; }
  bool locked() const { return wrong_ >= kWrongSecrets; }
  void go_on() { wrong_ = 0; }

 private:
  Agreed<std::string> decide(const http::Request& request);
  Agreed<std::string> show_key() const;
  Agreed<std::string> sign(const http::Request& request);
  Agreed<void> check_text(std::string_view text) const;
  Agreed<SecretBytes> secret(std::string_view from_page);
  void note_refusal(const http::Request& request, const Refused& refused);

  AgentOptions options_;
  KeyHolder& key_;
  Console& console_;
  Clock& clock_;
  std::atomic<std::uint16_t> port_ = 0;
  std::mutex signing_;  // one signature at a time: a person reads one text at a time
  std::mutex noticing_;
  std::atomic<int> wrong_ = 0;
  RateLimiter rate_;
  RateLimiter notices_;
};

}  // namespace scrutineer::agent
