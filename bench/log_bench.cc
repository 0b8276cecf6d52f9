// The log under load, on the disk it is given: durable appends a second, what checking signatures adds, acknowledgement
// latency, proofs from a large log, reopening it, memory. Exits 1 when a target is missed.
//
//   log_bench [--directory DIR] [--entries N] [--seconds S]
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <random>
#include <semaphore>
#include <thread>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/log/log.h"
#include "core/crypto/hash.h"
#include "core/record/record.h"

namespace scrutineer {
namespace {

constexpr const char* kOrigin = "bench.example/log";
constexpr std::size_t kEntryBytes = 300;
constexpr std::size_t kInFlight = 8'192;

struct Options {
  std::string directory = "/tmp";
  std::uint64_t entries = 10'000'000;
  double seconds = 4;
};

double now() {
  static SystemClock clock;
  return static_cast<double>(clock.monotonic_ns()) * 1e-9;
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "log_bench: %s\n", what.c_str());
  std::exit(2);
}
template <class T>
T must(Result<T> result) {
  if (!result) give_up(to_string(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// Seconds of processor time that this process has used.
double cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_mib() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

std::unique_ptr<Signer> signer() {
  return must(make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("bench").view())}));
}

// 300 bytes that no two numbers share.
Bytes entry_of(std::uint64_t number) {
  Bytes out(kEntryBytes, 'x');
  std::uint64_t word = number * 0x9e3779b97f4a7c15u + 1;
  for (std::size_t i = 0; i + 8 <= kEntryBytes; i += 8, word = word * 6364136223846793005u + number + 1)
    std::memcpy(&out[i], &word, 8);
  return out;
}

class Table {
 public:
  // `most`: the target is an upper bound.
  void row(const char* what, double value, const char* unit, double target, bool most) {
    bool good = target == 0 || (most ? value <= target : value >= target);
    missed_ = missed_ || !good;
    if (target == 0)
      std::printf("%-58s %12.2f %-8s\n", what, value, unit);
    else
      std::printf("%-58s %12.2f %-8s %s %-10.2f %5.2fx  %s\n", what, value, unit, most ? "<=" : ">=", target,
                  most ? target / value : value / target, good ? "ok" : "MISSED");
    std::fflush(stdout);
  }
  bool missed() const { return missed_; }

 private:
  bool missed_ = false;
};

double percentile(std::vector<double>& values, double p) {
  if (values.empty()) return 0;
  auto at = static_cast<std::size_t>(p * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

// Keeps kInFlight entries unacknowledged; counts acknowledgements.
class Load {
 public:
  explicit Load(Log& log) : log_(log) {}
  void submit(Bytes entry, std::optional<RecordId> record = std::nullopt) {
    free_.acquire();
    Status queued = log_.submit(std::move(entry), record, [this](const Result<Appended>& result) {
      if (!result) give_up(to_string(result.error()));
      acknowledged_.fetch_add(1, std::memory_order_relaxed);
      free_.release();
    });
    must(std::move(queued));
  }
  void drain() {
    for (std::size_t i = 0; i < kInFlight; ++i) free_.acquire();
    free_.release(kInFlight);
  }
  std::uint64_t acknowledged() const { return acknowledged_.load(std::memory_order_relaxed); }

 private:
  Log& log_;
  std::counting_semaphore<> free_{kInFlight};
  std::atomic<std::uint64_t> acknowledged_{0};
};

class Bench {
 public:
  explicit Bench(Options options) : options_(std::move(options)), disk_(options_.directory) {
    std::string pattern = options_.directory + "/log-bench-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) give_up("cannot make a directory under " + options_.directory);
    root_ = pattern;
  }
  ~Bench() { std::filesystem::remove_all(root_); }

  bool run() {
    grow();
    latency();
    reopen();
    proofs();
    log_.reset();
    signatures();
    return !table_.missed();
  }

 private:
  void grow();
  void latency();
  void reopen();
  void proofs();
  void signatures();

  Options options_;
  PosixDisk disk_;
  std::string root_;
  Table table_;
  std::unique_ptr<Signer> key_ = signer();
  std::unique_ptr<Log> log_;
  double rate_ = 0;
};

void Bench::grow() {
  log_ = must(Log::create(disk_, root_ + "/log", kOrigin, *key_));
  Load load(*log_);
  std::uint64_t first = std::min<std::uint64_t>(1'000'000, options_.entries);
  double begin = now();
  double cpu_begin = cpu();
  for (std::uint64_t i = 0; i < first; ++i) load.submit(entry_of(i));
  load.drain();
  double rate_first = static_cast<double>(first) / (now() - begin);
  double resident_first = resident_mib();
  for (std::uint64_t i = first; i < options_.entries; ++i) load.submit(entry_of(i));
  load.drain();
  rate_ = static_cast<double>(options_.entries) / (now() - begin);
  double cpu_each = (cpu() - cpu_begin) / static_cast<double>(options_.entries) * 1e6;
  double resident_last = resident_mib();
  table_.row("durable appends, 300 bytes, the first million", rate_first, "/s", 200'000, false);
  table_.row(("durable appends, all " + std::to_string(options_.entries)).c_str(), rate_, "/s", 200'000, false);
  table_.row("processor time an entry, all threads", cpu_each, "us", 0, true);
  table_.row("resident memory after the first million", resident_first, "MiB", 0, true);
  table_.row("resident memory after all", resident_last, "MiB", resident_first + 32, true);
}

// Open loop: entries come when they come, whatever the log does.
void Bench::latency() {
  double interval = 2 / rate_;
  auto count = static_cast<std::uint64_t>(options_.seconds / interval);
  std::vector<double> latencies(count);
  std::atomic<std::uint64_t> done{0};
  std::uint64_t base = options_.entries;
  double begin = now();
  for (std::uint64_t i = 0; i < count; ++i) {
    double due = begin + static_cast<double>(i) * interval;
    // Asleep between small bursts, as a network is: a busy wait would take one of the log's processors away.
    while (now() < due) std::this_thread::sleep_for(std::chrono::microseconds(50));
    auto acknowledged = [&latencies, &done, i, due](const Result<Appended>& result) {
      if (!result) give_up(to_string(result.error()));
      latencies[i] = (now() - due) * 1e3;
      done.fetch_add(1, std::memory_order_release);
    };
    while (!log_->submit(entry_of(base + i), std::nullopt, acknowledged)) std::this_thread::yield();
  }
  while (done.load(std::memory_order_acquire) < count) std::this_thread::yield();
  table_.row("half load, open loop", 1 / interval, "/s", 0, true);
  table_.row("acknowledgement at half load, p50", percentile(latencies, 0.50), "ms", 5, true);
  table_.row("acknowledgement at half load, p99", percentile(latencies, 0.99), "ms", 20, true);
  table_.row("acknowledgement at half load, largest", percentile(latencies, 1), "ms", 0, true);
}

void Bench::reopen() {
  log_.reset();
  double begin = now();
  log_ = must(Log::open(disk_, root_ + "/log", *key_));
  table_.row("reopening that log", now() - begin, "s", 1, true);
}

void Bench::proofs() {
  const LogReader& reader = log_->reader();
  std::uint64_t size = reader.size();
  std::mt19937_64 random(7);
  std::vector<double> micros;
  for (int i = 0; i < 50'000; ++i) {
    std::uint64_t index = random() % size;
    double begin = now();
    MerkleProof proof = must(reader.inclusion_proof(index, size));
    micros.push_back((now() - begin) * 1e6);
  }
  table_.row("inclusion proof, made and checked, p50", percentile(micros, 0.50), "us", 0, true);
  table_.row("inclusion proof, made and checked, p99", percentile(micros, 0.99), "us", 100, true);
}

// One signature checked an entry, in two threads; then the same with the log behind it.
void Bench::signatures() {
  constexpr std::size_t kNotes = 20'000;
  VerifierKey vkey = must(make_vkey("bench.example/member", key_->public_key()));
  std::vector<Bytes> notes;
  for (std::size_t i = 0; i < kNotes; ++i) {
    SignedNote note{"scrutineer/bench/1\n{\"n\":" + std::to_string(i) + ",\"pad\":\"" + std::string(140, 'x') + "\"}\n",
                    {}};
    note.signatures.push_back(must(sign_note(note.text, vkey.name, *key_)));
    notes.push_back(to_bytes(note));
  }
  auto check_one = [&](const Bytes& note) {
    NoteView view = must(parse_note_view(note));
    if (!verify_note_signature(view.text, view.signatures[0], vkey)) give_up("a signature does not verify");
  };
  auto two_threads = [&](double seconds, auto&& each) {
    std::atomic<std::uint64_t> count{0};
    double begin = now();
    auto worker = [&](std::size_t from) {
      std::uint64_t mine = 0;
      for (std::size_t i = from; now() - begin < seconds; i += 2, ++mine) each(i);
      count += mine;
    };
    std::thread other(worker, 1);
    worker(0);
    other.join();
    return static_cast<double>(count) / (now() - begin);
  };
  double cpu_begin = cpu();
  double bare = two_threads(options_.seconds, [&](std::size_t i) { check_one(notes[i % kNotes]); });
  double cpu_bare = (cpu() - cpu_begin) / (bare * options_.seconds);
  auto log = must(Log::create(disk_, root_ + "/signed", kOrigin, *key_));
  Load load(*log);
  // Every note is another record: its number goes into the text, and the signature checked is one of the prepared ones.
  std::vector<Bytes> fresh(static_cast<std::size_t>(1.3 * bare * options_.seconds) + 2);
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    fresh[i] = notes[i % kNotes];
    std::string number = std::to_string(i);
    fresh[i].replace(fresh[i].find("xxxx"), number.size(), number);
  }
  cpu_begin = cpu();
  double with_log = two_threads(options_.seconds, [&](std::size_t i) {
    check_one(notes[i % kNotes]);
    if (i >= fresh.size()) give_up("more signatures were checked than notes prepared");
    RecordId id = record_id(BytesView(fresh[i]).substr(0, fresh[i].rfind("\n\n") + 1));
    load.submit(std::move(fresh[i]), id);
  });
  load.drain();
  double cpu_log = (cpu() - cpu_begin) / (with_log * options_.seconds);
  double bare_again = two_threads(options_.seconds, [&](std::size_t i) { check_one(notes[i % kNotes]); });
  double fair = (bare + bare_again) / 2;
  table_.row("signatures checked, two threads, nothing else", fair, "/s", 0, false);
  table_.row("the same, appended durably as records", with_log, "/s", 0, false);
  table_.row("ratio", with_log / fair, "", 0.85, false);
  // The same comparison where other programs have the processors too.
  table_.row("processor time a signature, nothing else", cpu_bare * 1e6, "us", 0, true);
  table_.row("processor time a signature and durable append", cpu_log * 1e6, "us", 0, true);
}

void print_machine(int argc, char** argv) {
  std::string model = "unknown processor";
  std::ifstream cpu("/proc/cpuinfo");
  for (std::string line; std::getline(cpu, line);)
    if (line.starts_with("model name")) {
      model = line.substr(line.find(':') + 2);
      break;
    }
  utsname system{};
  ::uname(&system);
  std::printf("machine: %s, %u cores, %s %s\ncommand:", model.c_str(), std::thread::hardware_concurrency(),
              system.sysname, system.release);
  for (int i = 0; i < argc; ++i) std::printf(" %s", argv[i]);
  std::printf("\n\n");
}

}  // namespace
}  // namespace scrutineer

int main(int argc, char** argv) {
  scrutineer::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    std::string name = argv[i];
    if (name == "--directory") options.directory = argv[i + 1];
    if (name == "--entries") options.entries = std::strtoull(argv[i + 1], nullptr, 10);
    if (name == "--seconds") options.seconds = std::strtod(argv[i + 1], nullptr);
  }
  scrutineer::print_machine(argc, argv);
  return scrutineer::Bench(options).run() ? 0 : 1;
}
