// Simulated people who have done a part of the work at the demonstration's counting centre before anybody looks:
// through the desk, as everybody does, with the keys that lie in the directory.
#pragma once

#include <span>
#include <string>

#include "app/demo/simulation.h"

namespace scrutineer::cli {

// The centre's log (DIR/centre) is opened for it and closed again. `keys`: the folder with theirs. They work between
// the close of the polls and `until` (seconds since 1970).
Status work_at_centre(const std::string& centre, const std::string& keys, std::span<const CentreUnit> units,
                      std::int64_t until);

}  // namespace scrutineer::cli
