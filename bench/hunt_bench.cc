// Looking for 100,000 indicators in syslog, web and mail lines of 100 to 150 bytes, one in 1,000 of which holds one:
// lines a second on one core. Usage: hunt_bench [--lines N] [--directory DIR]
#include <cstring>
#include <ctime>
#include <filesystem>
#include <random>

#include <fmt/format.h>
#include <unistd.h>

#include "app/hunt/hunt.h"
#include "bench/measure.h"
#include "core/hunt/stream.h"

namespace scrutineer::bench {
namespace {

struct Options {
  std::string directory = "/tmp";
  std::size_t lines = 2'000'000;
};

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t n) {
  return static_cast<std::size_t>(random() % n);
}
template <std::size_t N>
const char* one_of(Random& random, const char* const (&words)[N]) {
  return words[below(random, N)];
}

std::string name(Random& random, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>('a' + below(random, 26));
  return out;
}
std::string digits(Random& random, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += "0123456789abcdef"[below(random, 16)];
  return out;
}
std::string address(Random& random) {
  return fmt::format("{}.{}.{}.{}", 1 + below(random, 223), below(random, 256), below(random, 256),
                     1 + below(random, 254));
}
std::string domain(Random& random) {
  static const char* const kEnds[] = {"com", "net", "org", "kr", "co.kr", "info", "top", "xyz"};
  return name(random, 5 + below(random, 10)) + "." + one_of(random, kEnds);
}

// The mix of a national list: mostly addresses and domains, then URLs and hashes.
std::string indicator(Random& random) {
  switch (below(random, 20)) {
    case 0: return fmt::format("2001:db8:{:x}::{:x}", below(random, 65'536), 1 + below(random, 65'535));
    case 1: return name(random, 8) + "@" + domain(random);
    case 2: return "string:" + name(random, 12);
    case 3: return digits(random, 32);
    case 4: return digits(random, 40);
    case 5:
    case 6: return digits(random, 64);
    case 7:
    case 8:
    case 9: return "http://" + domain(random) + "/" + name(random, 6) + "/" + name(random, 5) + ".php";
    case 10: return fmt::format("{}.{}.{}.0/24", 1 + below(random, 223), below(random, 256), below(random, 256));
    case 11:
    case 12:
    case 13:
    case 14: return address(random);
    default: return domain(random);
  }
}

// `planted`: an indicator to put into the line; empty: none.
std::string log_line(Random& random, const std::string& planted) {
  static const char* const kPaths[] = {"index.html", "img/logo.png", "board/list.do", "api/v1/session",
                                       "css/style.css"};
  static const char* const kHosts[] = {"web1", "mail2", "gw", "db-03", "vpn"};
  const std::size_t h = below(random, 24), m = below(random, 60), s = below(random, 60);
  switch (below(random, 4)) {
    case 0:
      return fmt::format(
          "May {:2} {:02}:{:02}:{:02} {} sshd[{}]: Failed password for invalid user {} from {} port {} ssh2{}{}",
          1 + below(random, 28), h, m, s, one_of(random, kHosts), below(random, 32'768), name(random, 7),
          address(random), 1'024 + below(random, 60'000), planted.empty() ? "" : " ", planted);
    case 1:
      return fmt::format(
          "{} - - [{:02}/May/2026:{:02}:{:02}:{:02} +0900] \"GET /{} HTTP/1.1\" 200 {} \"{}\" \"Mozilla/5.0 (X11; "
          "Linux x86_64)\"",
          address(random), 1 + below(random, 28), h, m, s, one_of(random, kPaths), below(random, 90'000),
          planted.empty() ? "https://www." + domain(random) + "/" : planted);
    case 2:
      return fmt::format(
          "2026-05-{:02}T{:02}:{:02}:{:02}.{:03}+09:00 {} postfix/smtp[{}]: {}: to=<{}@{}>, relay={}[{}]:25, "
          "status=sent{}{}",
          1 + below(random, 28), h, m, s, below(random, 1'000), one_of(random, kHosts), below(random, 32'768),
          digits(random, 10), name(random, 6), domain(random), domain(random), address(random),
          planted.empty() ? "" : " ", planted);
    default:
      return fmt::format(
          "May {:2} {:02}:{:02}:{:02} {} kernel: [UFW BLOCK] IN=eth0 OUT= SRC={} DST={} LEN={} TTL=52 ID={} PROTO=TCP "
          "SPT={} DPT=22{}{}",
          1 + below(random, 28), h, m, s, one_of(random, kHosts), address(random), address(random),
          below(random, 1'500), below(random, 65'536), below(random, 65'536), planted.empty() ? "" : " ", planted);
  }
}

// Of this thread: what other work on the machine does not change much.
double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Workload {
  std::string list, log;
  std::size_t planted = 0;
};

Workload make_workload(std::size_t indicators, std::size_t lines) {
  Random random(2026);
  std::vector<std::string> values;
  Workload out;
  for (std::size_t i = 0; i < indicators; ++i) {
    values.push_back(indicator(random));
    out.list += values.back() + "\n";
  }
  for (std::size_t i = 0; i < lines; ++i) {
    std::string planted;
    if (i % 1'000 == 999) {
      planted = values[below(random, values.size())];
      if (planted.starts_with("string:")) planted.erase(0, 7);
      if (planted.ends_with(".0/24")) planted.replace(planted.size() - 5, 5, ".77");
      ++out.planted;
    }
    out.log += log_line(random, planted) + "\n";
  }
  return out;
}

int run(const Options& options) {
  Table table("hunt_bench: 100,000 indicators, one core");
  Workload work = make_workload(100'000, options.lines);
  table.note("bytes a line", static_cast<double>(work.log.size()) / static_cast<double>(options.lines), "B");

  hunt::IndicatorSet set;
  hunt::NotSearchedList refused;
  double read = seconds_of([&] { must(hunt::read_indicators({"list", work.list}, 0, set, refused)); });
  table.note("different indicators", static_cast<double>(set.size()), "");
  table.note("reading them", read, "s");
  std::optional<hunt::Matcher> matcher;
  table.note("making the tables", seconds_of([&] { matcher.emplace(set, 1); }), "s");

  std::vector<double> times, processor;
  std::size_t finds = 0;
  for (int round = 0; round < 5; ++round) {
    finds = 0;
    hunt::StreamSearch search(*matcher, [&](std::uint32_t, hunt::Place, std::string_view, std::size_t) { ++finds; });
    const double before = processor_seconds();
    times.push_back(seconds_of([&] {
      constexpr std::size_t kPiece = 1u << 20;
      for (std::size_t i = 0; i < work.log.size(); i += kPiece)
        search.feed(std::string_view(work.log).substr(i, kPiece));
      search.finish();
    }));
    processor.push_back(processor_seconds() - before);
  }
  table.note("lines with an indicator put in", static_cast<double>(work.planted), "");
  table.note("finds", static_cast<double>(finds), "");
  if (finds < work.planted || refused.count() > 0) {
    std::fprintf(stderr, "bench: what was put in was not found\n");
    return 2;
  }
  const auto lines = static_cast<double>(options.lines);
  table.at_least("lines searched, in memory, median of 5", lines / median(times) / 1e6, 1.5, "M/s");
  table.note("the same by processor time", lines / median(processor) / 1e6, "M/s");

  const std::string path = options.directory + "/hunt-bench-" + std::to_string(::getpid()) + ".log";
  std::ofstream(path, std::ios::binary) << work.log;
  hunt::HuntRequest request{{{"list", work.list}}, {path}, false, 1};
  times.clear();
  for (int round = 0; round < 3; ++round) times.push_back(seconds_of([&] { must(hunt::hunt(request)); }));
  std::filesystem::remove(path);
  table.note("a whole hunt: reading the list, a file and its three hashes", lines / median(times) / 1e6, "M/s");
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  scrutineer::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--directory") == 0) options.directory = argv[i + 1];
    if (std::strcmp(argv[i], "--lines") == 0) options.lines = std::strtoul(argv[i + 1], nullptr, 10);
  }
  return scrutineer::bench::run(options);
}
