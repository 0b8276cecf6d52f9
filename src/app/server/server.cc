#include "app/server/server.h"

#include <chrono>

#include "app/projection/log_directory.h"
#include "app/server/state.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

// Between the ends of one publication and the start of the next: the pages are at most so much older than they must be.
constexpr std::chrono::milliseconds kPause{150};
constexpr std::chrono::milliseconds kLook{500};

}  // namespace

ui::Lang language_of(const http::Request& request) {
  auto known = [](std::string_view text) -> std::optional<ui::Lang> {
    if (text.starts_with("ko")) return ui::Lang::ko;
    if (text.starts_with("en")) return ui::Lang::en;
    return std::nullopt;
  };
  if (auto lang = known(request.parameter("lang"))) return *lang;
  if (auto lang = known(request.cookie("lang").value_or(""))) return *lang;
  return known(request.header("accept-language")).value_or(ui::Lang::ko);
}

http::Answer page(std::string html, int status) {
  http::Answer answer;
  answer.status = status;
  answer.body = std::move(html);
  return http::restricted(std::move(answer));
}

int status_of(ErrorCode code) {
  return http::problem(Error{code, "", ""}).status;
}

Status ElectionServer::State::open(Signer& log_key) {
  const std::string& directory = options.log_directory;
  SCRUTINEER_TRY(log, Log::open(disk, store_path(directory), log_key));
  SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk, trust_path(directory)));
  SCRUTINEER_TRY(roots, parse_roots(trust.roots));
  SCRUTINEER_TRY(RecordId id, parse_election_file(trust.election));
  SCRUTINEER_TRY(election, read_election(disk, directory, log->reader(), id));
  SCRUTINEER_TRY(collector, Collector::open(*log, *election, roots, {options.threads}));
  if (options.name.empty()) options.name = log->reader().key().name;
  SCRUTINEER_TRY(desk, Desk::open(disk, directory, *collector, log->reader(), *election, clock, rng,
                                  {options.name, options.data_lang}));
  SCRUTINEER_TRY(auto addresses, read_witnesses(disk, directory));
  if (!addresses.empty()) {
    auto proofs = [this](std::uint64_t from, std::uint64_t to) { return log->reader().consistency_proof(from, to); };
    SCRUTINEER_TRY(witnesses, WitnessPool::start(std::move(addresses), proofs));
  }
  if (publisher_key != nullptr) SCRUTINEER_CHECKED(start_publishing());
  if (!options.upstream.empty()) {
    http::ClientOptions upstream;
    upstream.base = options.upstream;
    upstream.ca_file = options.upstream_ca;
    SCRUTINEER_TRY(uplink, Uplink::start(disk, directory, log->reader(), *collector, upstream));
  }
  return {};
}

Status ElectionServer::State::start_publishing() {
  PublishSource source;
  source.read = [this](const auto& look) {
    collector->read([&](const Collector::View& view) { look(view.fold, view.folded); });
  };
  source.still = [this](const auto& prepare, const auto& use) {
    collector->still([&](const Collector::View& view) { prepare(view.fold, view.folded); }, use);
  };
  source.finish = [this] { collector->finish(); };
  source.acknowledged = [this](std::uint64_t folded) {
    return collector->wait_until(folded, std::chrono::seconds(10));
  };
  source.append = [this](const Bytes& entry) { return collector->submit(entry); };
  Cosigning cosigning;
  if (witnesses) {
    cosigning.offer = [this](const SignedCheckpoint& checkpoint) { witnesses->offer(checkpoint); };
    cosigning.collect = [this](const SignedCheckpoint& checkpoint) {
      auto cosigned = witnesses->collected(checkpoint.checkpoint.size);
      return cosigned ? cosigned->checkpoint : checkpoint;
    };
  }
  PublishOptions publishing_options{options.log_directory, options.bundle, options.data_lang,
                                    options.threads,       true,           options.progress};
  SCRUTINEER_TRY(publisher, LivePublisher::start(disk, *log, source, *election, *publisher_key, clock,
                                                 publishing_options, std::move(cosigning)));
  published_at = clock.now().value;
  published_size = publisher->last().log_size;
  SCRUTINEER_TRY(files, http::StaticFiles::open(options.bundle));
  return {};
}

Status ElectionServer::State::listen() {
  http::ServerOptions server_options;
  server_options.port = options.port;
  server_options.try_next_ports = options.try_next_ports;
  server_options.behind_proxy = options.behind_proxy;
  server_options.body_limit = body_limit_of;
  SCRUTINEER_TRY(http,
                 http::Server::start(server_options, [this](const http::Request& request) { return answer(request); }));
  std::vector<std::string> names = options.origins;
  for (const char* host : {"http://127.0.0.1:", "http://localhost:"})
    names.push_back(host + std::to_string(http->port()));
  std::vector<Origin> origins;
  for (const std::string& name : names) {
    SCRUTINEER_TRY(Origin origin, parse_origin(name));
    origins.push_back(std::move(origin));
  }
  std::lock_guard lock(publishing);
  door = std::make_unique<Door>(clock, rng, std::move(origins));
  ready = true;
  if (publisher) publishing_thread = std::thread([this] { publish_for_ever(); });
  return {};
}

// Pages follow the log; cosignatures follow the pages. Whatever goes wrong is said and tried again: records are taken
// meanwhile.
void ElectionServer::State::publish_for_ever() {
  std::uint64_t seen = published_size;
  std::string said;
  while (!ending) {
    collector->wait_for_change(seen, kLook);
    Status status;
    {
      std::lock_guard lock(publishing);
      auto published = publisher->publish();
      if (published) {
        seen = published->log_size;
        published_size = seen;
        published_at = clock.now().value;
        if (witnesses)
          if (auto cosigned = witnesses->collected(seen)) status = publisher->refresh(cosigned->checkpoint);
      } else {
        status = tl::unexpected(published.error());
      }
    }
    std::string now = status ? "" : to_string(status.error());
    if (now != said && !now.empty() && options.tell) options.tell("publishing: " + now);
    said = now;
    std::this_thread::sleep_for(kPause);
  }
}

http::Answer ElectionServer::State::answer(const http::Request& request) {
  if (!ready) return http::refusal(503, request.path);
  if (request.path.starts_with("/desk/")) return answer_desk(*this, request);
  if (request.path == "/desk") return http::see_other("/desk/");
  if (request.path.starts_with("/api/")) return answer_api(*this, request);
  if (request.path.starts_with("/web/") || (!publisher && request.path == "/style.css")) return answer_web(request);
  if (!publisher) return request.path == "/" ? http::see_other("/desk/") : http::refusal(404, request.path);
  if (request.path == "/explore") return answer_explore(*this, request);
  return answer_public(*this, request);
}

ElectionServer::State::~State() {
  if (http) http->stop();
  ending = true;
  if (publishing_thread.joinable()) publishing_thread.join();
  uplink.reset();
  if (collector) collector->stop();
}

ElectionServer::ElectionServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
ElectionServer::~ElectionServer() = default;

Result<std::unique_ptr<ElectionServer>> ElectionServer::start(Disk& disk, Clock& clock, Rng& rng, Signer& log_key,
                                                              const NamedKey* publisher, ServeOptions options) {
  auto state = std::make_unique<State>(disk, clock, rng, publisher, std::move(options));
  SCRUTINEER_CHECKED(state->open(log_key));
  SCRUTINEER_CHECKED(state->listen());
  return std::unique_ptr<ElectionServer>(new ElectionServer(std::move(state)));
}

void ElectionServer::while_it_stands(const std::function<void()>& look) {
  std::lock_guard lock(state_->publishing);
  look();
}

std::string ElectionServer::url() const {
  return state_->http->url();
}

std::uint16_t ElectionServer::port() const {
  return state_->http->port();
}

}  // namespace scrutineer
