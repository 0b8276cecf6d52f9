// What a running server consists of; private to app/server.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "app/adjudicate/service.h"
#include "app/bundle/publish.h"
#include "app/collect/collector.h"
#include "app/collect/desk.h"
#include "app/http/server.h"
#include "app/server/door.h"
#include "app/server/server.h"
#include "app/server/uplink.h"
#include "app/witness/ask.h"

namespace scrutineer {

// A hand-over file that somebody has made here and may fetch.
struct MadePackage {
  Hash256 session;  // whose it is
  std::string name;
  Bytes file;
};
struct AskedToSign {
  std::string at, text;
};

struct ElectionServer::State {
  State(Disk& d, Clock& c, Rng& r, const NamedKey* p, ServeOptions o)
      : disk(d), clock(c), rng(r), publisher_key(p), options(std::move(o)) {}
  ~State();

  Status open(Signer& log_key);
  Status open_papers();
  Status start_publishing();
  Status listen();
  void watch();  // publishes for ever, and says what goes wrong
  Status publish_once();
  void look_at_witnesses();
  void tell_once(const std::string& line);
  // What everybody at the desk has to know before anything else, if there is something.
  std::optional<ui::DeskMessage> trouble() const;
  std::optional<ui::DeskMessage> link_trouble() const;

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
  std::unique_ptr<PaperService> papers;  // nullptr: no papers here
  std::unique_ptr<Desk> desk;
  std::unique_ptr<WitnessPool> witnesses;
  std::unique_ptr<LivePublisher> publisher;  // nullptr where nothing is published
  std::mutex publishing;                     // held while the bundle changes: whoever archives it waits
  std::unique_ptr<http::StaticFiles> files;
  std::unique_ptr<http::StaticFiles> archive;  // LOGDIR/archive
  std::uint64_t archived_size = 0, archive_due_ns = 0;
  std::mutex archive_mutex;                                      // of these three
  std::atomic<const http::StaticFiles*> archive_there{nullptr};  // archive, for who does not hold its lock
  std::unique_ptr<Uplink> uplink;
  std::unique_ptr<Door> door;
  std::unique_ptr<http::Server> http;
  std::deque<MadePackage> packages;             // the newest last
  std::map<Hash256, AskedToSign> pack_pending;  // by hash of the session id
  std::mutex packages_mutex;                    // of these two
  Turnstile packing{1};                         // files of many records, in memory
  Turnstile searching{3};
  std::atomic<bool> ready{false};  // the door is there
  std::atomic<bool> ending{false};
  std::thread watching;
  std::string told;                           // last, by that thread
  std::atomic<bool> other_history{false};     // a witness has seen another log of this name: nothing more is published
  std::atomic<std::int64_t> published_at{0};  // Unix seconds
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

// Each answers what begins with its prefix.
http::Answer answer_public(ElectionServer::State& server, const http::Request& request);
http::Answer answer_api(ElectionServer::State& server, const http::Request& request);
http::Answer answer_explore(ElectionServer::State& server, const http::Request& request);
http::Answer answer_desk(ElectionServer::State& server, const http::Request& request);
http::Answer get_desk(DeskContext& context, std::string_view place);
http::Answer post_desk(DeskContext& context, std::string_view place);
http::Answer get_paper(DeskContext& context, std::string_view place);
http::Answer post_paper(DeskContext& context, std::string_view place);
http::Answer handover_page(DeskContext& context, std::optional<ui::DeskMessage> message);
http::Answer post_handover(DeskContext& context, std::string_view place);
http::Answer reconcile_page(DeskContext& context);
// What people read. Of errors of this machine only what kind it is: their words name files.
ui::DeskMessage message_of(const DeskRefusal& refusal);
http::Answer refusal_page(const ui::DeskFrame& frame, const DeskRefusal& refusal);
http::Answer refusal_page(const ui::DeskFrame& frame, int status, ui::DeskMessage message);

std::size_t body_limit_of(std::string_view method, std::string_view path);

}  // namespace scrutineer
