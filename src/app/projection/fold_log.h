// Projections from an operator's own log: signatures were verified when the entries came in, so that rebuilding is
// parsing, hashing and folding. Whoever does not trust the operator verifies a bundle instead.
#pragma once

#include <functional>
#include <memory>

#include "app/log/reader.h"
#include "core/tally/fold.h"

namespace scrutineer {

using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Folds the entries [0, end).
Result<std::unique_ptr<ElectionFold>> fold_log(const LogReader& log, std::uint64_t end, const Election& election,
                                               const Roots& roots, const Progress& progress = {});

}  // namespace scrutineer
