// Stamp papers that core/ballotmaker did not draw: other fonts, other stamps, other ink, other folds.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

#include "tests/foreign/run.h"

using namespace scrutineer::foreign;

namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}
std::string text_from(const char* name) {
  const char* text = std::getenv(name);
  return text ? text : "";
}

}  // namespace

// FOREIGN_STATIONS=N: N stations from FOREIGN_SEED on, FOREIGN_ROUNDS of every case at each, on FOREIGN_THREADS, and a
// table. FOREIGN_ONLY: one case. FOREIGN_PICTURES: a folder for pictures of what was read wrongly or lost.
TEST_CASE("foreign stamp papers: none is read wrongly, and clean ones are counted") {
  Wanted wanted;
  const bool measured = std::getenv("FOREIGN_STATIONS") != nullptr;
  wanted.rounds = static_cast<int>(number_from("FOREIGN_ROUNDS", 1));
  wanted.clean = measured ? 20 : 4;
  wanted.short_papers = !measured || std::getenv("FOREIGN_SHORT");
  wanted.only = text_from("FOREIGN_ONLY"), wanted.pictures = text_from("FOREIGN_PICTURES");
  const std::uint64_t first = number_from("FOREIGN_SEED", 1), stations = number_from("FOREIGN_STATIONS", kFaces);
  std::atomic<std::uint64_t> next{first};
  std::mutex mutex;
  Totals totals;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < number_from("FOREIGN_THREADS", 1); ++t)
    threads.emplace_back([&] {
      for (std::uint64_t seed = next++; seed < first + stations; seed = next++) {
        const Totals some = read_station(seed, wanted);
        std::lock_guard lock(mutex);
        totals.add(some);
      }
    });
  for (std::thread& thread : threads) thread.join();
  if (measured) std::printf("%s", totals.table().c_str());
  for (const std::string& line : totals.wrong) CHECK_MESSAGE(false, "wrong: " << line);
  if (measured)
    for (const std::string& line : totals.lost) MESSAGE("lost: ", line);
  for (const auto& [name, tally] : totals.cases) CHECK(tally.papers > 0);
  for (const Case& what : mark_cases()) {
    if (what.least == 0) continue;
    const Tally& tally = totals.cases[std::string(what.name)];
    CAPTURE(what.name);
    // Few papers: of the test's own, one or two may be doubtful.
    const int spare = measured ? 0 : 2;
    CHECK((tally.counted + spare) * 1'000 >= tally.papers * what.least);
  }
}
