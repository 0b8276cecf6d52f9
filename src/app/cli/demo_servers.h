// The demonstration's servers: the election's, one counting centre, three witnesses, all on this machine.
#pragma once

#include <cstdint>
#include <string>

namespace scrutineer::cli {

// Serves DIR/log, DIR/centre and DIR/witnesses until the person stops the program. The clock says that it is late on
// the simulated election night.
int serve_demo(const std::string& directory, std::uint16_t port);

}  // namespace scrutineer::cli
