#include "app/threads/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace scrutineer {

std::size_t default_threads() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    return std::max<std::size_t>(1, static_cast<std::size_t>(CPU_COUNT(&set)));
  return std::max(1u, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t n, std::size_t threads, std::size_t piece,
                  const std::function<void(std::size_t, std::size_t)>& work) {
  threads = std::max<std::size_t>(1, std::min(threads, (n + piece - 1) / std::max<std::size_t>(piece, 1)));
  std::atomic<std::size_t> next{0};
  auto run = [&](std::size_t thread) {
    for (std::size_t begin; (begin = next.fetch_add(piece)) < n;)
      for (std::size_t i = begin; i < std::min(n, begin + piece); ++i) work(i, thread);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t thread = 1; thread < threads; ++thread) helpers.emplace_back(run, thread);
  run(0);
}

void run_parallel(std::vector<std::function<void()>>& tasks, std::size_t threads) {
  parallel_for(tasks.size(), threads, 1, [&](std::size_t i, std::size_t) { tasks[i](); });
}

}  // namespace scrutineer
