// Looks for indicators in files: lists and STIX bundles in, one report out (docs/formats/hunt.md). The report becomes
// part of a signed answer to a notice, so it says what could not be searched as plainly as what was found.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/hunt/report.h"

namespace scrutineer::hunt {

struct HuntRequest {
  std::vector<IndicatorSource> indicators;
  std::vector<std::string> inputs;  // files, and directories with all that is below them
  bool with_lines = false;          // copy the lines themselves, which may hold personal data
  std::size_t threads = 1;          // one file is searched by one thread
};

// Bytes of files searched and to search; called by any of the threads.
using HuntProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// The same files and indicators give the same report. Errors: those of read_indicators (core/hunt/source.h); not_found
// (an input that was named and is not there); invalid_argument (nothing to look for, or nowhere to look).
Result<HuntReport> hunt(const HuntRequest& request, const HuntProgress& progress = {});

// The files that `--indicators` names.
Result<std::vector<IndicatorSource>> read_indicator_files(const std::vector<std::string>& paths);

}  // namespace scrutineer::hunt
