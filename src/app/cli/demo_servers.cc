#include "app/cli/demo_servers.h"

#include <unistd.h>

#include <atomic>
#include <thread>

#include "app/cli/demo_device.h"
#include "app/cli/demo_front.h"
#include "app/cli/demo_notices.h"
#include "app/cli/demo_people.h"
#include "app/cli/demo_witness.h"
#include "app/cli/session.h"
#include "app/cli/steps.h"
#include "app/cli/stop.h"
#include "app/cli/terminal.h"
#include "app/server/server.h"
#include "app/threads/parallel.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

// Seconds: half an hour before polling stations are late, half an hour after early voters' papers are.
constexpr std::int64_t kAfterClose = (4 * 60 + 30) * 60;
constexpr std::uint16_t kTlsAbove = 8443 - 8080;  // between the ports of the result pages and of TLS
constexpr std::chrono::milliseconds kLook{100};
constexpr const char* kWitnesses[] = {"party-a.example/witness", "press.example/witness", "neighbour.example/witness"};

// Begins at a given time and goes on as the machine's clock does.
class NightClock final : public Clock {
 public:
  explicit NightClock(UnixSeconds begin) : offset_(begin.value - system_.now().value) {}
  UnixSeconds now() override { return {system_.now().value + offset_}; }
  std::uint64_t monotonic_ns() override { return system_.monotonic_ns(); }

 private:
  SystemClock system_;
  std::int64_t offset_;
};

// The trust that everybody is given names the witnesses; no quorum, so that pages say "k of n" and nothing waits.
Status name_witnesses(Disk& disk, const std::string& directory, const VerifierKey& log,
                      const std::vector<RunningWitness>& witnesses) {
  std::string policy = "log " + to_string(log) + "\n", addresses;
  int number = 0;
  for (const WitnessAddress& witness : addresses_of(witnesses)) {
    const std::string vkey = to_string(witness.key);
    policy += "witness w" + std::to_string(++number) + " " + vkey + "\n";
    addresses += vkey + " " + witness.url + "\n";
  }
  policy += "quorum none\n";
  for (const std::string& trust : {directory + "/trust", trust_path(directory + "/log")})
    SCRUTINEER_CHECKED(write_file(disk, trust + "/policy", policy, Durability::durable));
  return write_file(disk, directory + "/log/witnesses", addresses, Durability::durable);
}

Result<UnixSeconds> late_that_night(const std::string& directory) {
  PosixDisk disk;
  SCRUTINEER_TRY(auto log, LogReader::open(disk, store_path(directory + "/log")));
  SCRUTINEER_TRY(TrustedElection trusted, read_trusted_election(disk, directory + "/log", *log));
  auto close = seconds_of_rfc3339(trusted.election.definition().polls_close.value_or(""));
  if (!close) return fail(ErrorCode::not_found, "the definition does not say when the polls close");
  return UnixSeconds{*close + kAfterClose};
}

struct Night {
  std::vector<RunningWitness> witnesses;
  std::unique_ptr<Signer> log_key, centre_key;
  NamedKey publisher;
  std::unique_ptr<ElectionServer> server, centre;  // the centre goes first
  std::unique_ptr<TlsFront> front;
  std::string why_no_tls;
  std::unique_ptr<NoticeDemo> notices;
};

// Somebody may have had enough before everything stands: a log is whole at any moment, so that nothing is waited for.
class StopWhileStarting {
 public:
  explicit StopWhileStarting(const StopSignals& stop)
      : watching_([this, &stop] {
          while (!started_)
            if (stop.wait_for(kLook)) _exit(kStopped);
        }) {}
  ~StopWhileStarting() {
    started_ = true;
    watching_.join();
  }

 private:
  static constexpr int kStopped = 130;  // as shells say it
  std::atomic<bool> started_{false};
  std::thread watching_;
};

Result<std::unique_ptr<ElectionServer>> start_server(Disk& disk, Clock& clock, Rng& rng, Night& night,
                                                     const std::string& directory, std::uint16_t port) {
  ServeOptions options;
  options.log_directory = directory + "/log";
  options.bundle = directory + "/bundle";
  options.port = port;
  options.try_next_ports = true;
  options.name = "national.example";
  options.data_lang = "ko";
  options.threads = default_threads();
  options.tell = [](const std::string& line) { tell(line); };
  cli::Progress progress("publishing");
  options.progress = [&](const char*, std::uint64_t done, std::uint64_t total) { progress.update(done, total); };
  SCRUTINEER_TRY(auto server, ElectionServer::start(disk, clock, rng, *night.log_key, &night.publisher, options));
  progress.finish("result pages are there");
  return server;
}

Result<std::unique_ptr<ElectionServer>> start_centre(Disk& disk, Clock& clock, Rng& rng, Night& night,
                                                     const std::string& directory, const std::string& papers,
                                                     std::uint16_t tls_port) {
  const std::string log = directory + "/centre";
  SCRUTINEER_TRY(NamedKey key, load_key(disk, log_key_path(log), ""));
  SCRUTINEER_TRY(night.centre_key, make_signer(key.secret));
  ServeOptions options;
  options.log_directory = log;
  options.port = static_cast<std::uint16_t>(night.server->port() + 10);
  options.try_next_ports = true;
  options.name = "d001 counting centre";
  options.data_lang = "ko";
  options.threads = default_threads();
  options.upstream = night.server->url();
  options.upstream.pop_back();
  options.tell = [](const std::string& line) { tell(line); };
  options.papers = papers;
  options.behind_proxy = tls_port != 0;
  options.also_plain = true;
  if (tls_port != 0)
    for (const char* name : {"https://localhost:", "https://127.0.0.1:"})
      options.origins.push_back(name + std::to_string(tls_port));
  return ElectionServer::start(disk, clock, rng, *night.centre_key, nullptr, options);
}

// The centre, and TLS in front of it if this machine can.
Status open_centre(Disk& disk, Clock& clock, Rng& rng, Night& night, const std::string& directory,
                   const std::string& papers) {
  const std::string nginx = find_nginx();
  const auto first = static_cast<std::uint16_t>(night.server->port() + kTlsAbove);
  const std::uint16_t port = nginx.empty() ? std::uint16_t{0} : free_port_from(first);
  SCRUTINEER_TRY(night.centre, start_centre(disk, clock, rng, night, directory, papers, port));
  if (port == 0) {
    night.why_no_tls = nginx.empty() ? "nginx is not installed (Debian: nginx-light)" : "no port is free for it";
    return {};
  }
  auto front = TlsFront::start(nginx, directory + "/tls", port, night.centre->port());
  if (front)
    night.front = std::move(*front);
  else
    night.why_no_tls = front.error().message;
  return {};
}

std::string first_district(const std::string& directory) {
  PosixDisk disk;
  auto area = read_file(disk, directory + "/keys/centre/area", limits::kPathBytes);
  if (!area) return "/";
  area->pop_back();
  return *area;
}

Status start(Disk& disk, Clock& clock, Rng& rng, Night& night, const std::string& directory, std::uint16_t port,
             std::span<const CentreUnit> units, const std::optional<DemoStack>& stack) {
  SCRUTINEER_TRY(NamedKey log_key, load_key(disk, log_key_path(directory + "/log"), ""));
  SCRUTINEER_TRY(night.publisher, load_key(disk, directory + "/keys/publisher.key", ""));
  SCRUTINEER_TRY(night.log_key, make_signer(log_key.secret));
  for (const char* name : kWitnesses) {
    std::string folder = directory + "/witnesses/" + std::string(name).substr(0, std::string(name).find('.'));
    SCRUTINEER_TRY(RunningWitness witness, start_witness(disk, clock, rng, folder, name, {log_key.vkey}));
    night.witnesses.push_back(std::move(witness));
  }
  SCRUTINEER_CHECKED(name_witnesses(disk, directory, log_key.vkey, night.witnesses));
  SCRUTINEER_CHECKED(
      make_centre_log(directory + "/log", first_district(directory), directory + "/centre", "centre-d001.example/2031")
          .map([](std::uint64_t) {}));
  if (stack) {
    const std::string keys = directory + "/keys/centre";
    SCRUTINEER_CHECKED(sign_demo_machine(directory + "/centre", keys, first_district(directory), *stack, clock.now()));
    SCRUTINEER_CHECKED(sign_demo_batch(directory + "/centre", keys, *stack, clock.now()));
  }
  SCRUTINEER_CHECKED(work_at_centre(directory + "/centre", directory + "/keys/centre", units, clock.now().value));
  SCRUTINEER_TRY(night.server, start_server(disk, clock, rng, night, directory, port));
  SCRUTINEER_CHECKED(open_centre(disk, clock, rng, night, directory, stack ? stack->directory : ""));
  SCRUTINEER_TRY(night.notices,
                 NoticeDemo::start(disk, rng, directory, static_cast<std::uint16_t>(night.server->port() + 11)));
  return {};
}

void say_where(const Night& night, const std::string& directory, const std::optional<DemoStack>& stack) {
  print("\nResult pages:    " + night.server->url() + "\n");
  print("Counting centre: " + night.centre->url() + "desk/\n");
  if (night.front) {
    print("        by TLS:  " + night.front->url() + "desk/\n");
    tell("                 the browser trusts it once it trusts " + night.front->authority() +
         " (docs/runbooks/server.md):\n                 SHA-256 " + night.front->fingerprint());
  } else {
    tell("        no TLS:  " + night.why_no_tls);
  }
  if (stack) {
    print("Doubtful papers: " + night.centre->url() + "desk/paper\n");
    tell("                 of " + std::to_string(stack->papers) + " drawn ballot papers of unit " +
         stack->unit.value() + " the machine left " + std::to_string(stack->doubtful) +
         " to people:\n                 typist-1 and typist-2 decide, each blind; reader where they differ; chair "
         "writes "
         "down the committee's votes");
  }
  night.notices->say_where();
  print("Paper to type:   " + directory + "/paper/all.pdf, or one unit: " + directory + "/paper/u00005.pdf\n");
  print("Keys to sign in: " + directory + "/keys/centre/\n");
  tell(
      "  typist-1.key, typist-2.key            enter a sheet, each for themselves, without seeing the other's\n"
      "  reader.key                            reads what the two have typed differently\n"
      "  coordinator.key                       decides what does not add up; corrections, network, people\n"
      "  chair.key                             announces\n"
      "  member-1.key ... member-3.key         sign; two of them and the chair put a sheet into effect\n"
      "  observer-1.key                        watches the board: " +
      night.centre->url() +
      "desk/board\n"
      "Each in a window of its own (private windows keep them apart). README.md walks through it.\n"
      "The bundle of this moment: " +
      night.server->url() + "bundle.tar.zst\n(stop with Ctrl-C; the next run starts afresh)");
}

}  // namespace

int serve_demo(const std::string& directory, std::uint16_t port, std::span<const CentreUnit> units,
               const std::optional<DemoStack>& stack) {
  StopSignals stop;
  PosixDisk disk;
  SystemRng rng;
  auto begin = late_that_night(directory);
  if (!begin) return complain(begin.error());
  NightClock clock(*begin);
  Night night;
  {
    StopWhileStarting may_stop(stop);
    if (auto started = start(disk, clock, rng, night, directory, port, units, stack); !started)
      return complain(started.error());
    int code = kGood;
    night.server->while_it_stands([&] { code = verify_with_progress(directory + "/bundle", directory + "/trust"); });
    if (code != kGood) return code;
  }
  tell("Check it yourself:  scrutineer-verify " + directory + "/bundle --trust " + directory + "/trust");
  say_where(night, directory, stack);
  stop.wait();
  tell("finishing what has begun");
  night.notices.reset();
  night.front.reset();
  night.centre.reset();
  night.server.reset();
  return kGood;
}

}  // namespace scrutineer::cli
