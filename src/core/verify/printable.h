// Text that comes out of a bundle, made fit for a report and for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace scrutineer {

// UTF-8 of at most `limit` bytes and "..." where something was cut; bytes that are no UTF-8 become \xff.
std::string well_formed(std::string_view text, std::size_t limit);

// One line that shows what is in it: control and format characters (what moves the cursor, hides, or turns the
// direction of writing) and broken UTF-8 become \x1b or \u202e.
std::string printable(std::string_view text);

}  // namespace scrutineer
