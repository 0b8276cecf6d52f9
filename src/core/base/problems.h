// Everything that is wrong with one input, found in one run.
#pragma once

#include <string>
#include <vector>

#include "core/base/limits.h"
#include "core/base/result.h"

namespace scrutineer {

struct Problem {
  std::string where;    // file:line:column, or a path inside a JSON document
  std::string message;  // what was found and what was expected
  friend bool operator==(const Problem&, const Problem&) = default;
};

// Keeps the first limits::kErrorsListed problems and counts the rest.
class Problems {
 public:
  void add(std::string where, std::string message) {
    ++count_;
    if (listed_.size() < limits::kErrorsListed) listed_.push_back({std::move(where), std::move(message)});
  }
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  const std::vector<Problem>& listed() const { return listed_; }

  // The first problem as an error of that code. Requires !empty().
  Error first(ErrorCode code = ErrorCode::malformed) const {
    return Error{code, listed_.front().message, listed_.front().where};
  }

 private:
  std::vector<Problem> listed_;
  std::size_t count_ = 0;
};

}  // namespace scrutineer
