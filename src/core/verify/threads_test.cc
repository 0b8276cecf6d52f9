// Files checked by many threads at once, and claims written by many: the same report. Meant for the tsan build.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "tests/support/bundle.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr std::size_t kThreads = 8;

void in_threads(const std::function<void(std::size_t thread)>& work) {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}

Report verify_with_threads(Bundle& bundle) {
  auto plan = Plan::open(bundle.source, parse_trust(bundle.trust).value()).value();
  std::vector<Part> parts(kThreads);
  std::atomic<std::size_t> next = 0;
  in_threads([&](std::size_t thread) {
    for (std::size_t file = next++; file < plan->files(); file = next++) plan->check(file, parts[thread]);
  });
  Part all;
  for (Part& part : parts) all.absorb(std::move(part));
  return conclude(*plan, std::move(all), [](std::vector<std::function<void()>>& tasks) {
    std::atomic<std::size_t> task = 0;
    in_threads([&](std::size_t) {
      for (std::size_t i = task++; i < tasks.size(); i = task++) tasks[i]();
    });
  });
}

}  // namespace

TEST_CASE("threads: many of them find what one finds") {
  Script script;
  script.run(R"(
    G-pub: grant pub publisher / * by root-1 root-2
    G-clerk: grant clerk clerk / * by root-1 root-2
    A1: sheet a1 mayor A=10 B=5 C=1 by clerk
    A2: sheet a2 mayor A=0 B=1 C=1 by clerk
    B1: sheet b1 mayor A=1 B=1 C=0 by clerk
    K: sheet a1 council X=6 Y=4 by clerk
    V: sheet b1 council X=6 Y=4 by !clerk
  )");
  for (int i = 0; i < 1'200; ++i) script.world().append(script.text("A1"), {"clerk", "s" + std::to_string(i)});
  Bundle bundle = publish(script);
  bundle.source.files["claims/seats.json"] += "\n";
  bundle.source.files["proof/1.tlog-proof"] += "\n";
  bundle.source.files["tile/0/000"][40] ^= 1;
  std::string one = bundle.verify().to_json();
  CHECK_FALSE(bundle.verify().good());
  for (int round = 0; round < 3; ++round) CHECK(verify_with_threads(bundle).to_json() == one);
}
