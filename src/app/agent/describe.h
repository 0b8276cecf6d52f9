// What somebody is about to sign, in lines for a terminal, Korean and English side by side.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace scrutineer::agent {

inline constexpr std::size_t kLinesShown = 400;  // a record has 65,535 bytes at most; what is left out is counted

// A record's type, then every member with its figures; a sign-in with its server. Nothing that the terminal would obey
// passes: control and direction characters are spelt out. Errors: those of the JSON reader.
Result<std::vector<std::string>> describe(std::string_view text);

// "\u001b" for the characters that a terminal obeys or that turn the direction of writing.
std::string harmless(std::string_view text);

}  // namespace scrutineer::agent
