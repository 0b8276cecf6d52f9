// Text as it was meant: defanged forms, percent-encoding, full-width letters and escaped slashes undone. Indicators and
// data go through the same function, so that any spelling of the one is found in any spelling of the other.
//
// In this order, each once (nothing is decoded twice):
//   1. %XX               the byte. What would end a URL (a space, a quote, ...) and '%' stay encoded, as three bytes
//                        from 0xf8 to 0xff, which no text has: "/a%20b" is not "/a" and then something else
//   2. \/ and \.         the slash and the dot (JSON, regular expressions)
//   3. beyond ASCII      full-width forms U+FF01..FF5E become ASCII; the dots of UTS 46 become '.'; what has no width
//                        goes; capital letters become small; punctuation, spaces and what is not UTF-8 become kBreak
//   4. [.] (.) {.} [dot] [at] [@] [:] [://] [/]     what is between; spaces around [dot] and [at] go
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scrutineer::hunt {

struct Normalised {
  std::string text;
  std::vector<std::uint32_t> from;  // of each byte: where it (or the form that it stands for) began in the line
};

// True where normalising changes anything that begins at `i`, or may. text[i] is one of "%\[({", or not ASCII.
bool changes_at(std::string_view text, std::size_t i);

// `out.text` is `line` where nothing changes. Both keep their memory.
void normalise(std::string_view line, Normalised& out, Normalised& scratch);

std::string normalised(std::string_view text);

// Normalised text for people: what stayed encoded as %XX.
std::string shown(std::string_view text);

}  // namespace scrutineer::hunt
