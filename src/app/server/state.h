// What a running server consists of; private to app/server.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "app/bundle/publish.h"
#include "app/collect/collector.h"
#include "app/collect/desk.h"
#include "app/http/server.h"
#include "app/server/server.h"
#include "app/server/uplink.h"
#include "app/witness/ask.h"
#include "core/session/challenge.h"
#include "core/session/rate_limiter.h"
#include "core/session/session_table.h"

namespace scrutineer {

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

  // Seconds to wait; 0: go ahead.
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
  RateLimiter sign_ins_{kSignInRate};
  RateLimiter requests_{kRequestRate};
  RefusedAttempts attempts_;
  std::map<Hash256, ui::DeskMessage> messages_;  // by hash of the session id
};

struct ElectionServer::State {
  State(Disk& d, Clock& c, Rng& r, const NamedKey* p, ServeOptions o)
      : disk(d), clock(c), rng(r), publisher_key(p), options(std::move(o)) {}
  ~State();

  Status open(Signer& log_key);
  Status start_publishing();
  Status listen();
  void publish_for_ever();

  // routes
  http::Answer answer(const http::Request& request);

  Disk& disk;
  Clock& clock;
  Rng& rng;
  const NamedKey* publisher_key;
  ServeOptions options;

  std::unique_ptr<Log> log;
  Roots roots;
  std::optional<Election> election;
  std::unique_ptr<Collector> collector;
  std::unique_ptr<Desk> desk;
  std::unique_ptr<WitnessPool> witnesses;
  std::unique_ptr<LivePublisher> publisher;  // nullptr where nothing is published
  std::mutex publishing;                     // held while the bundle changes: whoever archives it waits
  std::unique_ptr<http::StaticFiles> files;
  std::unique_ptr<http::StaticFiles> archive;  // LOGDIR/archive
  std::uint64_t archived_size = 0, archived_ns = 0;
  std::mutex archive_mutex;  // of these three
  std::unique_ptr<Uplink> uplink;
  std::unique_ptr<Door> door;
  std::unique_ptr<http::Server> http;
  std::map<std::string, Bytes> packages;  // hand-over files made here, by name
  // What somebody was shown to sign, by session: the time in it and the text.
  std::map<std::string, std::pair<std::string, std::string>> pack_pending;
  std::mutex packages_mutex;       // of these two
  std::atomic<bool> ready{false};  // the door is there
  std::atomic<bool> ending{false};
  std::thread publishing_thread;
  std::atomic<std::int64_t> published_at{0};     // Unix seconds
  std::atomic<std::uint64_t> published_size{0};  // of the log that is published
};

// What a handler below /desk/ knows.
struct DeskContext {
  ElectionServer::State& server;
  const http::Request& request;
  std::vector<http::Field> form;  // of a POST
  std::string session;            // id
  DeskPerson person;
  ui::DeskFrame frame;
  std::string_view field(std::string_view name) const;
  DeskCell cell() const;  // unit and contest, from the form or the address
};

ui::Lang language_of(const http::Request& request);
http::Answer page(std::string html, int status = 200);
int status_of(ErrorCode code);

// Each answers what begins with its prefix.
http::Answer answer_public(ElectionServer::State& server, const http::Request& request);
http::Answer answer_api(ElectionServer::State& server, const http::Request& request);
http::Answer answer_web(const http::Request& request);
http::Answer answer_explore(ElectionServer::State& server, const http::Request& request);
http::Answer answer_desk(ElectionServer::State& server, const http::Request& request);
http::Answer get_desk(DeskContext& context, std::string_view place);
http::Answer post_desk(DeskContext& context, std::string_view place);
http::Answer handover_page(DeskContext& context, std::optional<ui::DeskMessage> message);
http::Answer post_handover(DeskContext& context, std::string_view place);
http::Answer reconcile_page(DeskContext& context);
http::Answer refusal_page(const ui::DeskFrame& frame, const DeskRefusal& refusal);
http::Answer refusal_page(const ui::DeskFrame& frame, int status, ui::DeskMessage message);

std::size_t body_limit_of(std::string_view method, std::string_view path);

}  // namespace scrutineer
