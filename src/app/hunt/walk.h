// Which files are searched. For hunt.cc.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/hunt/not_searched.h"

namespace scrutineer::hunt {

struct Walk {
  std::vector<std::string> files;  // in the order of the inputs; what is below a directory, by name
  std::uint64_t bytes = 0;
  NotSearchedList not_searched;
};

// Links are not followed, wherever they stand. not_found: an input is not there.
Result<Walk> walk(const std::vector<std::string>& inputs);

// "No such file or directory", ...
std::string system_words(int number);

}  // namespace scrutineer::hunt
