#include "app/server/server.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "app/projection/log_directory.h"
#include "app/server/state.h"
#include "core/base/limits.h"

namespace scrutineer {
namespace {

// Between the ends of one publication and the start of the next: the pages are at most so much older than they must be.
constexpr std::chrono::milliseconds kPause{150};
constexpr std::chrono::milliseconds kLook{500};
constexpr std::chrono::milliseconds kPauseAfterTrouble{2'000};
constexpr std::chrono::milliseconds kWitnessWait{1'900};

// The newest checkpoint of this log that a witness has seen: a log that is older than that was put back from a copy,
// and would fork if it went on. All are asked at the same time; whoever is slow or silent is not waited for.
std::optional<Bytes> last_witnessed(const std::vector<WitnessAddress>& witnesses, const VerifierKey& log) {
  AskOptions ask;
  ask.connect = ask.whole = kWitnessWait;
  std::vector<std::optional<SignedCheckpoint>> seen(witnesses.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < witnesses.size(); ++i)
    threads.emplace_back([&, i] {
      auto answer = ask_last_seen(witnesses[i], log, ask);
      if (answer) seen[i] = std::move(*answer);
    });
  for (std::thread& thread : threads) thread.join();
  const SignedCheckpoint* newest = nullptr;
  for (const auto& one : seen)
    if (one && (newest == nullptr || one->checkpoint.size > newest->checkpoint.size)) newest = &*one;
  if (newest == nullptr) return std::nullopt;
  return to_bytes(newest->note);
}

// A bundle is replaced as a whole and shown to everybody: the log's directory, with its keys, must be nowhere in it.
Status apart(const std::string& log_directory, const std::string& bundle) {
  std::error_code ignored;
  auto whole = [&](const std::string& path) {
    std::string text = std::filesystem::weakly_canonical(path, ignored).string();
    return text.ends_with('/') ? text : text + "/";
  };
  if (whole(log_directory).starts_with(whole(bundle)))
    return fail(ErrorCode::invalid_argument, "the pages may not go where the log is: everybody could read its keys",
                bundle);
  return {};
}

}  // namespace

Status ElectionServer::State::open(Signer& log_key) {
  const std::string& directory = options.log_directory;
  if (publisher_key != nullptr) SCRUTINEER_CHECKED(apart(directory, options.bundle));
  SCRUTINEER_TRY(TrustFiles trust, read_trust_directory(disk, trust_path(directory)));
  SCRUTINEER_TRY(auto addresses, read_witnesses(disk, directory));
  LogOptions log_options;
  if (!addresses.empty()) {
    SCRUTINEER_TRY(auto policy, parse_policy(trust.policy));
    for (const Policy::Log& one : policy.logs())
      if (one.key.key == log_key.public_key()) log_options.witness_checkpoint = last_witnessed(addresses, one.key);
  }
  SCRUTINEER_TRY(log, Log::open(disk, store_path(directory), log_key, std::move(log_options)));
  SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(disk, directory, log->reader()));
  roots = std::move(trusted.roots);
  election = std::move(trusted.election);
  SCRUTINEER_TRY(collector, Collector::open(*log, *election, roots, {options.threads}));
  if (options.name.empty()) options.name = log->reader().key().name;
  SCRUTINEER_CHECKED(open_papers());
  DeskOptions desk_options{options.name, options.data_lang, {}};
  if (papers)
    desk_options.machine = [this](const UnitId& unit, const ContestId& contest) -> std::optional<MachineReadings> {
      auto figures = papers->machine(unit, contest);
      if (!figures) return std::nullopt;
      return MachineReadings{std::move(figures->sorted), figures->to_recheck};
    };
  SCRUTINEER_TRY(
      desk, Desk::open(disk, directory, *collector, log->reader(), *election, clock, rng, std::move(desk_options)));
  if (!addresses.empty()) {
    auto proofs = [this](std::uint64_t from, std::uint64_t to) { return log->reader().consistency_proof(from, to); };
    SCRUTINEER_TRY(witnesses, WitnessPool::start(std::move(addresses), proofs));
  }
  if (publisher_key != nullptr) SCRUTINEER_CHECKED(start_publishing());
  if (!options.upstream.empty()) {
    http::ClientOptions upstream;
    upstream.base = options.upstream;
    upstream.ca_file = options.upstream_ca;
    SCRUTINEER_TRY(uplink, Uplink::start(disk, directory, election->id(), log->reader(), *collector, upstream));
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
  // Behind a proxy, whoever comes to this port on the machine itself goes around its limits and its encryption.
  if (!options.behind_proxy || options.also_plain)
    for (const char* host : {"http://127.0.0.1:", "http://localhost:"})
      names.push_back(host + std::to_string(http->port()));
  std::vector<Origin> origins;
  for (const std::string& name : names) {
    SCRUTINEER_TRY(Origin origin, parse_origin(name));
    origins.push_back(std::move(origin));
  }
  door = std::make_unique<Door>(clock, rng, std::move(origins));
  ready = true;
  watching = std::thread([this] { watch(); });
  return {};
}

void ElectionServer::State::tell_once(const std::string& line) {
  if (line != told && !line.empty() && options.tell) options.tell(line);
  told = line;
}

// A witness that has seen another log of this name is believed at once, and until somebody has looked and started the
// server again: either this log is an old copy, or two servers sign it. Records are taken meanwhile.
void ElectionServer::State::look_at_witnesses() {
  if (!witnesses || other_history) return;
  for (const WitnessStanding& one : witnesses->standings()) {
    if (one.trouble != WitnessTrouble::other_history) continue;
    other_history = true;
    if (options.tell)
      options.tell("PUBLISHING HAS STOPPED. The witness " + one.name + " has seen another history of this log: " +
                   one.words + ". Either this log is an old copy, or two servers sign it. See the runbook on mirrors.");
  }
}

Status ElectionServer::State::publish_once() {
  std::lock_guard lock(publishing);
  SCRUTINEER_TRY(Published published, publisher->publish());
  published_size = published.log_size;
  published_at = clock.now().value;
  if (!witnesses) return {};
  auto cosigned = witnesses->collected(published.log_size);
  return cosigned ? publisher->refresh(cosigned->checkpoint) : Status();
}

// Pages follow the log; cosignatures follow the pages. Whatever goes wrong is said and tried again: records are taken
// meanwhile.
void ElectionServer::State::watch() {
  bool last = false;
  while (!last) {
    const std::uint64_t before = collector->acknowledged();
    last = ending;  // what came in before the end is published
    look_at_witnesses();
    Status status;
    if (publisher && !other_history) status = publish_once();
    auto stopped = collector->stopped();
    tell_once(!status   ? "publishing: " + to_string(status.error())
              : stopped ? "nothing more is taken: " + to_string(*stopped)
                        : "");
    if (last) return;
    collector->wait_for_change(std::max<std::uint64_t>(before, published_size), kLook);
    std::this_thread::sleep_for(status && !stopped ? kPause : kPauseAfterTrouble);
  }
}

std::optional<ui::DeskMessage> ElectionServer::State::trouble() const {
  if (auto stopped = collector->stopped()) return message_of(DeskRefusal(*stopped));
  if (auto stopped = desk->stopped()) return message_of(DeskRefusal(*stopped));
  if (other_history)
    return message_of(DeskRefusal(ErrorCode::conflict,
                                  "공개를 멈추었습니다. 이 로그의 다른 역사를 본 입회 서버가 있습니다. 서버 관리자를 "
                                  "부르십시오. 기록은 계속 받습니다.",
                                  "Publishing has stopped: a witness has seen another history of this log. Call the "
                                  "server's operator. Records are still taken."));
  return std::nullopt;
}

std::optional<ui::DeskMessage> ElectionServer::State::link_trouble() const {
  if (!uplink) return std::nullopt;
  const Uplink::Refusals refusals = uplink->refusals();
  if (refusals.records == 0) return std::nullopt;
  const std::string count = std::to_string(refusals.records);
  return message_of(DeskRefusal(ErrorCode::conflict,
                                "위 서버가 기록 " + count + "건을 받지 않았습니다: " + refusals.last,
                                "The server above has not taken " + count + " of the records here: " + refusals.last));
}

// A counting centre has no public pages of its own: those of the server above it, at the address that it was given.
static http::Answer answer_without_pages(const ServeOptions& options, const http::Request& request) {
  if (request.path == "/") return http::see_other("/desk/");
  for (const char* page : {"/explore", "/ko/index.html", "/en/index.html"})
    if (request.path == page && !options.upstream.empty()) return http::see_other(options.upstream + page);
  return http::refusal(404, request.path);
}

http::Answer ElectionServer::State::answer(const http::Request& request) {
  if (!ready) return http::refusal(503, request.path);
  if (request.path.starts_with("/desk/")) return answer_desk(*this, request);
  if (request.path == "/desk") return http::see_other("/desk/");
  if (request.path.starts_with("/api/")) return answer_api(*this, request);
  if (request.path.starts_with("/web/") || (!publisher && request.path == "/style.css")) return answer_web(request);
  if (!publisher) return answer_without_pages(options, request);
  if (request.path == "/explore") return in_language_of(request, answer_explore(*this, request));
  return answer_public(*this, request);
}

ElectionServer::State::~State() {
  if (http) http->stop();
  ending = true;
  if (watching.joinable()) watching.join();
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
