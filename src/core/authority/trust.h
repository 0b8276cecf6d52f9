// What a verifier is given out of band (docs/formats/trust.md): the policy of the log, the root keys, the election's
// name.
#pragma once

#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/note/vkey.h"

namespace scrutineer {

// Root keys may grant anything. Everything that is said as root needs `threshold` different root keys.
struct Roots {
  std::vector<VerifierKey> keys;  // text-signing keys; no key and no (name, key id) twice
  std::size_t threshold = 1;
};

// The `roots` file: a vkey a line, and optionally one line "threshold K" (default 1). Lines starting with '#' are
// comments.
Result<Roots> parse_roots(std::string_view text);
std::string to_text(const Roots& roots);

// The `election` file: the record id of the definition, 64 hex digits and a line feed.
Result<RecordId> parse_election_file(std::string_view text);

}  // namespace scrutineer
