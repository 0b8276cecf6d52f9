// A bug aborts: a broken invariant is never turned into a result that somebody might publish.
#pragma once

#include <source_location>

namespace scrutineer {

// Prints the place and the sentence to stderr, then aborts.
[[noreturn]] void panic(const char* sentence, std::source_location place = std::source_location::current());

// Aborts unless `invariant` holds. Stays on in release builds.
inline void check(bool invariant, const char* sentence, std::source_location place = std::source_location::current()) {
  if (!invariant) [[unlikely]]
    panic(sentence, place);
}

}  // namespace scrutineer
