// Count sheets out of the tables of a package.
#pragma once

#include "app/package/counts.h"

namespace scrutineer {

// One sheet for each unit and contest that has counts: transcribed, with the figures of the unit table; what the source
// does not state is absent. Reports units whose counts lack an option, and units with figures and no counts, unless
// `counts` is incomplete anyway.
std::vector<CountSheet> make_sheets(const Known& known, const CountTable& counts, Problems& problems);

}  // namespace scrutineer
