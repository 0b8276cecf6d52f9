// libsodium must be initialised once before use; private to core/crypto.
#pragma once

namespace scrutineer {
void sodium_ready();  // aborts if libsodium cannot start
}
