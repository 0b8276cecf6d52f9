#include "app/cli/stop.h"

#include <signal.h>

namespace scrutineer::cli {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void StopSignals::wait() const {
  sigset_t set = stop_signals();
  int signal = 0;
  sigwait(&set, &signal);
}

bool StopSignals::wait_for(std::chrono::milliseconds time) const {
  sigset_t set = stop_signals();
  timespec limit{time.count() / 1'000, time.count() % 1'000 * 1'000'000};
  return sigtimedwait(&set, nullptr, &limit) > 0;
}

}  // namespace scrutineer::cli
