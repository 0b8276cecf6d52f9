// A counting night as the public sees it: sheets arrive at a steady rate, the pages follow. How long from the last
// signature of a sheet until its unit's page is another file, how long the fold stands still for that, and how long who
// hands in a sheet waits meanwhile. On the disk it is given; everything in one process, as `scrutineer serve` has it.
//
//   live_bench [--directory DIR] [--units N] [--rate N] [--announcements N]      default /tmp, 20000, 200, 50
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <span>

#include "app/bundle/publish.h"
#include "app/collect/collector.h"
#include "app/demo/simulation.h"
#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/projection/log_directory.h"
#include "app/threads/parallel.h"
#include "bench/measure.h"
#include "core/base/limits.h"
#include "core/codec/gzip.h"

namespace scrutineer::bench {
namespace {

constexpr double kBetween = 0.7;  // seconds from one announcement to the next
constexpr double kPause = 0.15;   // between two publications, as in app/server
constexpr std::size_t kClients = 16;

struct Options {
  std::string directory = "/tmp";
  std::size_t units = 20'000;
  double rate = 200;
  std::size_t announcements = 50;
};

void sleep_until(double when) {
  if (double left = when - seconds_now(); left > 0) std::this_thread::sleep_for(std::chrono::duration<double>(left));
}

// The longest of what several threads measured.
class Longest {
 public:
  void take(double seconds) {
    std::lock_guard lock(mutex_);
    all_.push_back(seconds);
  }
  double worst() const { return all_.empty() ? 0 : *std::max_element(all_.begin(), all_.end()); }
  double p50() const { return all_.empty() ? 0 : median(all_); }
  std::size_t count() const { return all_.size(); }

 private:
  std::mutex mutex_;
  std::vector<double> all_;
};

std::vector<Bytes> make(const SimulatedElection& simulation, std::size_t first, std::size_t end) {
  constexpr std::size_t kPiece = 256;
  std::vector<std::vector<Bytes>> pieces((end - first + kPiece - 1) / kPiece);
  parallel_for(pieces.size(), default_threads(), 1, [&](std::size_t i, std::size_t) {
    pieces[i] = simulation.make(first + i * kPiece, std::min(end, first + (i + 1) * kPiece));
  });
  std::vector<Bytes> all;
  for (auto& piece : pieces) std::move(piece.begin(), piece.end(), std::back_inserter(all));
  return all;
}

// A log directory with everything but the night in it.
struct Night {
  PosixDisk disk;
  SystemClock clock;
  std::string log_directory;
  std::string bundle;
  SimulatedElection simulation;
  Election election;
  Roots roots;
  NamedKey publisher;
  std::unique_ptr<Signer> log_signer;
  std::unique_ptr<Log> log;
  std::unique_ptr<Collector> collector;

  static NamedKey key_of(const SimulatedElection& simulation, std::string_view file) {
    for (SimulatedKey& key : simulation.keys())
      if (key.file == file) return {key.vkey, std::move(key.key)};
    std::abort();
  }

  Night(const Options& options, SimulatedElection simulated)
      : log_directory(options.directory + "/log"),
        bundle(options.directory + "/bundle"),
        simulation(std::move(simulated)),
        election(must(Election::build(simulation.election(), simulation.definition(), simulation.units_blob(),
                                      simulation.options_blob(), simulation.rules_blob()))),
        roots(simulation.roots()),
        publisher(key_of(simulation, "publisher.key")) {
    must(disk.make_directories(log_directory));
    NamedKey log_key = key_of(simulation, "log.key");
    log_signer = must(make_signer(log_key.secret));
    log = must(Log::create(disk, store_path(log_directory), log_key.vkey.name, *log_signer));
    for (const Bytes* blob : {&simulation.units_blob(), &simulation.options_blob(), &simulation.rules_blob()})
      must(keep_blob(disk, log_directory, *blob));
    must(write_trust_directory(disk, trust_path(log_directory), log_key.vkey, roots, simulation.election()));
    CollectorOptions collecting;
    collecting.threads = default_threads();
    collector = must(Collector::open(*log, election, roots, collecting));
    give(make(simulation, 0, simulation.setup_size()));
  }

  void give(std::span<const Bytes> notes) {
    for (const auto& result : collector->submit(notes)) must(result);
  }

  // What the server gives its publisher, each look measured.
  PublishSource source(Longest& held) {
    PublishSource out;
    out.read = [this, &held](const auto& look) {
      collector->read(
          [&](const Collector::View& view) { held.take(seconds_of([&] { look(view.fold, view.folded); })); });
    };
    out.still = [this, &held](const auto& prepare, const auto& use) {
      collector->still(
          [&](const Collector::View& view) { held.take(seconds_of([&] { prepare(view.fold, view.folded); })); }, use);
    };
    out.finish = [this] { collector->finish(); };
    out.acknowledged = [this](std::uint64_t folded) { return collector->wait_until(folded, std::chrono::seconds(10)); };
    out.append = [this](const Bytes& entry) { return collector->submit(entry); };
    return out;
  }

  std::string page_of(const Bytes& note) const {
    const auto entry = must(parse_entry(note));
    auto unit = election.tree().find_unit(std::get<CountSheet>(entry.record.body).unit);
    return bundle + "/en/unit/" + std::to_string(election.tree().units()[*unit].row) + ".html";
  }
};

bool is_sheet(const Bytes& note) {
  auto entry = parse_entry(note);
  return entry && entry->record.type() == RecordType::count_sheet && entry->signatures.size() == 3 &&
         !std::get<CountSheet>(entry->record.body).replaces;
}

ino_t file_at(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

void publish_until(const std::atomic<bool>& done, Night& night, LivePublisher& publisher, Longest& took) {
  std::uint64_t seen = publisher.last().log_size;
  while (!done) {
    night.collector->wait_for_change(seen, std::chrono::milliseconds(500));
    took.take(seconds_of([&] { seen = must(publisher.publish()).log_size; }));
    std::this_thread::sleep_for(std::chrono::duration<double>(kPause));
  }
}

void hand_in(const std::atomic<bool>& done, Night& night, std::span<const Bytes> sheets, double rate,
             Longest& acknowledged) {
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> clients;
  const double start = seconds_now();
  for (std::size_t i = 0; i < kClients; ++i)
    clients.emplace_back([&] {
      for (std::size_t sheet; !done && (sheet = next++) < sheets.size();) {
        sleep_until(start + static_cast<double>(sheet) / rate);
        acknowledged.take(seconds_of([&] { must(night.collector->submit(sheets[sheet])); }));
      }
    });
}

// From the call that hands in the signed sheet until the unit's page is another file.
void announce(Night& night, std::span<const Bytes> sheets, Longest& shown) {
  const double start = seconds_now();
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    sleep_until(start + static_cast<double>(i) * kBetween);
    std::string page = night.page_of(sheets[i]);
    const ino_t before = file_at(page);
    shown.take(seconds_of([&] {
      must(night.collector->submit(sheets[i]));
      while (file_at(page) == before) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }));
  }
}

// What a browser fetches first, as nginx sends it: the page and the style sheet.
double first_view_kb(Night& night, std::string& which) {
  Bytes style = gzip(must(read_file(night.disk, night.bundle + "/style.css", limits::kBlobBytes)));
  std::size_t largest = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(night.bundle)) {
    if (entry.path().extension() != ".html" || entry.file_size() <= largest) continue;
    std::size_t size = gzip(must(read_file(night.disk, entry.path().string(), limits::kBlobBytes))).size();
    if (size > largest) which = entry.path().lexically_relative(night.bundle).string();
    largest = std::max(largest, size);
  }
  return static_cast<double>(largest + style.size()) / 1e3;
}

int run(Options options) {
  Table table("live_bench: collector and publisher in one process, sheets arrive while pages follow");
  options.directory += "/live-bench-" + std::to_string(getpid());
  std::filesystem::create_directories(options.directory);
  SimulationOptions simulated;
  simulated.units = options.units;
  simulated.one_conflict_open = false;
  Night night(options, must(SimulatedElection::build(simulated)));

  std::vector<Bytes> sheets;
  for (Bytes& note : make(night.simulation, night.simulation.setup_size(), night.simulation.size()))
    if (is_sheet(note)) sheets.push_back(std::move(note));
  auto live = static_cast<std::size_t>(static_cast<double>(options.announcements) * kBetween * options.rate);
  live = std::min(live, sheets.size() - options.announcements);
  std::size_t before = sheets.size() - live - options.announcements;
  night.give(std::span(sheets).first(before));
  table.note("sheets that are there, of the whole country's", static_cast<double>(before), "");
  table.note("the process before publishing, the night's records included", resident_mb(), "MB");

  Longest held, took, acknowledged, shown;
  PublishOptions publishing{night.log_directory, night.bundle, "ko", default_threads(), true, {}};
  std::unique_ptr<LivePublisher> publisher;
  double first = seconds_of([&] {
    publisher = must(LivePublisher::start(night.disk, *night.log, night.source(held), night.election, night.publisher,
                                          night.clock, publishing));
  });
  table.note("publishing everything once", first, "s");
  table.note("the process after it", resident_mb(), "MB");

  std::atomic<bool> done{false};
  {
    std::jthread publishes([&] { publish_until(done, night, *publisher, took); });
    std::jthread clients(
        [&] { hand_in(done, night, std::span(sheets).subspan(before, live), options.rate, acknowledged); });
    announce(night, std::span(sheets).last(options.announcements), shown);
    done = true;
  }
  table.note("sheets handed in meanwhile", static_cast<double>(acknowledged.count()), "");
  table.note("publications", static_cast<double>(took.count()), "");
  table.note("one publication, p50", took.p50() * 1e3, "ms");
  table.note("one publication, longest", took.worst() * 1e3, "ms");
  table.note("announced to page, p50", shown.p50() * 1e3, "ms");
  table.at_most("announced to page, worst", shown.worst() * 1e3, 2'000, "ms");
  table.at_most("the fold held, longest", held.worst() * 1e3, 200, "ms");
  table.note("acknowledgement, p50", acknowledged.p50() * 1e3, "ms");
  table.at_most("acknowledgement, worst", acknowledged.worst() * 1e3, 1'000, "ms");
  table.note("the process in the end", resident_mb(), "MB");
  std::string which;
  double view = first_view_kb(night, which);
  table.at_most(("first view, largest: " + which).c_str(), view, 100, "kB");
  publisher.reset();
  std::filesystem::remove_all(options.directory);
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  scrutineer::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--directory") == 0) options.directory = argv[i + 1];
    if (std::strcmp(argv[i], "--units") == 0) options.units = std::strtoul(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--rate") == 0) options.rate = std::strtod(argv[i + 1], nullptr);
    if (std::strcmp(argv[i], "--announcements") == 0) options.announcements = std::strtoul(argv[i + 1], nullptr, 10);
  }
  return scrutineer::bench::run(options);
}
