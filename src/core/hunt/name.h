// Host names in normalised text.
#pragma once

#include <string>
#include <string_view>

namespace scrutineer::hunt {

inline constexpr std::size_t kNameBytes = 253;  // RFC 1035 section 2.3.4, without the length bytes

// Where the host name that begins at `i` ends: no label in it is empty, no dot stands at its end. `i` where there is
// none.
std::size_t host_end(std::string_view text, std::size_t i, std::size_t limit);

// Appends the name as the DNS has it. False where a label is empty or too long.
bool append_ascii_name(std::string_view name, std::string& out);

}  // namespace scrutineer::hunt
