// What the benchmarks with targets share: the machine's line, rows "what, measured, target", and the exit code.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core/base/result.h"

namespace scrutineer::bench {

inline double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Processor time of this thread alone.
double thread_seconds();  // measure.cc

template <class Work>
double seconds_of(Work&& work) {
  double start = seconds_now();
  work();
  return seconds_now() - start;
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Of this process, in 10^6 bytes, once what was freed has been given back.
double resident_mb();  // measure.cc

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "bench: %s\n", to_string(result.error()).c_str());
    std::exit(2);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class Table {
 public:
  explicit Table(const char* command) {
    std::string kernel;
    std::getline(std::ifstream("/proc/sys/kernel/osrelease"), kernel);
    std::string model = "unknown processor";
    std::ifstream cpu("/proc/cpuinfo");
    for (std::string line; std::getline(cpu, line);)
      if (line.starts_with("model name")) {
        model = line.substr(line.find(':') + 2);
        break;
      }
    std::printf("%s, %u threads, Linux %s\n%s\n\n", model.c_str(), std::thread::hardware_concurrency(), kernel.c_str(),
                command);
    std::printf("  %-64s %14s %14s\n", "", "measured", "target");
  }
  // At most `target`.
  void at_most(const char* what, double measured, double target, const char* unit) {
    bool met = measured <= target;
    missed_ |= !met;
    std::printf("  %-64s %9.3f %-4s %9.3f %-4s %s\n", what, measured, unit, target, unit, met ? "" : "MISSED");
  }
  void at_least(const char* what, double measured, double target, const char* unit) {
    bool met = measured >= target;
    missed_ |= !met;
    std::printf("  %-64s %9.3f %-4s %9.3f %-4s %s\n", what, measured, unit, target, unit, met ? "" : "MISSED");
  }
  void note(const char* what, double measured, const char* unit) {
    std::printf("  %-64s %9.3f %-4s\n", what, measured, unit);
  }
  int exit_code() const { return missed_ ? 1 : 0; }

 private:
  bool missed_ = false;
};

}  // namespace scrutineer::bench
