#include "app/disk/system.h"

#include <sys/random.h>
#include <cerrno>
#include <ctime>

#include "core/base/check.h"

namespace scrutineer {

UnixSeconds SystemClock::now() {
  return UnixSeconds{static_cast<std::int64_t>(std::time(nullptr))};
}

std::uint64_t SystemClock::monotonic_ns() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(time.tv_nsec);
}

void SystemRng::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    ssize_t got = getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    check(got > 0, "the kernel gives random bytes");
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace scrutineer
