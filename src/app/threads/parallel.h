// A few threads for a while. Core code never sees them.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace scrutineer {

// How many threads to use where nothing else is said: the processors that this process may run on.
std::size_t default_threads();

// Calls work(i, thread) once for each i in [0, n), on up to `threads` threads, in pieces of `piece` neighbours. Returns
// when all are done. `thread` is in [0, threads): for what each thread collects by itself.
void parallel_for(std::size_t n, std::size_t threads, std::size_t piece,
                  const std::function<void(std::size_t i, std::size_t thread)>& work);

// Runs all tasks, up to `threads` at a time.
void run_parallel(std::vector<std::function<void()>>& tasks, std::size_t threads);

}  // namespace scrutineer
