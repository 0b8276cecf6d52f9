#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace scrutineer {

void panic(const char* sentence, std::source_location place) {
  std::fprintf(stderr, "scrutineer: internal error at %s:%u: %s\n", place.file_name(),
               static_cast<unsigned>(place.line()), sentence);
  std::abort();
}

}  // namespace scrutineer
