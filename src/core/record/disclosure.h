// Confidential fields: object disclosures of SD-JWT, exactly (RFC 9901 section 4.2.1), top level, SHA-256, 128-bit
// salts. The record holds digests; whoever holds a disclosure may show it later and anybody checks it.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace scrutineer {

// base64url without padding of the JSON array [salt, name, value]. `value`: one JSON value as compact text.
std::string make_disclosure(std::string_view name, std::string_view value, Rng& rng);

// base64url of SHA-256 over the ASCII bytes of the disclosure (section 4.2.3): 43 characters.
std::string disclosure_digest(std::string_view disclosure);

struct Disclosed {
  std::string name;
  std::string value;  // compact JSON
};
// Errors: malformed (not base64url, not an array of three with a salt and a name).
Result<Disclosed> read_disclosure(std::string_view disclosure);

// True if the text has the shape of such a digest.
bool is_disclosure_digest(std::string_view text);

}  // namespace scrutineer
