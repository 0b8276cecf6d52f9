// Checkpoints that proof files carry: a handful, each repeated in thousands of files, each verified once. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/verify/plan.h"

namespace scrutineer {

struct Plan::CheckpointCache {
  std::mutex mutex;
  std::map<std::string, std::optional<Error>> verdicts;  // by note bytes; nullopt: good
};

}  // namespace scrutineer
