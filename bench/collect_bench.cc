// A counting night at the server's door: 64 clients in another process hand in signed sheets over HTTP, each waiting
// for its acknowledgement. On the disk it is given; everything is verified, folded, durable and covered by a signed
// checkpoint before it is acknowledged.
//
//   collect_bench [--directory DIR] [--units N] [--clients N]      default /tmp, 20000, 64
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "app/collect/collector.h"
#include "app/demo/simulation.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/client.h"
#include "app/http/server.h"
#include "app/threads/parallel.h"
#include "bench/measure.h"
#include "core/note/key_file.h"

namespace scrutineer::bench {
namespace {

constexpr const char* kPath = "/api/v1/records";
constexpr std::size_t kAnswerBytes = 64u << 10;
constexpr std::size_t kLookEvery = 100;  // milliseconds between two looks at the whole fold

struct Options {
  std::string directory = "/tmp";
  std::size_t units = 20'000;
  std::size_t clients = 64;
};

// What the clients' process tells the server's.
struct Outcome {
  std::uint64_t accepted = 0, refused = 0;
  double seconds = 0, p50 = 0, p99 = 0, worst = 0;  // milliseconds but for the first
};

struct Night {
  std::vector<Bytes> setup;   // definition and grants
  std::vector<Bytes> sheets;  // complete: three signatures
};

bool is_sheet(const Bytes& note) {
  auto entry = parse_entry(note);
  return entry && entry->record.type() == RecordType::count_sheet && entry->signatures.size() == 3;
}

Night make_night(const SimulatedElection& simulation) {
  constexpr std::size_t kPiece = 256;
  std::size_t pieces = (simulation.size() + kPiece - 1) / kPiece;
  std::vector<std::vector<Bytes>> made(pieces);
  parallel_for(pieces, default_threads(), 1, [&](std::size_t i, std::size_t) {
    made[i] = simulation.make(i * kPiece, std::min(simulation.size(), (i + 1) * kPiece));
  });
  Night night;
  std::size_t number = 0;
  for (auto& piece : made)
    for (Bytes& note : piece) {
      if (number++ < simulation.setup_size())
        night.setup.push_back(std::move(note));
      else if (is_sheet(note))
        night.sheets.push_back(std::move(note));
    }
  return night;
}

Election election_of(const SimulatedElection& simulation) {
  return must(Election::build(simulation.election(), simulation.definition(), simulation.units_blob(),
                              simulation.options_blob(), simulation.rules_blob()));
}

// Each client takes the next sheet and waits for its answer, on a connection that stays open.
Outcome hand_in(const std::vector<Bytes>& sheets, std::size_t clients, const std::string& base) {
  std::vector<double> waited(sheets.size());
  std::atomic<std::size_t> next{0}, refused{0};
  double seconds = seconds_of([&] {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < clients; ++i)
      threads.emplace_back([&] {
        http::ClientOptions options;
        options.base = base;
        auto client = must(http::Client::make(options));
        for (std::size_t sheet; (sheet = next++) < sheets.size();) {
          double begin = seconds_now();
          auto answer = must(client->post(kPath, "text/plain; charset=utf-8", sheets[sheet], kAnswerBytes));
          waited[sheet] = (seconds_now() - begin) * 1e3;
          if (answer.status != 200) ++refused;
        }
      });
  });
  std::sort(waited.begin(), waited.end());
  return {waited.size() - refused,          refused,      seconds, waited[waited.size() / 2],
          waited[waited.size() * 99 / 100], waited.back()};
}

// The clients' process, which waits for the server's port on `in` and writes its Outcome to `out`.
[[noreturn]] void be_clients(const Night& night, std::size_t clients, int in, int out) {
  std::uint16_t port = 0;
  if (::read(in, &port, sizeof port) != sizeof port) std::_Exit(2);
  Outcome outcome = hand_in(night.sheets, clients, "http://127.0.0.1:" + std::to_string(port));
  if (::write(out, &outcome, sizeof outcome) != sizeof outcome) std::_Exit(2);
  std::_Exit(0);
}

http::Answer take(Collector& collector, const http::Request& request) {
  if (request.method != "POST" || request.path != kPath) return http::problem(404, "not_found", "Not found", "");
  auto appended = collector.submit(request.body);
  if (!appended) return http::problem(appended.error());
  http::Answer answer;
  answer.type = "application/json";
  answer.body = R"({"index":)" + std::to_string(appended->index) + "}";
  return answer;
}

// A publisher who looks at the totals of every area, again and again.
void look(const Collector& collector, const std::atomic<bool>& done, std::atomic<std::int64_t>& seen) {
  while (!done) {
    collector.wait_for_change(collector.acknowledged(), std::chrono::milliseconds(kLookEvery));
    collector.read([&](const Collector::View& view) {
      std::int64_t sheets = 0;
      for (AreaIndex area = 0; area < view.election.tree().areas().size(); ++area)
        sheets += view.fold.tally().totals(0, area).sheets;
      seen = sheets;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(kLookEvery));
  }
}

Outcome serve(Collector& collector, const Options& options, int out, int in) {
  http::ServerOptions server_options;
  server_options.port = 0;
  server_options.threads = options.clients + 32;
  server_options.body_limit = [](std::string_view, std::string_view) { return limits::kEntryBytes; };
  auto server =
      must(http::Server::start(server_options, [&](const http::Request& request) { return take(collector, request); }));
  std::atomic<bool> done{false};
  std::atomic<std::int64_t> seen{0};
  std::jthread looker([&] { look(collector, done, seen); });
  std::uint16_t port = server->port();
  if (::write(out, &port, sizeof port) != sizeof port) std::exit(2);
  Outcome outcome;
  if (::read(in, &outcome, sizeof outcome) != sizeof outcome) std::exit(2);
  done = true;
  server->stop();
  return outcome;
}

int run(const Options& options) {
  Table table("collect_bench: HTTP, signatures, fold, durable log and signed checkpoint, clients on the same machine");
  SimulationOptions simulated;
  simulated.units = options.units;
  auto simulation = must(SimulatedElection::build(simulated));
  Election election = election_of(simulation);
  Roots roots = simulation.roots();
  Night night = make_night(simulation);

  int to_clients[2], to_server[2];
  if (::pipe(to_clients) != 0 || ::pipe(to_server) != 0) return 2;
  pid_t clients = ::fork();
  if (clients == 0) be_clients(night, options.clients, to_clients[0], to_server[1]);
  auto sheets = static_cast<double>(night.sheets.size());
  night.sheets = {};

  SystemRng rng;
  PosixDisk disk;
  NamedKey key = must(new_named_key("bench", KeyType::ed25519, rng));
  auto signer = must(make_signer(key.secret));
  std::string directory = options.directory + "/collect-bench-" + std::to_string(getpid());
  std::filesystem::create_directories(directory);
  {
    auto log = must(Log::create(disk, directory + "/store", "bench", *signer));
    CollectorOptions collecting;
    collecting.threads = default_threads();
    auto collector = must(Collector::open(*log, election, roots, collecting));
    double setup = seconds_of([&] {
      for (const auto& result : collector->submit(night.setup)) must(result);
    });
    table.note("definition and grants", static_cast<double>(night.setup.size()), "");
    table.note("handed in at once, by one caller", static_cast<double>(night.setup.size()) / setup, "/s");
    night.setup = {};
    table.note("the server before the night", resident_mb(), "MB");
    Outcome outcome = serve(*collector, options, to_clients[1], to_server[0]);
    table.note("sheets of three signatures", sheets, "");
    table.note("refused", static_cast<double>(outcome.refused), "");
    table.at_least("sheets accepted durably a second", sheets / outcome.seconds, 2'500, "/s");
    table.note("acknowledgement, p50", outcome.p50, "ms");
    table.note("acknowledgement, p99", outcome.p99, "ms");
    table.at_most("acknowledgement, worst", outcome.worst, 1'000, "ms");
    table.note("the server after the night", resident_mb(), "MB");
    if (outcome.refused > 0) std::exit(2);
  }
  std::filesystem::remove_all(directory);
  int status = 0;
  ::waitpid(clients, &status, 0);
  return status == 0 ? table.exit_code() : 2;
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  scrutineer::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--directory") == 0) options.directory = argv[i + 1];
    if (std::strcmp(argv[i], "--units") == 0) options.units = std::strtoul(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--clients") == 0) options.clients = std::strtoul(argv[i + 1], nullptr, 10);
  }
  return scrutineer::bench::run(options);
}
