// Waiting until the person stops the program (Ctrl-C, or SIGTERM).
#pragma once

#include <chrono>

namespace scrutineer::cli {

// Made before any thread is started, so that none of them takes the signal.
class StopSignals {
 public:
  StopSignals();
  void wait() const;
  bool wait_for(std::chrono::milliseconds time) const;  // true: the program is to stop
};

}  // namespace scrutineer::cli
