// A bug aborts: a broken invariant is never turned into a result that somebody might publish.
#pragma once

namespace scrutineer {

// Prints the place and the sentence to stderr, then aborts.
[[noreturn]] void panic(const char* sentence, const char* file = __builtin_FILE(), int line = __builtin_LINE());

// Aborts unless `invariant` holds. Stays on in release builds.
inline void check(bool invariant, const char* sentence, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  if (!invariant) [[unlikely]]
    panic(sentence, file, line);
}

}  // namespace scrutineer
