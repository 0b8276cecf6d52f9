// Where a page comes from, as browsers spell it (RFC 6454 section 6.2): scheme, host, port.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace scrutineer {

// "https://host[:port]", exactly as a browser writes it into the header Origin: lower case, no default port, no path.
// "http://" only for this computer itself (127.0.0.1, localhost), where nobody is on the line. Always made by
// parse_origin.
class Origin {
 public:
  const std::string& text() const { return text_; }
  friend bool operator==(const Origin&, const Origin&) = default;

 private:
  friend Result<Origin> parse_origin(std::string_view text);
  std::string text_;
};

Result<Origin> parse_origin(std::string_view text);

}  // namespace scrutineer
