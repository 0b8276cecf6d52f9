// Names every difference between a claimed file and the one that the entries give.
#pragma once

#include "core/verify/report.h"

namespace scrutineer {

// CSV: by line (its id) and column; JSON: by path inside the document; where either cannot be read, as a whole. Adds at
// least one failure. Call only where the bytes differ.
void name_differences(const std::string& path, std::string_view claimed, std::string_view computed, Report& report);

}  // namespace scrutineer
