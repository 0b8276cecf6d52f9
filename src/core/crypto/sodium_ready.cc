#include "core/crypto/sodium_ready.h"

#include <sodium.h>

#include "core/base/check.h"

namespace scrutineer {

void sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  check(ready, "libsodium did not start");
}

}  // namespace scrutineer
