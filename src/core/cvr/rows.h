// Rows of comma-separated files as voting systems export them: several header rows, repeated names, thousands of
// columns, ="1" for texts that a spreadsheet should not turn into numbers. Private to core/cvr; tables of an election
// are read by codec/csv.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cvr/cvr.h"

namespace scrutineer {

class CvrRows {
 public:
  CvrRows(std::string_view text, std::string_view file);
  // The next row that is not empty; false at the end. Errors: malformed, limit_exceeded.
  Result<bool> next();
  const std::vector<std::string>& fields() const { return fields_; }
  std::size_t size() const { return fields_.size(); }
  const std::string& operator[](std::size_t i) const { return fields_[i]; }
  std::string place() const;  // "file:12"
  tl::unexpected<Error> refuse(std::string message, ErrorCode code = ErrorCode::malformed) const {
    return fail(code, std::move(message), place());
  }

 private:
  Status read_field(std::string& out);
  std::string_view text_;
  std::string file_;
  std::size_t at_ = 0, line_ = 1, row_line_ = 1;
  std::vector<std::string> fields_;
};

}  // namespace scrutineer
