// The header of a mail or of a part (RFC 5322 section 2.2, RFC 2045), as far as the reader needs it. Values may be
// hostile and personal: they never enter an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::mail {

struct HeaderField {
  std::string name;   // in lower case
  std::string value;  // unfolded, without blanks around it
};

struct Header {
  std::vector<HeaderField> fields;
  std::size_t size = 0;  // bytes, the empty line included: the body begins there
  // nullopt where it is absent. Errors: malformed (it is there twice: two readers would take two).
  Result<std::optional<std::string_view>> only(std::string_view name) const;
};

// `offset` is where `bytes` stands in the mail. Lines end in CRLF or LF. Errors: malformed, limit_exceeded.
Result<Header> parse_header(BytesView bytes, std::size_t offset);

// "multipart/mixed; boundary=x" (RFC 2045 section 5.1), "attachment; filename=y" (RFC 2183).
struct Parameterised {
  std::string value;  // in lower case
  std::vector<HeaderField> parameters;
  std::string_view parameter(std::string_view name) const;  // empty where it is absent
};
Result<Parameterised> parse_parameterised(std::string_view text);

// The next line of `rest` without its end, taken away from it.
std::string_view take_line(std::string_view& rest);

std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);

// A refusal with its place and none of the mail's text.
tl::unexpected<Error> broken(ErrorCode code, std::string sentence, std::size_t offset);

}  // namespace scrutineer::mail
