// Re-hashes a whole store: what `scrutineer log check` prints.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/disk.h"
#include "core/base/result.h"

namespace scrutineer {

struct LogCheck {
  std::uint64_t size = 0;             // entries that the head covers
  std::vector<std::string> problems;  // the first limits::kErrorsListed; empty: everything fits
  std::uint64_t more_problems = 0;    // not listed
  bool good() const { return problems.empty(); }
};

// Entries -> leaves -> columns -> head root -> checkpoint signature -> identifier index -> published checkpoints.
// Reads only; beside a running writer it checks what the head covered at the start. `progress` (may be empty) is called
// now and then with entries done and in all. An error is one that keeps the check from running at all.
Result<LogCheck> check_log(Disk& disk, const std::string& path,
                           const std::function<void(std::uint64_t done, std::uint64_t total)>& progress = {});

}  // namespace scrutineer
