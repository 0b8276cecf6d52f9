// What a person at a terminal sees and types.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

#include "core/base/result.h"

namespace scrutineer::cli {

inline constexpr int kGood = 0;
inline constexpr int kAnswerIsNo = 1;
inline constexpr int kCouldNotRun = 2;

// "scrutineer: SENTENCE" on stderr; returns kCouldNotRun.
int complain(const Error& error);
int complain(const std::string& sentence);

// Machine output.
void print(std::string_view text);
// For people, on stderr.
void tell(std::string_view line);

// A bar on stderr where that is a terminal, a line a phase elsewhere. Thread-safe.
class Progress {
 public:
  explicit Progress(std::string phase);
  ~Progress();
  void update(std::uint64_t done, std::uint64_t total);
  void finish(const std::string& summary = {});
  double seconds() const;

 private:
  void draw(std::uint64_t done, std::uint64_t total);
  std::mutex mutex_;
  std::string phase_;
  std::chrono::steady_clock::time_point start_, drawn_;
  bool terminal_;
  bool finished_ = false;
};

// From `file` (first line) where that is given, else typed at the terminal without echo, twice if `confirm`.
Result<std::string> read_passphrase(const std::string& file, const std::string& prompt, bool confirm);

}  // namespace scrutineer::cli
