// Korean stamp papers of every case, drawn with known truth and read: how many the machine decides, how many people,
// and that none is wrong. One core a thread. Usage: stamp_bench [--seconds N] [--boxes N] [--threads N] [--seed N]
// [--first N]; first: the seed that a line "wrong: seed N" names, to read those papers again.
#include <array>
#include <atomic>
#include <cstring>
#include <ctime>
#include <map>
#include <mutex>

#include "bench/measure.h"
#include "core/ballotmaker/dice.h"
#include "core/ballotmaker/stamp_sheet.h"
#include "core/scan/stamp_read.h"
#include "tests/support/stamp_shares.h"

namespace scrutineer::bench {
namespace {

struct Options {
  double seconds = 150;
  std::uint64_t boxes = 10'000'000, seed = 1, first = 0;
  unsigned threads = 1;
};

constexpr int kMarksOnOneScan = 160;  // papers pressed on one drawn scan

struct Outcome {
  std::uint64_t papers = 0, counted = 0, recheck = 0, rejected = 0, wrong = 0;
};
struct Totals {
  std::array<Outcome, kStampCases> cases;
  std::uint64_t papers = 0, boxes = 0;
  double read_seconds = 0;
  std::vector<double> reads;  // seconds of single papers, some of them
};

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

// Papers of different sizes, names and prints.
StampPaper some_paper(Dice& dice) {
  constexpr int kSizes[] = {2, 5, 7, 8, 10, 12, 14, 22, 28, 34, 34, 34};
  return stamp_test_paper(kSizes[dice.below(12)], static_cast<int>(dice.below(1'000)));
}

// One print and scan, many marks.
void read_some(std::uint64_t seed, Totals& totals) {
  Dice dice(seed);
  const StampPaper paper = some_paper(dice);
  PrintStyle style;
  style.weight = dice.between(60, 130), style.line = dice.between(700, 1'500);
  style.size = dice.between(800, 1'150), style.face = dice.one_in(3) ? 0 : dice.bits();
  StampScan scan = usual_scan(*stamp_geometry(paper.date, paper.options.size()), dice.next());
  const auto special = static_cast<StampCase>(dice.one_in(12)   ? static_cast<int>(StampCase::seal_missing)
                                              : dice.one_in(12) ? static_cast<int>(StampCase::serial_left)
                                                                : 0);
  // The form is prepared from a specimen of the same print: a blank paper, scanned straight.
  StampScan flat;
  StampPress specimen(paper, flat, dice.next(), false, false, style);
  const StampForm form = must(prepare(paper, specimen.press({}, 0).view()));
  StampPress press(paper, scan, dice.next(), special != StampCase::seal_missing, special == StampCase::serial_left,
                   style);
  for (int i = 0; i < kMarksOnOneScan; ++i) {
    StampCase what =
        special != StampCase::clean ? special : kStampShares[static_cast<std::size_t>(i) % kStampShares.size()].what;
    const StampTruth truth = make_stamp_truth(paper, what, dice.next());
    const GreyPage& page = press.press(truth.marks, dice.next());
    const double before = processor_seconds();
    const SheetReading reading = read_stamp_paper(form, page.view());
    const double taken = processor_seconds() - before;
    totals.read_seconds += taken;
    if (i % 16 == 0) totals.reads.push_back(taken);
    ++totals.papers, totals.boxes += paper.options.size();
    Outcome& outcome = totals.cases[static_cast<std::size_t>(truth.what)];
    ++outcome.papers;
    const ContestReading& contest = reading.contests.front();
    outcome.counted += contest.decision == Decision::counted;
    outcome.recheck += contest.decision == Decision::recheck;
    outcome.rejected += contest.decision == Decision::rejected;
    if (is_wrong(truth, contest)) {
      ++outcome.wrong;
      std::printf("wrong: seed %llu, paper %d, %s\n", static_cast<unsigned long long>(seed), i,
                  std::string(stamp_case_name(truth.what)).c_str());
    }
  }
}

void add(Totals& to, const Totals& from) {
  for (std::size_t i = 0; i < kStampCases; ++i) {
    to.cases[i].papers += from.cases[i].papers, to.cases[i].counted += from.cases[i].counted;
    to.cases[i].recheck += from.cases[i].recheck, to.cases[i].rejected += from.cases[i].rejected;
    to.cases[i].wrong += from.cases[i].wrong;
  }
  to.papers += from.papers, to.boxes += from.boxes, to.read_seconds += from.read_seconds;
  to.reads.insert(to.reads.end(), from.reads.begin(), from.reads.end());
}

Totals run(const Options& options) {
  Totals totals;
  std::mutex mutex;
  std::atomic<std::uint64_t> next{options.first ? options.first : options.seed * 1'000'000'007u}, boxes{0};
  const double end = seconds_now() + options.seconds;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < options.threads; ++t)
    threads.emplace_back([&] {
      while (seconds_now() < end && boxes < options.boxes) {
        Totals some;
        read_some(next++, some);
        boxes += some.boxes;
        std::lock_guard lock(mutex);
        add(totals, some);
      }
    });
  for (std::thread& thread : threads) thread.join();
  return totals;
}

int print(const Options& options, Totals totals) {
  Table table("stamp_bench: Korean stamp papers at 200 dpi, every case");
  std::printf("  %-16s %10s %10s %10s %10s %8s\n", "case", "papers", "counted %", "people %", "rejected", "wrong");
  std::uint64_t wrong = 0;
  for (std::size_t i = 0; i < kStampCases; ++i) {
    const Outcome& o = totals.cases[i];
    if (o.papers == 0) continue;
    const double n = static_cast<double>(o.papers);
    std::printf("  %-16s %10llu %10.2f %10.2f %10llu %8llu\n",
                std::string(stamp_case_name(static_cast<StampCase>(i))).c_str(),
                static_cast<unsigned long long>(o.papers), 100 * static_cast<double>(o.counted) / n,
                100 * static_cast<double>(o.recheck) / n, static_cast<unsigned long long>(o.rejected),
                static_cast<unsigned long long>(o.wrong));
    wrong += o.wrong;
  }
  std::printf("\n");
  const double papers = static_cast<double>(totals.papers), boxes = static_cast<double>(totals.boxes);
  table.note("papers", papers, "");
  table.note("boxes", boxes, "");
  table.at_most("papers read wrongly", static_cast<double>(wrong), 0, "");
  if (wrong == 0) {
    table.note("wrong papers per million, at most (95%, rule of three)", 3e6 / papers, "");
    table.note("wrong boxes per million, at most (95%, rule of three)", 3e6 / boxes, "");
  }
  for (const StampLeast& least : kStampShares) {
    const Outcome& o = totals.cases[static_cast<std::size_t>(least.what)];
    if (o.papers < 200 || least.per_mille == 0) continue;
    const std::string what = "decided by the machine: " + std::string(stamp_case_name(least.what));
    table.at_least(what.c_str(), 100 * static_cast<double>(o.counted) / static_cast<double>(o.papers),
                   least.per_mille / 10.0, "%");
  }
  std::sort(totals.reads.begin(), totals.reads.end());
  table.at_most("reading a paper, mean, one core", totals.read_seconds / papers * 1e3, 5, "ms");
  if (!totals.reads.empty())
    table.note("reading a paper, 99 in 100", totals.reads[totals.reads.size() * 99 / 100] * 1e3, "ms");
  (void)options;
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  scrutineer::bench::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (!std::strcmp(argv[i], "--seconds")) options.seconds = std::atof(argv[i + 1]);
    if (!std::strcmp(argv[i], "--boxes")) options.boxes = std::strtoull(argv[i + 1], nullptr, 10);
    if (!std::strcmp(argv[i], "--threads")) options.threads = static_cast<unsigned>(std::atoi(argv[i + 1]));
    if (!std::strcmp(argv[i], "--first")) options.first = std::strtoull(argv[i + 1], nullptr, 10);
    if (!std::strcmp(argv[i], "--seed")) options.seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  return scrutineer::bench::print(options, scrutineer::bench::run(options));
}
