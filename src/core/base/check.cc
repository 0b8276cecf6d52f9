#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace scrutineer {

void panic(const char* sentence, const char* file, int line) {
  std::fprintf(stderr, "scrutineer: internal error at %s:%d: %s\n", file, line, sentence);
  std::abort();
}

}  // namespace scrutineer
