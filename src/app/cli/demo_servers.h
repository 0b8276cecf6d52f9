// The demonstration's servers: the election's, one counting centre, three witnesses, all on this machine.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "app/cli/demo_stack.h"
#include "app/demo/simulation.h"

namespace scrutineer::cli {

// Serves DIR/log, DIR/centre and DIR/witnesses until the person stops the program, with nginx in front of the centre
// where that is installed. The clock says that it is late on the simulated election night. `units`: of the centre; a
// part of them is worked on first. `stack`: papers on which people of the centre decide.
int serve_demo(const std::string& directory, std::uint16_t port, std::span<const CentreUnit> units,
               const std::optional<DemoStack>& stack);

}  // namespace scrutineer::cli
