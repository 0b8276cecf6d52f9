// What the records of the demonstration say about its counting machine. This computer plays it: what it states of
// itself is what is really here; how it was sealed and who looked at it is invented.
#pragma once

#include <string>

#include "app/cli/demo_stack.h"

namespace scrutineer::cli {

// Enrolment, statement at opening and inspection of the machine that read this stack, into the centre's log. `area`:
// where the centre is. The allowed list, which allows nothing that could transmit, is left in DIR/papers.
Status sign_demo_machine(const std::string& centre, const std::string& keys, const std::string& area,
                         const DemoStack& stack, UnixSeconds now);

}  // namespace scrutineer::cli
